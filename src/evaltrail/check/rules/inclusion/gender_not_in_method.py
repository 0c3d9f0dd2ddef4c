"""The method takes no account of gender.

## What it does
Looks for sentences, and for passages in the section on method, that speak both of gender and of a way of gathering or splitting data.

## Why it is bad
When women are not among those heard, or answers are not looked at by sex, differences between women and men stay unseen.
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
    from evaltrail.check.unit import Unit
    from evaltrail.record import Role

RULE = Rule(
    code="INC004",
    severity="warning",
    sources=(
        "UN-SWAP evaluation performance indicator",
        "UNEG guidance on human rights and gender equality in evaluation",
    ),
    papers=REPORTS,
    version=2,
    development=True,
)

BAD = (
    ("# Evaluation of the water programme\n\n## Methodology\n\nThe team held 24 interviews and a survey of 300 households.\n"),
    ("# Évaluation du programme d'eau\n\n## Méthodologie\n\nL'équipe a mené 24 entretiens et une enquête auprès de 300 ménages.\n"),
)
GOOD = (
    ("# Evaluation of the water programme\n\n## Methodology\n\nThe team held 24 interviews, half of them with women.\n"),
    ("# Évaluation du programme d'eau\n\n## Méthodologie\n\nL'équipe a mené 24 entretiens, dont 12 avec des femmes.\n"),
)


_OTHERS: frozenset[Role] = frozenset({"lessons", "good_practices", "recommendations", "response"})
"""Parts in which a method is the programme's, or one to come."""
_FOUND: frozenset[Role] = frozenset({"findings", "conclusions"})


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message when nothing brings the two together, else the sentence that does."""
    method, gender = paper.words_of(TOPIC, "method"), paper.words_of(TOPIC, "gender")
    heard, sexes = paper.words_of(TOPIC, "heard"), paper.words_of(TOPIC, "disaggregated")
    if gender is None:
        return

    def gathers(unit: Unit) -> bool:
        if method is None or not method.search(unit.text) or unit.within & _OTHERS:
            return False
        # A long finding may name interviews and women in sentences that have nothing to do with each other.
        near = "method" in unit.within or "annex" in unit.within
        # In a finding a "case study" of women's groups may be the programme's own; who was heard is the evaluation's.
        ways = (heard, sexes) if unit.within & _FOUND else (method,)
        return near or any(gender.search(s.text) and any(w and w.search(s.text) for w in ways) for s in paper.sentences(unit))

    def shows(unit: Unit, words: str) -> bool:
        return "method" in unit.within and bool(method and method.search(words))

    missing = say("Nothing in the method (who was heard, how data were split) takes account of gender.")
    yield from stated(paper, TOPIC, "gender", missing, gathers, shows)
