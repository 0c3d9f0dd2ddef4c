"""Files that no row names are removed after a day, and none that any row names."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client

from evaltrail_office.follow_up.actions import registers, work
from evaltrail_office.follow_up.models import Proof, Register
from evaltrail_office.follow_up.sweep import LEFT, MANY, sweep
from evaltrail_office.jobs.actions import enqueue
from evaltrail_office.journal.models import Entry
from evaltrail_office.papers.models import Issue
from evaltrail_office.shelf import files
from evaltrail_office.shelf.models import Document, Source, Version
from tests.office.follow_up_cast import Cast, transmitted
from tests.office.registers_made import xlsx
from tests.office.test_follow_up_proof import PDF, bring

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from evaltrail_office.accounts.models import User

pytestmark = pytest.mark.django_db


def kept(content: bytes, days: float = 2) -> str:
    """Hash of a file that was put on the shelf so many days ago."""
    sha256, _size = files.keep([content])
    aged(files.path_of(sha256), days)
    return sha256


def aged(path: Path, days: float = 2) -> None:
    then = time.time() - days * 24 * 60 * 60
    os.utime(path, (then, then))


def on_the_shelf(data: Path) -> list[Path]:
    return sorted(p for p in (data / "files").glob("*/*") if p.is_file())


def sign_in(who: User) -> Client:
    made = Client()
    made.force_login(who)
    return made


def test_a_proof_that_was_refused_and_given_up_leaves_nothing_after_a_day(cast: Cast, work: Callable[[], int], data: Path) -> None:
    action = transmitted(cast)
    refused = bring(sign_in(cast.line), action, words=" ")
    assert refused.status_code == 422
    assert not Proof.objects.exists()
    (left,) = on_the_shelf(data)
    assert left.read_bytes() == PDF
    # On the same day whoever brought it may still say what it shows.
    enqueue("follow_up.daily", {}, asked_by="system:test")
    work()
    assert on_the_shelf(data) == [left]
    aged(left)
    enqueue("follow_up.daily", {}, asked_by="system:test")
    work()
    assert on_the_shelf(data) == []
    entry = Entry.objects.get(verb="swept")
    assert entry.actor == "system:follow-up"
    assert entry.new == {"files": 1, "size": len(PDF), "sha256": [left.name]}


def test_no_file_goes_that_a_document_a_proof_a_register_or_an_issued_paper_names(cast: Cast, person: Callable[..., User]) -> None:
    action = transmitted(cast)
    head = person("head")
    proof, withdrawn, register, paper, issued = (kept(name.encode()) for name in ("proof", "withdrawn", "register", "paper", "issued"))
    work.add_proof(cast.line, action, "It shows.", work.Kept(proof, 5, "a.pdf"))
    work.withdraw_proof(cast.line, work.add_proof(cast.line, action, "It shows nothing.", work.Kept(withdrawn, 9, "b.pdf")))
    registers.bring(head, name="r.xlsx", sha256=register)
    source = Source.objects.create(sha256=paper, size=5, media_type="application/pdf")
    document = Document.objects.create(key="D-000099", title="Paper", source=source)
    version = Version.objects.create(document=document, number=1, how="read", payload=b"", sha256="0" * 64, schema="1", made_by="x")
    Issue.objects.create(document=document, version=version, form="pdf", sha256=issued, size=6, facts=1, issued_by="x")
    nobody = kept(b"nobody")
    assert sweep() == (1, len(b"nobody"))
    assert not files.path_of(nobody).exists()
    for sha256 in (proof, withdrawn, register, paper, issued):
        assert files.path_of(sha256).exists()
    assert sweep() == (0, 0)
    assert Entry.objects.filter(verb="swept").count() == 1


def test_a_register_keeps_its_file_also_when_it_was_taken_back(cast: Cast, person: Callable[..., User]) -> None:
    sha256 = kept(xlsx())
    register = registers.bring(person("head"), name="r.xlsx", sha256=sha256)
    Register.objects.filter(pk=register.pk).update(state="reversed")
    sweep()
    assert files.path_of(sha256).exists()


def test_what_is_brought_again_is_young_again(data: Path) -> None:
    sha256 = kept(b"again")
    assert files.keep([b"again"]) == (sha256, 5)
    assert time.time() - files.path_of(sha256).stat().st_mtime < LEFT
    assert sweep() == (0, 0)
    assert [p.name for p in on_the_shelf(data)] == [sha256]


def test_what_is_brought_again_while_names_are_read_stays() -> None:
    sha256 = kept(b"meanwhile")

    def meanwhile(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        files.keep([b"meanwhile"])
        return execute(sql, *rest)

    with connection.execute_wrapper(meanwhile):
        assert sweep() == (0, 0)
    assert files.path_of(sha256).exists()


def test_what_is_no_file_of_the_shelf_is_left_alone(data: Path) -> None:
    sha256 = kept(b"gone")
    others = [data / "files" / "new-abc", data / "files" / "ab" / "notes.txt", data / "files" / "zz" / ("f" * 64)]
    for path in others:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
        aged(path, 30)
    assert sweep().files == 1
    assert not files.path_of(sha256).exists()
    assert all(path.exists() for path in others)


def test_where_most_files_are_of_nobody_the_database_is_the_wrong_one(data: Path, caplog: pytest.LogCaptureFixture) -> None:
    for n in range(MANY + 1):
        kept(f"{n}".encode())
    assert sweep() == (0, 0)
    assert len(on_the_shelf(data)) == MANY + 1
    assert "is this the database of this data folder?" in caplog.text


def test_every_column_that_holds_the_hash_of_a_file_is_looked_at(cast: Cast) -> None:
    """The models of which a file is kept, whichever app they belong to."""
    action = transmitted(cast)
    rows: list[tuple[Any, str]] = []
    for n, model in enumerate((Proof, Register, Source)):
        sha256 = kept(f"{n}".encode())
        more: dict[str, Any] = {
            Proof: {"action": action, "words": "x", "made_by": "x"},
            Register: {"key": "G-00001", "name": "r", "made_by": "x"},
            Source: {"size": 1, "media_type": "text/plain"},
        }[model]
        rows.append((model.objects.create(sha256=sha256, **more), sha256))
    assert sweep() == (0, 0)
    for row, sha256 in rows:
        row.delete()
        assert sweep().files == 1
        assert not files.path_of(sha256).exists()
