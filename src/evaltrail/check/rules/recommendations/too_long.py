"""A recommendation is too long to be acted on.

## What it does
Counts the words of the sentences that ask in a recommendation's operative paragraph, and of the whole with its explanation;
lettered or bulleted parts are counted with the whole only.

## Why it is bad
What is to be done drowns in why. Answers then speak to a part of it.

## Options
- `words`: words that the sentences that ask may have (120).
- `whole`: words that it may have with its explanation (300).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.recommendations import _acts
from evaltrail.check.together import few
from evaltrail.check.wording import say
from evaltrail.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.record import Recommendation

RULE = Rule(
    code="REC011",
    severity="note",
    sources=("practice of evaluation offices: short recommendations",),
    papers=EVALUATIONS,
    version=2,
    options={"words": 120, "whole": 300},
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
    _PAPER.format("Publish a yearly report on the wells" + ", with a chapter on each of the districts and their rivers" * 12 + "."),
    _FRENCH.format("Publier chaque année un rapport" + ", avec un chapitre sur chacun des districts et leurs rivières" * 12 + "."),
)
GOOD = (
    _PAPER.format("Publish a yearly report on the wells."),
    _FRENCH.format("Publier chaque année un rapport sur les puits."),
)


@few
def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each recommendation that is too long."""
    for r in paper.recommendations:
        first, whole = _asking(paper, r), len(r.text.split())
        if first > options["words"]:
            yield Message(say("{name} takes {number} words to say what to do.", name=paper.name(r), number=first), r.places, statement=r.id)
        elif whole > options["whole"]:
            yield Message(say("{name} has {number} words.", name=paper.name(r), number=whole), r.places, statement=r.id)


def _asking(paper: Paper, recommendation: Recommendation) -> int:
    """Words of the sentences that ask for something; of the whole paragraph where none is known to."""
    text = _acts.operative(recommendation.text)
    asking = [s.text for s in sentences(text) if _acts.command(s.text, paper.language) or _acts.asked(s.text, paper.language)]
    return len(" ".join(asking or [text]).split())
