"""A recommendation names a thing and asks nobody to do anything.

## What it does
Finds recommendations without a command, without "should" or its like, and without any finite verb, that begin with a noun
or what describes one: "Better coordination among partners."

## Why it is bad
A topic cannot be accepted or carried out: whether more, less or another coordination is meant, and who does what, stays open.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.recommendations import _acts, _fields
from evaltrail.check.together import few
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

_WORD = re.compile(r"[^\W\d_]+")

RULE = Rule(
    code="REC007",
    severity="warning",
    sources=("UNEG quality checklist: recommendations are actionable",),
    papers=EVALUATIONS,
    version=2,
    suspects=True,
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
    _PAPER.format("Better coordination among the partners of the programme."),
    _PAPER.format("Improvement of the water committees in all the districts."),
    _FRENCH.format("Amélioration de la coordination entre les acteurs du programme."),
)
GOOD = (
    _PAPER.format("Coordinate the work of all partners in a yearly meeting."),
    _PAPER.format("The coordination among partners should be improved in a yearly meeting."),
    _FRENCH.format("Coordonner les acteurs du programme dans une réunion annuelle."),
)


@few
def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each recommendation without a verb."""
    del options
    asks = [paper.words_of(_fields.TOPIC, key) for key in ("modals", "finite")]
    nouns = paper.words_of(_fields.TOPIC, "nouns")
    describing = frozenset(paper.listed(_fields.TOPIC, "describing"))
    for r in (r for _, own in _fields.evaluations(paper) for r in own):
        text = _acts.operative(r.text)
        words = _WORD.findall(text)
        if len(words) < 3 or len(words) > 40 or paper.parts.get(r.id) or "\n" in r.text:
            continue
        if any(p is not None and p.search(text) for p in asks) or _acts.command(text, paper.language):
            continue
        first = words[0].lower()
        if first in describing or (nouns is not None and nouns.fullmatch(first)):
            yield Message(say("{name} seems to ask nobody to do anything: it has no verb.", name=paper.name(r)), r.places, statement=r.id)
