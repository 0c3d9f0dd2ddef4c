"""Corrected values of a recommendation where the paper prints them: under a column, in a form's row, behind a lead, in a lost table."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from evaltrail.record import Cell
from evaltrail.text import packs
from evaltrail.text.normal import squeeze, squeezed
from evaltrail.write.order import Unwritable
from evaltrail.write.papers._corrections import COLUMNS
from evaltrail.write.papers._draft import AGAIN, reading_of, replaced, unplaced
from evaltrail.write.papers._tables_told import heads_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from evaltrail.record import AsPrinted, Passage, Recommendation
    from evaltrail.write.papers._draft import Draft

_MOST_LINES = 12


def refill(draft: Draft) -> None:
    """Put the values. Raises ``Unwritable`` where the paper prints an old one at a place that cannot be told."""
    read = reading_of(draft.record, "statement")
    for e in draft.record.evaluations:
        for s in e.statements:
            if s.kind == "recommendation" and s.places and s.id in read:
                old = read[s.id].as_printed
                changed = {f: was for f in COLUMNS.values() if (was := getattr(old, f, None)) != getattr(s.as_printed, f)}
                if changed:
                    _refill(draft, s, changed, old)


def _refill(draft: Draft, s: Recommendation, changed: Mapping[str, str | None], old: AsPrinted | None) -> None:
    regions = list(_regions(draft, s))
    if old is not None and _lost_table(draft, s, old):
        return
    missing: list[str] = []
    for field, was in changed.items():
        now = getattr(s.as_printed, field) or ""
        done = [_put(draft, index, rows, field, was or "", now) for index, rows in regions]
        if not any(done):
            if was:
                raise unplaced(f"{field} of {s.label or s.id}", s.places)
            missing.append(field)
    if missing:
        _add(draft, s, missing)


def _regions(draft: Draft, s: Recommendation) -> Iterator[tuple[int, range | None]]:
    """Passages, and rows of tables, that belong to a recommendation; rows elsewhere in which it is said again."""
    own = draft.carriers.of(s.places)
    starts = {
        i for e in draft.record.evaluations for x in e.statements if x.parent is None and x.id != s.id for i in draft.carriers.of(x.places)
    }
    for i in own:
        yield i, _rows_of(draft, i, s) if draft.passages[i].kind == "table" else None
    i = own[-1] + 1 if own else len(draft.passages)
    while own and i < len(draft.passages) and i not in starts and not _heads_on(draft.passages, i):
        yield i, None
        i += 1
    words = squeeze(s.text)
    for j, p in enumerate(draft.passages):
        if p.kind == "table" and j not in own and j >= 0 and len(words) >= AGAIN:
            for c in p.cells:
                if words in squeeze(c.text):
                    yield j, range(c.row, c.row + c.row_span)


def _heads_on(passages: Sequence[Passage], index: int) -> bool:
    """Whether a passage is a heading, and not the first line of a lost table."""
    return passages[index].kind == "heading" and not heads_of(passages[index].text)


def _rows_of(draft: Draft, index: int, s: Recommendation) -> range:
    """The rows from a statement's own to the next recommendation's."""
    cells = draft.passages[index].cells
    own = [cells[n].row for n in draft.cells_at(index, s.places)]
    first = min(own, default=0)
    others = [
        cells[n].row
        for e in draft.record.evaluations
        for x in e.statements
        if x.kind == "recommendation" and x.parent is None and x.id != s.id
        for n in draft.cells_at(index, x.places)
    ]
    end = min((r for r in others if r > first), default=max((c.row + c.row_span for c in cells), default=0))
    return range(first, end)


def _put(draft: Draft, index: int, rows: range | None, field: str, was: str, now: str) -> bool:
    """Put a value in one passage; whether it was there, or a place for it."""
    p = draft.passages[index]
    if p.kind != "table":
        return bool(was) and _put_behind_lead(draft, index, field, was, now)
    done = False
    for n, c in enumerate(p.cells):
        if c.header or (rows is not None and c.row not in rows):
            continue
        if squeeze(c.text) in (squeeze(was), squeeze(now)) and _named(p, c, field):
            draft.set_cell(index, n, c.model_copy(update={"text": now, "bold": ()}))
            done = True
        elif was and (span := _behind_lead(c.text, field, was)):
            draft.set_cell(index, n, c.model_copy(update={"text": c.text[: span[0]] + now + c.text[span[1] :], "bold": ()}))
            done = True
    return done


def _put_behind_lead(draft: Draft, index: int, field: str, was: str, now: str) -> bool:
    p = draft.passages[index]
    span = _behind_lead(p.text, field, was)
    if span is None:
        return False
    draft.passages[index] = replaced(p, *span, now)
    return True


def _behind_lead(text: str, field: str, was: str) -> tuple[int, int] | None:
    """Where the old value stands behind words that name the field: "Priority level (1 to 3): 2"."""
    there = squeezed(text)
    old = squeeze(was)
    at = there.text.find(old) if old else -1
    while at >= 0:
        start, end = there.original(at, at + len(old))
        lead = text[:start].rstrip(" \n\t●•-–")
        bounded = not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum()
        # A lead ends with a colon; what it names stands between it and whatever ended before.
        if bounded and lead.endswith(":") and _names(lead[:-1].replace(";", "\n").replace(". ", "\n").rsplit("\n", 1)[-1], field):
            return start, end
        at = there.text.find(old, at + 1)
    return None


def _named(table: Passage, cell: Cell, field: str) -> bool:
    """Whether a cell above it in its column, or before it in its row, names the field; the nearest that names any counts."""
    above = [c for c in table.cells if c.row < cell.row and c.column <= cell.column < c.column + c.column_span]
    before = [c for c in table.cells if c.column < cell.column and c.row <= cell.row < c.row + c.row_span]
    for group in (sorted(above, key=lambda c: -c.row), sorted(before, key=lambda c: -c.column)):
        for c in group:
            fields = [f for f in COLUMNS.values() if _names(c.text, f)]
            if fields:
                if field in fields:
                    return True
                break
    return False


def _names(text: str, field: str) -> bool:
    """Whether a heading cell or a lead names the field: one of its words, with what explains it in brackets behind."""
    words = squeeze(text.split("(", maxsplit=1)[0])
    return bool(words) and len(words) <= _LONGEST and any(words == w or words.startswith(w) or words.endswith(w) for w in _words()[field])


_LONGEST = 60


@cache
def _words() -> Mapping[str, frozenset[str]]:
    """Squeezed headings of columns and leads by field."""
    table = packs.merged("fields", "en")
    return {
        field: frozenset(squeeze(w) for part in ("columns", "leads") for w in table.get(part, {}).get(name, ()) if len(squeeze(w)) > 2)
        for name, field in COLUMNS.items()
    }


def _lost_table(draft: Draft, s: Recommendation, old: AsPrinted) -> bool:
    """Set a table again whose lines are headings of columns and the old values, with the new ones; whether there was one."""
    own = draft.carriers.of(s.places)
    start = own[-1] + 1 if own else len(draft.passages)
    for first in range(start, min(start + _MOST_LINES, len(draft.passages))):
        heads = heads_of(draft.passages[first].text) if draft.passages[first].kind in ("heading", "paragraph") else []
        if not heads:
            continue
        wanted = sorted(squeeze("".join(getattr(old, field) or "" for _, field in heads)))
        letters = ""
        for last in range(first + 1, min(first + _MOST_LINES, len(draft.passages))):
            letters += squeeze(draft.passages[last].text)
            if sorted(letters) == wanted:
                draft.passages[first] = _table(draft.passages[first], heads, s.as_printed)
                draft.gone.update(range(first + 1, last + 1))
                return True
        return False
    return False


def _table(form: Passage, heads: Sequence[tuple[str, str]], values: AsPrinted) -> Passage:
    cells = [Cell(row=0, column=n, header=True, text=head) for n, (head, _) in enumerate(heads)]
    cells += [Cell(row=1, column=n, text=getattr(values, field) or "") for n, (_, field) in enumerate(heads)]
    return form.model_copy(
        update={"kind": "table", "level": 0, "marker": "", "text": "", "bold": (), "italic": (), "cells": tuple(cells), "header_rows": 1}
    )


def _add(draft: Draft, s: Recommendation, fields: Sequence[str]) -> None:
    """Values that the paper did not have, in a table of their own behind the recommendation."""
    own = draft.carriers.of(s.places)
    if not own or draft.passages[own[-1]].kind == "table":
        raise Unwritable(
            f"{fields[0]} of {s.label or s.id} was added, and the form in which it stands has no place for it. Ask for another kind"
        )
    columns = packs.merged("fields", draft.record.document.language or "en").get("columns", {})
    heads = []
    for name, field in COLUMNS.items():
        if field in fields:
            word = next((w for w in columns.get(name, ()) if squeeze(w) in _words()[field]), field)
            heads.append((word[:1].upper() + word[1:], field))
    draft.behind[own[-1]].append(_table(draft.passages[own[-1]].model_copy(update={"places": (), "marks": ()}), heads, s.as_printed))
