"""A recommendation says in which direction to go and not what to do.

## What it does
Finds short recommendations of which every verb is one of direction ("strengthen", "improve", "consider"), and which name nothing
that would show it done: no means ("by training …", "through …"), no example, no number, no date, no parts, no product.

## Why it is bad
"Strengthen coordination" is always being done and never finished. Who answers it can accept it without changing anything.

## Known problems
A product that is not in the word list is not recognised as one, and a word on the list may stand for something else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.recommendations import _vague
from evaltrail.check.together import few
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="REC006",
    severity="warning",
    sources=(
        "UNEG quality checklist: recommendations are specific",
        "practice of evaluation offices",
    ),
    papers=EVALUATIONS,
    version=2,
)

_PAPER = (
    "# Evaluation of the water programme\n\n## Recommendations\n\nRecommendation 1: {}\n\nRecommendation 2: Map all wells by June 2027.\n"
)
_FRENCH = (
    "# Évaluation du programme de l'eau\n\nLe présent rapport rend compte de ce que l'évaluation a constaté dans les districts et de "
    "ce qui en découle pour le ministère.\n\n## Recommandations\n\n"
    "Recommandation 1 : {}\n\nRecommandation 2 : Cartographier tous les puits avant juin 2027.\n"
)
BAD = (
    _PAPER.format("Strengthen coordination among partners."),
    _PAPER.format("The Ministry should continue to improve its work."),
    _PAPER.format("The Ministry should pay more attention to quality."),
    _FRENCH.format("Renforcer la coordination."),
    _FRENCH.format("Accorder une plus grande attention à la qualité."),
)
GOOD = (
    _PAPER.format("Strengthen coordination by holding a yearly meeting of all partners."),
    _PAPER.format("Publish a yearly report on the wells."),
    _PAPER.format("The Ministry should give priority to drilling wells."),
    _FRENCH.format("Renforcer la coordination au moyen d'une réunion annuelle des acteurs."),
)


@few
def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each recommendation that only points in a direction."""
    del options
    begins = _vague.starts(paper)
    for r in paper.recommendations:
        verbs = _vague.only_vague(paper, r, begins)
        if verbs and _vague.object_words(paper, _vague.asking(paper, r)) <= _vague.SHORT_OBJECT:
            quoted = tuple(say("“{words}”", words=v) for v in verbs[:2])
            yield Message(
                say("{name} asks to {verbs:and} and says neither how nor how far.", name=paper.name(r), verbs=quoted),
                r.places,
                statement=r.id,
            )
