"""Targets against what was reached: a bar for the actual value, a line for the target, a hollow ring for the baseline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaltrail.write.charts._canvas import Canvas
from evaltrail.write.charts._chart import Chart, Look, chart, empty, known, table, wide_enough
from evaltrail.write.charts._colour import EDGE, INK, INK_2, PAPER, RULE
from evaltrail.write.charts._face import shortened, width, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.write.model import Table

_SIZE = 9.0
_SMALL = 8.0
_KEYS = ("baseline", "target", "actual")
_LONGEST = 72.0
"""Points for a number; a longer one is written with a power of ten, never cut."""


@dataclass(frozen=True, slots=True)
class TargetRow:
    """An indicator: where it began, where it was to be, where it is."""

    label: str
    baseline: float | None = None
    target: float | None = None
    actual: float | None = None
    unit: str = ""
    lower_is_better: bool | None = None
    """None: so where the target lies below the baseline."""

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached; None where target or actual value are missing."""
        target, actual, baseline = known(self.target), known(self.actual), known(self.baseline)
        if target is None or actual is None:
            return None
        down = self.lower_is_better if self.lower_is_better is not None else baseline is not None and target < baseline
        return actual <= target if down else actual >= target


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the drawing of a row begins and ends, and the end of each number."""

    left: float
    right: float
    ends: tuple[float, float, float]
    rooms: tuple[float, float, float]


def target_actual(rows: Sequence[TargetRow], *, look: Look | None = None) -> Chart:
    """Indicators with their targets.

    Args:
        rows: the indicators from top to bottom; a page of A4 holds about 26, more make a higher picture.
        look: width, direction, words and numbers.

    Each row has a scale of its own that holds 0, since units differ.  What is missing is said in words and not drawn.
    """
    look = look or Look()
    canvas = Canvas(wide_enough(look), look.direction)
    height = _draw(canvas, rows, look) if rows else empty(canvas, look)
    return chart(canvas, height, look, look.word("target_actual"), _said(rows, look), _data(rows, look))


def _draw(canvas: Canvas, rows: Sequence[TargetRow], look: Look) -> float:
    whole = canvas.width
    rooms = [
        min(_LONGEST, max(width(look.word(key), _SMALL) + 11, *(width(_number(getattr(r, key), look), _SIZE, bold=True) for r in rows)))
        for key in _KEYS
    ]
    names = min(0.34 * whole, max(max(width(r.label, _SIZE, bold=True), width(r.unit, _SMALL)) for r in rows) + 10)
    numbers = sum(rooms) + 3 * 10
    left, right = names, max(names + 40, whole - numbers - 4)
    ends = (whole - rooms[1] - rooms[2] - 20, whole - rooms[2] - 10, whole)
    columns = _Columns(left, right, ends, (rooms[0], rooms[1], rooms[2]))
    y = _heads(canvas, columns, look)
    for r in rows:
        y = _row(canvas, columns, r, y, look)
    canvas.line((0, y), (whole, y), RULE, 0.5)
    canvas.text(0, y + 12, shortened(look.word("own_scale"), whole, _SMALL), _SMALL, fill=INK_2)
    return y + 17


def _heads(canvas: Canvas, columns: _Columns, look: Look) -> float:
    """Names of the three numbers, each with its sign in the drawing."""
    for key, end, room in zip(_KEYS, columns.ends, columns.rooms, strict=True):
        canvas.text(end, 9, shortened(look.word(key), room - 10, _SMALL), _SMALL, fill=INK_2, anchor="end")
        x = end - min(room - 10, width(look.word(key), _SMALL)) - 6
        if key == "baseline":
            canvas.circle(x, 6.2, 2.5, PAPER, stroke=INK, line=1.0)
        elif key == "target":
            canvas.line((x, 1.5), (x, 10.5), INK, 1.8)
        else:
            canvas.rect(x - 6, 4, 8, 4.4, INK)
    return 14.0


def _row(canvas: Canvas, columns: _Columns, r: TargetRow, y: float, look: Look) -> float:
    lines = wrapped(r.label, columns.left - 10, _SIZE, most=2, bold=True)
    high = 13 + 11.0 * len(lines) - 4 + (10 if r.unit else 3)
    canvas.line((0, y), (canvas.width, y), RULE, 0.5)
    canvas.text(0, y + 13, lines, _SIZE, bold=True)
    if r.unit:
        canvas.text(0, y + 13 + 11 * len(lines) - 0.5, shortened(r.unit, columns.left - 10, _SMALL), _SMALL, fill=INK_2)
    middle = y + high / 2
    _marks(canvas, columns, r, middle)
    for key, end, room in zip(_KEYS, columns.ends, columns.rooms, strict=True):
        value = known(getattr(r, key))
        said = _number(value, look)
        if value is None:
            canvas.text(end, middle + 3, shortened(said, room, _SMALL), _SMALL, fill=INK_2, anchor="end")
        else:
            canvas.text(end, middle + 3, said, _SIZE, bold=key == "actual", anchor="end")
    return y + high


def _marks(canvas: Canvas, columns: _Columns, r: TargetRow, y: float) -> None:
    values = {key: v for key in _KEYS if (v := known(getattr(r, key))) is not None}
    low, high = min(0.0, *values.values(), 0.0), max(0.0, *values.values(), 0.0)
    if high == low:
        high = low + 1.0
    span = columns.right - columns.left - 14

    def at(v: float) -> float:
        # Divided before it is taken away: the difference of two huge numbers of different sign may be none.
        share = (v / 2 - low / 2) / (high / 2 - low / 2)
        return columns.left + 4 + share * span

    canvas.line((at(low), y), (at(high), y), RULE, 1.0)
    if "actual" in values:
        a, b = sorted((at(0.0), at(values["actual"])))
        canvas.rect(a, y - 3.5, max(0.8, b - a), 7, INK)
    canvas.line((at(0.0), y - 5.5), (at(0.0), y + 5.5), EDGE, 0.8)
    if "target" in values:
        x = at(values["target"])
        # White on both sides, so that the line is seen on the bar too.
        canvas.rect(x - 2.0, y - 8, 4.0, 16, PAPER)
        canvas.line((x, y - 8), (x, y + 8), INK, 1.8)
    if "baseline" in values:
        canvas.circle(at(values["baseline"]), y, 3.6, PAPER, stroke=INK, line=1.1)


def _number(value: float | None, look: Look) -> str:
    if (value := known(value)) is None:
        return look.word("not_stated")
    said = look.number(value)
    return said if width(said, _SIZE, bold=True) <= _LONGEST else f"{value:.3g}".replace("-", "−")


def _said(rows: Sequence[TargetRow], look: Look) -> str:
    if not rows:
        return look.word("nothing")
    known_rows = [r for r in rows if r.reached is not None]
    reached = look.number(sum(r.reached is True for r in known_rows))
    out = [look.word("reached_count", count=reached, all=look.number(len(known_rows)))]
    for r in rows:
        said = {key: _with_unit(getattr(r, key), r.unit, look) for key in _KEYS}
        out.append(look.word("against", what=r.label, **said))
    return " ".join(out)


def _with_unit(value: float | None, unit: str, look: Look) -> str:
    if known(value) is None or value is None:
        return look.word("not_stated")
    return f"{look.number(value)} {unit}".strip()


def _data(rows: Sequence[TargetRow], look: Look) -> Table:
    heads = [look.word("indicator"), look.word("unit"), *(look.word(k) for k in _KEYS), look.word("reached")]
    body = []
    for r in rows:
        reached = look.word("not_stated") if r.reached is None else look.word("yes" if r.reached else "no")
        body.append([r.label, r.unit, *(_with_unit(getattr(r, k), "", look) for k in _KEYS), reached])
    return table(heads, body, numbers=(2, 3, 4))
