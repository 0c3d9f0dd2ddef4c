"""The report does not name its evaluators.

## What it does
Looks for a word for those who made the evaluation (“evaluator”, “evaluation team”, “prepared by”) with a name behind it: of a person, or of
an office that evaluates.

## Why it is bad
Whether the evaluators are independent and know the field can only be judged when one knows who they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import REPORTS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.structure._people import named_beside
from evaltrail.check.rules.structure._words import known
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(code="STR005", severity="warning", sources=("UNEG quality checklist for evaluation reports",), version=2, papers=REPORTS)

BAD = (
    "# Evaluation of the water programme\n\n## Background\n\nThe programme drilled wells in Mali.\n",
    "# Évaluation du programme de l’eau\n\n## Contexte\n\nLe programme a foré des puits au Mali.\n",
)
GOOD = (
    "# Evaluation of the water programme\n\nEvaluators: Awa Traoré and Jon Berg\n\n## Background\n\nThe programme drilled wells in Mali.\n",
    "# Évaluation du programme de l’eau\n\nÉquipe d’évaluation : Awa Traoré\n\n## Contexte\n\nLe programme a foré des puits au Mali.\n",
)


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message when nobody is named."""
    if not known(paper):
        return
    found = named_beside(paper)
    if found is None:
        yield Message(say("The report does not name its evaluators."))
    else:
        yield Message(say("The report names its evaluators."), (found,), right=True)
