"""A recommendation does not say by when it should be done.

## What it does
Looks for a time in the action table, in the words of the recommendation, and in the actions of its answer. Where some
recommendations of an evaluation have one, names the others; where none has, gives one message.

## Why it is bad
Without a time nothing is ever late, and follow-up cannot say what should have been done by now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.recommendations import _fields
from evaltrail.text.dates import dates

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="REC003",
    severity="warning",
    sources=(
        "UNEG quality checklist: recommendations are timed",
        "UNDP evaluation guidelines",
    ),
    papers=EVALUATIONS,
)

_PAPER = """# Evaluation of the water programme

## Recommendations

Recommendation 1: Publish a yearly report on the wells.

| {} |
|---|---|---|---|
| {} |

Recommendation 2: Train the water committees of all districts.

| {} |
|---|---|---|---|
| {} |
"""
_FRENCH = """# Évaluation du programme de l'eau

Le présent rapport rend compte de ce que l'évaluation a constaté dans les districts et de ce qui en découle pour le ministère.

## Recommandations

Recommandation 1 : Publier chaque année un rapport sur les puits.

| {} |
|---|---|---|---|
| {} |

Recommandation 2 : Former les comités de l'eau de tous les districts.

| {} |
|---|---|---|---|
| {} |
"""
_HEAD = "Responsible unit | Priority | Time implication | Resource implication"
_TETE = "Unité responsable | Priorité | Délai | Ressources"
BAD = (
    _PAPER.format(_HEAD, "Ministry of Water | High | Short-term | Low", _HEAD, "Districts | Medium | | Medium"),
    _FRENCH.format(_TETE, "Ministère de l'eau | Haute | Court terme | Faibles", _TETE, "Districts | Moyenne | | Moyennes"),
)
GOOD = (
    _PAPER.format(_HEAD, "Ministry of Water | High | Short-term | Low", _HEAD, "Districts | Medium | Long-term | Medium"),
    _FRENCH.format(_TETE, "Ministère de l'eau | Haute | Court terme | Faibles", _TETE, "Districts | Moyenne | Long terme | Moyennes"),
)


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for each evaluation with recommendations that lack it."""
    del options
    yield from _fields.messages(paper, "time", "has no time", "due", lambda r: bool(dates(r.text, paper.language)))
