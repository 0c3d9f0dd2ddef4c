"""One criterion has two ratings.

## What it does
Compares the ratings that a paper gives one criterion in tables and sentences (“relevance was rated satisfactory”).

## Why it is bad
Whoever quotes the paper quotes one or the other, and both are right.

## Known problems
A sentence that tells an earlier evaluation's rating without saying so is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import ANY
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.rules.ratings._marks import criterion_names, marks, one_scale, sentence_ratings
from evaltrail.check.rules.ratings._scales import levels
from evaltrail.text.normal import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.check.rules.ratings._marks import Mark, Scale
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
            if other is not m and _differ(other, m.words, m.number, scale):
                told.add(m.rating.criterion or "")
                yield _message(m.of, other, m.rating.as_printed, m.rating.places)
        for criterion, words, number, places in _in_sentences(paper, evaluation.id if len(paper.evaluations) > 1 else None):
            rated = first.get((criterion, ""))
            if (
                rated is None
                or criterion in told
                or any(a.page == b.page and a.start < b.end and b.start < a.end for a in rated.rating.places for b in places)
            ):
                continue
            if _differ(rated, words, number, scale):
                told.add(criterion)
                yield _message(criterion, rated, words or f"{number:g}", places)


def _message(criterion: str, other: Mark, said: str, places: tuple[Place, ...]) -> Message:
    related = (Related(f"The rating of {criterion}: {other.rating.as_printed}", other.rating.places),)
    return Message(f"The rating of {criterion} is “{said}” here and “{other.rating.as_printed}” elsewhere.", places, related=related)


def _differ(one: Mark, words: str, number: float | None, scale: Scale | None) -> bool:
    """Whether two ratings are certainly two: two numbers, or two levels of one scale's words."""
    if one.number is not None and number is not None:
        return one.number != number
    if one.words and words:
        a, b = levels().get(fold(one.words)), levels().get(fold(words))
        return a is not None and b is not None and a[0] == b[0] and a[1] != b[1]
    value = number if one.number is None else one.number
    own = {fold(w): n for n, w in scale.words.items()} if scale else {}
    level = own.get(fold(one.words or words))
    return level is not None and value is not None and level != value


def _in_sentences(paper: Paper, evaluation: str | None) -> Iterator[tuple[str, str, float | None, tuple[Place, ...]]]:
    """Ratings of single criteria in the running text: criterion, words, number, places."""
    pattern, names = sentence_ratings(paper.language), criterion_names(paper.language)
    others = [p for k in ("others", "quantifiers") if (p := paper.words_of("ratings", k)) is not None]
    for u in paper.running:
        if evaluation is not None and u.evaluation != evaluation:
            continue
        for m in pattern.finditer(u.text):
            s = next((s for s in paper.sentences(u) if s.start <= m.start() < s.end), None)
            if s is None or any(p.search(u.text, s.start, s.end) for p in others):
                continue
            number = float(m["number"]) if m["number"] else None
            yield names[fold(m["name"])], m["words"] or "", number, paper.at(u, m.start(), m.end())
