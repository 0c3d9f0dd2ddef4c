"""Rules: the straight lines and shaded rectangles of a page, told apart and put together.

Programs draw a table's edge as a stroke, as a thin filled rectangle, as one piece a cell, as dashes, or as the four
sides of a stroked rectangle. Here they all become rules: where they stand, from where to where.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from evaltrail.read.layout.model import Drawing, Word

THIN = 3.0
"""Points up to which a rectangle is a rule."""
MIN_RULE = 8.0
"""Points from which a rule, its pieces put together, counts."""
JOIN = 3.0
"""Points of white between two pieces of one rule."""
WHITE = 0xF4
MAX_FILLS = 500


@dataclass(slots=True, eq=False)
class Rule:
    """A straight line: ``at`` across its direction, ``start`` to ``end`` along it."""

    at: float
    start: float
    end: float
    soft: bool = False
    """The edge of a shaded rectangle and not a line drawn."""


@dataclass(slots=True, eq=False)
class Fill:
    """A shaded rectangle."""

    x0: float
    y0: float
    x1: float
    y1: float
    colour: str

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies in it."""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1


@dataclass(slots=True)
class Ink:
    """What is drawn on a page, sorted out."""

    across: list[Rule]
    """Horizontal rules."""
    down: list[Rule]
    """Vertical rules."""
    fills: list[Fill]
    """Shaded rectangles in painting order, touching ones of one colour put together."""


def ink_of(drawings: Iterable[Drawing], width: float, height: float, words: Sequence[Word]) -> Ink:
    """Rules and fills of a page of the given size; underlinings of words are left out."""
    across: list[Rule] = []
    down: list[Rule] = []
    fills: list[Fill] = []
    for d in drawings:
        if d.image or d.x1 < -1 or d.y1 < -1 or d.x0 > width + 1 or d.y0 > height + 1:
            continue
        _sort_out(d, width, height, across, down, fills)
    across = [r for r in merged(across) if not _underlines(r, words)]
    return Ink(across, merged(down), _grown(fills))


@cache
def is_white(colour: str | None) -> bool:
    """Whether the colour cannot be told from the paper."""
    return colour is None or all(int(colour[i : i + 2], 16) >= WHITE for i in (1, 3, 5))


def _sort_out(d: Drawing, width: float, height: float, across: list[Rule], down: list[Rule], fills: list[Fill]) -> None:
    wide, high = d.x1 - d.x0, d.y1 - d.y0
    visible = d.stroke if d.stroke is not None and not is_white(d.stroke) else d.fill
    if wide <= THIN or high <= THIN:
        if is_white(visible):
            return
        if high <= THIN:
            across.append(Rule((d.y0 + d.y1) / 2, d.x0, d.x1))
        if wide <= THIN:
            down.append(Rule((d.x0 + d.x1) / 2, d.y0, d.y1))
        return
    if d.curved:
        return
    if d.stroke is not None and not is_white(d.stroke):
        across += [Rule(d.y0, d.x0, d.x1), Rule(d.y1, d.x0, d.x1)]
        down += [Rule(d.x0, d.y0, d.y1), Rule(d.x1, d.y0, d.y1)]
    if d.fill is not None and not is_white(d.fill) and wide > THIN and high > THIN:
        # What covers the page is its background.
        if wide * high > 0.85 * width * height:
            return
        fills.append(Fill(max(d.x0, 0.0), max(d.y0, 0.0), min(d.x1, width), min(d.y1, height), d.fill))


def merged(rules: list[Rule]) -> list[Rule]:
    """Pieces on one line put together; what stays shorter than ``MIN_RULE`` is dropped."""
    rules.sort(key=lambda r: (r.at, r.start))
    out: list[Rule] = []
    at = 0
    while at < len(rules):
        stop = at + 1
        while stop < len(rules) and rules[stop].at - rules[stop - 1].at <= 0.6 and rules[stop].at - rules[at].at <= 1.5:
            stop += 1
        group = sorted(rules[at:stop], key=lambda r: r.start)
        at = stop
        current = Rule(group[0].at, group[0].start, group[0].end, group[0].soft)
        for r in group[1:]:
            if r.start <= current.end + JOIN:
                current.end = max(current.end, r.end)
                current.soft = current.soft and r.soft
            else:
                out.append(current)
                current = Rule(r.at, r.start, r.end, r.soft)
        out.append(current)
    return [r for r in out if r.end - r.start >= MIN_RULE]


def _underlines(rule: Rule, words: Sequence[Word]) -> bool:
    """Whether the rule only underlines or strikes out words: it begins and ends with them and runs close to their baseline."""
    starts = ends = False
    for w in words:
        if -0.45 * w.style.size <= rule.at - w.base <= 0.3 * w.style.size and w.x1 > rule.start and w.x0 < rule.end:
            starts = starts or abs(w.x0 - rule.start) < 2.5
            ends = ends or abs(w.x1 - rule.end) < 4.5
            if starts and ends:
                return True
    return False


def _grown(fills: list[Fill]) -> list[Fill]:
    """Fills put together where paragraph shading was painted line by line, and those inside one of the same colour dropped."""
    if len(fills) > MAX_FILLS:
        # More are a drawing: its largest parts alone may be panels.
        fills = sorted(fills, key=lambda f: (f.x0 - f.x1) * (f.y1 - f.y0))[:MAX_FILLS]
    out: list[Fill] = []
    for f in fills:
        for g in out:
            if g.colour != f.colour:
                continue
            if f.x0 >= g.x0 - 1 and f.x1 <= g.x1 + 1 and f.y0 >= g.y0 - 1 and f.y1 <= g.y1 + 1:
                break
            if abs(f.x0 - g.x0) < 1 and abs(f.x1 - g.x1) < 1 and f.y0 <= g.y1 + 0.7 and f.y1 >= g.y0 - 0.7:
                g.y0, g.y1 = min(g.y0, f.y0), max(g.y1, f.y1)
                break
        else:
            out.append(f)
    return [f for f in out if not any(g is not f and g.colour == f.colour and _inside(f, g) for g in out)]


def _inside(f: Fill, g: Fill) -> bool:
    return (
        f.x0 >= g.x0 - 1
        and f.x1 <= g.x1 + 1
        and f.y0 >= g.y0 - 1
        and f.y1 <= g.y1 + 1
        and (g.x1 - g.x0) * (g.y1 - g.y0) > (f.x1 - f.x0) * (f.y1 - f.y0)
    )
