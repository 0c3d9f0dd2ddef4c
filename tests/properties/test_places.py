"""Every place is true: the words of whatever a record holds are found again where it says they stand.

Spans are read out of ``pages[].text``, boxes out of the PDF with PDFium's own text-in-box call.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaltrail import sample

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from evaltrail.record import Place, Record

# White space, hyphens (also those that a PDF marks as soft) and marks that cannot be seen.
_LOOSE = re.compile("[\\s\\-\u2010\u2011\u00ad\ufffe\x02\u200b]")
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})
_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[a-z]|\*{1,3})[\])]?")
_ONE_LINE = 250
"""Characters of the longest line of a page, white space left out."""


def squeeze(text: str) -> str:
    """The text without white space and hyphens, quotes made straight: in nothing else may two printings of the same words differ."""
    return _LOOSE.sub("", text).translate(_QUOTES)


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that stands in a document: its words and where they stand."""

    name: str
    text: str
    places: tuple[Place, ...]


def things(record: Record) -> Iterator[Thing]:
    """Everything of a record that has places."""
    for e in record.evaluations:
        for s in e.statements:
            yield Thing(f"{s.kind} {s.id}", s.text, s.places)
            for n, action in enumerate(getattr(s, "actions", ()), 1):
                yield Thing(f"action {n} of {s.id}", action.text, action.places)
        for n, rating in enumerate(e.ratings, 1):
            drawn = any(o.rule == "bar-length" for o in rating.origin.values())
            # A bar has no words but those that say what it rates; the words of its value stand in the legend.
            words = rating.criterion_as_printed if drawn else rating.as_printed
            yield Thing(f"rating {n} of {e.id}", words or "", rating.places)
        for n, answer in enumerate(e.overall_responses, 1):
            yield Thing(f"overall response {n} of {e.id}", answer.text, answer.places)
    for n, decision in enumerate(record.decisions, 1):
        yield Thing(f"decision {n}", decision.text, decision.places)
    for paragraph in record.paragraphs:
        yield Thing(f"paragraph {paragraph.number}", paragraph.text, paragraph.places)
    for footnote in record.footnotes:
        yield Thing(f"footnote {footnote.number}", footnote.text, footnote.places)
    for n, quantity in enumerate(record.quantities, 1):
        yield Thing(f"quantity {n}", quantity.text, quantity.places)


def same_words(text: str, spans: str) -> bool:
    """Whether the spans hold the words in order and nothing else but, here and there, the mark of a footnote."""
    wanted, found = squeeze(text), squeeze(spans)
    at = 0
    for i, c in enumerate(wanted):
        if not found.startswith(c, at):
            mark = _MARK.match(found, at)
            if mark is None or not i or not found.startswith(c, mark.end()):
                return False
            at = mark.end()
        at += 1
    return at == len(found)


class Source:
    """A PDF beside its record."""

    def __init__(self, file: Path, record: Record) -> None:
        self.by_ocr = {p.page for d in record.diagnostics if d.code == "read-by-ocr" for p in d.places}
        self._document = pypdfium2.PdfDocument(file)
        self._pages: dict[int, pypdfium2.PdfTextPage] = {}

    def within(self, place: Place) -> str:
        """What PDFium finds in the boxes of a place."""
        if place.page not in self._pages:
            self._pages[place.page] = self._document[place.page - 1].get_textpage()
        return "\n".join(self._pages[place.page].get_text_bounded(*box) for box in place.boxes)


def faults(thing: Thing, record: Record, source: Source | None) -> list[str]:
    """What is not true of a thing's places; empty where all is."""
    if not thing.places:
        return ["no place"]
    spans = []
    for place in thing.places:
        if not 1 <= place.page <= len(record.pages) or not 0 <= place.start < place.end <= len(record.pages[place.page - 1].text):
            return [f"outside the text of page {place.page}"]
        spans.append(record.pages[place.page - 1].text[place.start : place.end])
    found = [] if same_words(thing.text, "".join(spans)) else ["other words at the span"]
    if source is None:
        found += ["a box without pages"] * any(place.boxes for place in thing.places)
    else:
        for place, span in zip(thing.places, spans, strict=True):
            found += box_faults(place, span, record, source)
    return found


def box_faults(place: Place, span: str, record: Record, source: Source) -> list[str]:
    """What is not true of one place's boxes."""
    page = record.pages[place.page - 1]
    if not place.boxes:
        return ["no box"]
    if any(left >= right or bottom >= top for left, bottom, right, top in place.boxes):
        return ["an empty box"]
    # One point for what is drawn over the page's edge.
    if any(min(b) < -1 or b[2] > page.width + 1 or b[3] > page.height + 1 for b in place.boxes):
        return ["a box outside its page"]
    if place.page in source.by_ocr:
        return []  # PDFium has no words where there are only pictures of them
    inside, wanted = squeeze(source.within(place)), squeeze(span)
    lost = [w for w in re.findall(r"\w+", span) if squeeze(w) not in inside and not _MARK.fullmatch(w)]
    if lost:
        return [f"{lost[0]!r} is not in the boxes"]
    # The boxes of the first and the last line may be as wide as their lines.
    return ["boxes hold more than their lines"] if len(inside) - len(wanted) > 2 * _ONE_LINE else []


def all_faults(file: Path, record: Record) -> dict[str, list[str]]:
    """Faults of all things of a record by name."""
    source = Source(file, record) if record.document.media_type == "application/pdf" else None
    return {thing.name: wrong for thing in things(record) if (wrong := faults(thing, record, source))}


@pytest.mark.parametrize("suffix", sample.FORMATS)
def test_everything_of_the_sample_paper_is_where_it_says(sampled: dict[str, tuple[Path, Record]], suffix: str) -> None:
    file, record = sampled[suffix]
    assert sum(1 for _ in things(record)) > 100
    assert all_faults(file, record) == {}


def test_everything_of_a_real_paper_is_where_it_says(labelled: dict[str, tuple[Path, Record]], paper: str) -> None:
    file, record = labelled[paper]
    assert all_faults(file, record) == {}


@given(data=st.data())
def test_a_place_one_word_off_would_be_noticed(sampled: dict[str, tuple[Path, Record]], data: st.DataObject) -> None:
    file, record = sampled["pdf"]
    source = Source(file, record)
    thing = data.draw(st.sampled_from([t for t in things(record) if len(t.text.split()) > 3]))
    place = thing.places[0]
    words = [m.end() for m in re.finditer(r"\s+", record.pages[place.page - 1].text[place.start : place.end])]
    if words:
        late = place.model_copy(update={"start": place.start + words[0]})
        assert faults(Thing(thing.name, thing.text, (late, *thing.places[1:])), record, source)
    left, bottom, right, top = place.boxes[0]
    if data.draw(st.booleans()):
        moved = (left, record.pages[place.page - 1].height - top, right, record.pages[place.page - 1].height - bottom)
    else:
        moved = (left, bottom, left + (right - left) / 10, top)
    if abs(moved[1] - bottom) > top - bottom or moved[2] < right:
        wrong = place.model_copy(update={"boxes": (moved,)})
        assert faults(Thing(thing.name, thing.text, (wrong, *thing.places[1:])), record, source)
