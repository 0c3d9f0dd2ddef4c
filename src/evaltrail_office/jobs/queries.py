"""Reading the job table: one's own jobs, and all of them for whoever runs the system."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from django.db.models import Count
from django.utils import timezone

from evaltrail_office.jobs.models import Job, State, Worker

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

QUIET = timedelta(seconds=45)
"""After so long without a sign a worker is taken to be gone."""


class Asker(Protocol):
    """Whoever looks at jobs."""

    @property
    def key(self) -> str: ...  # noqa: D102 - its name says it

    @property
    def is_administrator(self) -> bool: ...  # noqa: D102 - its name says it


@dataclass(frozen=True, slots=True)
class Work:
    """What there is to do, and who does it."""

    workers: int
    """That gave a sign lately."""
    last_sign: datetime | None
    """Of any worker; None: there never was one, or the last was closed in order."""
    waiting: int
    running: int
    dead: int


def visible_jobs(user: Asker) -> QuerySet[Job]:
    """Jobs that a person may see: their own, and all for an administrator."""
    return Job.objects.all() if user.is_administrator else Job.objects.filter(asked_by=user.key)


def workers() -> QuerySet[Worker]:
    """Workers that gave a sign lately."""
    return Worker.objects.filter(seen__gte=timezone.now() - QUIET)


def work() -> Work:
    """How the work of the office stands; three queries."""
    counts = dict(Job.objects.filter(state__in=(State.WAITING, State.RUNNING, State.DEAD)).values_list("state").annotate(Count("pk")))
    last = Worker.objects.order_by("-seen").values_list("seen", flat=True).first()
    return Work(workers().count(), last, counts.get(State.WAITING, 0), counts.get(State.RUNNING, 0), counts.get(State.DEAD, 0))
