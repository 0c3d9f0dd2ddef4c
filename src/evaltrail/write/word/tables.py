"""Tables: any cells as a sound grid, widths by what the columns hold, headings that come again on each page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evaltrail.write.charts._face import width
from evaltrail.write.model import plain
from evaltrail.write.word.looks import LEADING, lines_high

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evaltrail.write.model import Cell, Picture, Table, Words

MOST_COLUMNS = 63
"""Columns that Word takes."""
_LONGEST = 11.0
"""Times the size of the letters: words that are wider may be broken."""
_MANY = 8
"""Columns from which on a table may have cells set from bottom to top."""
_TURNED = 90.0
"""Points of a word above which a cell is not turned, since its row would be too high."""
_PICTURED = 200.0
"""Points of a picture's width that a column makes room for."""
_LETTER = 0.5
"""Width of a letter, about, in em."""
_LONG = 4000
"""Characters from which on a text is as long as any."""
_SAFE = 1.07
"""The widths known are of the semibold face, and other programs set a face a little wider."""
_PIECES = re.compile(r"[^\s-]+-?")
"""What stays on one line: words, and the parts of hyphened ones."""


@dataclass(slots=True)
class Slot:
    """A cell in its final place."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1
    paragraphs: list[Words] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    header: bool = False
    rating: float | None = None
    align: str = "start"

    def length(self) -> int:
        """Characters in it."""
        return sum(len(plain(p)) for p in self.paragraphs)


@dataclass(slots=True)
class Grid:
    """A table in which each place belongs to exactly one slot."""

    rows: int
    columns: int
    slots: list[list[Slot]]
    """Of each place its slot, row by row."""

    def in_row(self, row: int) -> list[Slot]:
        """The slots that stand in the row or reach into it, each once."""
        return list({id(s): s for s in self.slots[row]}.values())


def grid_of(table: Table) -> Grid:
    """The table's cells laid out. What lies outside widens the table; what overlaps is put into the cell that is there first."""
    cells = sorted(table.cells, key=lambda c: (c.row, c.column))
    rows = max([table.rows, 1, *(max(c.row, 0) + 1 for c in cells)])
    columns = min(MOST_COLUMNS, max([table.columns, 1, *(max(c.column, 0) + 1 for c in cells)]))
    places: list[list[Slot | None]] = [[None] * columns for _ in range(rows)]
    for cell in cells:
        _lay(cell, places, rows, columns)
    return Grid(rows, columns, [[s or Slot(r, c) for c, s in enumerate(line)] for r, line in enumerate(places)])


def _lay(cell: Cell, places: list[list[Slot | None]], rows: int, columns: int) -> None:
    row, column = max(cell.row, 0), min(max(cell.column, 0), columns - 1)
    slot = places[row][column]
    if slot is None:
        across = 1
        while across < cell.column_span and column + across < columns and places[row][column + across] is None:
            across += 1
        down = 1
        while down < cell.row_span and row + down < rows and not any(places[row + down][column : column + across]):
            down += 1
        slot = Slot(row, column, down, across, header=cell.header, rating=cell.rating, align=cell.align)
        for r in range(row, row + down):
            places[r][column : column + across] = [slot] * across
    slot.paragraphs.extend(cell.paragraphs)
    if cell.picture is not None:
        slot.pictures.append(cell.picture)


@dataclass(frozen=True, slots=True)
class Setting:
    """How a table is set: its width, its columns' widths (twips), its letters."""

    widths: tuple[int, ...]
    small: bool = False


def turned(slot: Slot, setting: Setting) -> float:
    """Height in points of a cell of a wide table whose longest word is wider than its columns: it is set from bottom to top. Else 0."""
    if len(setting.widths) < _MANY:
        return 0.0
    type_ = _SMALL if setting.small else _USUAL
    room = sum(setting.widths[slot.column : slot.column + slot.columns]) / 20 - type_.padding
    longest = _longest(slot, type_)
    return longest + type_.padding if slot.rows == 1 and room + 0.2 < longest <= _TURNED and not slot.pictures else 0.0


def is_wide(table: Table, room: int) -> bool:
    """Whether words would be broken in the columns even in small letters, so that the table wants a page on its side."""
    return table.columns > 2 and sum(_least(grid_of(table), _SMALL)) > room / 20  # two columns are lines of text


