"""The report does not judge whether results will last.

## What it does
Looks for sustainability, ownership, lasting results or a continuing need anywhere in the report but its annexes.

## Why it is bad
A result that ends with the money is worth less than it cost. Where it is too early to tell, the report has to say so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.mention import stated
from evaltrail.check.paper import REPORTS
from evaltrail.check.rule import Rule
from evaltrail.check.rules.findings._evidence import TOPIC, judges

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.check.rule import Message

RULE = Rule(
    code="FIN005",
    severity="warning",
    sources=(
        "OECD-DAC criteria",
        "UNEG quality checklist",
    ),
    papers=REPORTS,
)

BAD = (
    ("# Evaluation of the water programme\n\n## Findings\n\nFinding 1: All ten wells were built on time.\n"),
    ("# Évaluation du programme d'eau\n\n## Constatations\n\nConstatation 1 : Les dix puits ont été construits à temps.\n"),
)
GOOD = (
    (
        "# Evaluation of the water programme\n\n"
        "## Findings\n\n"
        "Finding 1: The fees do not cover repairs, so that use of the wells is not sustainable.\n"
    ),
    ("# Évaluation du programme d'eau\n\n## Constatations\n\nConstatation 1 : La durabilité des puits n'est pas assurée.\n"),
)


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message when nothing speaks of it, else the sentence that does."""
    missing = "The report does not judge whether results will last, nor say why not."
    yield from stated(paper, TOPIC, "sustainability", missing, lambda u: "annex" not in u.within, judges)
