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
from evaltrail.check.together import names, related
from evaltrail.check.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="REC015",
    severity="error",
    sources=("UNEG quality checklist: recommendations name who acts",),
    papers=EVALUATIONS,
    version=2,
)

_PAPER = """# Evaluation of the water programme

## Recommendations

Recommendation 1: {}

Recommendation 2: The Ministry should map all wells.
"""
_FRENCH = (
    "# Évaluation du programme de l'eau\n\nLe présent rapport rend compte de ce que l'évaluation a constaté dans les districts et de "
    "ce qui en découle pour le ministère.\n\n## Recommandations\n\n"
    "Recommandation 1 : {}\n\nRecommandation 2 : Le ministère devrait cartographier tous les puits avant juin 2027.\n"
)
BAD = (
    _PAPER.format("A register of wells should be established."),
    _PAPER.format("The committees need to be trained each year."),
    _PAPER.format("A register of wells needs to be regularly kept."),
    _FRENCH.format("Un registre des puits devrait être créé."),
    _FRENCH.format("Un registre des puits mériterait d’être tenu."),
)
GOOD = (
    _PAPER.format("A register of wells should be established by the Ministry."),
    _PAPER.format("The Ministry should establish a register of wells."),
    _FRENCH.format("Un registre des puits devrait être créé par le ministère."),
)


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for each evaluation that has such recommendations."""
    del options
    for _, own in _fields.evaluations(paper):
        by_action = not _fields.stated(own, "responsible")
        named = {r.id for r in own if _actor.named(paper, r, by_action=by_action)}
        found = [] if _actor.addressed(paper, own) else _actor.hidden(paper, own, named)
        if found:
            first, passive = found[0]
            yield Message(
                plural(
                    len(found),
                    "{which:capital} says what “{words}” and not by whom.",
                    "{which:capital} say what “{words}” or the like and not by whom.",
                    which=names(paper, [r for r, _ in found]),
                    words=passive[0],
                ),
                paper.within(first, passive.start(), passive.end()),
                statement=first.id,
                related=related(paper, [r for r, _ in found[1:]]),
            )
