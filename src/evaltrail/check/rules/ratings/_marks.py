"""Ratings taken apart: number, words and the scale that they stand on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from evaltrail.check.called import criterion
from evaltrail.check.once import once
from evaltrail.check.rules.ratings._scales import forms, legends, levels
from evaltrail.check.wording import Said, say
from evaltrail.text import packs
from evaltrail.text.normal import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.check.unit import Unit
    from evaltrail.record import Cell, Evaluation, Place, Rating, Role

_ENDS = re.compile(r"(\d{1,2})\s?[–-]\s?(\d{1,2})")
_LEVEL = re.compile(r"(\d{1,2}) = ([^;]+)")
_FIGURE = re.compile(r"(?<![\w.,])(\d{1,3}(?:[.,]\d{1,2})?)(?:\s*(?:/|out of|sur|de un total de)\s*(\d{1,2}))?(?![\w%])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Scale:
    """The numbers and words of a scale."""

    low: int
    high: int
    words: Mapping[int, str]
    """Words of a number, as printed; some or all may be missing."""

    @property
    def whole(self) -> bool:
        """Whether every number has its words."""
        return len(self.words) == self.high - self.low + 1

    def __str__(self) -> str:
        return f"{self.low}–{self.high}"


@dataclass(frozen=True, slots=True)
class Mark:
    """A rating as printed."""

    rating: Rating
    number: float | None
    """The number as printed, None where only words stand."""
    out_of: int | None
    words: str
    """The words as printed, empty where only a number stands."""

    @property
    def of(self) -> Said:
        """What is rated, as a message calls it."""
        name = criterion(self.rating.criterion) if self.rating.criterion else say("the whole")
        return say("{criterion} of {of}", criterion=name, of=self.rating.of) if self.rating.of else say("{criterion}", criterion=name)


def mark(rating: Rating) -> Mark:
    """A rating's printed number and words."""
    m = _FIGURE.search(rating.as_printed)
    words = re.split(r"\s[–—-]|[(\d/:=,;]", rating.as_printed, maxsplit=1)[0].strip()
    if not words and m is not None:  # "5 (satisfactory)"
        words = rating.as_printed[m.end() :].strip(" –—-=:().")
    number = float(m[1].replace(",", ".")) if m else None
    return Mark(rating, number, int(m[2]) if m and m[2] else None, words)


def is_measured(rating: Rating) -> bool:
    """Whether the value was measured from a bar."""
    return "value" in rating.origin and rating.origin["value"].rule == "bar-length"


def marks(evaluation: Evaluation) -> list[Mark]:
    """The ratings that stand in words or numbers; markers ("Gen 2"), whose values are no ratings of criteria, are left out."""
    return [mark(r) for r in evaluation.ratings if not is_measured(r) and r.criterion not in _markers()]


@cache
def _markers() -> frozenset[str]:
    return frozenset(w for words in packs.merged("ratings").get("markers", {}).values() for w in words)


def scale_of(rating: Rating) -> Scale | None:
    """The scale that the record gives for a rating."""
    m = _ENDS.match(rating.scale)
    if m is None or int(m[1]) >= int(m[2]):
        return None
    return Scale(int(m[1]), int(m[2]), {int(n): w.strip() for n, w in _LEVEL.findall(rating.scale)})


def one_scale(paper: Paper, evaluation: Evaluation) -> Scale | None:
    """The scale of an evaluation: that of its ratings, else that of the paper's legends; None where there are several."""
    found = {(s.low, s.high): s for r in evaluation.ratings if (s := scale_of(r)) is not None}
    if not found:
        found = _of_legends(paper)
    return next(iter(found.values())) if len(found) == 1 else None


@once
def _of_legends(paper: Paper) -> dict[tuple[int, int], Scale]:
    """The scales of the paper's legends by their ends, the first legend with the same ends; worked out once."""
    found: dict[tuple[int, int], Scale] = {}
    for x in legends(paper):
        found.setdefault((x.low.number, x.high.number), Scale(x.low.number, x.high.number, {y.number: y.words for y in x.labels}))
    return found


@cache
def criterion_names(language: str) -> dict[str, str]:
    """Names of the criteria in a language, folded, with the criterion that they mean; such that mean one only."""
    pack = packs.pack(language, "criteria") or packs.pack("en", "criteria")
    return {fold(w): c for c, words in pack.items() for w in words if fold(w)[:5] == fold(words[0])[:5]}


