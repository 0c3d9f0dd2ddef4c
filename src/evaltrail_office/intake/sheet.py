"""The page on the left of the preview: its picture with boxes, or the words of a paper without pages with the same anchors."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from evaltrail.facsimile import Mark, marked, overlay, stretches
from evaltrail.text.normal import squeeze
from evaltrail_office.shelf.words import said

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from evaltrail.record import Box, Page, Passage, Place, Record
    from evaltrail_office.intake.entries import Entry
    from evaltrail_office.intake.messages import Message

_LONGEST = 3200
"""Characters of a stretch without statements."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page, or one stretch of a paper that has no pages."""

    number: int
    """From 1."""
    page: Page
    start: int
    end: int
    """Of the page's text."""

    @property
    def pictured(self) -> bool:
        """Whether it is a page with a size, of which a picture can be made."""
        return bool(self.page.width)

    def holds(self, place: Place) -> bool:
        """Whether a place begins on it."""
        return place.page == self.page.number and self.start <= place.start < max(self.end, self.start + 1)


def leaves(record: Record) -> list[Leaf]:
    """Pages of a paper, or stretches of one without pages, cut at line ends between statements."""
    if len(record.pages) != 1 or record.pages[0].width:
        return [Leaf(n, p, 0, len(p.text)) for n, p in enumerate(record.pages, 1)]
    page = record.pages[0]
    places = [p for e in record.evaluations for s in e.statements for p in s.places]
    cuts = stretches(page, [Mark("s", "", "", "", tuple(places))]) if places else [(0, len(page.text))]
    # What stands before the first statement and after the last is the paper too.
    edges = [0, *(end for _, end in cuts[:-1]), len(page.text)]
    spans = [span for a, b in itertools.pairwise(edges) for span in _short(page.text, a, b, places)]
    return [Leaf(n, page, a, b) for n, (a, b) in enumerate(spans, 1)]


def _short(text: str, start: int, end: int, places: Sequence[Place]) -> list[tuple[int, int]]:
    """A stretch cut at line ends where it is much too long, never inside a statement."""
    out = []
    while end - start > _LONGEST * 2:
        cut = text.find("\n", start + _LONGEST, end)
        while cut >= 0 and any(p.start < cut < p.end for p in places):
            cut = text.find("\n", cut + 1, end)
        if cut < 0 or end - cut < _LONGEST:
            break
        out.append((start, cut))
        start = cut
    return [*out, (start, end)]


def leaf_of(all_leaves: Sequence[Leaf], places: Sequence[Place]) -> int | None:
    """Number of the leaf on which something begins."""
    return next((leaf.number for p in places[:1] for leaf in all_leaves if leaf.holds(p)), None)


def shown(
    record: Record, leaf: Leaf, here: Sequence[Entry], faults: Sequence[Message], passages: Mapping[str, tuple[Passage, str]]
) -> SafeString:
    """The boxes over a page's picture, or the marked words of a stretch; each box and mark is a link to its statement.

    Args:
        record: the paper.
        leaf: what is shown of it.
        here: statements that stand on it.
        faults: messages of the current statement, boxed in red.
        passages: other words that a statement can be made of, by anchor, each with its link.
    """
    marks: list[Mark] = []
    links: dict[str, str] = {}
    for anchor, (passage, link) in passages.items():
        tag, colour = {"table": ("T", "T"), "heading": ("H", "T")}.get(passage.kind, ("+", "P"))
        marks.append(Mark(anchor, tag, colour, _("Add a statement from these words"), passage.places))
        links[anchor] = link
    for n, entry in enumerate(here):
        anchor = f"s{n}"
        colour = f"{entry.colour}{' current' if entry.current else ''}"
        tag = f"{entry.tag}{'✓' if entry.confirmed else ''}"
        marks.append(Mark(anchor, tag, colour, f"{entry.name}: {entry.statement.text[:120]}", tuple(entry.statement.places)))
        links[anchor] = entry.address
    for message in faults:
        places = tuple(framed(record, p) for p in message.remark.places if p.page == leaf.page.number)
        if leaf.pictured and any(p.boxes for p in places):
            anchor = f"m{message.number}"
            marks.append(Mark(anchor, "", "fault", said(message.remark.message, message.remark.wording)[:160], places))
            links[anchor] = "#current"
    if leaf.pictured:
        edges = [b[0] for x in record.passages for p in x.places if p.page == leaf.page.number for b in p.boxes]
        drawn = overlay(leaf.page, [m for m in marks if m.on(leaf.page.number)], min(edges, default=0.0), _("Statements on this page"))
    else:
        kept = [m for m in marks if m.colour != "P" and any(leaf.holds(p) for p in m.places)]
        drawn = marked(leaf.page, leaf.start, leaf.end, kept)
    for anchor, link in links.items():
        drawn = drawn.replace(f'href="#{anchor}"', f'href="{escape(link)}"')
    # Words of the paper were escaped where they were put in; the links are our own.
    return mark_safe(drawn)  # noqa: S308


