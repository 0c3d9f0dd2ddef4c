"""The overall rating does not follow from the ratings of the criteria.

## What it does
Tells an overall rating that is better than the best or worse than the worst criterion, and, where the paper says that it
is their average, one that is half a point or more away from it.

## Why it is bad
An overall rating that nobody can work out looks made up, and governing bodies quote it first.

## Known problems
Weights are not known: with them an average within the range can be right, and is told if the paper calls it an average.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.called import criterion
from evaltrail.check.paper import ANY
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.rules.ratings._marks import is_measured
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.record import Evaluation, Rating

RULE = Rule(
    code="RAT005",
    severity="error",
    sources=("consistency", "practice of evaluation offices: the overall follows a stated rule"),
    papers=ANY,
)

_PAPER = (
    "# Evaluation of the water programme\n\n## Ratings\n\nMarks run from 1 to 6.{}\n\n"
    "| Criterion | Rating |\n|---|---|\n| Relevance | 4 |\n| Efficiency | 3 |\n| Impact | 3 |\n| Sustainability | 3 |\n| Overall | {} |\n"
)
_FRENCH = (
    "# Évaluation du programme de l’eau\n\n## Notation\n\n"
    "| Critère | Note |\n|---|---|\n| Pertinence | 4 |\n| Efficience | 3 |\n| Impact | 3 |\n| Note globale | {} |\n"
)
BAD = (_PAPER.format("", "5"), _PAPER.format(" The overall rating is the average of the criteria.", "4"), _FRENCH.format("6"))
GOOD = (_PAPER.format("", "4"), _PAPER.format(" The overall rating is the average of the criteria.", "3"), _FRENCH.format("4"))

_FEWEST = 3


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each overall rating that cannot follow from the criteria."""
    for evaluation in paper.evaluations:
        overall, criteria = _taken_apart(evaluation)
        if overall is None or overall.value is None or len(criteria) < _FEWEST:
            continue
        values = [r.value for r in criteria if r.value is not None]
        least, most, mean = min(values), max(values), sum(values) / len(values)
        related = tuple(
            Related(say("{criterion}: {rating}", criterion=criterion(r.criterion or ""), rating=r.as_printed), r.places) for r in criteria
        )
        if not least <= overall.value <= most:
            said = say(
                "The overall rating, {overall:g}, is outside those of the {number} criteria, {least:g} to {most:g}.",
                overall=overall.value,
                number=len(values),
                least=least,
                most=most,
            )
            yield Message(said, overall.places, related=related)
        elif _is_average(paper) and abs(overall.value - mean) > 0.5 + 1e-9:
            said = say(
                "The overall rating, {overall:g}, is called an average, but that of the {number} criteria is {mean:.2g}.",
                overall=overall.value,
                number=len(values),
                mean=mean,
            )
            yield Message(said, overall.places, related=related, proposal=f"{round(mean):g}")
        else:
            said = say(
                "The overall rating, {overall:g}, lies within those of the {number} criteria, {least:g} to {most:g}.",
                overall=overall.value,
                number=len(values),
                least=least,
                most=most,
            )
            yield Message(said, overall.places, right=True)


def _taken_apart(evaluation: Evaluation) -> tuple[Rating | None, list[Rating]]:
    """The one overall rating of the whole, and those of the criteria on the same scale."""
    whole = [r for r in evaluation.ratings if r.of is None and r.value is not None and not is_measured(r)]
    overall = [r for r in whole if r.criterion == "overall"]
    if len({r.value for r in overall}) != 1:
        return None, []
    return overall[0], [r for r in whole if r.criterion != "overall" and r.scale == overall[0].scale]


def _is_average(paper: Paper) -> bool:
    averages, overall = paper.words_of("check_ratings", "averages"), paper.words_of("ratings", "overall")
    if averages is None or overall is None:
        return False
    return any(
        overall.search(u.text, s.start, s.end) and averages.search(u.text, s.start, s.end)
        for u in paper.running
        if averages.search(u.text) and overall.search(u.text)
        for s in paper.sentences(u)
    )
