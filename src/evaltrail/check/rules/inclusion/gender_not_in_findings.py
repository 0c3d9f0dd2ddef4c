"""No finding speaks of gender.

## What it does
Looks for gender, women, girls and the like in the findings, and in the sections and conclusions that rest on them.

## Why it is bad
The United Nations system asks that findings and conclusions say what the work meant for women and men. An evaluation that asked
about gender and reports nothing leaves its reader without the answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.mention import stated
from evaltrail.check.paper import REPORTS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.inclusion._people import TOPIC
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.check.unit import Unit

RULE = Rule(
    code="INC005",
    severity="warning",
    sources=("UN-SWAP evaluation performance indicator", "UNEG guidance on human rights and gender equality in evaluation"),
    papers=REPORTS,
    development=True,
)

BAD = (
    (
        "# Evaluation of the water programme\n\n## Methodology\n\nThe team spoke with women and men.\n\n"
        "## Findings\n\nFinding 1: The wells are in use in all districts.\n\nMost households draw water twice a day.\n"
    ),
    (
        "# Évaluation du programme d'eau\n\n## Méthodologie\n\nL'équipe a rencontré des femmes.\n\n"
        "## Constatations\n\nConstatation 1 : Les puits sont utilisés dans toutes les régions.\n"
    ),
)
GOOD = (
    "# Evaluation of the water programme\n\n## Findings\n\nFinding 1: The wells save women two hours a day.\n",
    "# Évaluation du programme d'eau\n\n## Constatations\n\nConstatation 1 : Les puits font gagner deux heures par jour aux femmes.\n",
)


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message when the findings were read and none speaks of gender, else the first sentence that does."""
    found_in = {id(u) for s in paper.statements if s.kind in _KINDS and s.places for u in (paper.unit_at(s.places[0]),) if u}
    if not found_in and not any("findings" in u.within for u in paper.running):
        return

    # Where headings told nothing of the chapters, what stands under none of the known ones may be findings.
    unread = sum(1 for u in paper.running if "findings" in u.within) < _CHAPTER

    def judges(unit: Unit) -> bool:
        return id(unit) in found_in or not unit.within.isdisjoint(_ROLES) or (unread and not unit.within)

    yield from stated(paper, TOPIC, "gender", say("No finding or conclusion speaks of gender, women or girls."), judges)


_CHAPTER = 20
"""Paragraphs of findings from which the chapter was read."""
_KINDS = frozenset({"finding", "conclusion"})
_ROLES = frozenset({"findings", "conclusions"})
