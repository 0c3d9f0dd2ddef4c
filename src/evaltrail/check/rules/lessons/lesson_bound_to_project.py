"""A lesson only tells what the one project did.

## What it does
Looks for lessons whose first sentence is about the project, by that word, by its name in the title or the name's acronym, and that have
no word that speaks beyond it ("when", "can", "similar", "is"). Words in front of a colon that name a practice are a lesson in themselves.

## Why it is bad
That the project did something well is a finding. It becomes a lesson when it says what others, elsewhere, can take from it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.evaluand import names
from evaltrail.check.mention import quoted
from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.wording import say
from evaltrail.text.sentences import sentences

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
    (
        "# Evaluation of the water programme\n\n## Lessons learned\n\n"
        "Lesson 1: A committee with money of its own outlives the project that founded it.\n"
    ),
    (
        "# Evaluation of the water programme\n\n## Lessons learned\n\n"
        "Lesson 1: Adaptive management: The project lost a donor and met its aims.\n"
    ),
)


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each lesson that looks at nothing but the project."""
    own, general = paper.words_of("check_lessons", "own"), paper.words_of("check_lessons", "general")
    if own is None or general is None:
        return
    for s in paper.of_kind("lesson"):
        if general.search(s.text):
            continue
        if _of_project(s.text, own, names(paper)):
            yield Message(
                say("{name} may be of use to this project only: {words}.", name=paper.name(s), words=quoted(s.text)),
                s.places,
                statement=s.id,
            )


_LEAD = re.compile(r"[^.:;\n]{3,90}?(?::|\s?[–—]|-)\s")
"""Words that say what the lesson is, in front of what happened: "Adaptive management: While the project …"."""


def _of_project(text: str, own: re.Pattern[str], named: re.Pattern[str]) -> bool:
    """Whether the lead words, or else the first sentence, are about the project: it is the subject, or stands there by name."""
    lead = _LEAD.match(text)
    first = lead.group() if lead else next((s.text for s in sentences(text)), text)
    m = own.search(first)
    return bool((m and (m.start() == 0 or first[: m.start()].rstrip().endswith(","))) or named.search(first))
