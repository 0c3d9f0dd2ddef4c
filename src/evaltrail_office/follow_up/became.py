"""What became of the recommendations that are public, in a few numbers: worked out with the figures and kept beside them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from evaltrail.measure.follow_up import ActionFacts, RecommendationFacts
    from evaltrail.measure.follow_up import FollowUp as Facts

NAME = "what-became-of-it"
"""Under which it stands among the tallies."""
_TAKEN = frozenset({"accepted", "partially_accepted"})


def became(facts: Facts, day: date) -> dict[str, Any]:
    """What stands in the tally of this name.

    ``recommendations``, ``evaluations``, ``first`` and ``last`` year, ``verdicts``, ``unanswered`` (past their day), ``delays`` (why open
    actions are late), ``states`` of actions, ``asked`` (answers that are not there), and ``years``: of those accepted how many are
    verified, claimed, late.
    """
    rows = facts.recommendations
    years: dict[int | None, Counter[str]] = {}
    delays: Counter[str] = Counter()
    for r in rows:
        if r.verdict in _TAKEN:
            own = years.setdefault(r.year, Counter())
            own["accepted"] += 1
            own[_standing(r, day)] += 1
        delays.update(a.delay_reason for a in r.actions if a.delay_reason and _late(a, day))
    known = [r.year for r in rows if r.year is not None]
    return {
        "recommendations": len(rows),
        "evaluations": len({r.evaluation for r in rows}),
        "first": min(known, default=None),
        "last": max(known, default=None),
        "verdicts": dict(Counter(r.verdict or "" for r in rows)),
        "unanswered": sum(r.responded is None and r.response_due is not None and r.response_due < day for r in rows),
        "delays": dict(delays.most_common()),
        "states": _states(facts, day),
        "asked": sum(r.responded is None and r.retired is None for r in rows),
        "years": [{"year": y, **years[y]} for y in sorted(years, key=lambda y: (y is None, y or 0))],
    }


def _states(facts: Facts, day: date) -> dict[str, int]:
    """Actions by how they stand; ``unexplained`` are those of the late ones without a reason."""
    found: Counter[str] = Counter()
    for r in facts.recommendations:
        for a in r.actions:
            if a.dropped is not None:
                continue
            if a.verified_meaning == "done":
                found["verified"] += 1
            elif a.claimed_meaning == "done":
                found["claimed"] += 1
            elif _late(a, day):
                found["late"] += 1
                found["unexplained"] += a.delay_reason is None
    return dict(found)


def _late(a: ActionFacts, day: date) -> bool:
    done = "done" in {a.claimed_meaning, a.verified_meaning} or a.dropped is not None
    return not done and a.due is not None and a.due < day


def _standing(r: RecommendationFacts, day: date) -> str:
    """Verified once somebody else than the unit found every action done that was not dropped; claimed once all are reported done."""
    owed = [a for a in r.actions if a.dropped is None]
    if owed and all(a.verified_meaning == "done" for a in owed):
        return "verified"
    if owed and all(a.claimed_meaning == "done" or a.verified_meaning == "done" for a in owed):
        return "claimed"
    return "late" if any(_late(a, day) for a in owed) else "under_way"
