"""A lesson only tells what the one project did.

## What it does
Looks for lessons that speak of the project by that word, by its name in the title or the name's acronym, and have no word that speaks
beyond it ("when", "can", "similar", "is").

## Why it is bad
That the project did something well is a finding. It becomes a lesson when it says what others, elsewhere, can take from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.evaluand import names
from evaltrail.check.mention import quoted
from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="LES004",
    severity="note",
    sources=(
        "UNEG quality checklist",
        "UNDP evaluation guidelines",
    ),
    papers=EVALUATIONS,
    version=2,
    suspects=True,
)

BAD = (
    "# Evaluation of the water programme\n\n## Lessons learned\n\nLesson 1: The project finished all ten wells on time.\n",
    (
        "# Evaluation of the Water Access Partnership\n\nThe Water Access Partnership (WAP) built wells.\n\n## Lessons learned\n\n"
        "Lesson 1: In Mali the WAP lost a year over the choice of sites.\n"
    ),
    "# Évaluation du programme d'eau\n\n## Leçons apprises\n\nLeçon 1 : Le projet a terminé les dix puits dans les délais.\n",
)
GOOD = (
    "# Evaluation of the water programme\n\n## Lessons learned\n\nLesson 1: Wells last where users choose the keeper, the project found.\n",
    "# Évaluation du programme d'eau\n\n## Leçons apprises\n\nLeçon 1 : Les puits durent quand les usagers choisissent le gardien.\n",
)


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each lesson that looks at nothing but the project."""
    own, general = paper.words_of("check_lessons", "own"), paper.words_of("check_lessons", "general")
    if own is None or general is None:
        return
    for s in paper.of_kind("lesson"):
        if general.search(s.text):
            continue
        if own.search(s.text) or names(paper).search(s.text):
            yield Message(f"{paper.name(s)} may be of use to this project only: {quoted(s.text)}.", s.places, statement=s.id)
