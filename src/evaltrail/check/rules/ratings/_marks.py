"""Ratings taken apart: number, words and the scale that they stand on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from evaltrail.check.rules.ratings._scales import forms, legends
from evaltrail.text import packs
from evaltrail.text.normal import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.record import Evaluation, Rating

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
    def of(self) -> str:
        """What is rated, as a message calls it."""
        name = self.rating.criterion or "the whole"
        return f"{name} of {self.rating.of}" if self.rating.of else name


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
        for x in legends(paper):
            found.setdefault((x.low.number, x.high.number), Scale(x.low.number, x.high.number, {y.number: y.words for y in x.labels}))
    return next(iter(found.values())) if len(found) == 1 else None


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
    return re.compile(
        rf"(?<![\w-])(?P<name>{names})(?![\w-]){middle}(?:{verbs}){before_value}(?:(?P<words>{values})(?!\w)|(?P<number>\d)(?![\w.,]?\d|\s?%))",
        re.IGNORECASE,
    )


def _names(language: str) -> list[str]:
    pack = packs.pack(language, "criteria") or packs.pack("en", "criteria")
    return [w for words in pack.values() for w in words if fold(w) in criterion_names(language)]
