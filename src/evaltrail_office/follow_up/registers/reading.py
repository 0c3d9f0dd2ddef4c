"""Having a register opened by a process of its own, and believing no more of its answer than that it is texts."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from evaltrail_office.follow_up.registers.child import MOST_COLUMNS, MOST_ROWS, MOST_SHEETS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MOST_BYTES = 25 << 20
"""Of a file."""
SECONDS = 90
MEMORY = 2 << 30
"""Bytes of address space."""
_LARGEST = 200 << 20
_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from evaltrail_office.follow_up.registers.child import main; main()"


class Unread(Exception):
    """A register cannot be read. ``str()`` is one line with the remedy."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it was read."""

    name: str
    shown: bool
    rows: list[list[str]]


def read(path: Path, told: Callable[[], None] = lambda: None) -> list[Sheet]:
    """The sheets of a file. ``told`` is called every second; what it raises ends the process and goes on. Raises ``Unread``."""
    if not path.is_file():
        raise Unread(_("The office does not find the file any more. Bring it again; if that does not help, tell the administrator."))
    if path.stat().st_size > MOST_BYTES:
        raise Unread(too_large())
    answer = _answer(path, told)
    if answer is None:
        raise Unread(_("It took too long to read, or more memory than there is for one file. Split it into several, and bring those."))
    fault = answer.get("fault")
    if fault is not None:
        raise Unread(_line(str(fault)))
    sheets = answer.get("sheets")
    if not isinstance(sheets, list):
        raise Unread(_line("broken"))
    return [_sheet(s) for s in sheets[:MOST_SHEETS]]


def too_large() -> str:
    """The line for a file that is larger than is taken."""
    return _("It has more than %(mb)d MB. Leave out the sheets and pictures that are not the register, and bring it again.") % {
        "mb": MOST_BYTES >> 20
    }


def _line(fault: str) -> str:
    lines = {
        "empty": _("It is empty: there is no row in it. Export it again."),
        "password": _("It is protected with a password. Open it, save it without the password, and bring that."),
        "old": _("It is a workbook of a kind that is not read (XLS, XLSB). Open it and save it as XLSX or CSV."),
        "ods": _("It is an OpenDocument spreadsheet. Save it as XLSX or CSV, and bring that."),
        "pdf": _("It is a PDF and not a table. Papers are brought on the page Intake; a register is XLSX or CSV."),
        "other": _("It is not a table. Bring the register as XLSX or CSV."),
        "long": _("It has more than %(rows)d rows, or too many words. Split it into several files.") % {"rows": MOST_ROWS},
        "memory": _("It takes more memory to read than there is for one file. Split it into several files."),
    }
    return lines.get(fault) or _(
        "It is damaged: it cannot be opened. Open it in a spreadsheet program, save it anew as XLSX, and bring that."
    )


def _sheet(found: Any) -> Sheet:
    # It has read a stranger's file, so it is not believed either.
    rows = [[str(cell) for cell in row[:MOST_COLUMNS]] for row in found["rows"]]
    return Sheet(str(found["name"])[:120], bool(found["shown"]), rows)


def _answer(path: Path, told: Callable[[], None]) -> dict[str, Any] | None:
    with path.open("rb") as source, tempfile.TemporaryFile() as kept:
        # Only what Python needs to start: nothing of the office's environment reaches what opens the file.
        environment = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LANG") if name in os.environ}
        order = json.dumps({"memory": MEMORY, "seconds": SECONDS})
        process = subprocess.Popen(  # noqa: S603 - this Python, with nothing from outside
            [sys.executable, "-P", "-B", "-c", _START, json.dumps(sys.path), order],
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            cwd=tempfile.gettempdir(),
            start_new_session=True,
        )
        reader = threading.Thread(target=_copy, args=(process, kept), daemon=True)
        reader.start()
        began = time.monotonic()
        try:
            while reader.is_alive():
                reader.join(1)
                told()
                if time.monotonic() - began > SECONDS + 10:
                    return None
        finally:
            _kill(process)
            reader.join(5)
            if process.stdout is not None:
                process.stdout.close()
            status = process.wait()
        if status != 0:
            return {"fault": "broken"} if status > 0 else None
        kept.seek(0)
        try:
            answer: dict[str, Any] = json.load(kept)
        except ValueError:
            return {"fault": "broken"}
        return answer


def _copy(process: subprocess.Popen[bytes], kept: Any) -> None:
    assert process.stdout is not None  # noqa: S101 - opened above
    total = 0
    while chunk := process.stdout.read(1 << 20):
        total += len(chunk)
        if total > _LARGEST:
            _kill(process)
            return
        kept.write(chunk)
    process.wait()


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    with suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
