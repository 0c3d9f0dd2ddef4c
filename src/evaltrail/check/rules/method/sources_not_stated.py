"""The report does not say what its evidence comes from.

## What it does
Looks for words that name a source of evidence or a way of collecting it: interviews, surveys, documents, case studies, observation,
administrative data.

## Why it is bad
A reader cannot weigh findings when nothing says what they were taken from.
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
    code="MET005",
    severity="error",
    sources=(
        "UNEG quality checklist",
        "UNDP evaluation guidelines",
    ),
    papers=REPORTS,
)

BAD = (
    (
        "# Evaluation of the water programme\n\n"
        "## Methodology\n\n"
        "The evaluation covers the years 2019 to 2023 and all districts of the country.\n"
    ),
    (
        "# Évaluation du programme d'eau\n\n"
        "## Méthodologie\n\n"
        "L'évaluation porte sur les années 2019 à 2023 et sur toutes les régions du pays.\n"
    ),
)
GOOD = (
    ("# Evaluation of the water programme\n\n## Methodology\n\nThe team held 24 interviews and reviewed the files of the programme.\n"),
    ("# Évaluation du programme d'eau\n\n## Méthodologie\n\nL'équipe a mené 24 entretiens et une revue documentaire.\n"),
)


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message when no source is named anywhere, else the sentence that names one."""
    yield from stated_of_method(paper, "sources", say("The report does not say what sources its evidence comes from."))
