"""The data folder: the one place where an office keeps everything that is its own."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path


def data_folder() -> Path:
    """Return the office's data folder, made if it is not there yet.

    ``EVALTRAIL_DATA`` names it; without that it is the place that the system keeps for a user's
    application data. Only its owner can enter it.
    """
    named = os.environ.get("EVALTRAIL_DATA")
    folder = Path(named).expanduser() if named else _user_data() / "evaltrail"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder.resolve()


def secret_key(folder: Path) -> str:
    """Return the key that signs cookies and links, made at the first start and kept in the data folder.

    ``EVALTRAIL_SECRET_KEY`` goes before it, for offices that keep their secrets elsewhere.
    """
    named = os.environ.get("EVALTRAIL_SECRET_KEY")
    if named:
        return named
    path = folder / "secret-key"
    try:
        # "x" and not "w": of two processes that start at once, the second reads what the first wrote.
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text(encoding="ascii")


def _user_data() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
