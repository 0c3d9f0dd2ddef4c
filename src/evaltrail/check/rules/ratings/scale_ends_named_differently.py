"""The ends of the rating scale are named differently.

## What it does
Collects the words that the paper uses for the best and the worst level of its scale: in legends, in sentences that tell
the scale by its ends (“from very unsatisfactory to very satisfactory”) and in the ratings. It tells where two
names stand for one level.

## Why it is bad
The reader cannot know whether “very” and “highly” are two levels or one, nor whether two parts used one scale.

## Known problems
A paper that speaks of two scales, its own and another institution's, is told as if it had one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from evaltrail.check.called import criterion
from evaltrail.check.paper import ANY
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.rules.ratings._scales import as_spelt, legends, levels, place_of
from evaltrail.check.wording import Said, say
from evaltrail.text import packs
from evaltrail.text.normal import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from evaltrail.check.paper import Paper
    from evaltrail.record import Place

RULE = Rule(code="RAT006", severity="warning", sources=("consistency",), papers=ANY)

_LEGEND = "4 = Highly satisfactory  3 = Satisfactory  2 = Unsatisfactory  1 = Highly unsatisfactory"
_PAPER = (
    "# Evaluation of the water programme\n\n## Method\n\nA four-point scale from {} to {} was used.\n\n## Findings\n\n" + _LEGEND + "\n"
)
_LEGENDE = "4 = Très satisfaisant  3 = Satisfaisant  2 = Insatisfaisant  1 = Très insatisfaisant"
_FRENCH = "# Évaluation du programme\n\n## Méthode\n\nL’échelle va de {} à {}.\n\n## Constatations\n\n" + _LEGENDE + "\n"
BAD = (
    _PAPER.format("very unsatisfactory", "very satisfactory"),
    _FRENCH.format("très insatisfaisant", "hautement satisfaisant"),
)
GOOD = (
    _PAPER.format("highly unsatisfactory", "highly satisfactory"),
    _FRENCH.format("très insatisfaisant", "très satisfaisant"),
)


@dataclass(frozen=True, slots=True)
class _Named:
    """A level's name where it stands."""

    words: str
    folded: str
    level: tuple[str, str]
    places: tuple[Place, ...]
    where: Said


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for a scale with two names for its ends."""
    named = [*_of_legends(paper), *_of_sentences(paper)]
    if named:
        named += _of_ratings(paper)
    by_level: dict[tuple[str, str], list[_Named]] = defaultdict(list)
    for n in named:
        by_level[n.level].append(n)
    told: set[str] = set()
    for (scale, level), names in by_level.items():
        forms = Counter(_stem(n.folded) for n in names)
        usual = next(n for n in names if _stem(n.folded) == forms.most_common(1)[0][0])
        other = next((n for n in names if _stem(n.folded) != _stem(usual.folded)), None)
        if other is None or scale in told:
            continue
        told.add(scale)
        yield Message(
            say(
                "The {which} level of the scale is “{words}” in {where} and “{usual}” in {usual_where}.",
                which=say("best") if level == "highest" else say("worst"),
                words=other.words,
                where=other.where,
                usual=usual.words,
                usual_where=usual.where,
            ),
            other.places,
            related=_related(names, other),
            proposal=usual.words,
        )
    if named and not told and len({n.where for n in named}) > 1:
        yield Message(
            say("The ends of the rating scale are named alike, as in “{words}”.", words=named[0].words), named[0].places, right=True
        )


def _related(names: Sequence[_Named], but: _Named) -> tuple[Related, ...]:
    return tuple(Related(say("“{words}” in {where}", words=n.words, where=n.where), n.places) for n in names if n is not but)[:3]


def _stem(folded: str) -> str:
    """A name without the ending of its gender."""
    return " ".join(w[:-1] if w[-1] in "eoas" and len(w) > 5 else w for w in folded.split())


def _end(words: str, where: Said, places: tuple[Place, ...]) -> Iterator[_Named]:
    folded = fold(words)
    level = levels().get(folded)
    # Of single words no two stand for one level by a slip of the pen: "good" and "adequate" are scales of their own.
    if level is not None and level[1] in ("highest", "lowest") and " " in folded:
        yield _Named(words, folded, level, places, where)


def _of_legends(paper: Paper) -> Iterator[_Named]:
    for n, legend in enumerate(legends(paper), 1):
        for label in (legend.high, legend.low):
            where = say("the legend on page {page}", page=label.page) if len(paper.record.pages) > 1 else say("legend {number}", number=n)
            yield from _end(label.words, where, place_of(paper, label.page, label.start, label.end))


def _of_sentences(paper: Paper) -> Iterator[_Named]:
    scale, ends = paper.words_of("check_ratings", "scales"), _ends(paper.language)
    rated = [paper.words_of("ratings", k) for k in ("nouns", "verbs")]
    if scale is None or ends is None:
        return
    for u in paper.holding(_high(), running=True):
        if not any(p is not None and p.search(u.text) for p in (scale, *rated)):
            continue
        for m in ends.finditer(u.text):
            where = (
                say("paragraph {number}", number=u.number)
                if u.number
                else say("{place} on page {page}", place=say("the text"), page=u.page)
                if len(paper.record.pages) > 1
                else say("the text")
            )
            for group in ("high", "low"):
                yield from _end(m[group], where, paper.at(u, m.start(group), m.end(group)))


def _of_ratings(paper: Paper) -> Iterator[_Named]:
    for evaluation in paper.evaluations:
        for r in evaluation.ratings:
            words = re.split(r"\s[–—-]|[(\d/:=]", r.as_printed, maxsplit=1)[0].strip()
            if words and "value" in r.origin and r.origin["value"].rule != "bar-length":
                yield from _end(
                    words, say("the rating of {criterion}", criterion=criterion(r.criterion) if r.criterion else say("the whole")), r.places
                )


@cache
def _ends(language: str) -> re.Pattern[str] | None:
    """A pair of a scale's words with a preposition before and between: "from very poor to very good"."""
    pack = packs.pack(language, "check_ratings") or packs.pack("en", "check_ratings")
    if not pack:
        return None
    first, middle = ("|".join(sorted(map(re.escape, pack[k]), key=len, reverse=True)) for k in ("from", "to"))
    mark = r"[\s“\"‘'(]*(?:\d{1,2}\s*[=:–-]?\s*)?[\s“\"‘'(]*"
    close = r"[”\"’')\s]*(?:\(?\d{1,2}\)?\s*)?[,\s]*"
    word = r"[^\W\d_]+(?:\s[^\W\d_]+){0,2}"
    return re.compile(rf"(?<!\w)(?:{first}){mark}(?P<low>{word}?){close}(?<!\w)(?:{middle}){mark}(?P<high>{_known()})(?!\w)", re.IGNORECASE)


@cache
def _high() -> tuple[str, ...]:
    """The words of the ends of known scales, the longest first."""
    return tuple(sorted((w for f, w in as_spelt().items() if levels()[f][1] in ("highest", "lowest") and " " in w), key=len, reverse=True))


def _known() -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"\s") for w in _high())
