"""Statements in tables: action tables, response matrices and forms, lists of findings or recommendations.

A table is walked row by row.  A row of headings sets what the columns mean until the next one; a row of one cell
carries a label ("Recommendation 3: …"), a field ("Management response: …") or goes on with what stood before it; cells
side by side may be fields and their values; any other row is data.  So a plain grid, a form repeated for each
recommendation, and a mixture of both are read by one walk.  What is spoken of is kept in a
:class:`~evaltrail.read.recognise.ledger.Ledger` that goes on from table to table, because a matrix of many pages may
be many tables.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evaltrail.read.outline import Text, join
from evaltrail.read.recognise.columns import columns_of, exact_meanings, meanings_of
from evaltrail.read.recognise.joint import bodies_of, reaching_down
from evaltrail.read.recognise.labels import Label
from evaltrail.read.recognise.ledger import FIELD_OF, Ledger
from evaltrail.read.recognise.replies import reply_of
from evaltrail.read.recognise.rows import STATEMENT_COLUMNS, data_row
from evaltrail.read.recognise.sections import criteria_of
from evaltrail.read.recognise.verdicts import verdict_of
from evaltrail.read.recognise.walk import Walk, answer, field_of, label_in, numbered_name, statement, take
from evaltrail.read.recognise.words import any_of, fold, keyed, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.read.outline import Block, Cell, Table
    from evaltrail.read.recognise.candidates import Candidate
    from evaltrail.read.recognise.sections import Setting

_NEAR = 12
"""Blocks between a recommendation or answer and the action table that belongs to it, at most."""


def read_tables(blocks: Sequence[Block], settings: Sequence[Setting], running: Sequence[Candidate]) -> tuple[list[Candidate], set[int]]:
    """Statements of all tables, and the tables that hold statements or their fields.

    ``running`` are the statements found in running text, in reading order: a table behind a recommendation or an answer
    completes it.
    """
    found: list[Candidate] = []
    used: set[int] = set()
    walk: Walk | None = None
    before = -_NEAR
    for i, block in enumerate(blocks):
        if block.table is None or settings[i].aside:
            continue
        walk = _walk(walk if _goes_on(blocks, before, i) else None, block.table, settings[i], i)
        _from_running(walk.ledger, running, before, i)
        _rows(walk)
        if walk.ledger.used:
            used.add(i)
        found += walk.ledger.found
        before = i
    return found, used


def _walk(last: Walk | None, table: Table, setting: Setting, order: int) -> Walk:
    """A walk through the next table that goes on with what the last one spoke of."""
    ledger = Ledger(setting, order, setting.criteria)
    if last is None:
        return Walk(table, ledger)
    ledger.go_on_from(last.ledger)
    columns = last.columns if table.columns == last.table.columns else {}
    heading = last.heading if columns else ()  # a row of headings that is printed again sets the columns that are not known any more
    bodies = dict(last.bodies) if columns else {}
    return Walk(table, ledger, dict(columns), heading, dict(last.choices), bodies, -2, last.awaiting, last.speaking, dict(last.last))


def _goes_on(blocks: Sequence[Block], before: int, index: int) -> bool:
    """Whether a table goes on with the one before it: only scraps (page headers, captions) stand between."""
    if index - before > 8:
        return False
    return (
        all(b.kind not in ("heading", "title") or len(b.text.split()) < 4 for b in blocks[before + 1 : index])
        and sum(len(b.text.split()) for b in blocks[before + 1 : index]) <= 30
    )


def _from_running(ledger: Ledger, running: Sequence[Candidate], before: int, index: int) -> None:
    """The recommendation and the answer that stand in running text between the last table and this one."""
    near = [c for c in running if before < c.order < index and c.kind in ("recommendation", "response")]
    if not near or index - max(near[-1].last, int(near[-1].order)) > _NEAR:
        return
    asked = next((c for c in reversed(near) if c.kind == "recommendation"), None)
    answer = near[-1] if near[-1].kind == "response" else None
    ledger.group = [asked] if asked is not None else [answer.target] if answer is not None and answer.target is not None else []
    ledger.response, ledger.promise, ledger.prompt, ledger.letter = answer, None, None, ""


def _rows(walk: Walk) -> None:
    rows: dict[int, list[Cell]] = {}
    for c in walk.table.cells:
        if walk.content(c):
            rows.setdefault(c.row, []).append(c)
    for index in sorted(rows):
        _row(walk, index, rows[index])


def _row(walk: Walk, index: int, cells: list[Cell]) -> None:
    if len(cells) == 1:
        cell = cells[0]
        wide = cell.column_span >= walk.table.columns or not walk.columns
        if wide or (label_in(walk.content(cell).text, walk.ledger.setting) is not None and cell.column == 0):
            _single(walk, cell)
            return
    if _named_cells(walk, cells) or _stacked(walk, cells) or _headings(walk, index, cells) or _pairs(walk, cells):
        return
    if walk.columns:
        data_row(walk, index, cells)
        return
    for c in cells:
        if label_in(walk.content(c).text, walk.ledger.setting) is not None or field_of(walk.content(c).text) is not None:
            _single(walk, c)


def _headings(walk: Walk, index: int, cells: list[Cell]) -> bool:
    """Take a row of headings; a second line of them under merged cells completes the first."""
    texts = [walk.content(c).text for c in cells]
    words = tuple(fold(t) for t in texts)
    if words and (words == walk.heading or (walk.headed == index - 1 and _instructs(words))):
        walk.headed = index
        return True
    found = {} if len(cells) < 2 or any(len(t.split()) > 25 for t in texts) else columns_of(texts)
    meanings = set(found.values())
    header = all(c.header for c in cells) or index < walk.table.header_rows
    exact = sum(bool(exact_meanings(t)) for t in texts)
    enough = len(meanings) >= 2 and len(found) >= len(texts) / 2 and (exact >= 2 or header or _bold(cells) or (exact and not walk.columns))
    # One known heading is enough for a table of statements when its row is marked as one of headings.
    if not enough and not (header and meanings & {*STATEMENT_COLUMNS, "response"} and len(cells) > 1):
        return False
    if any(label.number for t in texts if (label := label_in(t, walk.ledger.setting)) is not None):
        return False
    if len(cells) == 2 and not header and verdict_of(texts[1], field=True) != "unclear":
        return False  # "Management response | Accepted" is a field with its value
    columns = {cells[i].column: m for i, m in found.items()}
    second = walk.headed == index - 1 and any(c.row_span > 1 for c in walk.table.row(index - 1))
    bodies = bodies_of(walk, index, cells, columns)
    choosing = [c for c in cells if columns.get(c.column) == "verdict"]
    walk.choices = {c.column: walk.content(c) for c in choosing} if len(choosing) > 1 and not bodies else {}
    above = {} if second or not bodies else reaching_down(walk, index)
    walk.columns = {**walk.columns, **columns} if second else {**above, **_wide(cells, columns)}
    walk.bodies = bodies
    walk.heading, walk.headed, walk.speaking, walk.last = words if not second else walk.heading, index, None, {}
    return True


def _bold(cells: Sequence[Cell]) -> bool:
    return all(b.bold > 0.9 for c in cells for b in c.blocks if b.text)


def _instructs(words: Sequence[str]) -> bool:
    """Whether a row under the headings tells the writer of the form what to fill in: "Identify key deliverables"."""
    opening = any_of(tuple(sorted(listed("fields", "instructions"))))
    return sum(bool(opening.match(w)) for w in words) * 2 > len(words)


def _wide(cells: Sequence[Cell], columns: dict[int, str]) -> dict[int, str]:
    """Columns under merged headings have the heading's meaning too."""
    out: dict[int, str] = {}
    for c in cells:
        if c.column in columns:
            for at in range(c.column, c.column + c.column_span):
                out[at] = columns[c.column]
    return out


