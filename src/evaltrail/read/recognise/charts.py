"""Bar charts drawn as vectors: rectangles with a common base, the words that name them, and the axis that gives their values.

A page's shapes are only rectangles and its words only runs with boxes, so a chart is told by geometry: bars begin
on one line, are equally thick and stand in equal steps; axis labels are numbers in a row beside them whose
positions a straight line fits; the bar's end put into that line is its value. Columns are read as bars by
exchanging the axes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from evaltrail.read.outline import Text, Word, join
from evaltrail.read.recognise.chart_boxes import Rect, around, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from evaltrail.read.outline import OutlinePage, Shape
    from evaltrail.record import Box

_SAME = 1.6
"""Points within which edges lie on one line."""
_THICK = (2.5, 70.0)
_FIT = 0.06
"""Largest distance of an axis label from the fitted line, in steps between labels."""
_NUMBER = re.compile(r"-?\d{1,3}(?:[.,]\d{1,2})?")
_WORD = re.compile(r"\S+?(?=\s|$|(?<=[a-zà-ÿ])(?=[A-ZÀ-Ý]))")
_MOST_BARS = 40
_NEARLY_ONE = 0.9
"""Axis value at the bars' foot from which the axis begins at a mark of its own and not at nothing."""
_WHITE = "#ffffff"
_HALF = 0.12
"""Steps by which the foot of an axis may lie beside half a step."""
_GAP = 2.6
"""Steps from one bar to the next that are still one chart: a bar may be missing."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar with what stands beside it."""

    label: Text
    box: Box
    value: float | None
    """From its length and the axis; None without an axis."""
    printed: Text | None = None
    """A value written at or in the bar."""
    fill: str | None = None
    series: Text | None = None
    """Name of its series from the key of colours, where the chart has several bars a label."""


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars of one axis on one page."""

    page: int
    bars: tuple[Bar, ...]
    axis: tuple[float, float] | None
    """First and last number printed on the axis."""
    fit: float
    """1 for axis labels exactly in line, 0 for the worst that is taken for an axis; 1 without one."""
    box: Box
    at: int
    """Offset in the page's text of the first word that names a bar: where the chart stands in reading order."""


@dataclass(frozen=True, slots=True)
class _Label:
    """A run of words by the same two directions."""

    a0: float
    a1: float
    c0: float
    c1: float
    word: Word

    @property
    def middle(self) -> float:
        return (self.c0 + self.c1) / 2

    @property
    def along(self) -> float:
        return (self.a0 + self.a1) / 2


def bar_charts(page: OutlinePage) -> list[BarChart]:
    """The bar charts of a page, bars from top to bottom, columns from left to right."""
    if len(page.shapes) < 2 or not page.words:
        return []
    out: list[BarChart] = []
    used: set[Box] = set()
    for upright in (False, True):
        labels = [_label(w, upright=upright) for w in page.words]
        rects = [_rect(s, upright=upright) for s in page.shapes if s.fill not in (None, _WHITE)]
        rects = joined(rects, [(x.along, x.middle) for x in labels])
        for group in _groups(rects):
            chart = _chart(page, group, rects, labels, upright=upright)
            if chart is not None and not any(b.box in used for b in chart.bars):
                used.update(b.box for b in chart.bars)
                out.append(chart)
    return sorted(out, key=lambda c: c.at)


def _rect(s: Shape, *, upright: bool) -> Rect:
    x0, y0, x1, y1 = s.box
    # Across a horizontal bar counts downwards, so that the first bar is the top one.
    return Rect(y0, y1, x0, x1, s.box, s.fill) if upright else Rect(x0, x1, -y1, -y0, s.box, s.fill)


def _label(w: Word, *, upright: bool) -> _Label:
    x0, y0, x1, y1 = w.box
    return _Label(y0, y1, x0, x1, w) if upright else _Label(x0, x1, -y1, -y0, w)


