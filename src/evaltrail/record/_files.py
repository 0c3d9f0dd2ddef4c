"""Files that are there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path


def put_whole(target: str | os.PathLike[str], data: bytes) -> None:
    """Write a file so that it is there whole or not at all; one that was there before stays until then.

    Raises ``OSError``.
    """
    # The file that a symbolic link leads to is replaced, not the link.
    final = Path(os.path.realpath(target))
    if final.exists() and not stat.S_ISREG(final.stat().st_mode):
        final.write_bytes(data)  # a device or a pipe cannot be replaced
        return
    part = final.with_name(f".{final.name[:200]}.{os.getpid()}.part")
    try:
        # os.open and not tempfile: the file shall have the permissions that the user's umask gives.
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666), "wb") as f:
            f.write(data)
            f.flush()
            os.fsync(f.fileno())
        part.replace(final)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise
