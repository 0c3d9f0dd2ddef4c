"""The house template of this office: a folder that EVALTRAIL_HOUSE names, or ``house`` in the data folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from evaltrail.write.house import House, HouseError, load

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS: Mapping[str, str] = {
    "governing-body": "governing_body",
    "report": "report",
    "summary": "summary",
    "brief": "summary",
    "response-matrix": "response",
    "follow-up": "follow_up",
}
"""Kinds of paper that are written here -> what such a document is on the shelf."""

__all__ = ["KINDS", "HouseError", "folder", "house"]


def folder() -> Path | None:
    """The template's folder; None: papers are plain."""
    named = getattr(settings, "HOUSE", "")
    if named:
        return Path(named)
    own = Path(settings.DATA) / "house"
    return own if (own / "house.toml").is_file() else None


def house() -> House:
    """The template.

    Raises ``HouseError`` where it cannot be used, with one line that names the file, the key and the remedy.
    """
    found = folder()
    return load(found) if found else House()
