"""Pages of a document: what it is, its statements, numbers, checks, versions and pages, and the files that are made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from evaltrail.check.report import Remark
from evaltrail.text.difference import diff
from evaltrail_office.accounts.access import may
from evaltrail_office.accounts.policy import Stage, Verb
from evaltrail_office.evaluations import actions, places, queries, trail, writing
from evaltrail_office.evaluations.actions_stage import stages_for
from evaltrail_office.evaluations.models import Evaluation, Sameness
from evaltrail_office.evaluations.page import EvaluationPage, page_address, spot
from evaltrail_office.evaluations.records import paragraph_at, record_of
from evaltrail_office.evaluations.whole import Source, Whole
from evaltrail_office.journal.models import Entry
from evaltrail_office.shelf import files, store

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from evaltrail.record import Record
    from evaltrail_office.accounts.models import User
    from evaltrail_office.shelf.models import Document, Version

LISTED = 50
ROWS = 30
"""Of a statement's trail."""
COMPARED = 12
"""Versions of a statement that its history goes back over."""


def _document(request: HttpRequest, key: str) -> Document:
    return get_object_or_404(queries.documents(request.user), key=key)


def _reviews(request: HttpRequest, found: Document) -> bool:
    keys = found.standing().evaluations
    return any(queries.reviews(request.user, key) for key in keys) or (not keys and found.brought_by == getattr(request.user, "key", ""))


def _evaluations(request: HttpRequest, found: Document) -> dict[str, Evaluation]:
    """The evaluations that it reports, as far as the person knows of them, by key."""
    keys = [p.evaluation_key for p in found.parts.all() if p.evaluation_key]
    return {e.key: e for e in queries.evaluations(request.user).filter(key__in=keys)}


@require_safe
def document(request: HttpRequest, key: str) -> HttpResponse:
    """What a document is, what it says and how it came to say so."""
    found = _document(request, key)
    known = _evaluations(request, found)
    rows = Paginator(found.statements.select_related("part"), LISTED).get_page(request.GET.get("page"))
    reviews = _reviews(request, found)
    # Earlier versions of what was written here are drafts, which not everybody sees who sees the paper.
    versions = list(found.versions.defer("payload").order_by("-number")) if reviews else []
    near = {d.pk: d for d in queries.documents(request.user).filter(pk__in=[found.replaces_id, found.translation_of_id])}
    context: dict[str, Any] = {
        "document": found,
        "replaces": near.get(found.replaces_id or 0),
        "translates": near.get(found.translation_of_id or 0),
        "parts": [(part, known.get(part.evaluation_key)) for part in found.parts.all()],
        "page": rows,
        "versions": versions,
        "names": queries.names(v.made_by for v in versions),
        "forms": writing.FORMS,
        "check": queries.checks([found]).get(found.pk) if reviews else None,
        "reviews": reviews,
        "stages": [(s.value, s.label, SEEN_BY[s]) for s in stages_for(cast("User", request.user), found)],
        "may_match": may(request.user, Verb.MATCH, found),
        "may_correct": may(request.user, Verb.CORRECT, found),
        "proposals": queries.proposals([found]).count() if reviews else 0,
        "section": "library",
    }
    return render(request, "evaluations/document.html", context)


SEEN_BY = {
    Stage.DRAFT: gettext_lazy("the evaluation office and the team"),
    Stage.CIRCULATED: gettext_lazy("and those who are consulted: commissioner, reference group, coordinator, focal points"),
    Stage.ISSUED: gettext_lazy("and the governing body and verifiers"),
    Stage.RELEASED: gettext_lazy("and everybody who holds a role here"),
}


@require_safe
def source(request: HttpRequest, key: str) -> HttpResponseBase:
    """The file as it was brought."""
    found = _document(request, key)
    path = files.path_of(found.source.sha256) if found.source else None
    if path is None or found.source is None or not path.exists():
        raise Http404
    # As a download and never as a page of ours: what is in it is not ours.
    return FileResponse(path.open("rb"), as_attachment=True, filename=found.filename or found.key, content_type=found.source.media_type)


