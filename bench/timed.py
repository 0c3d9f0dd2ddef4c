"""Run a program and say what it took."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

MEGABYTE = 1 << 20


class Failed(Exception):
    """A program ended with an error; the last line that it said."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a run took."""

    elapsed: float
    """Seconds by the clock."""
    processor: float
    """Seconds of processor time, of all threads and of the processes that it started."""
    memory: float = 0.0
    """The most memory in MB that one of its processes held; 0 where that was not measured."""


def run(*command: str | Path) -> Taken:
    """Run a program to its end, with nothing of what it says kept; raises :class:`Failed`.

    On Linux a process begins with its parent's peak of memory, so that ``memory`` may be too much and never too little.
    """
    with tempfile.TemporaryFile() as said:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        elapsed = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            lines = said.read().decode("utf-8", "replace").strip().splitlines()
            raise Failed(lines[-1] if lines else f"ended with {process.returncode}")
    # macOS counts bytes, others kilobytes.
    unit = 1 if os.uname().sysname == "Darwin" else 1024
    return Taken(elapsed, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / MEGABYTE)


def inside_process(work: Callable[[bytes], None], data: bytes) -> Taken:
    """Run a function in this process."""
    elapsed, processor = time.perf_counter(), time.process_time()
    work(data)
    return Taken(time.perf_counter() - elapsed, time.process_time() - processor)


def in_turn(rounds: int, *works: Callable[[], Taken]) -> list[Taken]:
    """What each takes, run in turn (A B A B), so that whatever else the machine does meets all of them."""
    taken = [[work() for work in works] for _ in range(rounds)]
    return [middle(column) for column in zip(*taken, strict=True)]


def middle(some: Iterable[Taken]) -> Taken:
    """The median of each figure, of memory the most."""
    runs = list(some)
    return Taken(median(r.elapsed for r in runs), median(r.processor for r in runs), max(r.memory for r in runs))


def added(some: Iterable[Taken]) -> Taken:
    """The sum of several, of memory the most."""
    runs = list(some)
    return Taken(sum(r.elapsed for r in runs), sum(r.processor for r in runs), max((r.memory for r in runs), default=0.0))
