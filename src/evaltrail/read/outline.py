"""The outline: what every format reader hands to the recognisers.

    bytes --formats/*--> (pages, lines, tables, drawings) --layout/*--> Outline --recognise/*--> Record

An outline is the document in reading order as blocks, without running headers,
footers, page numbers and table of contents (these are set aside, not lost: they
stay in ``pages[].text``).  Every block knows where each of its characters
stands, so a recogniser may cut a block anywhere and still has true places.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from evaltrail.record import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evaltrail.record import Box, Diagnostic

BlockKind = Literal["title", "heading", "paragraph", "item", "table", "caption", "footnote"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a block's text that stands unbroken in one page's text.

    ``block.text[at : at + length] == pages[page - 1].text[start : start + length]``
    """

    at: int
    page: int
    start: int
    length: int
    box: Box | None = None
    """left, bottom, right, top of these characters' line on the page, in points; None without pages."""


@dataclass(frozen=True, slots=True)
class Text:
    """A string whose characters know their places.

    ``text`` is normalised: line breaks joined with a space, hyphenation undone, runs of
    white space folded; paragraphs inside a cell are separated by a newline.
    ``pieces`` are sorted by ``at``; characters put in by joining belong to no piece.
    """

    text: str = ""
    pieces: tuple[Piece, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text)

    def cut(self, start: int, end: int | None = None) -> Text:
        """The part from ``start`` to ``end`` (block offsets), surrounding white space dropped."""
        end = len(self.text) if end is None else min(end, len(self.text))
        start = max(start, 0)
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return self.slice(start, end)

    def slice(self, start: int, end: int) -> Text:
        """The part from ``start`` to ``end`` (block offsets) exactly, white space kept."""
        pieces = []
        for p in self.pieces:
            a, b = max(p.at, start), min(p.at + p.length, end)
            if a < b:
                pieces.append(Piece(a - start, p.page, p.start + a - p.at, b - a, p.box))
        return Text(self.text[start:end], tuple(pieces))

    def places(self) -> tuple[Place, ...]:
        """The places, one a page and run, boxes one a line, in reading order."""
        out: list[Place] = []
        page = start = end = 0
        boxes: list[Box] = []
        for p in self.pieces:
            # Pieces of one page that follow each other within a few characters (a line break, a hyphen) are one span.
            if p.page != page or not 0 <= p.start - end <= 3:
                if page:
                    out.append(Place(page=page, start=start, end=end, boxes=tuple(boxes)))
                page, start, boxes = p.page, p.start, []
            end = p.start + p.length
            if p.box is not None and (not boxes or boxes[-1] != p.box):
                boxes.append(p.box)
        if page:
            out.append(Place(page=page, start=start, end=end, boxes=tuple(boxes)))
        return tuple(out)

    @property
    def page(self) -> int:
        """Page of the first character, 0 for an empty text."""
        return self.pieces[0].page if self.pieces else 0

    def piece_at(self, offset: int) -> Piece | None:
        """The piece that holds the character at ``offset``, or None."""
        i = bisect_right(self.pieces, offset, key=lambda p: p.at) - 1
        if i >= 0 and offset < self.pieces[i].at + self.pieces[i].length:
            return self.pieces[i]
        return None


