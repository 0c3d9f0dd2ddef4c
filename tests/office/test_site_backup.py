"""An office comes back from its backup as it was, and from a broken one not at all."""

from __future__ import annotations

import shutil
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from evaltrail_office.journal.models import Entry
from evaltrail_office.shelf import files, search, store
from evaltrail_office.shelf.models import Document, Source, Version
from evaltrail_office.site.backup import Unusable, backup, check, restore

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from evaltrail.record import Record
    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def archive(tmp_path: Path, document: Callable[..., Document], evaluation: Callable[..., Evaluation], person: Callable[..., User]) -> Path:
    """A backup of a small office: one paper with its file, one person."""
    sha256, size = files.keep([b"%PDF-", b"the words of a paper"])
    source = Source.objects.create(sha256=sha256, size=size, media_type="application/pdf")
    document(evaluation(), source=source, title="Landing sites")
    person("head")
    backup(tmp_path / "office.zip")
    return tmp_path / "office.zip"


def rows() -> dict[str, list[Any]]:
    """Everything that the office keeps."""
    from evaltrail_office.site.backup import _models

    return {m._meta.label: list(m._base_manager.order_by("pk").values()) for m in _models() if m._meta.label != "jobs.Job"}


def test_what_was_backed_up_comes_back_whole(
    archive: Path, sample: Record, data: Path, work: Callable[[], int], person: Callable[..., User]
) -> None:
    before = rows()
    Document.objects.update(title="changed since", current=None)
    Version.objects.all().delete()
    shutil.rmtree(data / "files")
    restore(archive, replace=True)
    assert rows() == before
    made = Document.objects.get()
    assert store.record_of(made) == sample
    assert files.path_of(made.source.sha256).read_bytes() == b"%PDF-the words of a paper"
    work()
    assert search.search(person("head"), "recommendation finding evaluation").hits


def test_new_rows_after_a_restore_do_not_collide_with_old_ones(archive: Path, document: Callable[..., Document]) -> None:
    restore(archive, replace=True)
    assert document().key == "D-000002"
    assert Entry.objects.count() == 2


def test_an_office_that_is_not_empty_is_not_overwritten_without_being_told(archive: Path) -> None:
    before = rows()
    with pytest.raises(Unusable, match="--replace"):
        restore(archive)
    assert rows() == before


def test_a_backup_does_not_overwrite_another(archive: Path) -> None:
    with pytest.raises(Unusable, match="is there already"):
        backup(archive)


@pytest.mark.parametrize("damage", ["cut", "flipped", "part missing", "foreign part", "no zip", "other format", "not there"])
def test_a_broken_archive_is_refused_and_nothing_changes(archive: Path, damage: str) -> None:
    content = bytearray(archive.read_bytes())
    before = rows()
    if damage == "cut":
        archive.write_bytes(content[: len(content) // 2])
    elif damage == "flipped":
        at = content.index(b"the words of a paper")
        content[at] ^= 1
        archive.write_bytes(content)
    elif damage in {"part missing", "foreign part", "other format"}:
        changed = archive.with_name("changed.zip")
        with zipfile.ZipFile(archive) as old, zipfile.ZipFile(changed, "w") as new:
            for name in old.namelist():
                words = old.read(name)
                if damage == "other format" and name == "manifest.json":
                    words = words.replace(b"backup/1", b"backup/2")
                if not (damage == "part missing" and name.startswith("files/")):
                    new.writestr(name, words)
            if damage == "foreign part":
                new.writestr("rows/x.jsonl", "{}")
        changed.replace(archive)
    elif damage == "no zip":
        archive.write_bytes(b"PK\x03\x04 nothing")
    else:
        archive.unlink()
    with pytest.raises(Unusable) as refusal:
        restore(archive, replace=True)
    assert "\n" not in str(refusal.value)
    assert rows() == before


def test_an_archive_of_a_newer_version_is_refused(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(archive) as old:
        words = {name: old.read(name) for name in old.namelist()}
    words["manifest.json"] = words["manifest.json"].replace(b'"migrations": [', b'"migrations": [["shelf", "9999_later"],')
    with zipfile.ZipFile(archive, "w") as new:
        for name, content in words.items():
            new.writestr(name, content)
    with pytest.raises(Unusable, match="newer"):
        check(archive)


def test_no_half_archive_is_left_where_the_backup_breaks_off(tmp_path: Path, document: Callable[..., Document]) -> None:
    document()

    def stop(*_told: object) -> None:
        raise OSError("No space left on device")

    with pytest.raises(OSError, match="No space"):
        backup(tmp_path / "out" / "office.zip", stop)
    assert list((tmp_path / "out").iterdir()) == []
