"""A recommendation asks for several things at once.

## What it does
Splits the operative paragraph of a recommendation (the first; what follows explains) into its acts: commands that begin a
sentence or stand after a semicolon, what "should" be done, and commands joined by "and" that each have an object of their
own. Proposes the split. A recommendation whose parts are lettered, numbered or bulleted is split already. What should come of
an act ("and improve the results") and a next step with the same thing ("and present these data") are no acts of their own.

## Why it is bad
A partial acceptance usually comes from one point among several, and a recommendation of which half is done is neither open
nor closed. One act each can be answered, given to one owner, and closed.

## Options
- `most`: acts that one recommendation may hold (1).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.recommendations import _acts, _fields
from evaltrail.check.split import act_words
from evaltrail.check.together import few
from evaltrail.check.wording import Said, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from evaltrail.check.paper import Paper
    from evaltrail.record import Recommendation

RULE = Rule(
    code="REC008",
    severity="note",
    sources=("practice of evaluation offices: one act in one recommendation", "UNEG quality checklist"),
    papers=EVALUATIONS,
    version=3,
    options={"most": 1},
)

_PAPER = "# Evaluation of the water programme\n\n## Recommendations\n\nRecommendation 1: {}\n\nRecommendation 2: Map all wells.\n"
_FRENCH = (
    "# Évaluation du programme de l'eau\n\nLe présent rapport rend compte de ce que l'évaluation a constaté dans les districts et de "
    "ce qui en découle pour le ministère.\n\n## Recommandations\n\n"
    "Recommandation 1 : {}\n\nRecommandation 2 : Cartographier tous les puits.\n"
)
BAD = (
    _PAPER.format("Ensure that new wells are tested every year; train the water committees of all districts."),
    _PAPER.format("Publish the results of the tests each year, and hire two inspectors for each district."),
    _PAPER.format("The Ministry should count all wells each year. In addition, the Board should open a store in the capital."),
    _FRENCH.format("Veiller à ce que les nouveaux puits soient testés chaque année ; former les comités de l'eau de tous les districts."),
)
GOOD = (
    _PAPER.format("Review and amend the rules on how new wells are tested."),
    _PAPER.format("Collect the results of all districts and publish these results each year."),
    _PAPER.format("Train the committees of all districts and improve the supply of water."),
    _PAPER.format("Design a system to monitor the results and follow up on them."),
    _FRENCH.format("Réviser et adapter les règles sur la manière de tester les nouveaux puits."),
)

_PARTS = re.compile(r"(?<!\w)\(?(?:a|i|1)\)\s.+(?<!\w)\(?(?:b|ii|2)\)\s", re.DOTALL | re.IGNORECASE)
"""Parts numbered within a sentence: "(a) … (b) …"."""


@few
def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message with the proposed split for each recommendation with too many acts."""
    for r in paper.recommendations:
        if paper.parts.get(r.id):
            continue
        text = _acts.operative(r.text)
        if _PARTS.search(text) or _fields.merged(r):
            continue
        found = _acts.whole(text, _acts.acts(text, paper.language), paper.language)
        if len(found) > options["most"]:
            yield Message(
                say("{name} asks for {number} acts in one: {verbs}.", name=paper.name(r), number=len(found), verbs=_verbs(found)),
                paper.within(r, 0, len(text)),
                statement=r.id,
                proposal=_split(r, text, found),
            )


def _verbs(found: Sequence[_acts.Act]) -> Said:
    quoted = tuple(say("“{words}”", words=a.verb) for a in found[:5])
    if len(found) > 5:
        return say("{words} and more", words=quoted)
    return say("{words} and {last}", words=quoted[:-1], last=quoted[-1])


def _split(recommendation: Recommendation, text: str, found: Sequence[_acts.Act]) -> str:
    """The acts as parts with numbers of their own: "9.1 Ensure …; 9.2 Review …"."""
    number = recommendation.number or ""
    parts = []
    for n, a in enumerate(found, 1):
        parts.append(f"{number + '.' if number else ''}{n} {act_words(text[a.start : a.end])}")
    return "; ".join(parts)
