"""Recognises quantities: the ledger of every number of a document, each with its place.

In running text a number's unit and what it counts stand beside it (:mod:`evaltrail.text.quantities`); in a table they stand
in the heads of its row and column, and in the caption's or the head's "US$ million".
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from evaltrail.read.outline import Table, Text
from evaltrail.record import Quantity
from evaltrail.text.figures import Writing
from evaltrail.text.headings import unit_in
from evaltrail.text.lexicon import dollar_of
from evaltrail.text.numbers import FIGURES, decimal_mark, numeral
from evaltrail.text.quantities import Amount, amounts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from evaltrail.read.outline import Cell

_ONLY_FIGURES = re.compile(rf"[(\s]*([-−–]?)({FIGURES})[\s*†‡a-d)]*")
_YEARS = re.compile(r"(?:FY\s?)?(?:19|20)\d{2}(?:[–/-]\d{2,4})?")
_HEAD_WORDS = 60
"""Characters that a head may have and still be one, not a cell of prose."""


def quantities(texts: Iterable[tuple[str | None, Text | Table]], language: str | None = None) -> list[Quantity]:
    """The quantities of a document's texts and tables, in order.

    Each comes with the number of the paragraph that it belongs to ("9"), "fnN" for a footnote, or None.
    ``language`` is the document's; None counts as English, in a language without a pack only figures with a sign or a
    code are read.  How figures are written (decimal mark) and whose dollar a "$" is are told from all texts together.
    """
    numbered = list(texts)
    words = [t for _, x in numbered for t in _texts(x)]
    sample = "\n".join(t for t in words if "$" in t or "USD" in t or "Canad" in t)
    writing = Writing(decimal_mark(words, language), dollar_of(sample))
    out: list[Quantity] = []
    for paragraph, x in numbered:
        if isinstance(x, Table):
            out.extend(_quantity(a, paragraph, text) for text, a in _of_table(x, language, writing))
        else:
            out.extend(_quantity(a, paragraph, x) for a in _amounts(x.text, language, writing))
    return out


def _texts(x: Text | Table) -> Iterator[str]:
    if isinstance(x, Table):
        yield from (b.text for c in x.cells for b in c.blocks)
    else:
        yield x.text


def _amounts(text: str, language: str | None, writing: Writing) -> list[Amount]:
    return amounts(text, language, decimal=writing.decimal, dollar=writing.dollar)


def _quantity(a: Amount, paragraph: str | None, text: Text) -> Quantity:
    part = text.cut(a.start, a.end)
    return Quantity(
        value=a.value,
        unit=a.unit,
        of=a.of,
        upper=a.upper,
        bound=a.bound,
        out_of=a.out_of,
        text=part.text,
        paragraph=paragraph,
        places=part.places(),
    )


@dataclass(frozen=True, slots=True)
class _Head:
    """What a row's or column's head says: its words, and the unit and scale among them."""

    words: str = ""
    unit: str | None = None
    scale: float = 1.0


def _of_table(table: Table, language: str | None, writing: Writing) -> Iterator[tuple[Text, Amount]]:
    """The amounts of a table's cells, what they lack taken from the heads of row and column."""
    contents = {id(c): c.content() for c in table.cells}
    rows: defaultdict[int, list[Cell]] = defaultdict(list)
    for c in table.cells:
        rows[c.row].append(c)
    heads = _head_rows(table, contents)
    columns = [_head(_joined(table, contents, range(heads), j), language, writing) for j in range(table.columns)]
    for i, row in rows.items():
        side = _side(row, contents) if i >= heads else None
        beside = _head(contents[id(side)].text, language, writing) if side is not None else _Head()
        for c in row:
            text = contents[id(c)]
            if not text:
                continue
            found = _amounts(text.text, language, writing)
            if i >= heads and c is not side and len(text.text) <= _HEAD_WORDS:
                found = found or _bare(text.text, writing, numbering=c.column == 0 and side is not None)
                found = [_filled(a, columns[c.column], beside) for a in found]
            yield from ((text, a) for a in found)


def _side(row: list[Cell], contents: dict[int, Text]) -> Cell | None:
    """The cell that heads a row: the first with words, else a year in the first column."""
    worded = next((c for c in row if _is_words(contents[id(c)].text)), None)
    if worded is None and row and _YEARS.fullmatch(contents[id(row[0])].text):
        return row[0]
    return worded


def _head_rows(table: Table, contents: dict[int, Text]) -> int:
    """How many rows at the top are heads: those marked so, else the first when no figures stand in it but years."""
    if table.header_rows:
        return table.header_rows
    first = [contents[id(c)].text for c in table.row(0)]
    is_head = len(first) > 1 and not any(_ONLY_FIGURES.fullmatch(t) and not _YEARS.fullmatch(t) for t in first)
    return int(is_head and table.rows > 1)


def _joined(table: Table, contents: dict[int, Text], rows: range, column: int) -> str:
    """The words of a column's head cells, top down; a cell over several columns heads each of them."""
    cells: list[Cell] = []
    for i in rows:
        c = table.at(i, column)
        if c is not None and c not in cells:
            cells.append(c)
    return " ".join(filter(None, (contents[id(c)].text for c in cells)))


def _head(words: str, language: str | None, writing: Writing) -> _Head:
    words = " ".join(words.split())
    if not words or len(words) > 2 * _HEAD_WORDS:
        return _Head()
    unit, scale = unit_in(words, language, dollar=writing.dollar)
    return _Head(words, unit, scale)


def _is_words(text: str) -> bool:
    return any(ch.isalpha() for ch in text) and not _ONLY_FIGURES.fullmatch(text)


def _bare(text: str, writing: Writing, *, numbering: bool) -> list[Amount]:
    """The one amount of a cell that holds nothing but figures; none for the number of a row."""
    match = _ONLY_FIGURES.fullmatch(text)
    value = numeral(match[2], writing.decimal) if match else None
    if match is None or value is None or (numbering and match[2].isdigit()):
        return []
    return [Amount(match.start(1), match.end(2), -value if match[1] else value)]


def _filled(a: Amount, column: _Head, row: _Head) -> Amount:
    """The amount with the unit, scale and subject that its heads give."""
    if a.unit == "year":
        return a
    head = column if column.unit or column.scale != 1 else row
    scale = head.scale if a.unit is None or (a.unit == head.unit and abs(a.value) < head.scale) else 1.0
    of = a.of or "; ".join(dict.fromkeys(filter(None, (row.words, column.words)))) or None
    return replace(a, value=a.value * scale, upper=a.upper * scale if a.upper is not None else None, unit=a.unit or head.unit, of=of)
