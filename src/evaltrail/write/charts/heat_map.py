"""Ratings of many evaluations by criterion: a cell each, with its number, a corner notch below the line, hatch where there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaltrail.write.charts._canvas import Canvas
from evaltrail.write.charts._chart import Chart, Look, chart, empty, table, wide_enough
from evaltrail.write.charts._colour import EDGE, INK_2, INK_3, PAPER
from evaltrail.write.charts._face import shortened, width, wrapped
from evaltrail.write.charts._scale import SIX, Scale, notched

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.write.model import Table

_SIZE = 8.5
_SMALL = 8.0
_ROW = 17.0
_TURNED = 84.0
"""Longest line of a heading that is read upwards."""
_LEAST = 15.0
"""Width of a column below which its numbers would touch."""
MOST_COLUMNS = 16
"""Criteria that have room in a drawing of the usual width; more columns stand in the data alone."""


@dataclass(frozen=True, slots=True)
class HeatRow:
    """An evaluation and its ratings in the order of the criteria."""

    label: str
    values: tuple[float | str | None, ...]
    """Number, mark or word of the scale; None: not rated."""
    note: str = ""
    """A few words after the label: the year."""


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the cells stand."""

    scale: Scale
    left: float
    step: float
    columns: int

    def middle(self, k: int) -> float:
        return self.left + (k + 0.5) * self.step


def heat_map(rows: Sequence[HeatRow], criteria: Sequence[str], scale: Scale = SIX, *, look: Look | None = None) -> Chart:
    """Ratings of many evaluations.

    Args:
        rows: the evaluations from top to bottom; a page of A4 holds about 35 with one line each, more make a higher picture.
        criteria: what is rated; at most 16 are drawn at the usual width, the data have all.
        scale: what the values are on; every evaluation's are on the same.
        look: width, direction, words and numbers.

    A value that is not on the scale is hatched like one that is missing; the data have it in its words.
    """
    look = look or Look()
    canvas = Canvas(wide_enough(look), look.direction)
    if not rows or not criteria:
        height = empty(canvas, look)
    else:
        grid = _grid(rows, criteria, scale, canvas.width, look)
        y = _heads(canvas, grid, criteria)
        for r in rows:
            y = _row(canvas, grid, r, y, look)
        height = _legend(canvas, grid, _feet(canvas, grid, rows, y, look), look)
    return chart(canvas, height, look, look.word("heat_map"), _said(rows, criteria, scale, look), _data(rows, criteria, scale, look))


def _grid(rows: Sequence[HeatRow], criteria: Sequence[str], scale: Scale, whole: float, look: Look) -> _Grid:
    most = max(1, min(len(criteria), MOST_COLUMNS, int(0.62 * whole / _LEAST)))
    wanted = max(width(f"{r.label}  {r.note}", _SIZE, face="serif") for r in rows) + 10
    if scale.line is not None:
        wanted = max(wanted, min(0.3 * whole, width(_line_said(scale, look), _SMALL) + 10))
    names = min(wanted, max(0.3 * whole, whole - most * 52.0), whole - most * _LEAST)
    return _Grid(scale, names, min(80.0, (whole - names) / most), most)


def _heads(canvas: Canvas, grid: _Grid, criteria: Sequence[str]) -> float:
    """Names of the criteria: level where their words fit into a column, else read upwards."""
    shown = criteria[: grid.columns]
    room = grid.step - 3
    if all(width(w, _SMALL) <= room for c in shown for w in c.split()):
        lines = [wrapped(c, room, _SMALL, most=3) for c in shown]
        high = max(map(len, lines))
        for k, said in enumerate(lines):
            canvas.text(grid.middle(k), 8 + (high - len(said)) * _SMALL * 1.22, said, _SMALL, fill=INK_2, anchor="middle")
        return 12 + (high - 1) * _SMALL * 1.22
    longest = min(_TURNED, max(width(c, _SMALL) for c in shown))
    for k, c in enumerate(shown):
        said = wrapped(c, longest, _SMALL, most=2 if grid.step >= 2.4 * _SMALL else 1)
        # Turned lines run to the right, whichever way the page is read.
        shift = (0.33 - 0.61 * (len(said) - 1)) * _SMALL
        canvas.text(grid.middle(k) + (-shift if canvas.mirrored else shift), longest + 2, said, _SMALL, fill=INK_2, turned=True)
    return longest + 6


def _row(canvas: Canvas, grid: _Grid, r: HeatRow, y: float, look: Look) -> float:
    note = f" {r.note}" if r.note else ""
    aside = width(note, _SMALL) + 2 if note else 0.0
    room = grid.left - 8
    lines = wrapped(r.label, room, _SIZE, most=2, face="serif")
    if aside and lines and width(lines[-1], _SIZE, face="serif") + aside > room:
        if len(lines) == 1:
            lines.append("")
        else:
            lines[-1] = shortened(lines[-1], room - aside, _SIZE, face="serif")
    high = max(_ROW, 10.4 * len(lines) + 5)
    base = y + high / 2 + _SIZE * 0.33 - 5.2 * (len(lines) - 1)
    canvas.text(0, base, lines, _SIZE, face="serif")
    if note and lines:
        at = width(lines[-1], _SIZE, face="serif") + 4 if lines[-1] else 0.0
        canvas.text(at, base + (len(lines) - 1) * _SIZE * 1.22, r.note, _SMALL, fill=INK_2)
    for k in range(grid.columns):
        value = r.values[k] if k < len(r.values) else None
        _cell(canvas, grid.scale, value, (grid.left + k * grid.step, y, grid.step - 1, high - 1), look)
    return y + high


