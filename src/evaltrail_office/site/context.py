"""What every page knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail import __version__
from evaltrail_office.accounts.access import scope_of

if TYPE_CHECKING:
    from django.http import HttpRequest


def office(request: HttpRequest) -> dict[str, Any]:
    """The program's version and what the person who looks may do, as ``scope``."""
    user = getattr(request, "user", None)
    return {"version": __version__, "scope": scope_of(user) if user is not None else None}
