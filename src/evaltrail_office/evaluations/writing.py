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
    from collections.abc import Callable, Sequence

    from evaltrail.record import Record
    from evaltrail_office.shelf.models import Document

SECONDS = 90
"""That writing may take."""
FORMS = ("docx", "pdf", "html", "xlsx", "csv", "xml", "json")
"""In the order in which they are offered."""
_START = """
import json, sys
sys.path[:] = json.loads(sys.argv[1])
from evaltrail.cli import main
for name, arguments in json.loads(sys.argv[2]):
    print(name, flush=True)
    if code := main(arguments):
        sys.exit(code)
"""
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
    write_all([path], payload, kind=kind, house=house, seconds=seconds)


def write_all(
    paths: Sequence[Path],
    payload: bytes,
    *,
    kind: str = "",
    house: Path | None = None,
    seconds: int = SECONDS,
    told: Callable[[Path], None] = lambda _: None,
) -> None:
    """Write a record (JSON) to files in one folder whose endings tell the forms, all by one process, and all of them or none.

    ``told`` is called with each file before it is written; what it raises ends the process and goes on. ``seconds`` is what each
    may take. Raises ``Unwritten`` for the file that ``told`` was called with last.
    """
    parent = paths[0].parent
    parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=parent) as folder:
        record, made = Path(folder) / "record.json", {f"paper{path.suffix}": path for path in paths}
        record.write_bytes(payload)
        # Only what Python needs to start: writing needs nothing of the office.
        environment = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LANG") if name in os.environ}
        options = [*(["--as", kind] if kind else []), *(["--house", str(house)] if house else [])]
        order = json.dumps([[name, ["write", str(record), *options, "-o", str(Path(folder) / name)]] for name in made])
        said = Path(folder) / "said"
        with said.open("w") as faults, subprocess.Popen(  # noqa: S603 - our own program and paths of ours
            [sys.executable, "-I", "-c", _START, json.dumps(sys.path), order],
            env=environment, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=faults, text=True,
        ) as process:  # fmt: skip
            late = _told_each(process, made, seconds, told)
        if late:
            raise Unwritten(_("writing it took longer than %(seconds)d seconds") % {"seconds": seconds})
        if process.returncode or not all((Path(folder) / name).exists() for name in made):
            lines = said.read_text("utf-8", errors="replace").strip().splitlines()
            raise Unwritten(
                lines[-1].removeprefix("evaltrail write: ").replace(f"{record}: ", "") if lines else _("it could not be written")
            )
        for name, path in made.items():
            (Path(folder) / name).replace(path)


def _told_each(process: subprocess.Popen[str], made: dict[str, Path], seconds: int, told: Callable[[Path], None]) -> bool:
    """Tell of each file as the process comes to it, until the process has ended. Returns whether one took too long."""
    late = threading.Event()

    def end() -> None:
        late.set()
        process.kill()

    def watched() -> threading.Timer:
        timer = threading.Timer(seconds, end)
        timer.start()
        return timer

    clock = watched()
    assert process.stdout is not None  # noqa: S101 - opened by who calls
    try:
        for line in process.stdout:
            if path := made.get(line.rstrip()):
                clock.cancel()
                clock = watched()
                told(path)
        process.wait()
    finally:
        clock.cancel()
        process.kill()
    return late.is_set()
