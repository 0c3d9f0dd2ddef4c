"""What a page says where something broke: why, whether anything was kept, and what to do. It asks the database nothing."""

from __future__ import annotations

import errno
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import Error
from django.http import HttpResponse
from django.template import loader
from django.utils.translation import gettext as _

from evaltrail_office.site.logs import request_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_POSTGRES_DISK_FULL = "53100"


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a fault."""

    status: int
    title: str
    words: str


def broken(request: HttpRequest) -> HttpResponse:
    """Answer a request that broke off, with the status that fits: 507 no room, 503 no database, 500 anything else."""
    told = told_of(sys.exc_info()[1])
    if request.path_info == "/health":
        response = HttpResponse(f"{told.title}\n", content_type="text/plain; charset=utf-8")
    else:
        # Without the request: what every page knows is asked of the database.
        response = HttpResponse(loader.render_to_string("site/fault.html", {"told": told, "number": request_number()}))
    response.status_code = told.status
    if told.status == 503:
        response.headers["Retry-After"] = "10"
    return response


def told_of(fault: BaseException | None) -> Told:
    """What is told of a fault, by its causes."""
    for one in _causes(fault):
        if _is_full(one):
            return Told(
                507,
                _("There is no room left"),
                _("The office's disk is full. Nothing of what you asked for was kept. Tell whoever runs the office; then do it again."),
            )
        if isinstance(one, Error) and "locked" in str(one):
            return Told(
                503, _("The office is busy"), _("Others are writing just now. Nothing of what you asked for was kept; do it again.")
            )
        if isinstance(one, Error) and type(one).__name__ in {"OperationalError", "InterfaceError"}:
            return Told(
                503,
                _("The office does not reach its database"),
                _("Nothing of what you asked for was kept. It mostly comes back within a minute: do it again then."),
            )
    return Told(
        500,
        _("A fault of the office"),
        _(
            "What you asked for could not be done, and nothing of it was kept. The fault is written down. Try again, and tell whoever "
            "runs the office if it stays."
        ),
    )


def _causes(fault: BaseException | None) -> Iterator[BaseException]:
    seen = 0
    while fault is not None and seen < 10:
        yield fault
        fault, seen = fault.__cause__ or fault.__context__, seen + 1


def _is_full(fault: BaseException) -> bool:
    if isinstance(fault, OSError) and fault.errno in _NO_ROOM:
        return True
    if getattr(fault, "sqlstate", None) == _POSTGRES_DISK_FULL:
        return True
    return isinstance(fault, Error) and "disk is full" in str(fault)
