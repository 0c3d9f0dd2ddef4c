"""Many files at once, each in a process of its own kind, so that one bad file costs nothing but itself.

Every worker process reads files in turn.  A file that hangs, takes too much memory or crashes a library ends its worker;
another worker takes the next file, and the file is told as unreadable with its cause.  PDFium is not thread-safe and its
crashes cannot be caught, so that processes are the only fence there is; a single file is read in one as well
(what it costs is in ``docs/decisions``).
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evaltrail.read.formats import Options, Unreadable
from evaltrail.read.limits import Limits, cores, resident
from evaltrail.read.source import display_name
from evaltrail.read.worker import receive, send

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from evaltrail.record import Record

_TICK = 0.05
"""Seconds between two looks at what the workers take."""
_REUSE = 500
"""Files after which a worker is replaced, so that what a library leaks does not add up."""
_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from evaltrail.read.worker import main; main()"


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of one file: a record as JSON, or the reason why there is none."""

    source: str | Path | bytes
    """As it was given."""
    name: str
    """As shown to people."""
    index: int
    """Position among the files given, from 0."""
    json: bytes | None = None
    """The record, UTF-8; None where the file could not be read."""
    code: str | None = None
    """Why it could not be read, in a word (see :class:`~evaltrail.read.formats.Unreadable`); None where it was read."""
    message: str = ""
    """Why it could not be read, in a line with the remedy."""
    losses: tuple[str, ...] = ()
    """What of the document is missing from the record."""
    notes: tuple[str, ...] = ()
    """What else the reader has to say."""
    pages: int = 0
    seconds: float = 0.0
    held: int = 0
    """The most memory in bytes that the process has held; 0 where the system does not say."""
    trace: str = ""
    """Where the fault is, for the people who mend Evaltrail."""

    def record(self) -> Record:
        """The record; raises ``Unreadable`` where there is none."""
        if self.json is None:
            raise Unreadable(self.code or "fault", self.message)
        from evaltrail.record import Record

        return Record.from_json(self.json)


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


@dataclass(frozen=True, slots=True)
class _Task:
    index: int
    source: str | Path | bytes
    name: str
    size: int


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
    tasks = [_task(i, s) for i, s in enumerate(sources)]
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


def _task(index: int, source: str | Path | bytes) -> _Task:
    if isinstance(source, bytes):
        return _Task(index, source, "standard input", len(source))
    try:
        size = Path(source).stat().st_size
    except (OSError, ValueError):
        size = 0  # the reader says what is wrong with it
    return _Task(index, source, display_name(source), size)


class _Crew:
    """Threads that each keep one worker process busy, and one that watches what they take."""

    def __init__(self, tasks: list[_Task], jobs: int, options: Options, limits: Limits) -> None:
        self._tasks = deque(tasks)
        self._limits = replace(limits, memory=limits.memory_for(jobs))
        self._options = {f: getattr(options, f) for f in Options.__dataclass_fields__}
        self._results: queue.SimpleQueue[Reading] = queue.SimpleQueue()
        # Files read ahead of the one that the caller waits for: as many as keep every process busy, not all.
        self._ahead = threading.Semaphore(jobs * 8)
        self._seats = [_Seat() for _ in range(jobs)]
        self._stopped = threading.Event()
        self._threads = [threading.Thread(target=self._work, args=(s,), daemon=True) for s in self._seats]
        self._threads.append(threading.Thread(target=self._watch, daemon=True))

    def start(self) -> None:
        for t in self._threads:
            t.start()

    def stop(self) -> None:
        """End all processes, in the middle of a file if need be."""
        self._stopped.set()
        self._tasks.clear()
        for s in self._seats:
            self._ahead.release()
            s.end(self._stopped)
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
        begun = sorted((s.began, s.task.name) for s in self._seats if s.task is not None)
        return tuple(name for _, name in begun)

    def _work(self, seat: _Seat) -> None:
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
        seat.end(None)

    def _read(self, seat: _Seat, task: _Task) -> Reading:
        try:
            reading = seat.read(task, self._options, self._limits, self._stopped)
            if reading.code in {"crash", "memory"} and seat.used:
                # What files before it left in the process may be to blame: a file is only judged by a process of its own.
                seat.end(None)
                reading = seat.read(task, self._options, self._limits, self._stopped)
        except Exception as e:  # noqa: BLE001 - a thread that ended here would leave the caller waiting
            message = f"no process could be started to read it ({e}). Try again"
            reading = Reading(task.source, task.name, task.index, code="fault", message=message)
        return reading

    def _watch(self) -> None:
        while not self._stopped.wait(_TICK):
            for s in self._seats:
                s.check(self._limits.memory or 0)


