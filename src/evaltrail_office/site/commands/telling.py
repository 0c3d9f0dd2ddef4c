"""The progress bar of a backup."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from evaltrail.cli.progress import Bar
from evaltrail.read.batch import Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def telling(*, quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Gives what is to be called with what is being done, how many are done, of how many; the bar is gone at the end."""
    bar, began = Bar(quiet=quiet), time.monotonic()
    try:
        yield lambda doing, done, total: bar.show(Progress(done, total, 0, 0, (doing,), time.monotonic() - began))
    finally:
        bar.clear()