@cache
def sentence_ratings(language: str) -> re.Pattern[str]:
    """A sentence that rates one criterion: "relevance was rated moderately satisfactory", "efficiency is rated 4"."""
    pack = packs.pack(language, "ratings") or packs.pack("en", "ratings")
    names = "|".join(sorted(map(re.escape, _names(language)), key=len, reverse=True))
    verbs = "|".join(sorted({re.escape(f) for v in pack["verbs"] for f in forms(v)}, key=len, reverse=True))
    values = "|".join(
        sorted({re.escape(f) for t in pack["scales"].values() for ws in t.values() for w in ws for f in forms(w)}, key=len, reverse=True)
    )
    middle = r"(?:\s[^\W\d_]+){0,5}?\s"
    before_value = r"(?:\s(?:as|at|comme|como|con|com))?\s[“\"(]?"
    value = rf"(?:(?P<words>{values})(?!\w)|(?P<number>\d)(?![\w.,]?\d|\s?%))"
    nouns = "|".join(sorted({re.escape(f) for v in pack["nouns"] for f in forms(v)}, key=len, reverse=True))
    small = "|".join(sorted({re.escape(w) for key in ("for", "links") for w in pack.get(key, ()) if w}, key=len, reverse=True))
    first = rf"(?<![\w-])(?P<name>{names})(?![\w-]){middle}(?:{verbs}){before_value}{value}"
    # "The rating for relevance is satisfactory", with the same groups under other names.
    behind = value.replace("<words>", "<words2>").replace("<number>", "<number2>")
    second = rf"(?<![\w-])(?:{nouns})\s(?:{small})\s(?:[^\W\d_]{{1,4}}\s)?(?P<name2>{names})(?![\w-])\s(?:{small})\s[“\"(]?{behind}"
    return re.compile(rf"{first}|{second}", re.IGNORECASE)


def _names(language: str) -> list[str]:
    pack = packs.pack(language, "criteria") or packs.pack("en", "criteria")
    return [w for words in pack.values() for w in words if fold(w) in criterion_names(language)]


BESIDE: frozenset[Role] = frozenset({"findings", "ratings", "conclusions"})
"""Parts of a paper in which a sentence stands beside the rating that it explains."""


def in_sentences(paper: Paper, evaluation: str | None) -> Iterator[tuple[str, str, float | None, tuple[Place, ...], frozenset[Role]]]:
    """Ratings of single criteria in the running text: criterion, words, number, places, what the headings above make of it.

    Args:
        paper: the paper.
        evaluation: id of the evaluation in whose part they must stand; None: anywhere.
    """
    names = criterion_names(paper.language)
    for u, m in _by_evaluation(paper).get(evaluation, ()):
        number = m["number"] or m["number2"]
        criterion = names[fold(m["name"] or m["name2"])]
        yield criterion, m["words"] or m["words2"] or "", float(number) if number else None, paper.at(u, m.start(), m.end()), u.within


@once
def _by_evaluation(paper: Paper) -> dict[str | None, list[tuple[Unit, re.Match[str]]]]:
    """Sentences that rate a criterion, by the evaluation in whose part they stand; all of them under None."""
    found: dict[str | None, list[tuple[Unit, re.Match[str]]]] = {None: list(_in_sentences(paper))}
    for u, m in found[None]:
        if u.evaluation is not None:
            found.setdefault(u.evaluation, []).append((u, m))
    return found


def _in_sentences(paper: Paper) -> Iterator[tuple[Unit, re.Match[str]]]:
    pattern = sentence_ratings(paper.language)
    others = [p for k in ("others", "quantifiers") if (p := paper.words_of("ratings", k)) is not None]
    rated = set(map(id, paper.holding(_said(paper.language), running=True)))
    for u in paper.holding(tuple(_names(paper.language)), running=True):
        for m in pattern.finditer(u.text) if id(u) in rated else ():
            s = next((s for s in paper.sentences(u) if s.start <= m.start() < s.end), None)
            if s is not None and not any(p.search(u.text, s.start, s.end) for p in others):
                yield u, m


@cache
def _said(language: str) -> tuple[str, ...]:
    """The nouns and verbs of a rating, in all their forms."""
    pack = packs.pack(language, "ratings") or packs.pack("en", "ratings")
    return tuple(f for key in ("nouns", "verbs") for entry in pack[key] for f in forms(entry))


def differ(one: Mark, words: str, number: float | None, scale: Scale | None) -> bool:
    """Whether a mark and another rating are certainly two: two numbers, or two levels of one scale's words."""
    if one.number is not None and number is not None:
        return one.number != number
    if one.words and words:
        a, b = levels().get(fold(one.words)), levels().get(fold(words))
        return a is not None and b is not None and a[0] == b[0] and a[1] != b[1]
    value = number if one.number is None else one.number
    own = {fold(w): n for n, w in scale.words.items()} if scale else {}
    level = own.get(fold(one.words or words))
    return level is not None and value is not None and level != value


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table with a rating in words and, in a cell of its own, in a number."""

    name: str
    words: str
    number: int
    places: tuple[Place, ...]
    """Of the number's cell."""


_FEWEST_ROWS = 2


def rows(paper: Paper) -> Iterator[Row]:
    """Rows of rating tables that have both, in tables with at least two such rows."""
    for p in paper.record.passages:
        if p.kind != "table":
            continue
        by_row: dict[int, list[Cell]] = {}
        for c in p.cells:
            by_row.setdefault(c.row, []).append(c)
        found = []
        for cells in by_row.values():
            words = [c for c in cells[1:] if len(c.text) < _LONGEST and fold(c.text) in levels()]
            numbers = [c for c in cells[1:] if c.text.strip().isdigit() and len(c.text.strip()) <= 2]
            if len(words) == len(numbers) == 1:
                found.append(Row(" ".join(cells[0].text.split()), words[0].text.strip(), int(numbers[0].text), numbers[0].places))
        if len(found) >= _FEWEST_ROWS:
            yield from found


_LONGEST = 40
"""Characters of a cell that holds nothing but a scale's words."""
