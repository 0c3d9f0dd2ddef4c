"""Tables in plain text whose columns are kept apart by spaces."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaltrail.read.outline import Block, Cell, Piece, Table, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.read.plain.lines import Line

_SEGMENT = re.compile(r"\S+(?: \S+)*")
_MARKER = re.compile(r"(?:\(?\d{1,3}[.)]|\(?[a-z][.)]|[•▪●■–*-])$")


@dataclass(frozen=True, slots=True)
class Segment:
    """Words of a line between gaps of two spaces or more."""

    column: int
    """Column of the first character, counted from the page's left edge."""
    start: int
    """Its offset in the page's text."""
    text: str

    @property
    def end(self) -> int:
        """Column behind the last character."""
        return self.column + len(self.text)


def segments(line: Line) -> list[Segment]:
    """A line's words in groups, a paragraph's or item's marker left with its words."""
    found = [Segment(line.indent + m.start(), line.start + m.start(), m.group()) for m in _SEGMENT.finditer(line.text)]
    if len(found) > 1 and _MARKER.match(found[0].text):
        found = found[1:]
    return found


def table_at(lines: Sequence[Line], at: int) -> tuple[Block, int] | None:
    """The table that begins with the line ``at`` and the index behind its last line, or None.

    A table opens with a line of at least three groups and has at least one more row in the same columns.
    """
    head = segments(lines[at])
    if len(head) < 3 or any(len(s.text) > 60 for s in head):
        return None
    columns = [s.column for s in head]
    rows: list[list[tuple[Line, list[tuple[int, Segment]]]]] = [[(lines[at], list(enumerate(head)))]]
    spaced_rows = False
    end = at + 1
    while end < len(lines) and lines[end].page == lines[at].page:
        line = lines[end]
        parts = segments(line)
        placed = _placed(parts, columns, opening=line.spaced)
        if placed is None:
            break
        if line.spaced:
            spaced_rows = spaced_rows or len(rows) > 1
            rows.append([])
        rows[-1].append((line, placed))
        end += 1
    if len(rows) == 1 and _aligned(rows[0]):
        rows = [[item] for item in rows[0]]
    if len(rows) < 2:
        return None
    if len(rows) == 2 and not spaced_rows and all(len(placed) >= max(2, len(columns) - 1) and placed[0][0] == 0 for _, placed in rows[1]):
        # No blank lines between the rows: every line that fills the first column and nearly all others is one.
        rows = [rows[0], *([item] for item in rows[1])]
    return _block(rows, len(columns)), end


def _aligned(lines: list[tuple[Line, list[tuple[int, Segment]]]]) -> bool:
    """Whether lines without blank ones between them, three at least, keep the columns of the first and are no justified text."""
    columns = dict(lines[0][1])
    return len(lines) >= 3 and all(
        len(placed) >= 2
        and placed[0][0] == 0
        and all(abs(s.column - columns[c].column) <= 1 or abs(s.end - columns[c].end) <= 1 for c, s in placed)
        for _, placed in lines
    )


def _placed(parts: list[Segment], columns: list[int], *, opening: bool) -> list[tuple[int, Segment]] | None:
    """Segments with their columns; None where the line is no part of the table."""
    if opening and len(parts) < max(2, (len(columns) + 1) // 2):
        return None
    if len(parts) == len(columns):
        return list(enumerate(parts))
    if len(parts) > len(columns):
        return None
    out: list[tuple[int, Segment]] = []
    for s in parts:
        nearest = min(range(len(columns)), key=lambda c: min(abs(columns[c] - s.column), abs(columns[c] - s.column - len(s.text) // 2)))
        if abs(columns[nearest] - s.column) > 12 or (out and out[-1][0] >= nearest):
            return None
        if nearest == 0 and len(columns) > 1 and s.end > columns[1] + 14:
            return None
        out.append((nearest, s))
    return out


def _block(rows: list[list[tuple[Line, list[tuple[int, Segment]]]]], width: int) -> Block:
    cells: list[Cell] = []
    for r, row in enumerate(rows):
        for c in range(width):
            parts = [(line, s) for line, placed in row for column, s in placed if column == c]
            if parts:
                cells.append(Cell(r, c, (Block("paragraph", _text(parts)),), header=r == 0))
    return Block("table", table=Table(len(rows), width, tuple(cells), header_rows=1, ruled=False))


def _text(parts: list[tuple[Line, Segment]]) -> Text:
    words: list[str] = []
    pieces: list[Piece] = []
    at = 0
    for n, (line, s) in enumerate(parts):
        if n:
            # A unit's name that ends with a hyphen or a slash goes on in the next line of the cell.
            glue = "" if words[-1].endswith(("-", "/", "–")) else " "
            words.append(glue)
            at += len(glue)
        pieces.append(Piece(at, line.page, s.start, len(s.text)))
        words.append(s.text)
        at += len(s.text)
    return Text("".join(words), tuple(pieces))
