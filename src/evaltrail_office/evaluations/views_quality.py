"""Quality assessments: a standard's sheet, filled in item by item with the program's findings beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from evaltrail_office.accounts.forms import told
from evaltrail_office.accounts.policy import Stage
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.accounts.views.common import signed_in
from evaltrail_office.evaluations import actions_quality as actions
from evaltrail_office.evaluations import forms_plan as forms
from evaltrail_office.evaluations import queries
from evaltrail_office.evaluations.queries_quality import assessments, filled
from evaltrail_office.shelf.models import Document

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Assessment, Evaluation


def _barred(user: User, evaluation: Evaluation) -> str:
    """Why somebody may not assess an evaluation; empty: they may."""
    try:
        actions.require_outside(user, evaluation)
    except PermissionDenied as fault:
        told = str(fault)
        return told if told.startswith(_("You had a part")) else _("Quality is assessed by a verifier who had no part in the evaluation.")
    return ""


@require_http_methods(["GET", "HEAD", "POST"])
def quality(request: HttpRequest, key: str) -> HttpResponse:
    """Assessments of an evaluation's reports, and a form for beginning one."""
    user = signed_in(request)
    found = get_object_or_404(queries.evaluations(user), key=key)
    barred = _barred(user, found)
    own = Document.objects.filter(parts__evaluation_key=key, stage__in=[Stage.ISSUED, Stage.RELEASED])
    papers = queries.documents(user).filter(pk__in=own.values("pk")).order_by("-id")
    choices = [(p.name, f"{p.title} ({len(p.items)})") for p in actions.standards()] if not barred else []
    form = None if barred else forms.Assess(request.POST or None, papers=papers, standards=choices)
    if request.method == "POST":
        if form is None:
            raise PermissionDenied(barred)
        if form.is_valid():
            try:
                made = actions.begin_assessment(user, found, form.cleaned_data["document"], form.cleaned_data["profile"])
            except Refused as fault:
                told(form, fault)
            else:
                return redirect("assessment", key, made.pk)
    rows = list(assessments(user, found)[:100])
    context = {
        "evaluation": found,
        "rows": rows,
        "form": form,
        "issued": papers.exists() if form else False,
        "barred": barred,
        "names": queries.names(a.made_by for a in rows),
        "section": "library",
    }
    return render(request, "evaluations/plan/quality.html", context, status=422 if form and form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """A sheet: read by everybody who sees the result, filled in and signed by whoever began it."""
    user = signed_in(request)
    found = get_object_or_404(queries.evaluations(user), key=key)
    own = get_object_or_404(assessments(user, found), pk=number)
    mine = own.made_by == user.key and not _barred(user, found)
    if request.method == "POST":
        if not mine:
            raise PermissionDenied(_("An assessment is filled in by whoever began it."))
        try:
            _act(request, user, own)
        except Refused as fault:
            messages.error(request, str(fault))
        section = request.POST.get("section", "")
        anchor = f"#section-{section}" if section.isascii() and section.isdigit() and section != "0" else ""
        return redirect(reverse("assessment", args=[key, number]) + anchor)
    shown = filled(own)
    context = {
        "evaluation": found,
        "assessment": own,
        "sheet": shown,
        "sections": [
            (n, name, rows, sum(r.judgement is not None for r in rows)) for n, (name, rows) in enumerate(shown.sections.items(), 1)
        ],
        "mine": mine and own.signed is None,
        "may_reopen": mine and own.signed is not None,
        "waits": own.body is None,
        "why": forms.Why() if mine and own.signed else None,
        "names": queries.names([own.made_by]),
        "section": "library",
    }
    return render(request, "evaluations/plan/sheet.html", context)


def _act(request: HttpRequest, user: User, own: Assessment) -> None:
    """Keep what is filled in, and sign or open again where that is asked for."""
    asked = request.POST.get("do", "save")
    if asked == "reopen":
        actions.reopen(user, own, request.POST.get("reason", "")[:4000])
        messages.success(request, _("It is open again."))
        return
    if asked not in {"save", "sign"}:
        raise Http404
    given = {
        name.removeprefix("item-"): (request.POST.get(name, ""), request.POST.get(f"said-{name.removeprefix('item-')}", "").strip()[:4000])
        for name in request.POST
        if name.startswith("item-")
    }
    changed = actions.judge(user, own, given, request.POST["words"][:8000] if "words" in request.POST else None)
    if asked == "sign":
        actions.sign(user, own)
        messages.success(request, _("Signed. The result is shown with the evaluation."))
    elif changed:
        messages.success(request, ngettext("%(n)d judgement kept.", "%(n)d judgements kept.", changed) % {"n": changed})
    else:
        messages.success(request, _("Kept."))
