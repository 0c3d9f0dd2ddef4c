"""Aligned: tables without upright rules, told by white strips that run down between columns of text."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from evaltrail.read.layout.grid import Grid, GridCell
from evaltrail.read.layout.lines import make_line
from evaltrail.read.layout.markers import marker_of, roman
from evaltrail.read.layout.model import extent

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from evaltrail.read.layout.model import Word

MIN_STRIP = 7.0
"""Points of white that part two columns."""
MIN_ROWS = 3
"""Rows with text in several columns, without which a table is not clear."""
MIN_HEADS = 3
"""Columns with bold heads that make a table of whatever stands under them."""
TIGHT = 1.12
"""Rows whose distance is up to so many times the smallest belong together, where others stand further apart."""


@dataclass(slots=True)
class Row:
    """Text on one baseline as fragments parted by white."""

    base: float
    y0: float
    y1: float
    size: float
    parts: list[list[Word]]
    spans: list[tuple[float, float]] = field(default_factory=list)


def row_of(parts: list[list[Word]]) -> Row:
    """A row from its fragments, in order."""
    words = [w for p in parts for w in p]
    size = max(w.style.size for w in words)
    base = max(words, key=lambda w: len(w.text)).base
    edges = [extent(p) for p in parts]
    return Row(base, min(e[1] for e in edges), max(e[3] for e in edges), size, parts, [(e[0], e[2]) for e in edges])


def find_tables(rows: Sequence[Row]) -> list[tuple[int, int, list[float]]]:
    """Stretches of rows (first, one past the last) that are a table, with the x of the strips between its columns."""
    out: list[tuple[int, int, list[float]]] = []
    i = 0
    while i < len(rows):
        if len(rows[i].parts) < 2 or _leads(rows[i]):
            i += 1
            continue
        stop, rough = _grow(rows, i)
        stretch = rows[i:stop]
        strips = white_strips(stretch) if len(stretch) >= MIN_ROWS else rough
        if _clear(stretch, strips):
            while stop > i + 1 and len(rows[stop - 1].parts) < 2 and not _wraps(rows[stop - 1], rows[stop - 2], strips):
                stop -= 1
            out.append((i, stop, [(a + b) / 2 for a, b in strips]))
            i = stop
        else:
            i += 1
    return out


def white_strips(rows: Sequence[Row], least: float = MIN_STRIP - 2) -> list[tuple[float, float]]:
    """White of some points' width that runs down through all rows, or all but a heading that spans columns."""
    many = [r for r in rows if len(r.spans) > 1]
    if len(many) < 2:
        return []
    allowed = 0 if len(rows) < 5 else max(1, int(0.12 * len(rows)))
    steps: list[tuple[float, int]] = []
    for r in rows:
        for x0, x1 in r.spans:
            steps.append((x0 - 1.5, 1))
            steps.append((x1 + 1.5, -1))
    steps.sort()
    out: list[tuple[float, float]] = []
    depth = 0
    # Of each stretch that few rows cross, the widest part that the fewest cross.
    parts: list[tuple[int, float, float]] = []
    for (x, step), (next_x, _) in zip(steps, [*steps[1:], (float("inf"), 0)], strict=True):
        depth += step
        if depth <= allowed:
            if next_x > x:
                parts.append((depth, x, next_x))
            continue
        _take(parts, out, least)
        parts = []
    _take(parts, out, least)
    left, right = min(r.spans[0][0] for r in rows), max(r.spans[-1][1] for r in rows)
    return [(a, b) for a, b in out if a > left and b < right]


def _take(parts: list[tuple[int, float, float]], out: list[tuple[float, float]], least: float) -> None:
    """The best part of a stretch of white as a strip, where the stretch is wide enough."""
    if not parts:
        return
    fewest = min(d for d, *_ in parts)
    best = max((b - a, a, b) for d, a, b in parts if d == fewest)
    if best[0] >= least:
        out.append((best[1], best[2]))
    elif parts[-1][2] - parts[0][1] >= 2 * MIN_STRIP:
        out.append((parts[0][1], parts[-1][2]))


def _leads(row: Row) -> bool:
    """Whether dots lead through the row: a line of a table of contents."""
    return any("...." in w.text or "…." in w.text or (w.text == "…" * len(w.text) and len(w.text) > 2) for p in row.parts for w in p)


def _grow(rows: Sequence[Row], start: int) -> tuple[int, list[tuple[float, float]]]:
    """How far a stretch goes from its first row, and the strips that run through it."""
    strips = _gaps(rows[start])
    at = start + 1
    while at < len(rows):
        row = rows[at]
        if row.base - rows[at - 1].base > 4.5 * row.size or _leads(row):
            break
        kept = []
        for a, b in strips:
            pieces = [(a, b)]
            for x0, x1 in row.spans:
                pieces = [
                    q for p in pieces for q in ((p[0], min(p[1], x0 - 1.5)), (max(p[0], x1 + 1.5), p[1])) if q[1] - q[0] >= MIN_STRIP - 2
                ]
            kept.extend(pieces[:1])
        if not kept:
            break
        strips = kept
        at += 1
    return at, strips


