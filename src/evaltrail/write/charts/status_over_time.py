"""How many recommendations or actions were in which state, period by period: stacked columns with their counts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from evaltrail.write.charts._canvas import Canvas
from evaltrail.write.charts._chart import Chart, Look, chart, empty, known, table, wide_enough
from evaltrail.write.charts._colour import ALARM, EDGE, INK, INK_2, PAPER, RULE, WASH
from evaltrail.write.charts._face import shortened, width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.write.model import Table

_SIZE = 9.0
_SMALL = 8.0
_HIGH = 168.0
_NARROW = 16.0
"""Width of a column from which its counts have room."""
_UNDER_WAY = "#9ba5ad"

Style = Literal["done", "claimed", "under_way", "open", "late", "dropped"]
"""How a state is drawn: ink for what is verified, hatch for what is only claimed, grey under way, hollow not begun, red late, pale
dropped."""


@dataclass(frozen=True, slots=True)
class Status:
    """A state that things can be in."""

    label: str
    style: Style


@dataclass(frozen=True, slots=True)
class StatusPeriod:
    """A period or day and how many were in each state."""

    label: str
    counts: tuple[float | None, ...]
    """In the order of the states; None: not stated."""


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where the columns stand."""

    top: float
    foot: float
    x: float
    step: float
    bar: float
    unit: float
    """Points for one."""

    def left(self, i: int) -> float:
        return self.x + i * self.step + (self.step - self.bar) / 2


def status_over_time(periods: Sequence[StatusPeriod], statuses: Sequence[Status], *, look: Look | None = None) -> Chart:
    """States over time.

    Args:
        periods: from the earliest; about 16 have room for their names and counts at the usual width, of more only every second or
            third name is written, and a count that has no room stands in the data alone.
        statuses: from the foot of a column upwards.
        look: width, direction, words and numbers.

    Counts that are missing or below 0 are not drawn; the data say so.
    """
    look = look or Look()
    canvas = Canvas(wide_enough(look), look.direction)
    height = _draw(canvas, periods, statuses, look) if periods and statuses else empty(canvas, look)
    said = _said(periods, statuses, look)
    return chart(canvas, height, look, look.word("status_over_time"), said, _data(periods, statuses, look))


def _counts(p: StatusPeriod, many: int) -> list[float]:
    given = [*p.counts, *([None] * many)][:many]
    return [max(0.0, known(c) or 0.0) for c in given]


def _draw(canvas: Canvas, periods: Sequence[StatusPeriod], statuses: Sequence[Status], look: Look) -> float:
    columns = [_counts(p, len(statuses)) for p in periods]
    aside = min(0.3 * canvas.width, max(width(s.label, _SMALL) for s in statuses) + 28)
    largest = max(sum(c) for c in columns)
    crowded = (canvas.width - aside) / len(periods) < _NARROW
    first = width(look.number(largest), _SMALL) + 6 if crowded else 0.0
    step = min(64.0, (canvas.width - aside - first) / len(periods))
    plot = _Plot(14.0, 14.0 + _HIGH, first, step, min(44.0, step * 0.78), _HIGH / largest if largest else 0.0)
    if crowded:
        _grid(canvas, plot, first + step * len(periods), largest, look)
    every = _every(periods, step)
    for i, (p, counts) in enumerate(zip(periods, columns, strict=True)):
        top = _column(canvas, plot, i, counts, statuses, look)
        middle = plot.left(i) + plot.bar / 2
        total = look.number(sum(counts))
        if not crowded and width(total, _SMALL, bold=True) <= step:
            canvas.text(middle, top - 3.5, total, _SMALL, bold=True, anchor="middle")
        if i % every == 0:
            said = shortened(p.label, step * every - 2, _SMALL)
            at = max(middle, width(said, _SMALL) / 2)
            canvas.text(at, plot.foot + 12, said, _SMALL, fill=INK_2, anchor="middle")
    canvas.line((first, plot.foot), (first + len(periods) * step, plot.foot), INK, 0.8)
    named = [(s, c) for k, (s, c) in enumerate(zip(statuses, columns[-1], strict=True)) if any(counts[k] for counts in columns)]
    _labels(canvas, plot, len(periods), named)
    return plot.foot + 17


def _grid(canvas: Canvas, plot: _Plot, right: float, largest: float, look: Look) -> None:
    """Lines with their numbers behind columns that are too narrow to hold counts."""
    if largest <= 0:
        return
    unit = 10.0 ** math.floor(math.log10(largest))
    step = next(unit * k for k in (0.2, 0.5, 1.0, 2.0, 5.0) if largest / (unit * k) <= 4.5)
    value = 0.0
    while value <= largest:
        y = plot.foot - value * plot.unit
        canvas.line((plot.x, y), (right, y), RULE, 0.5)
        canvas.text(plot.x - 4, y + 2.8, shortened(look.number(value), plot.x, _SMALL), _SMALL, fill=INK_2, anchor="end")
        value += step


