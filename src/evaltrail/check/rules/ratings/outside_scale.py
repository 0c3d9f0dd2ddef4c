"""A rating is not on the scale.

## What it does
Holds the number of each rating against the ends of the scale, and its words against the labels of the legend.

## Why it is bad
A mark that the scale does not have cannot be read, compared or averaged.

## Known problems
Papers that use two scales are not looked at, unless the rating names its own (“7/6”).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import ANY
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.ratings._marks import marks, one_scale, rows
from evaltrail.check.rules.ratings._scales import levels, meant
from evaltrail.check.wording import Said, say
from evaltrail.text.normal import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from evaltrail.check.paper import Paper
    from evaltrail.check.rules.ratings._marks import Mark, Scale

RULE = Rule(code="RAT001", severity="error", sources=("consistency",), papers=ANY)

_LEGEND = "4 = Highly satisfactory, 3 = Satisfactory, 2 = Unsatisfactory, 1 = Highly unsatisfactory"
_PAPER = (
    "# Evaluation of the water programme\n\n## Ratings\n\n| Criterion | Rating |\n|---|---|\n| Relevance | {} |\n| Efficiency | 3 |\n"
    "| Effectiveness | 2 |\n\n" + _LEGEND + "\n"
)
_FRENCH = (
    "# Évaluation du programme de l’eau\n\n## Notation\n\n| Critère | Note |\n|---|---|\n| Pertinence | {} |\n| Efficience | 3 |\n\n"
    "4 = Très satisfaisant, 3 = Satisfaisant, 2 = Insatisfaisant, 1 = Très insatisfaisant\n"
)
BAD = (_PAPER.format("5"), _PAPER.format("Good"), _FRENCH.format("6"))
GOOD = (_PAPER.format("4"), _PAPER.format("Satisfactory"), _FRENCH.format("4"))


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each rating that is not on its scale."""
    for evaluation in paper.evaluations:
        scale = one_scale(paper, evaluation)
        found = marks(evaluation)
        wrong = 0
        for message in _above(paper, evaluation.id if len(paper.evaluations) > 1 else None, found):
            wrong += 1
            yield message
        for m in found:
            said = _wrong(m, scale)
            if said:
                wrong += 1
                yield Message(
                    say("The rating of {of}, “{rating}”, {fault}.", of=m.of, rating=m.rating.as_printed, fault=said), m.rating.places
                )
        known = {(p.page, p.start) for m in found for p in m.rating.places}
        for row in rows(paper) if scale is not None and len(paper.evaluations) == 1 else ():
            if scale and not scale.low <= row.number <= scale.high and not any((p.page, p.start) in known for p in row.places):
                wrong += 1
                yield Message(
                    say(
                        "The rating of {criterion}, “{number}”, is outside the scale {scale}.",
                        criterion=row.name.lower(),
                        number=row.number,
                        scale=str(scale),
                    ),
                    row.places,
                )
        if found and scale is not None and not wrong:
            yield Message(
                say("All {number} ratings are on the scale {scale}.", number=len(found), scale=str(scale)),
                found[0].rating.places,
                right=True,
            )


def _above(paper: Paper, evaluation: str | None, found: Sequence[Mark]) -> Iterator[Message]:
    """Marks above the number that they are out of ("6/5"), in a paper whose other ratings are out of the same number."""
    bases = {m.out_of for m in found if m.out_of is not None}
    known = {(p.page, p.start) for m in found for p in m.rating.places}
    nouns = paper.words_of("ratings", "nouns")
    for u in paper.units_of(evaluation) if bases else ():
        if "/" not in u.text or u.start in known:
            continue
        for m in _OUT_OF.finditer(u.text):
            rated = u.kind == "cell" or (nouns is not None and nouns.search(u.text, max(0, m.start() - 60), m.start()))
            if int(m[2]) in bases and int(m[1]) > int(m[2]) and rated:
                yield Message(
                    say("The rating “{words}” is above {best}, the best of its scale.", words=m.group(), best=m[2]),
                    paper.at(u, m.start(), m.end()),
                )


_OUT_OF = re.compile(r"(?<![\d/.,-])(\d{1,2})\s?/\s?(\d{1,2})(?![\d/.,-])")


def _wrong(m: Mark, scale: Scale | None) -> Said | None:
    if m.number is not None and m.out_of is not None:
        return say("is above {best}, the best of its scale", best=m.out_of) if m.number > m.out_of else None
    if scale is None:
        return None
    if m.number is not None:
        return None if scale.low <= m.number <= scale.high else say("is outside the scale {scale}", scale=str(scale))
    own = fold(m.words)
    labels = {fold(w) for w in scale.words.values()} | {meant(w) or "" for w in scale.words.values()}
    # Words of another family: "satisfactory" for "moderately satisfactory" may be loose, "good" is another scale's.
    families = {levels()[x][0] for x in labels if x in levels()}
    if scale.whole and own in levels() and own not in labels and levels()[own][0] not in families:
        return say("is not among the words of the scale")
    return None
