"""Asking for work, calling it off, trying it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaltrail_office.jobs.models import Job, State
from evaltrail_office.jobs.tasks import hand_over
from evaltrail_office.journal.actions import note

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from evaltrail_office.jobs.queries import Asker


def enqueue(
    kind: str,
    args: Mapping[str, Any],
    *,
    asked_by: str,
    key: str = "",
    priority: int = 0,
    due: datetime | None = None,
    most_attempts: int = 3,
) -> Job:
    """Ask for a piece of work; a worker sees it when the transaction around it is committed.

    ``asked_by`` is a person's key or ``system:…``. With a ``key``, a job under way with the same key is returned instead of a second one.
    ``due`` is when it may be begun; at once where it is not given. ``most_attempts`` is how often it is tried where it breaks off, each
    time after twice as long: what waits for another machine is tried more often than what breaks by itself.
    """
    if not asked_by:
        raise ValueError(f"nobody asks for {kind}")
    try:
        with transaction.atomic():
            job = Job.objects.create(
                kind=kind,
                args=dict(args),
                key=key,
                asked_by=asked_by,
                priority=priority,
                due=due or timezone.now(),
                most_attempts=most_attempts,
            )
    except IntegrityError:
        under_way = Job.objects.filter(key=key, state__in=(State.WAITING, State.RUNNING)).first()
        # It may have ended since.
        return under_way or enqueue(kind, args, asked_by=asked_by, key=key, priority=priority, due=due, most_attempts=most_attempts)
    hand_over(job)
    return job


def call_off(job: Job) -> None:
    """End a job that waits, and have one that runs end at its next step."""
    Job.objects.filter(pk=job.pk, state__in=(State.WAITING, State.RUNNING)).update(state=State.STOPPED, ended=timezone.now())


def call_off_by(user: Asker, job: Job) -> bool:
    """Call a job off as a person: their own, or any as an administrator. Returns whether there was still something to call off."""
    _require(user, job)
    with transaction.atomic():
        called_off = Job.objects.filter(pk=job.pk, state__in=(State.WAITING, State.RUNNING)).update(
            state=State.STOPPED, ended=timezone.now()
        )
        if called_off:
            note(user, "called off", f"job:{job.pk}", old={"state": job.state}, new={"kind": job.kind})
    return bool(called_off)


def retry(user: Asker, job: Job) -> bool:
    """Try a job again that was given up, refused or called off. Returns whether it waits now.

    What must not be under way twice is not tried again while another such job is under way.
    """
    _require(user, job)
    try:
        with transaction.atomic():
            again = Job.objects.filter(pk=job.pk, state__in=(State.DEAD, State.FAILED, State.STOPPED)).update(
                state=State.WAITING, attempts=0, due=timezone.now(), worker="", leased_until=None, ended=None, fault="", done=0, doing=""
            )
            if again:
                note(user, "retried", f"job:{job.pk}", old={"state": job.state}, new={"kind": job.kind})
                hand_over(job)
    except IntegrityError:
        return False
    return bool(again)


def _require(user: Asker, job: Job) -> None:
    if not (user.is_administrator or job.asked_by == user.key):
        raise PermissionDenied(_("this was asked for by somebody else; an administrator can deal with it"))