def spare(record: Record, leaf: Leaf, here: Sequence[Entry]) -> dict[str, Passage]:
    """Passages of a leaf that are in no statement of it, by anchor: what a statement that was not found can be made of."""
    taken = [(p.start, p.end) for e in here for p in e.statement.places if p.page == leaf.page.number]
    labels = {squeeze(e.statement.label) for e in here if e.statement.label}
    found: dict[str, Passage] = {}
    for n, passage in enumerate(record.passages):
        places = [p for p in places_of(passage) if leaf.holds(p)]
        if not places or any(a < p.end and p.start < b for p in places for a, b in taken) or squeeze(passage.text) in labels:
            continue
        found[f"p{n}"] = passage.model_copy(update={"places": _whole(places) if passage.kind == "table" else tuple(places)})
    return found


def _whole(places: Sequence[Place]) -> tuple[Place, ...]:
    """The places of a table's cells as one with one box."""
    boxes = [b for p in places for b in p.boxes]
    if not boxes:
        return tuple(places)
    box = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    start, end = min(p.start for p in places), max(p.end for p in places)
    return (places[0].model_copy(update={"start": start, "end": end, "boxes": (box,)}),)


def places_of(passage: Passage) -> tuple[Place, ...]:
    """Where a passage stands; a table where its cells do."""
    return passage.places or tuple(p for c in passage.cells for p in c.places)


def words_of(passage: Passage) -> str:
    """What a passage says; a table row by row."""
    if passage.kind != "table":
        return passage.text
    rows: dict[int, list[str]] = {}
    for cell in passage.cells:
        rows.setdefault(cell.row, []).append(cell.text)
    return "\n".join(" | ".join(cells) for cells in rows.values())


def framed(record: Record, place: Place) -> Place:
    """A place with boxes: those of the lines that it stands in where it has none of its own."""
    if place.boxes:
        return place
    return place.model_copy(update={"boxes": tuple(box for box, (a, b) in lines(record, place.page) if a < place.end and place.start < b)})


def lines(record: Record, page: int) -> list[tuple[Box, tuple[int, int]]]:
    """Lines of a page that passages hold: box and span. A place has one box a line."""
    text = next((p.text for p in record.pages if p.number == page), "")
    out: list[tuple[Box, tuple[int, int]]] = []
    for passage in record.passages:
        for place in places_of(passage):
            if place.page != page or not place.boxes:
                continue
            spans = _line_spans(text, place)
            # Where lines and boxes do not go one to one, every box stands for all the words.
            whole = [(place.start, place.end)] * len(place.boxes)
            out += zip(place.boxes, spans if len(spans) == len(place.boxes) else whole, strict=True)
    return sorted(out, key=lambda line: line[1])


def _line_spans(text: str, place: Place) -> list[tuple[int, int]]:
    spans, start = [], place.start
    for line in text[place.start : place.end].split("\n"):
        if line.strip():
            spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans
