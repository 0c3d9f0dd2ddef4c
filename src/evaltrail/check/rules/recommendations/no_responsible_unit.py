"""A recommendation does not say who should act.

## What it does
Looks for a responsible unit in the action table, in the words of the recommendation ("The Ministry should …"), in the
heading or sentence above it, and in the actions of its answer. Where some recommendations of an evaluation name one, names
the others; where none does, gives one message.

## Why it is bad
A recommendation to nobody is carried out by nobody, and management does not know who is to answer it.

## Known problems
Who is meant by a report that speaks to one reader only may be clear without being said.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.recommendations import _fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from evaltrail.check.paper import Paper
    from evaltrail.record import Recommendation

RULE = Rule(
    code="REC002",
    severity="error",
    sources=(
        "UNEG quality checklist: recommendations name who acts",
        "UNDP evaluation guidelines",
    ),
    papers=EVALUATIONS,
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
    _PAPER.format(_HEAD, "Ministry of Water | High | Short-term | Low", _HEAD, " | Medium | Long-term | Medium"),
    _FRENCH.format(_TETE, "Ministère de l'eau | Haute | Court terme | Faibles", _TETE, " | Moyenne | Long terme | Moyennes"),
)
GOOD = (
    _PAPER.format(_HEAD, "Ministry of Water | High | Short-term | Low", _HEAD, "Districts | Medium | Long-term | Medium"),
    _FRENCH.format(_TETE, "Ministère de l'eau | Haute | Court terme | Faibles", _TETE, "Districts | Moyenne | Long terme | Moyennes"),
)


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for each evaluation with recommendations that name nobody."""
    del options
    to_one = {e.id: _addressed(paper, _fields.own(paper, e)) for e in paper.evaluations}
    for evaluation in paper.evaluations:
        if not to_one[evaluation.id]:
            yield from _fields.of_one(paper, evaluation, "responsible", "names no responsible unit", "unit", lambda r: _named(paper, r))


def _named(paper: Paper, recommendation: Recommendation) -> bool:
    """Whether somebody who acts is named in a field, by a passive's agent, or by the heading above."""
    if _fields.has(paper, recommendation, "responsible"):
        return True
    agents = paper.words_of(_fields.TOPIC, "agents")
    return bool(agents and agents.search(recommendation.text)) or _to_somebody(paper, _fields.heading(paper, recommendation))


def _to_somebody(paper: Paper, heading: str) -> bool:
    """Whether a heading says to whom: "Recommendations to the Ministry"; a name begins with a capital."""
    to = paper.words_of(_fields.TOPIC, "addressing")
    return bool(to) and any(re.match(r"\s+(?:\w{1,3}\s+)?[A-ZÀ-Þ]", heading[m.end() :]) for m in to.finditer(heading))  # type: ignore[union-attr]


def _addressed(paper: Paper, recommendations: Sequence[Recommendation]) -> bool:
    """Whether a sentence before the first recommendation says who should do all that follows."""
    first = paper.unit_at(recommendations[0].places[0]) if recommendations and recommendations[0].places else None
    if first is None:
        return False
    modal = paper.words_of(_fields.TOPIC, "modals")
    before = [u for u in paper.units[: paper.units.index(first)][-4:] if "recommendations" in u.within and u.kind != "heading"]
    return any(u.text.rstrip().endswith(":") and modal and modal.search(u.text) for u in before)
