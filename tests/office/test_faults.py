"""What goes wrong with machines: processes are killed, disks are full, databases go away. Nothing confirmed is lost, nothing half-kept."""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import random
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import uuid
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LIMIT = 90
"""Seconds that anything here may take in the suite."""
SERVE = "import sys; from evaltrail_office.site.serve import main; sys.exit(main(port=int(sys.argv[1])))"
SESSION = """
import django, sys
django.setup()
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from evaltrail_office.accounts.models import User
user, session = User.objects.get(email="head@office.example"), SessionStore()
session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
session.create()
print(session.session_key)
"""


def environment(data: Path, **settings: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k != "DATABASE_URL" and not k.startswith(("EVALTRAIL_", "DJANGO_"))}
    return {**kept, "EVALTRAIL_DATA": str(data), "DJANGO_SETTINGS_MODULE": "evaltrail_office.site.settings", **settings}


def pdf(words: list[str]) -> bytes:
    """A small PDF of one page with a line for each of the words."""
    lines = b"BT /F1 11 Tf 60 780 Td 16 TL " + b" ".join(f"({w}) Tj T*".encode() for w in words) + b" ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(lines), lines),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % at for at in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n%btrailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (table, len(out))


def papers(folder: Path, count: int) -> list[Path]:
    """Small papers, each another, as PDF, HTML and text in turn."""
    folder.mkdir()
    made = []
    for n in range(count):
        title = f"Evaluation of harbour {n}, {uuid.UUID(int=n * 7919)}"
        words = [title, "Findings", f"Finding 1. Harbour {n} was rebuilt.", "Recommendations", f"Recommendation 1: Train pilot {n}."]
        ending, content = [
            ("pdf", pdf(words)),
            ("html", f"<h1>{words[0]}</h1><h2>{words[1]}</h2><p>{words[2]}</p><h2>{words[3]}</h2><p>{words[4]}</p>".encode()),
            ("txt", "\n\n".join(words).encode()),
        ][n % 3]
        made.append(folder / f"{n:03}.{ending}")
        made[-1].write_bytes(content)
    return made


def rows(data: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(f"file:{data}/office.sqlite3?mode=ro", uri=True, timeout=30)) as database:
        return database.execute(query).fetchall()