def _groups(rects: Sequence[Rect]) -> list[list[Rect]]:
    """Rectangles that begin on one line and are equally thick, in order across; tracks behind them left out."""
    by_base: list[list[Rect]] = []
    for r in sorted((r for r in rects if _THICK[0] <= r.c1 - r.c0 <= _THICK[1] and r.a1 - r.a0 > _SAME), key=lambda r: (r.a0, r.c0)):
        home = next(
            (
                g
                for g in by_base
                if abs(g[0].a0 - r.a0) <= _SAME and abs((g[0].c1 - g[0].c0) - (r.c1 - r.c0)) <= max(1.0, 0.12 * (r.c1 - r.c0))
            ),
            None,
        )
        if home is None:
            by_base.append([r])
        else:
            home.append(r)
    out: list[list[Rect]] = []
    for group in by_base:
        bars = _without_tracks(sorted(group, key=lambda r: (r.c0, r.a1)))
        out.extend(g for g in _apart(bars) if 2 <= len(g) <= _MOST_BARS and all(b.c0 - a.c1 > -1.0 for a, b in pairwise(g)))
    return out


def _apart(bars: list[Rect]) -> list[list[Rect]]:
    """Bars of one chart together: where the step to the next is far longer than the others another chart begins."""
    if len(bars) < 2:
        return [bars]
    step = median(b.middle - a.middle for a, b in pairwise(bars))
    out = [[bars[0]]]
    for a, b in pairwise(bars):
        if b.middle - a.middle > _GAP * step:
            out.append([])
        out[-1].append(b)
    return out


def _without_tracks(rects: list[Rect]) -> list[Rect]:
    """Of two rectangles on each other the shorter one, where the longer ones are all equally long: a full-length track."""
    slots: list[list[Rect]] = []
    for r in rects:
        if slots and r.middle < slots[-1][0].c1:
            slots[-1].append(r)
        else:
            slots.append([r])
    doubled = [s for s in slots if len(s) == 2]
    if not doubled:
        return [r for s in slots for r in s[:1]] if all(len(s) == 1 for s in slots) else rects
    full = max(r.a1 for r in rects)
    if all(abs(max(x.a1 for x in s) - full) <= _SAME for s in slots):
        return [min(s, key=lambda r: r.a1) for s in slots]
    return rects


def _chart(page: OutlinePage, bars: list[Rect], rects: Sequence[Rect], labels: Sequence[_Label], *, upright: bool) -> BarChart | None:
    if _is_stacked(bars, rects):
        return None
    step = min((b.middle - a.middle for a, b in pairwise(bars)), default=0.0)
    first, last = bars[0], bars[-1]
    top, bottom = first.c0 - step, last.c1 + step
    base = min(b.a0 for b in bars)
    reach = max(b.a1 for b in bars)
    near = [x for x in labels if top - 40 <= x.middle <= bottom + 60 and base - 260 <= x.along <= reach + 160]
    axis = _axis(near, first.c0, last.c1, base, reach)
    ticks = set() if axis is None else axis[3]
    names = [x for x in near if id(x.word) not in ticks and not _NUMBER.fullmatch(x.word.text.text.strip())]
    if axis is not None and not upright and axis[0] * base + axis[1] > _NEARLY_ONE:
        bars = _with_empty(bars, names, base, step)
    named = _names(bars, names, base, step, upright=upright)
    values = [_printed(b, near, ticks, reach) for b in bars]
    if sum(1 for n in named if n) < 2 or (axis is None and sum(1 for v in values if v is not None) < 2):
        return None
    series = _series(bars, named, rects, labels)
    if any(series):
        named = _shared(bars, named, len({b.fill for b in bars}))
    made = []
    long = max(b.long for b in bars) or (_first_box(bars, base, axis) if axis is not None else 0.0)
    for i, b in enumerate(bars):
        # A bar's end stands at its value; over a row of boxes each number stands over the middle of its box.
        value = None if axis is None else round(axis[0] * (b.a0 + long / 2) + axis[1]) + b.boxes - 1 if long else axis[0] * b.a1 + axis[1]
        made.append(Bar(named[i] or Text(), b.box, value, values[i], b.fill, series[i]))
    starts = [p.start for b in made for p in b.label.pieces]
    return BarChart(
        page.number,
        tuple(made),
        None if axis is None else axis[2],
        1.0 if axis is None else axis[4],
        around(b.box for b in bars),
        min(starts, default=0),
    )


def _first_box(bars: Sequence[Rect], base: float, axis: tuple[float, float, tuple[float, float], set[int], float]) -> float:
    """Length of a box where only the first box of each row is filled: the axis would begin half a step before its first number."""
    slope, constant, (first, _), _, _ = axis
    begins = slope * base + constant - first + 0.5
    return bars[0].a1 - bars[0].a0 if abs(begins) < _HALF and all((b.a1 - b.a0) * slope < 1 for b in bars) else 0.0


