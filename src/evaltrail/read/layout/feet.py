"""Feet: how far tables reach down their pages, which tells a row that a page broke from one that ends with it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from evaltrail.read.layout.grid import Grid
from evaltrail.read.layout.paragraphs import is_ended

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from evaltrail.read.layout.model import Line
    from evaltrail.read.layout.page import LaidPage

SAME = 1.0
"""Points by which the feet of two tables that end with the text area may differ."""
MIN_BROKEN = 3
"""Rows that go on in mid-sentence from which it is known how far down broken rows reach."""
SURE = 0.9
"""Share of them that reach the foot of the text area where all broken rows do."""
HEADS = 3
"""Rows at the top of a page of which the first may repeat the table's heads."""


def measure(pages: Sequence[LaidPage], set_aside: Container[int], notes: Container[int]) -> None:
    """Note on each page's last table how far above the foot of the text area it ends, and whether broken rows reach that foot.

    ``set_aside`` and ``notes``: ``id`` of each line that is running text, and of each that is a footnote.
    """
    feet: dict[tuple[int, int], list[_Foot]] = defaultdict(list)
    lowest: dict[tuple[int, int], float] = defaultdict(float)
    for page, after in zip_longest(pages, pages[1:]):
        size = round(page.frame.width), round(page.frame.height)
        lines = [e for e in page.elements if not isinstance(e, Grid) and id(e) not in set_aside and not e.aside]
        text = [e for e in lines if id(e) not in notes]
        grids = [e for e in page.elements if isinstance(e, Grid)]
        # The foot of the text area: as far down as anything on such pages stands, or where the page's footnotes begin.
        lowest[size] = max(lowest[size], *(e.y1 for e in lines), *(e.y1 for e in grids), 0.0)
        if not grids:
            continue
        last = max(grids, key=_foot)
        if any(e.base > last.y1 for e in text):
            continue
        broken = after is not None and _is_broken(last, next((e for e in after.elements if isinstance(e, Grid)), None))
        feet[size].append(_Foot(last, _over_notes(page, last, lines, notes), broken))
    for size, ends in feet.items():
        free = [f.grid.y1 for f in ends if f.broken and not f.noted]
        most = max(free, default=0.0)
        filled = len(free) >= MIN_BROKEN and sum(most - y <= SAME for y in free) >= SURE * len(free)
        for f in ends:
            f.grid.room = (f.noted or (most if filled else lowest[size])) - f.grid.y1
            f.grid.filled = filled and not f.noted


@dataclass(slots=True)
class _Foot:
    """The last table of a page."""

    grid: Grid
    noted: float
    """Where footnotes begin under it; 0 where there are none."""
    broken: bool
    """Its last row goes on overleaf in mid-sentence."""


def _is_broken(above: Grid, below: Grid | None) -> bool:
    """Whether words of the last row go on with a small letter in their column at the top of the next page."""
    if below is None:
        return False
    for cell in above.cells:
        if cell.row + cell.row_span != above.rows or not cell.lines or is_ended(cell.lines[-1].text):
            continue
        under = [
            c for c in below.cells if c.row < HEADS and c.lines and abs(c.x0 - cell.x0) <= 2 * SAME and abs(c.x1 - cell.x1) <= 2 * SAME
        ]
        if any(c.lines[0].text[:1].islower() for c in under):
            return True
    return False


def _foot(grid: Grid) -> float:
    return grid.y1


def _over_notes(page: LaidPage, grid: Grid, lines: Iterable[Line], notes: Container[int]) -> float:
    """Where the page's footnotes begin, with the rule over them; 0 where there are none."""
    top = min((e.y0 for e in lines if id(e) in notes and e.y0 > grid.y1), default=0.0)
    return min((r.at for r in page.rules if grid.y1 < r.at < top), default=top)
