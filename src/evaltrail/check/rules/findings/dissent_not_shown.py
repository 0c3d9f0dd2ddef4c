"""The findings let nobody disagree.

## What it does
Where a report heard people, looks in its findings for any sign that not all said the same: differing views, critics, a minority, "others".

## Why it is bad
People in different positions see a programme differently. Findings in which all agree have left something out, or heard one side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.mention import first
from evaltrail.check.paper import REPORTS
from evaltrail.check.rule import Rule
from evaltrail.check.rules.findings._evidence import stated_in_findings
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.check.rule import Message

RULE = Rule(
    code="FIN009",
    severity="note",
    sources=("UNEG quality checklist",),
    papers=REPORTS,
    suspects=True,
)

BAD = (
    (
        "# Evaluation of the water programme\n\n## Methodology\n\nThe team held 24 interviews.\n\n"
        "## Findings\n\nFinding 1: The wells are in use, and all users are content.\n"
    ),
    (
        "# Évaluation du programme d'eau\n\n## Méthodologie\n\nL'équipe a mené 24 entretiens.\n\n"
        "## Constatations\n\nConstatation 1 : Les puits sont utilisés et les usagers sont contents.\n"
    ),
)
GOOD = (
    (
        "# Evaluation of the water programme\n\n## Methodology\n\nThe team held 24 interviews.\n\n"
        "## Findings\n\nFinding 1: The wells are in use; herders disagree on who may draw water first.\n"
    ),
    (
        "# Évaluation du programme d'eau\n\n## Méthodologie\n\nL'équipe a mené 24 entretiens.\n\n"
        "## Constatations\n\nConstatation 1 : Les puits sont utilisés, mais les avis divergent sur les tours d'eau.\n"
    ),
)


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message when no finding shows another view, else the sentence that does."""
    if first(paper, "check_method", "interviews"):
        yield from stated_in_findings(paper, "dissent", say("The findings seem to show no view that differs from the others."))
