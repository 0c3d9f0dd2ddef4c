"""The process that does jobs: lease, work, tell, end."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sysconfig
import threading
import time
import traceback
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import Error, connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from evaltrail_office.jobs.handlers import Called, Refused, handlers
from evaltrail_office.jobs.models import Job, State, Worker
from evaltrail_office.jobs.presence import present
from evaltrail_office.jobs.waking import Bed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LEASE = timedelta(seconds=60)
"""How long a job that says nothing is taken to be under way."""
BEAT = 10.0
"""Seconds between two signs of life; each renews the lease of the job under way."""
LOST = 3
"""How many times as often as its own faults allow a job may be begun whose workers died: mostly it is not the job that killed them."""
PAUSE = 1.0
"""Seconds at most between two looks into the table; whoever asks for work wakes a worker before."""
PATIENCE = 15.0
"""Seconds at most between two attempts to reach a database that is away."""
KEPT = timedelta(days=90)
"""How long a job that was done stays in the table."""
FORGOTTEN = timedelta(days=7)
"""After so long a worker that was killed is no longer listed."""
log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Work:
    job: Job
    worker: str
    closing: threading.Event
    args: Mapping[str, Any] = field(default_factory=dict)
    asked_by: str = ""
    number: int = 0

    def step(self, done: int, total: int = 0, doing: str = "") -> None:
        if self.closing.is_set():
            raise Called(f"worker {self.worker} closes")
        now = timezone.now()
        kept = Job.objects.filter(pk=self.job.pk, worker=self.worker, state=State.RUNNING).update(
            done=done, total=total or F("total"), doing=doing[:200], leased_until=now + LEASE
        )
        if not kept:
            raise Called(f"job {self.job.pk} was taken away")


def lease(worker: str, number: int | None = None) -> Job | None:
    """Take the next job that waits, or whose lease has run out, or one by its number; None where there is none."""
    while True:
        now = timezone.now()
        free = Q(state=State.WAITING, due__lte=now) | Q(state=State.RUNNING, leased_until__lt=now)
        if number is not None:
            # Another queue brings it when it holds it to be due.
            free = Q(pk=number) & (Q(state=State.WAITING) | Q(state=State.RUNNING, leased_until__lt=now))
        waiting = Job.objects.filter(free).order_by("-priority", "id")
        # Asked outside of a transaction, which on SQLite would keep others from writing.
        if not waiting.exists():
            return None
        with transaction.atomic():
            if connection.features.has_select_for_update_skip_locked:
                waiting = waiting.select_for_update(skip_locked=True)
            job = waiting.first()
            if job is None:
                return None
            if job.attempts < LOST * job.most_attempts:
                job.state, job.worker, job.leased_until = State.RUNNING, worker, now + LEASE
                job.attempts += 1
                job.started = job.started or now
                job.save(update_fields=["state", "worker", "leased_until", "attempts", "started"])
                return job
            words = f"given up after {job.attempts} attempts that were broken off"
            Job.objects.filter(pk=job.pk).update(state=State.DEAD, ended=now, worker="", leased_until=None, fault=words)
        log.error("job %s %s was %s", job.pk, job.kind, words)


def do(job: Job, worker: str, closing: threading.Event | None = None) -> None:
    """Do a leased job and write down how it ended."""
    ended: dict[str, Any]
    closing = closing or threading.Event()
    mine = Job.objects.filter(pk=job.pk, worker=worker, state=State.RUNNING)
    began = time.monotonic()
    try:
        function = handlers().get(job.kind)
        if function is None:
            raise Refused(f"nothing here does {job.kind}")  # noqa: TRY301 - told like a handler's own refusal
        ended = {"state": State.DONE, "result": function(_Work(job, worker, closing, job.args, job.asked_by, job.pk)), "fault": ""}
    except Refused as fault:
        ended = {"state": State.FAILED, "fault": str(fault)}
    except Called:
        # Whoever called it off has written so; a worker that closes leaves the job to the next, and the attempt does not count.
        mine.update(state=State.WAITING, worker="", leased_until=None, attempts=F("attempts") - 1)
        _tell(job, "left", began)
        return
    except Exception as fault:  # noqa: BLE001 - whatever it is, it is written down and the next job is done
        # Where it broke and not its words: those may be of a paper that is nobody else's to read.
        log.error("job %s %s broke off: %s at %s", job.pk, job.kind, type(fault).__name__, where(fault))  # noqa: TRY400
        words = f"{type(fault).__name__}: {fault}"[:500]
        if job.attempts < job.most_attempts:
            due = timezone.now() + timedelta(seconds=2**job.attempts)
            mine.update(state=State.WAITING, worker="", leased_until=None, due=due, fault=words)
            _tell(job, "broken", began)
            return
        ended = {"state": State.DEAD, "fault": words}
    mine.update(**ended, ended=timezone.now(), leased_until=None)
    _tell(job, ended["state"], began)


def _tell(job: Job, state: str, began: float) -> None:
    told = {"job": job.pk, "kind": job.kind, "state": str(state), "attempt": job.attempts, "person": job.asked_by}
    log.info("job", extra={"event": told | {"ms": round(1000 * (time.monotonic() - began))}})


def where(fault: BaseException) -> str:
    """The innermost place of the office or its library at which something broke, as file, line and function."""
    frames = traceback.extract_tb(fault.__traceback__)
    foreign = ("site-packages", sysconfig.get_path("stdlib"))
    own = [f for f in frames if "evaltrail" in f.filename or not any(part in f.filename for part in foreign)] or list(frames)
    return (
        f"{Path(own[-1].filename).parent.name}/{Path(own[-1].filename).name}:{own[-1].lineno} {own[-1].name}" if own else "an unknown place"
    )


def release(worker: str) -> int:
    """Let others take what a worker held that has ended; returns how many jobs that are.

    The first time in a second, later after more: what kills its workers should not keep them from everything else.
    """
    count = 0
    for job in Job.objects.filter(worker=worker, state=State.RUNNING):
        due = timezone.now() + timedelta(seconds=min(60, 2**job.attempts - 1))
        held = Job.objects.filter(pk=job.pk, worker=worker, state=State.RUNNING)
        count += held.update(state=State.WAITING, worker="", leased_until=None, due=due)
    return count


def forget_old() -> int:
    """Remove jobs that were done or called off long ago; those that failed stay until somebody has looked. Returns how many."""
    old = Job.objects.filter(state__in=(State.DONE, State.STOPPED), ended__lt=timezone.now() - KEPT)
    return old.delete()[0]


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

    A database that is away is waited for; the job under way is tried again as soon as it is back.

    Raises:
        InUse: a backup is being put in place.
    """
    with present(settings.DATA):
        _run(parent)


