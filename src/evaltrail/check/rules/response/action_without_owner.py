"""An action of an answer has no owner.

## What it does
In answers whose actions have owners, finds those that have none, or one still “to be determined”. Where many have none
below one that has, the table lists several actions of one owner, and the rule says nothing.

## Why it is bad
An action that nobody owns is done by nobody, and nobody is asked about it.

## Known problems
An owner in a cell that spans several rows without lines around it may belong to the row below too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import WITH_ANSWERS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.response import _actions, _answer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="RES006",
    severity="error",
    sources=(
        "UNEG good practice on management response",
        "UNDP evaluation guidelines",
    ),
    papers=WITH_ANSWERS,
    version=2,
)

_PAPER = """# Management response to the evaluation of the water programme

| Recommendation | Response | Key action | Responsible | Deadline | Status |
|---|---|---|---|---|---|
| 1. Publish a yearly report on wells for every district. | {} |
| 2. Train the committees of every district. | Accepted | Hold 12 courses | Ministry of Water | May 2027 | Ongoing |
| 3. Map the wells of every district. | Accepted | Draw the map | Ministry of Land | July 2027 | Ongoing |
"""
_FRENCH = """# Réponse de la direction à l'évaluation du programme de l'eau

Le présent document rend compte de ce que la direction entend faire des recommandations de l'évaluation.

| Recommandation | Réponse | Action | Responsable | Échéance | État |
|---|---|---|---|---|---|
| 1. Publier chaque année un rapport sur les puits. | {} |
| 2. Former les comités de chaque district. | Acceptée | Tenir 12 cours | Ministère de l'eau | mai 2027 | En cours |
| 3. Cartographier les puits de chaque district. | Acceptée | Dessiner la carte | Ministère des terres | juillet 2027 | En cours |
"""
BAD = (
    _PAPER.format("Accepted | Publish the report | | June 2027 | Ongoing"),
    _PAPER.format("Accepted | Publish the report | To be confirmed | June 2027 | Ongoing"),
    _FRENCH.format("Acceptée | Publier le rapport | | juin 2027 | En cours"),
)
GOOD = (
    _PAPER.format("Accepted | Publish the report | Ministry of Water | June 2027 | Ongoing"),
    _FRENCH.format("Acceptée | Publier le rapport | Ministère de l'eau | juin 2027 | En cours"),
)


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for each evaluation with such actions."""
    del options
    for _evaluation, responses in _answer.by_evaluation(paper):
        yield from _actions.lacking(paper, responses, "unit")