def join(texts: Sequence[Text], glue: str = " ") -> Text:
    """Texts one after the other with ``glue`` between (a newline between paragraphs)."""
    texts = [t for t in texts if t.text]
    if len(texts) <= 1:
        return texts[0] if texts else Text()
    parts: list[str] = []
    pieces: list[Piece] = []
    at = 0
    for t in texts:
        if parts:
            parts.append(glue)
            at += len(glue)
        pieces.extend(Piece(p.at + at, p.page, p.start, p.length, p.box) for p in t.pieces)
        parts.append(t.text)
        at += len(t.text)
    return Text("".join(parts), tuple(pieces))


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: its paragraphs in order, row and column of its top left corner, and spans."""

    row: int
    column: int
    blocks: tuple[Block, ...] = ()
    row_span: int = 1
    column_span: int = 1
    header: bool = False
    fill: str | None = None

    def content(self) -> Text:
        """The cell's words, its paragraphs and items separated by newlines, markers included."""
        return join([join([b.marker, b.content]) for b in self.blocks], "\n")


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a grid; cells sorted by row, then column. A table over several pages is one table, a repeated header row stands once."""

    rows: int
    columns: int
    cells: tuple[Cell, ...]
    header_rows: int = 0
    """Leading rows that are headings (marked up as such, bold or shaded against the rest); 0 where it could not be told."""
    ruled: bool = True

    def row(self, index: int) -> tuple[Cell, ...]:
        """Cells that begin in the row."""
        return tuple(c for c in self.cells if c.row == index)

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers the position, spans included."""
        for c in self.cells:
            if c.row <= row < c.row + c.row_span and c.column <= column < c.column + c.column_span:
                return c
        return None


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item, table, caption or footnote.

    ``content.text`` holds the words as printed, marker ("26.", "(a)", "•") excluded where it was told apart.
    """

    kind: BlockKind
    content: Text = Text()
    marker: Text = Text()
    """The list or paragraph marker as printed, with its place: '26.', '(a)', '•', 'iv.'."""
    level: int = 0
    """Heading level from 1; nesting depth of an item from 1; else 0."""
    size: float = 0.0
    """Font size of most characters in points; 0 where the format has none."""
    bold: float = 0.0
    """Share of characters that are bold, 0 to 1."""
    italic: float = 0.0
    bold_spans: tuple[tuple[int, int], ...] = ()
    """Offsets in ``content.text`` of runs in bold, merged over spaces."""
    italic_spans: tuple[tuple[int, int], ...] = ()
    colour: str | None = None
    """'#rrggbb' of most characters where it is not black, else None."""
    box: str | None = None
    """Key of the drawn frame or shaded panel (or HTML/DOCX equivalent) that holds the block; equal keys = same box."""
    fill: str | None = None
    """'#rrggbb' of that panel's background."""
    indent: float = 0.0
    """Left edge in points from the column's left edge."""
    style: str | None = None
    """Name of the DOCX style, or HTML tag and classes."""
    number: str | None = None
    """Number of a footnote."""
    marks: tuple[tuple[int, str], ...] = ()
    """Footnote marks in the content: (offset where it stood, number). Marks are cut from the text."""
    table: Table | None = None

    @property
    def text(self) -> str:
        """The words."""
        return self.content.text

    @property
    def page(self) -> int:
        """Page on which the block begins; for a table that of its first cell; 0 unknown."""
        if self.content.pieces:
            return self.content.page
        if self.marker.pieces:
            return self.marker.page
        if self.table is not None:
            for c in self.table.cells:
                for b in c.blocks:
                    if b.page:
                        return b.page
        return 0


@dataclass(frozen=True, slots=True)
class Shape:
    """A filled or stroked path on a page, reduced to its bounding box: what bar charts and boxes are made of."""

    box: Box
    fill: str | None = None
    stroke: str | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """Text with its box on the page, for reading charts: one text object or cell label."""

    text: Text
    box: Box
    size: float = 0.0


@dataclass(slots=True)
class OutlinePage:
    """A page: its text (what offsets count in) and what is drawn on it. Sizes in points, 0 without pages."""

    number: int
    width: float = 0.0
    height: float = 0.0
    text: str = ""
    shapes: tuple[Shape, ...] = ()
    """Filled rectangles and the like that are not rules of tables or frames of text: candidates for charts."""
    words: tuple[Word, ...] = ()
    """Text lines or fragments on pages that have shapes (legend, axis labels, values); may be empty elsewhere."""


@dataclass(slots=True)
class Outline:
    """A document in reading order."""

    media_type: str
    pages: list[OutlinePage] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    """Everything but footnotes, in reading order."""
    footnotes: list[Block] = field(default_factory=list)
    title: str = ""
    """From the title block or the metadata; empty where unknown."""
    symbol: str | None = None
    language: str | None = None
    """Declared by the document (HTML lang, DOCX, PDF catalogue), not detected."""
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def walk(self) -> Iterator[Block]:
        """All blocks, those in table cells after their table, footnotes last."""
        for b in self.blocks:
            yield b
            if b.table is not None:
                for c in b.table.cells:
                    yield from c.blocks
        yield from self.footnotes
