"""A recommendation of high priority has a long-term time.

## What it does
Finds recommendations whose priority is high and whose time is long-term; one message for an evaluation.

## Why it is bad
What matters most is asked for last. Either it is not so urgent, or something of it should begin at once and the time should
say when.

## Known problems
Important work can take long: the message asks for a look, not for a change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.recommendations import _fields
from evaltrail.check.together import names, related
from evaltrail.check.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="REC013",
    severity="note",
    sources=("consistency",),
    papers=EVALUATIONS,
    suspects=True,
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
    _TABLE.format("Ministry of Water | High | Long-term | Low"),
    _TABLEAU.format("Ministère de l'eau | Haute | Long terme | Faibles"),
)
GOOD = (
    _TABLE.format("Ministry of Water | High | Short-term | Low"),
    _TABLEAU.format("Ministère de l'eau | Haute | Court terme | Faibles"),
)


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for each evaluation that has such recommendations."""
    del options
    for evaluation in paper.evaluations:
        found = [r for r in _fields.own(evaluation) if r.priority == "high" and r.time == "long-term"]
        if found:
            yield Message(
                plural(
                    len(found),
                    "{which:capital} has high priority and a long-term time, which may not fit.",
                    "{which:capital} have high priority and a long-term time, which may not fit.",
                    which=names(paper, found),
                ),
                found[0].places,
                statement=found[0].id,
                related=related(paper, found[1:]),
            )
