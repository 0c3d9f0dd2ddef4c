"""Tables: grids of pages to tables of the document: parts on following pages joined, rows broken over a page mended."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from evaltrail.read.layout.grid import Grid, GridCell, edges
from evaltrail.read.layout.markers import marker_of
from evaltrail.read.layout.paragraphs import is_ended, is_full

if TYPE_CHECKING:
    from evaltrail.read.layout.model import Line

SIDE = 9.0
"""Points by which the sides of two parts of one table may differ."""
EDGE = 6.0
"""The same for the edges of its columns."""
DRAWN = 2.5
"""The same where the head is printed again over them."""
LEVEL = 1.0
"""Points by which a broken row may miss the foot of the text area where such rows reach it."""
SPARE = 4.0
"""Ems of room at the foot of a page that are left of two lines, kept together, with what pads the row."""
FOOT = 4
"""What it counts for a row to end at the very foot of the text area where broken rows do."""
KEPT = 4.0
"""Ems that a cell of a broken row may end above the others', whose next lines were kept together and moved on."""
NEAR_FOOT = 5.0
"""Points above the foot of the text area, the letters that hang below it counted, where few tall rows end by chance."""
TALL = 60.0
"""Points from which a row is tall."""


@dataclass(slots=True, eq=False)
class WholeTable:
    """A table of the document: cells with rows counted through."""

    rows: int
    columns: int
    cells: list[GridCell]
    header_rows: int
    ruled: bool
    page: int
    box: str | None = None


def joinable(above: Grid, below: Grid) -> bool:
    """Whether a grid that begins a page goes on with the one that ended the page before."""
    if (above.loose or below.loose) and above.columns == below.columns > 1:
        return _same_heads(above, below) or _same_lefts(above, below)
    if abs(above.x0 - below.x0) > SIDE or abs(above.x1 - below.x1) > SIDE:
        return False
    if above.columns == below.columns and _same_heads(above, below) and not _same_edges(above, below):
        # A program that repeats the head of a table repeats its columns: other columns are another table's.
        return False
    fewer, more = sorted((above.xs[1:-1], below.xs[1:-1]), key=len)
    met = sum(1 for x in fewer if any(abs(x - y) <= EDGE for y in more))
    if above.columns == below.columns:
        return met >= 0.6 * len(fewer)
    return met >= max(1, 0.8 * len(fewer))


def _same_heads(above: Grid, below: Grid) -> bool:
    """Whether both begin with the same row of words."""
    a = [text_of_cell(c).casefold() for c in above.cells if c.row == 0]
    b = [text_of_cell(c).casefold() for c in below.cells if c.row == 0]
    return a == b and sum(bool(t) for t in a) > 1


def _same_edges(above: Grid, below: Grid) -> bool:
    """Whether the drawn columns of both stand at the same places."""
    return all(abs(a - b) <= DRAWN for a, b in zip(above.xs, below.xs, strict=True))


def _same_lefts(above: Grid, below: Grid) -> bool:
    """Whether the words of each column begin at the same place."""
    met = 0
    for c in range(above.columns):
        a, b = (min((line.x0 for k in g.cells if k.column == c for line in k.lines), default=None) for g in (above, below))
        if a is not None and b is not None:
            met += 1 if abs(a - b) <= EDGE else -1
    return met >= 2


def whole(parts: list[Grid]) -> WholeTable:
    """Parts of a table as one."""
    xs = parts[0].xs
    if any(p.columns != parts[0].columns for p in parts) or not any(p.loose for p in parts):
        xs = edges(x for p in parts for x in p.xs) if len(parts) > 1 else xs
        for p in parts:
            _fit(p, xs)
    first = parts[0]
    header = _header_rows(first)
    repeated = 0
    cells = list(first.cells)
    rows = first.rows
    for before, p in pairwise(parts):
        same = _repeats(first, p, max(1, header))
        repeated = max(repeated, same)
        mine = [c for c in p.cells if c.row >= same]
        if not mine:
            continue
        shift = rows - same
        if _goes_on(cells, rows, mine, same, before):
            shift -= 1
        for c in mine:
            c.row += shift
        cells = _mended(cells, mine, rows)
        rows = max(rows, shift + p.rows)
    cells.sort(key=lambda c: (c.row, c.column))
    return WholeTable(rows, len(xs) - 1, cells, max(header, repeated), first.ruled, first.page, first.box)


def _fit(grid: Grid, xs: list[float]) -> None:
    """Count the columns of a part by the whole table's edges."""

    def nearest(x: float) -> int:
        return min(range(len(xs)), key=lambda i: abs(xs[i] - x))

    for c in grid.cells:
        left, right = nearest(c.x0), nearest(c.x1)
        c.column, c.column_span = left, max(1, right - left)


def text_of_cell(cell: GridCell) -> str:
    """Words of a cell, for comparing."""
    return " ".join(line.text for line in cell.lines).strip()


