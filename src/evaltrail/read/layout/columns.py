"""Columns: fragments of a region to lines in reading order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaltrail.read.layout.aligned import find_tables, grid_from, is_strong, row_of
from evaltrail.read.layout.grid import Grid
from evaltrail.read.layout.gutters import MIN_LINES, Fragment, gutter_of, side_heads, weight
from evaltrail.read.layout.lines import make_line, rows, split
from evaltrail.read.layout.model import Line, extent

if TYPE_CHECKING:
    from evaltrail.read.layout.model import Word

MAX_DEPTH = 4
"""Columns within columns."""
TABLE_GAP = 0.9
"""Ems of white that may part columns of a table."""

HUNG = 1000
"""Regions of hung headings are numbered from here."""
MIN_PARTS = 3
"""Runs of words in a row from which it may be of a table that looks like columns of text."""
FAR = 2.5
"""Ems of white across which words of different sizes do not belong together."""


@dataclass(slots=True)
class Atom:
    """An area that keeps its place in the reading order as a whole: a table, or the number of a box."""

    x0: float
    y0: float
    x1: float
    y1: float
    what: Grid | int


def ordered(runs: list[list[Word]], atoms: list[Atom], page: int, right: float) -> list[Line | Grid | int]:
    """Lines and areas in reading order, in the room that ends at ``right``; each line has its column's edges."""
    fragments: list[Fragment] = [(*extent(r), r, None) for r in runs]
    fragments += [(a.x0, a.y0, a.x1, a.y1, [], a.what) for a in atoms]
    out: list[Line | Grid | int] = []
    _region(_with_tables(fragments, page), page, out, 0, right)
    return out


def _with_tables(fragments: list[Fragment], page: int) -> list[Fragment]:
    """Fragments with clear tables of several columns taken for areas, before these columns are taken for columns of text."""
    found = rows(w for f in fragments for w in f[4])
    table_rows = [row_of(split(r, TABLE_GAP)) for r in found]
    if sum(len(r.parts) > MIN_PARTS - 1 for r in table_rows) < 2:
        return fragments
    taken: set[int] = set()
    areas: list[Fragment] = []
    for start, stop, strips in find_tables(table_rows):
        if is_strong(table_rows[start:stop], strips):
            grid = grid_from(table_rows[start:stop], strips, page=page)
            areas.append((grid.x0, grid.y0, grid.x1, grid.y1, [], grid))
            taken.update(id(w) for r in found[start:stop] for w in r)
    if not areas:
        return fragments
    return [f for f in fragments if not f[4] or id(f[4][0]) not in taken] + areas


def _region(fragments: list[Fragment], page: int, out: list[Line | Grid | int], depth: int, right: float) -> None:
    if not fragments:
        return
    if depth < MAX_DEPTH and weight(fragments) >= 2 * MIN_LINES:
        heads = side_heads(fragments)
        if heads:
            _with_heads(fragments, heads, page, out, depth, right)
            return
        gutter = gutter_of(fragments)
        if gutter is not None:
            for band, parted in _bands(fragments, gutter):
                if not parted:
                    _rows(band, page, out, right)
                    continue
                _region([f for f in band if (f[0] + f[2]) / 2 < gutter], page, out, depth + 1, gutter)
                _region([f for f in band if (f[0] + f[2]) / 2 >= gutter], page, out, depth + 1, right)
            return
    _rows(fragments, page, out, right)


def _with_heads(
    fragments: list[Fragment], heads: list[list[Fragment]], page: int, out: list[Line | Grid | int], depth: int, right: float
) -> None:
    """Text with headings hung out to its left: each goes before the line beside it."""
    hung = {id(f) for block in heads for f in block}
    main: list[Line | Grid | int] = []
    _region([f for f in fragments if id(f) not in hung], page, main, depth + 1, right)
    for i, block in enumerate(heads):
        lines: list[Line | Grid | int] = []
        _rows(block, page, lines, max(f[2] for f in block))
        top = min(f[1] for f in block)
        for line in lines:
            if not isinstance(line, (int, Grid)):
                line.region = HUNG + i
        at = next(
            (
                k
                for k, e in enumerate(main)
                if not isinstance(e, int) and (e.y0 + 2 * e.y1) / 3 > top and not (isinstance(e, Line) and e.region >= HUNG)
            ),
            len(main),
        )
        # A label set in the middle of what it names goes before it and not into it.
        while 0 < at < len(main) and _follows_close(main[at - 1], main[at]):
            at -= 1
        main[at:at] = lines
    out.extend(main)


