"""Backup and restore: the whole office as one archive, the same for SQLite and PostgreSQL.

An archive is a ZIP file: ``rows/<model>.jsonl`` with every row as Django's own serialisation, ``files/…`` with the source files, and
``manifest.json`` with the hash and the size of each, written last. What can be made again (search index, page pictures) and what is no part
of the office's matter (sessions, the secret key) is not in it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from evaltrail import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.db.models import Model

FORMAT = "evaltrail.backup/1"
LEFT_OUT = frozenset({"sessions.session", "contenttypes.contenttype", "auth.permission", "auth.group", "jobs.worker"})
_PIECE = 1 << 20
_ROWS = 500


class _Whole(DjangoJSONEncoder):
    """Django's own encoder, which cuts times to thousandths of a second, without the cut."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


class Unusable(Exception):
    """An archive that cannot be restored, or an office that must not be overwritten. ``str()`` is one line with the remedy."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What an archive holds."""

    path: Path
    rows: int
    files: int
    size: int
    """Bytes of the archive."""


def backup(target: Path, tell: Callable[[str, int, int], None] = lambda *_: None) -> Summary:
    """Write the office into an archive, whole or not at all; people may go on working meanwhile.

    Rows are read in one transaction that sees the database as it was at its beginning; source files never change and are kept before the
    rows that name them, so those that the rows name are there. ``tell`` is called with what is being written, how many are done, of how
    many.

    Raises:
        Unusable: the target exists already.
        OSError: the disk is full or the folder cannot be written to; no archive is left behind.
    """
    if target.exists():
        raise Unusable(f"{target} is there already: give another name, or remove it first")
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}-")
    try:
        with os.fdopen(handle, "w+b") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            manifest: dict[str, Any] = {"format": FORMAT, "version": __version__, "migrations": _applied(), "members": {}}
            with _snapshot():
                for number, model in enumerate(every := _models()):
                    tell(model._meta.label, number, len(every))  # noqa: SLF001 - Django's public name
                    _add_rows(archive, model, manifest["members"])
            files = sorted(p for p in (Path(settings.DATA) / "files").glob("*/*") if len(p.name) == len(hashlib.sha256().hexdigest()))
            for number, path in enumerate(files):
                tell(path.name[:12], number, len(files))
                # What nothing refers to may be swept away meanwhile.
                with contextlib.suppress(FileNotFoundError):
                    _add_file(archive, path, f"files/{path.parent.name}/{path.name}", manifest["members"])
            archive.writestr("manifest.json", json.dumps(manifest, indent=1))
        with Path(name).open("rb+") as written:
            os.fsync(written.fileno())
        Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)
    rows = sum(m["rows"] for m in manifest["members"].values())
    kept = sum(name.startswith("files/") for name in manifest["members"])
    return Summary(target, rows, kept, target.stat().st_size)


