"""The office's commands, as real processes: what they do, what they say, how they end."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from evaltrail import sample

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]

MAIN = "import sys; from evaltrail.cli import main; sys.exit(main(sys.argv[1:]))"
PAPER = """\
Evaluation of the Harbour Programme

Findings

Finding 1. The lighthouse was rebuilt in two years.

Recommendations

Recommendation 1: The Ports Unit should train the pilots.
"""


def django_environment(office: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k != "DATABASE_URL" and not k.startswith(("EVALTRAIL_", "DJANGO_"))}
    return {**kept, "EVALTRAIL_DATA": str(office), "DJANGO_SETTINGS_MODULE": "evaltrail_office.site.settings"}


@pytest.fixture
def environment(own_office: Path) -> dict[str, str]:
    return django_environment(own_office)


@pytest.fixture
def run(environment: dict[str, str], tmp_path: Path) -> Run:
    def call(*arguments: Any, **settings: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "evaltrail", *map(str, arguments)]
        return subprocess.run(command, env=environment | settings, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)

    return call


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    file = tmp_path / "harbour.txt"
    file.write_text(PAPER, encoding="utf-8")
    return file


def rows(office: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(office / "office.sqlite3")) as database:
        return database.execute(query).fetchall()


def test_papers_are_brought_read_and_found(run: Run, own_office: Path, paper: Path) -> None:
    added = run("add", paper, "--wait")
    assert (added.returncode, added.stderr) == (0, "")
    assert added.stdout == "B-00001: 1 file to be read, brought by Ada Brook\nD-000001  harbour.txt\n"
    found = run("search", "pilot", "--format", "json")
    assert [(h["document"], h["kind"], h["text"]) for h in json.loads(found.stdout)["hits"]] == [
        ("D-000001", "recommendation", "The Ports Unit should train the pilots.")
    ]
    assert rows(own_office, "SELECT actor, verb FROM journal_entry WHERE verb = 'brought'") == [("P-00001", "brought")]


def test_nobody_finds_on_the_terminal_what_they_may_not_see(run: Run, paper: Path) -> None:
    assert run("add", paper, "--wait").returncode == 0
    found = run("search", "pilot", "--as", "reader@office.example")
    assert (found.returncode, found.stdout) == (0, "")
    assert found.stderr == "evaltrail: nothing was found that this person may see\n"


def test_without_wait_the_files_are_left_to_a_worker(run: Run, own_office: Path, paper: Path) -> None:
    assert run("add", paper).returncode == 0
    assert rows(own_office, "SELECT state FROM jobs_job") == [("waiting",)]


def test_what_cannot_be_brought_is_named_and_the_rest_is_brought(run: Run, own_office: Path, paper: Path, tmp_path: Path) -> None:
    (tmp_path / "noise.bin").write_bytes(bytes(range(1, 256)) * 9)
    (tmp_path / "none.txt").touch()
    added = run("add", paper, tmp_path / "noise.bin", tmp_path / "none.txt", tmp_path / "missing.pdf", tmp_path)
    assert added.returncode == 3
    said = added.stderr.splitlines()
    assert len(said) == 4
    assert all(line.startswith("evaltrail: ") for line in said)
    assert rows(own_office, "SELECT count(*) FROM intake_item WHERE state = 'waiting'") == [(1,)]
    assert run("add", tmp_path / "missing.pdf").returncode == 2


@pytest.mark.parametrize(
    "arguments, said",
    [
        (("--as", "nobody@office.example"), "nobody here has the address nobody@office.example"),
        (("--as", "reader@office.example"), "evaltrail: "),
        (("--evaluation", "E-99999"), "you cannot bring papers for this evaluation"),
    ],
)
def test_who_may_not_bring_papers_is_told_so_in_one_line(
    run: Run, own_office: Path, paper: Path, arguments: tuple[str, ...], said: str
) -> None:
    added = run("add", paper, *arguments)
    assert added.returncode == 2
    assert said in added.stderr
    assert added.stderr.count("\n") == 1
    assert rows(own_office, "SELECT count(*) FROM intake_item") == [(0,)]


def test_a_backup_comes_back_in_another_folder(run: Run, tmp_path: Path, paper: Path) -> None:
    assert run("add", paper, sample.path("html"), "--wait").returncode == 0
    made = run("backup", "-o", tmp_path / "office.zip")
    assert (made.returncode, made.stderr) == (0, "")
    again = run("backup", "-o", tmp_path / "office.zip")
    assert again.returncode == 2
    assert "is there already" in again.stderr
    other = tmp_path / "other"
    back = run("restore", tmp_path / "office.zip", "--data", other)
    assert (back.returncode, back.stderr) == (0, "")
    assert rows(other, "SELECT key FROM shelf_document ORDER BY id") == [("D-000001",), ("D-000002",)]
    refused = run("restore", tmp_path / "office.zip", "--data", other)
    assert refused.returncode == 2
    assert "say --replace" in refused.stderr
    assert run("restore", tmp_path / "office.zip", "--data", other, "--replace").returncode == 0


def test_nothing_is_put_back_into_an_office_that_is_running(run: Run, environment: dict[str, str], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "evaltrail", "serve", "--port", "0"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as office:
        try:
            assert "is open at" in office.stdout.readline()
            made = run("backup", "-o", tmp_path / "office.zip")
            assert (made.returncode, made.stderr) == (0, "")
            refused = run("restore", tmp_path / "office.zip", "--replace")
            assert refused.returncode == 2
            assert "is running: close it first" in refused.stderr
        finally:
            office.send_signal(signal.SIGINT)
            office.wait(20)
    limit = time.monotonic() + 10
    while (done := run("restore", tmp_path / "office.zip", "--replace")).returncode and time.monotonic() < limit:
        time.sleep(0.2)
    assert done.returncode == 0


@pytest.mark.parametrize("command", [("search", "x"), ("backup",), ("add", "harbour.txt")])
def test_without_an_office_it_says_how_to_open_one_and_makes_none(run: Run, paper: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
    done = run(*command, "--data", tmp_path / "nowhere")
    assert done.returncode == 2
    assert "evaltrail serve" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "nowhere").exists()


def test_a_setting_that_cannot_be_used_is_named(run: Run) -> None:
    done = run("search", "x", EVALTRAIL_WORKERS="many")
    assert done.returncode == 2
    assert done.stderr.startswith("evaltrail: EVALTRAIL_WORKERS is 'many'")


def test_of_several_heads_one_has_to_be_named(run: Run, own_office: Path) -> None:
    second = (
        "django.setup(); from evaltrail_office.accounts.models import Grant; Grant.objects.create(user_id=2, role='head', given_by='x')"
    )
    subprocess.run([sys.executable, "-c", f"import django; {second}"], env=django_environment(own_office), check=True, timeout=60)
    done = run("search", "x")
    assert done.returncode == 2
    assert "several people lead this office" in done.stderr
    assert run("search", "x", "--as", "head@office.example").returncode == 0


def test_a_backup_onto_a_full_disk_leaves_nothing_behind(environment: dict[str, str], own_office: Path, tmp_path: Path) -> None:
    content = os.urandom(300_000)
    kept = hashlib.sha256(content).hexdigest()
    (own_office / "files" / kept[:2]).mkdir(parents=True)
    (own_office / "files" / kept[:2] / kept).write_bytes(content)
    # No file of this process may grow above 200 kilobytes.
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000)); {MAIN}"
    command = [sys.executable, "-c", limited, "backup", "-o", str(tmp_path / "out" / "office.zip")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "File too large" in done.stderr
    assert list((tmp_path / "out").iterdir()) == []
