"""Tables that are built row by row, with rows of different numbers of columns under each other, as forms have them."""

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

    def table(self, style: TableStyle = "grid") -> Table:
        """The table. Rows with fewer columns than the widest have cells that reach over several, by their shares."""
        columns = max((len(r.words) for r in self.rows), default=0)
        cells: list[Cell] = []
        for n, r in enumerate(self.rows):
            at = 0
            for words, span in zip(r.words, _spans(r.shares, columns), strict=True):
                header = r.header or (r.named and at == 0)
                lines = tuple(text(line, bold=header) for line in words.split("\n")) if words else ()
                cells.append(Cell(n, at, lines, column_span=span, header=header))
                at += span
        leading = next((n for n, r in enumerate(self.rows) if not r.header), len(self.rows))
        if any(r.header for r in self.rows[leading:]) or any(r.named for r in self.rows):
            leading = 0  # headings that hold for some rows only must not be repeated over the others on the next page
        widest = next((r for r in self.rows if len(r.words) == columns), None)
        widths = tuple(s / sum(widest.shares) for s in widest.shares) if widest is not None else ()
        return Table(len(self.rows), columns, tuple(cells), header_rows=leading, style=style, widths=widths)


def _spans(shares: Sequence[int], columns: int) -> list[int]:
    """Whole columns for each cell, one at least, the widest shares first served."""
    spans = [1] * len(shares)
    for _ in range(columns - len(shares)):
        most = max(range(len(shares)), key=lambda i: (shares[i] / spans[i], -i))
        spans[most] += 1
    return spans
