"""How a worker shares a machine with the pages of the office."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

STEPS = 5
"""By how many steps of priority work stands back: somebody waits for a page, nobody waits for each second of a reading.

Not by more: a worker that hardly gets a turn keeps the one lock that SQLite has for writing, and whoever saves something waits for it.
"""


def give_way() -> None:
    """Let others have the cores first, this process and those that it starts."""
    if not hasattr(os, "nice"):
        return
    os.nice(STEPS)
    if os.getsid(0) == os.getpid():
        # Where Linux weighs sessions against each other, priorities count only among the processes of one.
        with suppress(OSError):
            Path("/proc/self/autogroup").write_text(str(STEPS))