def _gaps(row: Row) -> list[tuple[float, float]]:
    return [(a[1] + 1.5, b[0] - 1.5) for a, b in pairwise(row.spans) if b[0] - a[1] >= MIN_STRIP + 3]


def _columns(row: Row, strips: Sequence[tuple[float, float]]) -> list[tuple[float, float] | None]:
    """What a row has in each column, as left and right edges."""
    out: list[tuple[float, float] | None] = [None] * (len(strips) + 1)
    for x0, x1 in row.spans:
        c = sum(1 for a, b in strips if (a + b) / 2 < x0)
        have = out[c]
        out[c] = (x0, x1) if have is None else (min(have[0], x0), max(have[1], x1))
    return out


def _clear(rows: Sequence[Row], strips: list[tuple[float, float]]) -> bool:
    """Whether aligned rows are a table beyond doubt."""
    if not strips or len(rows) < MIN_ROWS:
        return bool(strips) and is_headed(rows, strips)
    held = [_columns(r, strips) for r in rows]
    several = [h for h in held if sum(c is not None for c in h) > 1]
    if is_headed(rows, strips):
        return True
    if len(several) < MIN_ROWS or (len(several) < 0.4 * len(rows) and not (len(strips) > 1 and _banded(rows, held))):
        return False
    last = [r.parts[-1][-1].text for r, h in zip(rows, held, strict=True) if h[-1] is not None and len(r.parts) > 1]
    if len(strips) <= 2 and all(len(t) < 5 and (t.isdigit() or roman(t)) for t in last) and _grows(last):
        return False
    first = [r for r, h in zip(rows, held, strict=True) if h[0] is not None and sum(c is not None for c in h) > 1]
    marked = sum(1 for r in first if marker_of(make_line([*r.parts[0], *r.parts[1]], 0)) is not None and len(r.parts[0]) == 1)
    if marked > 0.5 * len(first):
        return False
    return all(_lined_up([h[c] for h in several if h[c] is not None]) for c in range(1, len(strips) + 1))


def is_strong(rows: Sequence[Row], strips: Sequence[float]) -> bool:
    """Whether aligned rows are a table though they look like columns of text: several columns under bold heads, or rows of long cells."""
    pairs = [(s - 0.5, s + 0.5) for s in strips]
    return len(strips) > 1 and (is_headed(rows, pairs) or _banded(rows, [_columns(r, pairs) for r in rows]))


def is_headed(rows: Sequence[Row], strips: Sequence[tuple[float, float]]) -> bool:
    """Whether a row of bold words stands over three columns or more, each of which begins where its head does."""
    if len(strips) < MIN_HEADS - 1 or len(rows) < MIN_ROWS - 1:
        return False
    heads = _columns(rows[0], strips)
    bold = [w for p in rows[0].parts for w in p]
    if sum(h is not None for h in heads) < MIN_HEADS or not all(w.style.bold for w in bold):
        return False
    if all(w.style.bold for r in rows[1:4] for p in r.parts for w in p):
        return False
    under = [_columns(r, strips) for r in rows[1:]]
    met = 0
    for c, head in enumerate(heads):
        first = next((u[c] for u in under if u[c] is not None), None)
        met += head is not None and first is not None and (abs(first[0] - head[0]) <= 3 or abs(sum(first) - sum(head)) <= 6)
    return met >= MIN_HEADS and met >= 0.6 * len(heads)