def _run(parent: int | None) -> None:
    closing, worker, bed = threading.Event(), name(), Bed()

    def close(*_signal: object) -> None:
        closing.set()
        bed.rouse()

    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, close)
    # What a process of this name held before, and what is long over.
    pause, away = PAUSE, True
    with beating(worker) as alive:
        while not closing.is_set() and (parent is None or os.getppid() == parent):
            try:
                if away:
                    release(worker)
                    forget_old()
                    away = False
                job = lease(worker)
                if job is None:
                    bed.sleep(PAUSE)
                    continue
                with alive.at(job):
                    do(job, worker, closing)
                pause = PAUSE
            except Error as fault:
                log.warning("the database cannot be used (%s); trying again in %.0f seconds", type(fault).__name__, pause)
                away = True
                with suppress(Error):
                    connection.close()
                closing.wait(pause)
                pause = min(PATIENCE, pause * 2)


class Alive:
    """Signs of life of a worker, from a thread of its own: a long page says nothing for minutes, and a killed process says nothing."""

    def __init__(self, worker: str) -> None:
        self.worker = worker
        self._job: Job | None = None
        self._ended = threading.Event()

    @contextmanager
    def at(self, job: Job) -> Iterator[None]:
        """Renew the lease of a job meanwhile."""
        self._job = job
        try:
            yield
        finally:
            self._job = None

    def beat(self) -> None:
        """Give one sign."""
        now = timezone.now()
        Worker.objects.update_or_create(name=self.worker, defaults={"seen": now})
        if (job := self._job) is not None:
            Job.objects.filter(pk=job.pk, worker=self.worker, state=State.RUNNING).update(leased_until=now + LEASE)

    def keep_beating(self) -> None:
        """Give signs until the end."""
        first = True
        while first or not self._ended.wait(min(BEAT, LEASE.total_seconds() / 3)):
            first = False
            try:
                self.beat()
            except Error:
                # The loop of the worker says it.
                log.debug("no sign of life could be written")
            finally:
                with suppress(Error):
                    connection.close()

    def end(self) -> None:
        """Give no more signs."""
        self._ended.set()


@contextmanager
def beating(worker: str) -> Iterator[Alive]:
    """Give signs of life as long as the block lasts, and be listed no longer at its end."""
    alive = Alive(worker)
    thread = threading.Thread(target=alive.keep_beating, daemon=True)
    thread.start()
    try:
        yield alive
    finally:
        alive.end()
        thread.join(2)
        with suppress(Error):
            Worker.objects.filter(Q(name=worker) | Q(seen__lt=timezone.now() - FORGOTTEN)).delete()


def name(process: int | None = None) -> str:
    """Of this process, or of another on this machine."""
    return f"{socket.gethostname()[:60]}:{process or os.getpid()}"
