"""The report does not mention persons with disabilities.

## What it does
Looks for words for disability anywhere in the report, its annexes included.

## Why it is bad
About one person in six lives with a disability. A report that never mentions them cannot say whether they were reached, or that this was
asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.mention import stated
from evaltrail.check.paper import REPORTS
from evaltrail.check.rule import Rule
from evaltrail.check.rules.inclusion._people import TOPIC
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.check.rule import Message

RULE = Rule(
    code="INC007",
    severity="note",
    sources=(
        "UNEG guidance on disability inclusion in evaluation",
        "UN-SWAP and United Nations Disability Inclusion Strategy",
    ),
    papers=REPORTS,
    development=True,
)

BAD = (
    ("# Evaluation of the water programme\n\n## Methodology\n\nThe team held 24 interviews with women and men who use the wells.\n"),
    ("# Évaluation du programme d'eau\n\n## Méthodologie\n\nL'équipe a mené 24 entretiens avec des femmes et des hommes.\n"),
)
GOOD = (
    ("# Evaluation of the water programme\n\n## Methodology\n\nFour of the 24 people interviewed live with a disability.\n"),
    ("# Évaluation du programme d'eau\n\n## Méthodologie\n\nL'équipe a rencontré des personnes en situation de handicap.\n"),
)


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message when nothing speaks of disability, else the sentence that does."""
    yield from stated(paper, TOPIC, "disability", say("The report does not mention persons with disabilities anywhere."))
