"""References in tables: a column "Linked conclusions" beside a statement, a table "Findings | Conclusions | Recommendations" of numbers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evaltrail.read.outline import Text, join
from evaltrail.read.recognise.references import Reference, is_lead, kind_named, numbers_in, only_references

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.read.outline import Block, Cell, Table
    from evaltrail.read.recognise.candidates import Candidate
    from evaltrail.read.recognise.sections import Setting

_PAIR = 2
_NEAR = 3
"""Blocks before a table in which the statement may stand that the table tells more of."""


@dataclass(slots=True)
class Row:
    """A table's row that refers to statements, and the statement in it (None in a table of nothing but references)."""

    home: Candidate | None
    references: list[tuple[Reference, Text]] = field(default_factory=list)


def references_of_rows(
    found: Sequence[Candidate], blocks: Sequence[Block], settings: Sequence[Setting], stretch: tuple[int, int]
) -> list[Row]:
    """The rows with references of the tables between two blocks, in reading order."""
    out: list[Row] = []
    placed = _Places(found)
    tops = [c for c in found if c.parent is None and c.kind != "response"]
    for i in range(*stretch):
        table = blocks[i].table
        if table is None or settings[i].aside or settings[i].foreign:
            continue
        heads = _heads(table)
        home = next((c for c in reversed(tops) if i - _NEAR <= max(c.last, int(c.order)) < i), None)
        for n in range(table.rows):
            cells = [(c, c.content()) for c in table.row(n)]
            own = next((c for _, t in cells if (c := placed.inside(t)) is not None), None)
            home = own or home
            row = _row(own, home, cells, heads, n)
            if row is not None:
                out.append(row)
    return out


class _Places:
    """Where the statements begin, page by page."""

    def __init__(self, found: Sequence[Candidate]) -> None:
        self._by_page: dict[int, list[tuple[int, int, Candidate]]] = defaultdict(list)
        for n, c in enumerate(found):
            if c.parent is None and c.kind != "response" and c.text.pieces:
                self._by_page[c.text.pieces[0].page].append((c.text.pieces[0].start, n, c))
        for starts in self._by_page.values():
            starts.sort()

    def inside(self, text: Text) -> Candidate | None:
        """The first statement that begins inside a text."""
        for p in text.pieces:
            starts = self._by_page.get(p.page)
            if starts:
                at = bisect_left(starts, (p.start, -1))
                if at < len(starts) and starts[at][0] < p.start + p.length:
                    return starts[at][2]
        return None


def _heads(table: Table) -> dict[int, str]:
    """Column -> kind of statement that its heading names, from the first row of headings."""
    for n in range(min(3, table.rows)):
        row = table.row(n)
        named = {c.column: kind for c in row if (kind := kind_named(c.content().text))}
        if named and len(row) > 1:
            return named
    return {}


def _holds(text: Text, c: Candidate) -> bool:
    first = c.text.pieces[0]
    return any(p.page == first.page and p.start <= first.start < p.start + p.length for p in text.pieces)


def _row(own: Candidate | None, home: Candidate | None, cells: list[tuple[Cell, Text]], heads: dict[int, str], n: int) -> Row | None:
    row = Row(own)
    filled = [(c, t) for c, t in cells if t.text]
    if own is None and home is not None and len(filled) == _PAIR:
        # A form: "Linked conclusions" in one cell, "3, 5" in the other; "Linked to" and "Conclusions 3 and 5".
        kind = kind_named(filled[0][1].text)
        found = _of_cell(filled[1][1], kind) if kind or is_lead(filled[0][1].text) else []
        if found:
            return Row(home, found)
    others = 0
    for c, t in filled:
        if own is not None and _holds(t, own):
            continue
        found = _of_cell(t, heads.get(c.column) if n else None)
        row.references += found
        others += not found and len(t.text.split()) > 3
    if not row.references:
        return None
    if own is None and (others or len({r.kind for r, _ in row.references}) < 2 or len(heads) < 2):
        return None
    return row


def _of_cell(text: Text, kind: str | None) -> list[tuple[Reference, Text]]:
    """The references of a cell that holds nothing else: "Conclusions 3 and 5", or "3, 5" under a heading that names the kind."""
    if kind:
        numbers = numbers_in(text.text)
        if numbers:
            return [(Reference(kind, numbers, 0, len(text.text), led=True), text)]
    flat = join([text.cut(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text.text)])
    return [(r, flat.cut(r.start, r.end)) for r in only_references(flat.text)]
