"""The report states no limitations.

## What it does
Looks for words by which a report speaks of the limits of its own method: limitations, constraints of the evaluation, bias, caution in
reading the results.

## Why it is bad
Every method has limits. A report that is silent about them claims more certainty than it has.
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
    code="MET009",
    severity="warning",
    sources=(
        "UNEG quality checklist",
        "UNDP evaluation guidelines",
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
        "The main limitation was that two districts could not be visited; telephone interviews were held instead.\n"
    ),
    ("# Évaluation du programme d'eau\n\n## Méthodologie\n\nL'évaluation a connu deux limites : le temps et l'accès aux sites.\n"),
)


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message when no limit is spoken of, else the sentence that does."""
    yield from stated_of_method(paper, "limitations", say("The report states no limitations of the evaluation."))
