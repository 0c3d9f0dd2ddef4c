"""Tables as HTML: a caption, heading cells that say what they head, and every other cell where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.write.markup.elements import block, element
from evaltrail.write.markup.grid import grid
from evaltrail.write.markup.page import pictures
from evaltrail.write.model import plain

if TYPE_CHECKING:
    from evaltrail.write.markup.page.inline import Inline
    from evaltrail.write.model import Cell, Table

WIDE, _VAST = 6, 9
"""Columns from which on a table keeps a width for each, and from which on it is printed across the page."""


def table(b: Table, inline: Inline, key: str | None) -> str:
    """The table as an element with ``key`` as its name."""
    rows = grid(b)
    parts = [element("caption", inline.words(b.caption))] if b.caption else []
    parts += [_columns(b)] if b.widths and len(b.widths) == b.columns else []
    head = [_row(row, b, inline, head=True) for row in rows if row[0].row < b.header_rows]
    body = [_row(row, b, inline, head=False) for row in rows if row[0].row >= b.header_rows]
    parts += [block("thead", head)] if head else []
    parts += [block("tbody", body)] if body else []
    columns = max((c.column + c.column_span for row in rows for c in row), default=0)
    names = [b.style, *(["wide"] if columns >= WIDE else []), *(["vast"] if columns >= _VAST else [])]
    return block("table", parts, class_=" ".join(names), style=f"--columns: {columns}" if columns >= WIDE else None, id=key)


def _columns(b: Table) -> str:
    return element("colgroup", "".join(f'<col style="width: {100 * w:.4g}%">' for w in b.widths))


def _row(row: list[Cell], b: Table, inline: Inline, *, head: bool) -> str:
    return element("tr", "".join(_cell(c, b, inline, head=head) for c in row))


def _cell(c: Cell, b: Table, inline: Inline, *, head: bool) -> str:
    heads = (head or c.header or c.column < b.header_columns) and any(plain(p).strip() for p in c.paragraphs)
    spans = c.column_span if head else c.row_span
    picture = pictures.drawn(c.picture, inline.names) if c.picture is not None else ""
    paragraphs = [inline.words(p, narrow=True) for p in c.paragraphs]
    return element(
        "th" if heads else "td",
        paragraphs[0] if len(paragraphs) == 1 and not picture else picture + "".join(element("p", p) for p in paragraphs),
        class_=" ".join(n for n, fits in ((c.align, c.align != "start"), (f"rating {band(c.rating)}", c.rating is not None)) if fits),
        colspan=c.column_span if c.column_span > 1 else None,
        rowspan=c.row_span if c.row_span > 1 else None,
        scope=("col" if head else "row") + ("group" if spans > 1 else "") if heads else None,
    )


def band(rating: float | None) -> str:
    """The step of the six-point scale that a share of any scale falls on, by which it is coloured: 'r1' to 'r6'; 'rm' is the middle."""
    share = min(max(rating if rating is not None else 0.5, 0.0), 1.0)
    # Half is on no side of the line between the third step and the fourth.
    return "rm" if share == 0.5 else f"r{1 + round(5 * share)}"
