"""Grid: rules that touch each other to cells."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from evaltrail.read.layout.model import Line, Word
    from evaltrail.read.layout.rules import Rule

TOUCH = 3.0
"""Points by which two rules may miss each other and still meet."""
SAME = 4.0
"""Points within which two edges are one: less than any row is high."""
COVER = 0.6
"""Share of a cell's side that must be drawn to part it from its neighbour."""


@dataclass(slots=True, eq=False)
class GridCell:
    """A cell with what stands in it."""

    row: int
    column: int
    row_span: int
    column_span: int
    x0: float
    y0: float
    x1: float
    y1: float
    fill: str | None = None
    reach: float = 0.0
    """How far the column's text runs, where no rule ends it; 0 where one does."""
    words: list[Word] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Grid:
    """Cells on a page. ``xs`` and ``ys`` are the edges of columns and rows."""

    xs: list[float]
    ys: list[float]
    cells: list[GridCell]
    ruled: bool = True
    page: int = 0
    box: str | None = None
    loose: bool = False
    """No upright rules: the edges of columns lie anywhere in the white between them."""
    lone: bool = False
    """One cell alone has words: the end of a table that began on the page before, or a box."""
    open_foot: bool = False
    """No rule closes the last row."""
    room: float | None = None
    """Points from its foot to that of the text area, where it is the last of its page."""
    filled: bool = False
    """Rows that a page breaks are known to reach the foot of the text area."""
    owner: list[list[GridCell]] = field(default_factory=list)
    """The cell of each elementary row and column."""

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.ys) - 1

    @property
    def columns(self) -> int:
        """Number of columns."""
        return len(self.xs) - 1

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.xs[0]

    @property
    def x1(self) -> float:
        """Right edge."""
        return self.xs[-1]

    @property
    def y0(self) -> float:
        """Upper edge."""
        return self.ys[0]

    @property
    def y1(self) -> float:
        """Lower edge."""
        return self.ys[-1]

    def cell_at(self, x: float, y: float) -> GridCell | None:
        """The cell that holds a point."""
        column = bisect_right(self.xs, x) - 1
        row = bisect_right(self.ys, y) - 1
        if 0 <= row < self.rows and 0 <= column < self.columns:
            return self.owner[row][column]
        return None


def components(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules in groups that hang together; a group has rules of both directions."""
    parent = list(range(len(across) + len(down)))

    def find(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    n = len(across)
    ats = [h.at for h in across]
    for j, v in enumerate(down):
        first = bisect_right(ats, v.start - TOUCH)
        for i in range(first, n):
            h = across[i]
            if h.at > v.end + TOUCH:
                break
            if h.start - TOUCH <= v.at <= h.end + TOUCH:
                parent[find(i)] = find(n + j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, h in enumerate(across):
        groups.setdefault(find(i), ([], []))[0].append(h)
    for j, v in enumerate(down):
        groups.setdefault(find(n + j), ([], []))[1].append(v)
    return [g for g in groups.values() if g[0] and g[1]]


def grid_of(across: list[Rule], down: list[Rule]) -> Grid | None:
    """The grid that a group of rules draws, or None where it closes no cell."""
    ys = edges(r.at for r in across)
    xs = edges(r.at for r in down)
    if not xs or not ys:
        return None
    left, right = min(r.start for r in across), max(r.end for r in across)
    top, bottom = min(r.start for r in down), max(r.end for r in down)
    # A table may be open at its sides: its rules then run on beyond the outermost of the other direction.
    if left < xs[0] - 10:
        xs.insert(0, left)
    if right > xs[-1] + 10:
        xs.append(right)
    if top < ys[0] - 10:
        ys.insert(0, top)
    open_foot = bottom > ys[-1] + 8
    if open_foot:
        ys.append(bottom)
    if len(xs) < 2 or len(ys) < 2:
        return None
    grid = Grid(xs, ys, [], open_foot=open_foot)
    below = _sides(across, ys, xs)
    beside = _sides(down, xs, ys)
    _unite(grid, lambda r, c: below[r + 1][c], lambda r, c: beside[c + 1][r])
    return grid


def edges(values: Iterable[float]) -> list[float]:
    """Distinct positions in order, near ones taken as one."""
    out: list[list[float]] = []
    for v in sorted(values):
        if out and v - out[-1][-1] <= SAME and v - out[-1][0] <= 1.5 * SAME:
            out[-1].append(v)
        else:
            out.append([v])
    return [sum(g) / len(g) for g in out]


def _sides(rules: list[Rule], at: list[float], along: list[float]) -> list[list[bool]]:
    """For each position and each interval along it whether a rule is drawn there."""
    out = [[False] * (len(along) - 1) for _ in at]
    sums = [[0.0] * (len(along) - 1) for _ in at]
    for r in rules:
        i = min(range(len(at)), key=lambda k: abs(at[k] - r.at))
        if abs(at[i] - r.at) > 2 * SAME:
            continue
        for j in range(len(along) - 1):
            a, b = along[j], along[j + 1]
            sums[i][j] += max(0.0, min(b, r.end) - max(a, r.start))
            out[i][j] = sums[i][j] >= COVER * (b - a)
    return out


def _unite(grid: Grid, closed_below: Callable[[int, int], bool], closed_beside: Callable[[int, int], bool]) -> None:
    """Make the cells: elementary ones between which nothing is drawn are one."""
    rows, columns = grid.rows, grid.columns
    parent = list(range(rows * columns))

    def find(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for r in range(rows):
        for c in range(columns):
            if c + 1 < columns and not closed_beside(r, c):
                parent[find(r * columns + c + 1)] = find(r * columns + c)
            if r + 1 < rows and not closed_below(r, c):
                parent[find((r + 1) * columns + c)] = find(r * columns + c)
    groups: dict[int, list[int]] = {}
    for i in range(rows * columns):
        groups.setdefault(find(i), []).append(i)
    grid.owner = [[None] * columns for _ in range(rows)]  # type: ignore[list-item]
    for members in groups.values():
        for part in _rectangles(members, columns):
            _add(grid, part)
    grid.cells.sort(key=lambda k: (k.row, k.column))


def _rectangles(members: list[int], columns: int) -> list[tuple[int, int, int, int]]:
    """A group of elementary cells as rectangles (row, column, rows, columns): one, or for a bent shape one a run of a row."""
    r0, r1 = min(m // columns for m in members), max(m // columns for m in members)
    c0, c1 = min(m % columns for m in members), max(m % columns for m in members)
    if (r1 - r0 + 1) * (c1 - c0 + 1) == len(members):
        return [(r0, c0, r1 - r0 + 1, c1 - c0 + 1)]
    held = set(members)
    out = []
    for r in range(r0, r1 + 1):
        c = c0
        while c <= c1:
            if r * columns + c in held:
                start = c
                while c + 1 <= c1 and r * columns + c + 1 in held:
                    c += 1
                out.append((r, start, 1, c - start + 1))
            c += 1
    return out


def _add(grid: Grid, part: tuple[int, int, int, int]) -> None:
    r, c, high, wide = part
    cell = GridCell(r, c, high, wide, grid.xs[c], grid.ys[r], grid.xs[c + wide], grid.ys[r + high])
    grid.cells.append(cell)
    for i in range(r, r + high):
        for j in range(c, c + wide):
            grid.owner[i][j] = cell
