"""A recommendation does not say what it costs.

## What it does
Looks for a resource implication in the action table and in the actions of the answer. Names recommendations that lack one
where others have it, and gives one message where none has and the recommendations come with tables of their fields.

## Why it is bad
Accepting a recommendation means finding the means for it. Who does not know that it needs some finds out when it is due.

## Known problems
A cost that stands in running text is not recognised.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.recommendations import _fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="REC005",
    severity="warning",
    sources=(
        "ILO evaluation guidelines: resource implication of each recommendation",
        "UNEG quality checklist",
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
    _PAPER.format(_HEAD, "Ministry of Water | High | Short-term | Low", _HEAD, "Districts | Medium | Long-term | "),
    _FRENCH.format(_TETE, "Ministère de l'eau | Haute | Court terme | Faibles", _TETE, "Districts | Moyenne | Long terme | "),
)
GOOD = (
    _PAPER.format(_HEAD, "Ministry of Water | High | Short-term | Low", _HEAD, "Districts | Medium | Long-term | Medium"),
    _FRENCH.format(_TETE, "Ministère de l'eau | Haute | Court terme | Faibles", _TETE, "Districts | Moyenne | Long terme | Moyennes"),
)


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for each evaluation with recommendations that lack it."""
    del options
    # Only some houses ask for it: where no recommendation has it, only a paper that states the other fields is asked.
    for evaluation in paper.evaluations:
        own = _fields.own(evaluation)
        if any(_fields.has(paper, r, "resources") or (_fields.printed(r, "priority") and _fields.printed(r, "time")) for r in own):
            yield from _fields.of_one(paper, evaluation, "resources", "resources")
