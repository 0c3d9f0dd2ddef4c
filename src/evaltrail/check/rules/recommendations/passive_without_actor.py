"""A recommendation is in the passive and nobody is to act.

## What it does
Where other recommendations of the evaluation name who acts, finds one that says what "should be done" without a responsible
unit, an agent ("by the Ministry"), or an answer's action with an owner.

## Why it is bad
The passive hides that the evaluators did not decide, or did not know, whose task it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.recommendations import _actor, _fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="REC015",
    severity="warning",
    sources=("UNEG quality checklist: recommendations name who acts",),
    papers=EVALUATIONS,
)

_PAPER = "# Evaluation of the water programme\n\n## Recommendations\n\nRecommendation 1: {}\n\nRecommendation 2: The Ministry should map all wells by June 2027.\n"
_FRENCH = (
    "# Évaluation du programme de l'eau\n\nLe présent rapport rend compte de ce que l'évaluation a constaté dans les districts et de "
    "ce qui en découle pour le ministère.\n\n## Recommandations\n\n"
    "Recommandation 1 : {}\n\nRecommandation 2 : Le ministère devrait cartographier tous les puits avant juin 2027.\n"
)
BAD = (
    _PAPER.format("A register of wells should be established."),
    _PAPER.format("The committees need to be trained each year."),
    _FRENCH.format("Un registre des puits devrait être créé."),
)
GOOD = (
    _PAPER.format("A register of wells should be established by the Ministry."),
    _PAPER.format("The Ministry should establish a register of wells."),
    _FRENCH.format("Un registre des puits devrait être créé par le ministère."),
)


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each such recommendation."""
    del options
    for evaluation in paper.evaluations:
        own = _fields.own(paper, evaluation)
        for r in own if any(_actor.named(paper, r) for r in own) else ():
            passive = _actor.passive(paper, r)
            if passive and not _actor.named(paper, r):
                yield Message(
                    f"{paper.name(r)} says what “{passive[0]}” and not by whom.",
                    paper.within(r, passive.start(), passive.end()),
                    statement=r.id,
                )
