"""The report does not look at effects that nobody intended.

## What it does
Looks for unintended, unexpected or negative effects anywhere in the report, its questions and annexes included.

## Why it is bad
What a programme was meant to do is only part of what it did. An evaluation that looks only along the plan misses harm, and gains.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.mention import stated
from evaltrail.check.paper import REPORTS
from evaltrail.check.rule import Rule
from evaltrail.check.rules.findings._evidence import TOPIC, judges
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.check.rule import Message
    from evaltrail.check.unit import Unit

RULE = Rule(
    code="FIN006",
    severity="note",
    sources=(
        "UNEG quality checklist",
        "UNICEF GEROS",
    ),
    papers=REPORTS,
)

BAD = (
    ("# Evaluation of the water programme\n\n## Findings\n\nFinding 1: All ten wells were built on time.\n"),
    ("# Évaluation du programme d'eau\n\n## Constatations\n\nConstatation 1 : Les dix puits ont été construits à temps.\n"),
)
GOOD = (
    ("# Evaluation of the water programme\n\n## Findings\n\nFinding 1: An unintended effect was that herds gather at the wells.\n"),
    ("# Évaluation du programme d'eau\n\n## Constatations\n\nConstatation 1 : Un effet inattendu est la présence de troupeaux.\n"),
)


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message when nothing speaks of them, else the sentence that does."""
    by_name = paper.words_of(TOPIC, "unintended_by_name")

    def shows(unit: Unit, words: str) -> bool:
        return judges(unit, words) and bool(by_name and by_name.search(words))

    missing = say("The report does not speak of unintended or negative effects, not even to say that there were none.")
    yield from stated(paper, TOPIC, "unintended", missing, None, shows)
