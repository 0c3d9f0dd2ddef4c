"""A date was moved and nothing says why.

## What it does
Finds actions whose date says that it was revised, or names two dates of which one replaces the other, without a reason in the
date, the action or the answer.

## Why it is bad
Things are mostly late rather than undone. Without the reason nobody learns from it, and the next date means no more than the
last.
"""

from __future__ import annotations

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
    code="RES016",
    severity="warning",
    sources=("practice of evaluation offices: a moved date keeps the old one and the reason",),
    papers=WITH_ANSWERS,
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
    _PAPER.format("Accepted | Publish the report | Ministry of Water | June 2026, revised to June 2027 | Ongoing"),
    _FRENCH.format("Acceptée | Publier le rapport | Ministère de l'eau | juin 2026, reporté à juin 2027 | En cours"),
)
GOOD = (
    _PAPER.format("Accepted | Publish the report | Ministry of Water | June 2026, revised to June 2027 because of the floods | Ongoing"),
    _PAPER.format("Accepted | Publish the report | Ministry of Water | June 2027 | Ongoing"),
    _FRENCH.format("Acceptée | Publier le rapport | Ministère de l'eau | juin 2026, reporté à juin 2027 en raison des crues | En cours"),
)


@few
def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each answer with such an action."""
    del options
    for r in _answer.answers(paper):
        for a in r.actions:
            moved = _answer.says(paper, a.due, "moved") if a.due else None
            if moved and not _answer.says(paper, f"{a.due}\n{a.text}\n{a.status or ''}", "moved_reasons"):
                due = " ".join((a.due or "").split())
                yield Message(
                    say("{name} has a moved date, “{due}”, without a reason.", name=_answer.name(paper, r), due=due),
                    a.places or r.places,
                    statement=r.id,
                )
                break
