"""What every page knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail import __version__
from evaltrail_office.accounts.access import scope_of
from evaltrail_office.site.demo import people_to_be

if TYPE_CHECKING:
    from django.http import HttpRequest


def office(request: HttpRequest) -> dict[str, Any]:
    """The program's version, what the person who looks may do, as ``scope``, and in a demo whom they can be instead."""
    user = getattr(request, "user", None)
    return {"version": __version__, "scope": scope_of(user) if user is not None else None, "demo_people": people_to_be}
