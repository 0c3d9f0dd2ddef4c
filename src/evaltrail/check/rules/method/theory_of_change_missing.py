"""The report has no theory of change.

## What it does
Looks for a theory of change or what stands for one: a logic model, logical framework, results framework, results chain or intervention
logic.

## Why it is bad
Without the chain by which the programme meant to reach its results, there is nothing to judge its results against.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.mention import stated
from evaltrail.check.paper import REPORTS
from evaltrail.check.rule import Rule
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.check.rule import Message

RULE = Rule(
    code="MET015",
    severity="note",
    sources=(
        "UNEG quality checklist",
        "UNICEF GEROS",
    ),
    papers=REPORTS,
    development=True,
)

BAD = (
    ("# Evaluation of the water programme\n\n## Methodology\n\nThe evaluation judged whether the wells were built and are in use.\n"),
    ("# Évaluation du programme d'eau\n\n## Méthodologie\n\nL'évaluation a examiné si les puits ont été construits.\n"),
)
GOOD = (
    ("# Evaluation of the water programme\n\n## Methodology\n\nThe evaluation reconstructed the theory of change of the programme.\n"),
    ("# Évaluation du programme d'eau\n\n## Méthodologie\n\nL'évaluation a reconstitué la théorie du changement du programme.\n"),
)


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message when none is named, else the sentence that names one."""
    missing = say("The report refers to no theory of change, logic model or results framework.")
    yield from stated(paper, "check_method", "theory", missing)
