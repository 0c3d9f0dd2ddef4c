"""Papers: what they are, their records, versions and differences, and their statements."""

from typing import Annotated, Any, Literal

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import BaseModel, Field

from evaltrail.text.difference import diff
from evaltrail_office.accounts.policy import Stage
from evaltrail_office.api import queries, shapes
from evaltrail_office.api.paging import cursor_of, page, values_of
from evaltrail_office.api.problems import not_found, not_valid
from evaltrail_office.api.scopes import Scope
from evaltrail_office.api.security import needs, person
from evaltrail_office.api.tags import compared, tagged
from evaltrail_office.api.v1.common import Cursor, DocumentKey, Key, Limit, StatementId, answers, damaged
from evaltrail_office.evaluations import queries as own
from evaltrail_office.evaluations.records import record_of
from evaltrail_office.journal.models import Entry
from evaltrail_office.shelf import store
from evaltrail_office.shelf.models import Document, Kind, Version

router = Router(tags=["Papers"], auth=needs(Scope.READ_RECORDS))
COMPARED = 12
"""Versions of a statement that its history goes back over."""


def document_for(request: HttpRequest, key: str) -> Document:
    """A paper that the person may see. Raises ``Problem`` where there is none."""
    found = own.documents(person(request)).filter(key=key).first()
    if found is None:
        raise not_found()
    return found


def _must_review(request: HttpRequest, found: Document) -> None:
    """Earlier versions of what is written here are drafts, which not everybody sees who sees the paper."""
    user, keys = person(request), found.standing().evaluations
    if not (any(own.reviews(user, key) for key in keys) or (not keys and found.brought_by == user.key)):
        raise PermissionDenied(_("earlier versions are for those who work on the evaluation or judge it"))


@router.get("/documents", response=answers(shapes.DocumentsPage), operation_id="documents")
def documents(
    request: HttpRequest,
    response: HttpResponse,
    evaluation: Annotated[Key | None, Query(description="Only of this evaluation.")] = None,
    kind: Annotated[Literal[*Kind.values] | None, Query(description="Only of this kind.")] = None,  # type: ignore[valid-type]
    stage: Annotated[Literal[*Stage.values] | None, Query(description="Only of this stage.")] = None,  # type: ignore[valid-type]
    limit: Limit = 50,
    cursor: Cursor = "",
) -> shapes.DocumentsPage:
    """Papers, newest first."""
    user = person(request)
    after = values_of("documents", cursor, int) if cursor else None
    tagged(request, response, user)
    wanted = own.documents(user).order_by("-id")
    if evaluation:
        wanted = wanted.filter(pk__in=Document.objects.filter(parts__evaluation_key=evaluation).values("pk"))
    if kind:
        wanted = wanted.filter(kind=kind)
    if stage:
        wanted = wanted.filter(stage=stage)
    if after:
        wanted = wanted.filter(pk__lt=after[0])
    found, following = page(wanted, limit, lambda row: cursor_of("documents", row.pk))
    known = queries.known(user, found)
    return shapes.DocumentsPage(items=[shapes.DocumentOut.of(d, known) for d in found], next=following)


@router.get("/documents/{key}", response=answers(shapes.DocumentOut), operation_id="document")
def document(request: HttpRequest, response: HttpResponse, key: DocumentKey) -> shapes.DocumentOut:
    """One paper."""
    found = document_for(request, key)
    tagged(request, response, person(request))
    return shapes.DocumentOut.of(found, queries.known(person(request), [found]))


@router.get(
    "/documents/{key}/record",
    response=answers(dict[str, Any]),
    operation_id="record",
)
def record(
    request: HttpRequest,
    key: DocumentKey,
    version: Annotated[int | None, Query(ge=1, le=2**31 - 1, description="Number of a version; without: as known now.")] = None,
) -> HttpResponse:
    """What the paper says, as docs/reference/record.md describes it: as known now with all corrections, or at a version."""
    found = document_for(request, key)
    answer = HttpResponse(content_type="application/json; charset=utf-8")
    if version is not None:
        _must_review(request, found)
        row = _version(found, version, "version")
        compared(request, answer, f'"{row.sha256}"')
        answer.content = _loaded(row).to_json(indent=None)
        return answer
    tagged(request, answer, person(request))
    try:
        answer.content = record_of(found).to_json(indent=None)
    except ValueError as fault:
        raise damaged(fault) from fault
    return answer


def _version(found: Document, number: int, name: str) -> Version:
    row = found.versions.filter(number=number).first()
    if row is None:
        last = found.current.number if found.current else 0
        raise not_valid(f"query.{name}", _("there is no such version; the last is %(last)d") % {"last": last})
    return row


def _loaded(row: Version) -> Any:
    try:
        return store.load(row)
    except ValueError as fault:
        raise damaged(fault) from fault


