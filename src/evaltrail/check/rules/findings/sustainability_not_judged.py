"""The report does not judge whether results will last.

## What it does
Where the report's own criteria are of those of the OECD's Development Assistance Committee, looks for sustainability or lasting results
in the report outside method, background, summary and annexes.

## Why it is bad
A result that ends with the money is worth less than it cost. Where it is too early to tell, the report has to say so.

## Known problems
Evaluations of permanent public services often follow other criteria; they are left alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.criteria import criteria, pattern
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
    code="FIN005",
    severity="warning",
    sources=(
        "OECD-DAC criteria",
        "UNEG quality checklist",
    ),
    papers=REPORTS,
)

BAD = (
    (
        "# Evaluation of the water programme\n\n"
        "## Methodology\n\n"
        "The criteria are relevance, effectiveness, impact and sustainability.\n\n"
        "## Findings\n\n"
        "Finding 1: All ten wells were built on time.\n"
    ),
    (
        "# Évaluation du programme d'eau\n\n"
        "## Méthodologie\n\n"
        "Les critères sont la pertinence, l'efficacité et la durabilité.\n\n"
        "## Constatations\n\n"
        "Constatation 1 : Les dix puits ont été construits à temps.\n"
    ),
)
GOOD = (
    (
        "# Evaluation of the water programme\n\n"
        "## Methodology\n\n"
        "The criteria are relevance, effectiveness, impact and sustainability.\n\n"
        "## Findings\n\n"
        "Finding 1: The fees do not cover repairs, so that use of the wells is not sustainable.\n"
    ),
    (
        "# Évaluation du programme d'eau\n\n"
        "## Méthodologie\n\n"
        "Les critères sont la pertinence, l'efficacité et la durabilité.\n\n"
        "## Constatations\n\n"
        "Constatation 1 : La durabilité des puits n'est pas assurée.\n"
    ),
)


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message when nothing speaks of it, else the sentence that does."""
    found = criteria(paper)
    # Which standard a report follows shows in the criteria that others do not have.
    if not found.words or found.named.isdisjoint({"coherence", "impact", "sustainability"}):
        return

    def looked_at(unit: Unit) -> bool:
        return unit.within.isdisjoint({"annex", "method", "background", "summary", "contents"}) and found.words not in unit.text

    def shows(unit: Unit, words: str) -> bool:
        name = pattern(paper, "sustainability")
        return judges(unit, words) and bool(name and name.search(words))

    missing = say("The report does not judge whether results will last, nor say why not.")
    yield from stated(paper, TOPIC, "sustainability", missing, looked_at, shows)
