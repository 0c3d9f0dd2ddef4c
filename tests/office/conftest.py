"""The office's tests: on SQLite, and with ``--postgres`` on a real PostgreSQL. People, papers and a worker to try it with."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("django", reason="needs the office's libraries")

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from django.test import Client

    from evaltrail.record import Record
    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation
    from evaltrail_office.shelf.models import Document
    from tests.office.follow_up_cast import Cast


MIGRATED = "import django; django.setup(); from django.core.management import call_command; call_command('migrate', verbosity=0)"


@pytest.fixture(scope="session")
def tables(once: Callable[[str, Callable[[Path], Any]], Path]) -> Path:
    """A data folder with the tables of an office and nothing in them; to be copied, not used."""

    def make(folder: Path) -> None:
        folder.mkdir()
        subprocess.run([sys.executable, "-c", MIGRATED], env=surroundings(folder), check=True, timeout=300)
        with closing(sqlite3.connect(folder / "office.sqlite3")) as database:
            # So that the one file is all of it.
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    return once("tables", make)


@pytest.fixture(scope="session")
def tables_on_postgres(once: Callable[[str, Callable[[Path], Any]], Path]) -> str:
    """Name of a database with the same on the run's own server."""
    import psycopg

    url, name = os.environ["DATABASE_URL"], "tables"

    def make(folder: Path) -> None:
        folder.mkdir()
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        settings = surroundings(folder, DATABASE_URL=f"{url.rpartition('/')[0]}/{name}")
        subprocess.run([sys.executable, "-c", MIGRATED], env=settings, check=True, timeout=300)

    once("tables-on-postgres", make)
    return name


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest, django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """Has each worker's database begin as a copy: to migrate takes four seconds, once in a run and not once a worker."""
    from django.db import connection

    if request.config.getoption("--postgres"):
        connection.settings_dict["TEST"]["TEMPLATE"] = request.getfixturevalue("tables_on_postgres")
        yield
        return
    file = request.getfixturevalue("tables") / "office.sqlite3"
    # The tests' database lives in memory, as long as somebody is connected to it.
    address = connection.creation._get_test_db_name()
    with closing(sqlite3.connect(file)) as made, closing(sqlite3.connect(address, uri=True)) as own:
        made.backup(own)
        yield


@pytest.fixture(autouse=True)
def data(settings: Any, tmp_path: Path) -> Path:
    """The data folder, of this test alone."""
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    # Hashing a password well takes a fifth of a second, which no test is about.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return settings.DATA


@pytest.fixture(scope="session", autouse=True)
def static_files_found_once() -> Iterator[None]:
    """Every test's client has middleware of its own, and WhiteNoise's reads each static file's date anew: half of a request's time."""
    from whitenoise.middleware import WhiteNoiseMiddleware

    found: dict[str, Any] = {}
    find = WhiteNoiseMiddleware.add_files_from_finders

    def find_once(self: WhiteNoiseMiddleware) -> None:
        if not found:
            find(self)
            found.update(self.files)
        self.files.update(found)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", find_once)
        yield


@pytest.fixture(autouse=True)
def kinds_of_jobs() -> Iterator[None]:
    """The kinds of jobs that a test adds are its own: what lists them finds none of them later."""
    from evaltrail_office.jobs import handlers

    known = dict(handlers.handlers()), dict(handlers.names())
    yield
    for registry, before in zip((handlers._handlers, handlers._names), known, strict=True):
        registry.clear()
        registry.update(before)


_lifted: list[bool] = []
"""Whether the guards of the journal were lifted in this process."""


@pytest.fixture(autouse=True)
def journal_to_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """Lets the tables be emptied after a test that commits; the database itself keeps the journal else."""
    marked = request.node.get_closest_marker("django_db")
    commits = bool(marked and marked.kwargs.get("transaction")) or {"transactional_db", "live_server"} & set(request.fixturenames)
    if not commits:
        if marked and _lifted:
            # Tables were emptied after a test that committed; in this test's transaction the journal is kept again.
            request.getfixturevalue("db")
            from django.db import connection

            from evaltrail_office.journal.guards import set_guards

            set_guards(connection)
        yield
        return
    # First, so that it comes to its end later.
    request.getfixturevalue("transactional_db")
    from django.db import connection

    from evaltrail_office.journal.guards import lift_guards, set_guards

    set_guards(connection)
    yield
    lift_guards(connection)
    _lifted.append(True)


@cache
def sample_record() -> Record:
    """The sample paper as the reader reads it."""
    from evaltrail import sample
    from evaltrail.read import read

    return read(sample.path("pdf"))


@pytest.fixture
def sample() -> Record:
    """The record of the sample paper."""
    return sample_record()


