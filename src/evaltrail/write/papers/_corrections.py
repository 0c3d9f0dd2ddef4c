"""A paper's passages brought to what its statements say now.

A statement that was corrected in the record (a value put into its right column, a sentence rewritten in a draft) no
longer stands word for word in the passages it was read from.  There its words are exchanged; a statement whose words
are all there leaves the passage as it is, however it was read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.text import packs
from evaltrail.text.normal import fold, squeeze, squeezed
from evaltrail.write.papers._draft import reading_of, replaced
from evaltrail.write.papers._labels import known_at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from evaltrail.record import AnyStatement, Cell, Passage, Place, Recommendation, Record
    from evaltrail.write.papers._carriers import Carriers

COLUMNS = {"unit": "responsible", "priority": "priority", "time": "time", "resources": "resources"}
"""Names of the columns in the language packs, and the fields that they hold."""


def corrected(record: Record, carriers: Carriers) -> list[Passage]:
    """The record's passages with the words of its statements and the values of its action tables."""
    passages = list(record.passages)
    pages = {p.number: p.text for p in record.pages}
    statements = [s for e in record.evaluations for s in e.statements if s.places]
    carried = {s.id: carriers.of(s.places) for s in statements}
    # What became of words whose reading the record keeps is told exactly.
    read = reading_of(record, "statement")
    for s in statements:
        if s.parent is None and s.label and carried[s.id]:
            _relabel(s, carried[s.id][0], passages, pages)
        if s.parent is None and s.id not in read:
            _reword(s, carried[s.id], passages, pages)
    starts = sorted({i for indices in carried.values() for i in indices})
    for s in statements:
        if s.kind == "recommendation" and any(s.as_printed.model_dump().values()):
            _refill(s, carried[s.id], starts, passages)
    return passages


def _reword(s: AnyStatement, indices: Sequence[int], passages: list[Passage], pages: Mapping[int, str]) -> None:
    """Exchange the words where they differ: those of one passage where they stood, those of several a line each."""
    if any(passages[i].kind == "table" for i in indices):
        if len(indices) == 1:
            _reword_cell(s, indices[0], passages, pages)
        return
    lines = s.text.split("\n")
    if len(indices) == 1 and len(s.places) == 1:
        place = s.places[0]
        _exchange(passages, indices[0], squeeze(pages.get(place.page, "")[place.start : place.end]), s.text)
    elif len(indices) == len(lines):
        for n, (i, line) in enumerate(zip(indices, lines, strict=True)):
            words = squeeze(passages[i].text)
            # A line has the marker of its item in it, a passage keeps it apart.
            new = line.removeprefix(passages[i].marker).lstrip() if n else line
            _exchange(passages, i, words.removeprefix(squeeze(s.label or "")) if n == 0 else words, new)


def _reword_cell(s: AnyStatement, index: int, passages: list[Passage], pages: Mapping[int, str]) -> None:
    """Exchange the words in the one cell of a table where they stood."""
    table = passages[index]
    held = [n for n, c in enumerate(table.cells) if any(_overlap(a, b) for a in c.places for b in s.places)]
    if len(held) != 1:
        return
    cell = table.cells[held[0]]
    there = squeezed(cell.text)
    old = squeeze("\n".join(pages.get(p.page, "")[p.start : p.end] for p in s.places))
    # Short words ("Agree") stand elsewhere in a cell too, so they are looked for where their place is.
    before = squeeze("".join(pages.get(c.page, "")[c.start : max(c.start, min(c.end, s.places[0].start))] for c in cell.places))
    at = len(before)
    if not old or not there.text.startswith(old, at) or there.text.startswith(squeeze(s.text), at):
        return
    start, end = there.original(at, at + len(old))
    end += len(cell.text[end:]) - len(cell.text[end:].lstrip(_CLOSING))
    kept = tuple(span for span in cell.bold if span[1] <= start)
    new = cell.model_copy(update={"text": cell.text[:start] + s.text + cell.text[end:], "bold": kept})
    passages[index] = table.model_copy(update={"cells": (*table.cells[: held[0]], new, *table.cells[held[0] + 1 :])})


