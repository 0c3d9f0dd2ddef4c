"""Areas: what a page's rules and fills enclose: tables and boxes."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from evaltrail.read.layout.grid import Grid, components, grid_of
from evaltrail.read.layout.partial import partial_tables
from evaltrail.read.layout.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Container

    from evaltrail.read.layout.model import Word
    from evaltrail.read.layout.rules import Fill, Ink

PAGE_SHARE = 0.8
"""A frame that takes more of the page is the page's border."""
STRIPE = 90.0
"""Points up to which a shaded rectangle across a table may be one of its rows."""
MIN_STRIPES = 3
MIN_PANEL = (40.0, 9.0)
"""Width and height, in points, from which a shaded rectangle is a panel and not a mark."""


@dataclass(slots=True, eq=False)
class Panel:
    """A drawn frame or shaded rectangle that holds text."""

    x0: float
    y0: float
    x1: float
    y1: float
    fill: str | None = None
    framed: bool = False
    breaks: list[float] = field(default_factory=list)
    """Heights at which rules divide it."""
    key: str = ""
    fills: list[Fill] = field(default_factory=list)
    """Shading inside, innermost last."""


@dataclass(slots=True)
class Areas:
    """Tables and boxes of a page. A word belongs to one of them or to the page."""

    grids: list[Grid]
    panels: list[Panel]


def areas_of(ink: Ink, words: list[Word], width: float, height: float, furniture: Container[int] = ()) -> Areas:
    """Tables and panels of a page; words are put into the tables' cells. ``furniture``: ``id`` of rules of headers and footers."""
    out = Areas([], [])
    used: set[int] = set()
    for across, down in components(ink.across, ink.down):
        grid = grid_of(across, down)
        if grid is not None and _place(grid, words, width, height, out):
            used.update(id(r) for r in (*across, *down))
    held: list[Grid | Panel] = [*out.grids, *out.panels]
    free = [w for w in words if not any(g.x0 <= w.x0 and w.x1 <= g.x1 and g.y0 <= w.y0 and w.y1 <= g.y1 for g in held)]
    for grid in partial_tables([r for r in ink.across if id(r) not in used and id(r) not in furniture], free, height):
        grid.ruled = True
        out.grids.append(grid)
    loose = [f for f in ink.fills if not any(_within(f, g) for g in out.grids)]
    _shaded(
        loose,
        [r for r in ink.across if id(r) not in used and id(r) not in furniture],
        [r for r in ink.down if id(r) not in used],
        words,
        (width, height),
        out,
    )
    _nest(out)
    for grid in out.grids:
        _colour(grid, ink.fills)
    for panel in out.panels:
        panel.fills = [f for f in ink.fills if _within(f, panel)]
        for f in panel.fills:
            if f.y1 - f.y0 > 0.6 * (panel.y1 - panel.y0) and f.x1 - f.x0 > 0.8 * (panel.x1 - panel.x0):
                panel.fill = f.colour
    return out


def _place(grid: Grid, words: list[Word], width: float, height: float, out: Areas) -> bool:
    """Take a drawn grid as a table or a box, where it is one."""
    if (grid.x1 - grid.x0) * (grid.y1 - grid.y0) > PAGE_SHARE * width * height and len(grid.cells) < 3:
        return False
    inside = [w for w in words if grid.x0 - 2 <= (w.x0 + w.x1) / 2 <= grid.x1 + 2 and grid.y0 - 2 <= (w.y0 + w.y1) / 2 <= grid.y1 + 2]
    if not inside:
        return False
    if grid.columns == 1 or len(grid.cells) == 1:
        out.panels.append(Panel(grid.x0, grid.y0, grid.x1, grid.y1, framed=True, breaks=grid.ys[1:-1]))
        return True
    crossing = _fill_cells(grid, inside)
    full = sum(1 for c in grid.cells if c.words)
    if crossing > 0.15 * len(inside) + 1 or full < 1 or full < 0.2 * len(grid.cells):
        for c in grid.cells:
            c.words = []
        return False
    if full == 1 and crossing == 0 and grid.ruled and any(c.column_span < grid.columns for c in grid.cells if c.words):
        # Perhaps the rest of a table's last row: the page before will tell.
        grid.lone = True
        out.grids.append(grid)
        return True
    if full == 1 or (
        len({c.column for c in grid.cells if c.words}) == 1 and all(c.column_span == grid.columns for c in grid.cells if c.words)
    ):
        out.panels.append(Panel(grid.x0, grid.y0, grid.x1, grid.y1, framed=True, breaks=grid.ys[1:-1]))
        return True
    out.grids.append(grid)
    return True


def _fill_cells(grid: Grid, words: list[Word]) -> int:
    """Put words into cells; returns how many reach across a cell's side."""
    crossing = 0
    for w in words:
        cell = grid.cell_at((w.x0 + w.x1) / 2, (w.y0 + w.y1) / 2)
        if cell is None:
            cell = grid.cell_at(
                min(max((w.x0 + w.x1) / 2, grid.x0 + 0.1), grid.x1 - 0.1), min(max((w.y0 + w.y1) / 2, grid.y0 + 0.1), grid.y1 - 0.1)
            )
        if cell is None:
            continue
        cell.words.append(w)
        if w.x0 < cell.x0 - 3 or w.x1 > cell.x1 + 3:
            crossing += 1
    return crossing