def _named_cells(walk: Walk, cells: list[Cell]) -> bool:
    """Cells that each open with a field's name: "Priority: high"."""
    named = [(c, field_of(walk.content(c).text)) for c in cells]
    if any(f is None for _, f in named) or all(f is not None and f[1] >= len(walk.content(c).text) for c, f in named):
        return False
    for c in cells:
        _single(walk, c)
    return True


def _stacked(walk: Walk, cells: list[Cell]) -> bool:
    """Cells of a form in which the value stands under the field's name: "Priority level / (1 to 3) / 2".

    Under known columns such a row is told by cells that reach over several of them.
    """
    found = [_under_name(walk, c) for c in cells]
    if not any(found):
        return False
    merged = any(len({m for col, m in walk.columns.items() if c.column <= col < c.column + c.column_span}) > 1 for c in cells)
    if walk.columns and not merged:
        return False
    for field in found:
        if field is not None:
            take(walk, *field)
    return True


def _under_name(walk: Walk, cell: Cell) -> tuple[tuple[str, ...], Text] | None:
    """(meanings, value) of a cell whose first paragraph, or the beginning of it, names a field of a recommendation."""
    whole = walk.content(cell).text.replace("\n", " ")
    if not cell.blocks or (exact_meanings(whole) and not re.search(r"\d\W*$", whole)):
        return None
    first, rest = cell.blocks[0], cell.blocks[1:]
    named = field_of(first.text, alone=bool(rest)) or _addressing(first.text)
    if named is None or named[0][0] not in FIELD_OF:
        return None
    # "(1 = high, 3 = low)" explains the scale and is no value on it.
    values = [first.content.cut(named[1]), *(b.content for b in rest if not re.fullmatch(r"\(.*\)\W*", b.text))]
    value = join([v for v in values if v.text], "\n")
    return (named[0], value) if value.text and len(value.text.split()) <= 60 else None


