"""Lines and columns of a passage in a text or Markdown file, found by walking the words of the record along those of the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.record import Page, Place, Record

KINDS = {"text/plain", "text/markdown"}
_WORD = re.compile(r"\w+")
_AHEAD = 60
"""Words of the file that may be left out in one go: an address of a link, a comment, a line of a table's frame."""


@dataclass(frozen=True, slots=True)
class Region:
    """Where a passage stands in a file; lines and columns from 1, the end one past the last character."""

    start: tuple[int, int]
    end: tuple[int, int]


class SourceLines:
    """The lines of a file that a record was read from."""

    def __init__(self, record: Record, source: bytes | None) -> None:
        self._text = _decoded(source) if source is not None and record.document.media_type in KINDS else ""
        self._starts = [0, *(m.end() for m in re.finditer(r"\r\n|\r|\n", self._text))]
        self._spans: list[tuple[int, int]] = []
        self._words: list[list[tuple[int, int, int]]] = []
        if self._text:
            self._spans = [m.span() for m in _WORD.finditer(self._text)]
            self._words = _along(record.pages, [self._text[a:b] for a, b in self._spans])

    def region(self, place: Place) -> Region | None:
        """Where the words of a place stand in the file; None where this cannot be told for sure."""
        if place.page > len(self._words):
            return None
        inside = [k for a, b, k in self._words[place.page - 1] if a < place.end and b > place.start]
        found = [k for k in inside if k >= 0]
        # Both ends must have been found, and no more between them than markup may add.
        if not found or inside[0] < 0 or inside[-1] < 0 or found[-1] - found[0] > 1.5 * len(inside) + _AHEAD:
            return None
        return Region(self._at(self._spans[found[0]][0]), self._at(self._spans[found[-1]][1]))

    def _at(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset) - 1
        return line + 1, offset - self._starts[line] + 1


def _decoded(source: bytes) -> str:
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""


def _along(pages: Sequence[Page], words: Sequence[str]) -> list[list[tuple[int, int, int]]]:
    """For each page its words as (start, end, index of the same word in the file or -1)."""
    out = []
    at = 0
    for page in pages:
        spans = [m.span() for m in _WORD.finditer(page.text)]
        texts = [page.text[a:b] for a, b in spans]
        row = []
        for i, word in enumerate(texts):
            k = _next(words, at, word, texts[i + 1] if i + 1 < len(texts) else None)
            row.append((*spans[i], k))
            at = k + 1 if k >= 0 else at
        out.append(row)
    return out


def _next(words: Sequence[str], at: int, word: str, after: str | None) -> int:
    """Index of the next same word; one that is not the very next has to be followed by the same word too."""
    if at < len(words) and words[at] == word:
        return at
    for k in range(at + 1, min(at + _AHEAD, len(words))):
        if words[k] == word and (after is None or (k + 1 < len(words) and words[k + 1] == after)):
            return k
    return -1