class _Seat:
    """A place for one worker process, refilled when the process has ended."""

    def __init__(self) -> None:
        self.task: _Task | None = None
        self.began = 0.0
        self.used = 0
        self._deadline = 0.0
        self._verdict = ""
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def read(self, task: _Task, options: dict[str, Any], limits: Limits, stopped: threading.Event) -> Reading:
        """Have one file read; an ended process becomes the reason why it was not."""
        seconds = limits.seconds_for(task.size)
        result = Reading(task.source, task.name, task.index)
        began = time.monotonic()
        with self._lock:
            if stopped.is_set():
                return replace(result, code="stopped")
            if self._process is None:
                self._process, self.used = _start(), 0
            process = self._process
            self.task, self.began, self._deadline, self._verdict = task, began, began + seconds, ""
        reply = _exchange(process, task, options, limits, seconds)
        with self._lock:
            self.task = None
        taken = time.monotonic() - began
        if reply is None:
            code, message = self._cause(process, seconds, limits)
            return replace(result, code=code, message=message, seconds=taken)
        header, payload = reply
        self.used += 1
        if self.used >= _REUSE or header.get("holds", 0) > (limits.memory or 0) // 2:
            self.end(None)
        if header.get("code") == "memory":
            return replace(result, code="memory", message=_too_much(limits), seconds=taken, held=header["held"])
        if "code" in header:
            trace = header.get("trace", "")
            return replace(result, code=header["code"], message=header["message"], seconds=taken, held=header["held"], trace=trace)
        losses, notes = tuple(header["losses"]), tuple(header["notes"])
        return replace(result, json=payload, losses=losses, notes=notes, pages=header["pages"], seconds=taken, held=header["held"])

    def check(self, memory: int) -> None:
        """Kill the process where it has taken more than it may."""
        with self._lock:
            if self._process is None or self.task is None or self._verdict:
                return
            if time.monotonic() > self._deadline:
                self._verdict = "timeout"
            elif resident(self._process.pid) > memory:
                self._verdict = "memory"
            else:
                return
            _kill(self._process)

    def end(self, stopped: threading.Event | None) -> None:
        """End the process: at once where everything is stopped, else it is between two files."""
        with self._lock:
            process = self._process
            if process is None:
                return
            _kill(process)
            if stopped is None:
                self._process = None
                _reap(process)

    def _cause(self, process: subprocess.Popen[bytes], seconds: float, limits: Limits) -> tuple[str, str]:
        """Why a process ended in the middle of a file. Leaves the seat empty."""
        with self._lock:
            verdict = self._verdict
            self._process = None
        # What it started (tesseract) goes with it.
        _kill(process)
        status = _reap(process)
        if verdict == "timeout":
            took = f"it took more than {_duration(seconds)} to read"
            return "timeout", f"{took}. Allow more with --timeout, or read less with --max-pages or --no-ocr"
        # A killing that was not ours is the system's, when the machine runs out of memory.
        if verdict == "memory" or (status == -9 and os.name == "posix"):
            return "memory", _too_much(limits)
        how = _signal_name(-status) if status < 0 else f"exit status {status}"
        return "crash", f"it crashed the reader ({how}), so it is damaged or made to. Print it to a new PDF and read that"


def _start() -> subprocess.Popen[bytes]:
    environment = os.environ | {"OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONIOENCODING": "utf-8"}
    # -P: a json.py beside the papers must not be taken for Python's own.
    command = [sys.executable, "-P", "-c", _START, json.dumps(sys.path)]
    silent = subprocess.DEVNULL if not os.environ.get("EVALTRAIL_DEBUG") else None
    # A session of its own: Ctrl-C at the terminal reaches the parent alone, which ends its workers with all that they have started.
    return subprocess.Popen(  # noqa: S603 - this Python, with nothing from outside
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=silent,
        env=environment,
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )


def _exchange(
    process: subprocess.Popen[bytes], task: _Task, options: dict[str, Any], limits: Limits, seconds: float
) -> tuple[dict[str, Any], bytes] | None:
    """Send one request and wait for its reply; None when the process ended instead."""
    assert process.stdin is not None  # noqa: S101 - opened as pipes in _start
    assert process.stdout is not None  # noqa: S101
    content = task.source if isinstance(task.source, bytes) else b""
    # Not resolved: what a symbolic link leads to is found when it is opened.
    path = "" if isinstance(task.source, bytes) else str(Path.cwd() / task.source)
    request = {"path": path, "name": task.name, "options": options, "memory": limits.memory, "seconds": seconds}
    try:
        send(process.stdin, request, content)
        return receive(process.stdout)
    except (OSError, ValueError):
        return None


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a process and everything that it has started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            process.kill()
        else:
            # Not yet reaped, so that the number cannot have gone to another process.
            os.killpg(process.pid, signal.SIGKILL)


def _reap(process: subprocess.Popen[bytes]) -> int:
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()
    return process.wait()


def _too_much(limits: Limits) -> str:
    return f"it took more than {(limits.memory or 0) >> 20:,} MB of memory to read. Allow more with --memory, or read less with --max-pages"


def _duration(seconds: float) -> str:
    return f"{seconds:g} s" if seconds < 120 else f"{seconds / 60:.0f} min"


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