def _overlap(a: Place, b: Place) -> bool:
    return a.page == b.page and a.start < b.end and b.start < a.end


def _relabel(s: AnyStatement, index: int, passages: list[Passage], pages: Mapping[int, str]) -> None:
    """Exchange the label before the words in their passage, or the one with which the line above them opens."""
    place = s.places[0]
    words = squeeze(pages.get(place.page, "")[place.start : place.end])
    label = (s.label or "").strip()
    for i in range(index, max(index - 2, -1), -1):
        passage = passages[i]
        there = squeeze(passage.text)
        if passage.kind not in ("heading", "paragraph", "item") or there.startswith(squeeze(label)):
            return
        end = known_at(passage.text, s.kind)
        if end is not None:
            passages[i] = _put(passage, end, label)
            return
        if not words.startswith(there) and not there.startswith(words):
            # Other words stand before the statement's, so the line above is not its label.
            return


def _put(passage: Passage, end: int, new: str) -> Passage:
    """Other words in the same face for those up to an offset."""

    def moved(at: int) -> int:
        return at and max(at + len(new) - end, 0)

    return passage.model_copy(
        update={
            "text": new + passage.text[end:],
            "bold": tuple((moved(a), moved(b)) for a, b in passage.bold),
            "italic": tuple((moved(a), moved(b)) for a, b in passage.italic),
            "marks": tuple(m.model_copy(update={"at": moved(m.at)}) for m in passage.marks),
        }
    )


def _exchange(passages: list[Passage], index: int, old: str, new: str) -> None:
    """Put ``new`` in the place of the words whose squeezed form is ``old``; nothing where ``new`` stands there or ``old`` does not."""
    passage = passages[index]
    there = squeezed(passage.text)
    at = there.text.find(old) if old else -1
    if at < 0 or squeeze(new) in there.text:
        return
    start, end = there.original(at, at + len(old))
    end += len(passage.text[end:]) - len(passage.text[end:].lstrip(_CLOSING))
    passages[index] = replaced(passage, start, end, new)


_CLOSING = '.;:,!?)”"’»'


def _refill(s: Recommendation, indices: Sequence[int], starts: Sequence[int], passages: list[Passage]) -> None:
    """Put the recommendation's values into its action table: the table right behind it, before the next statement."""
    if not indices:
        return
    i = indices[-1] + 1
    while i < len(passages) and passages[i].kind != "table" and i not in starts and passages[i].kind != "heading":
        i += 1
    if i >= len(passages) or passages[i].kind != "table":
        return
    passages[i] = filled(s, passages[i]) or passages[i]


def filled(s: Recommendation, table: Passage) -> Passage | None:
    """The action table with the recommendation's values; None where it is none of one row."""
    fields = _fields_of(table)
    values = {field: getattr(s.as_printed, field) for field in COLUMNS.values()}
    held = {fold(v) for v in values.values() if v}
    rows = {c.row for c in table.cells if not c.header}
    if len(rows) != 1 or not fields:
        return None
    cells = []
    for c in table.cells:
        field = None if c.header else fields.get(c.column)
        if field is not None and fold(c.text) != fold(values[field] or ""):
            # Words that no field holds were never this field's value: a remark, "n/a".
            cells.append(c if values[field] is None and fold(c.text) not in held else _with(c, values[field] or ""))
        else:
            cells.append(c)
    return table.model_copy(update={"cells": tuple(cells)})


def is_action_table(table: Passage) -> bool:
    """Whether a table has one row of values under headings that name fields of a recommendation."""
    fields = _fields_of(table)
    return len({c.row for c in table.cells if not c.header}) == 1 and 2 * len(fields) > len({c.column for c in table.cells})


def _fields_of(table: Passage) -> dict[int, str]:
    """The field that each column of an action table holds, by the words of its heading."""
    words = packs.merged("fields", "en").get("columns", {})
    meaning = {fold(w): field for name, field in COLUMNS.items() for w in words.get(name, ())}
    return {c.column: meaning[fold(c.text)] for c in table.cells if c.header and fold(c.text) in meaning}


def _with(cell: Cell, text: str) -> Cell:
    return cell.model_copy(update={"text": text, "bold": ()})
