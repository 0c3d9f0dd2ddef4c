"""The trail from evidence to action: statements in columns, the lines between them, and the gaps where a line breaks off."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evaltrail.write.charts._canvas import Canvas
from evaltrail.write.charts._chart import Chart, Look, chart, empty, table, wide_enough
from evaltrail.write.charts._colour import ALARM, ALARM_WASH, EDGE, INK, INK_2, INK_3
from evaltrail.write.charts._face import shortened, width, wrapped
from evaltrail.write.charts._trail_parts import COLUMNS, Column, Trail, TrailBreak, TrailLine, TrailNode
from evaltrail.write.charts._trail_rows import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evaltrail.write.charts._canvas import Point
    from evaltrail.write.charts._face import Face
    from evaltrail.write.model import Table

__all__ = ["Trail", "TrailBreak", "TrailLine", "TrailNode", "trail"]

_SIZE = 8.0
_TEXT = 7.6
_FIRST = 60
"""Characters of a statement that stand for it where it has no label."""
_TOP = 29.0
_LINE = 1.3
_DOTS = "1.2 2.2"


@dataclass(slots=True)
class _Layout:
    """Where everything stands."""

    columns: tuple[Column, ...]
    column: float
    """Width of one."""
    gap: float
    lines: int
    """Lines of text a statement has."""
    place: dict[str, int] = field(default_factory=dict)
    """Node -> its column."""
    row: dict[str, int] = field(default_factory=dict)

    @property
    def high(self) -> float:
        return 15.0 + self.lines * _TEXT * 1.2 + 7

    def left(self, k: int) -> float:
        return k * (self.column + self.gap)

    def y(self, node: str) -> float:
        return _TOP + self.row[node] * self.high


def trail(drawn: Trail, *, look: Look | None = None) -> Chart:
    """A trail.

    Args:
        drawn: what ``trail_of`` makes of an evaluation, or the caller. A line that names a statement which is not there is left out.
        look: width, direction, words and numbers.

    A page of A4 holds about 14 rows, more make a higher picture; ``trail_of`` can take a few recommendations at a time.  Columns without
    anything in them are left out.  Statements are shortened to two or three lines, the data have them whole.
    """
    look = look or Look()
    canvas = Canvas(wide_enough(look), look.direction)
    drawn = _sound(drawn)
    height = _draw(canvas, drawn, look) if drawn.nodes else empty(canvas, look)
    return chart(canvas, height, look, look.word("trail"), _said(drawn, look), _data(drawn, look))


def _sound(t: Trail) -> Trail:
    """Without what is told twice, leads nowhere or runs backwards."""
    nodes = {n.id: n for n in t.nodes}
    place = {n.id: COLUMNS.index(n.column) for n in nodes.values()}
    lines = {(x.start, x.end): x for x in t.lines if x.start in place and x.end in place and place[x.start] < place[x.end]}
    breaks = {(b.node, b.column): b for b in t.breaks if b.node in place and COLUMNS.index(b.column) != place[b.node]}
    return Trail(tuple(nodes.values()), tuple(lines.values()), tuple(breaks.values()))


def _draw(canvas: Canvas, t: Trail, look: Look) -> float:
    used = tuple(c for c in COLUMNS if any(n.column == c for n in t.nodes) or any(b.column == c for b in t.breaks))
    gap = canvas.width * (0.045 if len(used) > 4 else 0.06)
    column = (canvas.width - gap * (len(used) - 1)) / len(used)
    layout = _Layout(used, column, gap, 3 if column < 100 else 2)
    steps = _arranged(layout, t)
    _heads(canvas, layout, t, look)
    canvas.network(_lines(layout, t, steps, proposed=True), EDGE, _LINE, dash=_DOTS)
    canvas.network(_lines(layout, t, steps, proposed=False), EDGE, _LINE)
    for gap_at in t.breaks:
        _break(canvas, layout, gap_at)
    for n in t.nodes:
        _node(canvas, layout, n)
    bottom = _TOP + (max(layout.row.values()) + 1) * layout.high
    return _legend(canvas, t, bottom, look)


def _heads(canvas: Canvas, layout: _Layout, t: Trail, look: Look) -> None:
    """Names of the columns with how many stand in each; the numbers go below where one of them has no room beside its name."""
    room = layout.column
    heads = [(look.word(c), look.number(sum(n.column == c for n in t.nodes))) for c in layout.columns]
    beside = all(width(title, _SIZE, bold=True) + 3 + width(many, _SIZE) <= room for title, many in heads)
    size = next((s for s in (_SIZE, 7.6, 7.2) if all(width(title, s, bold=True) <= room for title, _ in heads)), 6.8)
    for k, (title, many) in enumerate(heads):
        x, fits = layout.left(k), shortened(title, room, size, bold=True)
        canvas.text(x, 8, fits, size, bold=True)
        at = (x + width(fits, size, bold=True) + 3, 8.0) if beside else (x, 17.5)
        canvas.text(*at, many, _SIZE, fill=INK_2)


def _arranged(layout: _Layout, t: Trail) -> list[tuple[str, str, bool]]:
    """Give everything its column and row; the lines cut into steps from column to column.

    A line that passes a column takes a place there, shared by all lines to the same statement; what is missing takes one too.
    """
    for n in t.nodes:
        layout.place[n.id] = layout.columns.index(n.column)
    steps: dict[tuple[str, str], bool] = {}
    for x in t.lines:
        at = x.end
        for k in range(layout.place[x.end] - 1, layout.place[x.start], -1):
            by = f"\0{x.end}\0{k}"
            layout.place[by] = k
            steps[by, at] = steps.get((by, at), True) and x.proposed
            at = by
        steps[x.start, at] = x.proposed
    # Proposed lines have no say in the order of what stated ones hold together.
    held = {end for pair, proposed in steps.items() if not proposed for end in pair}
    joins = [pair for pair, proposed in steps.items() if not proposed or not held.issuperset(pair)]
    for b in t.breaks:
        box = _box(b)
        layout.place[box] = layout.columns.index(b.column)
        near = layout.place[b.node]
        if abs(layout.place[box] - near) == 1:
            joins.append((box, b.node) if layout.place[box] < near else (b.node, box))
    layers = [[n for n, k in layout.place.items() if k == column] for column in range(len(layout.columns))]
    layout.row = rows_of(layers, joins)
    return [(a, b, proposed) for (a, b), proposed in steps.items()]


def _box(b: TrailBreak) -> str:
    return f"\1{b.node}\1{b.column}"


def _lines(layout: _Layout, t: Trail, steps: Sequence[tuple[str, str, bool]], *, proposed: bool) -> Iterator[tuple[Point, Point]]:
    """The lines of one kind, those of the statements themselves with the stated ones."""
    for a, b, is_proposed in steps:
        if is_proposed == proposed:
            end = (layout.left(layout.place[a]) + layout.column, layout.y(a))
            yield end, (layout.left(layout.place[b]), layout.y(b))
            if a.startswith("\0"):
                yield (layout.left(layout.place[a]), end[1]), end
    for n in t.nodes if not proposed else ():
        x, y = layout.left(layout.place[n.id]), layout.y(n.id)
        yield (x, y), (x + layout.column, y)


def _node(canvas: Canvas, layout: _Layout, n: TrailNode) -> None:
    x, y = layout.left(layout.place[n.id]), layout.y(n.id)
    canvas.rect(x, y - 2.4, 4.8, 4.8, EDGE)
    base, left = y + 10.5, layout.lines + 1
    room = layout.column - (10 if n.sign else 0)
    label = wrapped(n.label, room, _TEXT, most=2, bold=True)
    canvas.text(x, base, label, _TEXT, bold=True, leading=1.2)
    if n.sign:
        _ring(canvas, x + layout.column - 4, base - 2.7, n.sign)
    beside = len(label) < 2 and width(n.label, _TEXT, bold=True) + 5 + width(n.note, _TEXT) <= room
    if n.note and beside:
        canvas.text(x + room, base, n.note, _TEXT, fill=INK_3, anchor="end")
        label = label or [""]
    base, left = base + len(label) * _TEXT * 1.2, left - len(label)
    if n.note and not beside:
        canvas.text(x, base, shortened(n.note, layout.column, _TEXT), _TEXT, fill=INK_3)
        base, left = base + _TEXT * 1.2, left - 1
    face: Face = "sans" if n.column in ("responses", "actions") else "serif"
    if left > 0:
        canvas.text(x, base, wrapped(n.text, layout.column, _TEXT, most=left, face=face), _TEXT, face=face, leading=1.2)


def _ring(canvas: Canvas, x: float, y: float, sign: str) -> None:
    """Ticked, barred or crossed: accepted, in part, rejected."""
    canvas.circle(x, y, 3.3, None, stroke=INK, line=0.8)
    way = -1 if canvas.mirrored else 1
    if sign == "accepted":
        canvas.polyline(((x - 1.6 * way, y), (x - 0.4 * way, y + 1.3), (x + 1.7 * way, y - 1.4)), INK, 0.9)
    elif sign == "partially_accepted":
        canvas.line((x - 1.6, y), (x + 1.6, y), INK, 0.9)
    else:
        canvas.line((x - 1.3, y - 1.3), (x + 1.3, y + 1.3), INK, 0.9)
        canvas.line((x - 1.3, y + 1.3), (x + 1.3, y - 1.3), INK, 0.9)


def _break(canvas: Canvas, layout: _Layout, b: TrailBreak) -> None:
    """A dashed box that says what is missing, and a line that stops at a bar on either side of a gap."""
    k, box = layout.place[_box(b)], _box(b)
    x, y = layout.left(k), layout.y(box)
    said = wrapped(b.said, layout.column - 10, _TEXT, most=3, bold=not b.due)
    high = 7 + len(said) * _TEXT * 1.2
    top = y - min(6.0, high / 2)
    canvas.dashed_box(x, top, layout.column, high, None if b.due else ALARM_WASH, EDGE if b.due else ALARM)
    canvas.text(x + 5, top + _TEXT + 2.6, said, _TEXT, fill=INK_2 if b.due else ALARM, bold=not b.due, leading=1.2)
    own = layout.place[b.node]
    before = k < own
    start = (x + layout.column, y) if before else (layout.left(own) + layout.column, layout.y(b.node))
    end = (layout.left(own), layout.y(b.node)) if before else (x, y)
    if b.due:
        canvas.line(start, end, EDGE, 1.0, dash="3.2 2.4")
        return
    _broken(canvas, start, end)


def _broken(canvas: Canvas, a: tuple[float, float], b: tuple[float, float]) -> None:
    """A red line with a gap between two bars, in the middle of its way."""

    def at(share: float) -> tuple[float, float]:
        return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share

    # The gap keeps its width in a long line.
    half = min(0.2, 3.0 / max(1.0, abs(b[0] - a[0])))
    left, right = at(0.5 - half), at(0.5 + half)
    canvas.line(a, left, ALARM, _LINE)
    canvas.line(right, b, ALARM, _LINE)
    for x, y in (left, right):
        canvas.line((x, y - 4), (x, y + 4), ALARM, _LINE)


def _legend(canvas: Canvas, t: Trail, y: float, look: Look) -> float:
    shown = [("stated_line", any(not x.proposed for x in t.lines)), ("proposed_line", any(x.proposed for x in t.lines))]
    shown += [("broken_line", any(not b.due for b in t.breaks)), ("due_line", any(b.due for b in t.breaks))]
    x, base = 0.0, y + 8
    for key, there in shown:
        if not there:
            continue
        text = look.word(key)
        if x and x + 27 + width(text, _SIZE) > canvas.width:
            x, base = 0.0, base + 13
        line = base - 2.8
        if key == "broken_line":
            _broken(canvas, (x, line), (x + 22, line))
        else:
            dash = {"proposed_line": _DOTS, "due_line": "3.2 2.4"}.get(key)
            canvas.line((x, line), (x + 22, line), EDGE, _LINE, dash=dash)
        canvas.text(x + 26, base, shortened(text, canvas.width - x - 26, _SIZE), _SIZE, fill=INK_2)
        x += 26 + width(text, _SIZE) + 14
    return base + 5 if x or base > y + 8 else y


def _said(t: Trail, look: Look) -> str:
    if not t.nodes:
        return look.word("nothing")
    counts = [(look.word(c), sum(n.column == c for n in t.nodes)) for c in COLUMNS]
    columns = ", ".join(f"{name} {look.number(many)}" for name, many in counts if many)
    proposed = sum(x.proposed for x in t.lines)
    broken = [b for b in t.breaks if not b.due]
    labels = _names(t)
    breaks = look.number(len(broken))
    if broken:
        breaks += " (" + "; ".join(f"{labels[b.node]}: {b.said}" for b in broken[:12]) + ("; …" if len(broken) > 12 else "") + ")"
    return look.word(
        "trail_said", columns=columns, stated=look.number(len(t.lines) - proposed), proposed=look.number(proposed), breaks=breaks
    )


def _names(t: Trail) -> dict[str, str]:
    """How statements are referred to: by their label, else by their first words."""
    return {n.id: n.label or (n.text if len(n.text) <= _FIRST else n.text[:_FIRST].rpartition(" ")[0] + "…") for n in t.nodes}


def _data(t: Trail, look: Look) -> Table:
    names = _names(t)
    heads = [look.word(k) for k in ("kind", "number", "text", "leads_to", "missing")]
    body = []
    for column in COLUMNS:
        for n in (n for n in t.nodes if n.column == column):
            ends: Sequence[str] = [
                f"{names[x.end]} ({look.word('proposed')})" if x.proposed else names[x.end] for x in t.lines if x.start == n.id
            ]
            missing = [b.said for b in t.breaks if b.node == n.id]
            label = f"{n.label}, {n.note}" if n.note and n.label else n.label or n.note
            body.append([look.word(column), label, n.text, "; ".join(ends), "; ".join(missing)])
    return table(heads, body)
