"""Pages of a paper with what stands on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from evaltrail.facsimile import Mark, marked
from evaltrail.record import Place
from evaltrail_office.shelf import pictures
from evaltrail_office.shelf.places import has_pictures, regions

if TYPE_CHECKING:
    from evaltrail.record import Page, Record
    from evaltrail_office.shelf.models import Document

_AROUND = 700
"""Characters of a text without pages that are shown before and after the words."""
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Box:
    """A box over a page's picture, in per cent of its width and height."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Pointed:
    """Something that is pointed out on a page."""

    letter: str
    title: str
    address: str
    boxes: tuple[Box, ...]
    current: bool


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page as it is shown: a picture with boxes, or words."""

    number: int
    count: int
    picture: str
    """Address of the picture; empty: the paper has none."""
    width: float
    height: float
    pointed: tuple[Pointed, ...]
    words: str
    """Escaped HTML of the words around the place, where there is no picture."""


def leaf(document: Document, record: Record, number: int, *, statement: str = "", start: int = 0, end: int = 0) -> Leaf | None:
    """A page with its statements; one of them, or a stretch of its words, pointed out. None where there is no such page."""
    page = next((p for p in record.pages if p.number == number), None)
    if page is None:
        return None
    source = document.source
    drawn = bool(source and source.media_type == pictures.PDF and has_pictures(record) and page.width and page.height)
    if not drawn:
        return Leaf(number, len(record.pages), "", page.width, page.height, (), _words(page, start, end))
    known = {s.id: s for e in record.evaluations for s in e.statements}
    found = [
        Pointed(
            region.letter,
            region.title,
            reverse("statement", args=[document.key, region.id]) if region.id in known else "",
            tuple(Box(b.x, b.y, b.width, b.height) for b in region.boxes),
            region.id == statement,
        )
        for region in regions(record, number)
    ]
    if not statement and end > start:
        found.append(Pointed("T", page.text[start:end][:120], "", _boxes(record, page, start, end), current=True))
    return Leaf(number, len(record.pages), pictures.picture_url(document, number), page.width, page.height, tuple(found), "")


def _words(page: Page, start: int, end: int) -> str:
    """A stretch of a page's words as escaped HTML, those from ``start`` to ``end`` marked."""
    start, end = max(0, min(start, len(page.text))), max(0, min(end, len(page.text)))
    first = page.text.rfind("\n", 0, max(0, start - _AROUND)) + 1
    cut = page.text.find("\n", min(len(page.text), end + _AROUND))
    last = len(page.text) if cut < 0 else cut
    place = (Place(page=page.number, start=start, end=max(start, end)),)
    return marked(page, first, min(last, first + _LONGEST), [Mark("here", "T", "t", "", place)] if end > start else [])


def _boxes(record: Record, page: Page, start: int, end: int) -> tuple[Box, ...]:
    """Boxes of a stretch of a page's words: those of the numbers and passages that it touches, of the shortest that holds it."""
    places = [p for q in record.quantities for p in q.places] + [p for x in record.passages for p in x.places]
    exact = [p for p in places if p.page == page.number and (p.start, p.end) == (start, end) and p.boxes]
    around = [p for p in places if p.page == page.number and p.start <= start and end <= p.end and p.boxes]
    best = min(exact or around, key=lambda p: p.end - p.start, default=None)
    made = []
    for left, bottom, right, top in best.boxes if best else ():
        x, y = 100 * left / page.width, 100 * (page.height - top) / page.height
        made.append(
            Box(round(x, 3), round(y, 3), round(100 * (right - left) / page.width, 3), round(100 * (top - bottom) / page.height, 3))
        )
    return tuple(made)