def check(source: Path) -> dict[str, Any]:
    """The manifest of an archive, after every member was read and its hash compared.

    Raises ``Unusable`` where it is no archive of an office, is damaged or incomplete, or comes from a newer version.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = _verified(archive, source)
    except FileNotFoundError:
        raise Unusable(f"{source} is not there") from None
    except (
        OSError,
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        zlib.error,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        EOFError,
    ) as fault:
        raise Unusable(f"{source} is no backup of an office, or damaged: take another") from fault
    unknown = {tuple(m) for m in manifest["migrations"]} - set(MigrationLoader(None).disk_migrations or {})
    if unknown:
        raise Unusable(
            f"{source} was made by version {manifest['version']}, which is newer than this one ({__version__}): install that first"
        )
    return manifest


def _verified(archive: zipfile.ZipFile, source: Path) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(archive.read("manifest.json"))
    if manifest.get("format") != FORMAT:
        raise Unusable(f"{source} is no backup that this version knows: restore it with the version that made it")
    there, wanted = set(archive.namelist()) - {"manifest.json"}, set(manifest["members"])
    if there != wanted:
        raise Unusable(f"{source} is damaged: {len(wanted ^ there)} of its parts are missing or foreign; take another")
    for name, known in manifest["members"].items():
        with archive.open(name) as member:
            if _hash(member) != known["sha256"]:
                raise Unusable(f"{source} is damaged: {name} is not what was written; take another")
    return manifest


def restore(source: Path, *, replace: bool = False, tell: Callable[[str, int, int], None] = lambda *_: None) -> Summary:
    """Put an archive in place of this office's rows and files. The database has its tables; nobody works in it meanwhile.

    All rows come in one transaction; files are added before, and files that no archive names stay. The search index is made anew.

    Raises:
        Unusable: the archive is (see ``check``), or the office is not empty and ``replace`` was not said. Nothing has changed then.
    """
    manifest = check(source)
    every = _models()
    if not replace and any(model._default_manager.exists() for model in every):  # noqa: SLF001 - Django's public name
        raise Unusable("this office is not empty: say --replace to put the backup in its place, after a backup of what is there")
    with zipfile.ZipFile(source) as archive:
        files = [name for name in manifest["members"] if name.startswith("files/")]
        for number, name in enumerate(files):
            tell(name[-64:][:12], number, len(files))
            _put_file(archive, name)
        with transaction.atomic(), _constraints_later():
            _empty(every)
            for number, model in enumerate(every):
                tell(model._meta.label, number, len(every))  # noqa: SLF001 - Django's public name
                _put_rows(archive, model)
            for statement in connection.ops.sequence_reset_sql(no_style(), every):
                with connection.cursor() as cursor:
                    cursor.execute(statement)
    from evaltrail_office.shelf.search import rebuild

    rebuild()
    rows = sum(m["rows"] for m in manifest["members"].values())
    return Summary(source, rows, len(files), source.stat().st_size)


def _models() -> list[type[Model]]:
    """Models with rows of their own, those that others point to first where that can be."""
    kept = [m for m in apps.get_models(include_auto_created=False) if m._meta.managed and m._meta.label_lower not in LEFT_OUT]  # noqa: SLF001
    return sorted(kept, key=lambda m: m._meta.label_lower)  # noqa: SLF001 - Django's public name


def _applied() -> list[list[str]]:
    loader = MigrationLoader(connection)
    return sorted([app, name] for app, name in loader.applied_migrations)


@contextmanager
def _snapshot() -> Iterator[None]:
    """A transaction that sees the database as it was at its beginning."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if connection.vendor == "postgresql" and outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _add_rows(archive: zipfile.ZipFile, model: type[Model], members: dict[str, Any]) -> None:
    name = _member(model)
    digest, count, size = hashlib.sha256(), 0, 0
    with archive.open(name, "w", force_zip64=True) as member:
        for row in model._base_manager.order_by("pk").iterator(chunk_size=_ROWS):  # noqa: SLF001 - Django's public name
            line = (json.dumps(serializers.serialize("python", [row])[0], cls=_Whole) + "\n").encode()
            member.write(line)
            digest.update(line)
            size += len(line)
            count += 1
    members[name] = {"sha256": digest.hexdigest(), "size": size, "rows": count}


def _add_file(archive: zipfile.ZipFile, path: Path, name: str, members: dict[str, Any]) -> None:
    # Papers are compressed already.
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_STORED
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file, archive.open(info, "w", force_zip64=True) as member:
        for piece in _pieces(file):
            member.write(piece)
            digest.update(piece)
            size += len(piece)
    members[name] = {"sha256": digest.hexdigest(), "size": size, "rows": 0}


def _put_file(archive: zipfile.ZipFile, name: str) -> None:
    from evaltrail_office.shelf.files import keep, path_of

    sha256 = name.rpartition("/")[2]
    if path_of(sha256).exists():
        return
    with archive.open(name) as member:
        kept, _size = keep(_pieces(member))
    if kept != sha256:
        raise Unusable(f"{name} in the backup is not the file that it is named after")


def _put_rows(archive: zipfile.ZipFile, model: type[Model]) -> None:
    name = _member(model)
    if name not in archive.namelist():
        return
    with archive.open(name) as member:
        pending: list[Model] = []
        for line in member:
            pending += [d.object for d in serializers.deserialize("python", [json.loads(line)], ignorenonexistent=True)]
            if len(pending) >= _ROWS:
                model._base_manager.bulk_create(pending)  # noqa: SLF001 - Django's public name
                pending = []
        model._base_manager.bulk_create(pending)  # noqa: SLF001 - Django's public name


def _empty(every: list[type[Model]]) -> None:
    tables = [m._meta.db_table for m in every]  # noqa: SLF001 - Django's public name
    quoted = [connection.ops.quote_name(t) for t in tables]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(quoted)} CASCADE")
            return
        # The journal's own guard keeps rows from being removed; it is put back with them.
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        guards = cursor.fetchall()
        for guard, _sql in guards:
            cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(guard)}")
        for table in quoted:
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own tables
        for _name, sql in guards:
            cursor.execute(sql)


@contextmanager
def _constraints_later() -> Iterator[None]:
    """Rows may point to rows that come later; that all are there is checked at the end."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA defer_foreign_keys = ON" if connection.vendor == "sqlite" else "SET CONSTRAINTS ALL DEFERRED")
    yield
    connection.check_constraints()


def _member(model: type[Model]) -> str:
    return f"rows/{model._meta.label_lower}.jsonl"  # noqa: SLF001 - Django's public name


def _hash(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    for piece in _pieces(file):
        digest.update(piece)
    return digest.hexdigest()


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        yield piece
