"""The findings say nothing of outcomes.

## What it does
Looks in the findings and conclusions for outcomes, results, effects, impact, objectives or their achievement.

## Why it is bad
Activities and outputs are what a programme did. Whether they changed anything is what an evaluation is for; if it cannot tell, it has to
say why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import REPORTS
from evaltrail.check.rule import Rule
from evaltrail.check.rules.findings._evidence import stated_in_findings
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.check.rule import Message

RULE = Rule(
    code="FIN004",
    severity="warning",
    sources=(
        "UNEG quality checklist",
        "UNDP evaluation guidelines",
    ),
    papers=REPORTS,
)

BAD = (
    (
        "# Evaluation of the water programme\n\n"
        "## Findings\n\n"
        "Finding 1: All ten wells were built on time.\n\n"
        "Finding 2: Staff were hired and trained.\n"
    ),
    ("# Évaluation du programme d'eau\n\n## Constatations\n\nConstatation 1 : Les dix puits ont été construits à temps.\n"),
)
GOOD = (
    ("# Evaluation of the water programme\n\n## Findings\n\nFinding 1: Illness from bad water fell by a third, as was the objective.\n"),
    (
        "# Évaluation du programme d'eau\n\n"
        "## Constatations\n\n"
        "Constatation 1 : Les maladies ont baissé d'un tiers, ce qui était l'objectif.\n"
    ),
)


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message when no finding speaks of outcomes, else the first sentence that does."""
    yield from stated_in_findings(paper, "outcomes", say("No finding or conclusion speaks of outcomes, results or effects."))
