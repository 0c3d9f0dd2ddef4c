"""Rows of a table that a page parted, joined again.

A row that runs over the end of a page comes out of a PDF as two.  Where a statement or an action begins in one row and goes on in a
cell below it on a later page, the rows between are one.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evaltrail.record import Cell, Passage, Place, Record
    from evaltrail.write.papers._carriers import Carriers


def with_rows_joined(record: Record, passages: Sequence[Passage], carriers: Carriers) -> list[Passage]:
    """The passages with the rows of their tables joined that a page had parted."""
    out = list(passages)
    for places, words in _texts(record):
        if len({p.page for p in places}) > 1:
            for i in carriers.of(places):
                if out[i].kind == "table":
                    out[i] = _joined(out[i], places, words)
    return out


def _texts(record: Record) -> Iterator[tuple[Sequence[Place], str]]:
    for e in record.evaluations:
        for s in e.statements:
            yield s.places, s.text
            if s.kind == "response":
                yield from ((a.places, a.text) for a in s.actions)


def _joined(table: Passage, places: Sequence[Place], words: str) -> Passage:
    """The table with the rows joined that the places run through; their cells stand in one column, each on a later page."""
    held = [c for place in places for c in table.cells if any(_meet(place, p) for p in c.places)]
    for upper, lower in pairwise(held):
        if lower.column == upper.column and lower.row > upper.row and lower.places[0].page > upper.places[-1].page:
            return _joined(_merged(table, upper.row, lower.row, words), places, words)
    return table


def _meet(a: Place, b: Place) -> bool:
    return a.page == b.page and a.start < b.end and b.start < a.end


def _merged(table: Passage, first: int, last: int, words: str) -> Passage:
    """The table with rows ``first`` to ``last`` as one; the rows below move up."""
    gone = last - first
    rows: list[Cell] = []
    into = {c.column: c for c in table.cells if c.row == first}
    for c in table.cells:
        if c.row < first:
            # A cell over several rows loses those that are gone.
            over = c.row + c.row_span - 1
            span = c.row_span - max(0, min(over, last) - first) if over > first else c.row_span
            rows.append(c.model_copy(update={"row_span": max(1, span)}))
        elif c.row > last:
            rows.append(c.model_copy(update={"row": c.row - gone}))
        elif c.row > first:
            into[c.column] = _glued(into[c.column], c, words) if c.column in into else c.model_copy(update={"row": first, "row_span": 1})
    rows += [c.model_copy(update={"row_span": max(1, c.row_span - gone)}) for c in into.values()]
    return table.model_copy(update={"cells": tuple(sorted(rows, key=lambda c: (c.row, c.column)))})


def _glued(upper: Cell, lower: Cell, words: str) -> Cell:
    """Two cells' words as one cell's: as ``words`` join them, else a sentence that goes on in its line, anything else in a new one."""
    if not lower.text or not upper.text:
        return upper.model_copy(update={"text": upper.text or lower.text, "places": (*upper.places, *lower.places)})
    new_line = f"{upper.text[-_SEAM:]}\n{lower.text[:_SEAM]}" in words
    runs_on = lower.text[0].islower() or (len(lower.text) > _NAME and upper.text[-1] not in ".!?:;")
    at = len(upper.text) + 1
    return upper.model_copy(
        update={
            "text": upper.text + ("\n" if new_line or not runs_on else " ") + lower.text,
            "bold": (*upper.bold, *((a + at, b + at) for a, b in lower.bold)),
            "places": (*upper.places, *lower.places),
        }
    )


_NAME = 120
"""Characters up to which a cell's words may be a name that begins a line: a unit, a date."""
_SEAM = 12
