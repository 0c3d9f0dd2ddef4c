"""Start the office on this machine."""

from __future__ import annotations

import multiprocessing
import os
import socket
import sys
import threading
import time
from pathlib import Path

START_LIMIT = 60.0
"""Seconds that the server may take until it answers."""
STOP_LIMIT = 3
"""Seconds that a page under way may take when the office closes; an open browser window holds its connection for ever."""


def main(data: str | Path | None = None, port: int = 8000, host: str = "127.0.0.1") -> int:
    """Bring the database up to date and serve the office until interrupted.

    ``data`` is the data folder (default: ``EVALTRAIL_DATA``, else the user's own). ``port`` 0 takes any
    free one. The address is printed on the first line of standard output once it answers.
    Returns the exit code: 0 after an interrupt, 2 where the port is taken or the database cannot be
    reached, with one line on standard error that says so.
    """
    if data is not None:
        os.environ["EVALTRAIL_DATA"] = str(Path(data).expanduser().resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evaltrail_office.site.settings")
    try:
        port = _free(host, port)
    except OSError as fault:
        return _refuse(f"port {port} on {host} cannot be used ({fault.strerror}); another one can be given with --port")

    import django
    from django.core.management import call_command
    from django.db import DatabaseError, connection

    try:
        django.setup()
    except OSError as fault:
        return _refuse(f"the data folder cannot be used: {fault}")
    try:
        call_command("migrate", verbosity=0, interactive=False)
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
        log_enabled=False,
        workers_kill_timeout=STOP_LIMIT,
    )
    server.on_startup(threading.Thread(target=_announce, args=(host, port), daemon=True).start)
    server.serve()
    return 0


def _announce(host: str, port: int) -> None:
    """Print the address as soon as the server answers there."""
    limit = time.monotonic() + START_LIMIT
    while time.monotonic() < limit:
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            print(f"The office is open at http://{host}:{port}/ (Ctrl+C closes it)", flush=True)
            return


def _free(host: str, port: int) -> int:
    """Return the port if it can be listened on, or any free one for 0."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # As the server does: an address that only waits for old connections to run out is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))
        return int(probe.getsockname()[1])


def _refuse(cause: str) -> int:
    print(f"evaltrail serve: {cause}", file=sys.stderr)
    return 2
