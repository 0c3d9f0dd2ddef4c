"""Two statements say the same in nearly the same words.

## What it does
Compares the findings, conclusions, lessons and good practices of an evaluation with each other and tells pairs of which
each has nearly all words of the other. Recommendations said twice are told by REC009, conclusions that repeat a finding by
CON003, lessons that do by LES005.

## Why it is bad
Counts of findings come out too high, and the reader looks for a difference that is not meant.

## Options
- `share`: share of the words of each that the other must have, from 0 to 1 (0.92).

## Known problems
Findings on several places or groups that differ only in their names are told where the names are a small share of the words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.similar import near_duplicates
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.record import Statement

RULE = Rule(code="CHA006", severity="warning", sources=("consistency",), papers=EVALUATIONS, options={"share": 0.92})

_PAPER = """# Evaluation of the water programme

## Findings

Finding 1: Half of the pumps in the northern districts had failed within two years of their installation.

Finding 2: Fees are paid by most households.

Finding 3: {}
"""
_FRENCH = """# Évaluation du programme de l’eau

## Constats

Constat 1 : La moitié des pompes des communes du nord sont tombées en panne en deux ans.

Constat 2 : {}
"""
BAD = (
    _PAPER.format("Half of the pumps in the northern districts have failed within two years of their installation."),
    _FRENCH.format("La moitié des pompes des communes du nord sont tombées en panne en deux ans."),
)
GOOD = (
    _PAPER.format("Half of the schools in the northern districts have no teacher of mathematics."),
    _FRENCH.format("Les redevances sont payées par la plupart des ménages."),
    _PAPER.format("A third of the pumps in the northern districts had failed within 3 years of their installation."),
)

_KINDS = ("finding", "conclusion", "lesson", "good_practice")
_ELSEWHERE = {frozenset({"finding", "conclusion"}), frozenset({"finding", "lesson"})}
"""Pairs of kinds that rules of their own tell."""


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for the second of each pair."""
    for evaluation in paper.evaluations:
        own = [s for s in evaluation.statements if s.kind in _KINDS and s.parent is None]
        for pair in near_duplicates([s.text for s in own], least=options["share"]):
            first, second = own[pair.first], own[pair.second]
            if frozenset({first.kind, second.kind}) in _ELSEWHERE or _figures(first) != _figures(second) or _one_place(first, second):
                continue
            name = paper.name(first)
            alike = pair.of_first == pair.of_second == 1
            yield Message(
                say("{name} says the same as {other:small}.", name=paper.name(second), other=name)
                if alike
                else say("{name} says nearly the same as {other:small}.", name=paper.name(second), other=name),
                second.places,
                statement=second.id,
                related=(Related(say("{name}.", name=name), first.places),),
            )


def _figures(thing: Statement) -> set[str]:
    """The numbers in a statement: two that differ in them say two things."""
    return set(re.findall(r"\d+", thing.text))


def _one_place(first: Statement, second: Statement) -> bool:
    """Whether one text was read as both."""
    return any(a.page == b.page and a.start < b.end and b.start < a.end for a in first.places for b in second.places)
