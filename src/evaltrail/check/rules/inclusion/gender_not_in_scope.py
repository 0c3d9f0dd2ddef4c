"""Gender is not part of what the evaluation asks.

## What it does
Looks for gender, women, girls and the like in the sections on purpose, scope, criteria, questions and method, in the evaluation matrix
and the terms of reference, in headings, and in passages that speak of scope, criteria, questions or indicators. A sentence of the method
that only tells how data were gathered or split is looked at by INC004.

## Why it is bad
What is not asked is not looked at. The United Nations system counts an evaluation as sensitive to gender only when its scope and
questions are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.mention import stated
from evaltrail.check.paper import REPORTS
from evaltrail.check.rule import Rule
from evaltrail.check.rules.inclusion._people import TOPIC
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.check.rule import Message
    from evaltrail.check.unit import Unit
    from evaltrail.record import Role

RULE = Rule(
    code="INC003",
    severity="warning",
    sources=(
        "UN-SWAP evaluation performance indicator",
        "UNEG guidance on human rights and gender equality in evaluation",
    ),
    papers=REPORTS,
    version=2,
    development=True,
)

BAD = (
    (
        "# Evaluation of the water programme\n\n"
        "## Scope and questions\n\n"
        "The evaluation covers all districts. It asks whether the wells are in use.\n"
    ),
    ("# Évaluation du programme d'eau\n\n## Portée et questions\n\nL'évaluation porte sur toutes les régions et sur l'usage des puits.\n"),
)
GOOD = (
    ("# Evaluation of the water programme\n\n## Scope and questions\n\nThe evaluation asks whether women and men use the wells alike.\n"),
    (
        "# Évaluation du programme d'eau\n\n"
        "## Portée et questions\n\n"
        "L'évaluation examine si les femmes et les hommes utilisent les puits.\n"
    ),
)


_ANSWERS: frozenset[Role] = frozenset({"findings", "conclusions", "lessons", "good_practices", "recommendations", "response"})


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message when no such section or sentence speaks of gender, else the one that does."""
    scope, method, gender = (paper.words_of(TOPIC, key) for key in ("scope", "method", "gender"))

    def asks(unit: Unit) -> bool:
        if scope is None:
            return False
        if unit.kind == "heading":
            return True
        if scope.search(unit.text):
            # A finding may answer "question 3" and speak of women in another sentence.
            return unit.within.isdisjoint(_ANSWERS) or bool(
                gender and any(scope.search(s.text) and gender.search(s.text) for s in paper.sentences(unit))
            )
        return "method" in unit.within and not (method and method.search(unit.text))

    def shows(unit: Unit, words: str) -> bool:
        return "method" in unit.within or bool(scope and scope.search(words))

    missing = say("Gender is not part of the scope, criteria or questions of the evaluation.")
    yield from stated(paper, TOPIC, "gender", missing, asks, shows)
