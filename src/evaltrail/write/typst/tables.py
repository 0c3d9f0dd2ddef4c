"""Tables: a sound grid of whatever cells a record has, columns by what they hold, and the source for them."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from evaltrail.write.model import plain
from evaltrail.write.typst.pictures import image
from evaltrail.write.typst.strings import array, ems
from evaltrail.write.typst.words import calls_notes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.write.model import Cell, Table, Words
    from evaltrail.write.typst.words import Setter

MAX_COLUMNS = 40
"""More than a page can show; what stands further right joins the last column."""
MAX_ROWS = 20_000
SPARE = 60
"""Empty rows or columns behind the last cell that are printed at most."""
INSET = 4.5
"""Points of white at each side of a cell's words."""
SHORT = 700
"""Characters of a row's longest cell up to which the row stays on one page."""
LONG_HEADER = 900
"""Characters of header rows from which they are not repeated on each page."""
LONG_CAPTION = 1200
"""Characters of a caption from which it is a paragraph before the table: one that fills a page cannot be kept with its table."""
MANY_COLUMNS = 8
"""Columns from which a table that does not find room is printed across the page."""
WHOLE = 300.0
"""Points of a table's height up to which it stands on one page."""
COLOURS = ("#f7c78f", "#ea9f52", "#cc7a2b", "#3d7490", "#255b80", "#123c60")
"""The rating scale from lowest to highest: the further from the paper, the higher."""
NOTCHES = (0.48, 0.34, 0.22, 0, 0, 0)
"""Ems of the corner that is cut out of the lower half of the scale."""


@dataclass(slots=True)
class Placed:
    """A cell at its place in the grid, with the paragraphs of all cells that claim it."""

    row: int
    column: int
    row_span: int
    column_span: int
    cell: Cell
    paragraphs: list[Words]


@dataclass(frozen=True, slots=True)
class Sound:
    """A grid without gaps at its edges, overlaps and cells that stand outside."""

    rows: int
    columns: int
    header_rows: int
    cells: list[Placed]


@dataclass(frozen=True, slots=True)
class _Line:
    """What the words of a table's cells are set to, in points; ``tall``: rows that may be broken over pages."""

    widths: Sequence[float]
    size: float
    inset: float
    tall: set[int]


def sound(table: Table) -> Sound:
    """The table as a grid that can be printed: a cell outside goes to the nearest edge, words of overlapping cells join."""
    rows, row_at = _axis(table.rows, [c.row for c in table.cells], MAX_ROWS)
    columns, column_at = _axis(table.columns, [c.column for c in table.cells], MAX_COLUMNS)
    cells = sorted(table.cells, key=lambda c: (c.row, c.column))
    header = min(max(table.header_rows, 0), rows - 1)
    if sum(len(plain(p)) for c in cells if row_at[c.row] < header for p in c.paragraphs) > 3 * LONG_HEADER:
        # A header that fills pages is no header.
        header = 0
    taken: dict[tuple[int, int], Placed] = {}
    out: list[Placed] = []
    for c in cells:
        row, column = row_at[c.row], column_at[c.column]
        there = taken.get((row, column))
        if there is not None:
            there.paragraphs.extend(c.paragraphs)
            continue
        # A header's cell ends with the header.
        floor = header if row < header else rows
        width = next((n for n in range(1, min(c.column_span, columns - column)) if (row, column + n) in taken), None)
        width = width or max(1, min(c.column_span, columns - column))
        height = max(1, min(c.row_span, floor - row))
        height = next((n for n in range(1, height) if any((row + n, column + k) in taken for k in range(width))), height)
        placed = Placed(row, column, height, width, c, list(c.paragraphs))
        taken.update({(row + i, column + k): placed for i in range(height) for k in range(width)})
        out.append(placed)
    return Sound(rows, columns, header, out)


def _axis(declared: int, used: Sequence[int], limit: int) -> tuple[int, dict[int, int]]:
    """How many rows (or columns) to print, and which of them each of the used ones is: those outside follow the last one in order."""
    inside = [n for n in used if 0 <= n < declared]
    # Empty rows at the end are a form to fill in; a number of them that nobody can mean is not believed.
    count = min(declared, max(inside, default=0) + 1 + SPARE)
    outside = sorted({n for n in used if n >= count})
    places = {n: min(max(n, 0), limit - 1) for n in used if n < count}
    places.update({n: min(count + i, limit - 1) for i, n in enumerate(outside)})
    return max(1, min(count + len(outside), limit)), places