def setting_of(table: Table, grid: Grid, room: int) -> Setting:
    """The table set in ``room`` twips: small where its words would else be broken."""
    points = room / 20
    small = sum(_least(grid, _USUAL)) > points
    type_ = _SMALL if small else _USUAL
    told = len(table.widths) == grid.columns and all(s > 0 for s in table.widths)
    shares = _told(table.widths, _least(grid, type_), points) if told else _shares(grid, points, type_)
    total = sum(shares)
    out = [max(1, int(room * s / total)) for s in shares]
    out[-1] += room - sum(out)
    return Setting(tuple(out), small)


def _told(shares: Sequence[float], least: Sequence[float], points: float) -> Sequence[float]:
    """Points of columns whose shares are told: none is narrower than its longest word where the others can give it room."""
    asked = [points * s / sum(shares) for s in shares]
    beyond = [max(a - n, 0.0) for a, n in zip(asked, least, strict=True)]
    spare = points - sum(least)
    if spare < 0 or not sum(beyond):
        return asked
    return [n + spare * b / sum(beyond) for n, b in zip(least, beyond, strict=True)]


@dataclass(frozen=True, slots=True)
class _Type:
    """Size of a table's letters, and the room between a column's edges and its words, both sides, in points."""

    size: float
    padding: float


_USUAL, _SMALL = _Type(9.0, 11.0), _Type(7.0, 6.0)


def row_high(grid: Grid, row: int, setting: Setting) -> float:
    """Height of a row in points, about; of cells that go over several rows each holds its share."""
    type_ = _SMALL if setting.small else _USUAL
    most = type_.size * LEADING
    for s in grid.in_row(row):
        room = sum(setting.widths[s.column : s.column + s.columns]) / 20 - type_.padding
        words = sum(lines_high(len(plain(p)), room, type_.size) + 2 for p in s.paragraphs)
        most = max(most, (words + sum(p.height for p in s.pictures)) / s.rows)
    return most + 4


def _least(grid: Grid, type_: _Type) -> list[float]:
    """Width of each column below which words would be broken, as far as they are not very long."""
    least = [1.5 * type_.size + type_.padding] * grid.columns
    for slot in _single(grid):
        pictured = max((p.width for p in slot.pictures), default=0.0)
        least[slot.column] = max(
            least[slot.column], min(_longest(slot, type_), _LONGEST * type_.size) + type_.padding, min(pictured, _PICTURED) + type_.padding
        )
    return least


def _longest(slot: Slot, type_: _Type) -> float:
    """Points that the longest word takes, as a heading in bold or as words in the serif face."""
    words = {word for p in slot.paragraphs for word in _PIECES.findall(plain(p))}
    return _SAFE * max((max(width(word, type_.size, bold=True), width(word, type_.size, face="serif")) for word in words), default=0.0)


def _single(grid: Grid) -> Iterator[Slot]:
    """The slots of one column, each once."""
    for row in range(grid.rows):
        for slot in grid.in_row(row):
            if slot.row == row and slot.columns == 1:
                yield slot


def _shares(grid: Grid, points: float, type_: _Type) -> Sequence[float]:
    """Room by what the columns hold: the longest word at least, then the more the longer the text, less than in proportion.

    A column that its longest text fills on one line wants no more than that.
    """
    least = _least(grid, type_)
    room = points - sum(least)
    if room <= 0:
        return least
    wanted = [0.0] * grid.columns
    most = [0.0] * grid.columns
    for slot in _single(grid):
        length = slot.length()
        wanted[slot.column] = max(wanted[slot.column], float(length) ** 0.6)
        most[slot.column] = max(most[slot.column], min(length, _LONG) * type_.size * _LETTER + type_.padding)
    out = list(least)
    open_ = [n for n in range(grid.columns) if most[n] > out[n]]
    while open_ and room > 1:
        total = sum(wanted[n] for n in open_)
        given = [min(room * wanted[n] / total, most[n] - out[n]) for n in open_]
        for n, more in zip(open_, given, strict=True):
            out[n] += more
        room -= sum(given)
        open_ = [n for n in open_ if most[n] - out[n] > 1]
    return out
