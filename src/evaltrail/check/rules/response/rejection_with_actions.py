"""A recommendation is rejected and actions are promised for it.

## What it does
Finds answers that reject their recommendation and list an action with an owner or a date.

## Why it is bad
Either the rejection is partial and should say so, or the actions belong to something else. Follow-up does not know whether to
track them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import WITH_ANSWERS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.response import _answer
from evaltrail.check.together import few
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="RES019",
    severity="note",
    sources=("consistency",),
    papers=WITH_ANSWERS,
)

_TOLD = re.compile(r"^(?!\s*(?:n\.?/?a\b|s\.?o\.?\b|none\b|-+)).*\w", re.IGNORECASE | re.DOTALL)
"""A cell with something in it, and not "N/A"."""

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
    _PAPER.format("Rejected | Publish the report | Ministry of Water | June 2027 | Ongoing"),
    _FRENCH.format("Rejetée | Publier le rapport | Ministère de l'eau | juin 2027 | En cours"),
)
GOOD = (
    _PAPER.format("Accepted | Publish the report | Ministry of Water | June 2027 | Ongoing"),
    _PAPER.format("Rejected: the law forbids it | | | |"),
    _FRENCH.format("Acceptée | Publier le rapport | Ministère de l'eau | juin 2027 | En cours"),
)


@few
def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each such answer."""
    del options
    for r in _answer.answers(paper):
        real = [a for a in r.actions if any(_TOLD.search(x or "") for x in (a.unit, a.due)) and _TOLD.search(a.text)]
        if r.verdict == "rejected" and real:
            yield Message(
                say("{name} rejects it and promises an action.", name=_answer.name(paper, r)), real[0].places or r.places, statement=r.id
            )
