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
    payload = record_of(document).to_json(indent=None).encode()
    name = hashlib.sha256(payload).hexdigest()
    path = Path(settings.DATA) / "papers" / name[:2] / f"{name}-{__version__}.{form}"
    if path.exists():
        return path
    with _seats:
        if not path.exists():
            _write(payload, path)
    return path


def _write(payload: bytes, path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        record, made = Path(folder) / "record.json", Path(folder) / f"paper{path.suffix}"
        record.write_bytes(payload)
        # Only what Python needs to start: writing needs nothing of the office.
        environment = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LANG") if name in os.environ}
        command = [sys.executable, "-I", "-c", _START, json.dumps(sys.path), "write", str(record), "-o", str(made)]
        try:
            done = subprocess.run(  # noqa: S603 - our own program and paths of ours
                command, env=environment, cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False
            )
        except subprocess.TimeoutExpired as fault:
            raise Unwritten(_("writing it took longer than %(seconds)d seconds") % {"seconds": SECONDS}) from fault
        if done.returncode or not made.exists():
            lines = done.stderr.strip().splitlines()
            raise Unwritten(
                lines[-1].removeprefix("evaltrail write: ").replace(f"{record}: ", "") if lines else _("it could not be written")
            )
        made.replace(path)
