"""A table's cells as rows that cover the grid once, whatever the spans say."""

from __future__ import annotations

from dataclasses import replace

from evaltrail.write.model import Cell, Table


def grid(table: Table) -> list[list[Cell]]:
    """The cells of each row, empty ones where nothing stands; rows in which no cell begins are left out.

    A span ends at the table's edge or where another cell begins; the words of a cell that begins inside another go to that one.
    """
    rows = max([table.rows, *(c.row + 1 for c in table.cells)], default=0)
    columns = max([table.columns, *(c.column + 1 for c in table.cells)], default=0)
    taken: dict[tuple[int, int], tuple[int, int]] = {}
    cells: dict[tuple[int, int], Cell] = {}
    starts = {(c.row, c.column) for c in table.cells}
    for c in sorted(table.cells, key=lambda c: (c.row, c.column)):
        at = (c.row, c.column)
        if at in taken:
            first = cells[taken[at]]
            cells[taken[at]] = replace(first, paragraphs=first.paragraphs + c.paragraphs, picture=first.picture or c.picture)
            continue
        wide = _free(at, min(c.column_span, columns - c.column), taken, starts)
        tall = 1
        while tall < min(c.row_span, rows - c.row) and all(
            (c.row + tall, c.column + j) not in taken and (c.row + tall, c.column + j) not in starts for j in range(wide)
        ):
            tall += 1
        cells[at] = replace(c, row_span=tall, column_span=wide)
        taken.update({(c.row + i, c.column + j): at for i in range(tall) for j in range(wide)})
    out = [[cells.get((r, k)) or Cell(r, k) for k in range(columns) if (r, k) in cells or (r, k) not in taken] for r in range(rows)]
    filled = [bool(row) for row in out]
    return [[replace(c, row_span=sum(filled[c.row : c.row + c.row_span])) for c in row] for row in out if row]


def _free(at: tuple[int, int], wanted: int, taken: dict[tuple[int, int], tuple[int, int]], starts: set[tuple[int, int]]) -> int:
    """Columns from ``at`` that no other cell has, at least one."""
    row, column = at
    wide = 1
    while wide < wanted and (row, column + wide) not in taken and (row, column + wide) not in starts:
        wide += 1
    return wide
