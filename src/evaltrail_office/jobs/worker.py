"""The process that does jobs: lease, work, tell, end."""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from evaltrail_office.jobs.handlers import Called, Refused, handlers
from evaltrail_office.jobs.models import Job, State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LEASE = timedelta(seconds=60)
"""How long a job that says nothing is taken to be under way."""
PAUSE = 0.5
"""Seconds between two looks into the table."""
PATIENCE = 30.0
"""Seconds at most between two attempts to reach a database that is away."""
log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Work:
    job: Job
    worker: str
    closing: threading.Event
    args: Mapping[str, Any] = field(default_factory=dict)
    asked_by: str = ""

    def step(self, done: int, total: int = 0, doing: str = "") -> None:
        if self.closing.is_set():
            raise Called(f"worker {self.worker} closes")
        now = timezone.now()
        kept = Job.objects.filter(pk=self.job.pk, worker=self.worker, state=State.RUNNING).update(
            done=done, total=total or F("total"), doing=doing[:200], leased_until=now + LEASE
        )
        if not kept:
            raise Called(f"job {self.job.pk} was taken away")


def lease(worker: str) -> Job | None:
    """Take the next job that waits, or whose lease has run out; None where there is none."""
    now = timezone.now()
    free = Q(state=State.WAITING, due__lte=now) | Q(state=State.RUNNING, leased_until__lt=now)
    with transaction.atomic():
        waiting = Job.objects.filter(free).order_by("-priority", "id")
        if connection.features.has_select_for_update_skip_locked:
            waiting = waiting.select_for_update(skip_locked=True)
        job = waiting.first()
        if job is None:
            return None
        if job.attempts >= job.most_attempts:
            Job.objects.filter(pk=job.pk).update(
                state=State.DEAD,
                ended=now,
                worker="",
                leased_until=None,
                fault=f"given up after {job.attempts} attempts that were broken off",
            )
            return lease(worker)
        job.state, job.worker, job.leased_until = State.RUNNING, worker, now + LEASE
        job.attempts += 1
        job.started = job.started or now
        job.save(update_fields=["state", "worker", "leased_until", "attempts", "started"])
        return job


def do(job: Job, worker: str, closing: threading.Event | None = None) -> None:
    """Do a leased job and write down how it ended."""
    ended: dict[str, Any]
    closing = closing or threading.Event()
    mine = Job.objects.filter(pk=job.pk, worker=worker, state=State.RUNNING)
    try:
        function = handlers().get(job.kind)
        if function is None:
            raise Refused(f"nothing here does {job.kind}")  # noqa: TRY301 - told like a handler's own refusal
        ended = {"state": State.DONE, "result": function(_Work(job, worker, closing, job.args, job.asked_by)), "fault": ""}
    except Refused as fault:
        ended = {"state": State.FAILED, "fault": str(fault)}
    except Called:
        # Whoever called it off has written so; a worker that closes leaves the job to the next, and the attempt does not count.
        mine.update(state=State.WAITING, worker="", leased_until=None, attempts=F("attempts") - 1)
        return
    except Exception as fault:
        log.exception("job %s %s broke off", job.pk, job.kind)
        words = f"{type(fault).__name__}: {fault}"[:500]
        if job.attempts < job.most_attempts:
            due = timezone.now() + timedelta(seconds=2**job.attempts)
            mine.update(state=State.WAITING, worker="", leased_until=None, due=due, fault=words)
            return
        ended = {"state": State.DEAD, "fault": words}
    mine.update(**ended, ended=timezone.now(), leased_until=None)


def drain(limit: int = 10_000) -> int:
    """Do all jobs that wait, in this process; returns how many. For commands and tests."""
    worker = name()
    for count in range(limit):
        job = lease(worker)
        if job is None:
            return count
        do(job, worker)
    return limit


def run(parent: int | None = None) -> None:
    """Do jobs until the process gets SIGTERM or SIGINT, or its parent (process number) is gone.

    A database that is away is waited for; the job under way is tried again by whoever finds its lease run out.
    """
    closing = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: closing.set())
    worker, pause = name(), PAUSE
    while not closing.is_set() and (parent is None or os.getppid() == parent):
        try:
            job = lease(worker)
            if job is not None:
                with _renewed(job, worker, closing):
                    do(job, worker, closing)
            pause = PAUSE
        except DatabaseError:
            log.warning("the database does not answer; trying again in %.0f seconds", pause)
            connection.close()
            job, pause = None, min(PATIENCE, pause * 2)
        if job is None:
            closing.wait(pause)


@contextmanager
def _renewed(job: Job, worker: str, closing: threading.Event) -> Iterator[None]:
    """Renew the lease every third of it: a long page says nothing for minutes, and a killed process renews nothing."""
    ended = threading.Event()

    def renew() -> None:
        while not ended.wait(LEASE.total_seconds() / 3):
            try:
                Job.objects.filter(pk=job.pk, worker=worker, state=State.RUNNING).update(leased_until=timezone.now() + LEASE)
            except DatabaseError:
                log.warning("the lease of job %s could not be renewed", job.pk)
            finally:
                connection.close()

    thread = threading.Thread(target=renew, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(1 if closing.is_set() else 5)


def name() -> str:
    """Of this process."""
    return f"{socket.gethostname()}:{os.getpid()}"
