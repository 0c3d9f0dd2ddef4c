"""A paper page by page, what was read of it beside it; correcting and confirming it statement by statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from evaltrail.record import correction
from evaltrail_office.accounts.access import may, visible
from evaltrail_office.accounts.policy import Verb
from evaltrail_office.intake import actions, changes, queries
from evaltrail_office.intake.entries import NAMES, each
from evaltrail_office.intake.leafing import View, after_confirming, title_of, view_of
from evaltrail_office.intake.lost import lost_in
from evaltrail_office.intake.messages import messages_of, repairs
from evaltrail_office.shelf import actions as shelf
from evaltrail_office.shelf.models import Document, Kind
from evaltrail_office.shelf.pictures import picture_url
from evaltrail_office.shelf.words import VERDICTS, criteria_line, term

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from evaltrail.record import AnyStatement, Evaluation
    from evaltrail_office.accounts.models import User
    from evaltrail_office.shelf.models import Correction

EDITS = ("text", "split", "add", "place")


def document_for(request: HttpRequest, key: str) -> Document:
    """A paper that was read and that the person may see; else 404."""
    rows = Document.objects.select_related("source", "current").prefetch_related("parts")
    return get_object_or_404(visible(request.user, rows).exclude(current=None), key=key)


@never_cache
@require_safe
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """A page of the paper and what was read of it."""
    document = document_for(request, key)
    asked = {name: request.GET.get(name, "") for name in ("page", "statement", "show", "edit")}
    view = view_of(document, asked, asked_by=cast("User", request.user).key)
    editable = may(request.user, Verb.CORRECT, document)
    context: dict[str, Any] = {
        "v": view,
        "document": document,
        "leaf": view.leaf,
        "leaf_title": title_of(view.leaf, view.leaves),
        "picture": picture_url(document, view.leaf.number) if view.leaf.pictured and document.source else "",
        "editable": editable,
        "edit": asked["edit"] if editable and asked["edit"] in EDITS else "",
        "kinds": NAMES,
        "paper_kinds": Kind.choices,
        "here": _here(document, view),
        "conflicts": _conflicts(document, view) if editable else [],
        "by_ocr": queries.read_by_ocr(view.record),
        "picked": request.GET.get("passage", ""),
        "passages": [(anchor[1:], passage) for anchor, passage in view.spare.items()],
        "plain": view.record.document.media_type == "text/plain",
    }
    if view.current is not None and editable:
        context |= _fields(view)
    return render(request, "intake/preview.html", context)


def _conflicts(document: Document, view: View) -> list[tuple[Correction, bool]]:
    """Corrections that do not fit, each with whether the statement or the evaluation that it is about is lost."""
    rows = document.corrections.filter(undone=None).exclude(conflict="")
    return [(row, bool(lost_in(view.record, row.body))) for row in rows]


def _here(document: Document, view: View) -> str:
    query = {"page": view.leaf.number} | ({"show": view.show} if view.show != "page" else {})
    if view.current is not None:
        query["statement"] = view.current.id
    return f"{reverse('preview', args=[document.key])}?{urlencode(query)}"


def _fields(view: View) -> dict[str, Any]:
    """Fields of the statement that is open."""
    current = view.current
    assert current is not None  # noqa: S101 - the caller has looked
    s = current.statement
    printed = getattr(s, "as_printed", None)
    selects = []
    for name in changes.CHOICES.get(s.kind, ()):
        value = getattr(s, name) or ""
        options: dict[str, Any] = dict(VERDICTS) if name == "verdict" else {o: term(o) for o in changes.SCALES[name]}
        as_printed = getattr(printed, name, None) if printed is not None else None
        unknown = bool(as_printed) and not value
        faulty = unknown or any(f"as_printed/{name}" in e.pointer for m in current.messages for e in m.remark.repair)
        options = {value: value, **options} if value and value not in options else options
        selects.append(
            {"name": name, "value": value, "options": options, "printed": as_printed or "", "faulty": faulty, "label": FIELDS[name]}
        )
    return {
        "selects": selects,
        "responsible": "; ".join(getattr(s, "responsible", ())) if s.kind == "recommendation" else None,
        "criteria": criteria_line(s.criteria) if s.kind in {"finding", "conclusion"} else None,
        "rests": ", ".join(f"{r.tag} ({r.how})" for r in current.rests) if s.kind != "finding" else None,
        "proposed": any(x.to == s.id and x.basis == "proposed" and x.kind in {"supports", "leads_to"} for x in current.part.links),
        "cuts": changes.cuts(s),
    }


FIELDS = {
    "priority": gettext_lazy("Priority"),
    "time": gettext_lazy("Time"),
    "resources": gettext_lazy("Resources"),
    "verdict": gettext_lazy("Answer"),
}


@require_POST
def change(request: HttpRequest, key: str) -> HttpResponse:
    """One change to what was read: POST, redirect, GET."""
    document = document_for(request, key)
    user = cast("User", request.user)
    if not may(user, Verb.CORRECT, document):
        raise PermissionDenied(_("this paper is corrected by its evaluation's manager, or by who brought it"))
    verb = next((name for name in VERBS if name in request.POST), "save")
    back = request.POST.get("here", "")
    if not back.startswith(reverse("preview", args=[document.key])):
        back = reverse("preview", args=[document.key])
    try:
        with transaction.atomic():
            goes = VERBS[verb](user, document, request)
    except (changes.Unfit, shelf.Conflicting, shelf.NothingToUndo) as fault:
        messages.error(request, str(fault))
        return redirect(back)
    return redirect(goes or back)


def form_of(request: HttpRequest) -> dict[str, str]:
    """What was sent, without null characters, which no database keeps."""
    return {name: str(value).replace("\0", "") for name, value in request.POST.items()}


def _statement(document: Document, request: HttpRequest) -> tuple[Any, Evaluation, AnyStatement]:
    record = shelf.working_record(document)
    wanted = request.POST.get("statement", "")
    for e, s in each(record):
        if s.id == wanted:
            return record, e, s
    raise changes.Unfit(_("This statement is not there any more: somebody has merged or removed it."))


def _save(user: User, document: Document, request: HttpRequest) -> str:
    record, e, s = _statement(document, request)
    form = form_of(request)
    made = list(changes.statement_changes(record, e, s, form))
    shelf.correct_all(user, document, made)
    if made:
        messages.success(request, _("Changed. U undoes it."))
    return ""


def _confirm(user: User, document: Document, request: HttpRequest) -> str:
    _save(user, document, request)
    _record, _e, s = _statement(document, request)
    shelf.confirm_statement(user, document, s.id)
    return after_confirming(document, s.id, request.POST.get("show", "page"))


def _unconfirm(user: User, document: Document, request: HttpRequest) -> str:
    _record, _e, s = _statement(document, request)
    shelf.unconfirm_statement(user, document, s.id)
    return ""


def _accept(user: User, document: Document, request: HttpRequest) -> str:
    _record, e, s = _statement(document, request)
    shelf.correct_all(user, document, changes.accepted(e, s))
    messages.success(request, _("Accepted. U undoes it."))
    return ""


def _merge(user: User, document: Document, request: HttpRequest) -> str:
    _record, _e, s = _statement(document, request)
    shelf.correct(user, document, changes.made(kind="merge", statement=request.POST.get("with", ""), into=s.id))
    messages.success(request, _("Merged. U undoes it."))
    return ""


def _split(user: User, document: Document, request: HttpRequest) -> str:
    _record, _e, s = _statement(document, request)
    shelf.correct(user, document, changes.split(s, request.POST.get("offset", ""), form_of(request)))
    messages.success(request, _("Split in two. U undoes it."))
    return ""


def _remove(user: User, document: Document, request: HttpRequest) -> str:
    _record, _e, s = _statement(document, request)
    goes = after_confirming(document, s.id, request.POST.get("show", "page"))
    shelf.correct(user, document, changes.made(kind="remove", statement=s.id, reason=request.POST.get("reason", "")))
    messages.success(request, _("Taken out: it is no statement. U undoes it."))
    return goes


def _add(user: User, document: Document, request: HttpRequest) -> str:
    record = shelf.working_record(document)
    one = changes.added(record, form_of(request), request.POST.getlist("passage"))
    row = shelf.correct(user, document, one)
    new = correction(row.body).makes
    messages.success(request, _("Added. U undoes it."))
    return f"{reverse('preview', args=[document.key])}?{urlencode({'page': request.POST.get('on', ''), 'statement': new or ''})}"


def _place(user: User, document: Document, request: HttpRequest) -> str:
    record, _e, s = _statement(document, request)
    one = changes.placed(record, s, form_of(request), request.POST.getlist("passage"))
    shelf.correct(user, document, one)
    messages.success(request, _("Its place is set. U undoes it."))
    return ""


def _mend(user: User, document: Document, request: HttpRequest) -> str:
    record = shelf.working_record(document)
    wanted = request.POST.get("mend", "")
    found = next((m for m in messages_of(document, record) if m.remark.fingerprint == wanted), None)
    made = repairs(record, found.remark) if found is not None else []
    if not made:
        raise changes.Unfit(_("This message does not stand any more."))
    shelf.correct_all(user, document, made)
    messages.success(request, _("Repaired. U undoes it."))
    return ""


def _undo(user: User, document: Document, request: HttpRequest) -> str:
    shelf.undo(user, document)
    messages.success(request, _("Undone."))
    return ""


def _redo(user: User, document: Document, request: HttpRequest) -> str:
    shelf.redo(user, document)
    messages.success(request, _("Made again."))
    return ""


def _about(user: User, document: Document, request: HttpRequest) -> str:
    record = shelf.working_record(document)
    form = form_of(request)
    made = list(changes.document_changes(record, form))
    shelf.correct_all(user, document, made)
    kind = str(form.get("paper_kind", ""))
    if actions.set_kind(user, document, kind) or made:
        messages.success(request, _("Changed."))
    return ""


def _rating(user: User, document: Document, request: HttpRequest) -> str:
    record = shelf.working_record(document)
    one = changes.rating_change(record, form_of(request), remove=request.POST["rating"] == "remove")
    if one is not None:
        shelf.correct(user, document, one)
        messages.success(request, _("Changed. U undoes it."))
    return ""


def _resolve(user: User, document: Document, request: HttpRequest) -> str:
    row = get_object_or_404(document.corrections, pk=request.POST.get("correction") or 0)
    shelf.resolve(user, document, row, "person" if request.POST["resolve"] == "person" else "reading")
    messages.success(request, _("Decided."))
    return ""


VERBS: dict[str, Callable[[User, Document, HttpRequest], str]] = {
    "confirm": _confirm,
    "unconfirm": _unconfirm,
    "save": _save,
    "accept": _accept,
    "merge": _merge,
    "split": _split,
    "remove": _remove,
    "add": _add,
    "place": _place,
    "mend": _mend,
    "undo": _undo,
    "redo": _redo,
    "about": _about,
    "rating": _rating,
    "resolve": _resolve,
}
