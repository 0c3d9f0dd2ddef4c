"""Bringing papers, and how far they have come."""

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router, Status
from pydantic import BaseModel, Field

from evaltrail_office.accounts.access import may, visible
from evaltrail_office.accounts.models import User
from evaltrail_office.accounts.policy import Verb
from evaltrail_office.api.paging import cursor_of, page, values_of
from evaltrail_office.api.problems import Problem, not_found, not_valid
from evaltrail_office.api.scopes import Scope
from evaltrail_office.api.security import needs, person
from evaltrail_office.api.v1.common import Cursor, Key, KeyInPath, Limit, answers
from evaltrail_office.intake import actions, queries
from evaltrail_office.intake.models import Batch, Item
from evaltrail_office.intake.sniff import MOST_FILES
from evaltrail_office.intake.streaming import IntoShelf, Kept

router = Router(tags=["Intake"], auth=needs(Scope.READ_OFFICE, Scope.WRITE_INTAKE))


class ProgressOut(BaseModel):
    """How far a batch has come, in files."""

    total: int
    waiting: int
    reading: int
    read: int
    failed: int
    repeated: int = Field(description="The office had them; nothing was read.")
    dropped: int


class BatchOut(BaseModel):
    """Files that were brought together."""

    key: str
    brought_by: str
    made: datetime
    evaluation: str | None
    stopped: datetime | None
    progress: ProgressOut
    address: str = Field(description="To ask again.")

    @classmethod
    def of(cls, row: Batch) -> "BatchOut":
        """Of a row. One query."""
        p = queries.progress(row)
        told = {name: getattr(p, name) for name in ProgressOut.model_fields}
        return cls(
            key=row.key,
            brought_by=row.brought_by,
            made=row.made,
            evaluation=row.evaluation_key or None,
            stopped=row.stopped,
            progress=ProgressOut(**told),
            address=f"/api/v1/intake/{row.key}",
        )


class BatchLine(BaseModel):
    """A batch in a list."""

    key: str
    brought_by: str
    made: datetime
    evaluation: str | None
    stopped: datetime | None
    files: int
    read: int
    open: int = Field(description="Files that are still to be read.")
    failed: int


class BatchesPage(BaseModel):
    """A page of batches, newest first."""

    items: list[BatchLine]
    next: str | None


class ItemOut(BaseModel):
    """One file of a batch and what became of it."""

    position: int
    filename: str
    size: int = Field(description="Bytes.")
    state: str = Field(description="waiting, reading, read, failed, repeated, dropped.")
    fault: str | None = Field(description="Why it was not read, and the remedy.")
    document: str | None = Field(description="Key of the paper that it became.")
    same_as: list[str] = Field(description="Keys of papers that it may be.")
    notes: list[str]

    @classmethod
    def of(cls, row: Item) -> "ItemOut":
        """Of a row as ``intake.queries.items`` gives it."""
        return cls(
            position=row.position,
            filename=row.filename,
            size=row.size,
            state=row.stands.value,
            fault=row.why or None,
            document=row.document.key if row.document else None,
            same_as=[like.document.key for like in row.likes],  # type: ignore[attr-defined]
            notes=[str(note) for note in row.notes],
        )


class ItemsPage(BaseModel):
    """A page of files of a batch, in their order."""

    items: list[ItemOut]
    next: str | None


def _batch(request: HttpRequest, key: str) -> Batch:
    found = visible(person(request), Batch.objects.filter(key=key)).first()
    if found is None:
        raise not_found()
    return found


def into_shelf(request: HttpRequest, user: User) -> None:
    """Have papers go straight into the shelf."""
    if not may(user, Verb.UPLOAD):
        raise Problem("not-allowed", _("papers are brought by those who work in the evaluation office"))
    request.upload_handlers = [IntoShelf(request)]


@router.post(
    "/intake",
    response=answers(BatchOut, 201),
    operation_id="bring",
    auth=needs(Scope.WRITE_INTAKE, files=into_shelf),
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "required": ["file"],
                        "properties": {"file": {"type": "array", "items": {"type": "string", "format": "binary"}, "maxItems": MOST_FILES}},
                    }
                }
            },
        }
    },
)
def bring(
    request: HttpRequest,
    evaluation: Annotated[Key | None, Query(description="Key of the evaluation that the papers are brought for.")] = None,
) -> Status[BatchOut]:
    """Bring papers as fields named ``file`` of a form. They are read in the background; the batch tells how far they have come."""
    user = person(request)
    chosen = [f for f in request.FILES.getlist("file") if isinstance(f, Kept)]
    if not chosen:
        raise not_valid("body.file", _("there is no file; send it as a field named file of a form (multipart/form-data)"))
    if len(chosen) > MOST_FILES:
        raise not_valid("body.file", _("a batch holds %(most)s files at most; bring the others in another") % {"most": MOST_FILES})
    batch = actions.new_batch(user, evaluation or "")
    for f in chosen:
        actions.add_file(user, batch, filename=f.name or "", size=f.size or 0, sha256=f.sha256, head=f.head, fault=f.fault)
    return Status(201, BatchOut.of(batch))


@router.get("/intake", response=answers(BatchesPage), operation_id="batches")
def batches(request: HttpRequest, limit: Limit = 50, cursor: Cursor = "") -> BatchesPage:
    """Batches that you brought; for the head of evaluation all. Newest first."""
    wanted = queries.batches(person(request))
    if cursor:
        wanted = wanted.filter(pk__lt=values_of("batches", cursor, int)[0])
    rows, following = page(wanted, limit, lambda row: cursor_of("batches", row.pk))
    told = [
        BatchLine(
            key=row.key,
            brought_by=row.brought_by,
            made=row.made,
            evaluation=row.evaluation_key or None,
            stopped=row.stopped,
            files=row.of_files,  # type: ignore[attr-defined]
            read=row.of_read,  # type: ignore[attr-defined]
            open=row.of_open,  # type: ignore[attr-defined]
            failed=row.of_failed,  # type: ignore[attr-defined]
        )
        for row in rows
    ]
    return BatchesPage(items=told, next=following)


@router.get("/intake/{key}", response=answers(BatchOut), operation_id="batch")
def batch(request: HttpRequest, key: KeyInPath) -> BatchOut:
    """How far a batch has come."""
    return BatchOut.of(_batch(request, key))


@router.get("/intake/{key}/files", response=answers(ItemsPage), operation_id="batch_files")
def batch_files(request: HttpRequest, response: HttpResponse, key: KeyInPath, limit: Limit = 50, cursor: Cursor = "") -> ItemsPage:
    """Files of a batch and what became of each."""
    found = _batch(request, key)
    wanted = queries.items(person(request), found)
    if cursor:
        wanted = wanted.filter(position__gt=values_of("files", cursor, int)[0])
    response["Cache-Control"] = "no-store"
    rows, following = page(wanted, limit, lambda row: cursor_of("files", row.position))
    return ItemsPage(items=[ItemOut.of(row) for row in rows], next=following)
