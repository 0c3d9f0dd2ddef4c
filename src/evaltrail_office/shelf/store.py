"""The only translator between records and rows."""

from __future__ import annotations

import hashlib
import zlib
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F, Max

from evaltrail import __version__
from evaltrail.record import SCHEMA, Recommendation, Record, Response
from evaltrail_office.jobs.actions import enqueue
from evaltrail_office.journal.actions import note
from evaltrail_office.shelf.models import Document, How, Part, Rating, Statement, Version, next_key
from evaltrail_office.shelf.working import load, working_record

if TYPE_CHECKING:
    from evaltrail.record import AnyStatement
    from evaltrail_office.journal.actions import Actor
    from evaltrail_office.shelf.models import Kind, Source

__all__ = ["about", "derive", "load", "new_document", "put", "record_of", "rederive", "refresh"]


def new_document(
    record: Record, *, actor: Actor | str, kind: Kind | str = "other", source: Source | None = None, filename: str = "", how: How = How.READ
) -> Document:
    """Put a record on the shelf as a new document with its first version."""
    with transaction.atomic():
        document = Document.objects.create(
            key=next_key("D", Document, 6),
            kind=kind,
            title="",
            source=source,
            filename=filename[:255],
            brought_by=actor if isinstance(actor, str) else actor.key,
        )
        put(document, record, how=how, actor=actor)
    return document


def put(document: Document, record: Record, *, how: How, actor: Actor | str, note_text: str = "", derive: bool = True) -> Version:
    """Add a version to a document, make it the current one, and derive its rows; with an entry in the journal.

    ``derive=False`` leaves the rows to whoever has corrections to make first.
    """
    payload = record.to_json(indent=None).encode()
    with transaction.atomic():
        last: int = document.versions.aggregate(last=Max("number"))["last"] or 0
        version = Version.objects.create(
            document=document,
            number=last + 1,
            how=how,
            payload=zlib.compress(payload, 6),
            sha256=hashlib.sha256(payload).hexdigest(),
            schema=SCHEMA,
            reader=__version__,
            made_by=actor if isinstance(actor, str) else actor.key,
            note=note_text,
        )
        document.current = version
        _describe(document, record)
        document.save()
        if derive:
            _derive(document, record)
        made = {"version": version.number, "sha256": version.sha256}
        note(actor, How(how).value, f"document:{document.key}", about=about(document), new=made, reason=note_text)
        enqueue("shelf.index", {"document": document.key}, asked_by="system:search", priority=-1)
        if document.source_id and how == How.READ:
            enqueue("shelf.pictures", {"document": document.key}, asked_by="system:pictures", key=f"pictures:{document.key}", priority=-5)
    return version


def record_of(document: Document) -> Record:
    """What the document says as known now: its last reading with the corrections made to it, or its confirmed version.

    Raises:
        ValueError: the document has no version yet, or the kept one is damaged.
    """
    return working_record(document)


def rederive(document: Document) -> None:
    """Make the rows of a document anew from its working record."""
    with transaction.atomic():
        _derive(document, record_of(document))


def _describe(document: Document, record: Record) -> None:
    info = record.document
    document.title = (info.title or document.filename or document.key)[:500]
    document.symbol = (info.symbol or "")[:100]
    document.organisation = (info.organisation or "")[:300]
    document.language = info.language or ""
    printed = str(info.date or "")
    document.date = date.fromisoformat(printed) if len(printed) == len("2020-10-01") else None


def about(document: Document) -> str:
    """Key of the evaluation that a document belongs to, for the journal; empty where it is none or more than one."""
    keys = sorted({p.evaluation_key for p in document.parts.all() if p.evaluation_key})
    return keys[0] if len(keys) == 1 else ""


def derive(document: Document, record: Record, *, before: Record | None = None) -> None:
    """Make the rows of a document anew from a record; ``before`` is what they were made from, if people have said something of them."""
    with transaction.atomic():
        _describe(document, record)
        document.save()
        _derive(document, record, before)


def refresh(document: Document, before: Record, after: Record) -> None:
    """Bring the rows of a document from one record to another that has few changes; the others stay as they are."""
    if before.document != after.document:
        _describe(document, after)
        document.save()
    if before.evaluations == after.evaluations:
        return
    if [e.id for e in before.evaluations] != [e.id for e in after.evaluations]:
        _derive(document, after, before)
        return
    parts = {p.record_id: p for p in document.parts.all()}
    for old, new in zip(before.evaluations, after.evaluations, strict=True):
        if (old.label, old.title) != (new.label, new.title):
            part = parts[new.id]
            part.label, part.title = (new.label or "")[:100], (new.title or "")[:500]
            part.save(update_fields=["label", "title"])
    if [e.ratings for e in before.evaluations] != [e.ratings for e in after.evaluations]:
        document.ratings.all().delete()
        Rating.objects.bulk_create(_ratings(document, after, parts))
    _refresh_statements(document, before, after, parts)