@pytest.fixture
def person(db: None) -> Callable[..., User]:
    """Makes a person: ``person("head")`` is one in the whole office, ``person("team", evaluation)`` in one evaluation."""
    from django.utils import timezone

    from evaltrail_office.accounts.models import Grant, User

    made: list[int] = []

    def make(role: str = "", evaluation: Evaluation | str = "", *, administrator: bool = False, **grant: Any) -> User:
        made.append(1)
        name = f"{role or 'stranger'} {len(made)}"
        user = User.objects.create_user(
            f"{name.replace(' ', '')}@office.example", "a long password", name=name.capitalize(), is_administrator=administrator
        )
        if role:
            key = evaluation if isinstance(evaluation, str) else evaluation.key
            if role == "team":
                grant.setdefault("ends", timezone.localdate() + timedelta(days=90))
            if role == "constituent":
                grant.setdefault("group", "workers")
            Grant.objects.create(user=user, role=role, evaluation=key, given_by="system:test", **grant)
        return user

    return make


@pytest.fixture
def signed_in(client: Client) -> Callable[[User], Client]:
    """Signs a person in."""

    def sign_in(user: User) -> Client:
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def evaluation(db: None) -> Callable[..., Evaluation]:
    """Makes an evaluation: ``evaluation(stage="released")``."""
    from evaltrail_office.evaluations.models import Evaluation
    from evaltrail_office.shelf.models import next_key

    def make(title: str = "Landing sites that last", **fields: Any) -> Evaluation:
        return Evaluation.objects.create(key=next_key("E", Evaluation, 5), title=title, made_by="system:test", **fields)

    return make


@pytest.fixture
def document(db: None) -> Callable[..., Document]:
    """Puts the sample paper (or a record) on the shelf: ``document(evaluation)`` has all its parts belong to that evaluation."""
    from evaltrail_office.shelf import store

    def make(*evaluations: Evaluation, record: Record | None = None, stage: str = "draft", **fields: Any) -> Document:
        made = store.new_document(record or sample_record(), actor="system:test")
        for part, own in zip(made.parts.all(), evaluations * 9, strict=False):
            part.evaluation_key = own.key
            part.save()
        made.stage = stage
        for name, value in fields.items():
            setattr(made, name, value)
        made.save()
        return made

    return make


@pytest.fixture
def cast(person: Callable[..., User], evaluation: Callable[..., Evaluation]) -> Cast:
    """An issued evaluation with one recommendation whose follow-up is open and charged, and the people of it."""
    from tests.office.follow_up_cast import gathered

    return gathered(person, evaluation)


@pytest.fixture
def pages_are_drawn() -> None:
    """For tests about pictures: has ``work`` draw the pages of papers, most of the time of every other test that has one read."""


@pytest.fixture
def work(request: pytest.FixtureRequest, db: None, kinds_of_jobs: None) -> Callable[[], int]:
    """Does all jobs that wait, as a worker would, and returns how many; pages are only drawn where a test asks for it."""
    from evaltrail_office.jobs import handlers
    from evaltrail_office.jobs.worker import drain

    if "pages_are_drawn" not in request.fixturenames:
        assert "shelf.pictures" in handlers.handlers()
        handlers._handlers["shelf.pictures"] = lambda _: {"pages": 0}
    return drain


MADE = """
import sys, django
django.setup()
from django.core.management import call_command
if sys.argv[1:] == ["migrate"]:
    call_command("migrate", verbosity=0)
from evaltrail_office.accounts.models import Grant, User
head = User.objects.create_user("head@office.example", "a long password", name="Ada Brook")
Grant.objects.create(user=head, role="head", given_by="system:test")
User.objects.create_user("reader@office.example", "a long password", name="Rosa Fenn")
"""


def surroundings(data: Path, **settings: str) -> dict[str, str]:
    """The environment of a process that works in an office's data folder."""
    kept = {k: v for k, v in os.environ.items() if k != "DATABASE_URL" and not k.startswith(("EVALTRAIL_", "DJANGO_"))}
    return {**kept, "EVALTRAIL_DATA": str(data), "DJANGO_SETTINGS_MODULE": "evaltrail_office.site.settings", **settings}


@pytest.fixture(scope="session")
def make_office(request: pytest.FixtureRequest) -> Callable[..., Path]:
    """Makes a data folder (or, with DATABASE_URL, a database) with the tables, a head of evaluation and somebody without a role."""

    def make(folder: Path, **settings: str) -> Path:
        if "DATABASE_URL" not in settings:
            shutil.copytree(request.getfixturevalue("tables"), folder)
        migrate = ["migrate"] if "DATABASE_URL" in settings else []
        subprocess.run([sys.executable, "-c", MADE, *migrate], env=surroundings(folder, **settings), check=True, timeout=120)
        return folder

    return make


@pytest.fixture(scope="session")
def made_office(once: Callable[[str, Callable[[Path], Any]], Path], make_office: Callable[..., Path]) -> Path:
    """An office in a data folder; to be copied, not used."""
    return once("office", make_office)


@pytest.fixture
def own_office(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A data folder for real processes, on SQLite: with the tables, head@office.example and reader@office.example."""
    if request.config.getoption("--postgres"):
        pytest.skip("on SQLite alone, in the run without --postgres")
    made_office = request.getfixturevalue("made_office")
    return shutil.copytree(made_office, tmp_path / "office")
