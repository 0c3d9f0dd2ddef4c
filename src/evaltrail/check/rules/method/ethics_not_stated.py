"""The report does not say how the evaluation kept to ethical standards.

## What it does
Looks for words for ethics in the report and its annexes: consent, confidentiality, anonymity, do no harm, a code of conduct, an
evaluator's impartiality.

## Why it is bad
People who speak to evaluators take a risk. The report has to say how they were protected.
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
    code="MET012",
    severity="warning",
    sources=(
        "UNEG ethical guidelines for evaluation",
        "UNEG quality checklist",
    ),
    papers=REPORTS,
)

BAD = (
    ("# Evaluation of the water programme\n\n## Methodology\n\nThe team held 24 interviews with women and men who use the wells.\n"),
    ("# Évaluation du programme d'eau\n\n## Méthodologie\n\nL'équipe a mené 24 entretiens avec des femmes et des hommes.\n"),
)
GOOD = (
    (
        "# Evaluation of the water programme\n\n"
        "## Methodology\n\n"
        "All 24 people interviewed gave their informed consent, and their answers are anonymous.\n"
    ),
    ("# Évaluation du programme d'eau\n\n## Méthodologie\n\nLes entretiens étaient confidentiels et ont suivi les règles d'éthique.\n"),
)


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message when nothing speaks of ethics, else the sentence that does."""
    yield from stated_of_method(paper, "ethics", say("The report does not say how ethical standards were kept."))
