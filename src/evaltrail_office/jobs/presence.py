"""Who uses a data folder: locks that the system lets go when their process ends, however it ends.

Whoever serves, works or commands holds a share of one lock; whoever puts a backup in place holds it alone.
"""

from __future__ import annotations

import fcntl
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "in-use"


class InUse(Exception):
    """Somebody else uses the folder. ``str()`` is one line with the remedy."""


@contextmanager
def present(folder: Path | str) -> Iterator[None]:
    """Use a data folder beside others. Raises ``InUse`` while a backup is being put in place there."""
    with _held(Path(folder), fcntl.LOCK_SH) as held:
        if not held:
            raise InUse(f"a backup is being put back into {folder}: wait until evaltrail restore has ended")
        yield


@contextmanager
def alone(folder: Path | str) -> Iterator[None]:
    """Use a data folder alone. Raises ``InUse`` while an office, a worker or a command uses it."""
    with _held(Path(folder), fcntl.LOCK_EX) as held:
        if not held:
            raise InUse(f"the office in {folder} is running: close it first (Ctrl-C where evaltrail serve runs), and its workers")
        yield


@contextmanager
def _held(folder: Path, kind: int) -> Iterator[bool]:
    with (folder / NAME).open("a") as file:
        try:
            fcntl.flock(file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
