"""A lesson only tells what the one project did.

## What it does
Looks for lessons that speak of the project by that word, by its name in the title or the name's acronym, and have no word that speaks
beyond it ("when", "can", "similar", "is").

## Why it is bad
That the project did something well is a finding. It becomes a lesson when it says what others, elsewhere, can take from it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.acronyms import acronyms
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
    names: re.Pattern[str] | None = None
    for s in paper.of_kind("lesson"):
        if general.search(s.text):
            continue
        names = names or _names(paper)
        if own.search(s.text) or names.search(s.text):
            yield Message(f"{paper.name(s)} may be of use to this project only: {quoted(s.text)}.", s.places, statement=s.id)


_NAME = re.compile(r"[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ][\w’'-]+){1,6}")
_FEWEST = 8
"""Letters of words in the title that are enough for an acronym's meaning."""


def _names(paper: Paper) -> re.Pattern[str]:
    """What the title calls the programme, and the acronyms of that."""
    title = " ".join(paper.record.document.title.split())
    known = [a for a, ds in acronyms(paper).definitions.items() if any(_is_in(d.words, title) for d in ds)]
    words = [re.escape(w) for w in (*known, *_NAME.findall(title))]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(words)})(?![\w-])") if words else re.compile(r"(?!)")


def _is_in(words: str, title: str) -> bool:
    return len(words) >= _FEWEST and " ".join(words.split()).lower() in title.lower()
