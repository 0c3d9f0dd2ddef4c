"""Numbered paragraphs: which one a statement stands in, and the paragraphs that a text names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from evaltrail.check.ordinal import ordinal
from evaltrail.text import packs
from evaltrail.text.symbols import symbols_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evaltrail.check.paper import Paper
    from evaltrail.record import Place, Statement

_FEWEST = 8
"""Numbered paragraphs from which on a paper is one that numbers them."""
_SYMBOL_BEFORE = 80
"""Characters in front of a reference in which the symbol of another paper makes it one to that paper."""


@dataclass(frozen=True, slots=True)
class Named:
    """Paragraphs that a text names."""

    start: int
    """Offset of the word "paragraphs" in the text."""
    end: int
    ranges: tuple[tuple[int, int], ...]
    """First and last number of each."""


class Paragraphs:
    """The numbered paragraphs of a paper, where their numbers are whole and go up from one to the last."""

    def __init__(self, paper: Paper) -> None:
        own = [(n, p.places[0]) for p in paper.record.paragraphs if p.places and (n := ordinal(p.number)) is not None]
        rising = [b[0] - a[0] == 1 for a, b in pairwise(own)]
        self.sound = len(own) >= _FEWEST and all(rising)
        self.first, self.last = (own[0][0], own[-1][0]) if own else (0, 0)
        self._numbers = [n for n, _ in own]
        self._starts = [(p.page, p.start) for _, p in own]
        self.places = dict(own)

    def all_of(self, places: Sequence[Place]) -> list[int]:
        """Numbers of the paragraphs that begin in the places."""
        found: list[int] = []
        for p in places:
            i, j = bisect_left(self._starts, (p.page, p.start)), bisect_left(self._starts, (p.page, p.end))
            found += self._numbers[i:j]
        return found

    def of(self, thing: Statement) -> int | None:
        """Number of the paragraph in which a statement begins: the first that begins in it, else the one around it."""
        for p in thing.places:
            i = bisect_left(self._starts, (p.page, p.start))
            if i < len(self._starts) and self._starts[i][0] == p.page and self._starts[i][1] < p.end:
                return self._numbers[i]
        if not thing.places:
            return None
        i = bisect_right(self._starts, (thing.places[0].page, thing.places[0].start)) - 1
        return self._numbers[i] if i >= 0 else None


@cache
def _pattern(language: str) -> re.Pattern[str]:
    pack = packs.pack(language, "links") or packs.pack("en", "links")
    words = pack["references"]["paragraphs"]
    and_ = "|".join(sorted(map(re.escape, pack["references"]["and"]), key=len, reverse=True))
    to = "|".join(sorted(map(re.escape, pack["references"]["to"]), key=len, reverse=True))
    nouns = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    one = rf"\d{{1,3}}(?!\d)(?:\s?(?:[–—-]|(?:{to})(?=\s))\s?\d{{1,3}})?"
    return re.compile(rf"(?<!\w)(?:{nouns})\s?({one}(?:\s?(?:,|;|(?:,\s)?(?:{and_})(?=\s))\s?{one})*)(?![\w.]\w)", re.IGNORECASE)


@cache
def _elsewhere(language: str) -> re.Pattern[str]:
    words = (packs.pack(language, "check_chain") or packs.pack("en", "check_chain"))["elsewhere"]
    return re.compile(rf"[\s,)]*(?:\([a-z]\)\s?)?(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)


def named(paper: Paper, text: str) -> Iterator[Named]:
    """The paragraphs of this paper that a text names; those of another paper are left out."""
    own = paper.record.document.symbol
    for m in _pattern(paper.language).finditer(text):
        before = symbols_in(text[max(0, m.start() - _SYMBOL_BEFORE) : m.start()])
        behind = symbols_in(text[m.end() : m.end() + 40])
        if any(s != own for s in (*before[-1:], *behind[:1])) or _elsewhere(paper.language).match(text, m.end()):
            continue
        pairs = [(int(r[1]), int(r[2] or r[1])) for r in _range(paper.language).finditer(m[1])]
        yield Named(m.start(), m.end(), tuple(pairs))


@cache
def _range(language: str) -> re.Pattern[str]:
    pack = packs.pack(language, "links") or packs.pack("en", "links")
    to = "|".join(sorted(map(re.escape, pack["references"]["to"]), key=len, reverse=True))
    return re.compile(rf"(\d{{1,3}})(?:\s?(?:[–—-]|(?:{to})(?=\s))\s?(\d{{1,3}}))?", re.IGNORECASE)


@cache
def nouns(language: str) -> re.Pattern[str]:
    """Nouns of statements with any ending, one group a kind."""
    table: dict[str, list[str]] = (packs.pack(language, "statements") or packs.pack("en", "statements"))["nouns"]
    groups = (f"(?P<{kind}>{'|'.join(re.escape(n[:-2]) for n in sorted(words, key=len, reverse=True))})" for kind, words in table.items())
    return re.compile(rf"(?<!\w)(?:{'|'.join(groups)})\w{{0,4}}(?!\w)", re.IGNORECASE)
