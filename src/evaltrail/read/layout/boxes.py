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
LOW = 0.7
"""Share of the page's height below which a box must end to go on."""


def join_boxes(pages: Sequence[LaidPage], set_aside: set[int]) -> None:
    """Give a box that ends one page and its continuation on the next the same key."""
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
        alike = opening.bold > 0.9 and first.bold > 0.9 and abs(opening.size - first.size) < 0.6
        if alike and not (last.bold > 0.9 and not is_ended(last.text)):
            continue
        key = first.box
        for e in below.elements:
            if e.box == key:
                e.box = last.box
        below.panels[last.box] = below.panels.pop(key)


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
