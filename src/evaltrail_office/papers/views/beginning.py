"""Beginning a draft: of which evaluations, as what kind of paper, from which statements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from evaltrail.write.wording import languages
from evaltrail_office.intake.entries import each
from evaltrail_office.papers import queries
from evaltrail_office.papers.actions import drafting
from evaltrail_office.papers.editing import PLURALS
from evaltrail_office.papers.views.common import KIND_NAMES, person
from evaltrail_office.shelf.actions import working_record
from evaltrail_office.shelf.models import Statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Evaluation
    from evaltrail_office.shelf.models import Document

LANGUAGES = {"ar": "العربية", "en": "English", "es": "Español", "fr": "Français", "pt": "Português"}
MOST = 20
"""Evaluations that one draft may tell of."""


@dataclass(frozen=True, slots=True)
class Offered:
    """Statements of one kind of a paper that may be taken over."""

    paper: Document
    label: str
    kinds: list[tuple[str, list[Statement]]]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """First the evaluations and the kind, then the statements; sending the second form begins the draft."""
    user = person(request)
    known = queries.evaluations_to_write(user)
    if not known:
        raise PermissionDenied(_("drafts are begun by the managers and teams of evaluations"))
    told = request.POST if request.method == "POST" else request.GET
    asked = list(dict.fromkeys(told.getlist("evaluation")))[:MOST]
    by_key = {e.key: e for e in known}
    chosen = [by_key[key] for key in asked if key in by_key]
    kind = told.get("kind", "") if told.get("kind", "") in KIND_NAMES else "governing-body"
    if request.method == "POST":
        return _begun(request, user, chosen, kind)
    context: dict[str, Any] = {
        "evaluations": known,
        "chosen": chosen,
        "kind": kind,
        "kinds": KIND_NAMES,
        "tongues": {code: LANGUAGES.get(code, code) for code in languages()},
        "section": "drafts",
    }
    if chosen:
        context["offered"] = offered(user, chosen)
        context["titles"] = chosen[0].title if len(chosen) == 1 else ""
        context["tongue"] = next((o.paper.language for o in context["offered"] if o.paper.language in LANGUAGES), "en")
    return render(request, "papers/begin.html", context)


def offered(user: User, chosen: Sequence[Evaluation]) -> list[Offered]:
    """What confirmed papers say of the evaluations, paper by paper."""
    keys = [e.key for e in chosen]
    papers = queries.sources(user, keys)
    rows: dict[int, list[Statement]] = {}
    for row in Statement.objects.filter(document__in=papers, part__evaluation_key__in=keys).order_by("document", "position"):
        rows.setdefault(row.document_id, []).append(row)
    # Parts go with their wholes.
    parts = {(p.pk, s.id) for p in papers for _e, s in each(working_record(p)) if s.parent}
    rows = {pk: [r for r in own if (pk, r.record_id) not in parts] for pk, own in rows.items()}
    return [
        Offered(p, p.symbol or p.title, [(str(name), own) for kind, name in PLURALS.items() if (own := _of_kind(rows.get(p.pk, []), kind))])
        for p in papers
    ]


def _of_kind(rows: list[Statement], kind: str) -> list[Statement]:
    return [r for r in rows if r.kind == kind]


def _begun(request: HttpRequest, user: User, chosen: list[Evaluation], kind: str) -> HttpResponse:
    taken: dict[str, list[str]] = {}
    for value in request.POST.getlist("take"):
        paper, _colon, statement = value.partition(":")
        taken.setdefault(paper, []).append(statement)
    title = request.POST.get("title", "")
    language = request.POST.get("language", "en") if request.POST.get("language", "en") in languages() else "en"
    try:
        document = drafting.begin(user, kind=kind, evaluations=chosen, title=title, language=language, chosen=taken)
    except ValueError as fault:
        messages.error(request, str(fault))
        return redirect("draft-new")
    n = document.statements.count()
    words = ngettext("The draft begins with %(n)d statement.", "The draft begins with %(n)d statements.", n) % {"n": n}
    messages.success(request, words if n else _("The draft is empty: write its first statement."))
    return redirect("draft", document.key)
