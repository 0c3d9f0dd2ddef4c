"""A recommendation sets no measure.

## What it does
Finds recommendations that ask for more or better of something ("more effective", "adequate", "where possible") and hold no
number, date, product, means or example by which one could tell that it is reached, and those of which every verb is one of
direction; the shortest of these are left to `REC006`.

## Why it is bad
"More effective cooperation" cannot be verified. Closing it is a matter of opinion.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.recommendations import _acts, _fields, _vague
from evaltrail.check.together import few
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.record import Recommendation

RULE = Rule(
    code="REC010",
    severity="note",
    sources=("UNEG quality checklist: recommendations are measurable",),
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
    _PAPER.format("Make the cooperation of the communities more effective."),
    _PAPER.format("Give adequate attention to the poorest families."),
    _PAPER.format("The Ministry should make procedures more flexible."),
    _FRENCH.format("Rendre la coopération des communautés plus efficace."),
)
GOOD = (
    _PAPER.format("Make the cooperation of the communities more effective, with 12 meetings a year."),
    _PAPER.format("Publish a yearly report on the wells."),
    _FRENCH.format("Rendre la coopération plus efficace au moyen de réunions."),
)


@few
def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each recommendation whose only measure is a comparative; one that says what can be counted has a measure."""
    del options
    begins = _vague.starts(paper)
    degrees = paper.words_of(_fields.TOPIC, "degrees")
    counted = paper.words_of(_fields.TOPIC, "counted")
    for r in paper.recommendations:
        if len(r.text.split()) > _vague.MOST_WORDS or _vague.concrete(paper, r, products=not _changes(paper, r)):
            continue
        verbs = _vague.only_vague(paper, r, begins)
        if verbs:
            if _vague.object_words(paper, _vague.asking(paper, r)) > _vague.SHORT_OBJECT:  # else REC006
                yield Message(
                    say(
                        "{name} may not be measurable: it asks to “{words}” and names nothing by which to tell.",
                        name=paper.name(r),
                        words=verbs[0],
                    ),
                    r.places,
                    statement=r.id,
                )
            continue
        found = degrees.search(r.text) if degrees else None
        if counted and counted.search(r.text):
            continue
        # "Examine the claims to better understand them": the purpose is no measure, and needs none.
        if found and not _purpose(paper, r.text[: found.start()]) and not _vague.explained(paper, r, begins):
            yield Message(
                say(
                    "{name} may not be measurable: it asks for “{words}” and names nothing by which to tell.",
                    name=paper.name(r),
                    words=found[0],
                ),
                paper.within(r, found.start(), found.end()),
                statement=r.id,
            )


def _changes(paper: Paper, recommendation: Recommendation) -> bool:
    """Whether what is there already should be made more of something: "make the procedures more flexible"."""
    found = _acts.acts(_vague.asking(paper, recommendation), paper.language)
    return len(found) == 1 and found[0].verb in paper.listed(_fields.TOPIC, "changing")


def _purpose(paper: Paper, before: str) -> bool:
    marks = _acts.wording(paper.language).marks
    return any(w.lower() in marks for w in before.split()[1:])