def _refresh_statements(document: Document, before: Record, after: Record, parts: dict[str, Part]) -> None:
    was = {s.id: (e.id, s) for e in before.evaluations for s in e.statements}
    now = {s.id: (e.id, s) for e in after.evaluations for s in e.statements}
    document.statements.filter(record_id__in=was.keys() - now.keys()).delete()
    changed = [key for key, (part, s) in now.items() if key in was and (was[key][0] != part or was[key][1] != s)]
    order = {key: position for position, key in enumerate(now)}
    for row in document.statements.filter(record_id__in=changed):
        part, s = now[row.record_id]
        made = _row(document, parts[part], s, order[row.record_id])
        made.pk, made.key = row.pk, row.key
        if _content(s) == _content(was[row.record_id][1]):
            made.confirmed, made.confirmed_by = row.confirmed, row.confirmed_by
        made.save(force_update=True)
    if [*was] != [*now]:
        shifts: dict[int, list[int]] = {}
        for key, pk, position in document.statements.values_list("record_id", "pk", "position"):
            shifts.setdefault(order[key] - position, []).append(pk)
        # One update for all that move by as much: a case for each row takes a database a quarter of a second.
        for shift, keys in shifts.items():
            if shift:
                document.statements.filter(pk__in=keys).update(position=F("position") + shift)
    added = [_row(document, parts[now[key][0]], now[key][1], order[key]) for key in now if key not in was]
    Statement.objects.bulk_create(added)


def _content(s: AnyStatement) -> dict[str, Any]:
    """What a person confirms of a statement: all but its address and where it stands."""
    return s.model_dump(exclude={"id", "parent", "places", "origin"})


def _derive(document: Document, record: Record, before: Record | None = None) -> None:
    """Rows of parts, statements and ratings. What people have said of them (which evaluation, which key, confirmed) is kept by id."""
    parts = {p.record_id: p for p in document.parts.all()}
    said = {s["record_id"]: s for s in document.statements.values("record_id", "text", "kind", "key", "confirmed", "confirmed_by")}
    was = {s.id: _content(s) for e in before.evaluations for s in e.statements} if before else {}
    document.statements.all().delete()
    document.ratings.all().delete()
    document.parts.exclude(record_id__in=[e.id for e in record.evaluations]).delete()
    statements: list[Statement] = []
    for position, evaluation in enumerate(record.evaluations):
        part = parts.setdefault(evaluation.id, Part(document=document, record_id=evaluation.id))
        part.position, part.label, part.title = position, (evaluation.label or "")[:100], (evaluation.title or "")[:500]
        part.save()
        for s in evaluation.statements:
            row = _row(document, part, s, len(statements))
            said_of = said.get(s.id)
            if said_of:
                row.key = said_of["key"]
                same = was[s.id] == _content(s) if s.id in was else said_of["text"] == s.text and said_of["kind"] == s.kind
                if same:
                    row.confirmed, row.confirmed_by = said_of["confirmed"], said_of["confirmed_by"]
            statements.append(row)
    Statement.objects.bulk_create(statements)
    Rating.objects.bulk_create(_ratings(document, record, parts))


def _ratings(document: Document, record: Record, parts: dict[str, Part]) -> list[Rating]:
    return [
        Rating(
            document=document,
            part=parts[evaluation.id],
            position=position,
            criterion=(r.criterion or r.criterion_as_printed or "")[:60],
            value=r.value,
            scale=r.scale or "",
            as_printed=(r.as_printed or "")[:200],
            page=r.places[0].page if r.places else None,
        )
        for position, (evaluation, r) in enumerate((e, r) for e in record.evaluations for r in e.ratings)
    ]


def _row(document: Document, part: Part, s: AnyStatement, position: int) -> Statement:
    scores = [o.score for o in s.origin.values() if o.score is not None]
    row = Statement(
        document=document,
        part=part,
        record_id=s.id,
        position=position,
        kind=s.kind,
        number=(s.number or "")[:20],
        label=(s.label or "")[:120],
        text=s.text,
        criteria=list(getattr(s, "criteria", ())),
        page=s.places[0].page if s.places else None,
        score=min(scores, default=None),
    )
    if isinstance(s, Recommendation):
        row.responsible = list(s.responsible or ())
        row.priority, row.time, row.resources = s.priority or "", s.time or "", s.resources or ""
    if isinstance(s, Response):
        row.verdict = s.verdict or ""
    return row
