"""Tables while they are read: cells with spans laid on a grid."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evaltrail.read.outline import Cell, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evaltrail.read.markup.draft import Draft

# Some pages say colspan="1000" for "all of them".
_MOST_COLUMNS = 200
_LOOKED_AT = 4
"""Leading rows looked at for headings that only their looks show."""


@dataclass(slots=True)
class CellDraft:
    """A cell: its place on the grid is set when the table is laid."""

    row_span: int = 1
    column_span: int = 1
    header: bool = False
    fill: str | None = None
    drafts: list[Draft] = field(default_factory=list)
    row: int = 0
    column: int = 0


@dataclass(slots=True)
class TableDraft:
    """A table laid on its grid."""

    rows: int
    columns: int
    cells: list[CellDraft]
    header_rows: int = 0
    ruled: bool = True

    def inner(self) -> Iterator[list[Draft]]:
        """The drafts of each cell, in order."""
        for cell in self.cells:
            yield cell.drafts

    def build(self) -> Table:
        """The table. Where the mark-up names no heading rows, their looks may."""
        from evaltrail.read.markup.finish import finish

        cells = tuple(Cell(c.row, c.column, tuple(finish(c.drafts)), c.row_span, c.column_span, c.header, c.fill) for c in self.cells)
        return Table(self.rows, self.columns, cells, self.header_rows or look_header_rows(cells, self.rows), self.ruled)


@dataclass(slots=True)
class RowDraft:
    """A row while it is being read; ``head`` where the mark-up says that it is a heading row."""

    head: bool = False
    cells: list[CellDraft] = field(default_factory=list)


@dataclass(slots=True)
class FlowTable:
    """A table as HTML has it: rows of cells, each after the other, with spans that push the next ones aside."""

    rows: list[RowDraft] = field(default_factory=list)
    ruled: bool = True

    def is_layout(self) -> bool:
        """Whether the table only places parts of the page: no heading cells, and a cell that holds headings or a table of its own."""
        cells = [c for r in self.rows for c in r.cells]
        if any(r.head for r in self.rows) or any(c.header for c in cells):
            return False
        return any(d.kind == "heading" or d.table is not None for c in cells for d in c.drafts if len(c.drafts) > 3)

    def lay(self) -> TableDraft | None:
        """The table on its grid, None where it has no cell. A span that runs past the last row ends there."""
        rows = [r for r in self.rows if r.cells]
        free_from: dict[int, int] = {}
        width = 0
        for i, row in enumerate(rows):
            column = 0
            for c in row.cells:
                while free_from.get(column, 0) > i:
                    column += 1
                c.row, c.column = i, column
                c.column_span = max(1, min(c.column_span, _MOST_COLUMNS))
                c.row_span = max(1, min(c.row_span or len(rows), len(rows) - i))
                c.header = c.header or row.head
                for _ in range(c.column_span):
                    free_from[column] = i + c.row_span
                    column += 1
            width = max(width, column)
        cells = [c for r in rows for c in r.cells]
        return TableDraft(len(rows), width, cells, _header_rows(rows), self.ruled) if cells else None


def _header_rows(rows: list[RowDraft]) -> int:
    """Leading rows marked as headings; never all of them unless there is just one."""
    count = 0
    for row in rows:
        if not (row.head or all(c.header for c in row.cells)):
            break
        count += 1
    return count if count < len(rows) or count == 1 else 0


def look_header_rows(cells: tuple[Cell, ...], rows: int) -> int:
    """Leading rows that look like headings: all words bold, or a background, where the row below has neither; else 0."""
    if rows < 2:
        return 0
    count = 0
    while count < min(rows, _LOOKED_AT) and _heading_look([c for c in cells if c.row == count]):
        count += 1
    return count if 0 < count < min(rows, _LOOKED_AT) else 0


def _heading_look(row: list[Cell]) -> bool:
    """Whether all of a row's words are bold, or all its cells have a background."""
    filled = [c for c in row if c.blocks]
    if not filled:
        return False
    return all(b.bold > 0.9 for c in filled for b in c.blocks) or all(c.fill not in {None, "#ffffff"} for c in row)
