"""The report does not say how those heard or visited were chosen.

## What it does
Where the report speaks of its interviews, surveys, case studies or visits, looks for words for a sample or a selection.

## Why it is bad
Whom one asks decides what one hears. Without the way of choosing nobody can say for whom the answers speak.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.mention import first
from evaltrail.check.paper import REPORTS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.method._method import TOPIC, stated_of_method
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.check.unit import Unit

RULE = Rule(
    code="MET006",
    severity="warning",
    sources=(
        "UNEG quality checklist",
        "UNDP evaluation guidelines",
    ),
    papers=REPORTS,
)

BAD = (
    "# Evaluation of the water programme\n\n## Methodology\n\nThe team held 24 interviews and visited six villages.\n",
    "# Évaluation du programme d'eau\n\n## Méthodologie\n\nL'équipe a mené 24 entretiens.\n",
)
GOOD = (
    "# Evaluation of the water programme\n\n## Methodology\n\nThe team held 24 interviews in villages drawn at random.\n",
    "# Évaluation du programme d'eau\n\n## Méthodologie\n\nL'équipe a mené 24 entretiens selon un échantillonnage raisonné.\n",
)


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message when nothing is said of a choice, else the sentence that tells it."""
    chosen_from = first(paper, "check_method", "sampled", lambda u: "method" in u.within and "annex" not in u.within) or first(
        paper,
        "check_method",
        "sampled",
        lambda u: u.within.isdisjoint({"annex", "aside", "contents", "response", "recommendations"}) and _own(paper, u),
    )
    if chosen_from is None:
        return
    missing = say("The report does not say how those heard or visited ({words}) were chosen.", words=chosen_from.words.lower())
    for m in stated_of_method(paper, "sampling", missing):
        yield m if m.right else Message(m.text, paper.at(chosen_from.unit, chosen_from.start, chosen_from.end))


def _own(paper: Paper, unit: Unit) -> bool:
    """Whether a passage speaks of the evaluation: a survey that management plans is none of the evaluation's."""
    itself = paper.words_of(TOPIC, "itself")
    return bool(itself and itself.search(unit.text))
