"""Tags of answers, by which whoever asks again learns that nothing has changed, before anything is read."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from django.db.models import Max
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags

from evaltrail import __version__
from evaltrail_office.accounts.access import scope_of
from evaltrail_office.journal.models import Entry

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from evaltrail_office.accounts.models import User


class NotModified(Exception):
    """Whoever asks has the answer already."""

    def __init__(self, tag: str) -> None:
        super().__init__(tag)
        self.tag = tag

    def response(self) -> HttpResponse:
        """The answer without a body."""
        answer = HttpResponseNotModified()
        _mark(answer, self.tag)
        return answer


def journal_number() -> int:
    """Number of the last entry of the journal: every change of what is shown adds one."""
    last: int | None = Entry.objects.aggregate(last=Max("id"))["last"]
    return last or 0


def tagged(request: HttpRequest, answer: HttpResponseBase, user: User, also: str = "") -> None:
    """Tag an answer by the journal's number and by what the person may see today.

    ``also`` is what else the answer depends on: a moment at which figures were worked out.

    Raises:
        NotModified: whoever asks has it.
    """
    scope, token = scope_of(user), getattr(request, "api_token", None)
    seen = [
        scope.key,
        scope.today.isoformat(),
        sorted(scope.office),
        sorted((key, sorted(roles)) for key, roles in scope.held.items()),
        sorted(scope.emergency),
        scope.administrator,
        request.get_full_path(),
        __version__,
        token.scopes if token else None,
        also,
    ]
    digest = hashlib.sha256(json.dumps(seen).encode()).hexdigest()[:16]
    compared(request, answer, f'W/"{journal_number()}-{digest}"')


def compared(request: HttpRequest, answer: HttpResponseBase, tag: str) -> None:
    """Give an answer this tag.

    Raises:
        NotModified: whoever asks has it.
    """
    bare = tag.removeprefix("W/")
    asked = {known.removeprefix("W/") for known in parse_etags(request.headers.get("If-None-Match", ""))}
    if bare in asked or "*" in asked:
        raise NotModified(tag)
    _mark(answer, tag)


def _mark(answer: HttpResponseBase, tag: str) -> None:
    answer["ETag"] = tag
    # Kept, but asked for again: the right to see it may be gone.
    answer["Cache-Control"] = "private, no-cache"