def _shaded(fills: list[Fill], across: list[Rule], down: list[Rule], words: list[Word], size: tuple[float, float], out: Areas) -> None:
    """Tables and panels made of shaded rectangles."""
    holding = []
    for f in fills:
        if f.x1 - f.x0 < 12 or f.y1 - f.y0 < 7:
            continue
        held = sum(1 for w in words if f.holds((w.x0 + w.x1) / 2, (w.y0 + w.y1) / 2))
        if held:
            holding.append((f, held))
    if not holding:
        return
    striped, held_by = _striped([f for f, _ in holding], words, size[1])
    out.grids.extend(striped)
    holding = [(f, n) for f, n in holding if id(f) not in held_by]
    soft_across = [Rule(y, f.x0, f.x1, soft=True) for f, _ in holding for y in (f.y0, f.y1)]
    soft_down = [Rule(x, f.y0, f.y1, soft=True) for f, _ in holding for x in (f.x0, f.x1)]
    all_across = sorted([*across, *soft_across], key=lambda r: r.at)
    for a, d in components(all_across, sorted([*down, *soft_down], key=lambda r: r.at)):
        grid = grid_of(a, d)
        if grid is None:
            continue
        mine = [f for f, _ in holding if _within(f, grid)]
        if not mine:
            continue
        covered = sum((f.x1 - f.x0) * (f.y1 - f.y0) for f in mine) / max(1.0, (grid.x1 - grid.x0) * (grid.y1 - grid.y0))
        grid.ruled = False
        if grid.columns > 1 and grid.rows > 1 and len(mine) > 2 and covered > 0.45 and _place(grid, words, *size, out):
            continue
        if grid.columns == 1 and covered > 0.5 and _is_panel(grid):
            out.panels.append(Panel(grid.x0, grid.y0, grid.x1, grid.y1, breaks=grid.ys[1:-1]))
            continue
        out.panels.extend(Panel(f.x0, f.y0, f.x1, f.y1, fill=f.colour) for f in mine if _is_panel(f))


def _striped(fills: list[Fill], words: list[Word], height: float) -> tuple[list[Grid], set[int]]:
    """Tables whose rows are told by shading across all columns (each row, or every other one), and ``id`` of the fills that they use."""
    groups: dict[tuple[int, int], list[Fill]] = {}
    for f in fills:
        groups.setdefault((round(f.x0 / 4), round(f.x1 / 4)), []).append(f)
    grids: list[Grid] = []
    used: set[int] = set()
    for group in groups.values():
        rows = sorted((f for f in group if f.y1 - f.y0 < STRIPE), key=lambda f: f.y0)
        if len(rows) < MIN_STRIPES or any(b.y0 - a.y1 > STRIPE for a, b in pairwise(rows)):
            continue
        edges = [Rule(y, f.x0, f.x1, soft=True) for f in rows for y in (f.y0, f.y1)]
        edges.sort(key=lambda r: r.at)
        edges = edges[:1] + [b for a, b in pairwise(edges) if b.at - a.at > 2.5]
        found = partial_tables(edges, words, height)
        for grid in found:
            grid.ruled = False
        if found:
            grids.extend(found)
            used.update(id(f) for f in rows if any(_within(f, g) for g in found))
    return grids, used


def _is_panel(area: Grid | Fill) -> bool:
    return area.x1 - area.x0 >= MIN_PANEL[0] and area.y1 - area.y0 >= MIN_PANEL[1]


def _within(f: Fill | Grid | Panel, g: Grid | Panel) -> bool:
    """Whether most of ``f`` lies in ``g``."""
    wide = min(f.x1, g.x1) - max(f.x0, g.x0)
    high = min(f.y1, g.y1) - max(f.y0, g.y0)
    return wide > 0 and high > 0 and wide * high > 0.7 * (f.x1 - f.x0) * (f.y1 - f.y0)


def _nest(out: Areas) -> None:
    """A grid in a cell of another, and a panel in a cell or in another panel, are part of what is around them."""

    def area(g: Grid | Panel) -> float:
        return (g.x1 - g.x0) * (g.y1 - g.y0)

    inner = [g for g in out.grids if any(o is not g and area(o) > area(g) and _within(g, o) for o in out.grids)]
    out.grids = [g for g in out.grids if g not in inner]
    out.panels = [p for p in out.panels if not any(_within(p, g) for g in out.grids)]
    out.panels = [p for p in out.panels if not any(o is not p and area(o) > area(p) and _within(p, o) for o in out.panels)]


def _colour(grid: Grid, fills: list[Fill]) -> None:
    """Give cells the colour that is painted behind them."""
    for f in fills:
        if f.x1 < grid.x0 or f.x0 > grid.x1 or f.y1 < grid.y0 or f.y0 > grid.y1:
            continue
        for c in grid.cells:
            wide = min(f.x1, c.x1) - max(f.x0, c.x0)
            high = min(f.y1, c.y1) - max(f.y0, c.y0)
            if wide > 0.6 * (c.x1 - c.x0) and high > 0.4 * (c.y1 - c.y0):
                c.fill = f.colour
