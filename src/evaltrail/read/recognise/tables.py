"""Statements in tables: action tables, response matrices, lists of findings or recommendations.

A table is walked row by row.  A row of headings sets what the columns mean until the next one; a row of one
cell carries a label ("Recommendation 3: …"), a field ("Management response: …") or a title; a row of two cells
may be a field and its value; any other row is data.  So a plain grid, a form repeated for each recommendation,
and a mixture of both are read by one walk.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from evaltrail.read.outline import Text, join
from evaltrail.read.recognise.candidates import Candidate, Promise
from evaltrail.read.recognise.labels import Label, code_of, label_of
from evaltrail.read.recognise.sections import KIND_OF_ROLE, criteria_of
from evaltrail.read.recognise.words import fold, listed
from evaltrail.text import packs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evaltrail.read.outline import Block, Cell, Table
    from evaltrail.read.recognise.sections import Setting

STATEMENT_COLUMNS = {"recommendation": "recommendation", "finding": "finding", "conclusion": "conclusion", "lesson": "lesson"}
_FIELD_OF = {"unit": "responsible", "priority": "priority", "time": "time", "due": "time", "resources": "resources"}
_NUMBER = re.compile(r"^\s*[\[(]?((?:[A-Z]{1,2}[.-]?)?\d{1,3}(?:\.\d{1,2}){0,2}[a-z]?|[A-Z]|[ivx]{1,5})[\])]?[.):]?(?=\s|$)")


@lru_cache(maxsize=1)
def _meanings() -> dict[str, tuple[str, ...]]:
    """Folded heading word -> the columns it may mean."""
    out: dict[str, list[str]] = {}
    for code in packs.languages():
        for name, words in packs.pack(code, "fields").get("columns", {}).items():
            for w in words:
                have = out.setdefault(fold(w), [])
                if name not in have:
                    have.append(name)
    return {k: tuple(v) for k, v in out.items()}


@lru_cache(maxsize=8192)
def meanings_of(heading: str) -> tuple[str, ...]:
    """What a heading cell may mean: by its whole words, without a bracketed remark, or by the words it holds."""
    words = fold(heading).strip(" .:*")
    known = _meanings()
    if not words or len(words.split()) > 14:
        return ()
    for form in (words, re.sub(r"\s*[\[(].*?[\])]", "", words).strip(" .:*"), re.split(r"\s*[:(\[]", words)[0]):
        if form in known:
            return known[form]
    if len(words.split()) > 9:
        return ()
    best = ""
    for w in known:
        if len(w) > max(len(best), 3) and re.search(rf"(?<!\w){re.escape(w)}(?!\w)", words):
            best = w
    return known.get(best, ())


def columns_of(headings: Sequence[str]) -> dict[int, str]:
    """Column index -> meaning for a row of headings; words with two meanings are settled by their neighbours."""
    options = [meanings_of(h) for h in headings]
    certain = {o[0] for o in options if len(o) == 1}
    out: dict[int, str] = {}
    for i, o in enumerate(options):
        if not o:
            continue
        if len(o) == 1:
            out[i] = o[0]
        elif "time" in o and "due" in o:
            out[i] = "time" if "action" not in certain and ({"resources", "priority"} & certain) else "due"
        else:
            out[i] = o[0]
    return out


@dataclass(slots=True)
class _Walk:
    table: Table
    order: int
    setting: Setting
    columns: dict[int, str] = field(default_factory=dict)
    candidates: list[Candidate] = field(default_factory=list)
    recommendation: Candidate | None = None
    response: Candidate | None = None
    criteria: tuple[str, ...] = ()
    step: int = 0
    awaiting: str | None = None
    used: bool = False

    def position(self) -> float:
        self.step += 1
        return self.order + self.step / 100000


def read_table(block: Block, order: int, setting: Setting, before: Candidate | None) -> tuple[list[Candidate], bool]:
    """Statements of a table block, and whether the table was understood as one that holds statements or their fields.

    ``before`` is the recommendation that stands before the table: an action table without one of its own completes it.
    """
    table = block.table
    if table is None:
        return [], False
    walk = _Walk(table, order, setting, recommendation=before, criteria=setting.criteria)
    for index in range(table.rows):
        cells = [c for c in table.row(index) if c.content()]
        if cells:
            _row(walk, index, cells)
    return walk.candidates, walk.used


def _row(walk: _Walk, index: int, cells: list[Cell]) -> None:
    texts = [c.content() for c in cells]
    if len(cells) == 1:
        cell = cells[0]
        if cell.column_span >= walk.table.columns or not walk.columns or _label(texts[0].text, walk.setting) is not None:
            _single(walk, cell)
            return
    columns = _heading_row(walk, cells)
    if columns:
        walk.columns = columns
        return
    if len(cells) == 2 and _pair(walk, cells):
        return
    if len(cells) >= 2 and not walk.columns:
        for c in cells:
            if _label(c.content().text, walk.setting) is not None or _field(c.content().text) is not None:
                _single(walk, c)
        return
    if walk.columns:
        _data(walk, cells)


def _heading_row(walk: _Walk, cells: list[Cell]) -> dict[int, str]:
    """Column meanings if the row is one of headings, else nothing."""
    texts = [c.content().text for c in cells]
    if any(len(t.split()) > 16 for t in texts) or len(cells) < 2:
        return {}
    found = columns_of(texts)
    meanings = set(found.values())
    if len(found) < 2 or len(meanings) < 2 or len(found) < len([t for t in texts if t]) / 2:
        # One known heading is enough for a table of statements when the rows are marked as headings.
        header = all(c.header for c in cells) or cells[0].row < walk.table.header_rows
        if not (header and meanings & {*STATEMENT_COLUMNS, "response"}):
            return {}
    if any(_label(t, walk.setting) and _label(t, walk.setting).number for t in texts):  # type: ignore[union-attr]
        return {}
    return {cells[i].column: m for i, m in found.items()}


def _pair(walk: _Walk, cells: list[Cell]) -> bool:
    """A field and its value side by side: "Management response | Accepted …"."""
    name, value = cells[0].content(), cells[1].content()
    label = _label(name.text, walk.setting)
    if label is not None and len(name.text) - label.end < 4:
        _statement(walk, label, value)
        return True
    if walk.columns and cells[0].column in walk.columns:
        return False
    meaning = meanings_of(name.text)
    if not meaning or len(name.text.split()) > 9:
        return False
    return _take(walk, meaning, value)


def _take(walk: _Walk, meaning: tuple[str, ...], value: Text) -> bool:
    if "recommendation" in meaning:
        _statement(walk, Label("recommendation", None, "", 0, "noun", ""), value)
    elif "response" in meaning:
        _respond(walk, value)
    elif "verdict" in meaning:
        _respond(walk, value, verdict=True)
    elif "action" in meaning:
        _act(walk, Promise(value))
    elif meaning[0] in _FIELD_OF and walk.recommendation is not None:
        walk.recommendation.fields.setdefault(_FIELD_OF[meaning[0]], value)
    else:
        return False
    walk.used = True
    return True


def _single(walk: _Walk, cell: Cell) -> None:
    """A row of one cell: its paragraphs may each carry a label or a field."""
    pending: tuple[str, Label | tuple[str, ...]] | None = None
    parts: list[Text] = []

    def flush() -> None:
        nonlocal pending, parts
        if pending is not None and parts:
            value = join(parts, "\n")
            if pending[0] == "label":
                _statement(walk, pending[1], value)  # type: ignore[arg-type]
            else:
                _take(walk, pending[1], value)  # type: ignore[arg-type]
        elif pending is not None and pending[0] == "label" and isinstance(pending[1], Label):
            walk.awaiting = pending[1].kind
        pending, parts = None, []

    if walk.awaiting and not any(_label(b.text, walk.setting) or _field(b.text) for b in cell.blocks):
        kind, walk.awaiting = walk.awaiting, None
        _statement(walk, Label(kind, None, "", 0, "noun", ""), cell.content())
        return
    for b in cell.blocks:
        if b.table is not None:
            continue
        text = join([b.marker, b.content]) if b.marker.text else b.content
        label = _label(b.text, walk.setting, alone=b.bold > 0.9 or (bool(b.bold_spans) and b.bold_spans[0][0] == 0))
        if label is not None:
            flush()
            pending = ("label", label)
            rest = b.content.cut(label.end)
            parts = [rest] if rest.text else []
            continue
        named = _field(b.text)
        if named is not None:
            flush()
            meaning, end = named
            pending = ("field", meaning)
            rest = b.content.cut(end)
            parts = [rest] if rest.text else []
            continue
        if pending is None and not walk.columns:
            criteria = criteria_of(b.text)
            if criteria and len(b.text.split()) < 9:
                walk.criteria = criteria
        parts.append(text)
    if pending is None and parts and walk.columns and cell.column in walk.columns and cell.column_span < walk.table.columns:
        _data(walk, [cell])
        return
    flush()


@lru_cache(maxsize=8192)
def _field_cached(text: str) -> tuple[tuple[str, ...], int] | None:
    m = re.match(r"\s*([^:\n]{2,80}?)\s*:\s*", text)
    if m is None:
        return None
    meaning = meanings_of(m.group(1))
    if not meaning or len(m.group(1).split()) > 10:
        return None
    return meaning, m.end()


def _field(text: str) -> tuple[tuple[str, ...], int] | None:
    return _field_cached(text[:200])


def _label(text: str, setting: Setting, *, alone: bool = False) -> Label | None:
    found = label_of(text, alone=alone)
    if found is not None and found.number is None and found.plural:
        return None
    if found is None and setting.roles:
        found = code_of(text, frozenset(KIND_OF_ROLE[r] for r in setting.roles))
    return found


def _statement(walk: _Walk, label: Label, text: Text) -> None:
    """A labelled statement in the table."""
    walk.used = True
    if label.kind == "response":
        _respond(walk, text, number=label.number if label.answers else None)
        return
    number = label.number
    if number is None:
        m = _NUMBER.match(text.text)
        if m and len(text.text) > m.end() + 8:
            number, text = m.group(1), text.cut(m.end())
    candidate = Candidate(
        label.kind, text, walk.position(), walk.setting, "row", number=number, label=label.printed or None, criteria=walk.criteria, group=("table", walk.order, label.kind)
    )
    walk.candidates.append(candidate)
    if label.kind == "recommendation":
        walk.recommendation, walk.response = candidate, None


def _respond(walk: _Walk, text: Text, *, verdict: bool = False, number: str | None = None) -> None:
    if not text.text or fold(text.text) in listed("statements", "none"):
        return
    walk.used = True
    if walk.response is None or (not verdict and walk.response.text.text and walk.response.basis != "verdict" and not walk.response.actions and number):
        walk.response = Candidate("response", text, walk.position(), walk.setting, "verdict" if verdict else "row", group=("table", walk.order, "response"))
        walk.response.target = walk.recommendation
        if number:
            walk.response.answers = [number]
        elif walk.recommendation is not None and walk.recommendation.number:
            walk.response.answers = [walk.recommendation.number]
        walk.candidates.append(walk.response)
        if verdict:
            walk.response.verdict = text
        return
    if verdict:
        walk.response.verdict = text
    elif walk.response.basis in ("verdict", "action"):
        walk.response.text, walk.response.basis = text, "row"
    else:
        walk.response.text = join([walk.response.text, text], "\n")


def _act(walk: _Walk, promise: Promise) -> None:
    walk.used = True
    if walk.response is None:
        if walk.recommendation is None:
            return
        walk.response = Candidate("response", promise.text, walk.position(), walk.setting, "action", group=("table", walk.order, "response"))
        walk.response.target = walk.recommendation
        if walk.recommendation.number:
            walk.response.answers = [walk.recommendation.number]
        walk.candidates.append(walk.response)
    walk.response.actions.append(promise)


def _data(walk: _Walk, cells: list[Cell]) -> None:
    """A data row under known columns."""
    by: dict[str, Text] = {}
    for c in cells:
        meaning = walk.columns.get(c.column)
        if meaning is None:
            meaning = next((m for col, m in walk.columns.items() if c.column <= col < c.column + c.column_span), None)
        if meaning is not None and meaning not in by:
            by[meaning] = c.content()
    if not by:
        return
    meanings = set(walk.columns.values())
    for column, kind in STATEMENT_COLUMNS.items():
        text = by.get(column)
        if text is not None and text.text:
            _row_statement(walk, kind, text, by.get("number"))
    if "verdict" in by:
        _respond(walk, by["verdict"], verdict=True)
    if "response" in by:
        _respond_row(walk, by["response"], new="recommendation" in by)
    if by.get("action"):
        _act(walk, Promise(by["action"], by.get("unit"), by.get("due") or by.get("time"), by.get("status")))
    elif walk.recommendation is not None and not meanings & {"action"}:
        for name in ("unit", "priority", "time", "due", "resources"):
            if by.get(name):
                walk.used = True
                target = walk.recommendation
                key = _FIELD_OF[name]
                if key not in target.fields:
                    target.fields[key] = by[name]
                elif "recommendation" not in meanings and "recommendation" not in by:
                    target.fields[key] = join([target.fields[key], by[name]], "\n")
    if walk.recommendation is not None and by.get("priority") and meanings & {"action"}:
        walk.recommendation.fields.setdefault("priority", by["priority"])


def _respond_row(walk: _Walk, text: Text, *, new: bool) -> None:
    if new and walk.response is not None and walk.response.target is not walk.recommendation:
        walk.response = None
    _respond(walk, text)


def _row_statement(walk: _Walk, kind: str, text: Text, number: Text | None) -> None:
    label = label_of(text.text)
    printed = None
    n: str | None = None
    if label is not None and label.kind == kind and (label.number or label.separator):
        printed, n, rest = label.printed, label.number, text.cut(label.end)
        text = rest if rest.text else text
    if n is None and number is not None:
        m = _NUMBER.match(number.text)
        code = label_of(number.text, alone=True)
        n = code.number if code is not None and code.number else m.group(1) if m else None
    if n is None:
        m = _NUMBER.match(text.text)
        if m and len(text.text) > m.end() + 8:
            n, text = m.group(1), text.cut(m.end())
    if len(text.text.split()) < 3 or fold(text.text).strip(" .") in listed("statements", "none"):
        return
    walk.used = True
    candidate = Candidate(kind, text, walk.position(), walk.setting, "row", number=n, label=printed, criteria=walk.criteria, group=("table", walk.order, kind))
    walk.candidates.append(candidate)
    if kind == "recommendation":
        walk.recommendation, walk.response = candidate, None


def cells_in_order(table: Table) -> Iterator[Cell]:
    """Cells row by row."""
    for index in range(table.rows):
        yield from table.row(index)
