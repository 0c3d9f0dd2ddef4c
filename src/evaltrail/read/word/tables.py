"""Tables of a DOCX (ECMA-376 part 1, 17.4): spans, heading rows, one-cell tables as boxes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evaltrail.read.markup.draft import Draft
from evaltrail.read.markup.finish import finish
from evaltrail.read.markup.grid import look_header_rows
from evaltrail.read.outline import Cell, Table
from evaltrail.read.word.package import W, local, number, on, val
from evaltrail.read.word.styles import fill_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from evaltrail.read.word.body import Reader

_THROUGH = frozenset({"ins", "moveTo", "customXml", "sdt", "sdtContent"})
_MOST_COLUMNS = 200


@dataclass(slots=True)
class _Cell:
    row: int
    column: int
    across: int
    goes_on: bool
    """It continues the cell above (vMerge)."""
    fill: str | None
    down: int = 1
    drafts: list[Draft] = field(default_factory=list)


def read_table(reader: Reader, tbl: Element) -> None:
    """Read a table into the reader's composer."""
    composer = reader.composer
    composer.end()
    sink, held = composer.into, (reader.in_cell, reader.box, reader.fill)
    rows: list[list[_Cell]] = []
    marked: list[bool] = []
    for tr in _inside(tbl, "tr"):
        props = tr.find(f"{W}trPr")
        if props is not None and props.find(f"{W}del") is not None:
            continue
        marked.append(bool(on(props.find(f"{W}tblHeader")) if props is not None else False))
        rows.append(_row(reader, tr, props, len(rows)))
    composer.into = sink
    reader.in_cell, reader.box, reader.fill = held
    _merge_down(rows)
    cells = [c for row in rows for c in row if not c.goes_on]
    if not any(c.drafts for c in cells):
        return
    if len(cells) == 1 or (len(rows) == 1 and sum(bool(c.drafts) for c in cells) == 1 and len(cells) <= 2):
        _as_box(reader, next(c for c in cells if c.drafts), sink)
        return
    if reader.aside:
        return
    sink.append(Draft("table", style=_style_name(reader, tbl), box=reader.box, fill=reader.fill))
    sink[-1].table = _built(reader, tbl, rows, marked, cells)


def _row(reader: Reader, tr: Element, props: Element | None, index: int) -> list[_Cell]:
    column = number(val(props.find(f"{W}gridBefore"))) or 0 if props is not None else 0
    out: list[_Cell] = []
    for tc in _inside(tr, "tc"):
        props = tc.find(f"{W}tcPr")
        across = number(val(props.find(f"{W}gridSpan"))) or 1 if props is not None else 1
        across = max(1, min(across, _MOST_COLUMNS))
        merge = props.find(f"{W}vMerge") if props is not None else None
        sideways = val(props.find(f"{W}hMerge")) if props is not None and props.find(f"{W}hMerge") is not None else "restart"
        cell = _Cell(index, column, across, merge is not None and val(merge) != "restart", fill_of(props.find(f"{W}shd") if props is not None else None))
        reader.composer.into = cell.drafts
        reader.in_cell, reader.box, reader.fill = True, None, None
        reader.story(tc)
        reader.composer.end()
        if sideways != "restart" and out:
            out[-1].across += across
            out[-1].drafts.extend(cell.drafts)
        else:
            out.append(cell)
        column += across
    return out


def _inside(parent: Element, name: str) -> Iterator[Element]:
    """Rows or cells of the element, through content controls and insertions."""
    for el in parent:
        kind = local(el)
        if kind == name:
            yield el
        elif kind in _THROUGH:
            yield from _inside(el, name)


def _merge_down(rows: list[list[_Cell]]) -> None:
    """Give each merged cell its height; a continuation without a beginning above is a cell of its own."""
    above: dict[int, _Cell] = {}
    for row in rows:
        now: dict[int, _Cell] = {}
        for cell in row:
            top = above.get(cell.column)
            if cell.goes_on and top is not None and top.across == cell.across:
                top.down += 1
                top.drafts.extend(cell.drafts)
                now[cell.column] = top
            else:
                cell.goes_on = False
                now[cell.column] = cell
        above = now


def _as_box(reader: Reader, cell: _Cell, sink: list[Draft]) -> None:
    """A table of one cell is a frame around its paragraphs."""
    key = reader.box or reader.new_box()
    for draft in cell.drafts:
        draft.box, draft.fill = draft.box or key, draft.fill or cell.fill
    sink.extend(cell.drafts)


def _built(reader: Reader, tbl: Element, rows: list[list[_Cell]], marked: list[bool], cells: list[_Cell]) -> Table:
    width = max((c.column + c.across for c in cells), default=0)
    head = 0
    for flag in marked:
        if not flag:
            break
        head += 1
    built = tuple(Cell(c.row, c.column, tuple(finish(c.drafts)), c.down, c.across, c.row < head, c.fill) for c in cells)
    if not head or head == len(rows):
        head = 1 if _first_row_styled(reader, tbl) and len(rows) > 1 else look_header_rows(built, len(rows))
    return Table(len(rows), width, built, head)


def _first_row_styled(reader: Reader, tbl: Element) -> bool:
    """Whether the table's style makes its first row a heading, and the table uses that."""
    props = tbl.find(f"{W}tblPr")
    style = reader.styles.get(val(props.find(f"{W}tblStyle")), "table") if props is not None else None
    if style is None or not style.first_row or props is None:
        return False
    look = props.find(f"{W}tblLook")
    if look is None:
        return False
    flag = val(look, "firstRow")
    if flag is not None:
        return flag in {"1", "true", "on"}
    try:
        return bool(int(val(look) or "0", 16) & 0x20)
    except ValueError:
        return False


def _style_name(reader: Reader, tbl: Element) -> str:
    name = val(tbl.find(f"{W}tblPr/{W}tblStyle"))
    return reader.styles.get(name, "table").name if name else "table"
