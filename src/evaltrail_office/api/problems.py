"""What goes wrong, as programs read it: ``application/problem+json`` (RFC 9457) that names the field at fault and the remedy."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import BaseModel, Field

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MEDIA_TYPE = "application/problem+json"

KINDS: dict[str, tuple[int, Any]] = {
    "unreadable": (400, gettext_lazy("The request cannot be read")),
    "not-signed-in": (401, gettext_lazy("Nobody is signed in")),
    "token-refused": (401, gettext_lazy("The token is not valid")),
    "not-in-scope": (403, gettext_lazy("The token is not for this")),
    "not-allowed": (403, gettext_lazy("This is not yours to do")),
    "not-found": (404, gettext_lazy("There is no such thing that you may see")),
    "no-such-method": (405, gettext_lazy("This is not done in this way")),
    "conflict": (409, gettext_lazy("It does not fit what stands there now")),
    "overtaken": (412, gettext_lazy("Somebody else changed it since you read it")),
    "too-large": (413, gettext_lazy("The request is too large")),
    "not-valid": (422, gettext_lazy("A field is not as it has to be")),
    "no-revision": (428, gettext_lazy("Say which state of it you have seen")),
    "too-many": (429, gettext_lazy("Too many requests")),
    "fault": (500, gettext_lazy("A fault of the office")),
    "not-set-up": (503, gettext_lazy("The office is not set up yet")),
    "away": (503, gettext_lazy("The office cannot answer at the moment")),
    "no-room": (507, gettext_lazy("The office’s disk is full")),
    "busy": (503, gettext_lazy("The office has no room for it at the moment")),
}
"""Status and title of each kind of problem; the kind is the end of its ``type``."""


class FieldFault(BaseModel):
    """A field at fault."""

    field: str = Field(description="Where it stands: query.limit, path.key, body.statement.")
    message: str = Field(description="What is wrong with it and what it can be.")


class ProblemOut(BaseModel):
    """Why something was not done (RFC 9457)."""

    type: str = Field(description="Address of its explanation; its end is the same whatever the language.")
    title: str
    status: int
    detail: str = Field(description="What happened this time.")
    remedy: str | None = Field(default=None, description="What can be done about it.")
    errors: list[FieldFault] = Field(default=[], description="Fields at fault.")


class Problem(Exception):
    """Something that is told to the program that asked. ``kind`` is one of ``KINDS``."""

    def __init__(
        self,
        kind: str,
        detail: str = "",
        remedy: str = "",
        *,
        errors: Iterable[tuple[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.kind, self.detail, self.remedy, self.errors, self.headers = kind, detail, remedy, tuple(errors), dict(headers or {})

    def response(self) -> HttpResponse:
        """The answer that tells it."""
        status, title = KINDS[self.kind]
        told = ProblemOut(
            type=f"/api/#{self.kind}",
            title=str(title),
            status=status,
            detail=self.detail or str(title),
            remedy=self.remedy or None,
            errors=[FieldFault(field=field, message=message) for field, message in self.errors],
        )
        answer = HttpResponse(json.dumps(told.model_dump()), status=status, content_type=MEDIA_TYPE, headers=self.headers)
        answer["Cache-Control"] = "no-store"
        return answer


def not_found() -> Problem:
    """It is not there, or not for this person to see: which of the two, nobody is told."""
    return Problem("not-found", remedy=_("Check the key. What you may not see is answered like what is not there."))


def not_valid(field: str, message: str) -> Problem:
    """A field at fault."""
    return Problem("not-valid", f"{field}: {message}", errors=[(field, message)])


def from_pydantic(errors: Iterable[Mapping[str, Any]], within: tuple[str, ...] = ()) -> Problem:
    """The faults that pydantic found, as one problem."""
    told = []
    for error in errors:
        place = ".".join(str(part) for part in (*within, *error["loc"]))
        told.append((place, str(error["msg"])))
    first = f"{told[0][0]}: {told[0][1]}" if told else ""
    return Problem("not-valid", first, _("Change the fields that errors names; /api/ says what each can be."), errors=told)
