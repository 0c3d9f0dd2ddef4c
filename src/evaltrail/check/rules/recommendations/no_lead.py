"""Several units are responsible for a recommendation and none leads.

## What it does
Finds recommendations with three or more responsible units of which none is marked as lead, coordinator or main addressee;
one message for an evaluation.

## Why it is bad
What several share nobody answers for. Follow-up has to ask all of them, and gets as many answers.

## Options
- `most`: units that may share a recommendation without a lead (2).

## Known problems
In some houses the unit that is named first leads; the paper seldom says so.
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
    code="REC012",
    severity="note",
    sources=("practice of evaluation offices: one accountable unit",),
    papers=EVALUATIONS,
    options={"most": 2},
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
    _TABLE.format("Ministry of Water, Ministry of Health, Ministry of Finance | High | Short-term | Low"),
    _TABLEAU.format("Ministère de l'eau, ministère de la santé, ministère des finances | Haute | Court terme | Faibles"),
)
GOOD = (
    _TABLE.format("Ministry of Water (lead), Ministry of Health, Ministry of Finance | High | Short-term | Low"),
    _TABLEAU.format("Ministère de l'eau | Haute | Court terme | Faibles"),
)


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for each evaluation that has such recommendations."""
    leads = paper.words_of(_fields.TOPIC, "leads")
    for _, own in _fields.evaluations(paper):
        several = [r for r in own if len(r.responsible) > options["most"]]
        shared = [r for r in several if not (leads and leads.search(r.as_printed.responsible or " ".join(r.responsible)))]
        if shared:
            yield Message(
                plural(
                    len(shared),
                    "{which:capital} has more than {most} responsible units and no lead among them.",
                    "{which:capital} have more than {most} responsible units and no lead among them.",
                    which=names(paper, shared),
                    most=options["most"],
                ),
                shared[0].places,
                statement=shared[0].id,
                related=related(paper, shared[1:]),
            )
