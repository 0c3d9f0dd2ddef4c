"""The report does not say that its sources were held against each other.

## What it does
Looks for words for triangulation: cross-checking, several lines of evidence, mixed methods, corroboration.

## Why it is bad
What one kind of source says may be mistaken or interested. A finding is sound when a second kind of source bears it out, and the report
has to say that this was done.
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
    code="MET008",
    severity="warning",
    sources=(
        "UNEG quality checklist",
        "UNICEF GEROS",
    ),
    papers=REPORTS,
)

BAD = (
    ("# Evaluation of the water programme\n\n## Methodology\n\nThe team held 24 interviews and reviewed the files of the programme.\n"),
    ("# Évaluation du programme d'eau\n\n## Méthodologie\n\nL'équipe a mené 24 entretiens et une revue documentaire.\n"),
)
GOOD = (
    (
        "# Evaluation of the water programme\n\n"
        "## Methodology\n\n"
        "What was heard in 24 interviews was triangulated with the files of the programme.\n"
    ),
    ("# Évaluation du programme d'eau\n\n## Méthodologie\n\nLes informations ont été triangulées entre les entretiens et les documents.\n"),
)


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message when nothing speaks of it, else the sentence that does."""
    missing = say("The report does not say that evidence from different sources was triangulated.")
    yield from stated_of_method(paper, "triangulation", missing)
