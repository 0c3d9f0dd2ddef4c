"""The house template of this office, and which kinds of paper are written here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.write.house import House, HouseError, load
from evaltrail_office.evaluations.house_folder import folder

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


def house() -> House:
    """The template.

    Raises ``HouseError`` where it cannot be used, with one line that names the file, the key and the remedy.
    """
    found = folder()
    return load(found) if found else House()
