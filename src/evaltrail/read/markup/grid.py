"""Tables: cells with spans laid on a grid."""

from __future__ import annotations

from dataclasses import dataclass, field

from evaltrail.read.markup.draft import Draft
from evaltrail.read.markup.finish import finish
from evaltrail.read.outline import Cell, Table

# Some pages say colspan="1000" for "all of them"; HTML itself stops at 1000 and 65534.
_MOST_COLUMNS = 200
_MOST_ROWS = 5000


@dataclass(slots=True)
class CellDraft:
    """A cell while it is being read."""

    row_span: int = 1
    column_span: int = 1
    header: bool = False
    fill: str | None = None
    drafts: list[Draft] = field(default_factory=list)


@dataclass(slots=True)
class RowDraft:
    """A row while it is being read; ``head`` where the mark-up says that it is a heading row."""

    head: bool = False
    cells: list[CellDraft] = field(default_factory=list)


@dataclass(slots=True)
class TableDraft:
    """A table while it is being read."""

    rows: list[RowDraft] = field(default_factory=list)
    ruled: bool = True

    def is_layout(self) -> bool:
        """Whether the table only places parts of the page: no heading cells, and a cell that holds headings or a table of its own."""
        cells = [c for r in self.rows for c in r.cells]
        if any(r.head for r in self.rows) or any(c.header for c in cells):
            return False
        return any(d.kind == "heading" or d.table is not None for c in cells for d in c.drafts if len(c.drafts) > 3)

    def build(self) -> Table | None:
        """The table, None where it has no cell. A span that runs past the last row ends there."""
        rows = [r for r in self.rows if r.cells]
        taken: set[tuple[int, int]] = set()
        cells: list[Cell] = []
        width = 0
        for i, row in enumerate(rows):
            column = 0
            for c in row.cells:
                while (i, column) in taken:
                    column += 1
                across = max(1, min(c.column_span, _MOST_COLUMNS))
                down = max(1, min(c.row_span or len(rows), len(rows) - i, _MOST_ROWS))
                taken.update((i + d, column + a) for d in range(down) for a in range(across))
                cells.append(Cell(i, column, tuple(finish(c.drafts)), down, across, c.header or row.head, c.fill))
                column += across
            width = max(width, column)
        if not cells:
            return None
        return Table(len(rows), width, tuple(cells), _header_rows(rows), self.ruled)


def _header_rows(rows: list[RowDraft]) -> int:
    """Leading rows marked as headings; never all of them unless the mark-up says so for just one."""
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
    looks = [_heading_look([c for c in cells if c.row == row]) for row in range(min(rows, 4))]
    count = 0
    while count < len(looks) and looks[count]:
        count += 1
    return count if 0 < count < min(rows, len(looks)) else 0


def _heading_look(row: list[Cell]) -> bool:
    """Whether all of a row's words are bold, or all its cells have a background."""
    filled = [c for c in row if c.blocks]
    if not filled:
        return False
    return all(b.bold > 0.9 for c in filled for b in c.blocks) or all(c.fill not in {None, "#ffffff"} for c in row)
