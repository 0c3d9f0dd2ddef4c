"""Units: the stretches of a paper's text that a rule looks at, each with the way back to its place on the page."""

from __future__ import annotations

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
    spans = [(p, i, c) for p in places for i, c in enumerate(pages[p.page - 1].text[p.start : p.end], p.start)]
    spans = [s for s in spans if not s[2].isspace()]
    # Markers and labels stand before the text: begin where its first characters are found in one run.
    squeezed = "".join(s[2] for s in spans)
    first = "".join(text.split())[:24]
    at = max(squeezed.find(first), 0) if first else 0
    found: list[tuple[Place, int]] = []
    for i, c in enumerate(text):
        if i >= end:
            break
        if c.isspace():
            continue
        step = at
        while step < len(spans) and step - at <= _SLIP and spans[step][2] != c:
            step += 1
        if step == len(spans) or step - at > _SLIP:
            return tuple(places)
        if i >= start:
            found.append((spans[step][0], spans[step][1]))
        at = step + 1
    return _joined(pages, found) or tuple(places)


_SLIP = 3
"""Characters of a page that a text may leave out in one go: a hyphen at the end of a line, a footnote's mark."""


def _joined(pages: Sequence[Page], found: Sequence[tuple[Place, int]]) -> tuple[Place, ...]:
    out: list[Place] = []
    first = 0
    for i in range(1, len(found) + 1):
        if i == len(found) or found[i][0] is not found[first][0]:
            whole, start, end = found[first][0], found[first][1], found[i - 1][1] + 1
            out.append(Place(page=whole.page, start=start, end=end, boxes=_lines(pages[whole.page - 1].text, whole, start, end)))
            first = i
    return tuple(out)


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
