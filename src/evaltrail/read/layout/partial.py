"""Partial: tables that have horizontal rules alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from evaltrail.read.layout.aligned import MIN_STRIP, Row, grid_from, row_of, white_strips
from evaltrail.read.layout.figures import captions
from evaltrail.read.layout.lines import rows as rows_of
from evaltrail.read.layout.lines import split
from evaltrail.read.layout.model import word_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.read.layout.grid import Grid
    from evaltrail.read.layout.model import Word
    from evaltrail.read.layout.rules import Rule

ENDS = 6.0
"""Points by which the ends of a table's rules may differ."""
MIN_WIDTH = 120.0
MAX_SHARE = 0.6
"""Of the page's height: two rules further apart are the header's and the footer's."""
ACROSS = 0.62
"""Share of the table's width that a run of words takes only across columns."""
MAX_ACROSS = 9
"""Lines of a row across all columns; more are text between two tables."""
LONG_ROW = 8
"""Words from which a first row across all columns is the table's and no title over it."""
NARROW = 2.0
"""Points of white, beside what parts all words, that part columns where rules say that there is a table."""
TEXT_GAP = 1.3
"""Ems of white that text may have between two words in faces whose characters are all of one width."""
_TYPEWRITER = re.compile(r"mono|courier|consol|typewriter", re.IGNORECASE)
CELL_GAP = 0.8
"""Ems of white between two cells."""


@dataclass(slots=True)
class _Level:
    """Rules at one height."""

    y: float
    x0: float
    x1: float
    cuts: list[float]
    """Middles of the white between the pieces of a rule drawn column by column."""


def partial_tables(across: Sequence[Rule], words: Sequence[Word], height: float) -> list[Grid]:
    """Tables between horizontal rules that begin and end together."""
    out: list[Grid] = []
    for group in _groups(_levels(across)):
        out.extend(_tables(group, words, height))
    return out


def _levels(across: Sequence[Rule]) -> list[_Level]:
    out: list[_Level] = []
    for r in sorted(across, key=lambda r: (round(r.at), r.start)):
        last = out[-1] if out else None
        if last is not None and abs(r.at - last.y) <= 2.0 and r.start >= last.x1 and r.start - last.x1 < 40:
            last.cuts.append((last.x1 + r.start) / 2)
            last.x1 = r.end
        else:
            out.append(_Level(r.at, r.start, r.end, []))
    return [level for level in out if level.x1 - level.x0 >= MIN_WIDTH]


def _groups(levels: list[_Level]) -> list[list[_Level]]:
    groups: list[list[_Level]] = []
    for level in sorted(levels, key=lambda k: k.y):
        for group in groups:
            if abs(group[0].x0 - level.x0) <= ENDS and abs(group[0].x1 - level.x1) <= ENDS and level.y - group[-1].y > 5:
                group.append(level)
                break
        else:
            groups.append([level])
    return [g for g in groups if len(g) > 1]


def _tables(group: list[_Level], words: Sequence[Word], height: float) -> list[Grid]:
    """Tables of one group; a stretch without columns ends one."""
    x0, x1 = group[0].x0, group[0].x1
    inside = [w for w in words if not w.turned and x0 - 4 <= (w.x0 + w.x1) / 2 <= x1 + 4]
    bands: list[list[Row]] = []
    for a, b in pairwise(group):
        held = [w for w in inside if a.y - 1 < (w.y0 + w.y1) / 2 < b.y + 1]
        bands.append([row_of(split(r, CELL_GAP)) for r in rows_of(held)])
    out: list[Grid] = []
    start = 0
    while start < len(bands):
        if not _may_begin(bands[start]):
            start += 1
            continue
        stop = len(bands)
        while stop > start:
            grid = _table(group[start : stop + 1], bands[start:stop], height) if bands[stop - 1] else None
            if grid is not None:
                out.append(_with_heads(grid, group[start : stop + 1], bands[start:stop], inside, height))
                break
            stop -= 1
        start = max(stop, start + 1)
    return out


