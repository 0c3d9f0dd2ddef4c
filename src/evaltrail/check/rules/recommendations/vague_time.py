"""The time of a recommendation is none.

## What it does
Finds times that name no day, month, year or span: "as soon as possible", "in due course", "to be determined".

## Why it is bad
A time that never comes to an end is never missed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.recommendations import _fields
from evaltrail.check.together import few
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="REC016",
    severity="warning",
    sources=("UNEG quality checklist: recommendations are timed",),
    papers=EVALUATIONS,
    version=2,
)

_TABLE = """# Evaluation of the water programme

## Recommendations

Recommendation 1: Publish a yearly report on the wells.

| Responsible unit | Priority | Time implication | Resource implication |
|---|---|---|---|
| {} |

Recommendation 2: Train the water committees of all districts.

| Responsible unit | Priority | Time implication | Resource implication |
|---|---|---|---|
| Ministry of Water | Medium | Medium-term | Low |
"""
_TABLEAU = """# Évaluation du programme de l'eau

Le présent rapport rend compte de ce que l'évaluation a constaté dans les districts et de ce qui en découle pour le ministère.

## Recommandations

Recommandation 1 : Publier chaque année un rapport sur les puits.

| Unité responsable | Priorité | Délai | Ressources |
|---|---|---|---|
| {} |

Recommandation 2 : Former les comités de l'eau de tous les districts.

| Unité responsable | Priorité | Délai | Ressources |
|---|---|---|---|
| Ministère de l'eau | Moyenne | Moyen terme | Faibles |
"""
BAD = (
    _TABLE.format("Ministry of Water | High | As soon as possible | Low"),
    _TABLE.format("Ministry of Water | High | When feasible | Low"),
    _TABLEAU.format("Ministère de l'eau | Haute | Dès que possible | Faibles"),
)
GOOD = (
    _TABLE.format("Ministry of Water | High | June 2027 | Low"),
    _TABLEAU.format("Ministère de l'eau | Haute | Juin 2027 | Faibles"),
)


@few
def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each recommendation with such a time."""
    del options
    vague = paper.words_of(_fields.TOPIC, "vague_times")
    for r in paper.recommendations:
        printed = " ".join((_fields.printed(r, "time") or "").split())
        if printed and vague and vague.fullmatch(printed.strip(" .")):
            yield Message(
                say("{name} has the time “{words}”, which is never over.", name=paper.name(r), words=printed), r.places, statement=r.id
            )
