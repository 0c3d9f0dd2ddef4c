"""Where the statements of a record stand: boxes over a page's picture, or marked words where a paper has no pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaltrail.facsimile import Mark, marked, stretches
from evaltrail.facsimile import regions as joined
from evaltrail_office.shelf.words import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from evaltrail.record import AnyStatement, Box, Page, Place, Record

LETTERS = {"finding": "F", "conclusion": "C", "lesson": "L", "good_practice": "L", "recommendation": "R", "response": "A"}
"""Of the kinds, as the design gives them over a page; T stands for what else is pointed out."""
_PAD = 2.5  # points between the words and the box round them


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A box on a page, in per cent of the page's width and height from its top left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Region:
    """Something that is pointed out on a page."""

    id: str
    """Of the statement; of a rating ``<evaluation>/rating/<n>``, of a decision ``decision/<n>``."""
    anchor: str
    """The same as an id in HTML."""
    kind: str
    """Of statement, ``rating`` or ``decision``."""
    letter: str
    title: str
    """Label or kind, and the first words."""
    boxes: tuple[Rectangle, ...]
    goes_on: bool
    """Whether it began on an earlier page."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A stretch of a text without pages, its statements marked."""

    part: int
    """From 1."""
    html: str
    """Escaped, with a link to ``#<anchor>`` round every statement; each has the id ``b-<anchor>`` where it begins."""
    anchors: tuple[str, ...]
    """Of the statements that begin in it, in order."""


def anchor(statement_id: str) -> str:
    """A statement's id as an id in HTML, of letters, digits, hyphens and underscores."""
    return "s-" + "".join(c if (c.isascii() and c.isalnum()) or c == "-" else "_" if c == "." else f"_{ord(c):x}_" for c in statement_id)


def has_pictures(record: Record) -> bool:
    """Whether its places are boxes on pages."""
    return any(p.width and p.height for p in record.pages)


def regions(record: Record, page: int) -> list[Region]:
    """Everything that stands on a page (from 1), in reading order; nothing for a page without a size."""
    sheet = next((p for p in record.pages if p.number == page), None)
    if sheet is None or not sheet.width or not sheet.height:
        return []
    found = []
    for key, kind, title, places in _things(record):
        here = [p for p in places if p.page == page]
        boxes = tuple(_per_cent(box, sheet) for box in joined([b for p in here for b in p.boxes]))
        if boxes:
            letter = LETTERS.get(kind, "T")
            region = Region(key, anchor(key), kind, letter, title, boxes, goes_on=min(p.page for p in places) < page)
            found.append((here[0].start, -here[-1].end, region))
    return [region for _, _, region in sorted(found, key=lambda f: f[:2])]


def pages_of(record: Record) -> list[int]:
    """Numbers of the pages on which something stands."""
    return sorted({p.page for _, _, _, places in _things(record) for p in places})


def around(page: Page, places: Iterable[Place]) -> Rectangle | None:
    """The one rectangle that holds everything of these places that stands on a page; None where none of it has a box there."""
    boxes = [box for place in places if place.page == page.number for box in place.boxes]
    if not boxes or not page.width or not page.height:
        return None
    left, bottom, right, top = zip(*boxes, strict=True)
    return _per_cent((min(left), min(bottom), max(right), max(top)), page)


def leaves(record: Record, *, page: int = 1) -> list[Leaf]:
    """A text without pages as leaves of marked words, those stretches that hold statements; the words are escaped."""
    sheet = next((p for p in record.pages if p.number == page), None)
    marks = [m for m in _marks(record) if m.on(page)]
    if sheet is None or not marks:
        return []
    made = []
    for n, (start, end) in enumerate(stretches(sheet, marks), 1):
        begun = sorted((min(p.start for p in m.places), m.anchor) for m in marks if start <= min(p.start for p in m.places) < end)
        made.append(Leaf(n, marked(sheet, start, end, marks), tuple(a for _, a in begun)))
    return made


def excerpt(record: Record, statement: AnyStatement, *, around: int = 700) -> str:
    """The words round a statement as escaped HTML, itself alone marked; empty where its place is not known."""
    if not statement.places:
        return ""
    first = statement.places[0]
    sheet = next((p for p in record.pages if p.number == first.page), None)
    if sheet is None:
        return ""
    last = max(p.end for p in statement.places if p.page == first.page)
    start = sheet.text.rfind("\n", 0, max(0, first.start - around)) + 1
    cut = sheet.text.find("\n", min(len(sheet.text), last + around))
    title = _title(statement)
    mark = Mark(anchor(statement.id), LETTERS[statement.kind], LETTERS[statement.kind].lower(), title, statement.places)
    return marked(sheet, start, len(sheet.text) if cut < 0 else cut, [mark])


def _marks(record: Record) -> Iterable[Mark]:
    for key, kind, title, places in _things(record):
        letter = LETTERS.get(kind, "T")
        yield Mark(anchor(key), letter, letter.lower(), title, places)


def _things(record: Record) -> Iterator[tuple[str, str, str, tuple[Place, ...]]]:
    for e in record.evaluations:
        for s in e.statements:
            if s.places:
                yield s.id, s.kind, _title(s), s.places
        for n, r in enumerate(e.ratings):
            if r.places:
                words = ": ".join(w for w in (r.criterion_as_printed or r.criterion, r.as_printed) if w)
                yield f"{e.id}/rating/{n}", "rating", words, r.places
    for n, d in enumerate(record.decisions):
        if d.places:
            yield f"decision/{n}", "decision", d.text[:120], d.places


def _title(s: AnyStatement) -> str:
    name = s.label or " ".join(w for w in (str(KINDS[s.kind]), s.number) if w)
    return f"{name}: {s.text[:120]}"


def _per_cent(box: Box, page: Page) -> Rectangle:
    left, bottom, right, top = box
    x, y = max(0.0, left - _PAD), max(0.0, page.height - top - _PAD)
    width, height = min(page.width, right + _PAD) - x, min(page.height, page.height - bottom + _PAD) - y
    return Rectangle(
        *(round(v, 3) for v in (100 * x / page.width, 100 * y / page.height, 100 * width / page.width, 100 * height / page.height))
    )
