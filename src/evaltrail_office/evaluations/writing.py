"""A document as a file: written from its record by a process of its own, and kept under the record's hash."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from evaltrail import __version__
from evaltrail.write.formats import formats
from evaltrail_office.evaluations.records import record_of

if TYPE_CHECKING:
    from evaltrail.record import Record
    from evaltrail_office.shelf.models import Document

SECONDS = 90
"""That writing may take."""
FORMS = ("docx", "pdf", "html", "xlsx", "csv", "xml", "json")
"""In the order in which they are offered."""
_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from evaltrail.cli import main; sys.exit(main(sys.argv[2:]))"
_seats = threading.BoundedSemaphore(2)


class Unwritten(Exception):
    """The paper cannot be written in this form. ``str()`` is one line for people: why, and the remedy."""


def media_type(form: str) -> str:
    """Of a form's files."""
    return formats()[form].MEDIA_TYPE


def written(document: Document, form: str) -> Path:
    """The file of a document's present words, written where it is not there yet.

    Raises ``Unwritten`` where the record lacks what the form is made of, or writing took too long.
    """
    return written_of(record_of(document), form)


def written_of(record: Record, form: str, *, kind: str = "", house: Path | None = None, seconds: int = SECONDS) -> Path:
    """The file of a record as a kind of paper in a house's template (a folder); without them the paper that fits the record, plain.

    ``seconds`` is how long it may take. Raises ``Unwritten``, as ``written``.
    """
    payload = record.to_json(indent=None).encode()
    name = hashlib.sha256(payload).hexdigest()
    if kind or house:
        name = hashlib.sha256(f"{name} {kind} {_state(house)}".encode()).hexdigest()
    path = Path(settings.DATA) / "papers" / name[:2] / f"{name}-{__version__}.{form}"
    if path.exists():
        return path
    with _seats:
        if not path.exists():
            write_to(path, payload, kind=kind, house=house, seconds=seconds)
    return path


def _state(house: Path | None) -> str:
    """What a house's template depends on: another file of it has another name, time or size."""
    files = sorted(p for p in house.rglob("*") if p.is_file()) if house else []
    return " ".join(f"{p} {s.st_mtime_ns} {s.st_size}" for p in files for s in [p.stat()])


def write_to(path: Path, payload: bytes, *, kind: str = "", house: Path | None = None, seconds: int = SECONDS) -> None:
    """Write a record (JSON) to a file whose ending tells the form, whole or not at all. Raises ``Unwritten``."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        record, made = Path(folder) / "record.json", Path(folder) / f"paper{path.suffix}"
        record.write_bytes(payload)
        # Only what Python needs to start: writing needs nothing of the office.
        environment = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LANG") if name in os.environ}
        options = [*(["--as", kind] if kind else []), *(["--house", str(house)] if house else [])]
        command = [sys.executable, "-I", "-c", _START, json.dumps(sys.path), "write", str(record), *options, "-o", str(made)]
        try:
            done = subprocess.run(  # noqa: S603 - our own program and paths of ours
                command, env=environment, cwd=folder, capture_output=True, text=True, timeout=seconds, check=False
            )
        except subprocess.TimeoutExpired as fault:
            raise Unwritten(_("writing it took longer than %(seconds)d seconds") % {"seconds": seconds}) from fault
        if done.returncode or not made.exists():
            lines = done.stderr.strip().splitlines()
            raise Unwritten(
                lines[-1].removeprefix("evaltrail write: ").replace(f"{record}: ", "") if lines else _("it could not be written")
            )
        made.replace(path)
