"""A paper's passages while they are brought to what was corrected in its record."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from evaltrail.text.normal import squeeze, squeezed
from evaltrail.write.order import Unwritable

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from evaltrail.record import Cell, Mark, Passage, Place, Reading, Record
    from evaltrail.write.papers._carriers import Carriers

_CLOSING = '.;:,!?)”"’»'
AGAIN = 30
"""Letters and digits from which words that stand in another place too are the same words and no accident."""


class Draft:
    """The passages by their index in the paper that was read, with what goes and what comes behind each."""

    def __init__(self, record: Record, passages: Sequence[Passage], carriers: Carriers) -> None:
        self.record = record
        self.carriers = carriers
        self.passages = list(passages)
        self.gone: set[int] = set()
        self.behind: dict[int, list[Passage]] = defaultdict(list)
        self._said: dict[int, tuple[Passage, str]] = {}
        """What was squeezed before, with the passage that it was then."""
        self._pages = {p.number: p.text for p in record.pages}

    def words_at(self, places: Iterable[Place]) -> str:
        """The words that were read at the places, a line each."""
        return "\n".join(self._pages.get(p.page, "")[p.start : p.end] for p in places)

    def words_in(self, held: Iterable[Place], places: Sequence[Place]) -> str:
        """The words at the places that stand in a passage or cell, whose own places are given."""
        shared = ((p.page, max(p.start, h.start), min(p.end, h.end)) for h in held for p in places if _meet(h, p))
        return " ".join(self._pages.get(page, "")[start:end] for page, start, end in shared).replace("\n", " ")

    def exchange(self, index: int, old: str, new: str, *, own: bool = False) -> bool:
        """Put ``new`` for every ``old`` in a passage and its cells; whether there was one.

        ``own`` says that the words were read there: they may then have slight slips.
        """
        p = self.passages[index]
        found = any(_found(p.text, old, own=own)) or any(any(_found(c.text, old)) for c in p.cells)
        made = _exchanged(p, old, new, own=own) if p.text else p
        if p.cells:
            made = made.model_copy(update={"cells": tuple(_exchanged_cell(c, old, new) for c in p.cells)})
        self.passages[index] = made
        return found

    def exchange_cell(self, index: int, number: int, old: str, new: str) -> bool:
        """The same in one cell of a table."""
        cell = self.passages[index].cells[number]
        self.set_cell(index, number, _exchanged_cell(cell, old, new, own=True))
        return any(_found(cell.text, old, own=True))

    def set_cell(self, index: int, number: int, cell: Cell) -> None:
        """Another cell in a table."""
        cells = self.passages[index].cells
        self.passages[index] = self.passages[index].model_copy(update={"cells": (*cells[:number], cell, *cells[number + 1 :])})

    def cells_at(self, index: int, places: Sequence[Place]) -> list[int]:
        """Which cells of a table share words with the places."""
        return [n for n, c in enumerate(self.passages[index].cells) if any(_meet(a, b) for a in c.places for b in places)]

    def drop_rows(self, index: int, rows: Container[int]) -> None:
        """A table without these rows; a cell over several loses them. A table that has none but headings left goes."""
        table = self.passages[index]
        kept: list[Cell] = []
        for c in table.cells:
            spanned = [r for r in range(c.row, c.row + c.row_span) if r not in rows]
            if spanned:
                before = sum(r in rows for r in range(spanned[0]))
                kept.append(c.model_copy(update={"row": spanned[0] - before, "row_span": len(spanned)}))
        heads = sum(r not in rows for r in range(table.header_rows))
        self.passages[index] = table.model_copy(update={"cells": tuple(kept), "header_rows": heads})
        if not any(c.row >= heads for c in kept):
            self.gone.add(index)

    def said(self, index: int) -> str:
        """All words of a passage, squeezed."""
        p = self.passages[index]
        known = self._said.get(index)
        if known is None or known[0] is not p:
            known = self._said[index] = (p, squeeze("\n".join((p.text, *(c.text for c in p.cells)))))
        return known[1]

    def holds(self, index: int, words: str) -> bool:
        """Whether a passage or a cell of it has the squeezed words."""
        p = self.passages[index]
        return words in self.said(index) and any(any(_found(x, words)) for x in (p.text, *(c.text for c in p.cells)))

    def under(self, index: int) -> range:
        """What stands under a heading, before the next of its level."""
        level = self.passages[index].level
        ends = (i for i in range(index + 1, len(self.passages)) if self.passages[i].kind == "heading" and self.passages[i].level <= level)
        return range(index + 1, next(ends, len(self.passages)))

    def joined(self) -> list[Passage]:
        """The passages as they are now; the headings that they name by index are where they were put."""
        at: list[int] = []
        count = 0
        for i in range(len(self.passages)):
            at.append(count)
            count += (i not in self.gone) + len(self.behind.get(i, ()))
        return list(self._moved(at))

    def _moved(self, at: Sequence[int]) -> Iterator[Passage]:
        for i, p in enumerate(self.passages):
            for made in (*(() if i in self.gone else (p,)), *self.behind.get(i, ())):
                above = made.section
                while above is not None and above in self.gone:
                    above = self.passages[above].section
                yield made.model_copy(update={"section": None if above is None else at[above]})


def _meet(a: Place, b: Place) -> bool:
    return a.page == b.page and a.start < b.end and b.start < a.end


def unplaced(what: str, places: Sequence[Place]) -> Unwritable:
    """The refusal to print old words as if they held."""
    page = f" (page {places[0].page})" if places else ""
    return Unwritable(
        f"{what}{page} was corrected, and where the paper says it was not found, so it would show the old words. Ask for another kind"
    )


def reading_of(record: Record, kind: str) -> dict[str, Reading]:
    """The readings of a kind by id."""
    return {r.id: r for r in record.readings if r.kind == kind and r.id is not None}


def _exchanged(p: Passage, old: str, new: str, *, own: bool) -> Passage:
    spans = list(_found(p.text, old, own=own))
    for start, end in reversed(spans):
        p = replaced(p, start, end, new)
    return p


def _exchanged_cell(cell: Cell, old: str, new: str, *, own: bool = False) -> Cell:
    for start, end in reversed(list(_found(cell.text, old, own=own))):
        shift = len(new) - (end - start)
        bold = tuple(span if span[1] <= start else (span[0] + shift, span[1] + shift) for span in cell.bold if not start < span[1] <= end)
        bold = tuple((a, b) for a, b in bold if 0 <= a < b)
        cell = cell.model_copy(update={"text": _tidy(cell.text[:start] + new + cell.text[end:], new), "bold": bold})
    return cell


def _found(text: str, old: str, *, own: bool = False) -> Iterator[tuple[int, int]]:
    """Spans of the text that hold the words, with the signs before and behind them that are theirs, and the stop behind them."""
    there, words = squeezed(text), squeeze(old)
    ahead, behind = (m[0] for m in (_SIGNS_AHEAD.match(old), _SIGNS_BEHIND.search(old)) if m)
    at, length = _next(there.text, words, 0, own=own)
    while at >= 0:
        start, end = there.original(at, at + length)
        # A word is no part of another: "High" is not in "Highly".
        if not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum():
            end += len(behind) if text.startswith(behind, end) else 0
            yield len(text[:start].rstrip(ahead)) if ahead else start, end + len(text[end:]) - len(text[end:].lstrip(_CLOSING))
        at, length = _next(there.text, words, at + length, own=own)


_SIGNS_AHEAD = re.compile(r"[^\w\s]*")
_SIGNS_BEHIND = re.compile(r"\W*$")
_ENDS = 24
_LONG = 60
_SLIP = 0.1


def _next(there: str, old: str, start: int, *, own: bool) -> tuple[int, int]:
    """Where the words are found next, and how long they are there; -1 where they are not.

    A page's text has the marks of footnotes among its words, a passage has not: long words are found by how they begin and end.
    """
    at = there.find(old, start) if old else -1
    if at >= 0 or not own or len(old) < _LONG:
        return at, len(old)
    tail = old.rstrip("0123456789")[-_ENDS:]
    at = there.find(old[:_ENDS], start)
    end = there.find(tail, at) if at >= 0 else -1
    length = end + len(tail) - at
    return (at, length) if end >= 0 and abs(length - len(old)) <= max(_SLIP * len(old), 8) else (-1, 0)


def replaced(p: Passage, start: int, end: int, new: str, *, bold: int = 0) -> Passage:
    """The passage with other words at a span, the first ``bold`` of them in bold; faces and footnote marks behind them move along."""
    shift = len(new) - (end - start)

    def moved(span: tuple[int, int]) -> tuple[int, int] | None:
        """A span behind the words moves with them, one within them goes with the old words."""
        a, b = span
        return span if b <= start else (a + shift, b + shift) if a >= end else None

    return p.model_copy(
        update={
            "text": _tidy(p.text[:start] + new + p.text[end:], new),
            "bold": (*([(start, start + bold)] if bold else []), *(m for span in p.bold if (m := moved(span)))),
            "italic": tuple(m for span in p.italic if (m := moved(span))),
            "marks": tuple(_moved_mark(m, start, end, new) for m in p.marks if new or not start < m.at <= end),
        }
    )


def _tidy(text: str, new: str) -> str:
    """Where words were cut out, no blank is left at the ends."""
    return text if new else text.rstrip()


def _moved_mark(mark: Mark, start: int, end: int, new: str) -> Mark:
    """A footnote's mark behind the words moves with them; one within them stands at most at the new words' end."""
    at = mark.at + len(new) - (end - start) if mark.at >= end else min(mark.at, start + len(new))
    return mark.model_copy(update={"at": at})
