"""Columns: fragments of a region to lines in reading order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaltrail.read.layout.aligned import find_tables, grid_from, row_of
from evaltrail.read.layout.lines import make_line, rows, split

if TYPE_CHECKING:
    from evaltrail.read.layout.grid import Grid
    from evaltrail.read.layout.model import Line, Word

_Fragment = tuple[float, float, float, float, "list[Word]", "Grid | int | None"]
"""x0, y0, x1, y1, words, or for an atom no words and the area that it stands for."""

MIN_LINES = 4
"""Lines on either side of a gutter."""
TABLE_GAP = 0.9
"""Ems of white that may part columns of a table."""


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
    fragments: list[_Fragment] = [(min(w.x0 for w in r), min(w.y0 for w in r), max(w.x1 for w in r), max(w.y1 for w in r), r, None) for r in runs]
    fragments += [(a.x0, a.y0, a.x1, a.y1, [], a.what) for a in atoms]
    out: list[Line | Grid | int] = []
    _region(fragments, page, out, 0, right)
    return out


def _region(fragments: list[_Fragment], page: int, out: list[Line | Grid | int], depth: int, right: float) -> None:
    if not fragments:
        return
    gutter = _gutter(fragments) if depth < 4 and _weight(fragments) >= 2 * MIN_LINES else None
    if gutter is None:
        _rows(fragments, page, out, right)
        return
    for band, split in _bands(fragments, gutter):
        if not split:
            _rows(band, page, out, right)
            continue
        _region([f for f in band if (f[0] + f[2]) / 2 < gutter], page, out, depth + 1, gutter)
        _region([f for f in band if (f[0] + f[2]) / 2 >= gutter], page, out, depth + 1, right)


def _rows(fragments: list[_Fragment], page: int, out: list[Line | Grid | int], right: float) -> None:
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
            line = make_line(row, page)
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
        while at < len(areas) and areas[at][1] < y:
            out.append(areas[at][5])  # type: ignore[arg-type]
            at += 1
        out.append(element)
    out.extend(f[5] for f in areas[at:] if f[5] is not None)


def _gutter(fragments: list[_Fragment]) -> float | None:
    """x of the white strip with text beside it for the greatest height, or None."""
    x0, x1 = min(f[0] for f in fragments), max(f[2] for f in fragments)
    width = x1 - x0
    if width < 150:
        return None
    votes: dict[int, float] = {}
    by_y = sorted(fragments, key=lambda f: f[1])
    tall = [f for f in fragments if f[5] is not None]
    for i, a in enumerate(by_y):
        best: _Fragment | None = None
        for b in [*by_y[max(0, i - 12) : i + 13], *tall]:
            overlap = min(a[3], b[3]) - max(a[1], b[1])
            if b is a or overlap < 2 or b[0] <= a[2]:
                continue
            if best is None or b[0] < best[0]:
                best = b
        if best is None or best[0] - a[2] < 7:
            continue
        for x in range(int(a[2]) + 1, int(best[0])):
            if x0 + 0.15 * width < x < x1 - 0.15 * width:
                votes[x] = votes.get(x, 0) + (1 if a[5] is None else _weight([a]))
    if not votes:
        return None
    most = max(votes.values())
    if most < MIN_LINES - 1:
        return None
    strip = [x for x in votes if votes[x] == most]
    middle = strip[len(strip) // 2]
    left = [f for f in fragments if f[2] <= middle + 1]
    right = [f for f in fragments if f[0] >= middle - 1]
    if _weight(left) < MIN_LINES or _weight(right) < MIN_LINES:
        return None
    return float(middle) if _prose(left) and _prose(right) else None


def _prose(side: list[_Fragment]) -> bool:
    """Whether the fragments are lines of running text, not labels or numbers beside it."""
    words = sorted(len(f[4]) for f in side if f[5] is None)
    widths = sorted(f[2] - f[0] for f in side)
    if any(f[5] is not None and f[2] - f[0] >= 90 and f[3] - f[1] >= 40 for f in side):
        return True
    return bool(words) and words[len(words) // 2] >= 4 and widths[len(widths) // 2] >= 90


def _weight(side: list[_Fragment]) -> int:
    """Lines of a side; an area counts as many as it is high."""
    return sum(1 if f[5] is None else 1 + int((f[3] - f[1]) / 14) for f in side)


def _bands(fragments: list[_Fragment], gutter: float) -> list[tuple[list[_Fragment], bool]]:
    """The region from the top in bands: with text on both sides of the gutter, or across it."""
    out: list[tuple[list[_Fragment], bool]] = []
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
            split = _weight(left) >= 2 and _weight(right) >= 2
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
