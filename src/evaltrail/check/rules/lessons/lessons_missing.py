"""The report draws no lessons.

## What it does
Looks for lessons: statements, a heading that names them, or a sentence of the report itself that speaks of lessons.

## Why it is bad
Findings serve the programme that was evaluated; lessons serve the next one. Without them others pay for the same experience again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.mention import first, readable
from evaltrail.check.paper import REPORTS, TEXT_ROLES
from evaltrail.check.rule import Message, Rule
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="LES001",
    severity="note",
    sources=(
        "UNEG quality checklist",
        "UNDP evaluation guidelines",
    ),
    papers=REPORTS,
    development=True,
)

BAD = (
    "# Evaluation of the water programme\n\n## Findings\n\nFinding 1: Repairs take 41 days.\n",
    "# Évaluation du programme d'eau\n\n## Constatations\n\nConstatation 1 : Les réparations durent 41 jours.\n",
)
GOOD = (
    "# Evaluation of the water programme\n\n## Lessons learned\n\nWells last where users choose the keeper themselves.\n",
    "# Évaluation du programme d'eau\n\n## Leçons apprises\n\nLes puits durent là où les usagers choisissent le gardien.\n",
)


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message when there is none, else the first lesson as right."""
    if not readable(paper, "check_lessons"):
        return
    lessons = [s for s in paper.statements if s.kind in {"lesson", "good_practice"}]
    if lessons:
        yield Message(say("The report draws {number} lessons or good practices.", number=len(lessons)), lessons[0].places, right=True)
        return
    # A chapter that the reader drew no statements from, or a sentence: enough not to say that there are none.
    if any(u.within & {"lessons", "good_practices"} for u in paper.running) or first(
        paper, "check_lessons", "lessons", lambda u: u.kind != "cell" and not u.within & TEXT_ROLES
    ):
        return
    yield Message(say("The report draws no lessons."))
