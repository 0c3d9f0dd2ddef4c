"""One process that reads files in turn, and what becomes of it.

PDFium is not thread-safe and its crashes cannot be caught, and nothing inside a process ends a loop or a leap in memory
for certain.  So a file is read in a process that can be killed: what it said or how it ended becomes a :class:`Reading`.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evaltrail.read.formats import Options, Unreadable
from evaltrail.read.limits import Limits, resident
from evaltrail.read.source import display_name
from evaltrail.read.worker import receive, send

if TYPE_CHECKING:
    from evaltrail.record import Record

_REUSE = 500
"""Files after which a process is replaced, so that what a library leaks does not add up."""
_STOPPED = "stopped"
"""Code of a reading that nobody waits for any more."""
_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from evaltrail.read.worker import main; main()"


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of one file: a record as JSON, or the reason why there is none."""

    source: str | Path | bytes = field(repr=False)
    """As it was given."""
    name: str
    """As shown to people."""
    index: int
    """Position among the files given, from 0."""
    json: bytes | None = field(default=None, repr=False)
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
class Task:
    """A file to be read."""

    index: int
    source: str | Path | bytes
    name: str
    size: int


def task_of(index: int, source: str | Path | bytes, name: str | None = None) -> Task:
    """A file to be read, with its name as shown and its size in bytes (0 where it cannot be told)."""
    if isinstance(source, bytes):
        return Task(index, source, name or "standard input", len(source))
    try:
        size = Path(source).stat().st_size
    except (OSError, ValueError):
        size = 0  # the reader says what is wrong with it
    return Task(index, source, display_name(name or source), size)


class Seat:
    """A place for one process, refilled when the process has ended. One thread reads, others may check and kill."""

    def __init__(self) -> None:
        self.task: Task | None = None
        self.began = 0.0
        self.used = 0
        self._deadline = 0.0
        self._verdict = ""
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def read(self, task: Task, options: Options, limits: Limits, stopped: threading.Event) -> Reading:
        """Have one file read; an ended process becomes the reason why it was not."""
        reading = self._try(task, options, limits, stopped)
        if reading.code in {"crash", "memory"} and self.used:
            # What files before it left in the process may be to blame: a file is only judged by a process of its own.
            self.close()
            reading = self._try(task, options, limits, stopped)
        return reading

    def _try(self, task: Task, options: Options, limits: Limits, stopped: threading.Event) -> Reading:
        seconds = limits.seconds_for(task.size)
        result = Reading(task.source, task.name, task.index)
        began = time.monotonic()
        with self._lock:
            if stopped.is_set():
                return replace(result, code=_STOPPED)
            if self._process is None:
                self._process, self.used = _start(), 0
            process = self._process
            self.task, self.began, self._deadline, self._verdict = task, began, began + seconds, ""
        reply = _exchange(process, task, options, limits, seconds)
        with self._lock:
            self.task = None
        taken = time.monotonic() - began
        if reply is None:
            cause = self._cause(process, seconds, limits)
            return replace(result, code=cause.code, message=str(cause), seconds=taken)
        header, payload = reply
        self.used += 1
        if self.used >= _REUSE or header.get("holds", 0) > (limits.memory or 0) // 2:
            self.close()
        if header.get("code") == "memory":
            return replace(result, code="memory", message=str(_too_much(limits)), seconds=taken, held=header["held"])
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

    def kill(self) -> None:
        """End the process in the middle of a file. For other threads: the one that reads sees it and empties the seat."""
        with self._lock:
            if self._process is not None:
                _kill(self._process)

    def close(self) -> None:
        """End the process and empty the seat. For the thread that reads, between two files."""
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            _kill(process)
            _reap(process)

    def _cause(self, process: subprocess.Popen[bytes], seconds: float, limits: Limits) -> Unreadable:
        """Why a process ended in the middle of a file. Leaves the seat empty."""
        with self._lock:
            verdict = self._verdict
            self._process = None
        # What it started (tesseract) goes with it.
        _kill(process)
        status = _reap(process)
        # SIGXCPU is the fence inside the process.
        if verdict == "timeout" or status == -int(getattr(signal, "SIGXCPU", 0)):
            return Unreadable(
                "timeout",
                f"it took more than {_duration(seconds)} to read. Allow more with --timeout, or read less with --max-pages or --no-ocr",
            )
        # A killing that was not ours is the system's, when the machine runs out of memory.
        if verdict == "memory" or (status == -9 and os.name == "posix"):
            return _too_much(limits)
        how = _signal_name(-status) if status < 0 else f"exit status {status}"
        return Unreadable("crash", f"it crashed the reader ({how}), so it is damaged or made to. Print it to a new PDF and read that")


_PASSED = frozenset(
    {"PATH", "HOME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TEMP", "TMP", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TESSDATA_PREFIX"}
    | {"SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "PATHEXT", "COMSPEC", "EVALTRAIL_DEBUG"}
)
"""Variables that a reading process, Python and tesseract need."""
_PASSED_FAMILIES = ("LC_", "PYTHON", "COV_", "COVERAGE_")


def _harmless(name: str) -> bool:
    """Whether a variable goes on to the process that reads. Only what it needs does: a password may stand in any."""
    return name.upper() in _PASSED or name.upper().startswith(_PASSED_FAMILIES)


def _start() -> subprocess.Popen[bytes]:
    environment = {name: value for name, value in os.environ.items() if _harmless(name)} | {
        "OMP_THREAD_LIMIT": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "PYTHONIOENCODING": "utf-8",
    }
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
    process: subprocess.Popen[bytes], task: Task, options: Options, limits: Limits, seconds: float
) -> tuple[dict[str, Any], bytes] | None:
    """Send one request and wait for its reply; None when the process ended instead."""
    assert process.stdin is not None  # noqa: S101 - opened as pipes in _start
    assert process.stdout is not None  # noqa: S101
    content = task.source if isinstance(task.source, bytes) else b""
    # Not resolved: what a symbolic link leads to is found when it is opened.
    path = "" if isinstance(task.source, bytes) else str(Path.cwd() / task.source)
    request = {"path": path, "name": task.name, "options": asdict(options), "memory": limits.memory, "seconds": seconds}
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


def _too_much(limits: Limits) -> Unreadable:
    allowed = (limits.memory or 0) >> 20
    return Unreadable(
        "memory", f"it took more than {allowed:,} MB of memory to read. Allow more with --memory, or read less with --max-pages"
    )


def _duration(seconds: float) -> str:
    return f"{seconds:g} s" if seconds < 120 else f"{seconds / 60:.0f} min"


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
