"""The report does not say who is to use the evaluation.

## What it does
Looks for the intended users, audience or use of the evaluation.

## Why it is bad
An evaluation made for nobody in particular is used by nobody in particular.
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
    code="MET018",
    severity="note",
    sources=(
        "UNEG norms and standards",
        "UNEG quality checklist",
    ),
    version=2,
    papers=REPORTS,
)

BAD = (
    ("# Evaluation of the water programme\n\n## Methodology\n\nThe team held 24 interviews and reviewed the files of the programme.\n"),
    ("# Évaluation du programme d'eau\n\n## Méthodologie\n\nL'équipe a mené 24 entretiens et une revue documentaire.\n"),
)
GOOD = (
    ("# Evaluation of the water programme\n\n## Methodology\n\nThe intended users of the evaluation are the Ministry and the districts.\n"),
    (
        "# Évaluation du programme d'eau\n\n"
        "## Méthodologie\n\n"
        "Les principaux utilisateurs de l'évaluation sont le ministère et les régions.\n"
    ),
)


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message when no users are named, else the sentence that names them."""
    yield from stated_of_method(paper, "users", say("The report does not name the intended users or use of the evaluation."), "itself")
