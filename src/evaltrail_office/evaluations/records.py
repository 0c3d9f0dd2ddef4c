"""Which of an evaluation's papers speaks first, and what of its record is about the evaluation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail_office.shelf.models import Document, Kind, Part
from evaltrail_office.shelf.working import working_record

if TYPE_CHECKING:
    from evaltrail.record import Evaluation, Place, Record

_ORDER = [Kind.REPORT, Kind.GOVERNING_BODY, Kind.SUMMARY, Kind.OTHER, Kind.RESPONSE, Kind.FOLLOW_UP, Kind.INCEPTION, Kind.TERMS]
"""The fullest account first."""


def rank(document: Document) -> tuple[bool, bool, bool, int, int]:
    """Sorts the papers of an evaluation: the confirmed, the original, the newest edition, the fullest first."""
    replaced = getattr(document, "is_replaced", False)
    kind = Kind(document.kind) if document.kind in Kind.values else Kind.OTHER
    return (replaced, document.confirmed is None, document.translation_of_id is not None, _ORDER.index(kind), -document.pk)


def record_of(document: Document) -> Record:
    """What a document says as known now, corrections included; from memory where it was asked for lately."""
    return working_record(document)


def evaluation_in(record: Record, part: Part) -> Evaluation | None:
    """What the record says of the part."""
    return next((e for e in record.evaluations if e.id == part.record_id), None)


def paragraph_at(record: Record, place: Place | None) -> str:
    """Number of the paragraph that holds a place; empty where it has none."""
    if place is None:
        return ""
    for paragraph in record.paragraphs:
        for own in paragraph.places:
            if own.page == place.page and own.start <= place.start < own.end:
                return paragraph.number
    return ""
