"""Waking a worker as soon as there is work, so that nobody waits for its next look into the table.

On SQLite all processes are on one machine, and a named pipe in the data folder does it; on PostgreSQL they may be anywhere, and the
database itself calls them. A call that is lost costs nothing but the time until the next look.
"""

from __future__ import annotations

import contextlib
import os
import select
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

CHANNEL = "evaltrail_jobs"


def wake_on_commit() -> None:
    """Wake a worker that waits, if there is one, when the transaction is committed: before that it would see no job."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # The server keeps the call until then itself.
            cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
        return
    transaction.on_commit(_wake)


def _wake() -> None:
    # Without a reader there is nobody to be woken; a full pipe wakes them anyway.
    with contextlib.suppress(OSError):
        pipe = os.open(_pipe(), os.O_WRONLY | os.O_NONBLOCK)
        try:
            os.write(pipe, b".")
        finally:
            os.close(pipe)


class Bed:
    """Where a worker waits between two looks."""

    def __init__(self) -> None:
        self._reader = -1
        if connection.vendor != "postgresql":
            path = _pipe()
            with contextlib.suppress(FileExistsError):
                os.mkfifo(path, 0o600)
            # For writing too: a pipe whose last writer has gone would otherwise be readable for ever.
            self._reader = os.open(path, os.O_RDWR | os.O_NONBLOCK)

    def sleep(self, seconds: float) -> None:
        """Wait until there may be work, at most so long. Raises ``DatabaseError`` where the database that would call is away."""
        if self._reader < 0:
            _called(seconds)
        elif select.select([self._reader], [], [], seconds)[0]:
            with contextlib.suppress(BlockingIOError):
                # One call is one job: the others are for other workers.
                os.read(self._reader, 1)

    def rouse(self) -> None:
        """End the sleep at once; may be called while a signal is handled."""
        if self._reader >= 0:
            with contextlib.suppress(OSError):
                os.write(self._reader, b".")


def _called(seconds: float) -> None:
    """Wait for a call of the database."""
    with connection.cursor() as cursor:
        # Said again each time: a new connection knows nothing of it, and an old one takes it as said.
        cursor.execute(f"LISTEN {CHANNEL}")
    raw: Any = connection.connection
    with connection.wrap_database_errors:
        for _call in raw.notifies(timeout=seconds, stop_after=1):
            return


def _pipe() -> Path:
    return Path(settings.DATA) / "wake"
