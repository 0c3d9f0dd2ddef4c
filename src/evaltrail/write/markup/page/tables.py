"""Tables as HTML: a caption, heading cells that say what they head, and every other cell where it stands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from evaltrail.write.markup.elements import block, element
from evaltrail.write.markup.grid import grid
from evaltrail.write.markup.page import pictures
from evaltrail.write.model import plain

if TYPE_CHECKING:
    from evaltrail.write.markup.page.inline import Inline
    from evaltrail.write.model import Cell, Table

WIDE = 6
"""Columns from which on a table is set small, keeps a width for each column, and may be wider than the text."""
_BREAK = 20
"""Letters after which a word in a cell may be broken (``inline``)."""
_LETTER, _AROUND = 11, 18
"""Pixels of a wide letter, and around a cell's words."""
_NARROW = 320
"""Pixels of the narrowest window that a page must fit without scrolling sideways (WCAG 2.2, 1.4.10)."""
_PRINTED_LETTER, _PRINTED_AROUND = 4.8, 11
"""Points of a letter of a wide table in print, and around a cell's words."""
_SHORT = 700
"""Characters of a table of a recommendation that is kept with the next one on one printed page."""
_LINES = (("vast", 470), ("huge", 700), ("torn", 850))
"""Points of a line in print that a table may need before it goes on a page on its side, in small letters, with words torn to fit."""


def _letters(b: Table) -> int:
    return sum(len(plain(p)) for c in b.cells for p in c.paragraphs)


def may_scroll(b: Table) -> bool:
    """Whether the table may be wider than a narrow page: its columns' longest words do not fit side by side."""
    return b.columns >= WIDE or sum(n * _LETTER + _AROUND for n in _longest(b)) > _NARROW


def _longest(b: Table) -> list[int]:
    """Letters of each column's longest word."""
    longest: dict[int, int] = {}
    for c in b.cells:
        words = [min(len(w), _BREAK) for p in c.paragraphs for w in plain(p).split()]
        longest[c.column] = max([longest.get(c.column, 1), *words])
    return list(longest.values())


def _size(b: Table, columns: int) -> str:
    """Classes of a table of many columns: 'wide', in print 'vast' (a page on its side), 'huge' (small letters), 'torn' (torn words)."""
    if columns < WIDE:
        return ""
    printed = sum(n * _PRINTED_LETTER + _PRINTED_AROUND for n in _longest(b))
    return " wide" + "".join(f" {name}" for name, line in _LINES if printed > line)


def table(b: Table, inline: Inline, key: str | None) -> str:
    """The table as an element with ``key`` as its name."""
    rows = _aligned(grid(b), b.header_rows)
    parts = [element("caption", inline.words(b.caption))] if b.caption else []
    parts += [_columns(b)] if b.widths and len(b.widths) == b.columns else []
    head = [_row(row, b, inline, head=True) for row in rows if row[0].row < b.header_rows]
    body = [_row(row, b, inline, head=False) for row in rows if row[0].row >= b.header_rows]
    parts += [block("thead", head)] if head else []
    parts += [block("tbody", body)] if body else []
    columns = max((c.column + c.column_span for row in rows for c in row), default=0)
    style = f"--columns: {columns}" if columns >= WIDE else None
    return block(
        "table",
        parts,
        class_=b.style + _size(b, columns) + (" short" if b.style == "action" and _letters(b) < _SHORT else ""),
        style=style,
        id=key,
    )


def _aligned(rows: list[list[Cell]], heads: int) -> list[list[Cell]]:
    """The rows with the heading of a column set as its first cell is."""
    first = {c.column: c.align for row in reversed(rows) for c in row if c.row >= heads and c.column_span == 1}
    return [[replace(c, align=first.get(c.column, c.align)) if c.row < heads and c.column_span == 1 else c for c in row] for row in rows]


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
