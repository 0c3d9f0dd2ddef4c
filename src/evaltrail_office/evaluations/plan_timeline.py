"""Where days stand on the plan's line of time, in per cent of its width."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.dates import MONTHS_3

from evaltrail_office.evaluations.queries_plan import days_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail_office.evaluations.models import Evaluation

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """A row: from when to when, when it is issued, when it was to be; per cent, None where it is not planned."""

    start: str | None
    end: str | None
    issues: str | None
    was: str | None
    """Of the approved day of issue, where it is another one."""
    over: str | None
    """From the approved day to the present one, or to today where both are past and it is not issued."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The stretch of time that is drawn: whole months."""

    first: date
    last: date
    today: date

    @classmethod
    def of(cls, rows: Sequence[Evaluation], today: date) -> Axis:
        """One on which all days of the rows have room, and today."""
        days = [day for e in rows for day in days_of(e)] + [today]
        days += [day for e in rows if (day := getattr(e, "was_issues", None))]
        first, last = min(days).replace(day=1), max(days)
        return cls(first, _next_month(last), today)

    def at(self, day: date) -> str:
        """Where a day stands."""
        return f"{100 * (day - self.first).days / max(1, (self.last - self.first).days):.2f}%"

    @property
    def now(self) -> str:
        """Where today stands."""
        return self.at(self.today)

    @property
    def ticks(self) -> list[tuple[str, str]]:
        """Where a stretch of time begins, and its name: years, quarters or months, so that at most a dozen stand there."""
        count = (self.last.year - self.first.year) * _MONTHS + self.last.month - self.first.month
        step = next((s for s in (1, 3, 6, 12, 24, 60, 120) if count / s <= _MONTHS), 240)
        out, day = [], self.first
        while day < self.last:
            if (day.year * _MONTHS + day.month - 1) % step == 0:
                name = str(day.year) if step >= _MONTHS or day.month == 1 else str(MONTHS_3[day.month]).capitalize()
                out.append((self.at(day), name))
            day = _next_month(day)
        return out

    def bar(self, evaluation: Any) -> Bar:
        """A row of the picture."""
        plan, was = evaluation.plan, getattr(evaluation, "was_issues", None)
        moved = was if was and plan.issues and was != plan.issues else None
        end = plan.ends or plan.issues
        return Bar(
            start=self.at(plan.starts) if plan.starts else None,
            end=self.at(end) if end else None,
            issues=self.at(plan.issues) if plan.issues else None,
            was=self.at(moved) if moved else None,
            over=self.at(moved) if moved and plan.issues > moved else None,
        )


def _next_month(day: date) -> date:
    return date(day.year + day.month // _MONTHS, day.month % _MONTHS + 1, 1)
