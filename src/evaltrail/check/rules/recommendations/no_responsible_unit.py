"""A recommendation does not say who should act.

## What it does
Looks for a responsible unit in the action table, in the words of the recommendation ("The Ministry should …"), in the
heading or sentence above it, and in the actions of its answer. Where some recommendations of an evaluation name one, names
the others; where none does, nobody answers them, and their explanations speak of nobody who should act, gives one message.
Among others that name one, those in the passive are left to `REC015`.

## Why it is bad
A recommendation to nobody is carried out by nobody, and management does not know who is to answer it.

## Known problems
Who is meant by a report that speaks to one reader only may be clear without being said.
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
    code="REC002",
    severity="error",
    sources=(
        "UNEG quality checklist: recommendations name who acts",
        "UNDP evaluation guidelines",
    ),
    papers=EVALUATIONS,
    version=3,
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
    for evaluation, own in _fields.evaluations(paper):
        if _actor.addressed(paper, own):
            continue
        by_action = not _fields.stated(own, "responsible")
        named = {r.id for r in own if _actor.named(paper, r, by_action=by_action)}
        if not named and (any(r.id in paper.answers_to for r in own) or _actor.explained(paper, own)):
            continue  # those who answer own them all, or the words around say whose they are
        yield from _fields.of_one(
            paper,
            evaluation,
            "responsible",
            "unit",
            lambda r, known=named: r.id in known,  # type: ignore[misc]
            elsewhere=frozenset(r.id for r, _ in _actor.hidden(paper, own, named)),
        )
