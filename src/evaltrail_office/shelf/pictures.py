"""Pictures of a paper's pages: drawn by a process without credentials, kept in the data folder, shown instead of the upload itself."""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from evaltrail_office.shelf import files
from evaltrail_office.shelf.drawing import FRAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from evaltrail_office.shelf.models import Document, Source

WIDTHS = (240, 620, 1240)
"""Widths in pixels in which pages are drawn: beside a hit, beside a statement, on a whole screen. Another is drawn in the next wider."""
MOST = 2 << 30
"""Bytes that pictures may take in the data folder; those that were looked at longest ago go first."""
SECONDS = 20
SECONDS_A_PAGE = 2
"""That drawing may take in all, and more a page."""
MEMORY = 2 << 30
"""Bytes of address space of the process that draws."""
FORGET = 3600.0
"""Seconds after which a page that could not be drawn is tried again."""
PDF = "application/pdf"
_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from evaltrail_office.shelf.drawing import main; main()"
PATIENCE = 8.0
"""Seconds that a page waits for others to be drawn."""
_LARGEST = 64 << 20  # bytes of one picture; more is no picture of a page
_seats = threading.BoundedSemaphore(2)
_drawn = itertools.count(1)
_OFTEN = 500  # pictures between two looks at how much room they take


class Busy(Exception):
    """Too many pages are being drawn; the same question has an answer later."""


def picture(document: Document, page: int, width: int = WIDTHS[-1]) -> Path | None:
    """The PNG of a page (from 1), drawn where it is not there yet; None where the paper has no pages or this one cannot be drawn.

    The width is one of ``WIDTHS``, or the next wider of them.

    Raises:
        Busy: others have been drawn for ``PATIENCE`` seconds.
    """
    source = document.source
    if source is None or source.media_type != PDF or page < 1 or (source.pages and page > source.pages):
        return None
    path = path_of(source, page, width_for(width))
    found = _there(path)
    if found is None:
        if not _seats.acquire(timeout=PATIENCE):
            raise Busy
        try:
            found = _there(path)
            if found is None:
                for _ in draw(source, [page], [width_for(width)]):
                    pass
                found = _there(path)
        finally:
            _seats.release()
    return path if found else None


def picture_url(document: Document, page: int, width: int = WIDTHS[-1]) -> str:
    """Address of a page's picture that a browser may keep for good: with another file it is another address."""
    version = document.source.sha256[:12] if document.source else ""
    return f"{reverse('page-picture', args=[document.key, page])}?width={width_for(width)}&v={version}"


def width_for(width: int) -> int:
    """The width in which a page is drawn for one that is asked for."""
    return next((w for w in WIDTHS if w >= width), WIDTHS[-1])


def path_of(source: Source, page: int, width: int) -> Path:
    """Where the picture of a page is kept."""
    return folder() / source.sha256[:2] / source.sha256 / f"{page}-{width}.png"


def folder() -> Path:
    """Of all pictures. It can be removed at any time: what is looked at is drawn again."""
    return Path(settings.DATA) / "pictures"


def draw(source: Source, pages: Iterable[int], widths: Iterable[int] = WIDTHS) -> Iterator[int]:
    """Draw pages and keep their pictures; yields each page's number when it is done.

    What cannot be drawn is kept as an empty file, so that nobody tries at every look.
    """
    wanted, sizes = list(pages), list(widths)
    order = {"pages": wanted, "widths": sizes, "memory": MEMORY, "seconds": SECONDS + SECONDS_A_PAGE * len(wanted)}
    done: dict[tuple[int, int], bytes] = {}
    for number, width, data in _frames(files.path_of(source.sha256), order):
        _keep(path_of(source, number, width), data)
        done[number, width] = data
        if next(_drawn) % _OFTEN == 0:
            sweep()
        if all((number, w) in done for w in sizes):
            yield number
    for number in wanted:
        for width in sizes:
            if (number, width) not in done:
                _keep(path_of(source, number, width), b"")


def sweep(most: int = MOST) -> int:
    """Remove the pictures that were looked at longest ago, until a fifth of the room is free; returns how many."""
    found = [(s.st_mtime, s.st_size, p) for p in folder().glob("*/*/*.png") if (s := _stat(p))]
    total = sum(size for _, size, _ in found)
    removed = 0
    if total <= most:
        return 0
    for _, size, path in sorted(found, key=lambda f: f[0]):
        if total <= most * 4 // 5:
            break
        path.unlink(missing_ok=True)
        total -= size
        removed += 1
    return removed


def _there(path: Path) -> bool | None:
    """Whether a picture is there; False where the page could not be drawn a while ago, None where nobody has tried."""
    found = _stat(path)
    if found is None:
        return None
    age = time.time() - found.st_mtime
    if found.st_size == 0:
        return False if age < FORGET else None
    if age > 86_400:
        with suppress(OSError):
            os.utime(path)  # looked at today: it stays
    return True


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None


def _keep(path: Path, data: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix="new-")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(name).replace(path)


def _frames(path: Path, order: dict[str, object]) -> Iterator[tuple[int, int, bytes]]:
    """Pages, widths and PNGs as the process gives them; ends early where it ends or takes too long."""
    if not path.is_file():
        return
    asked = {(n, w) for n in order["pages"] for w in order["widths"]}  # type: ignore[attr-defined]
    with path.open("rb") as source:
        # Only what Python needs to start: nothing of the office's environment reaches what opens the file.
        environment = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LANG") if name in os.environ}
        command = [sys.executable, "-P", "-B", "-c", _START, json.dumps(sys.path), json.dumps(order)]
        process = subprocess.Popen(  # noqa: S603 - this Python, with nothing from outside
            command,
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            cwd=tempfile.gettempdir(),
            start_new_session=True,
        )
    timer = threading.Timer(float(str(order["seconds"])) + 10, _kill, (process,))
    timer.daemon = True
    timer.start()
    try:
        assert process.stdout is not None  # noqa: S101 - opened above
        while len(head := process.stdout.read(FRAME.size)) == FRAME.size:
            number, width, length = FRAME.unpack(head)
            data = process.stdout.read(length) if length <= _LARGEST else b""
            # It has read a stranger's file, so it is not believed either.
            if (number, width) not in asked or len(data) != length or (data and not data.startswith(b"\x89PNG\r\n\x1a\n")):
                return
            yield number, width, data
    finally:
        timer.cancel()
        _kill(process)
        if process.stdout is not None:
            process.stdout.close()
        process.wait()


def _kill(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
