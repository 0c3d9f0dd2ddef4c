"""A lesson repeats a finding or conclusion nearly word for word.

## What it does
Compares the words of each lesson with those of the findings and conclusions.

## Why it is bad
A finding is about the programme, a lesson about what others can take from it. A finding that is put under another heading has not
become one.

## Options
- `share`: share of the lesson's words that the other has too, from which it is a repetition (0.9).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.mention import quoted
from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.similar import repeated
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="LES005",
    severity="warning",
    sources=(
        "UNEG quality checklist",
        "UNDP evaluation guidelines",
    ),
    papers=EVALUATIONS,
    version=2,
    options={"share": 0.9},
)

BAD = (
    (
        "# Evaluation of the water programme\n\n## Findings\n\n"
        "Finding 1: Wells fell out of use in all villages whose keeper had been named by the Ministry.\n\n"
        "## Lessons learned\n\n"
        "Lesson 1: Wells fell out of use in all villages whose keeper had been named by the Ministry.\n"
    ),
    (
        "# Évaluation du programme d'eau\n\n## Constatations\n\n"
        "Constatation 1 : Les puits ont été abandonnés dans tous les villages dont le gardien avait été nommé par le ministère.\n\n"
        "## Leçons apprises\n\n"
        "Leçon 1 : Les puits ont été abandonnés dans tous les villages dont le gardien avait été nommé par le ministère.\n"
    ),
)
GOOD = (
    (
        "# Evaluation of the water programme\n\n## Findings\n\n"
        "Finding 1: Wells fell out of use in all villages whose keeper had been named by the Ministry.\n\n"
        "## Lessons learned\n\nLesson 1: Where water is held in common, its users look after it only if they choose the keeper.\n"
    ),
    (
        "# Évaluation du programme d'eau\n\n## Constatations\n\nConstatation 1 : Trois puits ont été abandonnés en deux ans.\n\n"
        "## Leçons apprises\n\nLeçon 1 : Les usagers entretiennent un puits quand ils en choisissent le gardien eux-mêmes.\n"
    ),
)


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each lesson that says a finding or conclusion again."""
    lessons = paper.of_kind("lesson")
    others = paper.of_kind("finding") + paper.of_kind("conclusion")
    if not lessons or not others:
        return
    for pair in repeated([_BASIS.sub("", s.text) for s in lessons], [s.text for s in others], least=options["share"]):
        lesson, other = lessons[pair.first], others[pair.second]
        if lesson.places and other.places and lesson.places[0] == other.places[0]:
            continue  # one passage that was read as both
        yield Message(
            say(
                "{name} repeats {other:small} nearly word for word: {words}.",
                name=paper.name(lesson),
                other=paper.name(other),
                words=quoted(lesson.text),
            ),
            lesson.places,
            statement=lesson.id,
            related=(Related(other.text[:200], other.places),),
        )


_BASIS = re.compile(r"\s*\([^()]{0,60}\d[^()]{0,30}\)[.\s]*$")
"""What a lesson says last: "(finding 7)"."""
