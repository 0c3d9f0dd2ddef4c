"""``evaltrail`` as a process of its own for each call, without the start: a process that has imported everything forks for each.

A test file that calls the program a hundred times would spend most of its time on imports.  The fork has its own standard streams,
folder, environment and exit code, and what it does ends with it.  What a fork cannot have (another user mask, limits, a terminal,
variables that Python itself reads when it starts) is left to ``subprocess``, and so is every test of the start.
"""

from __future__ import annotations

import atexit
import gc
import io
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Self

_HEAD = 1 << 20
"""Bytes that one call's arguments and environment may have."""


class Forked:
    """The process that forks; for one thread at a time. A context manager, as the process ends with the block."""

    def __enter__(self) -> Self:
        """Start it."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _HEAD)
        with theirs:
            self._server = subprocess.Popen([sys.executable, __file__, str(theirs.fileno())], pass_fds=[theirs.fileno()])
        self._socket, self._lock = ours, threading.Lock()
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self._socket.close()
        self._server.wait(20)

    def run(
        self,
        *arguments: Any,
        input: str | None = None,  # noqa: A002 - as subprocess.run calls it
        cwd: Any = None,
        timeout: float = 300,
    ) -> subprocess.CompletedProcess[str]:
        """As ``subprocess.run`` with captured output, as text in UTF-8; without ``input`` the standard input is this process's own."""
        asked = {
            "arguments": [os.fsdecode(a) for a in arguments],
            "cwd": os.fsdecode(cwd or Path.cwd()),
            "env": dict(os.environ),
        }
        (out, out_there), (err, err_there) = os.pipe(), os.pipe()
        into_there, into = os.pipe() if input is not None else (os.dup(0), None)
        with self._lock:
            try:
                socket.send_fds(self._socket, [json.dumps(asked).encode()], [into_there, out_there, err_there])
            finally:
                for end in (into_there, out_there, err_there):
                    os.close(end)
            pid = int(self._socket.recv(64))
            killer = threading.Timer(timeout, os.kill, (pid, signal.SIGKILL))
            killer.start()
            said: dict[str, bytes] = {}
            threads = [threading.Thread(target=_drain, args=(said, *what)) for what in (("out", out), ("err", err))]
            if into is not None:
                threads.append(threading.Thread(target=_fill, args=(into, (input or "").encode())))
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            code = int(self._socket.recv(64))
            expired = not killer.is_alive()
            killer.cancel()
        texts = [said[name].decode("utf-8").replace("\r\n", "\n") for name in ("out", "err")]
        if expired:
            raise subprocess.TimeoutExpired(asked["arguments"], timeout, *texts)
        return subprocess.CompletedProcess(asked["arguments"], code, *texts)


def _drain(said: dict[str, bytes], name: str, end: int) -> None:
    with os.fdopen(end, "rb") as stream:
        said[name] = stream.read()


def _fill(end: int, content: bytes) -> None:
    try:
        with os.fdopen(end, "wb") as stream:
            stream.write(content)
    except BrokenPipeError:
        pass  # the program did not ask for all of it


def _prepare() -> None:
    """Import what the commands need, and let them make the patterns that they keep."""
    from datetime import date

    from evaltrail import sample
    from evaltrail.check import check
    from evaltrail.check.formats import formats
    from evaltrail.cli import build_parser
    from evaltrail.read import read
    from evaltrail.write import written

    build_parser()
    formats()
    record = read(sample.path("txt"))
    check(record, today=date(2026, 1, 1))
    written(record, "docx")


def _serve(listening: socket.socket) -> dict[str, Any]:
    """Fork for every call that comes; returns, in the fork, what was asked."""
    while True:
        head, given, _, _ = socket.recv_fds(listening, _HEAD, 3)
        if not head:
            os._exit(0)
        pid = os.fork()
        if pid == 0:
            listening.close()
            for number, end in enumerate(given):
                os.dup2(end, number)
                os.close(end)
            return dict(json.loads(head))
        for end in given:
            os.close(end)
        listening.send(b"%d" % pid)
        _, status = os.waitpid(pid, 0)
        listening.send(b"%d" % os.waitstatus_to_exitcode(status))


def _anew(stream: Any) -> io.TextIOWrapper:
    """A stream as Python opened it, on what its number stands for now."""
    there = open(stream.fileno(), stream.buffer.mode, closefd=False)  # noqa: SIM115 - open until the process ends
    return io.TextIOWrapper(there, encoding=stream.encoding, errors=stream.errors, line_buffering=stream.name == "<stderr>")


def _become(asked: dict[str, Any]) -> list[str]:
    """Be the program in its folder, with its environment and streams; the arguments."""
    os.chdir(asked["cwd"])
    os.environ.clear()
    os.environ.update(asked["env"])
    for name, stream in (("stdin", sys.stdin), ("stdout", sys.stdout), ("stderr", sys.stderr)):
        setattr(sys, name, _anew(stream))
    arguments: list[str] = asked["arguments"]
    sys.argv = ["evaltrail", *arguments]
    return arguments


def main() -> None:
    """Serve; in each fork, be the program."""
    from evaltrail.cli import main as program

    _prepare()
    # What is there already is neither looked through nor taken apart in a fork, which would copy it.
    gc.collect()
    gc.freeze()
    arguments = _become(_serve(socket.socket(fileno=int(sys.argv[1]))))
    try:
        code = program(arguments)
    except SystemExit as e:  # of argparse
        code = int(e.code or 0)
    atexit._run_exitfuncs()
    sys.stdout.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
