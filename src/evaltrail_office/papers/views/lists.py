"""The list of drafts; a draft as the page it will be, what the checks say of it, and what was done to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from csp.decorators import csp_update
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from evaltrail_office.evaluations import writing
from evaltrail_office.evaluations.queries import names
from evaltrail_office.intake.messages import messages_of
from evaltrail_office.papers import house, queries
from evaltrail_office.papers.views.common import KIND_NAMES, context_of, draft_for, person
from evaltrail_office.shelf.actions import working_record

if TYPE_CHECKING:
    from django.http import HttpRequest

    from evaltrail_office.shelf.models import Document

LISTED = 30
BESIDE = 8
"""Messages of the checks that stand beside the preview."""
_SEVERITY = {"error": 0, "warning": 1, "note": 2}
SHEET_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'self'"
"""Of the paper's own HTML, which has its styles in it. It is shown in a frame, runs nothing and belongs to no origin."""


@never_cache
@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    """Papers that are written in the office, as far as the person may see them."""
    page = Paginator(queries.with_counts(queries.drafts(request.user)), LISTED).get_page(request.GET.get("page"))
    rows = [(d, KIND_NAMES[d.draft.kind]) for d in page]
    may_begin = bool(queries.evaluations_to_write(person(request)))
    return render(request, "papers/drafts.html", {"page": page, "rows": rows, "may_begin": may_begin, "section": "drafts"})


@never_cache
@require_safe
@csp_update({"frame-src": ["'self'"]})  # type: ignore[arg-type]  # it takes views with any arguments
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """The page that the draft will be, and beside it what the checks say."""
    document = draft_for(request, key)
    context = context_of(request, document, "preview")
    if context["writes_at"]:
        remarks = _remarks(document)
        context |= {"remarks": remarks[:BESIDE], "more": max(0, len(remarks) - BESIDE), "counts": _counts(remarks)}
    return render(request, "papers/preview.html", context)


@never_cache
@require_safe
@xframe_options_sameorigin
def sheet(request: HttpRequest, key: str) -> HttpResponse:
    """The paper's own HTML, written by a process without credentials: for the frame of the preview, under a policy of its own."""
    document = draft_for(request, key)
    try:
        path = writing.written_of(working_record(document), "html", kind=document.draft.kind, house=house.folder())
        body = path.read_bytes()
    except writing.Unwritten as fault:
        body = format_html('<!doctype html><html lang="en"><title>–</title><p>{}</p></html>', str(fault)).encode()
    response = HttpResponse(body, content_type="text/html; charset=utf-8")
    response["Content-Security-Policy"] = SHEET_POLICY
    return response


def _remarks(document: Document) -> list[Any]:
    return sorted((m.remark for m in messages_of(document)), key=lambda r: _SEVERITY[r.severity])


def _counts(remarks: list[Any]) -> dict[str, int]:
    return {level: sum(r.severity == level for r in remarks) for level in _SEVERITY}


@never_cache
@require_safe
def checks(request: HttpRequest, key: str) -> HttpResponse:
    """What the rules say of the draft as it stands, for those who make it."""
    document = draft_for(request, key)
    context = context_of(request, document, "checks")
    if not context["writes_at"]:
        raise Http404
    remarks = _remarks(document)
    page = Paginator(remarks, LISTED).get_page(request.GET.get("page"))
    return render(request, "papers/checks.html", context | {"page": page, "counts": _counts(remarks)})


@never_cache
@require_safe
def history(request: HttpRequest, key: str) -> HttpResponse:
    """What was done to the draft and who did it, for those who make it."""
    document = draft_for(request, key)
    context = context_of(request, document, "history")
    if not context["writes_at"]:
        raise Http404
    page = Paginator(queries.history(document), LISTED).get_page(request.GET.get("page"))
    versions = list(document.versions.defer("payload").order_by("-number")[:LISTED])
    known = names([e.actor for e in page] + [v.made_by for v in versions])
    return render(request, "papers/history.html", context | {"page": page, "versions": versions, "names": known})
