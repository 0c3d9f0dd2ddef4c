"""What goes wrong around the API before it is asked, as programs read it: not set up, no database, no room, no such address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from evaltrail_office.api.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    Answer = Callable[[HttpRequest], HttpResponse]

PROGRAMS = "/api/v1/"
"""Everything under it is asked by programs; ``/api/`` itself is a page for people."""
KINDS = {
    400: "unreadable",
    401: "not-signed-in",
    403: "not-allowed",
    404: "not-found",
    405: "no-such-method",
    413: "too-large",
    429: "too-many",
    500: "fault",
    503: "away",
    507: "no-room",
}


def problems(get_response: Answer) -> Answer:
    """Answer programs with ``application/problem+json`` where a page for people would say what is wrong.

    Without this a program would have to tell HTML from JSON just when something is wrong.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not request.path_info.startswith(PROGRAMS) or response.status_code < 400:
            return response
        if not response.headers.get("Content-Type", "").startswith(("text/html", "text/plain")):
            return response
        status = response.status_code
        if status == 503 and getattr(request, "not_set_up", False):
            told = Problem("not-set-up", remedy=_("Whoever runs the office makes the first account, with the link that it printed."))
        elif status == 503:
            told = Problem("away", remedy=_("Ask again in a while; nothing of what you asked for was kept."))
        else:
            told = Problem(KINDS.get(status, "fault" if status >= 500 else "unreadable"))
        made = told.response()
        for name in ("Retry-After", "Allow", "WWW-Authenticate"):
            if name in response.headers:
                made.headers[name] = response.headers[name]
        if status == 503:
            made.headers.setdefault("Retry-After", "10")
        return made

    return answer
