"""The report does not say what the evaluation is for.

## What it does
Looks for the purpose or the objectives of the evaluation.

## Why it is bad
The purpose decides what has to be asked, and of whom; a reader who does not know it cannot say whether the report serves it.
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
    code="MET017",
    severity="error",
    sources=(
        "UNEG norms and standards",
        "UNEG quality checklist",
    ),
    papers=REPORTS,
)

BAD = (
    ("# Evaluation of the water programme\n\n## Methodology\n\nThe team held 24 interviews.\n"),
    ("# Évaluation du programme d'eau\n\n## Méthodologie\n\nL'équipe a mené 24 entretiens.\n"),
)
GOOD = (
    ("# Evaluation of the water programme\n\n## Methodology\n\nThe purpose of the evaluation was to learn why wells fall out of use.\n"),
    ("# Évaluation du programme d'eau\n\n## Méthodologie\n\nL'évaluation vise à comprendre pourquoi des puits sont abandonnés.\n"),
)


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message when no purpose is stated, else the sentence that states it."""
    yield from stated_of_method(paper, "purpose", say("The report does not state the purpose of the evaluation."), "itself")
