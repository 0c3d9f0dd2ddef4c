"""The report does not mention human rights, or groups that are easily left out.

## What it does
Looks for human rights, equity, and vulnerable or marginalised groups anywhere in the report, its annexes included. The
name of the programme, as its title has it ("Youth Skills Partnership"), is left out.

## Why it is bad
A programme may do well on average and miss those who need it most. An evaluation has to ask who is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.evaluand import names
from evaltrail.check.mention import stated
from evaltrail.check.paper import REPORTS
from evaltrail.check.rule import Rule
from evaltrail.check.rules.inclusion._people import TOPIC
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.check.rule import Message
    from evaltrail.check.unit import Unit

RULE = Rule(
    code="INC008",
    severity="warning",
    sources=("UNEG guidance on human rights and gender equality in evaluation",),
    papers=REPORTS,
    version=2,
    development=True,
)

BAD = (
    ("# Evaluation of the water programme\n\n## Methodology\n\nThe team held 24 interviews with officers of the Ministry.\n"),
    ("# Évaluation du programme d'eau\n\n## Méthodologie\n\nL'équipe a mené 24 entretiens avec des fonctionnaires du ministère.\n"),
)
GOOD = (
    (
        "# Evaluation of the water programme\n\n"
        "## Methodology\n\n"
        "The team asked whether the poorest households and ethnic minorities use the wells.\n"
    ),
    ("# Évaluation du programme d'eau\n\n## Méthodologie\n\nL'équipe a examiné l'accès des groupes vulnérables aux puits.\n"),
)


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message when no such word stands anywhere, else the sentence with one."""
    missing = say("The report mentions neither human rights nor vulnerable or marginalised groups.")
    groups = paper.words_of(TOPIC, "groups")

    def speaks(unit: Unit) -> bool:
        return groups is not None and groups.search(names(paper).sub(" ", unit.text)) is not None

    yield from stated(paper, TOPIC, "groups", missing, speaks)
