"""Tables: any cells as a sound grid, widths by what the columns hold, headings that come again on each page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evaltrail.write.model import plain

if TYPE_CHECKING:
    from evaltrail.write.model import Cell, Picture, Table, Words

MOST_COLUMNS = 63
"""Columns that Word takes."""
_LONGEST_WORD = 22
"""Characters of a word above which it may be broken."""
_CHARACTER = 4.9
"""Points that a character of a table takes, about."""
_PADDING = 12.0
"""Points between a column's lines and its words, both sides."""


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


def widths_of(table: Table, grid: Grid, width: int) -> list[int]:
    """Width of each column in twips, ``width`` in all."""
    shares = list(table.widths)
    if len(shares) != grid.columns or not all(s > 0 for s in shares):
        shares = _shares(grid, width / 20)
    total = sum(shares)
    out = [max(1, int(width * s / total)) for s in shares]
    out[-1] += width - sum(out)
    return out


def _shares(grid: Grid, points: float) -> list[float]:
    """Room by what the columns hold: the longest word at least, then the more the longer the text, less than in proportion."""
    least = [2.5 * _CHARACTER + _PADDING] * grid.columns
    wanted = [1.0] * grid.columns
    for row in range(grid.rows):
        for slot in grid.in_row(row):
            if slot.row != row or slot.columns > 1:
                continue
            longest = max((len(word) for p in slot.paragraphs for word in plain(p).split()), default=0)
            pictured = max((p.width for p in slot.pictures), default=0.0)
            least[slot.column] = max(
                least[slot.column], min(longest, _LONGEST_WORD) * _CHARACTER * 1.1 + _PADDING, min(pictured, 200) + _PADDING
            )
            wanted[slot.column] = max(wanted[slot.column], float(slot.length()) ** 0.6)
    room = points - sum(least)
    if room <= 0:
        return least
    # A column that its longest text fills on one line wants no more.
    total = sum(wanted)
    return [a + room * b / total for a, b in zip(least, wanted, strict=True)]
