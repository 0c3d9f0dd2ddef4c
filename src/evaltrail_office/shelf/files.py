"""Source files in the data folder, by their hash. They are written, served and handed to child processes, never opened here."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Iterable


def path_of(sha256: str) -> Path:
    """Where the file of that hash is."""
    return Path(settings.DATA) / "files" / sha256[:2] / sha256


class Keeping:
    """A file that is being kept, chunk by chunk: whole in the end, or not at all. ``drop`` is called in every case, also after ``finish``.

    Raises:
        OSError: from every method but ``drop``: the disk is full, or the folder cannot be written to.
    """

    def __init__(self) -> None:
        folder = Path(settings.DATA) / "files"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._digest, self._size = hashlib.sha256(), 0
        handle, name = tempfile.mkstemp(dir=folder, prefix="new-")
        self._file, self._path = os.fdopen(handle, "wb"), Path(name)

    def write(self, chunk: bytes) -> None:
        """Add a chunk."""
        self._digest.update(chunk)
        self._size += len(chunk)
        self._file.write(chunk)

    def finish(self) -> tuple[str, int]:
        """Put the file in its place; returns its hash and its size in bytes. The same bytes are kept once."""
        self._file.flush()
        os.fsync(self._file.fileno())
        target = path_of(self._digest.hexdigest())
        target.parent.mkdir(mode=0o700, exist_ok=True)
        try:
            # What was brought again is not old, so that no sweep takes it away before its row is written.
            os.utime(target)
        except FileNotFoundError:
            self._path.replace(target)
        return self._digest.hexdigest(), self._size

    def drop(self) -> None:
        """Leave nothing behind of what was not put in its place."""
        # What could not be written before cannot be written now either; the file is removed whatever happens.
        with contextlib.suppress(OSError):
            self._file.close()
        self._path.unlink(missing_ok=True)


def keep(chunks: Iterable[bytes]) -> tuple[str, int]:
    """Keep a file, whole or not at all; returns its hash and its size in bytes. The same bytes are kept once.

    Raises:
        OSError: the disk is full, or the folder cannot be written to.
    """
    keeping = Keeping()
    try:
        for chunk in chunks:
            keeping.write(chunk)
        return keeping.finish()
    finally:
        keeping.drop()