def until(holds: Callable[[], Any], limit: float = LIMIT, step: float = 0.1) -> Any:
    """Wait until something holds, and give it."""
    end = time.monotonic() + limit
    while time.monotonic() < end:
        with suppress(OSError, sqlite3.Error, http.client.HTTPException):
            if found := holds():
                return found
        time.sleep(step)
    pytest.fail(f"did not come to hold within {limit:.0f} seconds")


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Office:
    """An office that really runs, with all its processes."""

    def __init__(self, data: Path, **settings: str) -> None:
        self.data, self.port = data, free_port()
        self.environment = environment(data, **settings)
        self.log = data.parent / "office.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            command = [sys.executable, "-c", SERVE, str(self.port)]
            self.process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log, start_new_session=True)
        until(lambda: self.get("/health")[0] == 200)

    def kill(self) -> None:
        """All its web processes at once, as a power cut would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(20)

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()

    def get(self, path: str) -> tuple[int, str]:
        return self.ask("GET", path)

    def ask(self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def upload(self, session: str, file: Path) -> int:
        """Send a file as a browser does; gives the status."""
        border, token = uuid.uuid4().hex, "t" * 32
        fields = f'--{border}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
        begin = f'--{border}\r\nContent-Disposition: form-data; name="file"; filename="{file.name}"\r\n\r\n'
        body = fields.encode() + begin.encode() + file.read_bytes() + f"\r\n--{border}--\r\n".encode()
        headers = {"Content-Type": f"multipart/form-data; boundary={border}", "Cookie": f"sessionid={session}; csrftoken={token}"}
        return self.ask("POST", "/intake/", body, headers)[0]


@contextmanager
def office(data: Path, **settings: str) -> Iterator[Office]:
    made = Office(data, **settings)
    try:
        made.start()
        yield made
    finally:
        made.stop()


def add(data: Path, files: list[Path], **settings: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "evaltrail", "add", *map(str, files)]
    return subprocess.run(command, env=environment(data, **settings), capture_output=True, text=True, check=False, timeout=300)


def read_exactly_once(data: Path, count: int) -> None:
    """Every file is read, each once, and nothing else is there."""
    assert rows(data, "SELECT state, count(*) FROM intake_item GROUP BY 1") == [("read", count)]
    assert rows(data, "SELECT count(*), count(DISTINCT source_id), count(current_id) FROM shelf_document") == [(count, count, count)]
    assert rows(data, "SELECT count(*) FROM shelf_version") == [(count,)]
    assert rows(data, "SELECT count(DISTINCT document_id) FROM intake_item") == [(count,)]
    assert rows(data, "SELECT count(*) FROM journal_entry WHERE thing LIKE 'document:%' GROUP BY thing, verb HAVING count(*) > 1") == []
    assert rows(data, "PRAGMA integrity_check") == [("ok",)]


@pytest.mark.parametrize("count, kills", [(12, 3), pytest.param(200, 60, marks=pytest.mark.soak)], ids=["some", "many"])
def test_every_file_is_read_exactly_once_however_often_its_worker_is_killed(
    own_office: Path, tmp_path: Path, count: int, kills: int
) -> None:
    chance = random.Random(7)  # noqa: S311 - the same moments in every run
    assert add(own_office, papers(tmp_path / "papers", count)).returncode == 0
    killed = 0
    with office(own_office, EVALTRAIL_WORKERS="2") as running:
        while killed < kills:
            until(lambda: rows(own_office, "SELECT 1 FROM jobs_worker"))
            if not rows(own_office, "SELECT 1 FROM intake_item WHERE state IN ('waiting', 'reading')"):
                break
            time.sleep(chance.uniform(0.02, 0.3))
            at_it = [w for (w,) in rows(own_office, "SELECT worker FROM jobs_job WHERE state = 'running'")]
            if at_it:
                with suppress(ProcessLookupError):
                    os.kill(int(chance.choice(at_it).rpartition(":")[2]), signal.SIGKILL)
                    killed += 1
        open_ = "SELECT 1 FROM intake_item WHERE state IN ('waiting', 'reading')"
        until(lambda: not rows(own_office, open_), limit=LIMIT + count * 3)
        assert killed
        until(lambda: "is started again" in running.log.read_text(), limit=10)
        assert running.process.poll() is None
    read_exactly_once(own_office, count)


@pytest.mark.parametrize("kills", [2, pytest.param(30, marks=pytest.mark.soak)])
def test_nothing_confirmed_is_lost_and_nothing_half_written_when_the_server_is_killed(own_office: Path, tmp_path: Path, kills: int) -> None:
    chance = random.Random(11)  # noqa: S311 - the same moments in every run
    confirmed, sent = [], papers(tmp_path / "papers", 100 * kills)
    for paper in sent:
        # Long enough for a kill to hit the middle of one.
        paper.write_bytes(paper.read_bytes() + b"\n" * 20_000)
    made = subprocess.run([sys.executable, "-c", SESSION], env=environment(own_office), capture_output=True, text=True, check=True)
    session, left = made.stdout.strip(), iter(sent)
    for _ in range(kills):
        # Reading is another test's matter.
        running = Office(own_office, EVALTRAIL_WORKERS="0")
        running.start()

        def send(running: Office = running) -> None:
            for paper in left:
                try:
                    if running.upload(session, paper) == 302:
                        confirmed.append(paper)
                except (OSError, http.client.HTTPException):
                    # Killed in the middle of this one.
                    return

        sender = threading.Thread(target=send)
        sender.start()
        had = len(confirmed)
        until(lambda had=had: len(confirmed) > had + 2)
        time.sleep(chance.uniform(0, 0.4))
        running.kill()
        sender.join(60)
    with office(own_office, EVALTRAIL_WORKERS="0"):
        pass
    assert rows(own_office, "PRAGMA integrity_check") == [("ok",)]
    hashes = {hashlib.sha256(p.read_bytes()).hexdigest() for p in confirmed}
    known = {sha for (sha,) in rows(own_office, "SELECT sha256 FROM intake_item JOIN shelf_source ON shelf_source.id = source_id")}
    assert hashes <= known, "a file that the office said it has is not there"
    kept = list((own_office / "files").glob("*/*"))
    assert {p.name for p in kept} >= known
    assert all(hashlib.sha256(p.read_bytes()).hexdigest() == p.name for p in kept)
    # Each file that is in a batch is also going to be read, and stands in the journal.
    assert rows(own_office, "SELECT count(*) FROM intake_item WHERE job_id IS NULL OR source_id IS NULL") == [(0,)]
    brought = rows(own_office, "SELECT count(*) FROM journal_entry WHERE verb = 'brought'")
    assert brought == rows(own_office, "SELECT count(*) FROM intake_item")


def test_a_file_for_which_there_is_no_room_leaves_nothing_behind(own_office: Path, tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_text("Evaluation\n\n" + "The harbour was rebuilt. " * 300_000)
    # No file of the process may grow above six megabytes: the database does not, the paper would.
    done = subprocess.run(
        [sys.executable, "-m", "evaltrail", "add", str(file)],
        env=environment(own_office),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (6 << 20, 6 << 20)),
    )
    assert done.returncode == 2
    assert done.stderr == (
        f"evaltrail: {file}: there is no room left for it on the office's disk. Ask the administrator, then bring it again\n"
    )
    assert [p for p in (own_office / "files").rglob("*") if p.is_file()] == []
    assert rows(own_office, "SELECT state, source_id FROM intake_item") == [("failed", None)]
    assert rows(own_office, "SELECT count(*) FROM jobs_job") == [(0,)]


def test_office_and_worker_go_on_after_their_database_was_away(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    if not request.config.getoption("--postgres"):
        pytest.skip("about PostgreSQL, in the run with --postgres")
    psycopg = pytest.importorskip("psycopg")
    database = request.getfixturevalue("restarting_postgres")
    own = request.getfixturevalue("make_office")(tmp_path / "office", DATABASE_URL=database.url)
    with office(own, DATABASE_URL=database.url, EVALTRAIL_LOG="json") as running:
        database.stop(signal.SIGQUIT)
        status, said = running.get("/health")
        assert status == 503
        assert "database" in said
        status, said = running.get("/accounts/login/")
        assert status == 503
        assert "does not reach its database" in said
        # The worker notices at its next look.
        until(lambda: "the database cannot be used" in running.log.read_text(), limit=20)
        database.start()
        until(lambda: running.get("/health")[0] == 200, limit=20)
        assert add(own, papers(tmp_path / "papers", 3), DATABASE_URL=database.url).returncode == 0
        with psycopg.connect(database.url, autocommit=True) as connection:
            query = "SELECT count(*) FROM intake_item WHERE state = 'read'"
            until(lambda: connection.execute(query).fetchone() == (3,), limit=40)
        assert running.process.poll() is None
    lines = [json.loads(line) for line in running.log.read_text().splitlines() if line.startswith("{")]
    assert {"request", "job"} <= {line["event"] for line in lines}
    assert "Traceback" not in running.log.read_text()