def _cell(canvas: Canvas, scale: Scale, value: float | str | None, box: tuple[float, float, float, float], look: Look) -> None:
    x, y, w, h = box
    middle, base = x + w / 2, y + h / 2 + _SIZE * 0.34
    position = scale.position(value)
    if position is None:
        canvas.hatch(x, y, w, h)
        canvas.rect(middle - 4, y + h / 2 - 4, 8, 8, PAPER)
        canvas.text(middle, base, "–", _SIZE, fill=INK_3, anchor="middle")
        return
    step = scale.step(position)
    canvas.rect(x, y, w, h, scale.colours[step], stroke=EDGE if scale.needs_border(step) else None, line=0.6)
    notched(canvas, scale, step, x, y, w, min(15.0, h))
    said = scale.label(step) if position == int(position) or isinstance(value, str) else look.number(position + scale.first - 1)
    size = _SIZE if width(said, _SIZE, bold=True) <= w - 2 else 6.5
    canvas.text(middle, base, shortened(said, w, size, bold=True), size, fill=scale.text_on(step), bold=True, anchor="middle")


def _feet(canvas: Canvas, grid: _Grid, rows: Sequence[HeatRow], y: float, look: Look) -> float:
    """Under each column how many are at or above the line."""
    scale = grid.scale
    if scale.line is None:
        return y + 2
    said = wrapped(_line_said(scale, look), grid.left - 8, _SMALL, most=2)
    canvas.text(0, y + 11, said, _SMALL, fill=INK_2)
    for k in range(grid.columns):
        good, rated = _at_line(rows, k, scale)
        whole = look.word("of", count=look.number(good), all=look.number(rated)) if rated else "–"
        if rated and width(whole, _SMALL) > grid.step - 2:
            whole = f"{look.number(good)}/{look.number(rated)}"
        size = _SMALL if width(whole, _SMALL) <= grid.step - 1 else 6.5
        canvas.text(grid.middle(k) - 0.5, y + 11, shortened(whole, grid.step, size), size, fill=INK_2, anchor="middle")
    return y + 4 + 10 * len(said)


def _line_said(scale: Scale, look: Look) -> str:
    return look.word("at_line", low=scale.label(scale.line or 0), high=scale.label(len(scale.steps) - 1))


def _at_line(rows: Sequence[HeatRow], k: int, scale: Scale) -> tuple[int, int]:
    positions = [p for r in rows if k < len(r.values) and (p := scale.position(r.values[k])) is not None]
    return sum(scale.is_at_line(p) for p in positions), len(positions)


def _legend(canvas: Canvas, grid: _Grid, y: float, look: Look) -> float:
    """The steps from the highest, in as many lines as they take."""
    scale, x, base = grid.scale, 0.0, y + 16
    whole = sum(25 + width(s, _SMALL) for s in (*(s.word for s in scale.steps), look.word("not_rated")))
    for i in (*reversed(range(len(scale.steps))), -1):
        said = look.word("not_rated") if i < 0 else scale.steps[i].word
        wide = 14 + width(said, _SMALL) + 11
        breaks = whole > canvas.width and scale.line is not None and i == scale.line - 1
        if x and (x + wide - 11 > canvas.width or breaks):
            x, base = 0.0, base + 15
        if i < 0:
            _cell(canvas, scale, None, (x, base - 8.5, 11, 11), look)
        else:
            _cell(canvas, scale, scale.first + i, (x, base - 8.5, 11, 11), look)
        canvas.text(x + 14, base, shortened(said, canvas.width - x - 14, _SMALL), _SMALL, fill=INK_2)
        x += wide if said else 14
    return base + 6


def _said(rows: Sequence[HeatRow], criteria: Sequence[str], scale: Scale, look: Look) -> str:
    if not rows or not criteria:
        return look.word("nothing")
    out = [look.word("heat_map_size", rows=look.number(len(rows)), columns=look.number(len(criteria)))]
    out.append(look.word("scale_from_to", low=scale.steps[0].said, high=scale.steps[-1].said))
    for k, c in enumerate(criteria):
        good, rated = _at_line(rows, k, scale)
        if scale.line is None:
            said = look.word("rated_of", count=look.number(rated), all=look.number(len(rows)))
        else:
            said = look.word("at_line_of", count=look.number(good), all=look.number(rated))
        out.append(look.word("rated_so", what=c, rating=said))
    return " ".join(out)


def _data(rows: Sequence[HeatRow], criteria: Sequence[str], scale: Scale, look: Look) -> Table:
    body = []
    for r in rows:
        line = [f"{r.label}, {r.note}" if r.note else r.label]
        for k in range(len(criteria)):
            value = r.values[k] if k < len(r.values) else None
            position = scale.position(value)
            if position is not None and (position == int(position) or isinstance(value, str)):
                line.append(scale.label(scale.step(position)))
            elif value is None:
                line.append(look.word("not_rated"))
            else:
                line.append(value if isinstance(value, str) else look.number(value))
        body.append(line)
    return table([look.word("evaluation"), *criteria], body)