def _with_empty(bars: list[Rect], names: Sequence[_Label], base: float, step: float) -> list[Rect]:
    """The bars with those of no length: on an axis that begins at 1 the mark 1 has a name and no bar."""
    thick = bars[0].c1 - bars[0].c0
    beside = [x.a1 for x in names if any(b.c0 <= x.middle <= b.c1 for b in bars) and x.a1 <= base + 3]
    out = list(bars)
    for x in names:
        steps = (x.middle - bars[0].middle) / step if step else 0.5
        aligned = beside and abs(x.a1 - median(beside)) < 6 and not any(c.isdigit() for c in x.word.text.text)
        if (
            aligned
            and abs(steps - round(steps)) < 0.15
            and -3 < steps < len(bars) + 3
            and not any(abs(b.middle - x.middle) < step / 2 for b in out)
        ):
            out.append(
                Rect(
                    base, base, x.middle - thick / 2, x.middle + thick / 2, (base, -x.middle - thick / 2, base, -x.middle + thick / 2), None
                )
            )
    return sorted(out, key=lambda r: r.c0)


def _shared(bars: Sequence[Rect], named: Sequence[Text | None], many: int) -> list[Text | None]:
    """The name of a cluster for each of its bars: the bars of a cluster touch or nearly, and there are as many as series."""
    out: list[Text | None] = []
    for i in range(0, len(bars), many):
        cluster = [n for n in named[i : i + many] if n]
        # The lines of one name may lie nearest to different bars.
        out.extend([join(cluster) if cluster else None] * len(named[i : i + many]))
    return out


def _is_stacked(bars: Sequence[Rect], rects: Iterable[Rect]) -> bool:
    """Whether other rectangles go on where the bars end, or end where they begin."""
    own = {id(b) for b in bars}
    others = [r for r in rects if id(r) not in own]
    joined = sum(
        1
        for b in bars
        if any(abs(r.middle - b.middle) <= _SAME and (abs(r.a0 - b.a1) <= _SAME or abs(r.a1 - b.a0) <= _SAME) for r in others)
    )
    return joined * 2 > len(bars)


def _axis(
    labels: Sequence[_Label], first: float, last: float, base: float, reach: float
) -> tuple[float, float, tuple[float, float], set[int], float] | None:
    """The axis beside the bars: slope, constant, first and last number, its words, and how well they are in line."""
    rows: dict[int, list[tuple[float, float, int]]] = {}
    for x in labels:
        if first - 1 < x.middle < last + 1:
            continue
        for at, value in _numbers(x):
            if base - 45 <= at <= reach + 120:
                rows.setdefault(round(x.middle / 4), []).append((at, value, id(x.word)))
    best = None
    for key in sorted(rows):
        row = sorted({*rows[key], *rows.get(key + 1, [])})
        if len(row) < 3 or not all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(row)):
            continue
        fitted = _line([(a, v) for a, v, _ in row])
        distance = min(abs(key * 4 - first), abs(key * 4 - last))
        if fitted is not None and (best is None or (len(row), -distance) > best[0]):
            best = ((len(row), -distance), (fitted[0], fitted[1], (row[0][1], row[-1][1]), {w for _, _, w in row}, fitted[2]))
    return best[1] if best is not None else None


def _numbers(x: _Label) -> list[tuple[float, float]]:
    """Position and value of the numbers of a run that holds nothing else; several in one run are taken as evenly spread."""
    parts = x.word.text.text.replace(",", ".").split()
    if not parts or len(parts) > 12 or not all(_NUMBER.fullmatch(p) for p in parts):
        return []
    if len(parts) == 1:
        return [(x.along, float(parts[0]))]
    digit = (x.a1 - x.a0) / max(1, len(x.word.text.text)) * len(parts[0])
    start, end = x.a0 + min(digit, x.word.size * 0.5) / 2, x.a1 - min(digit, x.word.size * 0.5) / 2
    return [(start + (end - start) * i / (len(parts) - 1), float(p)) for i, p in enumerate(parts)]


def _line(points: list[tuple[float, float]]) -> tuple[float, float, float] | None:
    """Slope, constant and quality of the line through (position, value); None where the points are not on one."""
    n = len(points)
    mx, my = sum(a for a, _ in points) / n, sum(v for _, v in points) / n
    spread = sum((a - mx) ** 2 for a, _ in points)
    if spread <= 0:
        return None
    slope = sum((a - mx) * (v - my) for a, v in points) / spread
    constant = my - slope * mx
    unit = (points[-1][1] - points[0][1]) / (n - 1)
    worst = max(abs(slope * a + constant - v) for a, v in points) / unit
    return (slope, constant, 1 - worst / (2 * _FIT)) if worst <= _FIT and slope > 0 else None


