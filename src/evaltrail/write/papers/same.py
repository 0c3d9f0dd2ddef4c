"""The paper itself, set anew: what the record read, in its order, with its corrections."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from evaltrail.write.model import Cell, Heading, Item, Note, Paper, Paragraph, Run, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evaltrail.record import Passage, Span
    from evaltrail.write.model import Block, Words
    from evaltrail.write.order import Order

NAME = "same"
HELP = "the paper itself, set anew with its corrections"


def composed(order: Order) -> Paper:
    """The record's passages as a paper."""
    record = order.record
    notes = {n.number: i for i, n in reversed(list(enumerate(record.footnotes)))}
    depths = _depths(record.passages)
    blocks = [_block(p, depth, notes) for p, depth in zip(record.passages, depths, strict=True)]
    return Paper(
        blocks=tuple(blocks),
        notes=tuple(Note(n.number, (Run(n.text),)) for n in record.footnotes),
        title=record.document.title,
        symbol=record.document.symbol,
        organisation=record.document.organisation,
        language=record.document.language or "en",
        date=record.document.date,
        house=order.house,
    )


def _depths(passages: Sequence[Passage]) -> list[int]:
    """Level of each heading under those around it, from 1; no level is left out on the way down."""
    depths: list[int] = []
    for p in passages:
        depths.append(depths[p.section] + 1 if p.section is not None and p.kind == "heading" else 1 if p.kind == "heading" else 0)
    return depths


def _block(p: Passage, depth: int, notes: dict[str, int]) -> Block:
    match p.kind:
        case "title":
            return Heading(tuple(_words(p, notes)), level=0, listed=False)
        case "heading":
            return Heading(tuple(_words(p, notes)), level=depth, marker=p.marker)
        case "item":
            return Item(tuple(_words(p, notes)), marker=p.marker or "•", level=max(p.level, 1))
        case "table":
            return _table(p)
        case _:
            return Paragraph(tuple(_words(p, notes)), marker=p.marker)


def _words(p: Passage, notes: dict[str, int]) -> Iterator[Run]:
    """The passage's words in runs of one face, footnotes called where they stood."""
    calls = sorted((min(m.at, len(p.text)), m.number) for m in p.marks if m.number in notes)
    ends = {0, len(p.text), *(at for at, _ in calls), *(x for span in (*p.bold, *p.italic) for x in span)}
    cuts = sorted(e for e in ends if 0 <= e <= len(p.text))
    for a, b in zip(cuts, [*cuts[1:], None], strict=True):
        yield from (Run(note=notes[number]) for at, number in calls if at == a)
        if b is not None:
            yield Run(p.text[a:b], bold=_in(a, p.bold), italic=_in(a, p.italic))


def _in(at: int, spans: Sequence[Span]) -> bool:
    return any(a <= at < b for a, b in spans)


def _table(p: Passage) -> Table:
    cells = [
        Cell(
            c.row,
            c.column,
            tuple(_lines(c.text, c.bold)),
            row_span=c.row_span,
            column_span=c.column_span,
            header=c.header,
        )
        for c in p.cells
    ]
    rows = max((c.row + c.row_span for c in p.cells), default=0)
    columns = max((c.column + c.column_span for c in p.cells), default=0)
    return Table(rows, columns, tuple(cells), header_rows=p.header_rows)


def _lines(text: str, bold: Sequence[Span]) -> Iterator[Words]:
    """A cell's paragraphs, which newlines part."""
    at = 0
    for line in text.split("\n"):
        cuts = sorted({at, at + len(line), *(x for span in bold for x in span if at < x < at + len(line))})
        yield tuple(Run(text[a:b], bold=_in(a, bold)) for a, b in pairwise(cuts))
        at += len(line) + 1
