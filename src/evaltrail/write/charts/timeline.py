"""Dates of evaluations, responses or actions: due, moved, done, and the time past the first date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaltrail.write.charts._canvas import Canvas
from evaltrail.write.charts._chart import Chart, Look, chart, empty, table, wide_enough
from evaltrail.write.charts._colour import ALARM, DONE, EDGE, INK, INK_2, PAPER, RULE
from evaltrail.write.charts._dates import Stated, day_of, said, ticks
from evaltrail.write.charts._face import shortened, width, wrapped

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from evaltrail.write.model import Table

_SIZE = 9.0
_SMALL = 8.0
_HIGH = 29.0


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """Something with dates. Each is a day, '2025', '2025-06' or '2025-06-30', words as printed, or None."""

    label: str
    due: Stated = None
    """When it is due now."""
    start: Stated = None
    """When it was asked for or begun."""
    earlier: tuple[Stated, ...] = ()
    """Dates at which it was due before, the first one first."""
    done: Stated = None
    """When it was done; None: it is not."""
    note: str = ""
    """A few words under the label: to what it belongs, why it is late."""


@dataclass(frozen=True, slots=True)
class _Days:
    """The days of a row that can be drawn."""

    row: TimelineRow
    start: dt.date | None
    due: dt.date | None
    earlier: tuple[dt.date, ...]
    done: dt.date | None
    today: dt.date

    @classmethod
    def of(cls, row: TimelineRow, today: dt.date) -> _Days:
        earlier = tuple(d for e in row.earlier if (d := day_of(e)) is not None)
        return cls(row, day_of(row.start, last=False), day_of(row.due), earlier, day_of(row.done), today)

    @property
    def first(self) -> dt.date | None:
        """The first date at which it was due."""
        return min(d for d in (*self.earlier, self.due) if d is not None) if self.earlier or self.due else None

    @property
    def late(self) -> int:
        """Days past the first date, until it was done or until today."""
        return max(0, ((self.done or self.today) - self.first).days) if self.first is not None else 0

    @property
    def all(self) -> list[dt.date]:
        return [d for d in (self.start, self.due, *self.earlier, self.done) if d is not None]


@dataclass(frozen=True, slots=True)
class _Axis:
    first: dt.date
    last: dt.date
    left: float
    right: float

    def at(self, day: dt.date) -> float:
        span = max(1, (self.last - self.first).days)
        return self.left + (self.right - self.left) * (day - self.first).days / span


def timeline(rows: Sequence[TimelineRow], today: dt.date, *, look: Look | None = None) -> Chart:
    """Dates, a row a thing.

    Args:
        rows: from top to bottom; a page of A4 holds about 22, more make a higher picture.
        today: the day of the line; red dashes end there.
        look: width, direction, words, numbers and how a day is written.

    Dates that are words, or none, are said and not drawn.  An earlier date whose words have no room keeps its mark.
    """
    look = look or Look()
    canvas = Canvas(wide_enough(look), look.direction)
    days = [_Days.of(r, today) for r in rows]
    height = _draw(canvas, days, today, look) if rows else empty(canvas, look)
    return chart(canvas, height, look, look.word("timeline"), _said(days, today, look), _data(days, look))


def _draw(canvas: Canvas, days: Sequence[_Days], today: dt.date, look: Look) -> float:
    whole = canvas.width
    names = min(0.34 * whole, max(max(width(d.row.label, _SIZE, bold=True), width(d.row.note, _SMALL)) for d in days) + 12)
    states = min(0.2 * whole, max(width(_state(d, look), _SMALL, bold=True) for d in days) + 18)
    drawn = [d for x in days for d in x.all] + [today]
    axis = _Axis(min(drawn), max(drawn), names + 12, whole - states - 24)
    y = _heads(canvas, axis, today, look)
    for d in days:
        y = _row(canvas, axis, d, y, states, look)
    canvas.line((0, y), (whole, y), RULE, 0.5)
    return _legend(canvas, days, y, look)


def _heads(canvas: Canvas, axis: _Axis, today: dt.date, look: Look) -> float:
    word = look.word("today")
    here, half = axis.at(today), width(word, _SMALL, bold=True) / 2
    canvas.text(here, 8, word, _SMALL, bold=True, anchor="middle")
    taken = [(here - half - 4, here + half + 4)]
    marks = ticks(axis.first, axis.last, max(2, int((axis.right - axis.left) / 44)))
    named = None
    for day, begins_year in marks:
        text = str(day.year) if begins_year else look.month(day) if day.year == named else f"{look.month(day)} {day.year}"
        x, half = axis.at(day), width(text, _SMALL) / 2
        if all(x + half < a or x - half > b for a, b in taken):
            canvas.text(x, 8, text, _SMALL, fill=INK_2, anchor="middle")
            taken.append((x - half - 4, x + half + 4))
            named = day.year
    return 14.0


def _row(canvas: Canvas, axis: _Axis, d: _Days, y: float, states: float, look: Look) -> float:
    room = axis.left - 24
    name = wrapped(d.row.label, room, _SIZE, most=2, bold=True)
    note = wrapped(d.row.note, room, _SMALL, most=2) if d.row.note else []
    high = max(_HIGH, 8 + 11.0 * len(name) + 9.8 * len(note))
    canvas.line((0, y), (canvas.width, y), RULE, 0.5)
    canvas.text(0, y + 12, name, _SIZE, bold=True)
    canvas.text(0, y + 12 + 11 * len(name) - 0.6, note, _SMALL, fill=INK_2)
    line = y + 9.5
    canvas.line((axis.at(d.today), y - 3), (axis.at(d.today), y + high), INK, 0.9)
    if d.all:
        _marks(canvas, axis, d, line)
        _words(canvas, axis, d, line + 13.5, look)
    else:
        canvas.text(axis.left, line + 3, shortened(said(d.row.due, look), axis.right - axis.left, _SMALL), _SMALL, fill=INK_2)
    state = _state(d, look)
    if state:
        late = d.late and d.done is None
        x = canvas.width - states + 4
        if late:
            canvas.polygon(((x, line + 3.2), (x + 7, line + 3.2), (x + 3.5, line - 3.4)), ALARM)
        elif d.done is not None:
            _ticked(canvas, x + 3.5, line)
        lines = wrapped(state, states - 14, _SMALL, most=2, bold=bool(late))
        canvas.text(x + 10, line + 2.8, lines, _SMALL, fill=ALARM if late else INK_2, bold=bool(late))
    return y + high


def _marks(canvas: Canvas, axis: _Axis, d: _Days, y: float) -> None:
    canvas.line((axis.at(min(d.all)), y), (axis.at(max(d.all)), y), EDGE, 1.4)
    if d.late and d.first is not None:
        a, b = axis.at(d.first), axis.at(d.done or d.today)
        canvas.line((a, y), (b, y), PAPER, 3.0)
        canvas.line((a, y), (b, y), ALARM, 2.6, dash="3.4 1.5")
    for e in d.earlier:
        _diamond(canvas, axis.at(e), y, PAPER)
    if d.due is not None:
        _diamond(canvas, axis.at(d.due), y, INK)
    if d.done is not None:
        _ticked(canvas, axis.at(d.done), y)


def _diamond(canvas: Canvas, x: float, y: float, fill: str) -> None:
    canvas.polygon(((x - 4, y), (x, y - 4), (x + 4, y), (x, y + 4)), fill, stroke=INK, line=0.8)


def _ticked(canvas: Canvas, x: float, y: float) -> None:
    """A ticked square: done. A tick is the same in both directions of reading, so that it is not mirrored."""
    canvas.rect(x - 3.6, y - 3.6, 7.2, 7.2, DONE, stroke=PAPER, line=0.5)
    way = -1 if canvas.mirrored else 1
    canvas.polyline(((x - 1.9 * way, y + 0.1), (x - 0.5 * way, y + 1.6), (x + 2.0 * way, y - 1.6)), PAPER, 1.1)


def _words(canvas: Canvas, axis: _Axis, d: _Days, base: float, look: Look) -> None:
    """Dates under their marks: the one that counts first, earlier ones struck through where there is room."""
    shown = [(day, said(s, look), True) for s in d.row.earlier if (day := day_of(s)) is not None]
    wanted = [*reversed(shown)]
    if d.due is not None:
        wanted.insert(0, (d.due, said(d.row.due, look), False))
    if d.done is not None and d.due is None:
        wanted.insert(0, (d.done, said(d.row.done, look), False))
    here = axis.at(d.today)
    taken: list[tuple[float, float]] = []
    low, high = axis.left - 12, axis.right + 14
    for day, text, old in wanted:
        wide = width(text, _SMALL, bold=not old)
        x = min(max(axis.at(day), low + wide / 2), high - wide / 2)
        if abs(x - here) < wide / 2 + 3:  # beside the line of today, on the side of its mark
            x = here + wide / 2 + 3 if day > d.today else here - wide / 2 - 3
        clash = [t for t in taken if x - wide / 2 < t[1] + 4 and x + wide / 2 > t[0] - 4]
        if clash:
            x = min(t[0] for t in clash) - 4 - wide / 2
            if x - wide / 2 < low or any(x - wide / 2 < t[1] + 4 and x + wide / 2 > t[0] - 4 for t in taken):
                continue
        taken.append((x - wide / 2, x + wide / 2))
        canvas.text(x, base, text, _SMALL, fill=INK_2 if old else INK, bold=not old, anchor="middle", struck=old)


def _legend(canvas: Canvas, days: Sequence[_Days], y: float, look: Look) -> float:
    shown = [("due_date", any(d.due for d in days)), ("earlier_due", any(d.earlier for d in days))]
    shown += [("past_due", any(d.late for d in days)), ("done", any(d.done for d in days))]
    x, base = 0.0, y + 13
    for key, there in shown:
        if not there:
            continue
        sign = 20.0 if key == "past_due" else 9.0
        text = look.word(key).lower()
        if x and x + sign + 3 + width(text, _SMALL) > canvas.width:
            x, base = 0.0, base + 13
        if key == "past_due":
            canvas.line((x, base - 3), (x + 18, base - 3), ALARM, 2.6, dash="3.4 1.5")
        elif key == "done":
            _ticked(canvas, x + 4, base - 3)
        else:
            _diamond(canvas, x + 4.4, base - 3, INK if key == "due_date" else PAPER)
        canvas.text(x + sign + 3, base, shortened(text, canvas.width - x - sign - 3, _SMALL), _SMALL, fill=INK_2)
        x += sign + 3 + width(text, _SMALL) + 14
    return base + 5 if x or base > y + 13 else y + 1


def _state(d: _Days, look: Look) -> str:
    if d.first is None:
        return look.word("done") if d.done else ""
    if d.done is not None:
        return look.word("done_days", days=look.number(d.late)) if d.late else look.word("done_in_time")
    if d.late:
        return look.word("late_days", days=look.number(d.late))
    return look.word("due_in", days=look.number((d.first - d.today).days))


def _said(days: Sequence[_Days], today: dt.date, look: Look) -> str:
    if not days:
        return look.word("nothing")
    late = [d for d in days if d.late and d.done is None]
    done = sum(d.done is not None for d in days)
    none = sum(d.first is None and d.done is None for d in days)
    out = look.word(
        "timeline_said",
        all=look.number(len(days)),
        today=look.day(today),
        late=look.number(len(late)),
        done=look.number(done),
        later=look.number(len(days) - len(late) - done - none),
        none=look.number(none),
    )
    if late:
        worst = max(late, key=lambda d: d.late)
        out += " " + look.word("latest", what=worst.row.label, days=look.number(worst.late))
    return out


def _data(days: Sequence[_Days], look: Look) -> Table:
    heads = [look.word(k) for k in ("item", "start", "earlier_dates", "due", "done", "state")]
    body = []
    for d in days:
        r = d.row
        label = f"{r.label}, {r.note}" if r.note else r.label
        earlier = "; ".join(said(e, look) for e in r.earlier)
        start, done = (said(s, look) if s is not None else "" for s in (r.start, r.done))
        body.append([label, start, earlier, said(r.due, look), done, _state(d, look)])
    return table(heads, body)
