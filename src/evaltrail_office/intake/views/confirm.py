"""The last step: what remains of a paper, and which evaluations it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from evaltrail_office.accounts.access import may
from evaltrail_office.accounts.policy import Verb
from evaltrail_office.intake import queries
from evaltrail_office.intake.confirming import Undecided, choices, confirm_paper, open_keys
from evaltrail_office.intake.messages import messages_of
from evaltrail_office.intake.views.preview import document_for, form_of
from evaltrail_office.shelf.actions import working_record
from evaltrail_office.shelf.models import Kind

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from evaltrail_office.accounts.models import User

LISTED = 30


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """Confirm a paper, after a look at what remains."""
    document = document_for(request, key)
    user = cast("User", request.user)
    if not may(user, Verb.CONFIRM, document):
        raise PermissionDenied(_("this paper is confirmed by its evaluation's manager, or by who brought it"))
    if request.method == "POST":
        form = form_of(request)
        parts = {name.removeprefix("part-"): value for name, value in form.items() if name.startswith("part-")}
        for name in [n for n, value in parts.items() if value == "other"]:
            parts[name] = form.get(f"key-{name}", "")
        titles = {name.removeprefix("title-"): value for name, value in form.items() if name.startswith("title-")}
        try:
            evaluations = confirm_paper(
                user, document, kind=request.POST.get("kind", ""), parts=parts, titles=titles, rest="rest" in request.POST
            )
        except Undecided as fault:
            messages.error(request, str(fault))
            return redirect("intake-confirm", key=key)
        messages.success(request, _("%(title)s is confirmed.") % {"title": document.title})
        waiting = open_keys(document)
        if waiting:
            line = ngettext(
                "%(n)d recommendation may be one that the office has: say so on the paper's page.",
                "%(n)d recommendations may be ones that the office has: say so on the paper's page.",
                waiting,
            )
            messages.warning(request, line % {"n": waiting})
        return redirect(_goes_to(document.key, [e.key for e in evaluations]))
    record = working_record(document)
    told = messages_of(document, record)
    left = document.statements.filter(confirmed=None)
    return render(
        request,
        "intake/confirm.html",
        {
            "document": document,
            "choices": choices(user, document, record),
            "left": left[:LISTED],
            "left_all": left.count(),
            "all": document.statements.count(),
            "errors": [m for m in told if m.level == "error"],
            "warnings": sum(m.level == "warning" for m in told),
            "conflicts": document.corrections.filter(undone=None).exclude(conflict="").count(),
            "paper_kinds": Kind.choices,
            "likes": queries.resemblances(user).filter(item__document=document, holds=None),
        },
    )


def _goes_to(document: str, evaluations: list[str]) -> str:
    """The evaluation's page; the paper's own where it belongs to none yet."""
    try:
        return reverse("evaluation", args=evaluations[:1]) if evaluations else reverse("preview", args=[document])
    except NoReverseMatch:
        return reverse("preview", args=[document])