def _names(bars: Sequence[Rect], labels: Sequence[_Label], base: float, step: float, *, upright: bool) -> list[Text | None]:
    """The words that name each bar: before its base, in reading order; failing that, right above the bar."""
    held: list[list[_Label]] = [[] for _ in bars]
    for x in _narrow(labels, step) if upright else labels:
        if x.a1 > base + 3 or (not upright and x.a1 < base - 120):
            continue
        nearest = min(range(len(bars)), key=lambda i: abs(bars[i].middle - x.middle))
        if abs(bars[nearest].middle - x.middle) <= step / 2 + 1:
            held[nearest].append(x)
    if upright:
        held = [_stack(h, base) for h in held]
    if sum(1 for h in held if h) * 2 < len(bars) and not upright:
        held = [[x for x in labels if abs(x.a0 - b.a0) < 8 and 0 <= b.c0 - x.c1 < 0.6 * step] for b in bars]
    return [_text(h, upright=upright) if h else None for h in held]


def _narrow(labels: Sequence[_Label], step: float) -> Iterator[_Label]:
    """Runs under columns, those cut into words that are wider than a step: names that stand close together are one run of the page."""
    for x in labels:
        text, wide = x.word.text.text, x.c1 - x.c0
        tokens = list(_WORD.finditer(text))
        if wide <= 1.15 * step or len(tokens) < 2:
            yield x
            continue
        for t in tokens:
            c0, c1 = (x.c0 + wide * at / len(text) for at in t.span())
            yield _Label(x.a0, x.a1, c0, c1, Word(x.word.text.cut(t.start(), t.end()), x.word.box, x.word.size))


def _stack(labels: list[_Label], base: float) -> list[_Label]:
    """Of the words under a column those that follow each other without a gap from the base on."""
    out: list[_Label] = []
    edge = base
    for x in sorted(labels, key=lambda x: -x.a1):
        if edge - x.a1 > (22.0 if not out else 0.9 * max(x.word.size, 6.0)):
            break
        out.append(x)
        edge = min(edge, x.a0)
    return out


def _text(labels: list[_Label], *, upright: bool) -> Text:
    ordered = sorted(labels, key=(lambda x: (-round(x.a1 / 3), x.c0)) if upright else (lambda x: (round(x.c0 / 3), x.a0)))
    return join([x.word.text for x in ordered])


def _printed(bar: Rect, labels: Sequence[_Label], ticks: set[int], reach: float) -> Text | None:
    """The value written in a bar or right behind its end."""
    found = [
        x
        for x in labels
        if bar.c0 - 1.5 <= x.middle <= bar.c1 + 1.5
        and bar.a0 <= x.along
        and x.a0 <= max(bar.a1 + 30, reach + 12 if bar.a1 >= reach - 1 else 0)
        and id(x.word) not in ticks
    ]
    best = min(found, key=lambda x: abs(x.along - bar.a1), default=None)
    return best.word.text if best is not None and len(best.word.text.text) <= 44 else None


def _series(bars: Sequence[Rect], named: Sequence[Text | None], rects: Iterable[Rect], labels: Sequence[_Label]) -> list[Text | None]:
    """For a chart with bars of several colours a label, the words beside the small patch of the bar's colour."""
    fills = {b.fill for b in bars}
    if len(fills) < 2 or all(named):
        return [None] * len(bars)
    out: dict[str | None, Text | None] = {}
    boxes = {b.box for b in bars}
    for fill in fills:
        patch = next(
            (r for r in rects if r.fill == fill and r.box not in boxes and r.box[2] - r.box[0] < 30 and r.box[3] - r.box[1] < 20), None
        )
        if patch is None:
            return [None] * len(bars)
        x1, y = patch.box[2], (patch.box[1] + patch.box[3]) / 2
        beside = [x.word for x in labels if x.word.box[1] - 2 <= y <= x.word.box[3] + 2 and 0 <= x.word.box[0] - x1 < 14]
        out[fill] = min(beside, key=lambda w: w.box[0]).text if beside else None
    return [out[b.fill] for b in bars]