def source(table: Table, setter: Setter, width: float, *, sticky: bool = False, legend: bool = False) -> str:
    """The call of ``grid-table`` for a table on a line of ``width`` points.

    A short one is kept with what follows where that is asked for, with ``legend`` close above it.
    """
    grid = sound(table)
    size, inset = _setting(grid.columns)
    widths = _widths(table, grid, width, size, inset)
    short = len(plain(table.caption)) < LONG_CAPTION
    caption = setter.words(table.caption, size=9.5, width=width, bold=True, defer=short)
    tall = {p.row + i for p in grid.cells if _length(p) > SHORT for i in range(p.row_span)}
    line = _Line(widths, size, inset, tall)
    header = [_cell(p, grid, table, setter, line) for p in grid.cells if p.row < grid.header_rows]
    body = [_cell(p, grid, table, setter, line) for p in grid.cells if p.row >= grid.header_rows]
    long = sum(len(plain(w)) for p in grid.cells if p.row < grid.header_rows for w in p.paragraphs) > LONG_HEADER
    more = ", legend: true" if legend else ", sticky: true" if sticky else ", ends: true" if any(map(calls_notes, body)) else ""
    parts = [
        f"caption: {{{caption}}}" if caption and short else "",
        f"widths: {array(f'{w:.4g}fr' for w in widths)}",
        f"size: {size}pt",
        f"inset: {inset}pt",
        f"rows: {grid.rows}",
        f"head: {array(header)}" if header else "",
        "repeat: false" if long else "",
        f"keep: true{more}" if _height(grid, line) < WHOLE else "",
        "across: horizon" if table.style == "ratings" else "",
        *body,
    ]
    drawn = f"grid-table({', '.join(p for p in parts if p)})"
    return drawn if short else f"text-of({{{caption}}}); {drawn}"


def _cell(p: Placed, grid: Sound, table: Table, setter: Setter, line: _Line) -> str:
    room = sum(line.widths[p.column : p.column + p.column_span]) - 2 * line.inset
    header = p.cell.header or p.row < grid.header_rows or p.column < table.header_columns
    arguments = [f"x: {p.column}", f"y: {p.row}"]
    if p.column_span > 1:
        arguments.append(f"colspan: {p.column_span}")
    if p.row_span > 1:
        arguments.append(f"rowspan: {p.row_span}")
    if line.tall.isdisjoint(range(p.row, p.row + p.row_span)):
        arguments.append("breakable: false")
    if p.cell.align != "start":
        arguments.append(f"align: {'end' if p.cell.align == 'end' else 'center'}")
    parts = []
    if p.cell.picture is not None:
        parts.append(image(p.cell.picture, room))
    shown = [
        w for w in (setter.words(w, size=line.size, width=room, bold=header, repeated=p.row < grid.header_rows) for w in p.paragraphs) if w
    ]
    rating = _rating(p.cell.rating)
    if rating is not None:
        arguments.append(f'fill: rgb("{COLOURS[rating]}")')
        parts.append(f"rated({NOTCHES[rating]}em, {'white' if rating > 2 else 'ink'}, {{{'; linebreak(); '.join(shown)}}})")
    elif header:
        arguments.extend(["fill: wash"] if p.row < grid.header_rows else [])
        parts.append(f"label-of({{{'; linebreak(); '.join(shown)}}})" if shown else "")
    elif len(shown) == 1 and not parts:
        parts.append(shown[0])
    else:
        parts.extend(f"par({{{w}}})" for w in shown)
    return f"cell({', '.join(arguments)}, {{{'; '.join(x for x in parts if x)}}})"


def _length(p: Placed) -> int:
    return sum(len(plain(w)) for w in p.paragraphs) // max(1, p.column_span)


def height(table: Table, width: float) -> float:
    """Points that a table will about take on a line of ``width`` points."""
    grid = sound(table)
    size, inset = _setting(grid.columns)
    return _height(grid, _Line(_widths(table, grid, width, size, inset), size, inset, set()))


