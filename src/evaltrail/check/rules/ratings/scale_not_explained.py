"""Ratings are given and their scale is not explained.

## What it does
Looks, in a paper with at least two ratings of criteria, for a legend, for the ends of the scale (“from 1, poor, to 5, excellent”) and for
words that announce a scale.

## Why it is bad
“Good – 3” is the middle of one scale and nearly the best of another.

## Known problems
A scale that is explained in a picture is not seen.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.ratings._marks import marks
from evaltrail.check.rules.ratings._scales import legends, levels, place_of
from evaltrail.check.wording import say
from evaltrail.text.normal import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="RAT010",
    severity="warning",
    sources=("practice of evaluation offices: the rating scale is explained",),
    papers=EVALUATIONS,
)

_PAPER = (
    "# Evaluation of the water programme\n\n## Method\n\nThe team held interviews.{}\n\n## Ratings\n\n"
    "| Criterion | Rating |\n|---|---|\n| Relevance | Good – 3 |\n| Efficiency | Very good – 4 |\n"
)
_FRENCH = (
    "# Évaluation du programme de l’eau\n\n## Méthode\n\nL’équipe a mené des entretiens.{}\n\n## Notation\n\n"
    "| Critère | Note |\n|---|---|\n| Pertinence | 4 |\n| Efficience | 3 |\n"
)
BAD = (_PAPER.format(""), _FRENCH.format(""))
GOOD = (
    _PAPER.format(" Criteria were rated on a scale from 1 (poor) to 5 (excellent)."),
    _FRENCH.format(" Les critères sont notés sur une échelle de 1 à 6."),
)

_FEWEST = 2
_ENDS = re.compile(r"\b[01]\b.{1,30}\b(?:[3-9]|10)\b")
_COLUMNS_OF_LEVELS = 3


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for a paper with ratings whose scale is explained nowhere."""
    found = [m for e in paper.evaluations for m in marks(e)]
    if len(found) < _FEWEST:
        return
    for x in legends(paper):
        yield Message(say("The rating scale is explained."), place_of(paper, x.low.page, x.low.start, x.low.end), right=True)
        return
    scales = paper.words_of("check_ratings", "scales")
    named = paper.holding(paper.listed("check_ratings", "scales"))
    said = next((u for u in named if scales and (m := scales.search(u.text)) and _of_ratings(paper, u.text, m.start())), None)
    if said is not None:
        yield Message(say("The rating scale is explained."), said.places, right=True)
        return
    if any(m.rating.scale for m in found) or _columns(paper):
        return
    first = found[0]
    yield Message(
        say("{number} ratings are given, as “{rating}”, and no scale is explained.", number=len(found), rating=first.rating.as_printed),
        first.rating.places,
    )


def _of_ratings(paper: Paper, text: str, at: int) -> bool:
    """Whether a scale is one of ratings: its ends, or a rating's noun or verb, stand near it. "Large-scale" is none."""
    near = text[max(0, at - 80) : at + 120]
    if text[at - 1 : at] in ("-", "–"):
        return False
    nouns, verbs = paper.words_of("ratings", "nouns"), paper.words_of("ratings", "verbs")
    return _ENDS.search(near) is not None or any(p is not None and p.search(near) for p in (nouns, verbs))


def _columns(paper: Paper) -> bool:
    """Whether a table has a scale's words as its headings: then the columns are the scale."""
    for p in paper.record.passages:
        heads = {fold(c.text) for c in p.cells if c.row == 0}
        if len(heads & levels().keys()) >= _COLUMNS_OF_LEVELS:
            return True
    return False
