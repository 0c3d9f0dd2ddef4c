"""When the day's work of follow-up is done: each morning, asked for by whatever begins a follow-up and by the work itself.

It reminds people (``reminders``), retires what was followed long enough (``actions.ending``), and removes files that no row names
(``sweep``).
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

from evaltrail_office.follow_up.machine import SYSTEM
from evaltrail_office.jobs.actions import enqueue

KIND = "follow_up.daily"
HOUR = 6
"""In the office's time zone, so that mail is there when people begin."""


def tomorrow() -> None:
    """Have the day's work done next morning; asked for as often as one likes, it is done once."""
    now = timezone.localtime()
    due = datetime.combine(now.date(), time(HOUR), tzinfo=now.tzinfo)
    if due <= now:
        due += timedelta(days=1)
    enqueue(KIND, {}, asked_by=SYSTEM, key=f"{KIND}:{due:%Y-%m-%d}", priority=-10, due=due)
