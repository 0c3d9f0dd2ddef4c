"""Start the office on this machine."""

from __future__ import annotations

import multiprocessing
import os
import socket
import subprocess
import sys
import threading
import time
import webbrowser
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

START_LIMIT = 60.0
"""Seconds that the server may take until it answers."""
LEFT = 3600
"""Seconds after which nobody is still sending a file that was begun."""
PROCESSES = min(2, os.cpu_count() or 1)
"""With one, a page that takes long to put together would hold up all others."""
THREADS = 16
"""Requests that a process works on at a time; more wait. Each has a connection to the database, and PostgreSQL gives a hundred in all."""
STOP_LIMIT = 3
"""Seconds that a page under way may take when the office closes; an open browser window holds its connection for ever."""


def main(data: str | Path | None = None, port: int = 8000, host: str = "127.0.0.1", *, browser: bool = False) -> int:
    """Bring the database up to date and serve the office until interrupted.

    ``data`` is the data folder (default: ``EVALTRAIL_DATA``, else the user's own). ``port`` 0 takes any
    free one. The address is printed on the first line of standard output once it answers.
    Returns the exit code: 0 after an interrupt, 2 where the port is taken or the database cannot be
    reached, with one line on standard error that says so.
    """
    if data is not None:
        os.environ["EVALTRAIL_DATA"] = str(Path(data).expanduser().resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evaltrail_office.site.settings")
    with ExitStack() as held:
        try:
            # Until the end: between asking for a free port and listening on it, another program could be given it.
            port = held.enter_context(_held(host, port))
        except OSError as fault:
            return _refuse(f"port {port} on {host} cannot be used ({fault.strerror}); another one can be given with --port")
        return _open(host, port, browser=browser)


def _open(host: str, port: int, *, browser: bool) -> int:
    import django

    from evaltrail_office.site.environment import SettingFault

    try:
        django.setup()
    except SettingFault as fault:
        return _refuse(str(fault))
    except OSError as fault:
        return _refuse(f"the data folder cannot be used: {fault}")
    from django.conf import settings

    from evaltrail_office.jobs.presence import InUse, present

    try:
        with present(settings.DATA):
            return _serve(host, port, browser=browser)
    except InUse as fault:
        return _refuse(str(fault))
    except OSError as fault:
        return _refuse(f"the data folder cannot be used: {fault}")


def _serve(host: str, port: int, *, browser: bool) -> int:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import DatabaseError, connection

    try:
        call_command("migrate", verbosity=0, interactive=False)
        _sweep(settings.DATA / "files")
        _index_again()
        if os.environ.get("EVALTRAIL_DEMO") == "1":
            from evaltrail_office.site import demo

            demo.fill()
        link = _set_up_link()
    except DatabaseError as fault:
        return _refuse(f"the database cannot be used: {str(fault).strip().splitlines()[0]}")
    finally:
        connection.close()

    from granian import Granian
    from granian.constants import Interfaces

    # A forked worker would share this process's threads and database connection.
    multiprocessing.set_start_method("spawn", force=True)
    server = Granian(
        "evaltrail_office.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=PROCESSES,
        blocking_threads=THREADS,
        log_enabled=False,
        workers_kill_timeout=STOP_LIMIT,
    )
    server.on_startup(threading.Thread(target=_announce, args=(host, port, link), kwargs={"browser": browser}, daemon=True).start)
    with _workers(settings.WORKERS):
        server.serve()
    return 0


def _index_again() -> None:
    """Have the search index made anew where there are papers and none is there."""
    from evaltrail_office.shelf import search
    from evaltrail_office.shelf.models import Document

    if not (search.folder() / "meta.json").exists() and Document.objects.exists():
        search.rebuild()


def _sweep(folder: Path) -> None:
    """Remove what uploads left behind whose process was killed in the middle of them."""
    for left in folder.glob("new-*"):
        if time.time() - left.stat().st_mtime > LEFT:
            left.unlink(missing_ok=True)


@contextmanager
def _workers(count: int) -> Iterator[None]:
    """Processes that do the office's jobs, each started again when it ends."""
    closing = threading.Event()
    running = [_worker() for _ in range(count)]

    def watch() -> None:
        while not closing.wait(1):
            for n, process in enumerate(running):
                if process.poll() is not None and not closing.is_set():
                    print(f"evaltrail serve: a worker ended with {process.returncode} and is started again", file=sys.stderr)
                    _release(process.pid)
                    running[n] = _worker()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        closing.set()
        watcher.join(5)
        for process in running:
            process.terminate()
        for process in running:
            try:
                process.wait(STOP_LIMIT)
            except subprocess.TimeoutExpired:
                # Its job is leased, and done by the next worker.
                process.kill()


def _release(process: int) -> None:
    """Have what a worker that was killed was at taken up at once, and not when its lease has run out."""
    from django.db import Error, connection

    from evaltrail_office.jobs.models import Worker
    from evaltrail_office.jobs.worker import name, release

    try:
        release(name(process))
        Worker.objects.filter(name=name(process)).delete()
    except Error:
        # Then the lease runs out by itself.
        return
    finally:
        connection.close()


def _worker() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "evaltrail_office.jobs", str(os.getpid())]
    # In a session of its own, or it would get a terminal's Ctrl-C in the middle of a step.
    return subprocess.Popen(command, start_new_session=True)  # noqa: S603 - the program itself


def _set_up_link() -> str:
    """Path of the link that lets the first person in; empty where somebody has an account."""
    from evaltrail_office.accounts.first_run import is_set_up, new_link_token

    return "" if is_set_up() else f"set-up/{new_link_token()}/"


def _announce(host: str, port: int, link: str, *, browser: bool) -> None:
    """Print the address as soon as the server answers there, and the link for setting the office up where that is still to do."""
    limit = time.monotonic() + START_LIMIT
    while time.monotonic() < limit:
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            address = f"http://{host}:{port}/"
            print(f"The office is open at {address} (Ctrl+C closes it)", flush=True)
            if browser:
                webbrowser.open(address)
            if link:
                print(f"Nobody has an account yet. This link makes the first one, once: http://{host}:{port}/{link}", flush=True)
            return


@contextmanager
def _held(host: str, port: int) -> Iterator[int]:
    """Keep a port, or any free one for 0, and yield its number.

    A socket is bound to it on which nobody listens. As long as it is there, Linux gives the port to nobody who asks for any free one, and
    lets the server listen on it. Elsewhere two sockets cannot have one port, and it is only known to have been free.

    Raises:
        OSError: it cannot be listened on.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # As the server does: an address that only waits for old connections to run out is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))
        number = int(probe.getsockname()[1])
        if sys.platform != "linux":
            probe.close()
        yield number


def _refuse(cause: str) -> int:
    print(f"evaltrail serve: {cause}", file=sys.stderr)
    return 2
