"""What a paper has beside its statements: its evaluations, answers to them as a whole, decisions; and corrections that have lost theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from evaltrail.record import correction, likest, unfound
from evaltrail_office.accounts.access import may
from evaltrail_office.accounts.policy import Verb
from evaltrail_office.intake import part_changes
from evaltrail_office.intake.changes import Unfit
from evaltrail_office.intake.entries import entries, tags_of
from evaltrail_office.intake.lost import lost_parts
from evaltrail_office.intake.views.preview import document_for, form_of
from evaltrail_office.shelf import actions as shelf
from evaltrail_office.shelf.words import VERDICTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from evaltrail.record import Correction, Evaluation, Record
    from evaltrail_office.accounts.models import User
    from evaltrail_office.shelf.models import Document


def _correctable(request: HttpRequest, key: str) -> tuple[Document, User]:
    document = document_for(request, key)
    user = cast("User", request.user)
    if not may(user, Verb.CORRECT, document):
        raise PermissionDenied(_("this paper is corrected by its evaluation's manager, or by who brought it"))
    return document, user


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def parts(request: HttpRequest, key: str) -> HttpResponse:
    """Evaluations of a paper, answers to them as a whole, its decisions: each with forms to correct them."""
    document, user = _correctable(request, key)
    address = reverse("preview-parts", args=[key])
    if request.method == "POST":
        verb = next((name for name in DOES if name in request.POST), "")
        if not verb:
            raise Http404
        try:
            with transaction.atomic():
                said = DOES[verb](user, document, request)
        except (Unfit, shelf.Conflicting) as fault:
            messages.error(request, str(fault))
            asked = {"part": request.POST.get("evaluation", "")} if verb == "split" else {}
            return redirect(f"{address}?{urlencode(asked)}#split" if asked else address)
        if said:
            messages.success(request, said)
        return redirect(address)
    record = shelf.working_record(document)
    chosen = next((e for e in record.evaluations if e.id == request.GET.get("part")), None)
    if chosen is None and len(record.evaluations) == 1:
        chosen = record.evaluations[0]
    context = {
        "document": document,
        "parts": [(e, [(r, part_changes.mark_of(r)) for r in e.overall_responses]) for e in record.evaluations],
        "chosen": chosen,
        "listed": _listed(record, chosen) if chosen else [],
        "decisions": [(d, part_changes.mark_of(d)) for d in record.decisions],
        "verdicts": VERDICTS,
        "section": "intake",
    }
    return render(request, "intake/parts.html", context)


def _listed(record: Record, chosen: Evaluation) -> list[Any]:
    """Statements of an evaluation in the order of the paper; parts go with their whole and are not chosen by themselves."""
    return [e for e in entries(record).values() if e.part.id == chosen.id and e.statement.parent is None]


def _about(user: User, document: Document, request: HttpRequest) -> str:
    made = list(part_changes.about(shelf.working_record(document), form_of(request)))
    shelf.correct_all(user, document, made)
    return _("Changed.") if made else ""


def _split(user: User, document: Document, request: HttpRequest) -> str:
    one = part_changes.split(shelf.working_record(document), form_of(request), request.POST.getlist("statement"))
    shelf.correct(user, document, one)
    return _("There is one evaluation more now. Say which one of the office it is when you confirm the paper.")


def _merge(user: User, document: Document, request: HttpRequest) -> str:
    shelf.correct(user, document, part_changes.merge(shelf.working_record(document), form_of(request)))
    return _("The two are one evaluation now.")


def _answer(user: User, document: Document, request: HttpRequest) -> str:
    remove = request.POST["answer"] == "remove"
    return _made(user, document, part_changes.answer(shelf.working_record(document), form_of(request), remove=remove))


def _decision(user: User, document: Document, request: HttpRequest) -> str:
    remove = request.POST["decision"] == "remove"
    return _made(user, document, part_changes.decision(shelf.working_record(document), form_of(request), remove=remove))


def _made(user: User, document: Document, one: Correction | None) -> str:
    if one is None:
        return ""
    shelf.correct(user, document, one)
    return _("Changed.")


DOES: dict[str, Callable[[User, Document, HttpRequest], str]] = {
    "about": _about,
    "split": _split,
    "merge": _merge,
    "answer": _answer,
    "decision": _decision,
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lost(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """A correction that does not fit: to what it is to be made now, or that it is dropped."""
    document, user = _correctable(request, key)
    row = get_object_or_404(document.corrections.filter(undone=None).exclude(conflict=""), pk=number)
    change = correction(row.body)
    record = shelf.working_record(document)
    gone = unfound(record, change)
    of_parts = lost_parts(record, row.body)
    if request.method == "POST":
        take = request.POST.get("take")
        if take not in {"person", "reading"}:
            raise Http404
        meant = {name: _meant(request, name) for name in gone}
        instead = {row.body[name]: request.POST.get(f"part-{name}", "") for name in of_parts}
        if take == "person" and not all((*meant.values(), *instead.values())):
            messages.error(request, _("Choose what is meant, or drop the correction."))
            return redirect("preview-lost", key, number)
        try:
            shelf.resolve(user, document, row, "person" if take == "person" else "reading", meant, instead)
        except shelf.Conflicting as fault:
            messages.error(request, str(fault))
            return redirect("preview-lost", key, number)
        messages.success(request, _("Made again. U undoes it.") if take == "person" else _("Dropped. What was read stays."))
        return redirect("preview", key)
    tags = {name: tag for e in record.evaluations for name, tag in tags_of(e).items()}
    known = {k.id: k for k in change.known}
    context = {
        "document": document,
        "row": row,
        "new": _words(row.body),
        "lost": [
            (name, known.get(name), [(s, tags[s.id]) for _, s in likest(record, known[name])] if name in known else []) for name in gone
        ],
        "lost_parts": of_parts,
        "parts": [(e, [(s, tags[s.id]) for s in e.statements]) for e in record.evaluations],
        "section": "intake",
    }
    return render(request, "intake/lost.html", context)


def _meant(request: HttpRequest, name: str) -> str:
    """The statement that was chosen: one of the likest, or another of the list."""
    chosen = request.POST.get(f"statement-{name}", "")
    return chosen if chosen != "other" else request.POST.get(f"other-{name}", "")


def _words(body: dict[str, Any]) -> str:
    """What a correction puts in, in words, as far as words say it."""
    new = body.get("new", body.get("text", ""))
    if isinstance(new, dict):
        new = new.get("text") or new.get("as_printed") or ""
    if isinstance(new, list):
        return ", ".join(str(x.get("text", x.get("id", ""))) if isinstance(x, dict) else str(x) for x in new)
    return "" if new is None else str(new)
