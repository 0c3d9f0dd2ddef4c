"""A recommendation does not say by when it should be done.

## What it does
Looks for a time in the action table, in the words of the recommendation, and in the actions of its answer. Where some
recommendations of an evaluation have one, names the others; where none of four or more has, nor any of the answers, gives
one message.

## Why it is bad
Without a time nothing is ever late, and follow-up cannot say what should have been done by now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.recommendations import _fields
from evaltrail.record import Response
from evaltrail.text.dates import dates

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.record import Evaluation

RULE = Rule(
    code="REC003",
    severity="warning",
    sources=(
        "UNEG quality checklist: recommendations are timed",
        "UNDP evaluation guidelines",
    ),
    papers=EVALUATIONS,
    version=2,
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
    _PAPER.format(_HEAD, "Ministry of Water | High | Short-term | Low", _HEAD, "Districts | Medium | | Medium"),
    _FRENCH.format(_TETE, "Ministère de l'eau | Haute | Court terme | Faibles", _TETE, "Districts | Moyenne | | Moyennes"),
)
GOOD = (
    _PAPER.format(_HEAD, "Ministry of Water | High | Short-term | Low", _HEAD, "Districts | Medium | Long-term | Medium"),
    _FRENCH.format(_TETE, "Ministère de l'eau | Haute | Court terme | Faibles", _TETE, "Districts | Moyenne | Long terme | Moyennes"),
)


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for each evaluation with recommendations that lack it."""
    del options
    for evaluation, own in _fields.evaluations(paper):
        if not any(_fields.printed(r, "time") for r in own) and _answered_with_times(paper, evaluation):
            continue  # management sets the times in its plan of action
        yield from _fields.of_one(paper, evaluation, "time", "due", lambda r: _timed(paper, r.text))


def _answered_with_times(paper: Paper, evaluation: Evaluation) -> bool:
    """Whether the answers to an evaluation's recommendations, or the section in which they stand, give a time."""
    answers = [s for s in evaluation.statements if isinstance(s, Response)]
    if any(a.due for r in answers for a in r.actions):
        return False  # these count for the recommendation that they answer
    own = (u.text for u in paper.units_of(evaluation.id) if "response" in u.within)
    return any(_timed(paper, text) for text in (*(r.text for r in answers), *own))


def _timed(paper: Paper, text: str) -> bool:
    """Whether a text gives a date, a year, or a span such as "within six months"."""
    spans = paper.words_of(_fields.TOPIC, "spans")
    return bool(dates(text, paper.language)) or bool(spans and spans.search(text))
