"""Correcting and confirming what was read: the same verbs as the preview page."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Body, Router, Status
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evaltrail.record import correction
from evaltrail_office.accounts.access import may, require
from evaltrail_office.accounts.policy import Verb
from evaltrail_office.api.paging import cursor_of, page, values_of
from evaltrail_office.api.problems import Problem, from_pydantic, not_found, not_valid
from evaltrail_office.api.scopes import Scope
from evaltrail_office.api.security import needs, person
from evaltrail_office.api.tags import tagged
from evaltrail_office.api.v1.common import Cursor, DocumentKey, Limit, StatementId, answers, clean_json
from evaltrail_office.api.v1.documents import document_for
from evaltrail_office.intake.confirming import Undecided, confirm_paper
from evaltrail_office.shelf import actions as shelf
from evaltrail_office.shelf.models import Correction, Document, Kind

router = Router(tags=["Corrections"], auth=needs(Scope.WRITE_CORRECTIONS))


class CorrectionOut(BaseModel):
    """A correction that a person made."""

    position: int
    correction: dict[str, Any] = Field(description="As docs/reference/corrections.md describes it.")
    made_by: str
    made: datetime
    undone: datetime | None
    conflict: str | None = Field(description="Why it does not fit the present reading.")

    @classmethod
    def of(cls, row: Correction) -> "CorrectionOut":
        """Of a row."""
        return cls(
            position=row.position,
            correction=row.body,
            made_by=row.made_by,
            made=row.made,
            undone=row.undone,
            conflict=row.conflict or None,
        )


class CorrectionsPage(BaseModel):
    """A page of corrections, in the order in which they were made."""

    items: list[CorrectionOut]
    next: str | None


def _may_correct(request: HttpRequest, key: str) -> Document:
    found = document_for(request, key)
    # Which of the two it takes, the action knows: what is written here is corrected by those who write it.
    if not (may(person(request), Verb.CORRECT, found) or may(person(request), Verb.WRITE, found)):
        raise PermissionDenied(_("this paper is corrected by its evaluation's manager, or by who brought it"))
    if found.current_id is None:
        raise Problem("conflict", _("The paper was not read yet."), _("Wait until it is: its batch tells."))
    return found


@router.get(
    "/documents/{key}/corrections",
    response=answers(CorrectionsPage),
    operation_id="corrections",
    auth=needs(Scope.READ_RECORDS, Scope.WRITE_CORRECTIONS),
)
def corrections(request: HttpRequest, response: HttpResponse, key: DocumentKey, limit: Limit = 50, cursor: Cursor = "") -> CorrectionsPage:
    """Corrections to a paper with those that were undone, for those who may correct it."""
    found = _may_correct(request, key)
    after = values_of("corrections", cursor, int) if cursor else None
    tagged(request, response, person(request))
    wanted = found.corrections.order_by("position")
    if after:
        wanted = wanted.filter(position__gt=after[0])
    rows, following = page(wanted, limit, lambda row: cursor_of("corrections", row.position))
    return CorrectionsPage(items=[CorrectionOut.of(row) for row in rows], next=following)


@router.post("/documents/{key}/corrections", response=answers(CorrectionOut, 201), operation_id="correct")
def correct(request: HttpRequest, key: DocumentKey, change: Body[dict[str, Any]]) -> Status[CorrectionOut]:
    """Make a correction. Who made it and when is filled in; an old value that is given has to be the present one."""
    found = _may_correct(request, key)
    clean_json(change)
    try:
        wanted = correction(change)
    except ValidationError as faults:
        raise from_pydantic([dict(e) for e in faults.errors(include_url=False, include_context=False)], ("body",)) from None
    try:
        with transaction.atomic():
            row = shelf.correct(person(request), found, wanted)
    except shelf.Conflicting as fault:
        raise Problem("conflict", str(fault), _("Read the statement again and correct what stands there now.")) from fault
    return Status(201, CorrectionOut.of(row))


@router.post("/documents/{key}/corrections/undo", response=answers(CorrectionOut), operation_id="undo")
def undo(request: HttpRequest, key: DocumentKey) -> CorrectionOut:
    """Undo what you did last to a paper: all corrections that were made together. Gives the last of them."""
    found = _may_correct(request, key)
    try:
        return CorrectionOut.of(shelf.undo(person(request), found))
    except shelf.NothingToUndo as fault:
        raise Problem("conflict", str(fault)) from fault


@router.post("/documents/{key}/corrections/redo", response=answers(CorrectionOut), operation_id="redo")
def redo(request: HttpRequest, key: DocumentKey) -> CorrectionOut:
    """Make again what you undid last in a paper. Gives the last of it."""
    found = _may_correct(request, key)
    try:
        return CorrectionOut.of(shelf.redo(person(request), found))
    except shelf.NothingToUndo as fault:
        raise Problem("conflict", str(fault)) from fault


class ConfirmedOut(BaseModel):
    """A statement, confirmed or not."""

    document: str
    id: str
    confirmed: datetime | None


@router.post("/documents/{key}/confirmations/{path:statement}", response=answers(ConfirmedOut), operation_id="confirm_statement")
def confirm_statement(request: HttpRequest, key: DocumentKey, statement: StatementId) -> ConfirmedOut:
    """Say that a statement is as the paper has it."""
    found = _statement(request, key, statement)
    row = shelf.confirm_statement(person(request), found, statement)
    return ConfirmedOut(document=found.key, id=row.record_id, confirmed=row.confirmed)


@router.delete("/documents/{key}/confirmations/{path:statement}", response=answers(ConfirmedOut), operation_id="unconfirm_statement")
def unconfirm_statement(request: HttpRequest, key: DocumentKey, statement: StatementId) -> ConfirmedOut:
    """Take back that a statement is confirmed, and with it that the paper is."""
    found = _statement(request, key, statement)
    row = shelf.unconfirm_statement(person(request), found, statement)
    return ConfirmedOut(document=found.key, id=row.record_id, confirmed=row.confirmed)


def _statement(request: HttpRequest, key: str, statement: str) -> Document:
    found = document_for(request, key)
    if not found.statements.filter(record_id=statement).exists():
        raise not_found()
    require(person(request), Verb.CONFIRM, found)
    return found


class Confirmation(BaseModel):
    """What is said when a paper is confirmed."""

    model_config = ConfigDict(extra="forbid")

    kind: str | None = Field(default=None, description="What the paper is to its evaluations; without: as it is. " + ", ".join(Kind.values))
    parts: dict[str, str] = Field(
        default={}, description="By a part's id: key of its evaluation, new, or empty for later; without: as it is."
    )
    titles: dict[str, str] = Field(default={}, description="Titles of new evaluations, by the part's id.")
    rest: bool = Field(default=False, description="Whether what was not looked at one by one is confirmed too.")


class PaperConfirmed(BaseModel):
    """What came of it."""

    version: int
    confirmed: datetime
    evaluations: list[str] = Field(description="Keys of the evaluations that its parts are.")


@router.post("/documents/{key}/confirm", response=answers(PaperConfirmed), operation_id="confirm")
def confirm(request: HttpRequest, key: DocumentKey, said: Confirmation) -> PaperConfirmed:
    """Confirm a paper as a new version, and say which evaluations its parts are."""
    found = _may_correct(request, key)
    clean_json(said.model_dump())
    if said.kind is not None and said.kind not in Kind.values:
        raise not_valid("body.kind", _("it can be %(kinds)s") % {"kinds": ", ".join(Kind.values)})
    ids = {p.record_id for p in found.parts.all()}
    for field, given in (("parts", said.parts), ("titles", said.titles)):
        for unknown in sorted(given.keys() - ids):
            raise not_valid(
                f"body.{field}.{unknown}", _("the paper has no such part; it has %(parts)s") % {"parts": ", ".join(sorted(ids))}
            )
    try:
        made = confirm_paper(person(request), found, kind=said.kind or found.kind, parts=said.parts, titles=said.titles, rest=said.rest)
    except Undecided as fault:
        raise Problem("conflict", str(fault), _("Confirm what is left, send rest as true, or choose another evaluation.")) from fault
    found = document_for(request, key)
    if found.current is None or found.confirmed is None:
        raise Problem("conflict", _("The paper was changed at the same time."), _("Read it again, then confirm it."))
    return PaperConfirmed(version=found.current.number, confirmed=found.confirmed, evaluations=[e.key for e in made])
