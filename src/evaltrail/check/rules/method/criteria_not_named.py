"""The report names no criteria by which it judges.

## What it does
Looks for three or more of the criteria relevance, coherence, effectiveness, efficiency, impact and sustainability in one sentence,
table or list, for two in headings, and for a passage that speaks of criteria by that word.

## Why it is bad
Criteria say what "good" means in this evaluation. Without them judgements rest on what each evaluator finds important.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.criteria import criteria
from evaltrail.check.mention import first, quoted, readable
from evaltrail.check.paper import REPORTS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.wording import plural, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="MET001",
    severity="warning",
    sources=("OECD-DAC criteria", "UNEG quality checklist"),
    papers=REPORTS,
    development=True,
)

BAD = (
    "# Evaluation of the water programme\n\n## Methodology\n\nThe team held 24 interviews with users of the wells.\n",
    "# Évaluation du programme d'eau\n\n## Méthodologie\n\nL'équipe a mené 24 entretiens.\n",
)
GOOD = (
    "# Evaluation of the water programme\n\n## Methodology\n\nThe evaluation looked at relevance, effectiveness and sustainability.\n",
    "# Evaluation of the water programme\n\n## Findings\n\n### Relevance\n\nWells are needed.\n\n### Effectiveness\n\nThey are in use.\n",
    "# Évaluation du programme d'eau\n\n## Méthodologie\n\nLes critères sont la pertinence, l'efficacité et la durabilité.\n",
)
_HEADINGS = 2
"""Headings named for criteria, from which the report judges by them."""


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message when no criteria are named, else the sentence that names them."""
    if not readable(paper, "check_method"):
        return
    found = criteria(paper)
    if found.named:
        what = say(": {words}", words=quoted(found.words)) if found.words else ""
        yield Message(
            plural(len(found.named), "{number} criteria are named{what}.", "{number} criteria are named{what}.", what=what),
            found.where,
            right=True,
        )
    elif len(found.headings) < _HEADINGS and not first(paper, "check_method", "criteria_word", lambda u: "method" in u.within):
        yield Message(say("The report names no criteria by which the evaluation judges."))
