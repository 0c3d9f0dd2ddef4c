"""A word of the rating scale is misspelt.

## What it does
Holds the labels of each legend, the printed words of each rating, and phrases like “moderately satisfactory” in the text
against the words of known rating scales, and tells those in which one word has a slip of a letter or two.

## Why it is bad
The legend is what gives the marks their meaning, and it stands in the figures that readers look at first.

## Known problems
Only scales whose words are in the language packs are known; a slip in a scale of other words is not seen.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import ANY
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.ratings._scales import as_spelt, legends, levels, meant, place_of, slip
from evaltrail.check.wording import say
from evaltrail.text.normal import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.record import Place

RULE = Rule(code="RAT002", severity="warning", sources=("consistency",), papers=ANY)

_LEGEND = "4 = Highly satisfactory  3 = {}  2 = Unsatisfactory  1 = Highly unsatisfactory"
BAD = (
    "# Evaluation of the water programme\n\n## Findings\n\n" + _LEGEND.format("Satisfactry") + "\n",
    "# Evaluation of the water programme\n\n## Findings\n\nRelevance was rated moderatly satisfactory.\n",
    "# Évaluation du programme de l’eau\n\n## Constatations\n\nLa pertinence du programme est jugée modérémnt insatisfaisante.\n",
)
GOOD = (
    "# Evaluation of the water programme\n\n## Findings\n\n" + _LEGEND.format("Satisfactory") + "\n",
    "# Évaluation du programme de l’eau\n\n## Constatations\n\nLa pertinence du programme est jugée modérément insatisfaisante.\n",
)


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each misspelt label of a legend, and for each misspelt phrase once."""
    seen: set[tuple[int, int]] = set()
    for legend in legends(paper):
        wrong = [(x, m) for x in legend.labels if (m := _meant_for(x.words)) is not None]
        for label, right in wrong:
            seen.add((label.page, label.start))
            places = place_of(paper, label.page, label.start, label.end)
            yield Message(
                say("The legend of the rating scale says “{words}”, which should be “{right}”.", words=label.words, right=right),
                places,
                proposal=right,
            )
        if not wrong:
            first = min(legend.labels, key=lambda x: x.start)
            last = max(legend.labels, key=lambda x: x.end)
            if first.page == last.page:
                place = place_of(paper, first.page, first.start, last.end)
                yield Message(
                    say(
                        "The legend of the rating scale is spelt right, “{low}” to “{high}”.", low=legend.low.words, high=legend.high.words
                    ),
                    place,
                    right=True,
                )
    yield from _of_ratings(paper, seen)
    yield from _of_text(paper, seen)


def _meant_for(words: str) -> str | None:
    """How misspelt words of a scale are spelt, in the case of the words; None where they are right or unknown."""
    known = meant(words)
    own = fold(words)
    return _spelt(known, words) if known is not None and known != own else None


def _spelt(folded: str, like: str) -> str:
    spelt = as_spelt()[folded]
    return spelt[0].upper() + spelt[1:] if like[:1].isupper() else spelt


def _of_ratings(paper: Paper, seen: set[tuple[int, int]]) -> Iterator[Message]:
    for evaluation in paper.evaluations:
        for rating in evaluation.ratings:
            words = re.split(r"\s[–—-]|[(\d/:=]", rating.as_printed, maxsplit=1)[0].strip()
            right = _meant_for(words) if words else None
            place = rating.places[0] if rating.places else None
            if right is None or place is None or (place.page, place.start) in seen:
                continue
            seen.add((place.page, place.start))
            of = rating.criterion_as_printed or rating.criterion or say("The whole")
            yield Message(
                say("The rating of “{of}” says “{words}”, which should be “{right}”.", of=of, words=words, right=right),
                rating.places,
                proposal=right,
            )


def _of_text(paper: Paper, seen: set[tuple[int, int]]) -> Iterator[Message]:
    """Misspelt qualifiers in front of a scale's word, anywhere in the paper: words that the paper has nowhere else."""
    first = _ends()
    slips = [w for w, n in paper.vocabulary.items() if n <= 2 and len(w) >= 4 and (w[0], _last(w)) in first and _qualifier(fold(w))]
    if not slips:
        return
    pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, slips))})\s+([^\W\d_]+)", re.IGNORECASE)
    for unit in paper.holding(tuple(slips)):
        for m in pattern.finditer(unit.text):
            right = _meant_for(" ".join(m.groups()))
            places: tuple[Place, ...] = paper.at(unit, m.start(), m.end())
            if right is None or any((p.page, p.start) in seen or _inside(p, seen) for p in places):
                continue
            seen.update((p.page, p.start) for p in places)
            yield Message(say("“{words}” should be “{right}”.", words=m.group(), right=right), places, proposal=right)


def _inside(place: Place, seen: set[tuple[int, int]]) -> bool:
    return any((place.page, at) in seen for at in range(place.start, place.end))


@cache
def _qualifiers() -> tuple[str, ...]:
    return tuple(sorted({w.split()[0] for w in levels() if " " in w and len(w.split()[0]) >= 5}))


@cache
def _ends() -> frozenset[tuple[str, str]]:
    """First and last letters of the qualifiers."""
    return frozenset((q[0], q[-1]) for q in _qualifiers())


def _last(word: str) -> str:
    return word[-1] if word[-1].isascii() else fold(word)[-1:]


def _qualifier(word: str) -> str | None:
    return next(
        (q for q in _qualifiers() if (word[:1], word[-1:]) == (q[0], q[-1]) and abs(len(word) - len(q)) <= 2 and slip(word, q)), None
    )
