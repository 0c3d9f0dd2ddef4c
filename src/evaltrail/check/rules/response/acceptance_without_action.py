"""An acceptance has no action where the other answers have.

## What it does
In a paper whose answers list actions, finds an answer that accepts its recommendation, wholly or partly, has no action and
says nothing of what somebody will do, does or has done.

## Why it is bad
An acceptance that nobody acts on is one on paper only. Follow-up counts actions, so this recommendation is not in its figures.

## Known problems
An action that stands in a cell shared with another recommendation belongs to the first of them only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import WITH_ANSWERS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.response import _answer
from evaltrail.check.together import few
from evaltrail.check.wording import plural, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="RES005",
    severity="error",
    sources=("UNDP evaluation guidelines: key actions for each accepted recommendation", "UNEG good practice on management response"),
    papers=WITH_ANSWERS,
)

_HEAD = """# {}

| {} |
|---|---|---|---|---|
"""
_ENGLISH = _HEAD.format(
    "Management response to the evaluation", "Recommendation | Management response | Key action | Responsible | Deadline"
)
_FRENCH = _HEAD.format(
    "Réponse de la direction à l'évaluation", "Recommandation | Réponse de la direction | Action | Responsable | Échéance"
)
_FIRST = "| 1. Publish a yearly report on wells for every district. | Accepted | Publish the report | Ministry of Water | June 2027 |\n"
_PREMIER = "| 1. Publier chaque année un rapport sur les puits. | Acceptée | Publier le rapport | Ministère de l'eau | juin 2027 |\n"
BAD = (
    _ENGLISH + _FIRST + "| 2. Train the water committees of every district. | Accepted. This is welcomed. | | | |\n",
    _FRENCH + _PREMIER + "| 2. Former les comités de l'eau de chaque district. | Acceptée | | | |\n",
)
GOOD = (
    _ENGLISH
    + _FIRST
    + "| 2. Train the water committees of every district. | Accepted | Hold 12 courses | Ministry of Water | May 2027 |\n",
    _ENGLISH + _FIRST + "| 2. Train the water committees of every district. | Rejected: not in our mandate. | | | |\n",
    _FRENCH
    + _PREMIER
    + "| 2. Former les comités de l'eau de chaque district. | Acceptée | Tenir 12 cours | Ministère de l'eau | mai 2027 |\n",
)


@few
def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each acceptance that nothing follows from."""
    del options
    for _evaluation, responses in _answer.by_evaluation(paper):
        accepted = [r for r in responses if r.verdict in ("accepted", "partially_accepted")]
        acting = [r for r in accepted if r.actions]
        if not acting:
            continue
        for r in accepted:
            if not r.actions and _answer.accepts(paper, r) and not _answer.promise(paper, r):
                yield Message(say("{name} accepts it, and no action follows.", name=_answer.name(paper, r)), r.places, statement=r.id)
        if len(acting) == len(accepted):
            yield Message(
                plural(len(accepted), "The acceptance has an action.", "Each of the {number} acceptances has an action."),
                acting[0].places[:1],
                right=True,
            )