def _is_beside(area: Fragment, element: Line | Grid | int) -> bool:
    """Whether an element stands to the left or right of an area."""
    return isinstance(element, Line) and (element.x1 <= area[0] + 4 or element.x0 >= area[2] - 4)


def _follows_close(above: Line | Grid | int, below: Line | Grid | int) -> bool:
    """Whether two lines are of one paragraph by their distance."""
    return (
        isinstance(above, Line)
        and isinstance(below, Line)
        and above.region == below.region
        and 0 < below.base - above.base < 1.3 * below.size
    )


def _rows(fragments: list[Fragment], page: int, out: list[Line | Grid | int], right: float) -> None:
    """Lines and areas of a region read straight across, from the top."""
    if not fragments:
        return
    edges = (min(f[0] for f in fragments), max(f[2] for f in fragments))
    found: list[tuple[float, Line | Grid | int]] = []
    words = rows(w for f in fragments for w in f[4])
    table_rows = [row_of(split(r, TABLE_GAP)) for r in words]
    at = 0
    region = len(out) + 1
    for start, stop, strips in [*find_tables(table_rows), (len(words), len(words), [])]:
        above = None
        for row in words[at:start]:
            for part in _unlike(row):
                line = make_line(part, page)
                line.column, line.region, line.limit = edges, region, right
                line.gap = line.base - above if above is not None else 0.0
                above = line.base
                found.append(((line.y0 + line.y1) / 2, line))
        if strips:
            grid = grid_from(table_rows[start:stop], strips, page=page)
            found.append((grid.y0, grid))
        at = stop
    areas = sorted((f for f in fragments if f[5] is not None), key=lambda f: (f[1], f[0]))
    at = 0
    for y, element in found:
        # An area beside the text waits for the end of the paragraph that runs around it.
        while at < len(areas) and areas[at][1] < y and not (_is_beside(areas[at], element) and out and _follows_close(out[-1], element)):
            out.append(areas[at][5])  # type: ignore[arg-type]
            at += 1
        out.append(element)
    out.extend(f[5] for f in areas[at:] if f[5] is not None)


def _unlike(row: list[Word]) -> list[list[Word]]:
    """A row in parts where words of another size stand far off: a masthead and a date beside it are two lines."""
    runs = split(row)
    out = runs[:1]
    for run in runs[1:]:
        a, b = max(w.style.size for w in out[-1]), max(w.style.size for w in run)
        unlike, gap = abs(a - b) / max(a, b), (run[0].x0 - out[-1][-1].x1) / max(a, b)
        if ((unlike > 0.12 and gap > FAR) or unlike > 0.3) and len(out[-1][0].text) > 2:
            out.append(run)
        else:
            out[-1].extend(run)
    return out


def _bands(fragments: list[Fragment], gutter: float) -> list[tuple[list[Fragment], bool]]:
    """The region from the top in bands: with text on both sides of the gutter, or across it."""
    out: list[tuple[list[Fragment], bool]] = []
    crossing = sorted((f for f in fragments if f[0] < gutter - 1 and f[2] > gutter + 1), key=lambda f: f[1])
    rest = sorted((f for f in fragments if not (f[0] < gutter - 1 and f[2] > gutter + 1)), key=lambda f: (f[1] + f[3]) / 2)
    at = 0
    for f in [*crossing, None]:
        limit = (f[1] + f[3]) / 2 if f is not None else float("inf")
        band = []
        while at < len(rest) and (rest[at][1] + rest[at][3]) / 2 < limit:
            band.append(rest[at])
            at += 1
        if band:
            left = [b for b in band if b[2] <= gutter + 1]
            right = [b for b in band if b[0] >= gutter - 1]
            split = weight(left) >= 2 and weight(right) >= 2
            if not split and out and not out[-1][1]:
                out[-1][0].extend(band)
            else:
                out.append((band, split))
        if f is not None:
            if out and not out[-1][1]:
                out[-1][0].append(f)
            else:
                out.append(([f], False))
    return out
