"""A recommendation is addressed to everybody.

## What it does
Finds responsible units that name no one: "all stakeholders", "partners", "to be determined".

## Why it is bad
Everybody's recommendation is nobody's. No one has to answer it, and no one can be asked how far it is.
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
    code="REC014",
    severity="warning",
    sources=("UNEG quality checklist: recommendations name who acts",),
    papers=EVALUATIONS,
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
    _TABLE.format("All stakeholders | High | Short-term | Low"),
    _TABLEAU.format("Toutes les parties prenantes | Haute | Court terme | Faibles"),
)
GOOD = (
    _TABLE.format("Ministry of Water, all districts | High | Short-term | Low"),
    _TABLEAU.format("Ministère de l'eau | Haute | Court terme | Faibles"),
)


@few
def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each recommendation to nobody in particular."""
    del options
    everyone = paper.words_of(_fields.TOPIC, "everyone")
    for r in paper.recommendations:
        printed = " ".join((_fields.printed(r, "responsible") or "").split())
        if everyone and everyone.fullmatch(printed):
            yield Message(
                say("{name} is addressed to “{words}”, which names nobody.", name=paper.name(r), words=printed),
                r.places,
                statement=r.id,
            )
