"""Boxes for places that a rule gave by their words alone, so that they can be shown on a page's picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.facsimile import boxes_of, is_pdf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.record import Place, Record


def boxed(record: Record, source: bytes | None, places: Sequence[Place]) -> tuple[Place, ...]:
    """The places, those without boxes with what the page itself says of their words; as they are where it is no PDF."""
    if source is None or not is_pdf(source):
        return tuple(places)
    return tuple(p if p.boxes else _searched(record, source, p) for p in places)


def _searched(record: Record, source: bytes, place: Place) -> Place:
    text = record.pages[place.page - 1].text
    lines = [line.strip() for line in text[place.start : place.end].split("\n") if line.strip()]
    wanted = [(place.page, line, text.count(line, 0, place.start)) for line in lines]
    return place.model_copy(update={"boxes": tuple(b for boxes in boxes_of(source, wanted) for b in boxes)})