def _height(grid: Sound, line: _Line) -> float:
    """Points that the table will about take."""
    rows = [line.size + 8.0] * grid.rows
    for p in grid.cells:
        room = max(line.size, sum(line.widths[p.column : p.column + p.column_span]) - 2 * line.inset)
        texts = [ems(plain(w)) * line.size / room for w in p.paragraphs]
        high = sum((int(1.08 * t) + 1) * 1.17 * line.size + 0.3 * line.size for t in texts) + 8.0
        if p.cell.picture is not None:
            high += min(p.cell.picture.height, 400.0)
        rows[p.row] = max(rows[p.row], high / p.row_span)
    return sum(rows)


def _rating(share: float | None) -> int | None:
    """Index of a rating's colour; None where it is none (not a number either)."""
    if share is None or not 0 <= share <= 1:
        return None
    return round(share * (len(COLOURS) - 1))


def is_wide(table: Table, width: float) -> bool:
    """Whether the words of a table of many columns would be broken on a line of ``width`` points: it is printed across."""
    grid = sound(table)
    if grid.columns < MANY_COLUMNS:
        return False
    least, _ = _needs(grid, width, *_setting(grid.columns))
    return sum(least) > width


def _setting(columns: int) -> tuple[float, float]:
    """Points of a table's letters, and of the white at each side of a cell's words."""
    steps = ((6, 9.5, INSET), (9, 8.5, INSET), (16, 7.5, 2.5))
    return next(((size, inset) for most, size, inset in steps if columns <= most), (6.5, 1.8))


def _widths(table: Table, grid: Sound, width: float, size: float, inset: float) -> list[float]:
    """Points of each column: what its longest word needs; the rest goes by what was asked for, else by how much each holds."""
    least, held = _needs(grid, width, size, inset)
    if len(table.widths) == grid.columns and all(0 < w < inf for w in table.widths):
        whole = sum(table.widths)
        asked = [w / whole * width for w in table.widths]
        beyond = [max(a - n, 0.0) for a, n in zip(asked, least, strict=True)]
        spare = width - sum(least)
        if spare > 0 and sum(beyond) > 0:
            return [n + spare * x / sum(beyond) for n, x in zip(least, beyond, strict=True)]
    return _shared(least, held, width)


def _needs(grid: Sound, width: float, size: float, inset: float) -> tuple[list[float], list[float]]:
    """Points that each column needs for its longest word, and for its words on one line."""
    least = [2 * inset + size] * grid.columns
    held = [1.0] * grid.columns
    for p in grid.cells:
        texts = [plain(w) for w in p.paragraphs]
        # A word that fills its line to the edge is broken: a little more than its width keeps it whole.
        longest = max((ems(t) for text in texts for t in text.split()), default=0.0) * size * 1.02 + 2 * inset
        if p.cell.picture is not None:
            longest = max(longest, min(p.cell.picture.width, 0.6 * width) + 2 * inset)
        line = max((ems(t) for t in texts), default=0.0) * size + 2 * inset
        for k in range(p.column, p.column + p.column_span):
            least[k] = max(least[k], min(longest / p.column_span, 0.34 * width))
            # Twice the words do not need twice the width: rows grow too.
            held[k] = max(held[k], min(line / p.column_span, 2.2 * width))
    return least, held


def _shared(least: list[float], held: list[float], width: float) -> list[float]:
    spare = width - sum(least)
    if spare <= 0:
        # The columns that need most give: their words are broken, those of narrow ones are not.
        order = sorted(least)
        left = width
        for i, need in enumerate(order):
            if need * (len(order) - i) >= left:
                return [min(w, left / (len(order) - i)) for w in least]
            left -= need
    wish = [max(h - w, 0.0) for h, w in zip(held, least, strict=True)]
    total = sum(wish)
    if total <= spare:
        # All fits on one line each; what is left is shared by what the columns hold, so that the table fills the line.
        base = [w + x for w, x in zip(least, wish, strict=True)]
        return [b * width / sum(base) for b in base]
    return [w + spare * x / total for w, x in zip(least, wish, strict=True)]
