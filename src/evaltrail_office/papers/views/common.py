"""What all pages of a draft show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy

from evaltrail_office.accounts.access import may, visible
from evaltrail_office.accounts.policy import Stage, Verb
from evaltrail_office.evaluations.models import Evaluation
from evaltrail_office.papers import queries

if TYPE_CHECKING:
    from django.http import HttpRequest

    from evaltrail_office.accounts.models import User
    from evaltrail_office.shelf.models import Document

KIND_NAMES = {
    "governing-body": gettext_lazy("Paper for a governing body"),
    "report": gettext_lazy("Full evaluation report"),
    "summary": gettext_lazy("Summary of about four pages"),
    "brief": gettext_lazy("Brief of about two pages"),
    "response-matrix": gettext_lazy("Management response as a matrix"),
    "follow-up": gettext_lazy("Follow-up report"),
}
OVER = (Stage.ISSUED, Stage.RELEASED)


def person(request: HttpRequest) -> User:
    """Who asks; nobody reaches these pages without signing in."""
    return cast("User", request.user)


def draft_for(request: HttpRequest, key: str) -> Document:
    """A paper written in the office that the person may see; else 404."""
    return get_object_or_404(queries.drafts(request.user), key=key)


def context_of(request: HttpRequest, document: Document, tab: str, **more: Any) -> dict[str, Any]:
    """What the head of every page of a draft needs."""
    keys = document.standing().evaluations
    user = person(request)
    return {
        "document": document,
        "kind_name": KIND_NAMES[document.draft.kind],
        "tab": tab,
        "evaluations": list(visible(user, Evaluation.objects.filter(key__in=keys))),
        "writes_at": queries.writes_at(user, document),
        "may_write": may(user, Verb.WRITE, document) and document.stage not in OVER,
        "over": document.stage in OVER,
        "section": "drafts",
        **more,
    }
