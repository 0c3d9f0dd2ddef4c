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

    from evaltrail.read.outline import Block, Cell
    from evaltrail.read.recognise.candidates import Candidate
    from evaltrail.read.recognise.sections import Setting

_PAIR = 2
_HEADING_ROWS = 3
_FEW_WORDS = 3
_LONGEST = 240
"""Characters of a cell that may hold nothing but references."""
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
    holding = {int(c.order) for c in tops}
    for i in range(*stretch):
        table = blocks[i].table
        if table is None or settings[i].aside or settings[i].foreign:
            continue
        rows: dict[int, list[Cell]] = defaultdict(list)
        for cell in table.cells:
            rows[cell.row].append(cell)
        heads = _heads(rows)
        home = next((c for c in reversed(tops) if i - _NEAR <= max(c.last, int(c.order)) < i), None)
        if i not in holding and len(heads) < _PAIR and (home is None or table.columns != _PAIR):
            continue
        for n, cells in rows.items():
            own = next((x for c in cells if (x := placed.inside(c)) is not None), None)
            home = own or home
            row = _row(own, home, cells, heads if n else {}, named=len(heads))
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

    def inside(self, cell: Cell) -> Candidate | None:
        """The first statement that begins inside a cell."""
        for b in cell.blocks:
            for p in b.content.pieces:
                starts = self._by_page.get(p.page)
                if starts:
                    at = bisect_left(starts, (p.start, -1))
                    if at < len(starts) and starts[at][0] < p.start + p.length:
                        return starts[at][2]
        return None


def _heads(rows: dict[int, list[Cell]]) -> dict[int, str]:
    """Column -> kind of statement that its heading names, from the first row of headings."""
    for cells in list(rows.values())[:_HEADING_ROWS]:
        named = {c.column: kind for c in cells if (kind := kind_named(_short(c).text))}
        if named and len(cells) > 1:
            return named
    return {}


def _short(cell: Cell) -> Text:
    """The words of a cell that may be a heading or a list of references; nothing for a longer one."""
    return cell.content() if sum(len(b.content.text) for b in cell.blocks) <= _LONGEST else Text()


def _row(own: Candidate | None, home: Candidate | None, cells: list[Cell], heads: dict[int, str], *, named: int) -> Row | None:
    texts = [(c, _short(c)) for c in cells]
    if own is None and home is not None and len(cells) == _PAIR:
        # A form: "Linked conclusions" in one cell, "3, 5" in the other; "Linked to" and "Conclusions 3 and 5".
        (_, name), (_, value) = texts
        kind = kind_named(name.text)
        found = _of_cell(value, kind) if kind or is_lead(name.text) else []
        if found:
            return Row(home, found)
    row = Row(own)
    others = False
    for c, t in texts:
        if own is not None and own.text.pieces[0].start in {p.start for b in c.blocks for p in b.content.pieces}:
            continue
        found = _of_cell(t, heads.get(c.column))
        row.references += found
        others |= not found and len(t.text.split()) > _FEW_WORDS
    if not row.references:
        return None
    if own is None and (others or len({r.kind for r, _ in row.references}) < _PAIR or named < _PAIR):
        return None
    return row


def _of_cell(text: Text, kind: str | None) -> list[tuple[Reference, Text]]:
    """The references of a cell that holds nothing else: "Conclusions 3 and 5", or "3, 5" under a heading that names the kind."""
    if kind:
        numbers = numbers_in(text.text)
        if numbers:
            return [(Reference(kind, numbers, 0, len(text.text), led=True), text)]
    if not re.search(r"\d", text.text):
        return []
    flat = join([text.cut(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text.text)])
    return [(r, flat.cut(r.start, r.end)) for r in only_references(flat.text)]