def _with_heads(grid: Grid, levels: list[_Level], bands: list[list[Row]], words: list[Word], height: float) -> Grid:
    """The grid with the row of heads that stands on its first rule, where there is one."""
    top = levels[0].y
    size = max((r.size for band in bands for r in band), default=10.0)
    above = rows_of(w for w in words if top - 2.4 * size < w.base < top + 1)
    heads = [row_of(split(r, CELL_GAP)) for r in above[-2:]]
    while heads and len(heads[0].parts) < 2:
        heads.pop(0)
    if not heads or any(top - r.base > 1.2 * r.size + (len(heads) - 1 - i) * 1.3 * r.size for i, r in enumerate(heads)):
        return grid
    lefts = [
        min((w.x0 for c in grid.cells if c.column == k and c.column_span == 1 for w in c.words), default=0.0) for k in range(grid.columns)
    ]
    starts = [a for a, _ in heads[0].spans]
    if sum(any(abs(a - left) <= 4 for left in lefts) for a in starts) < 0.7 * len(starts) or len(starts) < 0.6 * grid.columns:
        return grid
    first = _Level(heads[0].y0 - 1, levels[0].x0, levels[0].x1, [])
    return _table([first, *levels], [heads, *bands], height) or grid


def _may_begin(band: list[Row]) -> bool:
    """Whether a table may begin with what stands between two rules: with columns, or with words across all of them that are no caption."""
    if _is_wide(band):
        return True
    words = [w for r in band for p in r.parts for w in p]
    return word_count(words) > LONG_ROW and captions().match(words[0].text) is None


def _is_wide(band: list[Row]) -> bool:
    return any(len(r.parts) > 1 for r in band)


def _table(levels: list[_Level], bands: list[list[Row]], height: float) -> Grid | None:
    if len(levels) == 2 and levels[-1].y - levels[0].y > MAX_SHARE * height:
        return None
    across = ACROSS * (levels[0].x1 - levels[0].x0)
    full = [band for band in bands if band]
    # Rows of the table that run across all its columns say nothing about these.
    columned = [b for b in full if _is_wide(b) and not any(_longest(r) > across for r in b)] or full
    rows = [r for band in columned for r in band]
    several = [r for r in rows if len(r.parts) > 1]
    if len(rows) < 2 or len(several) < (2 if len(levels) > 2 else 3):
        return None
    cuts = next((k.cuts for k in levels if k.cuts), [])
    strips = cuts or [(a + b) / 2 for a, b in white_strips(rows, NARROW if len(levels) > 2 else MIN_STRIP - 2)]
    if not strips or _cross(rows, strips) > 0.12 * len(rows) + 1:
        return None
    wide = [band for band in columned if len({sum(1 for s in strips if s < a) for r in band for a, _ in r.spans}) > 1]
    over = [band for band in full if band not in columned and _cross(band, strips)]
    if len(wide) < 0.34 * len(full) or len(wide) + len(over) < 0.6 * len(full) or (len(levels) <= 3 and len(several) < 0.35 * len(rows)):
        return None
    if any(len(band) > MAX_ACROSS or captions().match(band[0].parts[0][0].text) for band in over) or not any(
        b is full[-1] for b in (*wide, *over)
    ):
        return None
    breaks = [k.y for k in levels[1:-1]]
    single = not any(_is_list(band, strips) for band in columned)
    spanning = frozenset(id(r) for band in over for r in band)
    sides = (levels[0].x0, levels[0].x1)
    ordered = [r for band in full for r in band]
    return grid_from(ordered, strips, page=0, breaks=breaks, sides=sides, only_breaks=single, spanning=spanning)


def _longest(row: Row) -> float:
    """Length of the row's longest run of words; in a typewriter's face with the wide spaces that text has there."""
    start, end = row.spans[0]
    wide = _TYPEWRITER.search(row.parts[0][0].style.font) is not None
    longest = end - start
    for a, b in row.spans[1:]:
        if not wide or a - end > TEXT_GAP * row.size:
            start = a
        end = b
        longest = max(longest, end - start)
    return longest


def _cross(rows: list[Row], strips: list[float]) -> int:
    return sum(1 for r in rows if any(a < s - 1 and b > s + 1 for a, b in r.spans for s in strips))


def _is_list(band: list[Row], strips: list[float]) -> bool:
    """Whether a stretch between two rules has a row on each baseline, as a table of numbers has."""
    if len(band) < 2:
        return False
    wrapped = sum(1 for r in band[1:] if r.parts[0][0].text[:1].islower())
    if wrapped > 0.3 * (len(band) - 1):
        return False
    full = sum(1 for r in band if len({sum(1 for s in strips if s < a) for a, _ in r.spans}) > 0.6 * (len(strips) + 1))
    first = sum(1 for r in band if r.spans[0][0] < strips[0])
    return len(band) >= 3 and full >= 0.5 * len(band) and first >= 0.6 * len(band)
