"""Tables of a DOCX (ECMA-376 part 1, 17.4): spans, heading rows, one-cell tables as boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.read.markup.draft import Draft
from evaltrail.read.markup.grid import CellDraft, TableDraft
from evaltrail.read.word.package import W, local, number, on, val
from evaltrail.read.word.styles import fill_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from evaltrail.read.word.body import Reader

_THROUGH = frozenset({"ins", "moveTo", "customXml", "sdt", "sdtContent"})
_MOST_COLUMNS = 200


def read_table(reader: Reader, tbl: Element) -> None:
    """Read a table into the reader's composer."""
    composer = reader.composer
    composer.end()
    sink, held = composer.into, (reader.in_cell, reader.box, reader.fill)
    rows: list[list[CellDraft]] = []
    goes_on: set[int] = set()
    marked: list[bool] = []
    for tr in _inside(tbl, "tr"):
        props = tr.find(f"{W}trPr")
        if props is not None and props.find(f"{W}del") is not None:
            continue
        marked.append(bool(on(props.find(f"{W}tblHeader")) if props is not None else False))
        rows.append(_row(reader, tr, len(rows), goes_on))
    composer.into = sink
    reader.in_cell, reader.box, reader.fill = held
    cells = _merged_down(rows, goes_on)
    if not any(c.drafts for c in cells):
        return
    if len(cells) == 1 or (len(rows) == 1 and sum(bool(c.drafts) for c in cells) == 1 and len(cells) <= 2):
        _as_box(reader, next(c for c in cells if c.drafts), sink)
        return
    if reader.aside:
        return
    sink.append(Draft("table", style=_style_name(reader, tbl), box=reader.box, fill=reader.fill))
    sink[-1].table = _built(reader, tbl, cells, marked)


def _row(reader: Reader, tr: Element, index: int, goes_on: set[int]) -> list[CellDraft]:
    """The cells of a row; the ids of those that continue the cell above (vMerge) go into ``goes_on``."""
    column = max(0, min(number(val(tr.find(f"{W}trPr/{W}gridBefore"))) or 0, _MOST_COLUMNS))
    out: list[CellDraft] = []
    for tc in _inside(tr, "tc"):
        across = max(1, min(number(val(tc.find(f"{W}tcPr/{W}gridSpan"))) or 1, _MOST_COLUMNS))
        down = tc.find(f"{W}tcPr/{W}vMerge")
        sideways = tc.find(f"{W}tcPr/{W}hMerge")
        cell = CellDraft(column_span=across, fill=fill_of(tc.find(f"{W}tcPr/{W}shd")), row=index, column=column)
        reader.composer.into = cell.drafts
        reader.in_cell, reader.box, reader.fill = True, None, None
        reader.story(tc)
        reader.composer.end()
        if sideways is not None and val(sideways) != "restart" and out:
            out[-1].column_span += across
            out[-1].drafts.extend(cell.drafts)
        else:
            out.append(cell)
            if down is not None and val(down) != "restart":
                goes_on.add(id(cell))
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


def _merged_down(rows: list[list[CellDraft]], goes_on: set[int]) -> list[CellDraft]:
    """The cells, merged ones with their height; a continuation without a beginning above is a cell of its own."""
    above: dict[int, CellDraft] = {}
    out: list[CellDraft] = []
    for row in rows:
        now: dict[int, CellDraft] = {}
        for cell in row:
            top = above.get(cell.column)
            if id(cell) in goes_on and top is not None and top.column_span == cell.column_span:
                top.row_span += 1
                top.drafts.extend(cell.drafts)
                now[cell.column] = top
            else:
                out.append(cell)
                now[cell.column] = cell
        above = now
    return out


def _as_box(reader: Reader, cell: CellDraft, sink: list[Draft]) -> None:
    """A table of one cell is a frame around its paragraphs."""
    key = reader.box or reader.new_box()
    for draft in cell.drafts:
        draft.box, draft.fill = draft.box or key, draft.fill or cell.fill
    sink.extend(cell.drafts)


def _built(reader: Reader, tbl: Element, cells: list[CellDraft], marked: list[bool]) -> TableDraft:
    head = next((i for i, flag in enumerate(marked) if not flag), len(marked))
    if head == len(marked):
        head = 0
    for cell in cells:
        cell.header = cell.row < head
    if not head and len(marked) > 1 and _first_row_styled(reader, tbl):
        head = 1
    return TableDraft(len(marked), max((c.column + c.column_span for c in cells), default=0), cells, head)


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
