"""Feet: how far tables reach down their pages, which tells a row that a page broke from one that ends with it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from evaltrail.read.layout.grid import Grid

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from evaltrail.read.layout.model import Line
    from evaltrail.read.layout.page import LaidPage

SAME = 1.0
"""Points by which the feet of two tables that end with the text area may differ."""
OVERHANG = 4.0
"""Points by which the letters of a last line may hang below the text area."""
MIN_ENDS = 3
"""Tables that end at one height, and none further down, from which broken rows are known to reach the foot of the text area."""


def measure(pages: Sequence[LaidPage], set_aside: Container[int], notes: Container[int]) -> None:
    """Note on each page's last table how far above the foot of the text area it ends, and whether broken rows reach that foot.

    ``set_aside`` and ``notes``: ``id`` of each line that is running text, and of each that is a footnote.
    """
    feet: dict[tuple[int, int], list[tuple[LaidPage, Grid, float]]] = defaultdict(list)
    lowest: dict[tuple[int, int], float] = defaultdict(float)
    for page in pages:
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
        feet[size].append((page, last, _over_notes(page, last, lines, notes)))
    for size, ends in feet.items():
        free = [g.y1 for _, g, noted in ends if not noted]
        most = max(free, default=0.0)
        reaching = sum(most - y <= SAME for y in free) >= MIN_ENDS and most > lowest[size] - OVERHANG
        for _, grid, noted in ends:
            grid.room = (noted or (most if reaching else lowest[size])) - grid.y1
            grid.filled = reaching and not noted


def _foot(grid: Grid) -> float:
    return grid.y1


def _over_notes(page: LaidPage, grid: Grid, lines: Iterable[Line], notes: Container[int]) -> float:
    """Where the page's footnotes begin, with the rule over them; 0 where there are none."""
    top = min((e.y0 for e in lines if id(e) in notes and e.y0 > grid.y1), default=0.0)
    return min((r.at for r in page.rules if grid.y1 < r.at < top), default=top)
