"""Many files at once, each in a process that can be killed, so that one bad file costs nothing but itself.

Every worker process reads files in turn.  A file that hangs, takes too much memory or crashes a library ends its worker;
another worker takes the next file, and the file is told as unreadable with its cause.  PDFium is not thread-safe and its
crashes cannot be caught, so that processes are the only fence there is; a single file is read in one as well
(``docs/decisions/0011-every-file-in-a-process.md``).
"""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from evaltrail.read.formats import Options
from evaltrail.read.limits import Limits, cores
from evaltrail.read.process import Reading, Seat, Task, task_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

__all__ = ["Progress", "Reader", "Reading", "read_many"]

_TICK = 0.05
"""Seconds between two looks at what the workers take."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch has come."""

    done: int
    total: int
    bytes_done: int
    bytes_total: int
    current: tuple[str, ...]
    """Names of the files that are being read now, the longest at it first."""
    seconds: float
    """Since the batch began."""


def read_many(
    sources: Iterable[str | Path | bytes],
    *,
    jobs: int | None = None,
    options: Options | None = None,
    limits: Limits | None = None,
    in_order: bool = True,
    on_progress: Callable[[Progress], None] | None = None,
) -> Iterator[Reading]:
    """Read files side by side; nothing that is in a file raises, each gives a :class:`Reading`.

    Args:
        sources: paths, or contents as ``bytes``.
        jobs: processes at once; None: as many as there are cores and files.
        options: what the readers may use.
        limits: time and memory of each file.
        in_order: yield in the order given, else as they are done.
        on_progress: called in the caller's thread, about ten times a second and after each file.

    A generator that is closed, or interrupted by Ctrl-C, ends its processes.

    """
    tasks = [task_of(i, s) for i, s in enumerate(sources)]
    count = max(1, min(jobs or cores(), len(tasks)))
    crew = _Crew(tasks, count, options or Options(), limits or Limits())
    waiting: dict[int, Reading] = {}
    due = done = bytes_done = 0
    began = time.monotonic()
    bytes_total = sum(t.size for t in tasks)
    try:
        crew.start()
        while due < len(tasks):
            reading = crew.result()
            if reading is not None:
                done += 1
                bytes_done += tasks[reading.index].size
                waiting[reading.index] = reading
            if on_progress:
                on_progress(Progress(done, len(tasks), bytes_done, bytes_total, crew.current(), time.monotonic() - began))
            for ready in _ready(waiting, due, in_order=in_order):
                due += 1
                crew.allow()
                yield ready
    finally:
        crew.stop()


def _ready(waiting: dict[int, Reading], due: int, *, in_order: bool) -> Iterator[Reading]:
    if in_order:
        while due in waiting:
            yield waiting.pop(due)
            due += 1
    else:
        while waiting:
            yield waiting.pop(next(iter(waiting)))


class _Crew:
    """Threads that each keep one worker process busy, and one that watches what they take."""

    def __init__(self, tasks: list[Task], jobs: int, options: Options, limits: Limits) -> None:
        self._tasks = deque(tasks)
        self._limits = replace(limits, memory=limits.memory_for(jobs))
        self._options = options
        self._results: queue.SimpleQueue[Reading] = queue.SimpleQueue()
        # Files read ahead of the one that the caller waits for: as many as keep every process busy, not all.
        self._ahead = threading.Semaphore(jobs * 8)
        self._seats = [Seat() for _ in range(jobs)]
        self._stopped = threading.Event()
        self._threads = [threading.Thread(target=self._work, args=(s,), daemon=True) for s in self._seats]
        self._threads.append(threading.Thread(target=self._watch, daemon=True))

    def start(self) -> None:
        """Start the threads; each starts its process with its first file."""
        for t in self._threads:
            t.start()

    def stop(self) -> None:
        """End all processes, in the middle of a file if need be."""
        self._stopped.set()
        self._tasks.clear()
        for s in self._seats:
            self._ahead.release()
            s.kill()
        for t in self._threads:
            if t.ident is not None:
                t.join(timeout=5)

    def result(self) -> Reading | None:
        """The next file that is done, None after a tenth of a second without one."""
        try:
            return self._results.get(timeout=0.1)
        except queue.Empty:
            return None

    def allow(self) -> None:
        """One file more may be begun."""
        self._ahead.release()

    def current(self) -> tuple[str, ...]:
        """Names of the files that are being read, the longest at it first."""
        # Looked at once: a thread may clear its task at any time.
        now = [(s.began, s.task) for s in self._seats]
        return tuple(name for _, name in sorted((began, task.name) for began, task in now if task is not None))

    def _work(self, seat: Seat) -> None:
        while True:
            self._ahead.acquire()
            try:
                task = self._tasks.popleft()
            except IndexError:
                break
            reading = self._read(seat, task)
            if self._stopped.is_set():
                break
            self._results.put(reading)
        seat.close()

    def _read(self, seat: Seat, task: Task) -> Reading:
        try:
            return seat.read(task, self._options, self._limits, self._stopped)
        except Exception as e:  # noqa: BLE001 - a thread that ended here would leave the caller waiting
            seat.close()
            message = f"no process could be had to read it ({' '.join(str(e).split())}). Try again"
            return Reading(task.source, task.name, task.index, code="fault", message=message)

    def _watch(self) -> None:
        while not self._stopped.wait(_TICK):
            for s in self._seats:
                s.check(self._limits.memory or 0)


class Reader:
    """One process kept ready, for callers that read one file after the other and not many at once (a web application, a fuzzer).

    A context manager: the process ends with the block.
    """

    def __init__(self, *, options: Options | None = None, limits: Limits | None = None) -> None:
        limits = limits or Limits()
        self._limits = replace(limits, memory=limits.memory_for(1))
        self._options = options or Options()
        self._seat = Seat()
        self._stopped = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._watcher.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._seat.close()
        self._watcher.join()

    def read(self, source: str | Path | bytes, *, name: str | None = None) -> Reading:
        """Read one file within the limits; ``name`` is what to show for it. Not for several threads at once."""
        return self._seat.read(task_of(0, source, name), self._options, self._limits, self._stopped)

    def _watch(self) -> None:
        while not self._stopped.wait(_TICK):
            self._seat.check(self._limits.memory or 0)
