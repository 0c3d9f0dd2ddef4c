"""Boxes: a frame or panel that goes on on the next page is one box."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from evaltrail.read.layout.grid import Grid
from evaltrail.read.layout.paragraphs import is_ended

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.read.layout.model import Line
    from evaltrail.read.layout.page import LaidPage

SIDE = 8.0
"""Points by which the sides of two parts of one box may differ."""
SPARE = 4.5
"""Ems of room under a box in which two more lines of it, which are kept together, and its padding would have stood."""
LOW = 0.7
"""Share of the page's height below which a box must end to go on."""


def join_boxes(pages: Sequence[LaidPage], set_aside: set[int]) -> None:
    """Give a box that ends one page and its continuation on the next the same key."""
    foot = _foot(pages, set_aside)
    for above, below in pairwise(pages):
        last, first = _last(above, set_aside), _first(below, set_aside)
        if last is None or first is None or last.box is None or first.box is None:
            continue
        a, b = above.panels.get(last.box), below.panels.get(first.box)
        if (
            a is None
            or b is None
            or abs(a[0] - b[0]) > SIDE
            or abs(a[2] - b[2]) > SIDE
            or a[3] < LOW * above.frame.height
            or last.fill != first.fill
        ):
            continue
        opening = next((e for e in above.elements if not isinstance(e, Grid) and e.box == last.box), last)
        # A box that begins as the last one began is the next of its kind.
        labelled = opening.words[0].style.bold and first.words[0].style.bold and abs(opening.size - first.size) < 0.6
        if labelled and not (last.words[-1].style.bold and not is_ended(last.text)):
            continue
        # A box that a page breaks reaches the foot of the text: two lines more would have found no room there.
        noted = any(id(e) in set_aside and e.y0 > a[3] for e in above.elements)
        if is_ended(last.text) and not noted and foot[_sheet(above)] - a[3] > SPARE * last.size:
            continue
        key = first.box
        for e in below.elements:
            if e.box == key:
                e.box = last.box
        below.panels[last.box] = below.panels.pop(key)


def _sheet(page: LaidPage) -> tuple[int, int]:
    return round(page.frame.width), round(page.frame.height)


def _foot(pages: Sequence[LaidPage], set_aside: set[int]) -> dict[tuple[int, int], float]:
    """How far down the text goes, on pages of each size."""
    out: dict[tuple[int, int], float] = {}
    for page in pages:
        lowest = max((e.y1 for e in page.elements if id(e) not in set_aside and (isinstance(e, Grid) or not e.aside)), default=0.0)
        out[_sheet(page)] = max(out.get(_sheet(page), 0.0), lowest)
    return out


def _last(page: LaidPage, set_aside: set[int]) -> Line | None:
    found = None
    for e in page.elements:
        if not isinstance(e, Grid) and id(e) not in set_aside and not e.aside and e.text.strip():
            found = e
    return found


def _first(page: LaidPage, set_aside: set[int]) -> Line | None:
    for e in page.elements:
        if isinstance(e, Grid):
            return None
        if id(e) not in set_aside and not e.aside and e.text.strip():
            return e
    return None
