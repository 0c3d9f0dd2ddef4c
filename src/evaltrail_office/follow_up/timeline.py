"""Dates of actions on one line of time: where each stands, in per cent of the width, and where its words go."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _

from evaltrail_office.follow_up.machine import RUNNING, ActionState, AskState
from evaltrail_office.follow_up.standing import long, short

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from evaltrail_office.follow_up.models import Action

_MONTHS = 12
_BACK, _AHEAD = timedelta(days=730), timedelta(days=550)
"""How far the line goes from today at most; what lies beyond stands at its end."""
_LABEL = 23.0
"""Per cent of the width that a date in words takes."""
_LINE = 15
_TOP = 21
"""Height of the line that dates stand on, and of one line of words, in pixels."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A date on the line."""

    at: str
    words: str
    kept: bool
    """Whether it is an earlier one, struck through."""
    anchor: str
    label_at: str
    y: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """An action on the line of time."""

    begin: str
    end: str
    """Of the grey line."""
    late_from: str = ""
    late_to: str = ""
    """Of the red dashes; empty: there are none."""
    marks: tuple[Mark, ...] = ()
    today: str = ""
    height: int = 48
    words: str = ""
    """All that is drawn, in a sentence."""


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of an action that are drawn."""

    begin: date
    earlier: tuple[date, ...]
    """Dates that do not hold any more, the first one among them."""
    due: date | None
    late_to: date | None
    """The day up to which it was, or is, late by its first date."""

    @property
    def first(self) -> date | None:
        """The date that was promised first."""
        return self.earlier[0] if self.earlier else self.due


def dates_of(action: Action, today: date) -> Dates:
    """What is drawn of an action; its extensions have been fetched."""
    moved = sorted((x for x in action.extensions.all() if x.state == AskState.GRANTED), key=lambda x: x.pk)
    earlier = [x.old for x in moved if x.old]
    if action.first_due and action.first_due != action.due and action.first_due not in earlier:
        earlier.insert(0, action.first_due)
    kept = tuple(dict.fromkeys(day for day in earlier if day != action.due))
    first = kept[0] if kept else action.due
    until = until_of(action, today)
    begin = (action.response.transmitted if action.response else None) or action.track.follow_up.started or action.made.date()
    if first and begin > first:
        begin = first
    return Dates(begin, kept, action.due, until if first and until and until > first else None)


def until_of(action: Action, today: date) -> date | None:
    """The day up to which lateness of an action is counted; None of one that nobody has promised yet."""
    state = ActionState(action.state)
    return today if state in RUNNING or state == ActionState.DROP_ASKED else action.claimed or action.closed


@dataclass(frozen=True, slots=True)
class Scale:
    """The stretch of time that a page draws: whole months."""

    first: date
    last: date
    today: date
    ticks: tuple[tuple[str, str], ...] = field(default=())

    @classmethod
    def of(cls, rows: Sequence[Dates], today: date) -> Scale:
        """One on which the dates of all rows have room, and today; at most three years either way."""
        # Where something began matters less than what was promised: it may lie before the line.
        marks = [day for row in rows for day in (*row.earlier, row.due, row.late_to) if day] + [today]
        begun = max(min([row.begin for row in rows] or [today]), min(marks) - timedelta(days=90))
        first = max(min(begun, today - timedelta(days=90)), today - _BACK).replace(day=1)
        last = _next_month(min(max(*marks, today + timedelta(days=45)), today + _AHEAD))
        while (last - first).days < 150:
            last = _next_month(last)
        made = cls(first, last, today)
        return cls(first, last, today, tuple(made._ticks()))

    def percent(self, day: date) -> float:
        """Where a day stands, from 0 to 100."""
        at = 100 * (day - self.first).days / max(1, (self.last - self.first).days)
        return min(100.0, max(0.0, at))

    def at(self, day: date) -> str:
        """The same for a drawing."""
        return f"{self.percent(day):.2f}%"

    @property
    def now(self) -> str:
        """Where today stands."""
        return self.at(self.today)

    def _ticks(self) -> Iterable[tuple[str, str]]:
        """Where some months begin, and their names, at most six and none beneath the word for today."""
        count = (self.last.year - self.first.year) * _MONTHS + self.last.month - self.first.month
        step = next((s for s in (1, 2, 3, 4, 6, 12, 24) if count / s <= 7), 36)
        now, day, said = self.percent(self.today), self.first, 0
        while day < self.last:
            at = self.percent(day)
            if (day.year * _MONTHS + day.month - 1) % step == 0 and abs(at - now) > 8 and 2 < at < 96:
                month = str(MONTHS_3[day.month]).capitalize()
                # The year stands where it is another than that of the name before.
                yield f"{at:.2f}%", month if day.year == said else f"{month} {day.year % 100:02}"
                said = day.year
            day = _next_month(day)

    def drawn(self, dates: Dates) -> Drawn:
        """A row of the page."""
        ends = [d for d in (dates.due, *dates.earlier, dates.late_to) if d] or [self.today]
        marks = tuple(self._marks(dates))
        first = dates.first
        late = bool(first and dates.late_to)
        return Drawn(
            begin=self.at(dates.begin),
            end=self.at(max(ends)),
            late_from=self.at(first) if first and late else "",
            late_to=self.at(dates.late_to) if dates.late_to and late else "",
            marks=marks,
            today=self.now,
            height=max((m.y for m in marks), default=_TOP + _LINE) + 12,
            words=_told(dates, self.today),
        )

    def _beside(self, at: float) -> tuple[float, str]:
        """Where the words of a date begin, and how they are anchored: inside the drawing, and not across the line for today."""
        now, left = self.percent(self.today), at - _LABEL / 2
        if left < 0:
            return max(0.0, at - 2), "start"
        if left + _LABEL > 100:
            return min(100.0, at + 2) - _LABEL, "end"
        if left < now < left + _LABEL:
            if at >= now and now + 1.5 + _LABEL <= 100:
                return now + 1.5, "start"
            if at < now and now - 1.5 - _LABEL >= 0:
                return now - 1.5 - _LABEL, "end"
        return left, "middle"

    def _marks(self, dates: Dates) -> Iterable[Mark]:
        """The date that holds first, then the earlier ones from the latest on; words that would meet go one line down."""
        taken: list[tuple[int, float, float]] = []
        every = [(dates.due, False)] if dates.due else []
        every += [(day, True) for day in reversed(dates.earlier)]
        for day, kept in every:
            at = self.percent(day)
            left, anchor = self._beside(at)
            level = 0
            while any(level == there and left < to and left + _LABEL > begins for there, begins, to in taken):
                level += 1
            taken.append((level, left, left + _LABEL))
            label = {"middle": at, "start": left, "end": left + _LABEL}[anchor]
            yield Mark(f"{at:.2f}%", short(day), kept, anchor, f"{label:.2f}%", _TOP + _LINE + level * _LINE)


def _told(dates: Dates, today: date) -> str:
    said = []
    if dates.due:
        said.append(_("Due %(day)s") % {"day": long(dates.due)})
    else:
        said.append(_("No date given"))
    said += [_("earlier date %(day)s, kept") % {"day": long(day)} for day in dates.earlier]
    if dates.late_to and dates.first:
        ends = _("today") if dates.late_to == today else long(dates.late_to)
        said.append(_("past the first date from %(day)s until %(end)s") % {"day": long(dates.first), "end": ends})
    return "; ".join(said)


def _next_month(day: date) -> date:
    return date(day.year + day.month // _MONTHS, day.month % _MONTHS + 1, 1)
