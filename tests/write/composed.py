"""A composed paper as the outline that a reader would make of it, so that it can be read back without any format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.read.outline import Block as Outlined
from evaltrail.read.outline import Cell, Outline, OutlinePage, Piece, Text
from evaltrail.read.outline import Table as OutlinedTable
from evaltrail.read.recognise.pipeline import recognise
from evaltrail.write.model import Figure, Frame, Heading, Item, Paragraph, Run, Table, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evaltrail.record import Record
    from evaltrail.write.model import Block, Paper, Words


def read_back(paper: Paper) -> Record:
    """The record of a paper's visible words."""
    return recognise(outline_of(paper))


def outline_of(paper: Paper) -> Outline:
    """The blocks as a reader finds them: kinds, levels, markers, bold and italic words, frames, tables, footnotes."""
    blocks = list(_blocks(paper.blocks, paper, None))
    notes = [Outlined("footnote", _text(plain(n.words)), number=n.number) for n in paper.notes]
    title = next((plain(b.words) for b in paper.walk() if isinstance(b, Heading) and b.level == 0), paper.title)
    return Outline("text/plain", [OutlinePage(1)], blocks, notes, title=title, language=paper.language)


def _text(words: str) -> Text:
    words = " ".join(words.split())
    return Text(words, (Piece(0, 1, 0, len(words)),)) if words else Text()


def _blocks(blocks: Sequence[Block], paper: Paper, box: str | None) -> Iterator[Outlined]:
    for n, b in enumerate(blocks):
        match b:
            case Frame():
                yield from _blocks(b.blocks, paper, f"{box or ''}/{n}")
            case Heading(level=0):
                yield _block("title", b.words, paper, box, level=0)
            case Heading():
                yield _block("heading", b.words, paper, box, level=b.level, marker=b.marker)
            case Paragraph():
                yield _block("paragraph", b.words, paper, box, marker=b.marker)
            case Item():
                yield _block("item", b.words, paper, box, level=b.level, marker=b.marker)
            case Table():
                yield from _table(b, paper, box)
            case Figure():
                yield _block("caption", b.caption, paper, box)
                if b.data is not None:
                    yield from _table(b.data, paper, box)
            case _:
                pass


def _table(t: Table, paper: Paper, box: str | None) -> Iterator[Outlined]:
    if t.caption:
        yield _block("caption", t.caption, paper, box)
    cells = tuple(
        Cell(c.row, c.column, tuple(_block("paragraph", w, paper, None) for w in c.paragraphs), c.row_span, c.column_span, c.header)
        for c in t.cells
    )
    yield Outlined("table", table=OutlinedTable(t.rows, t.columns, cells, t.header_rows), box=box)


def _block(kind: str, words: Words, paper: Paper, box: str | None, *, level: int = 0, marker: str = "") -> Outlined:
    string = plain(words)
    spans = {face: _spans(words, face) for face in ("bold", "italic")}
    shares = {face: sum(b - a for a, b in found) / max(1, len(string)) for face, found in spans.items()}
    marks = tuple((at, paper.notes[r.note].number) for at, r in _at(words) if r.note is not None)
    return Outlined(
        kind,  # type: ignore[arg-type]  # one of the outline's own kinds
        _text(string),
        _text(marker),
        level=level,
        bold=shares["bold"],
        italic=shares["italic"],
        bold_spans=spans["bold"],
        italic_spans=spans["italic"],
        box=box,
        marks=marks,
    )


def _at(words: Words) -> Iterator[tuple[int, Run]]:
    at = 0
    for r in words:
        yield at, r
        at += len(r.text)


def _spans(words: Words, face: str) -> tuple[tuple[int, int], ...]:
    return tuple((at, at + len(r.text)) for at, r in _at(words) if getattr(r, face) and r.text)