@router.get("/documents/{key}/versions", response=answers(list[shapes.VersionOut]), operation_id="versions")
def versions(request: HttpRequest, response: HttpResponse, key: DocumentKey) -> list[shapes.VersionOut]:
    """Versions of the paper's record, oldest first, for those who work on it or judge it."""
    found = document_for(request, key)
    _must_review(request, found)
    tagged(request, response, person(request))
    return [shapes.VersionOut.of(row) for row in found.versions.defer("payload").order_by("number")]


@router.get("/documents/{key}/differences", response=answers(dict[str, Any]), operation_id="differences")
def differences(
    request: HttpRequest,
    key: DocumentKey,
    old: Annotated[int | None, Query(ge=1, le=2**31 - 1, description="Number of the older version; without: the first.")] = None,
    new: Annotated[int | None, Query(ge=1, le=2**31 - 1, description="Number of the newer version; without: the last.")] = None,
) -> HttpResponse:
    """What one version says otherwise than another, as docs/reference/difference.md describes it."""
    found = document_for(request, key)
    _must_review(request, found)
    last = found.current.number if found.current else 1
    before, after = _version(found, old or 1, "old"), _version(found, new or last, "new")
    answer = HttpResponse(content_type="application/json; charset=utf-8")
    compared(request, answer, f'"{before.sha256[:32]}-{after.sha256[:32]}"')
    answer.content = diff(_loaded(before), _loaded(after)).to_json(indent=None)
    return answer


class DoneOut(BaseModel):
    """What was done to a statement."""

    number: int = Field(description="Of the entry in the journal.")
    at: str
    by: str = Field(description="Key of the person, or system: and the part of the program.")
    verb: str
    reason: str | None


class EarlierOut(BaseModel):
    """A version in which the statement had other words."""

    version: int
    made: str
    text: str


class HistoryOut(BaseModel):
    """History of a statement."""

    entries: list[DoneOut] = Field(description="Newest first, the last twenty.")
    earlier: list[EarlierOut] = Field(description="Newest first, of the last twelve versions.")


@router.get("/documents/{key}/history/{path:statement}", response=answers(HistoryOut), operation_id="statement_history")
def statement_history(request: HttpRequest, response: HttpResponse, key: DocumentKey, statement: StatementId) -> HistoryOut:
    """What was done to a statement and what it said in earlier versions, for those who work on the paper or judge it."""
    found = document_for(request, key)
    row = found.statements.select_related("part").filter(record_id=statement).first()
    if row is None:
        raise not_found()
    _must_review(request, found)
    tagged(request, response, person(request))
    entries = Entry.objects.filter(thing=f"statement:{found.key}/{statement}"[:120]).order_by("-id")[:20]
    earlier = own.earlier_words(found, row.part, row.record_id, row.text, COMPARED)
    return HistoryOut(
        entries=[DoneOut(number=e.pk, at=e.at.isoformat(), by=e.actor, verb=e.verb, reason=e.reason or None) for e in entries],
        earlier=[EarlierOut(version=v.number, made=v.made.isoformat(), text=text) for v, text in earlier],
    )


@router.get("/documents/{key}/statements", response=answers(shapes.StatementsPage), operation_id="document_statements")
def document_statements(
    request: HttpRequest, response: HttpResponse, key: DocumentKey, limit: Limit = 50, cursor: Cursor = ""
) -> shapes.StatementsPage:
    """What a paper states, by id; each has its position in the paper."""
    found = document_for(request, key)
    user = person(request)
    after = values_of("of document", cursor, str) if cursor else None
    tagged(request, response, user)
    wanted = found.statements.select_related("part", "document").order_by("record_id")
    if after:
        wanted = wanted.filter(Q(record_id__gt=after[0]))
    some, following = page(wanted, limit, lambda row: cursor_of("of document", row.record_id))
    keys = queries.known_evaluations(user, (s.part.evaluation_key for s in some))
    return shapes.StatementsPage(items=[shapes.StatementOut.of(row, keys) for row in some], next=following)


@router.get("/documents/{key}/statements/{path:statement}", response=answers(shapes.StatementWhole), operation_id="statement")
def one_statement(request: HttpRequest, response: HttpResponse, key: DocumentKey, statement: StatementId) -> shapes.StatementWhole:
    """A statement at its permanent address, with its places and links."""
    found = document_for(request, key)
    user = person(request)
    row = found.statements.select_related("part", "document").filter(record_id=statement).first()
    if row is None:
        raise not_found()
    tagged(request, response, user)
    try:
        said = record_of(found)
    except ValueError as fault:
        raise damaged(fault) from fault
    part = next((e for e in said.evaluations if e.id == row.part.record_id), None)
    whole = next((s for s in part.statements if s.id == row.record_id), None) if part else None
    if part is None or whole is None:
        raise not_found()
    keys = queries.known_evaluations(user, [row.part.evaluation_key])
    links = [link.model_dump(mode="json", by_alias=True) for link in part.links if row.record_id in {link.from_, link.to}]
    return shapes.StatementWhole(
        **shapes.StatementOut.fields_of(row, keys), record=whole.model_dump(mode="json", by_alias=True), links=links
    )
