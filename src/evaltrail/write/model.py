"""The paper model: what a written paper holds, in reading order, whatever format it goes to.

    record --papers/*--> Paper --formats/*--> bytes

Blocks say what a thing is (a heading, a numbered paragraph, an action table, a boxed finding); how it looks is a
format's matter and the house's.  A composer in ``papers`` makes a paper from a record, a module in ``formats`` writes
one.  Everything here is plain data: no block knows its page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evaltrail.write.house import House

Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Revision:
    """That words were put in or taken out, for a format that tracks changes; others print them as they are."""

    removed: bool
    author: str
    date: str | None = None
    """ISO 8601 moment ('2024-03-01T00:00:00Z')."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one face; or, with ``note``, the place where a footnote is called (its text is then empty)."""

    text: str = ""
    bold: bool = False
    italic: bool = False
    note: int | None = None
    """Index in ``Paper.notes`` of the footnote called here. The first call of a note prints it, further calls refer to it."""
    to: str | None = None
    """Anchor of the block that the words refer to: a format makes a link or a field of it. ``text`` is what stands printed."""
    revision: Revision | None = None


Words = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as SVG (complete, with ``<title>`` and ``<desc>``), and what is said to those who do not see it."""

    svg: str
    title: str
    description: str
    width: float
    """Points."""
    height: float
    """Points."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 and on, no level left out on the way down; level 0 is the paper's title."""

    words: Words
    level: int = 1
    marker: str = ""
    """Its number as printed: 'A.', '2.1'."""
    anchor: str | None = None
    listed: bool = True
    """Whether the table of contents names it."""


ParagraphStyle = Literal[
    "body",
    "symbol",  # the document's symbol, top of the first page
    "front",  # lines of the title page: body, session, date, agenda item
    "subtitle",
    "caption",  # of a figure that is not there, or under a table
    "small",  # a source, a legend
]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; with a ``marker`` ('26.', '(a)') a numbered one, whose number hangs."""

    words: Words
    marker: str = ""
    style: ParagraphStyle = "body"
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: ``marker`` as printed ('•', '(a)', '2.1'), ``level`` its depth from 1."""

    words: Words
    marker: str = "•"
    level: int = 1
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: row and column of its top left corner, from 0, its spans and its paragraphs."""

    row: int
    column: int
    paragraphs: tuple[Words, ...] = ()
    row_span: int = 1
    column_span: int = 1
    header: bool = False
    picture: Picture | None = None
    """A drawing in the cell, before its words."""
    rating: float | None = None
    """Share of the scale, 0 (lowest) to 1 (highest), where the cell shows a rating: formats colour it by the house's scale."""
    align: Literal["start", "end", "centre"] = "start"


TableStyle = Literal[
    "grid",  # any table of the paper
    "action",  # responsible unit, priority, time, resources: one row under its recommendation
    "ratings",  # criterion and mark
    "data",  # the figures behind a chart
]


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a grid; cells sorted by row, then column; cells that are missing are empty."""

    rows: int
    columns: int
    cells: tuple[Cell, ...]
    header_rows: int = 0
    header_columns: int = 0
    caption: Words = ()
    """Printed above; part of the table."""
    style: TableStyle = "grid"
    widths: tuple[float, ...] = ()
    """Share of the line of each column, adding up to 1; empty: by what they hold."""
    anchor: str | None = None


FrameKind = Literal["plain", "purpose", "finding", "decision"]


@dataclass(frozen=True, slots=True)
class Frame:
    """Blocks in one drawn box."""

    blocks: tuple[Block, ...]
    kind: FrameKind = "plain"


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with its caption and, beside or under it, the figures that it is drawn from."""

    picture: Picture
    caption: Words = ()
    data: Table | None = None
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents, made by the format."""

    title: Words
    levels: int = 2


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a new page (a format without pages draws nothing)."""


Block = Heading | Paragraph | Item | Table | Frame | Figure | Contents | PageBreak


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its number as printed ('4', '*') and its words."""

    number: str
    words: Words


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper, ready to be written."""

    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()
    title: str = ""
    """For the file's properties and the window's title; the printed one is a heading of level 0."""
    symbol: str | None = None
    organisation: str | None = None
    language: str = "en"
    """BCP 47 tag of the paper's language."""
    direction: Direction = "ltr"
    date: str | None = None
    """ISO 8601 day, month or year; the only date that may reach a file."""
    house: House = field(default=None)  # type: ignore[assignment]  # always given; the default only keeps the order of fields
    continued: str = ""
    """Words that ask for a number on each page, with {page} and {pages}: 'Page {page} of {pages}'; empty: the number alone."""

    def walk(self) -> Iterator[Block]:
        """All blocks in reading order, those in a frame after it."""
        yield from _walk(self.blocks)


def _walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for b in blocks:
        yield b
        if isinstance(b, Frame):
            yield from _walk(b.blocks)


def plain(words: Words) -> str:
    """The words without their faces and footnote marks."""
    return "".join(r.text for r in words)


def text(string: str, *, bold: bool = False, italic: bool = False) -> Words:
    """A string as words in one face; empty for an empty string."""
    return (Run(string, bold=bold, italic=italic),) if string else ()
