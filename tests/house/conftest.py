"""What the tests of the house share: an office that really runs, and a browser."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

START = "import sys; from evaltrail_office.site.serve import main; sys.exit(main(sys.argv[1], port=0))"


class Address(str):  # noqa: SLOT000 - it gets an attribute
    """Where an office answers."""

    set_up: str = ""
    """The link that it printed for its first person."""


@contextmanager
def running(data: Path, database: str | None = None) -> Iterator[str]:
    """Start the office on a data folder and stop it again; gives its address."""
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL" and not k.startswith(("EVALTRAIL_", "DJANGO_"))}
    if database is not None:
        environment["DATABASE_URL"] = database
    with subprocess.Popen(
        [sys.executable, "-c", START, str(data)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
    ) as server:
        try:
            assert server.stdout is not None
            assert server.stderr is not None
            line = server.stdout.readline()
            if "http://" not in line:
                pytest.fail(f"the office did not start: {line}{server.stderr.read()}", pytrace=False)
            address = Address(line.split(" at ")[1].split()[0])
            # An office that has no people yet prints a second line.
            address.set_up = server.stdout.readline().split()[-1] if (data / "set-up").exists() else ""
            yield address
        finally:
            server.send_signal(signal.SIGINT)
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(server.pid, signal.SIGKILL)
                pytest.fail("the office did not close within 20 seconds of an interrupt", pytrace=False)


@pytest.fixture(scope="session")
def office() -> Callable[..., AbstractContextManager[str]]:
    """Starts an office: ``with office(data, database) as address``."""
    pytest.importorskip("django", reason="needs the office's libraries")
    return running


@pytest.fixture(scope="module")
def migrated(new_office: tuple[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which there is nothing but the tables of a new office, which take long to make."""
    data = tmp_path_factory.mktemp("office") / "migrated"
    data.mkdir()
    with closing(sqlite3.connect(new_office[1] / "office.sqlite3")) as made, closing(sqlite3.connect(data / "office.sqlite3")) as copy:
        made.backup(copy)
    return data


@pytest.fixture(scope="module")
def new_office(office: Callable[..., AbstractContextManager[str]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """An office on SQLite that nobody has set up, for tests that only look at it: its address and its data folder."""
    data = tmp_path_factory.mktemp("office") / "new"
    with office(data) as address:
        yield address, data