def _banded(rows: Sequence[Row], held: Sequence[list[tuple[float, float] | None]]) -> bool:
    """Whether white runs across all columns again and again and they begin together under it: rows of long cells, not columns of text."""
    gaps = sorted(b.base - a.base for a, b in pairwise(rows))
    leading = gaps[len(gaps) // 4]
    bands: list[list[int]] = [[0]]
    for i in range(1, len(rows)):
        if rows[i].base - rows[i - 1].base > 1.3 * leading:
            bands.append([])
        bands[-1].append(i)
    wide = [b for b in bands if len({c for i in b for c, e in enumerate(held[i]) if e is not None}) > 1]
    together = sum(1 for b in wide if sum(e is not None for e in held[b[0]]) > 1)
    return len(wide) >= MIN_ROWS and together >= 0.7 * len(wide)


def _grows(pages: list[str]) -> bool:
    """Whether these are the page numbers of a table of contents."""
    numbers = [int(p) for p in pages if p.isdigit()]
    return len(numbers) >= MIN_ROWS and numbers == sorted(numbers) and numbers[-1] > numbers[0]


def _lined_up(edges: list[tuple[float, float] | None]) -> bool:
    """Whether a column's texts share their left edge, right edge or middle."""
    known = [e for e in edges if e is not None]
    if len(known) < 2:
        return False
    for values in ([e[0] for e in known], [e[1] for e in known], [(e[0] + e[1]) / 2 for e in known]):
        middle = sorted(values)[len(values) // 2]
        if sum(1 for v in values if abs(v - middle) <= 2.5) >= 0.7 * len(values):
            return True
    return False


def _wraps(row: Row, before: Row, strips: list[tuple[float, float]]) -> bool:
    """Whether a row with text in one column alone goes on with a cell above it."""
    if row.base - before.base > 1.5 * row.size or not row.spans:
        return False
    column = next((c for c, e in enumerate(_columns(row, strips)) if e is not None), 0)
    above = _columns(before, strips)[column]
    if above is None or abs(above[0] - row.spans[0][0]) >= 12:
        return False
    # In the first column it may as well be the text under the table, unless it goes on in mid-sentence.
    return column > 0 or row.parts[0][0].text[:1].islower()


def grid_from(
    rows: Sequence[Row],
    strips: list[float],
    *,
    page: int,
    breaks: Sequence[float] = (),
    sides: tuple[float, float] | None = None,
    only_breaks: bool = False,
    spanning: Container[int] = (),
) -> Grid:
    """A grid of rows and the strips between its columns.

    ``breaks`` are heights of rules that part rows, ``spanning`` the ``id`` of rows whose words run across all columns.
    """
    x0 = min(s[0] for r in rows for s in r.spans) if sides is None else sides[0]
    x1 = max(s[1] for r in rows for s in r.spans) if sides is None else sides[1]
    xs = [x0, *strips, x1]
    groups = _row_groups(rows, strips, breaks, only_breaks=only_breaks)
    ys = [groups[0][0].y0]
    ys += [(max(r.y1 for r in a) + min(r.y0 for r in b)) / 2 for a, b in pairwise(groups)]
    ys.append(max(r.y1 for r in groups[-1]))
    grid = Grid(xs, ys, [], ruled=False, page=page, loose=True)
    for i, group in enumerate(groups):
        if id(group[0]) in spanning:
            cell = GridCell(i, 0, 1, len(xs) - 1, x0, ys[i], x1, ys[i + 1], reach=x1, words=[w for r in group for p in r.parts for w in p])
            grid.cells.append(cell)
            grid.owner.append([cell] * (len(xs) - 1))
            continue
        cells = [GridCell(i, c, 1, 1, xs[c], ys[i], xs[c + 1], ys[i + 1]) for c in range(len(xs) - 1)]
        for row in group:
            for part in row.parts:
                _spread(part, cells)
        grid.cells.extend(cells)
        grid.owner.append(cells)
    for c in range(len(xs) - 1):
        edge = max((w.x1 for k in grid.cells if k.column == c and k.column_span == 1 for w in k.words), default=xs[c + 1])
        for k in grid.cells:
            if k.column == c and k.column_span == 1:
                k.reach = edge
    return grid


def _spread(part: list[Word], cells: list[GridCell]) -> None:
    """Put a fragment's words into the cells; one that reaches over a strip stands where it begins."""
    home = None
    for w in part:
        c = next((c for c in cells if (w.x0 + w.x1) / 2 <= c.x1), cells[-1])
        if home is None or w.x0 >= c.x0 - 1:
            home = c
        home.words.append(w)


def _row_groups(rows: Sequence[Row], strips: list[float], breaks: Sequence[float], *, only_breaks: bool) -> list[list[Row]]:
    """Baselines that make one row of the table."""
    strip_pairs = [(s - 0.5, s + 0.5) for s in strips]
    gaps = [b.base - a.base for a, b in pairwise(rows)]
    tight: dict[float, float] = {}
    for row, gap in zip(rows[1:], gaps, strict=True):
        if gap > 0.6 * row.size:
            tight[row.size] = min(gap, tight.get(row.size, gap))
    wide = [gap > TIGHT * tight.get(row.size, gap) + 1.0 for row, gap in zip(rows[1:], gaps, strict=True)]
    bimodal = 2 <= sum(wide) < len(gaps) or (sum(wide) == 1 and len(gaps) == 2)
    out = [[rows[0]]]
    for row, far in zip(rows[1:], wide, strict=True):
        parted = any(out[-1][-1].base < y <= row.base for y in breaks)
        held = _columns(row, strip_pairs)
        if parted or (not only_breaks and (far if bimodal else held[0] is not None)):
            out.append([row])
        else:
            out[-1].append(row)
    return out
