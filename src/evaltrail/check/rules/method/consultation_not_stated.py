"""The report does not say that those concerned were consulted.

## What it does
Looks for words for the part that stakeholders had in the evaluation: consulted, interviewed, surveyed, a reference group, a validation
workshop.

## Why it is bad
Those who carry out and those who benefit from a programme know things that no document holds, and they act on an evaluation in which they
were heard.
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
    code="MET011",
    severity="warning",
    sources=(
        "UNEG norms and standards",
        "UNEG quality checklist",
    ),
    papers=REPORTS,
)

BAD = (
    (
        "# Evaluation of the water programme\n\n"
        "## Methodology\n\n"
        "The team read the files of the programme and compared them with the plan.\n"
    ),
    ("# Évaluation du programme d'eau\n\n## Méthodologie\n\nL'équipe a lu les dossiers du programme et les a comparés avec le plan.\n"),
)
GOOD = (
    (
        "# Evaluation of the water programme\n\n"
        "## Methodology\n\n"
        "Stakeholders were consulted through a reference group and a validation workshop.\n"
    ),
    ("# Évaluation du programme d'eau\n\n## Méthodologie\n\nLes parties prenantes ont été consultées lors d'un atelier de validation.\n"),
)


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message when nobody is said to have been heard, else the sentence that says so."""
    missing = say("The report does not say that stakeholders were consulted.")
    yield from stated_of_method(paper, "consultation", missing)
