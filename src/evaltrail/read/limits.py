"""How much time and memory one file may take, and how a process is held to it.

A limit is kept from outside: the reading process is killed and another one takes the next file.  What stands
here are the numbers, and the operating system's own limits as a second fence inside the process.
"""

from __future__ import annotations

import contextlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path

SECONDS = 180.0
SECONDS_PER_MB = 20.0
"""A scanned page is about 0.1 MB and takes OCR 2 s. Of text, the densest file tried takes 12 s a megabyte."""

_GIB = 1 << 30
_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take."""

    seconds: float | None = None
    """Time in seconds; None: 180 s and 20 s a megabyte."""
    memory: int | None = None
    """Memory in bytes of the process that reads it; None: 4 GiB, or less where the machine has less (see ``memory_for``)."""

    def seconds_for(self, size: int) -> float:
        """Seconds for a file of ``size`` bytes."""
        return self.seconds if self.seconds is not None else SECONDS + SECONDS_PER_MB * size / (1 << 20)

    def memory_for(self, jobs: int) -> int:
        """Bytes for each of ``jobs`` processes: together at most three quarters of what the machine has, each at least 512 MiB."""
        if self.memory is not None:
            return self.memory
        return max(_GIB // 2, min(4 * _GIB, machine_memory() * 3 // 4 // jobs))


def machine_memory() -> int:
    """Memory of the machine in bytes; 8 GiB where the system does not say."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return 8 * _GIB


def cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def resident(pid: int) -> int:
    """Memory in bytes that a process holds now; 0 where the system does not say (no ``/proc``) or it has ended."""
    try:
        return int((_PROC / str(pid) / "statm").read_bytes().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError, ValueError):
        return 0


def peak() -> int:
    """Largest memory in bytes that this process has held; 0 where the system does not say."""
    if sys.platform == "win32":
        return 0
    import resource

    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held if sys.platform == "darwin" else held * 1024


def fence(memory: int, seconds: float) -> None:
    """Let the system refuse this process more than ``memory`` bytes beyond what it holds now, and stop it after ``seconds`` of computing.

    The second fence, for a leap that the watch from outside is too slow to see (it then ends as a ``MemoryError``) and
    for a process whose parent was killed. Does nothing where the system has no such limits.
    """
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    # A crash must not leave a core file of some gigabytes beside the reader's papers.
    bounds = [(resource.RLIMIT_CORE, 0), (resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime + 2 * seconds + 60))]
    if sys.platform == "linux":
        # RLIMIT_DATA counts what a process may write to; RLIMIT_AS would count the code of every library as well.
        bounds.append((resource.RLIMIT_DATA, _data() + memory))
    for which, soft in bounds:
        _, hard = resource.getrlimit(which)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(which, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def _data() -> int:
    for line in (_PROC / "self" / "status").read_text(encoding="ascii", errors="replace").splitlines():
        if line.startswith("VmData:"):
            return int(line.split()[1]) * 1024
    return 0
