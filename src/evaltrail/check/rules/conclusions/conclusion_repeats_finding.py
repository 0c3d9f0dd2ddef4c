"""A conclusion says a finding again, in nearly the same words.

## What it does
Holds each conclusion against the findings of its evaluation and tells those that have nearly all their words, in nearly
the same order, from one of them.

## Why it is bad
A conclusion is what the findings together mean. One that copies a finding adds no judgement.

## Options
- `share`: share of a conclusion's words that one finding has too, from 0 to 1 (0.9).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.similar import repeated
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="CON003",
    severity="warning",
    sources=("UNEG quality checklist: conclusions go beyond the findings",),
    papers=EVALUATIONS,
    options={"share": 0.9},
)

_PAPER = (
    "# Evaluation of the water programme\n\n## Findings\n\n"
    "Finding 1: Half of the pumps in the northern districts had failed within two years.\n\n"
    "## Conclusions\n\nConclusion 1: {}\n"
)
_FRENCH = (
    "# Évaluation du programme de l’eau\n\n## Constats\n\nConstat 1 : La moitié des pompes du nord sont tombées en panne en deux ans.\n\n"
    "## Conclusions\n\nConclusion 1 : {}\n"
)
BAD = (
    _PAPER.format("Half of the pumps in the northern districts failed within two years."),
    _FRENCH.format("La moitié des pompes du nord sont tombées en panne en deux ans."),
)
GOOD = (
    _PAPER.format("The programme builds more pumps than the districts can keep in repair."),
    _FRENCH.format("Le programme construit plus de pompes que les communes ne peuvent entretenir."),
)


_BASIS = re.compile(r"\s*\([^()]{0,80}\d[^()]{0,40}\)\.?\s*$")
"""What a conclusion names as its basis: "(findings 3 and 5)"."""


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each conclusion that a finding holds."""
    for evaluation in paper.evaluations:
        findings = [s for s in evaluation.statements if s.kind == "finding" and s.parent is None]
        conclusions = [s for s in evaluation.statements if s.kind == "conclusion" and s.parent is None]
        for a in repeated([_BASIS.sub("", c.text) for c in conclusions], [f.text for f in findings], least=options["share"]):
            c, f = conclusions[a.first], findings[a.second]
            if c.places and f.places and c.places[0] == f.places[0]:
                continue  # one text read as both
            name = paper.name(f)
            said = say("{name:small}", name=name) if f.number else say("a finding")
            yield Message(
                say("{name} repeats {said} nearly word for word.", name=paper.name(c), said=said),
                c.places,
                statement=c.id,
                related=(Related(name, f.places),),
            )
