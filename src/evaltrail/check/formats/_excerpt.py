"""The words at a place as a terminal shows them: the lines of the page, broken to its width, with the passage underlined."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evaltrail.record import Place, Record

_NEVER_SHOWN = {"Cc", "Cf", "Cs", "Co", "Cn"}
"""Categories of characters that could steer a terminal or turn its direction."""


@dataclass(slots=True)
class Row:
    """One row of the terminal."""

    page: int
    words: str = ""
    marks: list[tuple[int, int]] = field(default_factory=list)
    """Columns of the passage: first, and one past the last."""
    width: int = 0

    def add(self, shown: str, width: int, *, marked: bool) -> None:
        """Put a character at the end."""
        if marked:
            if self.marks and self.marks[-1][1] == self.width:
                self.marks[-1] = (self.marks[-1][0], self.width + width)
            else:
                self.marks.append((self.width, self.width + width))
        self.words += shown
        self.width += width


def columns(character: str) -> int:
    """Columns of a terminal that a character takes."""
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def plain(text: str) -> str:
    """A text that cannot steer the terminal: one line, without control and formatting characters."""
    return "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c) not in _NEVER_SHOWN)


def excerpt(record: Record, places: Sequence[Place], width: int, most: int) -> tuple[list[Row], int]:
    """The rows that hold words of the places, at most so many, and how many more there would be."""
    rows: list[Row] = []
    for page in sorted({p.page for p in places if p.page <= len(record.pages)}):
        rows += _of_page(record.pages[page - 1].text, page, [(p.start, p.end) for p in places if p.page == page], width)
    return rows[:most], max(0, len(rows) - most)


def _of_page(text: str, page: int, spans: Sequence[tuple[int, int]], width: int) -> Iterator[Row]:
    spans = [(a, min(b, len(text))) for a, b in spans if a < min(b, len(text))]
    at = 0
    for line in text.splitlines(keepends=True):
        inside = [(a - at, b - at) for a, b in spans if a < at + len(line) and b > at]
        at += len(line)
        if not inside:
            continue
        for row in _broken(line.rstrip(), inside, page, width):
            if row.marks:
                yield row


def _broken(line: str, spans: Sequence[tuple[int, int]], page: int, width: int) -> Iterator[Row]:
    """A line as rows of a terminal, broken between words; an ellipsis stands where it goes on."""
    lead = len(line) - len(line.lstrip())
    if _width(line[lead:]) <= width:
        yield _row(line, lead, len(line), spans, page)
        return
    # A line that is broken needs two columns on either side for the ellipses.
    room = max(20, width) - 4
    first, last = max(lead, min(a for a, _ in spans)), min(len(line), max(b for _, b in spans))
    if _width(line[first:last]) <= room:
        yield _row(line, *_window(line, lead, first, last, room), spans, page)
        return
    start = lead
    for end in _ends(line, lead, room):
        yield _row(line, start, end, spans, page)
        start = end
        while start < len(line) and line[start].isspace():
            start += 1


def _width(text: str) -> int:
    return sum(columns(c) for c in text)


def _window(line: str, lead: int, first: int, last: int, room: int) -> tuple[int, int]:
    """A stretch of a line with the passage in its middle, cut between words where there are any."""
    left = (room - _width(line[first:last])) // 2
    start = first
    while start > lead and _width(line[start - 1 : first]) <= left:
        start -= 1
    if start > lead and not line[start - 1].isspace():
        gap = line.find(" ", start, first)
        start = gap + 1 if gap >= 0 else start
    end = next(_ends(line, start, room), last)
    return start, max(end, last)


def _row(line: str, start: int, end: int, spans: Sequence[tuple[int, int]], page: int) -> Row:
    row = Row(page)
    if line[:start].strip():
        row.add("… ", 2, marked=False)
    stop = start + len(line[start:end].rstrip())
    for i in range(start, stop):
        shown = plain(line[i])
        if shown:
            row.add(shown, columns(shown), marked=any(a <= i < b for a, b in spans))
    if line[end:].strip():
        row.add(" …", 2, marked=False)
    return row


def _ends(line: str, start: int, room: int) -> Iterator[int]:
    """Where each row of a line ends."""
    while start < len(line):
        used, end, gap = 0, start, -1
        while end < len(line) and used + columns(line[end]) <= room:
            used += columns(line[end])
            end += 1
            if line[end - 1].isspace():
                gap = end
        if end < len(line) and gap > start and not line[end].isspace():
            end = gap
        yield end
        start = end
        while start < len(line) and line[start].isspace():
            start += 1
