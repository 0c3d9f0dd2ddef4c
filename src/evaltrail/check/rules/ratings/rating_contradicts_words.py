"""A rating's number and words say two things.

## What it does
Where a rating is printed as number and words (“Good – 4”), holds the two against the legend, and against the other
ratings: one number with two words, or one word with two numbers. Words in another cell of the row and sentences among the
findings that rate the criterion are held against the rating too.

## Why it is bad
One of the two is wrong, and the reader cannot tell which.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.called import criterion as called
from evaltrail.check.paper import ANY
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.rules.ratings._marks import BESIDE, differ, in_sentences, marks, one_scale, rows, scale_of
from evaltrail.check.rules.ratings._scales import meant
from evaltrail.check.wording import say
from evaltrail.text.normal import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from evaltrail.check.paper import Paper
    from evaltrail.check.rules.ratings._marks import Mark, Scale
    from evaltrail.record import Evaluation, Place

RULE = Rule(code="RAT004", severity="error", sources=("consistency",), papers=ANY, version=2)

_PAPER = (
    "# Evaluation of the water programme\n\n## Ratings\n\n"
    "| Criterion | Rating |\n|---|---|\n| Relevance | {} |\n| Efficiency | Satisfactory (3) |\n\n"
    "4 = Highly satisfactory, 3 = Satisfactory, 2 = Unsatisfactory, 1 = Highly unsatisfactory\n"
)
_FRENCH = (
    "# Évaluation du programme de l’eau\n\n## Notation\n\n"
    "| Critère | Note |\n|---|---|\n| Pertinence | {} |\n| Efficience | Satisfaisant (3) |\n\n"
    "4 = Très satisfaisant, 3 = Satisfaisant, 2 = Insatisfaisant, 1 = Très insatisfaisant\n"
)
_NO_LEGEND = (
    "# Evaluation of the water programme\n\n## Ratings\n\n| Criterion | Rating |\n|---|---|\n| Relevance | {} |\n"
    "| Efficiency | Good – 3 |\n| Impact | Very good – 4 |\n"
)
BAD = (_PAPER.format("Satisfactory (2)"), _FRENCH.format("Satisfaisant (2)"), _NO_LEGEND.format("Good – 4"))
GOOD = (_PAPER.format("Unsatisfactory (2)"), _FRENCH.format("Insatisfaisant (2)"), _NO_LEGEND.format("Good – 3"))


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each rating with number and words that do not agree."""
    for evaluation in paper.evaluations:
        both = [m for m in marks(evaluation) if m.number is not None and m.words and meant(m.words) is not None]
        common = one_scale(paper, evaluation)
        rest = []
        wrong = 0
        for message in _beside(paper, evaluation, common):
            wrong += 1
            yield message
        for m in both:
            scale = scale_of(m.rating) or common
            label = scale.words.get(int(m.number)) if scale and m.number is not None and m.number == int(m.number) else None
            if label is None:
                rest.append(m)
            elif _same(label) != _same(m.words):
                wrong += 1
                yield Message(
                    say(
                        "The rating of {of} says “{rating}”, but {number:g} is “{label}” on the scale.",
                        of=m.of,
                        rating=m.rating.as_printed,
                        number=m.number or 0,
                        label=label,
                    ),
                    m.rating.places,
                    proposal=label,
                )
        for message in _against_each_other(rest):
            wrong += 1
            yield message
        if both and not wrong:
            yield Message(
                say("Numbers and words of the ratings agree, as in “{rating}”.", rating=both[0].rating.as_printed),
                both[0].rating.places,
                right=True,
            )


def _beside(paper: Paper, evaluation: Evaluation, scale: Scale | None) -> Iterator[Message]:
    """Words in another cell of the rating's row, or in a sentence on the criterion, that are those of another level."""
    several = len(paper.evaluations) > 1
    for row in rows(paper) if scale is not None and not several else ():
        label = scale.words.get(row.number) if scale else None
        if label is not None and _same(label) != _same(row.words):
            said = say(
                "The rating of {criterion} says “{words}” beside {number}, but {number} is “{label}” on the scale.",
                criterion=row.name.lower(),
                words=row.words,
                number=row.number,
                label=label,
            )
            yield Message(said, row.places, proposal=label)
    rated = {m.rating.criterion: m for m in marks(evaluation) if m.rating.of is None}
    for criterion, words, number, places, within in in_sentences(paper, evaluation.id if several else None):
        m = rated.get(criterion)
        if m is None or not (within & BESIDE or _together(paper, m.rating.places, places)):
            continue
        if any(a.page == b.page and a.start < b.end and b.start < a.end for a in m.rating.places for b in places):
            continue
        if differ(m, words, number, scale):
            related = (Related(say("The rating of {criterion}", criterion=called(criterion)), m.rating.places),)
            said = say(
                "The text rates {criterion} “{words}”, but its rating is “{rating}”.",
                criterion=called(criterion),
                words=words or f"{number:g}",
                rating=m.rating.as_printed,
            )
            yield Message(said, places, related=related)


def _together(paper: Paper, one: Sequence[Place], other: Sequence[Place]) -> bool:
    """Whether two places stand under one heading, of a chapter that its heading does not make known."""
    a, b = (paper.unit_at(x[0]) if x else None for x in (one, other))
    if a is None or b is None or min(a.index, b.index) < 0:
        return False
    passages = paper.record.passages
    return passages[a.index].section is not None and passages[a.index].section == passages[b.index].section


def _same(words: str) -> str:
    return meant(words) or fold(words)


def _against_each_other(found: Sequence[Mark]) -> Iterator[Message]:
    """Ratings whose number has other words elsewhere, or whose words another number."""
    by_number: dict[float, Mark] = {}
    by_words: dict[str, Mark] = {}
    for m in found:
        if m.number is None:
            continue
        other = by_number.setdefault(m.number, m)
        if _same(other.words) == _same(m.words):
            other = by_words.setdefault(_same(m.words), m)
        if _same(other.words) != _same(m.words) or other.number != m.number:
            said = say(
                "The rating of {of} says “{rating}”, that of {other} “{other_rating}”.",
                of=m.of,
                rating=m.rating.as_printed,
                other=other.of,
                other_rating=other.rating.as_printed,
            )
            yield Message(
                said, m.rating.places, related=(Related(say("The rating of {criterion}", criterion=other.of), other.rating.places),)
            )
