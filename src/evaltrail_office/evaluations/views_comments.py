"""The comment log of a draft, beside its text."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evaltrail.write.cells import clean, disarmed
from evaltrail_office.accounts.access import may
from evaltrail_office.accounts.forms import told
from evaltrail_office.accounts.policy import Verb
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.accounts.views.common import signed_in
from evaltrail_office.evaluations import actions_comments as actions
from evaltrail_office.evaluations import comment_log, queries
from evaltrail_office.evaluations import forms_plan as forms
from evaltrail_office.evaluations import queries_comments as reads
from evaltrail_office.evaluations import queries_own_comments as own
from evaltrail_office.evaluations.models import Comment, CommentKind, Decision
from evaltrail_office.evaluations.passages import passages

if TYPE_CHECKING:
    from django import forms as django_forms
    from django.http import HttpRequest

    from evaltrail_office.accounts.models import User
    from evaltrail_office.shelf.models import Document

A_PAGE = 20
"""Passages on a page."""
_SHOWN = {"all", "commented", "open"}


def _paper(request: HttpRequest, key: str) -> tuple[User, Document]:
    user = signed_in(request)
    found = get_object_or_404(queries.documents(user), key=key)
    if not reads.consulted_on(user, found):
        raise PermissionDenied(_("Comments are read by those who are consulted on the evaluation."))
    return user, found


@require_http_methods(["GET", "HEAD", "POST"])
def log(request: HttpRequest, key: str) -> HttpResponse:
    """The draft's passages with the comments on each; ``at`` opens a form beside one."""
    user, found = _paper(request, key)
    every = passages(found)
    known = {p.id: p for p in every}
    at = request.GET.get("at", "")
    form = forms.CommentForm(request.POST or None) if at in known and actions.takes_comments(found) else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            try:
                actions.comment(user, found, known[at], CommentKind(form.cleaned_data["kind"]), form.cleaned_data["text"])
            except Refused as fault:
                told(form, fault)
            else:
                messages.success(request, _("Your comment stands beside the passage."))
                return redirect(f"{reverse('document-comments', args=[key])}?at={at}#{at}")
    made = list(reads.comments(user, found))
    shown = request.GET.get("show", "all") if request.GET.get("show") in _SHOWN else "all"
    by: dict[str, list[Comment]] = {}
    for c in made:
        by.setdefault(c.passage if c.passage in known else "", []).append(c)
    wanted = [p for p in every if shown == "all" or any(shown == "commented" or not c.decision for c in by.get(p.id, ()))]
    pages = Paginator(wanted, A_PAGE)
    number = request.GET.get("page") or next((n // A_PAGE + 1 for n, p in enumerate(wanted) if p.id == at), 1)
    page = pages.get_page(number)
    context = {
        "document": found,
        "page": page,
        "rows": [(p, by.get(p.id, [])) for p in page],
        "loose": by.get("", []),
        "at": at,
        "form": form,
        "shown": shown,
        "counts": reads.counted(made),
        "total": len(made),
        "takes": actions.takes_comments(found) and may(user, Verb.COMMENT, found),
        "decides": may(user, Verb.DECIDE_COMMENT, found),
        "writes": may(user, Verb.WRITE, found),
        "mine": user.key,
        "names": queries.names({c.made_by for c in made} | {c.decided_by for c in made}),
        "section": "library",
    }
    return render(request, "evaluations/plan/comments.html", context, status=422 if form and form.errors else 200)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What the person is asked to comment on, and what became of what they said."""
    user = signed_in(request)
    drafts = Paginator(own.asked(user), A_PAGE).get_page(request.GET.get("drafts"))
    show = request.GET.get("show", "") if request.GET.get("show") in {"open", "decided"} else ""
    waiting = {"open": True, "decided": False}.get(show)
    said = Paginator(own.own_comments(user, waiting=waiting), A_PAGE).get_page(request.GET.get("page"))
    every, decided = own.counted(user)
    context = {
        "drafts": drafts,
        "asked": own.shown(user, drafts),
        "page": said,
        "show": show,
        "every": every,
        "decided": decided,
        "names": queries.names({c.made_by for c in said} | {c.decided_by for c in said}),
        "today": timezone.localdate(),
        "section": "comments-mine",
    }
    return render(request, "evaluations/plan/comments_mine.html", context)


_DOES = {"decide", "disagree", "withdraw", "print", "unprint"}


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """One comment: its decision by the team, a disagreement by whoever made it."""
    user, found = _paper(request, key)
    made = get_object_or_404(reads.comments(user, found), pk=number)
    decides, mine = may(user, Verb.DECIDE_COMMENT, made), made.made_by == user.key
    asked = request.POST.get("do", "")
    initial = {"decision": made.decision, "reason": made.reason}
    deciding = forms.DecideForm(request.POST if asked == "decide" else None, initial=initial) if decides else None
    disagrees = mine and made.decision in {Decision.PARTLY, Decision.REJECTED}
    initial = {"disagreement": made.disagreement}
    disagreeing = forms.Disagree(request.POST if asked == "disagree" else None, initial=initial) if disagrees else None
    if request.method == "POST":
        if asked not in _DOES:
            raise Http404
        form = {"decide": deciding, "disagree": disagreeing}.get(asked)
        if asked in {"decide", "disagree"} and form is None:
            raise PermissionDenied(_("The evaluation's team decides, and whoever commented may disagree."))
        try:
            if _done(user, made, asked, form):
                messages.success(request, _("Kept."))
                return redirect(f"{reverse('document-comments', args=[key])}?at={made.passage}#{made.passage}")
        except Refused as fault:
            if form is None:
                messages.error(request, str(fault))
                return redirect("document-comment", key, number)
            told(form, fault)
    context = {
        "document": found,
        "comment": made,
        "deciding": deciding,
        "disagreeing": disagreeing,
        "mine": mine,
        "writes": may(user, Verb.WRITE, made),
        "names": queries.names([made.made_by, made.decided_by]),
        "section": "library",
    }
    wrong = any(f and f.errors for f in (deciding, disagreeing))
    return render(request, "evaluations/plan/comment.html", context, status=422 if wrong else 200)


def _done(user: User, made: Comment, asked: str, form: django_forms.Form | None) -> bool:
    if form is not None:
        if not form.is_valid():
            return False
        if asked == "decide":
            actions.decide_comment(user, made, Decision(form.cleaned_data["decision"]), form.cleaned_data["reason"])
        else:
            actions.disagree(user, made, form.cleaned_data["disagreement"])
    elif asked == "withdraw":
        actions.withdraw_comment(user, made)
    else:
        actions.print_disagreement(user, made, printed=asked == "print")
    return True


@require_safe
def as_file(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """The log as a table: DOCX or CSV."""
    user, found = _paper(request, key)
    made = list(reads.comments(user, found))
    names = queries.names({c.made_by for c in made} | {c.decided_by for c in made})
    head, rows = comment_log.table(made, names)
    if form == "docx":
        content, kind = comment_log.as_docx(found, head, rows), comment_log.DOCX
    elif form == "csv":
        out = io.StringIO()
        table = csv.writer(out, lineterminator="\r\n")
        table.writerow(head)
        table.writerows([[disarmed(clean(cell)) for cell in row] for row in rows])
        content, kind = ("\ufeff" + out.getvalue()).encode(), "text/csv; charset=utf-8"
    else:
        raise Http404
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{found.key}-comments.{form}"'
    return answer
