"""When figures are worked out anew: soon after changes, many of them at once, and every night."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import transaction
from django.utils import timezone

from evaltrail_office.follow_up.machine import SYSTEM
from evaltrail_office.jobs.actions import enqueue
from evaltrail_office.jobs.models import Job, State

KIND = "follow_up.figures"
PAUSE = 60
"""Seconds in which changes are gathered."""
REST = 20
"""How many times as long as it takes, figures stay as they are: whatever its size, an office spends a twentieth of a core on them."""
_asked: dict[str, int] = {}


def soon() -> None:
    """Have figures worked out anew some time after the transaction around this is committed."""
    transaction.on_commit(_ask, robust=True)


def _ask() -> None:
    now = timezone.now().timestamp()
    if _asked.get("until", 0) > now:
        # This process has asked for it already, and the job has not begun.
        return
    length = max(PAUSE, REST * _last())
    slot = int(now // length) + 1
    due = slot * length
    enqueue(KIND, {}, asked_by=SYSTEM, key=f"{KIND}:{int(due)}", priority=-10, due=datetime.fromtimestamp(due, UTC))
    _asked["until"] = int(due)


def _last() -> int:
    """Seconds that it took the last time."""
    last = Job.objects.filter(kind=KIND, state=State.DONE).order_by("-pk").values_list("result", flat=True).first()
    return int(last.get("seconds", 0)) if isinstance(last, dict) else 0


def tonight(due: datetime) -> None:
    """Have them worked out in the night too, for what changes by itself: days pass."""
    enqueue(KIND, {"nightly": True}, asked_by=SYSTEM, key=f"{KIND}:{due:%Y-%m-%d}", priority=-10, due=due)


def forget() -> None:
    """Ask anew, whatever this process asked for before; for tests."""
    _asked.clear()


__all__ = ["KIND", "forget", "soon", "tonight"]
