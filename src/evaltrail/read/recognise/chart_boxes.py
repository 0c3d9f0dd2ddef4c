"""Rectangles as bars of a chart, and rows of boxes filled up to a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from evaltrail.record import Box

_SAME = 0.8
"""Points within which the edges of a row's boxes lie on one line."""
_APART = 0.6
"""Gap between two boxes of one row, as a share of their thickness and of their length, up to which they belong together."""


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle by its extent along the bars (``a``) and across them (``c``), the same for bars and columns."""

    a0: float
    a1: float
    c0: float
    c1: float
    box: Box
    fill: str | None
    boxes: float = 1.0
    """How many equal boxes in a row it is made of; the last one may be filled in part."""
    long: float = 0.0
    """Length of one of several boxes."""

    @property
    def middle(self) -> float:
        """Half way across."""
        return (self.c0 + self.c1) / 2


def joined(rects: list[Rect], words: Sequence[tuple[float, float]]) -> list[Rect]:
    """Equal boxes of one colour that follow each other in a row as one bar: a scale whose boxes are filled up to the value.

    ``words`` are the middles of the page's words, along and across.  Only a row's last box may hold some: others are cells of a table.
    """
    out: list[Rect] = []
    for r in sorted(rects, key=lambda r: (round(r.c0), r.a0)):
        last = out[-1] if out else None
        if last is not None and _goes_on(last, r) and not any(_holds(last, w) for w in words):
            long = last.long or last.a1 - last.a0
            boxes = last.boxes + min(1.0, round((r.a1 - r.a0) / long, 2))
            out[-1] = Rect(last.a0, r.a1, last.c0, last.c1, around((last.box, r.box)), last.fill, boxes, long)
        else:
            out.append(r)
    return out


def _goes_on(row: Rect, r: Rect) -> bool:
    """Whether a box is the next one of a row of boxes."""
    long, gap = row.long or row.a1 - row.a0, r.a0 - row.a1
    return (
        row.fill == r.fill
        and row.boxes == int(row.boxes)
        and abs(row.c0 - r.c0) <= _SAME
        and abs(row.c1 - r.c1) <= _SAME
        and 0.2 < gap <= _APART * min(long, r.c1 - r.c0)
        and 0.1 * long < r.a1 - r.a0 <= long + _SAME
    )


def _holds(r: Rect, at: tuple[float, float]) -> bool:
    return r.a0 < at[0] < r.a1 and r.c0 < at[1] < r.c1


def around(boxes: Iterable[Box]) -> Box:
    """The box that holds some."""
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)
