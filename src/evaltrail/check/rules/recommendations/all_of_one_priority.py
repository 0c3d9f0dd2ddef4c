"""All recommendations have the same priority.

## What it does
Finds evaluations with five or more recommendations that all have one priority.

## Why it is bad
A priority tells what comes first. One that is the same everywhere tells nothing.

## Options
- `least`: recommendations from which on it is looked at (5).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.called import of
from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.recommendations import _fields
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="REC017",
    severity="note",
    sources=("UNEG quality checklist: recommendations are prioritised",),
    papers=EVALUATIONS,
    version=2,
    options={"least": 5},
)

_ONE = """Recommendation {0}: Publish report {0} on the wells.

| Responsible unit | Priority | Time implication | Resource implication |
|---|---|---|---|
| Ministry of Water | {1} | Short-term | Low |
"""


def _many(first: str, others: str) -> str:
    head = "# Evaluation of the water programme\n\n## Recommendations\n\n"
    return head + "\n".join(_ONE.format(n, first if n == 1 else others) for n in range(1, 6))


BAD = (
    _many("High", "High"),
    _many("Medium", "Medium"),
)
GOOD = (
    _many("High", "Low"),
    _many("Medium", "High"),
)


_PRIORITIES = {"high": say("high"), "medium": say("medium"), "low": say("low")}


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for each such evaluation."""
    for evaluation, own in _fields.evaluations(paper):
        given = {r.priority for r in own}
        if len(own) < options["least"] or None in given:
            continue
        where = of(evaluation, several=True)
        # "High" and "very high" are read as one value and are two.
        words = {" ".join((_fields.printed(r, "priority") or "").lower().split()) for r in own}
        if len(given) == 1 and len(words) == 1:
            yield Message(
                say(
                    "All {number} recommendations{where} have {priority} priority, so it sets no order.",
                    number=len(own),
                    where=where,
                    priority=_PRIORITIES.get(own[0].priority or "", own[0].priority or ""),
                ),
                own[0].places,
                statement=own[0].id,
            )
        elif len(given) > 1:
            yield Message(
                say("The recommendations{where} have {number} different priorities.", where=where, number=len(given)),
                own[0].places[:1],
                right=True,
            )
