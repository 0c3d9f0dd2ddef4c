"""Pages of lists. A cursor says after which row to go on, so that rows which come or go in between shift nothing."""

from __future__ import annotations

import base64
import binascii
import json
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _

from evaltrail_office.api.problems import not_valid

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

M = TypeVar("M", bound=Model)
MOST = 500
"""Rows of a page at most."""
_LARGEST = 2**63 - 1


def cursor_of(name: str, *values: int | str) -> str:
    """A cursor of the list of that name, for the row with these values."""
    return base64.urlsafe_b64encode(json.dumps([name, *values], separators=(",", ":")).encode()).decode().rstrip("=")


def values_of(name: str, cursor: str, *types: type) -> list[Any]:
    """The values of a cursor that ``cursor_of`` made for this list; a problem that names the field where it did not."""
    try:
        raw = base64.b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        found = json.loads(raw)
    except (binascii.Error, UnicodeError, ValueError, RecursionError):
        found = None
    if isinstance(found, list) and len(found) == 1 + len(types) and found[0] == name:
        values = found[1:]
        right = all(type(v) is t for v, t in zip(values, types, strict=True)) and all(
            0 <= v <= _LARGEST for v in values if isinstance(v, int)
        )
        if right and not any("\x00" in v or not v.isprintable() for v in values if isinstance(v, str)):
            return values
    raise not_valid("query.cursor", _("it is not a cursor of this list; take it from next of the page before, or leave it out"))


def page(rows: QuerySet[M], limit: int, make: Callable[[M], str]) -> tuple[list[M], str | None]:
    """The first rows of a list that begins after the cursor, and the cursor of the next page; None where this is the last."""
    found = list(rows[: limit + 1])
    return found[:limit], make(found[limit - 1]) if len(found) > limit else None
