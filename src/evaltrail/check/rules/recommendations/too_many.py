"""There are more recommendations than anybody can act on.

## What it does
Counts the whole recommendations of each evaluation; lettered or numbered parts of one count as one.

## Why it is bad
A long list hides what matters. Those who must act pick the easy ones, and follow-up spreads thin.

## Options
- `most`: recommendations that one evaluation may have (12).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.recommendations import _fields
from evaltrail.check.wording import plural, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="REC001",
    severity="warning",
    sources=("practice of evaluation offices: about twelve at most",),
    papers=EVALUATIONS,
    options={"most": 12},
)

_ITEMS = "\n\n".join(f"Recommendation {n}: The Ministry should publish report number {n} by June 2026." for n in range(1, 14))
BAD = (f"# Evaluation of the water programme\n\n## Recommendations\n\n{_ITEMS}\n",)
GOOD = ("# Evaluation of the water programme\n\n## Recommendations\n\n" + _ITEMS.partition("\n\nRecommendation 8")[0] + "\n",)


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each evaluation with too many."""
    for evaluation, own in _fields.evaluations(paper):
        where = evaluation.label or say("The evaluation")
        number = _fields.count(own)
        if len(own) > options["most"]:
            # A last number other than the count: one was passed over, or one read that is none.
            last = own[-1].number or ""
            sure = not last.isdecimal() or int(last) == number
            first_too_many = own[options["most"]]
            yield Message(
                say(
                    "{evaluation} has {number} recommendations; about {most} can be followed up.",
                    evaluation=where,
                    number=number if sure else say("more than {number}", number=options["most"]),
                    most=options["most"],
                ),
                first_too_many.places,
                statement=first_too_many.id,
            )
        else:
            yield Message(
                plural(
                    number, "{evaluation} has {number} recommendations.", "{evaluation} has {number} recommendations.", evaluation=where
                ),
                own[0].places,
                right=True,
            )
