"""One criterion has two ratings.

## What it does
Compares the ratings that a paper gives one criterion in tables and sentences (“relevance was rated satisfactory”). A
sentence among the findings and ratings, right beside the rating, is left to RAT004.

## Why it is bad
Whoever quotes the paper quotes one or the other, and both are right.

## Known problems
A sentence that tells an earlier evaluation's rating without saying so is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.called import criterion as called
from evaltrail.check.paper import ANY
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.rules.ratings._marks import BESIDE, differ, in_sentences, marks, one_scale
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.check.rules.ratings._marks import Mark
    from evaltrail.record import Place

RULE = Rule(code="RAT009", severity="error", sources=("consistency",), papers=ANY)

_PAPER = (
    "# Evaluation of the water programme\n\n## Summary\n\nThe relevance of the programme was rated {}.\n\n## Ratings\n\n"
    "| Criterion | Rating |\n|---|---|\n| Relevance | Satisfactory |\n| Efficiency | Unsatisfactory |\n"
)
_FRENCH = (
    "# Évaluation du programme de l’eau\n\n## Résumé\n\nLa pertinence du programme est notée {}.\n\n## Notation\n\n"
    "| Critère | Note |\n|---|---|\n| Pertinence | Satisfaisante |\n| Efficience | Insatisfaisante |\n"
)
BAD = (_PAPER.format("highly satisfactory"), _FRENCH.format("très satisfaisante"))
GOOD = (_PAPER.format("satisfactory"), _FRENCH.format("satisfaisante"))


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each criterion with two ratings."""
    for evaluation in paper.evaluations:
        scale = one_scale(paper, evaluation)
        first: dict[tuple[str, str], Mark] = {}
        told: set[str] = set()
        for m in marks(evaluation):
            other = first.setdefault((m.rating.criterion or "", m.rating.of or ""), m)
            if other is not m and differ(other, m.words, m.number, scale):
                told.add(m.rating.criterion or "")
                yield _message(m.of, other, m.rating.as_printed, m.rating.places)
        for criterion, words, number, places, within in in_sentences(paper, evaluation.id if len(paper.evaluations) > 1 else None):
            rated = first.get((criterion, "")) if not within & BESIDE else None
            if (
                rated is None
                or criterion in told
                or any(a.page == b.page and a.start < b.end and b.start < a.end for a in rated.rating.places for b in places)
            ):
                continue
            if differ(rated, words, number, scale):
                told.add(criterion)
                yield _message(criterion, rated, words or f"{number:g}", places)


def _message(criterion: str, other: Mark, said: str, places: tuple[Place, ...]) -> Message:
    related = (
        Related(
            say("The rating of {criterion}: {rating}", criterion=called(criterion), rating=other.rating.as_printed), other.rating.places
        ),
    )
    return Message(
        say(
            "The rating of {criterion} is “{said}” here and “{rating}” elsewhere.",
            criterion=called(criterion),
            said=said,
            rating=other.rating.as_printed,
        ),
        places,
        related=related,
    )