def _every(periods: Sequence[StatusPeriod], step: float) -> int:
    """Which names are written: each, every second, every third and so on."""
    longest = max(min(60.0, width(p.label, _SMALL)) for p in periods) + 4
    return max(1, -int(-longest // step))


def _column(canvas: Canvas, plot: _Plot, i: int, counts: Sequence[float], statuses: Sequence[Status], look: Look) -> float:
    y = plot.foot
    x = plot.left(i)
    for count, status in zip(counts, statuses, strict=True):
        high = count * plot.unit
        if high <= 0:
            continue
        y -= high
        ink = draw_status(canvas, status.style, (x, y, plot.bar, max(0.4, high - 0.8)))
        said = look.number(count)
        wide = width(said, _SMALL, bold=True)
        if high >= _SMALL + 1.5 and wide + 3 <= plot.bar:
            middle, base = x + plot.bar / 2, y + (high - 0.8) / 2 + 2.8
            if status.style == "claimed":
                canvas.rect(middle - wide / 2 - 2, base - 7.4, wide + 4, 9.2, PAPER)
            canvas.text(middle, base, said, _SMALL, fill=ink, bold=True, anchor="middle")
    return y


def draw_status(canvas: Canvas, style: Style, box: tuple[float, float, float, float]) -> str:
    """Draw a patch in the manner of a state; the colour of text on it."""
    x, y, w, h = box
    if style == "done":
        canvas.rect(x, y, w, h, INK)
        return PAPER
    if style == "late":
        canvas.rect(x, y, w, h, ALARM)
        # The notch tells late from done where red and ink are alike.
        n = min(5.0, 0.6 * w, h)
        canvas.polygon(((x + w - n, y), (x + w, y), (x + w, y + n)), PAPER)
        return PAPER
    if style == "under_way":
        canvas.rect(x, y, w, h, _UNDER_WAY)
        return INK
    canvas.rect(x, y, w, h, WASH if style == "dropped" else PAPER, stroke=INK if style == "claimed" else EDGE, line=0.7)
    if style == "claimed":
        canvas.hatch(x, y, w, h, stroke=INK, width=0.7)
    return INK_2 if style == "dropped" else INK


def _labels(canvas: Canvas, plot: _Plot, many: int, named: Sequence[tuple[Status, float]]) -> None:
    """Names of the states beside the last column, at its parts where there is room, and never on each other."""
    if not named:
        return
    x, last = plot.x + many * plot.step + 7, plot.left(many - 1) + plot.bar
    wanted: list[float] = []
    y = plot.foot
    for _, count in named:
        y -= count * plot.unit
        wanted.append(y + count * plot.unit / 2)
    room = 12.5
    placed: list[float] = []
    for at in wanted:
        placed.append(min(at, placed[-1] - room) if placed else min(at, plot.foot - 5))
    limit = plot.top - 6
    for i in reversed(range(len(placed))):
        placed[i] = max(placed[i], limit)
        limit = placed[i] + room
    for (status, count), at, y in zip(named, placed, wanted, strict=True):
        if count:
            canvas.polyline(((last + 1.5, y), (x, at)), EDGE, 0.5)
        draw_status(canvas, status.style, (x + 3, at - 4, 8, 8))
        canvas.text(x + 14, at + 2.8, shortened(status.label, canvas.width - x - 14, _SMALL), _SMALL, fill=INK)


def _said(periods: Sequence[StatusPeriod], statuses: Sequence[Status], look: Look) -> str:
    if not periods or not statuses:
        return look.word("nothing")
    shown = [periods[0], periods[-1]] if len(periods) > 6 else periods
    out = []
    for p in shown:
        counts = _counts(p, len(statuses))
        parts = ", ".join(f"{s.label} {look.number(c)}" for s, c in zip(statuses, counts, strict=True))
        out.append(look.word("status_said", period=p.label, parts=parts, total=look.number(sum(counts))))
    return " ".join(out)


def _data(periods: Sequence[StatusPeriod], statuses: Sequence[Status], look: Look) -> Table:
    body = []
    for p in periods:
        given = [*p.counts, *([None] * len(statuses))][: len(statuses)]
        said = [look.number(k) if (k := known(c)) is not None else look.word("not_stated") for c in given]
        body.append([p.label, *said, look.number(sum(_counts(p, len(statuses))))])
    heads = [look.word("period"), *(s.label for s in statuses), look.word("total")]
    return table(heads, body, numbers=range(1, len(statuses) + 2))
