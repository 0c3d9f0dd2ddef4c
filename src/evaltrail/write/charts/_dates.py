"""Dates as papers state them: a day, a month or a year, and words that are none."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evaltrail.write.charts._chart import Look

Stated = dt.date | str | None
"""A day; '2025', '2025-06' or '2025-06-30'; words as printed; None: not stated."""

_ISO = re.compile(r"\s*(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?\s*")


def day_of(stated: Stated, *, last: bool = True) -> dt.date | None:
    """The day, of a month or year its last (or first) one; None for words that are no date."""
    if isinstance(stated, dt.datetime):
        return stated.date()
    if stated is None or isinstance(stated, dt.date):
        return stated
    found = _ISO.fullmatch(stated)
    if not found:
        return None
    year, month, day = (int(g) if g else 0 for g in found.groups())
    try:
        month = month or (12 if last else 1)
        return dt.date(year, month, day or (calendar.monthrange(year, month)[1] if last else 1))
    except ValueError:
        return None


def said(stated: Stated, look: Look) -> str:
    """The date as precise as it is stated; words that are none as they are."""
    day = day_of(stated)
    if stated is None or day is None:
        return " ".join(stated.split()) if isinstance(stated, str) and stated.strip() else look.word("no_date")
    found = _ISO.fullmatch(stated) if isinstance(stated, str) else None
    if found and not found[2]:
        return str(day.year)
    if found and not found[3]:
        return f"{look.month(day)} {day.year}"
    return look.day(day)


def ticks(first: dt.date, last: dt.date, most: int) -> list[tuple[dt.date, bool]]:
    """First days of months, quarters or years between two days, at most ``most``, each with whether it begins a year."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next((s for s in (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000) if months / s <= most), 12000)
    out = []
    for m in range(-(-(first.year * 12 + first.month - 1) // step) * step, last.year * 12 + last.month, step):
        if 12 <= m < 120000:
            day = dt.date(m // 12, m % 12 + 1, 1)
            if first <= day <= last:
                out.append((day, m % 12 == 0))
    return out
