"""The report states no evaluation questions.

## What it does
Looks for evaluation questions or issues by name, and for questions in the section on method.

## Why it is bad
Questions say what the evaluation set out to learn; without them nobody can tell whether it did.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import REPORTS
from evaltrail.check.rule import Rule
from evaltrail.check.rules.method._method import stated_of_method
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.check.rule import Message

RULE = Rule(
    code="MET016",
    severity="warning",
    sources=(
        "UNEG quality checklist",
        "UNDP evaluation guidelines",
    ),
    version=2,
    papers=REPORTS,
)

BAD = (
    ("# Evaluation of the water programme\n\n## Methodology\n\nThe team held 24 interviews and reviewed the files of the programme.\n"),
    ("# Évaluation du programme d'eau\n\n## Méthodologie\n\nL'équipe a mené 24 entretiens et une revue documentaire.\n"),
)
GOOD = (
    ("# Evaluation of the water programme\n\n## Methodology\n\nThe evaluation questions were agreed with the Ministry.\n"),
    ("# Evaluation of the water programme\n\n## Methodology\n\n- Are the wells in use?\n- Who keeps them in repair?\n"),
    ("# Évaluation du programme d'eau\n\n## Méthodologie\n\nLes questions d'évaluation ont été arrêtées avec le ministère.\n"),
)


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message when no question is named or asked, else where they are."""
    if any(u.text.rstrip().endswith("?") and "method" in u.within for u in paper.units):
        return
    yield from stated_of_method(paper, "questions", say("The report states no evaluation questions."))
