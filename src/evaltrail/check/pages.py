"""The text of a paper's pages as one folded string: what a rule asks when it must not depend on what a line was taken for.

Terms are looked for as strings and not by one great pattern: over the text of 200 pages that is ten times faster.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cache, cached_property
from typing import TYPE_CHECKING

from evaltrail.check.once import once
from evaltrail.record import Place
from evaltrail.text.normal import aligned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evaltrail.check.paper import Paper

LINE = 90
"""Characters that a line may have to be a heading, a line of the contents list or the name of an annex."""
_REACH = 400
"""Characters on either side in which a line's beginning and end are looked for."""
_LEADERS = re.compile(r"(?:[.…·]\s?){4,}\s*\d{1,3}[ \t]*$", re.MULTILINE)
_TITLE = re.compile(r"[\W\d_]*[A-ZÀ-Þ]")
_OTHER = re.compile(r"[^\x00-\x7f]")


@cache
def _plain(character: str) -> str:
    """A letter without its accent, a straight quote, a space for a dash: always one character."""
    base = unicodedata.normalize("NFD", aligned(character))[0]
    return " " if base == "-" else base if len(base) == 1 else character


def folded(text: str) -> str:
    """The text in lower case without accents, spaces for hyphens and dashes, each character where it was."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    lower = lower.replace("-", " ").replace("\t", " ")
    # Few characters are not ASCII: looking up those alone is four times faster than translating all.
    return lower if lower.isascii() else _OTHER.sub(lambda m: _plain(m[0]), lower)


def _hits(text: str, held: frozenset[str], terms: tuple[str, ...], start: int, stop: int | None) -> Iterator[tuple[int, int]]:
    for term in terms:
        if not held.issuperset(_whole_words(term)):
            continue
        open_end = term.endswith("*")
        word = term.rstrip("*")
        at = text.find(word, start, stop)
        while at >= 0:
            end = at + len(word)
            if not (at and text[at - 1].isalnum()) and (open_end or end == len(text) or not text[end].isalnum()):
                yield at, end
            at = text.find(word, end, stop)


_RUN = re.compile(r"[^\W_]+")


@cache
def _whole_words(term: str) -> tuple[str, ...]:
    """The words of a term, without one of which only the beginning is told."""
    return tuple(m[0] for m in _RUN.finditer(term) if term[m.end() : m.end() + 1] != "*")


class Pages:
    """The text of all pages, folded, as one string."""

    def __init__(self, paper: Paper) -> None:
        self._starts: list[int] = []
        parts: list[str] = []
        at = 0
        for page in paper.record.pages:
            self._starts.append(at)
            parts.append(folded(page.text))
            at += len(page.text) + 1
        self.text = "\n".join(parts)
        self._pages = paper.record.pages

    def place(self, start: int, end: int) -> Place:
        """The place of a stretch within one page."""
        n = bisect_right(self._starts, start) - 1
        first = self._starts[n]
        return Place(page=self._pages[n].number, start=start - first, end=min(end - first, len(self._pages[n].text)))

    def offset(self, place: Place) -> int:
        """Where a place begins in the folded text."""
        return self._starts[next(i for i, p in enumerate(self._pages) if p.number == place.page)] + place.start

    def printed(self, start: int, end: int) -> str:
        """The words of a stretch as they are printed."""
        p = self.place(start, end)
        return self._pages[bisect_right(self._starts, start) - 1].text[p.start : p.end]

    def line(self, at: int) -> tuple[int, int]:
        """Where the line around an offset begins and ends, cut to some hundred characters: a format without lines has very long ones."""
        first, last = max(0, at - _REACH), min(len(self.text), at + _REACH)
        start, end = self.text.rfind("\n", first, at), self.text.find("\n", at, last)
        return (first if start < 0 else start + 1), (last if end < 0 else end)

    def hits(self, terms: tuple[str, ...], start: int = 0, stop: int | None = None) -> Iterator[tuple[int, int]]:
        """Where a term stands whole, term by term; a term that ends in ``*`` is the beginning of a word."""
        return _hits(self.text, self.words, terms, start, stop)

    @cached_property
    def words(self) -> frozenset[str]:
        """All runs of letters and figures in the text: a term whose first is not among them need not be looked for."""
        found: set[str] = set()
        for piece in set(self.text.split()):
            if piece.isalnum():
                found.add(piece)
            else:
                found.update(_RUN.findall(piece))
        return frozenset(found)

    @cached_property
    def titles(self) -> tuple[str, list[int], list[int]]:
        """The lines that look like titles as one text, where each begins in it, and where it begins in ``text``.

        They are short, have a capital first, and no full stop at the end.
        """
        kept: list[str] = []
        own: list[int] = []
        origin: list[int] = []
        at = size = 0
        for page, base in zip(self._pages, self._starts, strict=True):
            at = base
            for printed in page.text.split("\n"):
                if 2 < len(printed) <= LINE and _TITLE.match(printed) and (printed[-1] not in ".,;" or printed.endswith("..")):
                    kept.append(self.text[at : at + len(printed)])
                    own.append(size)
                    origin.append(at)
                    size += len(printed) + 1
                at += len(printed) + 1
        return "\n".join(kept), own, origin

    @cached_property
    def leaders(self) -> tuple[tuple[int, int], ...]:
        """Lines that end in dots and a page number, as those of a contents list do."""
        return tuple((self.line(m.start())[0], m.end()) for m in _LEADERS.finditer(self.text))


@once
def pages_of(paper: Paper) -> Pages:
    """The pages of a paper; folded once."""
    return Pages(paper)


def named_lines(paper: Paper, terms: tuple[str, ...]) -> Iterator[Place]:
    """Lines that look like titles and hold one of the words, whatever they were taken for."""
    pages = pages_of(paper)
    text, own, origin = pages.titles
    for at, _ in _hits(text, pages.words, terms, 0, None):
        i = bisect_right(own, at) - 1
        end = own[i + 1] - 1 if i + 1 < len(own) else len(text)
        yield pages.place(origin[i], origin[i] + end - own[i])


def alone(paper: Paper, terms: tuple[str, ...]) -> Iterator[Place]:
    """Lines that are nothing but one of the words, a number before or behind it left aside."""
    pages = pages_of(paper)
    for at, stop in pages.hits(terms):
        start, end = pages.line(at)
        if end - start > LINE:
            continue
        before, after = pages.text[start:at].strip(" ivx.\t"), pages.text[stop:end]
        if not any(c.isalpha() for c in before) and not any(c.isalpha() for c in after):
            yield pages.place(start, end)