@require_safe
def paper(request: HttpRequest, key: str, form: str) -> HttpResponseBase:
    """The document written anew from its record, in one of the forms."""
    found = _document(request, key)
    if form not in writing.FORMS or found.current_id is None:
        raise Http404
    try:
        path = writing.written(found, form)
    except writing.Unwritten as fault:
        messages.error(request, _("It cannot be written as %(form)s: %(why)s") % {"form": form.upper(), "why": fault})
        return redirect("document", found.key)
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"{found.key}.{form}", content_type=writing.media_type(form))


@require_safe
def checks(request: HttpRequest, key: str) -> HttpResponse:
    """What a check of its present version found, for those who work on it."""
    found = _document(request, key)
    if not _reviews(request, found):
        raise Http404
    check = queries.checks([found]).get(found.pk)
    if check is None:
        actions.ask_for_check(found, asked_by="system:evaluations")
    rank = {"error": 0, "warning": 1, "note": 2}
    remarks = sorted((Remark.model_validate(r) for r in check.body["remarks"]), key=lambda r: rank[r.severity]) if check else []
    listed = Paginator(remarks, LISTED).get_page(request.GET.get("page"))
    spots = [(remark, _remark_address(found, remark)) for remark in listed]
    context = {"document": found, "check": check, "page": listed, "remarks": spots, "section": "library"}
    return render(request, "evaluations/checks.html", context)


def _remark_address(found: Document, remark: Remark) -> str:
    if remark.statement:
        return reverse("statement", args=[found.key, remark.statement])
    return page_address(found, remark.places[0]) if remark.places else ""


@require_safe
def numbers(request: HttpRequest, key: str) -> HttpResponse:
    """The ledger: every number of the paper with what it counts and where it stands."""
    found = _document(request, key)
    record = record_of(found)
    ledger = [q for q in record.quantities if q.unit != "year"]
    listed = Paginator(ledger, LISTED).get_page(request.GET.get("page"))
    rows = [(q, _paragraph(record, q.paragraph), page_address(found, q.places[0]) if q.places else "") for q in listed]
    return render(request, "evaluations/numbers.html", {"document": found, "page": listed, "rows": rows, "section": "library"})


def _paragraph(record: Record, name: str | None) -> str:
    if not name:
        return ""
    known = {f"fn{f.number}" for f in record.footnotes}
    return _("note %(n)s") % {"n": name[2:]} if name in known else f"§{name}"


@require_safe
def differences(request: HttpRequest, key: str) -> HttpResponse:
    """What one version says otherwise than another.

    ``old`` and ``new`` are their numbers, by default the first and the last; ``edition`` is the key of another document instead, which
    the person sees too: an earlier edition of the same paper.
    """
    found = _document(request, key)
    context: dict[str, Any] = {"document": found, "section": "library"}
    if "edition" in request.GET:
        other = _document(request, request.GET["edition"])
        compared = diff(record_of(other), record_of(found))
        context |= {"other": other}
    else:
        if not _reviews(request, found):
            raise Http404
        versions = list(found.versions.defer("payload").order_by("number"))
        old, new = _chosen(request, versions, "old", 0), _chosen(request, versions, "new", -1)
        if old is None or new is None:
            raise Http404
        compared = diff(store.load(old), store.load(new))
        context |= {"versions": versions, "old": old, "new": new}
    listed = Paginator([*compared.changes, *compared.running], LISTED).get_page(request.GET.get("page"))
    return render(request, "evaluations/differences.html", context | {"compared": compared, "page": listed})


def _chosen(request: HttpRequest, versions: list[Version], name: str, default: int) -> Version | None:
    asked = request.GET.get(name)
    if asked is None:
        return versions[default] if versions else None
    return next((v for v in versions if str(v.number) == asked), None)


