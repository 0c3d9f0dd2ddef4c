"""How long each follow-up figure takes over 150,000 recommendations and some 490,000 actions, in seconds of one core.

The rows are invented, always the same. ``--recommendations 15000`` takes fewer.
"""

from __future__ import annotations

import argparse
import random
import time
from datetime import date, timedelta

from evaltrail.measure.follow_up import ActionFacts, Period, RecommendationFacts, by, figure, shipped

DAY = date(2026, 6, 30)


def rows(number: int) -> tuple[RecommendationFacts, ...]:
    """Invented recommendations with two to four actions each."""
    rng = random.Random(1)  # noqa: S311 - the same rows every time, and no secret

    def day(first: int = -2500, last: int = -1) -> date:
        return DAY + timedelta(days=rng.randint(first, last))

    def action(key: str) -> ActionFacts:
        due = day(-2000, 400)
        claimed = rng.choice(["open", "partial", "substantial", "done", None])
        return ActionFacts(
            key,
            unit=f"U{rng.randrange(300)}",
            first_due=due,
            due=due + timedelta(days=rng.choice([0, 0, 90])),
            claimed=day() if claimed else None,
            claimed_meaning=claimed,  # type: ignore[arg-type]  # one of the words
            claimed_share=0.5 if claimed else None,
            verified=day() if rng.random() < 0.3 else None,
            verified_meaning="partial",
            verified_share=0.4,
        )

    return tuple(
        RecommendationFacts(
            f"R{n}",
            f"E{n // 15}",
            issued=day(),
            unit=f"U{n % 300}",
            year=2015 + n % 11,
            verdict=rng.choice(["accepted", "partially_accepted", "rejected"]),  # type: ignore[arg-type]  # one of the words
            response_due=day(),
            responded=day(),
            quality=0.9,
            alignment="high",
            actions=tuple(action(f"A{n}.{i}") for i in range(rng.choice([2, 3, 4, 4]))),
        )
        for n in range(number)
    )


def main() -> None:
    """Print a line for each definition: the figure, and the figure by unit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--recommendations", type=int, default=150_000, help="how many")
    facts = rows(parser.parse_args().recommendations)
    print(f"{len(facts)} recommendations, {sum(len(r.actions) for r in facts)} actions")
    for definition in shipped():
        settings = dict.fromkeys(definition.settings, 180)
        start = time.process_time()
        whole = figure(definition, facts, DAY, Period.of_year(2025), settings=settings)
        middle = time.process_time()
        by(definition, facts, DAY, "unit", Period.of_year(2025), settings=settings)
        print(f"{definition.key:35}{middle - start:6.2f} s, by unit {time.process_time() - middle:5.2f} s   {whole.value}")


if __name__ == "__main__":
    main()
