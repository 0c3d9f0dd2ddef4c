"""A draft's text, statement by statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from evaltrail.record import correction
from evaltrail_office.intake import changes
from evaltrail_office.intake.entries import NAMES
from evaltrail_office.papers import editing, queries
from evaltrail_office.papers.actions import drafting
from evaltrail_office.papers.views.common import context_of, draft_for, person
from evaltrail_office.shelf import actions as shelf

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from evaltrail_office.accounts.models import User
    from evaltrail_office.shelf.models import Document

LISTED = 60


@never_cache
@require_safe
def draft(request: HttpRequest, key: str) -> HttpResponse:
    """What the draft says; ``statement`` opens one, ``add`` with ``in`` a place for a new one of that kind."""
    document = draft_for(request, key)
    context = context_of(request, document, "text")
    record = shelf.working_record(document)
    current = request.GET.get("statement", "") if context["may_write"] else ""
    page = Paginator(range(sum(len(e.statements) for e in record.evaluations)), LISTED).get_page(request.GET.get("page"))
    first = page.start_index() - 1 if page.paginator.count else 0
    keys = {p.record_id: p.evaluation_key for p in document.parts.all()}
    said = dict(document.statements.exclude(key="").values_list("record_id", "key"))
    parts, total = editing.shown(record, keys, said, slice(first, first + LISTED), current)
    opened = next((r for p in parts for g in p.groups for r in g.rows if r.current), None)
    context |= {
        "parts": parts,
        "total": total,
        "page": page,
        "record": record,
        "kinds": NAMES,
        "add": request.GET.get("add", "") if context["may_write"] else "",
        "add_in": request.GET.get("in", ""),
        "criteria": editing.CRITERIA,
        "steps": list(enumerate(editing.STEPS, 1)),
        "held": sum(s.holds for s in queries.signatures(document)) if context["may_write"] else 0,
        "decision": record.decisions[0].text if record.decisions else "",
        "first": first,
    }
    if opened is not None:
        context |= editing.fields_of(opened)
    return render(request, "papers/text.html", context)


@require_POST
def change(request: HttpRequest, key: str) -> HttpResponse:
    """One change to a draft: POST, redirect, GET."""
    document = draft_for(request, key)
    user = person(request)
    verb = next((name for name in VERBS if name in request.POST), "")
    held = sum(s.holds for s in queries.signatures(document))
    goes = ""
    try:
        if verb:
            with transaction.atomic():
                goes = VERBS[verb](user, document, {k: str(v) for k, v in request.POST.items()})
            _tell_voided(request, document, held)
            if verb in SAID:
                messages.success(request, SAID[verb]())
    except (changes.Unfit, shelf.Conflicting, shelf.NothingToUndo, ValueError) as fault:
        messages.error(request, str(fault))
    except PermissionDenied:
        if document.issues.exists():
            raise PermissionDenied(_("it was issued, and what was issued is not changed: begin a new edition")) from None
        raise PermissionDenied(_("a draft is written by its evaluation's team and manager")) from None
    query = {"page": request.POST["page"]} if request.POST.get("page", "").isdigit() else {}
    back = f"{reverse('draft', args=[document.key])}{'?' + urlencode(query) if query else ''}"
    return redirect(back + (f"#s-{goes}" if goes else ""))


def _tell_voided(request: HttpRequest, document: Document, held: int) -> None:
    gone = held - sum(s.holds for s in queries.signatures(document))
    if gone > 0:
        line = "%(n)d signature holds no longer: it was for the text before."
        lines = "%(n)d signatures hold no longer: they were for the text before."
        messages.warning(request, ngettext(line, lines, gone) % {"n": gone})


def _save(user: User, document: Document, form: dict[str, str]) -> str:
    record = shelf.working_record(document)
    e, s = editing.found(record, form.get("statement", ""))
    made = list(editing.saved(record, e, s, form))
    if made:
        shelf.correct_all(user, document, made)
    else:
        drafting.require_draft(user, document)
    return s.id


def _add(user: User, document: Document, form: dict[str, str]) -> str:
    row = shelf.correct(user, document, editing.added(shelf.working_record(document), form))
    return correction(row.body).makes or ""


def _remove(user: User, document: Document, form: dict[str, str]) -> str:
    _e, s = editing.found(shelf.working_record(document), form.get("statement", ""))
    shelf.correct(user, document, changes.made(kind="remove", statement=s.id, reason=form.get("reason", "")))
    return ""


def _move(way: str) -> Callable[[User, Document, dict[str, str]], str]:
    def move(user: User, document: Document, form: dict[str, str]) -> str:
        e, s = editing.found(shelf.working_record(document), form.get("statement", ""))
        shelf.correct(user, document, editing.moved(e, s, way))
        return s.id

    return move


def _rate(user: User, document: Document, form: dict[str, str]) -> str:
    shelf.correct(user, document, editing.rated(shelf.working_record(document), form))
    return ""


def _about(user: User, document: Document, form: dict[str, str]) -> str:
    told: dict[str, str] = {name: form[name] for name in ("title", "organisation", "language") if name in form}
    record = shelf.working_record(document)
    made: list[Any] = list(changes.document_changes(record, told))
    if len(record.evaluations) == 1 and any(c.kind == "document" and c.field == "title" for c in made):
        # A paper on one evaluation prints one title.
        made.append(changes.made(kind="evaluation", evaluation=record.evaluations[0].id, field="title", new=told["title"].strip()))
    if made:
        shelf.correct_all(user, document, made)
    else:
        drafting.require_draft(user, document)
    return ""


def _part(user: User, document: Document, form: dict[str, str]) -> str:
    e = editing.part(shelf.working_record(document), form)
    title = form.get("part_title", "").strip()
    if not title:
        raise changes.Unfit(_("A part needs a title."))
    if title != e.title:
        shelf.correct(user, document, changes.made(kind="evaluation", evaluation=e.id, field="title", new=title))
    return ""


def _decide(user: User, document: Document, form: dict[str, str]) -> str:
    drafting.decide(user, document, form.get("decision", ""))
    return ""


def _undo(user: User, document: Document, form: dict[str, str]) -> str:
    del form
    shelf.undo(user, document)
    return ""


def _redo(user: User, document: Document, form: dict[str, str]) -> str:
    del form
    shelf.redo(user, document)
    return ""


VERBS: dict[str, Callable[[User, Document, dict[str, str]], str]] = {
    "add": _add,
    "remove": _remove,
    "up": _move("up"),
    "down": _move("down"),
    "rate": _rate,
    "unrate": _rate,
    "about": _about,
    "part": _part,
    "decide": _decide,
    "undo": _undo,
    "redo": _redo,
    "save": _save,
}
SAID: dict[str, Callable[[], str]] = {
    "add": lambda: _("Added."),
    "remove": lambda: _("Taken out. “Undo” brings it back."),
    "undo": lambda: _("Undone."),
    "redo": lambda: _("Made again."),
    "save": lambda: _("Saved."),
    "about": lambda: _("Saved."),
    "part": lambda: _("Saved."),
    "decide": lambda: _("Saved."),
    "rate": lambda: _("Rated."),
    "unrate": lambda: _("The rating is taken out."),
}
