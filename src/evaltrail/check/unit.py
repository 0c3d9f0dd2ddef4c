"""Units: the stretches of a paper's text that a rule looks at, each with the way back to its place on the page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from evaltrail.record import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.record import Box, Page, Role

UnitKind = Literal["title", "heading", "paragraph", "item", "caption", "cell", "footnote"]


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """A paragraph, item, heading, caption, table cell or footnote. Two units are the same only if they are one object."""

    kind: UnitKind
    text: str
    """The words without their marker."""
    marker: str
    places: tuple[Place, ...]
    within: frozenset[Role]
    """What the headings above make of it; for a footnote nothing."""
    evaluation: str | None
    """id of the evaluation in whose part of the paper it stands."""
    index: int
    """Index of its passage in the record; -1 for a footnote."""
    number: str | None = None
    """Number of the paragraph that it is or stands in where the paper numbers its paragraphs; 'fn4' for a footnote."""

    @property
    def page(self) -> int:
        """Page on which it begins, 0 unknown."""
        return self.places[0].page if self.places else 0

    @property
    def start(self) -> tuple[int, int]:
        """Page and offset of its beginning, for putting things in order."""
        return (self.places[0].page, self.places[0].start) if self.places else (0, 0)


def part(pages: Sequence[Page], text: str, places: Sequence[Place], start: int, end: int) -> tuple[Place, ...]:
    """The places of ``text[start:end]``, where ``places`` are those of the whole ``text``.

    The text of a passage or statement is that of its places with line breaks joined, hyphenation undone and perhaps a
    marker or label left out, so both are walked along each other.  Where they cannot be brought together (words put
    in, another order), the places of the whole are given: too much is marked, never something else.
    """
    plain = _as_printed(pages, text, places, start, end)
    if plain is not None:
        return plain
    squeezed, runs = _squeezed(pages, places)
    # Markers and labels stand before the text: begin where its first characters are found in one run.
    first = "".join(text.split())[:24]
    at = max(squeezed.find(first), 0) if first else 0
    found: list[tuple[int, int]] = []
    # Word by word, and only where a word is not there in one run character by character.
    for m in _WORD.finditer(text, 0, end):
        word = m.group()
        if squeezed.startswith(word, at):
            steps = [(m.start(), at, len(word))]
        else:
            steps = []
            for i, c in enumerate(word, m.start()):
                step = squeezed.find(c, at, at + _SLIP + 1)
                if step < 0:
                    return tuple(places)
                steps.append((i, step, 1))
                at = step + 1
        for i, step, length in steps:
            before = max(0, start - i)
            if before < length:
                found.append((step + before, step + length))
        at = steps[-1][1] + steps[-1][2]
    return _joined(pages, runs, found) or tuple(places)


def _as_printed(pages: Sequence[Page], text: str, places: Sequence[Place], start: int, end: int) -> tuple[Place, ...] | None:
    """The places where the text stands in one place just so, but for line breaks: most do. None where it does not."""
    if len(places) != 1:
        return None
    page = pages[places[0].page - 1].text
    shift = page[places[0].start : places[0].end].replace("\n", " ").find(text.replace("\n", " "))
    words = text[start:end]
    if shift < 0 or not words or words.isspace():
        return None
    shift += places[0].start
    first = shift + start + len(words) - len(words.lstrip())
    last = shift + start + len(words.rstrip())
    return (Place(page=places[0].page, start=first, end=last, boxes=_lines(page, places[0], first, last)),)


_WORD = re.compile(r"\S+")
_SLIP = 3
"""Characters of a page that a text may leave out in one go: a hyphen at the end of a line, a footnote's mark."""


def _squeezed(pages: Sequence[Page], places: Sequence[Place]) -> tuple[str, list[tuple[Place, int, int]]]:
    """The words of the places without white space, and where each run of characters in it comes from: place, offset on its page, length."""
    words: list[str] = []
    runs: list[tuple[Place, int, int]] = []
    for p in places:
        for m in _WORD.finditer(pages[p.page - 1].text, p.start, p.end):
            words.append(m.group())
            runs.append((p, m.start(), m.end() - m.start()))
    return "".join(words), runs


def _joined(pages: Sequence[Page], runs: Sequence[tuple[Place, int, int]], found: Sequence[tuple[int, int]]) -> tuple[Place, ...]:
    """The places of stretches of a squeezed text, one for each of the whole places that they stand in."""
    out: list[tuple[Place, int, int]] = []
    n = at = 0
    for start, end in found:
        while n < len(runs) and at < end:
            whole, origin, length = runs[n]
            first, last = max(start, at), min(end, at + length)
            if first < last:
                if out and out[-1][0] is whole:
                    out[-1] = (whole, out[-1][1], origin + last - at)
                else:
                    out.append((whole, origin + first - at, origin + last - at))
            if at + length > end:
                break
            n, at = n + 1, at + length
    return tuple(Place(page=p.page, start=s, end=e, boxes=_lines(pages[p.page - 1].text, p, s, e)) for p, s, e in out)


def _lines(text: str, whole: Place, start: int, end: int) -> tuple[Box, ...]:
    """The boxes of the lines that hold the span; boxes come one a line."""
    if not whole.boxes:
        return ()
    # A footnote's mark or a tab parts a line into several boxes of one height.
    lines: list[list[Box]] = []
    for box in whole.boxes:
        if lines and abs(lines[-1][-1][1] - box[1]) < 1 and box[0] >= lines[-1][-1][0]:
            lines[-1].append(box)
        else:
            lines.append([box])
    if text.count("\n", whole.start, whole.end) + 1 != len(lines):
        return whole.boxes
    before = text.count("\n", whole.start, start)
    within = text.count("\n", start, end)
    return tuple(b for line in lines[before : before + within + 1] for b in line)