def _addressing(text: str) -> tuple[tuple[str, ...], int] | None:
    """Find a lead of several words, which needs no colon: "Addressed to the country offices"."""
    words = fold(text)
    for lead, meaning in keyed("fields", "leads").items():
        if " " in lead and words.startswith(lead + " ") and meaning == "unit" and len(words.split()) <= 40:
            return ("unit",), len(lead)
    return None


def _pairs(walk: Walk, cells: list[Cell]) -> bool:
    """Fields and values side by side: "Deadline | May 2026"."""
    if len(cells) % 2 or (walk.columns and not (len(cells) == 2 and (cells[1].column_span > 1 or _decides(walk, cells)))):
        return False
    pairs = list(zip(cells[::2], cells[1::2], strict=True))
    taken = False
    for name, value in pairs:
        taken = _pair(walk, walk.content(name), walk.content(value), alone=len(pairs) == 1) or taken
    return taken


def _decides(walk: Walk, cells: list[Cell]) -> bool:
    """Whether two cells are the field of a verdict with its value, and no row under known columns: "Position | Accepted"."""
    name, value = (walk.content(c).text for c in cells)
    return exact_meanings(name)[:1] == ("verdict",) and verdict_of(name, field=True) == "unclear" != verdict_of(value, field=True)


def _pair(walk: Walk, name: Text, value: Text, *, alone: bool) -> bool:
    label = label_in(name.text, walk.ledger.setting, alone=True)
    if label is not None and len(name.text) - label.end < 4:
        statement(walk, label, value)
        return True
    short = alone and len(name.text.split()) <= 6
    meaning = (meanings_of if short else exact_meanings)(name.text)
    return bool(meaning) and len(name.text.split()) <= 9 and take(walk, meaning, value)


def _single(walk: Walk, cell: Cell) -> None:
    """A row of one cell: its paragraphs may each carry a label or a field; what stands before the first goes on with the row above."""
    ledger = walk.ledger
    runs = _runs(walk, cell)
    if walk.awaiting and runs and runs[0][0] is None:
        kind, walk.awaiting = walk.awaiting, None
        statement(walk, Label(kind, None, "", 0, "noun", ""), runs[0][1])
        runs = runs[1:]
    for opener, text in runs:
        if opener is None:
            _loose(walk, cell, text)
        elif isinstance(opener, Label):
            if text.text:
                statement(walk, opener, text)
            else:
                walk.awaiting = opener.kind
        elif text.text:
            take(walk, opener, text)
            if "response" not in opener:
                walk.speaking = None
        elif "response" in opener:
            walk.speaking = "response"
    if not ledger.used and not walk.columns:
        words = walk.content(cell).text
        criteria = criteria_of(words)
        if criteria and len(words.split()) < 9:
            ledger.criteria = criteria


def _runs(walk: Walk, cell: Cell) -> list[tuple[Label | tuple[str, ...] | None, Text]]:
    """A cell's paragraphs, parted at labels and fields: (what opens the run, its words)."""
    out: list[tuple[Label | tuple[str, ...] | None, list[Text]]] = []
    answering = False
    for b in cell.blocks:
        if b.table is not None:
            continue
        alone = b.bold > 0.9 or (bool(b.bold_spans) and b.bold_spans[0][0] == 0)
        label = None if answering and reply_of(b.text) else label_in(b.text, walk.ledger.setting, alone=alone)
        named = None if label is not None else field_of(b.text, alone=alone or len(cell.blocks) > 1)
        if named is not None and named[1] >= len(b.text) and verdict_of(b.text, field=True) != "unclear":
            named = None  # "Partially accepted" is an answer, and only over a column its name
        if label is not None:
            out.append((label, [b.content.cut(label.end)]))
            answering = label.kind == "response"
        elif named is not None:
            numbered = numbered_name(b.text[: named[1]]) if "recommendation" in named[0] else None
            out.append((numbered or named[0], [b.content.cut(named[1])]))
            answering = "response" in named[0]
        else:
            text = join([b.marker, b.content]) if b.marker.text else b.content
            if out:
                out[-1][1].append(text)
            else:
                out.append((None, [text]))
    return [(opener, join(texts, "\n")) for opener, texts in out]


def _loose(walk: Walk, cell: Cell, text: Text) -> None:
    """Words without label or field: they go on with the row above, or are a cell of data."""
    ledger = walk.ledger
    if walk.speaking == "response":
        answer(walk, text)
    elif walk.speaking == "recommendation" and ledger.recommendation is not None and ledger.response is None:
        last = ledger.recommendation
        last.text = join([last.text, text], " " if text.text[:1].islower() else "\n")
    elif walk.columns and cell.column in walk.columns and cell.column_span < walk.table.columns:
        data_row(walk, cell.row, [cell])
