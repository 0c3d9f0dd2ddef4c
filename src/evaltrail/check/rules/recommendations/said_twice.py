"""Two recommendations ask for the same in nearly the same words.

## What it does
Compares the recommendations of each evaluation by their words, without the sentences that say what they rest on.

## Why it is bad
Each is answered, tracked and counted on its own; the figures count one act twice, and the answers may differ.

## Known problems
Recommendations that share a long frame and differ in one word that matters, as a place, can look alike; those of which each
has a number, name or word that the other lacks are left out only where few words differ.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.rules.recommendations import _fields, _vague
from evaltrail.check.similar import near_duplicates
from evaltrail.check.together import few
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="REC009",
    severity="warning",
    sources=("practice of evaluation offices: no duplicates",),
    papers=EVALUATIONS,
    version=2,
)

LEAST = 0.85
"""Share of words in common."""
_PAPER = (
    "# Evaluation of the water programme\n\n## Recommendations\n\nRecommendation 1: {}\n\nRecommendation 2: Map all wells by June 2027.\n"
)
_FRENCH = (
    "# Évaluation du programme de l'eau\n\nLe présent rapport rend compte de ce que l'évaluation a constaté dans les districts et de "
    "ce qui en découle pour le ministère.\n\n## Recommandations\n\n"
    "Recommandation 1 : {}\n\nRecommandation 2 : Cartographier tous les puits avant juin 2027.\n"
)
BAD = (
    _FRENCH.format("Cartographier tous les puits des districts avant juin 2027.").replace(
        "tous les puits avant", "tous les puits des districts avant"
    ),
    _PAPER.format("Map all wells and test their water by June 2027.").replace(
        "2: Map all wells by", "2: Map all wells and test the water by"
    ),
    _PAPER.format("Map all wells by June 2027. This rests on finding 3.").replace(
        "by June 2027.\n", "by June 2027. Based on conclusions 2 to 4.\n"
    ),
)
GOOD = (
    _FRENCH.format("Publier chaque année un rapport sur tous les puits."),
    _PAPER.format("The Ministry should publish a yearly report on all the wells."),
)


@few
def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each pair."""
    del options
    for evaluation in paper.evaluations:
        own = _fields.own(evaluation)
        for pair in near_duplicates([_vague.asking(paper, r) for r in own], least=LEAST):
            first, second = own[pair.first], own[pair.second]
            if first.places == second.places:
                continue
            yield Message(
                say("{name} says nearly the same as {other:small}.", name=paper.name(second), other=paper.name(first)),
                second.places,
                statement=second.id,
                related=(Related(say("{name}.", name=paper.name(first)), first.places[:1]),),
            )
