"""Tables that are built row by row: a row of headings begins a table, so that every table has one row of headings for all its rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evaltrail.write.model import Cell, Table, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.write.model import TableStyle


@dataclass(frozen=True, slots=True)
class _Row:
    words: tuple[str, ...]
    shares: tuple[int, ...]
    header: bool
    named: bool = False
    """Whether the first cell names what the others hold."""


@dataclass(slots=True)
class Rows:
    """Rows in the order in which they are printed."""

    rows: list[_Row] = field(default_factory=list)

    def head(self, words: Sequence[str], shares: Sequence[int] = ()) -> None:
        """A row of headings; ``shares`` says how wide each is beside the others."""
        self.rows.append(_Row(tuple(words), tuple(shares) or (1,) * len(words), header=True))

    def row(self, words: Sequence[str], shares: Sequence[int] = ()) -> None:
        """A row of words; a cell's paragraphs are parted by newlines."""
        self.rows.append(_Row(tuple(words), tuple(shares) or (1,) * len(words), header=False))

    def field(self, name: str, value: str, shares: Sequence[int] = (1, 3)) -> None:
        """A row of a field's name and its value."""
        self.rows.append(_Row((name, value), tuple(shares), header=False, named=True))

    def tables(self, style: TableStyle = "grid") -> list[Table]:
        """The tables, in their order."""
        parts: list[list[_Row]] = []
        for r in self.rows:
            if not parts or r.header or r.named != parts[-1][-1].named:
                parts.append([])
            parts[-1].append(r)
        return [_table(rows, style) for rows in parts]


def _table(rows: Sequence[_Row], style: TableStyle) -> Table:
    cells: list[Cell] = []
    for n, r in enumerate(rows):
        for at, words in enumerate(r.words):
            header = r.header or (r.named and at == 0)
            lines = tuple(text(line, bold=header) for line in words.split("\n")) if words else ()
            cells.append(Cell(n, at, lines, header=header))
    shares = rows[0].shares
    widths = tuple(share / sum(shares) for share in shares)
    heads = int(rows[0].header)
    named = int(rows[0].named)
    return Table(len(rows), len(shares), tuple(cells), header_rows=heads, header_columns=named, style=style, widths=widths)
