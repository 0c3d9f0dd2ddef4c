"""Asking for work and calling it off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from evaltrail_office.jobs.models import Job, State

if TYPE_CHECKING:
    from collections.abc import Mapping


def enqueue(kind: str, args: Mapping[str, Any], *, asked_by: str, key: str = "", priority: int = 0) -> Job:
    """Ask for a piece of work; a worker sees it when the transaction around it is committed.

    ``asked_by`` is a person's key or ``system:…``. With a ``key``, a job under way with the same key is returned instead of a second one.
    """
    if not asked_by:
        raise ValueError(f"nobody asks for {kind}")
    try:
        with transaction.atomic():
            return Job.objects.create(kind=kind, args=dict(args), key=key, asked_by=asked_by, priority=priority)
    except IntegrityError:
        return Job.objects.get(key=key, state__in=(State.WAITING, State.RUNNING))


def call_off(job: Job) -> None:
    """End a job that waits, and have one that runs end at its next step."""
    Job.objects.filter(pk=job.pk, state__in=(State.WAITING, State.RUNNING)).update(state=State.STOPPED, ended=timezone.now())