@require_http_methods(["GET", "HEAD", "POST"])
def same(request: HttpRequest, key: str) -> HttpResponse:
    """Which of the office's recommendations the statements of a document are: proposals, for a person to confirm or refuse."""
    found = _document(request, key)
    if request.method == "POST":
        if "all" in request.POST:
            count = actions.confirm_keys(request.user, found)  # type: ignore[arg-type]
            said = ngettext("%(n)d recommendation has its key.", "%(n)d recommendations have their keys.", count)
            messages.success(request, said % {"n": count})
        else:
            _decide(request, found)
        return redirect("document-same", found.key)
    rows = {s.record_id: s for s in found.statements.filter(kind="recommendation")}
    decided = Sameness.objects.filter(document_key=found.key).exclude(confirmed=None).select_related("recommendation").order_by("id")
    context = {
        "document": found,
        "waiting": [(p, rows.get(p.statement_id)) for p in queries.proposals([found])],
        "decided": [(p, rows.get(p.statement_id)) for p in decided],
        "may_match": may(request.user, Verb.MATCH, found),
        "section": "library",
    }
    return render(request, "evaluations/same.html", context)


def _decide(request: HttpRequest, found: Document) -> None:
    asked = request.POST.get("confirm") or request.POST.get("refuse") or ""
    sameness = get_object_or_404(Sameness, document_key=found.key, pk=int(asked) if asked.isascii() and asked.isdigit() else 0)
    if "confirm" in request.POST:
        recommendation = actions.confirm_key(request.user, sameness)  # type: ignore[arg-type]
        messages.success(request, _("It is %(key)s now.") % {"key": recommendation.key})
    else:
        actions.refuse_key(request.user, sameness)  # type: ignore[arg-type]
        messages.success(request, _("It is told apart, and proposed anew below where it may be another one."))


@require_safe
def page(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """A page of the paper with its statements; ``from`` and ``to`` point out a stretch of its words."""
    found = _document(request, key)
    shown = places.leaf(found, record_of(found), number, start=_offset(request, "from"), end=_offset(request, "to"))
    if shown is None:
        raise Http404
    return render(request, "evaluations/document_page.html", {"document": found, "leaf": shown, "section": "library"})


def _offset(request: HttpRequest, name: str) -> int:
    asked = request.GET.get(name, "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 0


@require_safe
def statement(request: HttpRequest, document_key: str, statement_id: str) -> HttpResponse:
    """A statement at its permanent address: its words, its place on the page and on the trail, and its history."""
    found = _document(request, document_key)
    row = get_object_or_404(found.statements.select_related("part"), record_id=statement_id)
    record = record_of(found)
    own = next((e for e in record.evaluations if e.id == row.part.record_id), None)
    said = next((s for s in own.statements if s.id == statement_id), None) if own else None
    if own is None or said is None:
        raise Http404
    at = Source(found, row.part, frozenset({"rating"} if own.ratings else ()))
    whole = Whole([at], {})
    whole.trail = trail.only(whole.trail, [said.parent or said.id])
    shown = EvaluationPage(whole, most_rows=ROWS)
    place = said.places[0] if said.places else None
    known = _evaluations(request, found).get(row.part.evaluation_key)
    reviews = _reviews(request, found)
    entries = list(Entry.objects.filter(thing=f"statement:{found.key}/{statement_id}"[:120]).order_by("-id")[:20]) if reviews else []
    earlier = queries.earlier_words(found, row.part, said.id, said.text, COMPARED) if reviews else []
    context = {
        "document": found,
        "row": row,
        "said": said,
        "label": shown.label(said),
        "statement": next((r for r in shown.rows(said.kind) if r.id == said.id), None),
        "spot": spot(found, at, place),
        "paragraph": paragraph_at(record, place),
        "leaf": places.leaf(found, record, place.page, statement=said.id, start=place.start, end=place.end) if place else None,
        "evaluation": known,
        "page": shown,
        "picture": shown.picture,
        "threads_css": -(-max(len(shown.picture.nodes), 1) // 50) * 50,
        "entries": entries,
        "earlier": earlier,
        "names": queries.names([e.actor for e in entries] + [v.made_by for v, _text in earlier] + [row.confirmed_by]),
        "section": "library",
    }
    return render(request, "evaluations/statement.html", context)
