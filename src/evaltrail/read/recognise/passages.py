"""The whole paper as passages: every block with its place, and with what the headings above make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from evaltrail.read.outline import join
from evaltrail.record import Cell, Mark, Passage, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from evaltrail.read.outline import Block
    from evaltrail.read.outline import Cell as OutlineCell
    from evaltrail.read.recognise.evaluations import Part
    from evaltrail.read.recognise.sections import Setting


def passages(blocks: Sequence[Block], settings: Sequence[Setting], parts: Sequence[Part]) -> Iterator[Passage]:
    """One passage a block, in order; ``section`` counts in the same order."""
    for i, (block, setting) in enumerate(zip(blocks, settings, strict=True)):
        own = setting.section
        opens = own.index == i
        above = own.parent if opens else own
        # Models made from values that are known to be right: validating each of some thousand would take as long as finding them.
        yield Passage.model_construct(
            kind="paragraph" if block.kind == "footnote" else block.kind,
            level=block.level,
            marker=block.marker.text,
            text="" if block.table is not None else block.text,
            places=block.content.places(),
            section=above.index if above is not None and above.index >= 0 else None,
            heads=_ordered(own.roles) if opens else (),
            within=_within(setting),
            evaluation=next((p.id for p in parts if p.start <= i < p.end), None),
            bold=_spans(block, block.bold_spans, block.bold),
            italic=_spans(block, block.italic_spans, block.italic),
            box=block.box,
            marks=tuple(Mark.model_construct(at=at, number=number) for at, number in block.marks),
            cells=tuple(_cells(block)),
            header_rows=block.table.header_rows if block.table is not None else 0,
        )


_ORDER: tuple[Role, ...] = get_args(Role)


def _ordered(roles: Iterable[str]) -> tuple[Role, ...]:
    """Roles in one order, whatever order a set gives them in."""
    present = set(roles)
    return tuple(r for r in _ORDER if r in present)


def _within(setting: Setting) -> tuple[Role, ...]:
    flags = ("summary", "background", "method", "annex", "aside", "foreign")
    # The nearest heading that has any role counts: "ratings" and the like are no statement roles and stand on the heading itself.
    own = next((s.roles for s in setting.section.chain if s.roles), frozenset())
    return _ordered({*setting.roles, *(own - {"summary", "annex"}), *(f for f in flags if getattr(setting, f))})


def _spans(block: Block, spans: tuple[tuple[int, int], ...], share: float) -> tuple[tuple[int, int], ...]:
    """Spans in bold or italics; the whole text where a format tells no more than that most of it is."""
    if block.kind in ("heading", "title"):
        return ()
    return spans or (((0, len(block.text)),) if share > _ALL and block.text else ())


_ALL = 0.9


def _cells(block: Block) -> Iterator[Cell]:
    for c in block.table.cells if block.table is not None else ():
        content = c.content()
        header = c.header or c.row < (block.table.header_rows if block.table is not None else 0)
        yield Cell.model_construct(
            row=c.row,
            column=c.column,
            row_span=c.row_span,
            column_span=c.column_span,
            header=header,
            text=content.text,
            bold=() if header else tuple(_bold_of(c)),
            places=content.places(),
        )


def _bold_of(cell: OutlineCell) -> Iterator[tuple[int, int]]:
    """Spans in bold of a cell's content, in which its paragraphs with their markers are joined by newlines."""
    at = 0
    for b in cell.blocks:
        words = join([b.marker, b.content])
        if not words.text:
            continue
        ahead = len(words.text) - len(b.text)
        if spans := _spans(b, b.bold_spans, b.bold):
            whole = spans == ((0, len(b.text)),)
            yield from [(at, at + len(words.text))] if whole else [(at + ahead + start, at + ahead + end) for start, end in spans]
        at += len(words.text) + 1
