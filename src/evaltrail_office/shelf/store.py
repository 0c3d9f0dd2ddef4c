"""The only translator between records and rows."""

from __future__ import annotations

import hashlib
import zlib
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from evaltrail import __version__
from evaltrail.record import SCHEMA, Recommendation, Record, Response
from evaltrail_office.jobs.actions import enqueue
from evaltrail_office.journal.actions import note
from evaltrail_office.shelf.models import Document, How, Part, Rating, Statement, Version, next_key

if TYPE_CHECKING:
    from evaltrail.record import AnyStatement
    from evaltrail_office.journal.actions import Actor
    from evaltrail_office.shelf.models import Kind, Source


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


def put(document: Document, record: Record, *, how: How, actor: Actor | str, note_text: str = "") -> Version:
    """Add a version to a document, make it the current one, and derive its rows; with an entry in the journal."""
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
        _derive(document, record)
        made = {"version": version.number, "sha256": version.sha256}
        note(actor, How(how).value, f"document:{document.key}", about=_about(document), new=made)
        enqueue("shelf.index", {"document": document.key}, asked_by="system:search", priority=-1)
    return version


def load(version: Version) -> Record:
    """The record of a version.

    Raises:
        ValueError: the row is damaged: the words do not have the hash that they were kept under.
    """
    payload = zlib.decompress(bytes(version.payload))
    if hashlib.sha256(payload).hexdigest() != version.sha256:
        raise ValueError(f"version {version.number} of document {version.document_id} is damaged: restore it from a backup")
    return Record.from_json(payload)


def record_of(document: Document) -> Record:
    """The record of a document's current version."""
    if document.current is None:
        raise ValueError(f"{document.key} has no version")
    return load(document.current)


def rederive(document: Document) -> None:
    """Make the rows of a document anew from its current version."""
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


def _about(document: Document) -> str:
    keys = sorted({p.evaluation_key for p in document.parts.all() if p.evaluation_key})
    return keys[0] if len(keys) == 1 else ""


def _derive(document: Document, record: Record) -> None:
    """Rows of parts, statements and ratings. What people have said of them (which evaluation, which key, confirmed) is kept by id."""
    parts = {p.record_id: p for p in document.parts.all()}
    said = {s["record_id"]: s for s in document.statements.values("record_id", "text", "kind", "key", "confirmed", "confirmed_by")}
    document.statements.all().delete()
    document.ratings.all().delete()
    document.parts.exclude(record_id__in=[e.id for e in record.evaluations]).delete()
    statements: list[Statement] = []
    ratings: list[Rating] = []
    for position, evaluation in enumerate(record.evaluations):
        part = parts.get(evaluation.id) or Part(document=document, record_id=evaluation.id)
        part.position, part.label, part.title = position, (evaluation.label or "")[:100], (evaluation.title or "")[:500]
        part.save()
        for s in evaluation.statements:
            row = _row(document, part, s, len(statements))
            before = said.get(s.id)
            if before:
                row.key = before["key"]
                if before["text"] == s.text and before["kind"] == s.kind:
                    row.confirmed, row.confirmed_by = before["confirmed"], before["confirmed_by"]
            statements.append(row)
        ratings += [
            Rating(
                document=document,
                part=part,
                position=len(ratings) + n,
                criterion=(r.criterion or r.criterion_as_printed or "")[:60],
                value=r.value,
                scale=r.scale or "",
                as_printed=(r.as_printed or "")[:200],
                page=r.places[0].page if r.places else None,
            )
            for n, r in enumerate(evaluation.ratings)
        ]
    Statement.objects.bulk_create(statements)
    Rating.objects.bulk_create(ratings)


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