def _header_rows(grid: Grid) -> int:
    """Leading rows that are set apart from the rest by bold or by shading."""
    rest_fill = {c.fill for c in grid.cells if c.row >= min(2, grid.rows - 1) and c.lines}
    count = 0
    for r in range(min(3, grid.rows - 1)):
        row = [c for c in grid.cells if c.row <= r < c.row + c.row_span and c.lines]
        if not row:
            break
        bold = all(line.bold > 0.9 for c in row for line in c.lines)
        shaded = all(c.fill is not None for c in row) and not {c.fill for c in row} & rest_fill
        italic = not bold and all(w.style.italic for c in row for line in c.lines for w in line.words)
        if italic and any(not w.style.italic for c in grid.cells if c.row > r for line in c.lines for w in line.words):
            bold = True
        if not (bold or shaded) or (bold and not shaded and _all_bold(grid, r + 1)):
            break
        if len(row) == 1 and grid.columns > 1 and r > 0:
            break
        count = r + 1
    return count


def _all_bold(grid: Grid, start: int) -> bool:
    """Whether everything below is bold too."""
    lines = [line for c in grid.cells if c.row >= start for line in c.lines]
    return bool(lines) and sum(line.bold > 0.9 for line in lines) > 0.8 * len(lines)


def _repeats(first: Grid, part: Grid, most: int) -> int:
    """How many leading rows of a part repeat those of the table."""
    same = 0
    for r in range(min(max(most, 3), first.rows, part.rows)):
        a = {(c.column, text_of_cell(c).casefold()) for c in first.cells if c.row == r and c.lines}
        b = {(c.column, text_of_cell(c).casefold()) for c in part.cells if c.row == r and c.lines}
        if not b or not a or ({t for _, t in a} != {t for _, t in b}):
            break
        same = r + 1
    return same


def _goes_on(above: list[GridCell], rows: int, below: list[GridCell], first: int, before: Grid) -> bool:
    """Whether a part's first row is the rest of the last row of the part ``before`` it."""
    new = [c for c in below if c.row == first and c.lines]
    if not new or _ends_early(before, new):
        return False
    score = 1 if before.open_foot else 0
    if before.room is not None:
        score += FOOT if before.filled else before.room <= NEAR_FOOT and before.y1 - before.ys[-2] > TALL
    broken = [o for o in above if o.row + o.row_span == rows and o.lines]
    for c in new:
        old = next((o for o in above if o.row + o.row_span == rows and o.column == c.column and o.column_span == c.column_span), None)
        line = c.lines[0]
        if old is None:
            score -= 1
            continue
        if not old.lines:
            score -= 1
            continue
        ended = is_ended(old.lines[-1].text)
        if _stops_short(old, broken, KEPT if before.filled else 0.8) and not line.text[:1].islower() and marker_of(line) is None:
            score -= 2
        if line.text[:1].islower():
            score += 2 if not ended else 1
        elif not ended and marker_of(line) is None and is_full(old.lines[-1], line):
            score += 1
        elif ended and c.column == min(o.column for o in above):
            score -= 2
    if broken and min(o.column for o in broken) < min(c.column for c in new):
        score += 1
    elif any(c.column == 0 for c in new) and any(o.column == 0 for o in broken) and score < 2:
        score -= 1
    return score > 0


def _ends_early(part: Grid, new: list[GridCell]) -> bool:
    """Whether a part ends so far above the foot of the page that lines of its last row would have found room there."""
    if part.room is None:
        return False
    return part.room > (LEVEL if part.filled else SPARE * max(c.lines[0].size for c in new))


def _stops_short(cell: GridCell, row: list[GridCell], least: float) -> bool:
    """Whether a cell's words, set from the top, end ``least`` ems or more above the foot of its row: then they go on nowhere."""
    page = cell.lines[-1].page
    beside = [[line for line in c.lines if line.page == page] for c in row]
    own = [line for line in cell.lines if line.page == page]
    top = min(lines[0].base for lines in beside if lines)
    foot = max(lines[-1].base for lines in beside if lines)
    return own[0].base <= top + 2.0 and own[-1].base < foot - least * own[-1].size


def _mended(above: list[GridCell], below: list[GridCell], rows: int) -> list[GridCell]:
    """Cells of a part added; those that fall into the last row are put to the cells there."""
    out = list(above)
    for c in below:
        if c.row >= rows:
            out.append(c)
            continue
        old = next((o for o in above if o.row <= c.row < o.row + o.row_span and o.column <= c.column < o.column + o.column_span), None)
        if old is None:
            out.append(c)
            continue
        old.lines = old.lines + c.lines
        old.row_span = max(old.row_span, c.row + c.row_span - old.row)
    return out


def lines_of(table: WholeTable) -> list[Line]:
    """All lines of a table."""
    return [line for c in table.cells for line in c.lines]
