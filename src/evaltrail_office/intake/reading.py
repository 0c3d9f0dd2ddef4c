"""Reading one kept file in the library's own child process, which knows nothing of the office and can be killed."""

from __future__ import annotations

import atexit
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from evaltrail.read.formats import Options
from evaltrail.read.limits import Limits, cores
from evaltrail.read.process import Reading, Seat, task_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TICK = 0.05
"""Seconds between two looks at what the process takes."""
_seat = Seat()
"""The process is kept for the next file: hundreds of them then wait for its start only once."""
_turn = threading.Lock()
atexit.register(_seat.kill)


def read(path: Path, name: str, told: Callable[[float], None], *, limits: Limits | None = None) -> Reading:
    """Read a file within limits of time and memory.

    Args:
        path: where the shelf keeps it.
        name: as people know it, for messages and for the ending.
        told: called every second with the seconds it has taken; what it raises ends the process and goes on to the caller.
        limits: of time and memory; the library's own, shared by the machine's cores, where not given.
    """
    limits = limits or Limits()
    limits = replace(limits, memory=limits.memory_for(cores()))
    with _turn:
        stopped = threading.Event()
        results: list[Reading] = []
        task = task_of(0, path, name)
        thread = threading.Thread(target=lambda: results.append(_seat.read(task, Options(), limits, stopped)), daemon=True)
        began = last = time.monotonic()
        thread.start()
        try:
            while thread.is_alive():
                thread.join(TICK)
                _seat.check(limits.memory or 0)
                if time.monotonic() - last >= 1:
                    last = time.monotonic()
                    told(last - began)
        except BaseException:
            stopped.set()
            _seat.kill()
            thread.join(5)
            raise
    return results[0] if results else Reading(path, name, 0, code="fault", message=_("no process could be had to read it. Try again"))


def fault_of(reading: Reading) -> str:
    """Why a file was not read, in a line with a remedy that can be had in the office."""
    if reading.code == "timeout":
        return _("it took too long to read (%(seconds)d s). Split it, or print it to a new PDF, and bring that") % {
            "seconds": reading.seconds
        }
    if reading.code in {"memory", "too-large"}:
        return _("it takes more memory to read than there is for one file. Split it, and bring its parts")
    if reading.code == "missing":
        return _("the office does not find the file any more. Bring it again; if that does not help, tell the administrator")
    return reading.message
