"""How far a draft comes: circulated, signed, issued, released; and the files that were issued."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evaltrail_office.accounts.access import may
from evaltrail_office.accounts.policy import Role, Stage, Verb
from evaltrail_office.evaluations.queries import names
from evaltrail_office.evaluations.writing import media_type
from evaltrail_office.papers import queries
from evaltrail_office.papers.actions import drafting, issuing, signing
from evaltrail_office.papers.views.common import OVER, context_of, draft_for, person
from evaltrail_office.shelf import files
from evaltrail_office.shelf.actions import working_record

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

SHOWN = 100
"""Differences that the page lists; how many there are is told."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_off(request: HttpRequest, key: str) -> HttpResponse:
    """Who has signed the draft as it stands, and whose signature an edit has voided; signing; who has to."""
    document = draft_for(request, key)
    user = person(request)
    context = context_of(request, document, "sign-off")
    if not context["writes_at"]:
        raise Http404
    if request.method == "POST":
        try:
            if "signers" in request.POST:
                signing.set_signers(user, document, request.POST.getlist("role"))
                messages.success(request, _("Noted who has to sign."))
            else:
                seen = request.POST.get("state", "")
                signing.sign(user, document, request.POST.get("sign", ""), int(seen) if seen.isdigit() else None)
                messages.success(request, _("Signed. The signature holds until the draft is edited."))
        except signing.Unsigned as fault:
            messages.error(request, str(fault))
        return redirect("draft-sign-off", document.key)
    found = queries.signatures(document)
    known = names([s.row.signed_by for s in found] + [s.voided.actor for s in found if s.voided])
    mine = set(signing.roles_of(user, document))
    held = {s.row.role: s for s in found if s.holds}
    signed = any(s.row.signed_by == user.key for s in held.values())
    context |= {
        "rows": [(Role(r), held.get(r), r in mine and not signed and not context["over"]) for r in document.draft.signers],
        "past": [s for s in found if not s.holds],
        "names": known,
        "state": queries.state_number(document),
        "may_set": may(user, Verb.ISSUE, document) and not context["over"],
        "roles": [(r, r.value in document.draft.signers) for r in signing.SIGN],
    }
    return render(request, "papers/sign_off.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def circulate(request: HttpRequest, key: str) -> HttpResponse:
    """Tell to whom the draft becomes visible, then circulate it."""
    document = draft_for(request, key)
    user = person(request)
    context = context_of(request, document, "circulate")
    if not context["writes_at"]:
        raise Http404
    if request.method == "POST":
        try:
            signing.circulate(user, document)
            messages.success(request, _("Circulated: those who are consulted see it now."))
        except signing.Unsigned as fault:
            messages.error(request, str(fault))
        return redirect("draft", document.key)
    context["reached"] = queries.reached(document, Stage.CIRCULATED, before=Stage.DRAFT)
    context["may_circulate"] = may(user, Verb.CIRCULATE, document) and document.stage == Stage.DRAFT
    return render(request, "papers/circulate.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest, key: str) -> HttpResponse:
    """Issue the signed draft, see how far that has come, and what stopped it; the issued files; release. htmx asks for the state alone."""
    document = draft_for(request, key)
    user = person(request)
    if request.method == "POST":
        return _issued(request, key)
    context = context_of(request, document, "issue")
    if not (context["writes_at"] or context["over"]):
        raise Http404
    context["files"] = queries.issued(document)
    if context["writes_at"]:
        job = document.draft.job
        result = (job.result or {}) if job else {}
        found = result.get("differences", [])
        info = working_record(document).document
        context |= {
            "job": job,
            "bar": round(100 * job.done / job.total) if job and job.total else 0,
            "differences": found[:SHOWN],
            "found": len(found),
            "missing": [] if context["over"] else [Role(r) for r in queries.missing(document)],
            "may_issue": may(user, Verb.ISSUE, document),
            "may_release": may(user, Verb.RELEASE, document) and document.stage == Stage.ISSUED,
            "may_edit_anew": context["over"] and may(user, Verb.WRITE, document),
            "order": (job.args if job else None) or {"symbol": info.symbol or "", "date": timezone.localdate().isoformat(), "embargo": ""},
            "edition": document.editions.select_related("document").first() if context["over"] else None,
            "names": names(f.issued_by for f in context["files"]),
            "reached": queries.reached(document, Stage.RELEASED, before=Stage.ISSUED) if document.stage == Stage.ISSUED else [],
        }
    context["asked"] = request.get_full_path()
    part = request.headers.get("HX-Target") == "progress"
    return render(request, "papers/issue_progress.html" if part else "papers/issue.html", context)


def _issued(request: HttpRequest, key: str) -> HttpResponse:
    document = draft_for(request, key)
    user = person(request)
    try:
        if "release" in request.POST:
            issuing.release(user, document)
            messages.success(request, _("Released: everybody who holds a role sees it now."))
        else:
            told = {name: request.POST.get(name, "").strip()[:100] for name in ("symbol", "date", "embargo")}
            issuing.ask(user, document, issuing.Order(**told))
    except issuing.Unissued as fault:
        messages.error(request, str(fault))
    return redirect("draft-issue", document.key)


@require_POST
def edition(request: HttpRequest, key: str) -> HttpResponse:
    """Begin a new edition of an issued paper."""
    document = draft_for(request, key)
    try:
        made = drafting.new_edition(person(request), document)
    except ValueError as fault:
        messages.error(request, str(fault))
        return redirect("draft-issue", document.key)
    messages.success(request, _("This is the new edition. The old one stands until this one is issued."))
    return redirect("draft", made.key)


@require_safe
def issued_file(request: HttpRequest, key: str, form: str) -> HttpResponseBase:
    """A file as it was issued, byte for byte."""
    document = draft_for(request, key)
    found = next((f for f in queries.issued(document) if f.form == form), None)
    path = files.path_of(found.sha256) if found and document.stage in OVER else None
    if found is None or path is None or not path.exists():
        raise Http404
    name = f"{(document.symbol or document.key).replace('/', '-')}.{form}"
    response = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=media_type(form))
    response["ETag"] = f'"{found.sha256}"'
    return response
