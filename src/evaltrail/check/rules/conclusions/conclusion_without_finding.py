"""A conclusion seems to rest on no finding.

## What it does
Where most conclusions name the findings that they rest on, tells those that name none. Elsewhere it tells conclusions of
whose words the paper uses hardly one before, so that no finding can speak of the same.

## Why it is bad
A conclusion without a finding is an opinion. Nobody can trace what it was concluded from.

## Known problems
A conclusion about a subject of the paper without any evidence is not told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.basis import MOSTLY, body_terms, standing_alone, stated
from evaltrail.check.mention import quoted
from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="CON001",
    severity="warning",
    sources=("UNEG quality checklist: conclusions rest on findings",),
    papers=EVALUATIONS,
    suspects=True,
)

_PAPER = """# Evaluation of the water programme

## Findings

Finding 1: Half of the pumps in the northern districts had failed, as spare parts were expensive.

Finding 2: Mechanics left the districts because their wages came late.

Finding 3: Households paid the fees, but committees kept no accounts of them.

## Conclusions

Conclusion 1: Expensive spare parts put the pumps of the northern districts at risk.

Conclusion 2: Late wages cost the districts their mechanics.

Conclusion 3: {}
"""
_FRENCH = """# Évaluation du programme de l’eau

## Constats

Constat 1 : La moitié des pompes sont en panne.

Constat 2 : Les salaires des mécaniciens arrivent tard.

## Conclusions

Conclusion 1 : Les pompes sont mal entretenues (constat 1).

Conclusion 2 : Les communes perdent leurs mécaniciens (constat 2).

Conclusion 3 : Les pompes demandent plus de mécaniciens{}.
"""
BAD = (
    _PAPER.format("School textbooks in minority languages helped kindergarten teachers to reach shy children."),
    _FRENCH.format(""),
)
GOOD = (
    _PAPER.format("Households pay fees to committees that keep no accounts, which puts trust at risk."),
    _FRENCH.format(" (constats 1 et 2)"),
)

_NEW = 0.3
"""Share of a conclusion's words that the paper has before, up to which its subject is new; one that judges in words of its own has more."""


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each conclusion without a finding."""
    if not paper.of_kind("finding") and not any("findings" in p.within for p in paper.record.passages):
        return
    for evaluation in paper.evaluations:
        having, lacking = stated(paper, evaluation, "conclusion", into=True)
        if len(having) >= 2 and len(having) >= MOSTLY * (len(having) + len(lacking)):
            for c in lacking:
                yield Message(
                    say("{name} names no finding that it may rest on; {number} others do.", name=paper.name(c), number=len(having)),
                    c.places,
                    statement=c.id,
                )
            if not lacking:
                yield Message(
                    say("All {number} conclusions name what they rest on.", number=len(having)),
                    having[0].places,
                    statement=having[0].id,
                    right=True,
                )
            continue
        for c, words in standing_alone(paper, lacking, body_terms(paper, "conclusions", "lessons", "summary"), most=_NEW):
            message = say(
                "{name} may rest on no finding: the paper speaks nowhere before of {words}.",
                name=paper.name(c),
                words=tuple(quoted(w) for w in words[:4]),
            )
            yield Message(message, c.places, statement=c.id)
