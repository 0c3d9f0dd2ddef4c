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
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from evaltrail.read.outline import Text, join
from evaltrail.read.recognise.candidates import Promise
from evaltrail.read.recognise.columns import columns_of, exact_meanings, meanings_of
from evaltrail.read.recognise.labels import Label, code_of, label_of
from evaltrail.read.recognise.ledger import ENDS, FIELD_OF, Ledger, on_next_page
from evaltrail.read.recognise.promises import promises, without_lead
from evaltrail.read.recognise.replies import reply_of
from evaltrail.read.recognise.sections import KIND_OF_ROLE, criteria_of
from evaltrail.read.recognise.words import any_of, fold, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.read.outline import Block, Cell, Table
    from evaltrail.read.recognise.candidates import Candidate
    from evaltrail.read.recognise.sections import Setting

STATEMENT_COLUMNS = ("recommendation", "finding", "conclusion", "lesson")
_NUMBER = re.compile(r"^\s*[\[(]?((?:[A-Z]{1,2}[.-]?)?\d{1,3}(?:\.\d{1,2}){0,2}[a-z]?|[A-Z]|[ivx]{1,5})[\])]?[.):]?(?=\s|$)")
# A label with a word in front that no pack knows: "Actionable Recommendation #1".
_OTHER_WORD = re.compile(r"^\s*[A-ZÀ-Þ][A-Za-zÀ-ÿ’'-]{3,}\s+(?=\w)")
_NEAR = 12
"""Blocks between a recommendation or answer and the action table that belongs to it, at most."""


@dataclass(slots=True)
class _Walk:
    table: Table
    ledger: Ledger
    columns: dict[int, str] = field(default_factory=dict)
    heading: tuple[str, ...] = ()
    """Words of the last row of headings, to know it when it is repeated."""
    headed: int = -2
    """Index of the last row of headings."""
    awaiting: str | None = None
    """Kind of a statement whose label stood in a row of its own."""
    speaking: str | None = None
    """What the last row of one cell was: recommendation, response or None."""
    last: dict[str, Text] = field(default_factory=dict)
    """What stood in each column of the row before."""


def read_tables(blocks: Sequence[Block], settings: Sequence[Setting], running: Sequence[Candidate]) -> tuple[list[Candidate], set[int]]:
    """Statements of all tables, and the tables that hold statements or their fields.

    ``running`` are the statements found in running text, in reading order: a table behind a recommendation or an answer
    completes it.
    """
    found: list[Candidate] = []
    used: set[int] = set()
    walk: _Walk | None = None
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


def _walk(last: _Walk | None, table: Table, setting: Setting, order: int) -> _Walk:
    """A walk through the next table that goes on with what the last one spoke of."""
    ledger = Ledger(setting, order, setting.criteria)
    if last is None:
        return _Walk(table, ledger)
    ledger.go_on_from(last.ledger)
    columns = last.columns if table.columns == last.table.columns else {}
    return _Walk(table, ledger, dict(columns), last.heading, -2, last.awaiting, last.speaking, dict(last.last))


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


def _rows(walk: _Walk) -> None:
    for index in range(walk.table.rows):
        cells = [c for c in walk.table.row(index) if c.content()]
        if cells:
            _row(walk, index, cells)


def _row(walk: _Walk, index: int, cells: list[Cell]) -> None:
    if len(cells) == 1:
        cell = cells[0]
        wide = cell.column_span >= walk.table.columns or not walk.columns
        if wide or (_label(cell.content().text, walk.ledger.setting) is not None and cell.column == 0):
            _single(walk, cell)
            return
    if _named_cells(walk, cells) or _headings(walk, index, cells) or _pairs(walk, cells):
        return
    if walk.columns:
        _data(walk, index, cells)
        return
    for c in cells:
        if _label(c.content().text, walk.ledger.setting) is not None or _field(c.content().text) is not None:
            _single(walk, c)


def _headings(walk: _Walk, index: int, cells: list[Cell]) -> bool:
    """Take a row of headings; a second line of them under merged cells completes the first."""
    texts = [c.content().text for c in cells]
    words = tuple(fold(t) for t in texts)
    if words and (words == walk.heading or (walk.headed == index - 1 and _instructs(words))):
        walk.headed = index
        return True
    found = {} if len(cells) < 2 or any(len(t.split()) > 25 for t in texts) else columns_of(texts)
    meanings = set(found.values())
    header = all(c.header for c in cells) or index < walk.table.header_rows
    exact = sum(bool(exact_meanings(t)) for t in texts)
    enough = len(meanings) >= 2 and len(found) >= len(texts) / 2 and (exact >= 2 or header or not walk.columns)
    # One known heading is enough for a table of statements when its row is marked as one of headings.
    if not enough and not (header and meanings & {*STATEMENT_COLUMNS, "response"} and len(cells) > 1):
        return False
    if any(label.number for t in texts if (label := _label(t, walk.ledger.setting)) is not None):
        return False
    columns = {cells[i].column: m for i, m in found.items()}
    second = walk.headed == index - 1 and any(c.row_span > 1 for c in walk.table.row(index - 1))
    walk.columns = {**walk.columns, **columns} if second else _wide(cells, columns)
    walk.heading, walk.headed, walk.speaking, walk.last = words if not second else walk.heading, index, None, {}
    return True


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


def _named_cells(walk: _Walk, cells: list[Cell]) -> bool:
    """Cells that each open with a field's name: "Priority: high"."""
    named = [(c, _field(c.content().text)) for c in cells]
    if any(f is None for _, f in named) or all(f is not None and f[1] >= len(c.content().text) for c, f in named):
        return False
    for c in cells:
        _single(walk, c)
    return True


def _pairs(walk: _Walk, cells: list[Cell]) -> bool:
    """Fields and values side by side: "Deadline | May 2026"."""
    if len(cells) % 2 or (walk.columns and not (len(cells) == 2 and cells[1].column_span > 1)):
        return False
    pairs = list(zip(cells[::2], cells[1::2], strict=True))
    taken = False
    for name, value in pairs:
        taken = _pair(walk, name.content(), value.content(), alone=len(pairs) == 1) or taken
    return taken


def _pair(walk: _Walk, name: Text, value: Text, *, alone: bool) -> bool:
    label = _label(name.text, walk.ledger.setting, alone=True)
    if label is not None and len(name.text) - label.end < 4:
        _statement(walk, label, value)
        return True
    short = alone and len(name.text.split()) <= 6
    meaning = (meanings_of if short else exact_meanings)(name.text)
    return bool(meaning) and len(name.text.split()) <= 9 and _take(walk, meaning, value)


def _take(walk: _Walk, meaning: tuple[str, ...], value: Text) -> bool:
    """A field and its value; False where there is nothing that it could belong to."""
    ledger = walk.ledger
    if "recommendation" in meaning:
        _statement(walk, Label("recommendation", None, "", 0, "noun", ""), value)
    elif "response" in meaning or ("comments" in meaning and ledger.response is not None and not ledger.response.actions):
        _answer(walk, value)
    elif "verdict" in meaning:
        ledger.respond(value, verdict=True)
    elif "action" in meaning:
        for p in promises(value):
            ledger.act(p)
    elif meaning[0] in (*FIELD_OF, "status", "deliverables"):
        return ledger.tell(meaning[0], value)
    else:
        return False
    return True


def _answer(walk: _Walk, value: Text) -> None:
    """An answer's words; paragraphs that name a recommendation each ("Recommendation 2 accepted: …") are answers of their own."""
    walk.speaking = "response"
    parts: list[tuple[tuple[str, ...], list[Text]]] = [((), [])]
    at = 0
    for line in value.text.split("\n"):
        piece = value.cut(at, at + len(line))
        at += len(line) + 1
        named = reply_of(piece.text)
        if named is not None:
            parts.append((named, [piece]))
        else:
            parts[-1][1].append(piece)
    for numbers, texts in parts:
        if texts:
            walk.ledger.respond(join(texts, "\n"), numbers)


def _single(walk: _Walk, cell: Cell) -> None:
    """A row of one cell: its paragraphs may each carry a label or a field; what stands before the first goes on with the row above."""
    ledger = walk.ledger
    runs = _runs(walk, cell)
    if walk.awaiting and runs and runs[0][0] is None:
        kind, walk.awaiting = walk.awaiting, None
        _statement(walk, Label(kind, None, "", 0, "noun", ""), runs[0][1])
        runs = runs[1:]
    for opener, text in runs:
        if opener is None:
            _loose(walk, cell, text)
        elif isinstance(opener, Label):
            if text.text:
                _statement(walk, opener, text)
            else:
                walk.awaiting = opener.kind
        elif text.text:
            _take(walk, opener, text)
            if "response" not in opener:
                walk.speaking = None
        elif "response" in opener:
            walk.speaking = "response"
    if not ledger.used and not walk.columns:
        words = cell.content().text
        criteria = criteria_of(words)
        if criteria and len(words.split()) < 9:
            ledger.criteria = criteria


def _runs(walk: _Walk, cell: Cell) -> list[tuple[Label | tuple[str, ...] | None, Text]]:
    """A cell's paragraphs, parted at labels and fields: (what opens the run, its words)."""
    out: list[tuple[Label | tuple[str, ...] | None, list[Text]]] = []
    answering = False
    for b in cell.blocks:
        if b.table is not None:
            continue
        alone = b.bold > 0.9 or (bool(b.bold_spans) and b.bold_spans[0][0] == 0)
        label = None if answering and reply_of(b.text) else _label(b.text, walk.ledger.setting, alone=alone)
        named = None if label is not None else _field(b.text, alone=alone or len(cell.blocks) > 1)
        if label is not None:
            out.append((label, [b.content.cut(label.end)]))
            answering = label.kind == "response"
        elif named is not None:
            numbered = _numbered_name(b.text[: named[1]]) if "recommendation" in named[0] else None
            out.append((numbered or named[0], [b.content.cut(named[1])]))
            answering = "response" in named[0]
        else:
            text = join([b.marker, b.content]) if b.marker.text else b.content
            if out:
                out[-1][1].append(text)
            else:
                out.append((None, [text]))
    return [(opener, join(texts, "\n")) for opener, texts in out]


def _numbered_name(name: str) -> Label | None:
    """A name such as "Recommendation or issue 1:" as a label."""
    m = re.search(r"\s(\d{1,2}(?:\.\d{1,2})?)\W*$", name)
    return Label("recommendation", m.group(1), name.strip(" :"), 0, "noun", ":") if m else None


def _loose(walk: _Walk, cell: Cell, text: Text) -> None:
    """Words without label or field: they go on with the row above, or are a cell of data."""
    ledger = walk.ledger
    if walk.speaking == "response":
        _answer(walk, text)
    elif walk.speaking == "recommendation" and ledger.recommendation is not None and ledger.response is None:
        last = ledger.recommendation
        last.text = join([last.text, text], " " if text.text[:1].islower() else "\n")
    elif walk.columns and cell.column in walk.columns and cell.column_span < walk.table.columns:
        _data(walk, cell.row, [cell])


@lru_cache(maxsize=8192)
def _field_cached(text: str, *, alone: bool) -> tuple[tuple[str, ...], int] | None:
    m = re.match(r"\s*([^:\n]{2,90}?)\s*:\s*", text)
    if m is not None:
        meaning = exact_meanings(m.group(1))
        if meaning:
            return meaning, m.end()
    if alone and len(text.split()) <= 9:
        meaning = exact_meanings(text)
        if meaning:
            return meaning, len(text)
    return None


def _field(text: str, *, alone: bool = False) -> tuple[tuple[str, ...], int] | None:
    """Meanings of the field that a text opens with, and where its value begins; ``alone`` allows a name without a colon."""
    return _field_cached(text[:200], alone=alone)


def _label(text: str, setting: Setting, *, alone: bool = False) -> Label | None:
    found = label_of(text, alone=alone)
    if found is None and (m := _OTHER_WORD.match(text)):
        inner = label_of(text[m.end() :])
        if inner is not None and inner.kind == "recommendation" and inner.number is not None:
            found = Label(inner.kind, inner.number, text[: m.end()] + inner.printed, m.end() + inner.end, inner.how, inner.separator)
    if found is not None and found.number is None and found.plural:
        return None
    if found is None and setting.roles:
        found = code_of(text, frozenset(KIND_OF_ROLE[r] for r in setting.roles))
    return found


def _statement(walk: _Walk, label: Label, text: Text) -> None:
    """A labelled statement."""
    ledger = walk.ledger
    if label.kind == "response":
        walk.speaking = "response"
        ledger.respond(text, [label.number] if label.answers and label.number else [])
        return
    walk.speaking = label.kind
    items = _lettered_items(label, text)
    if items:
        for n, item in items:
            ledger.state(label.kind, item, number=f"{label.number}{n}", label=label.printed, within=True)
        ledger.letter = label.number or ""
        return
    number = label.number
    m = re.match(r"\([^)]{3,80}\)\s*[:.–-]?\s*", text.text)
    if m and len(text.text) > m.end() + 20:
        text = text.cut(m.end())  # "Recommendation 1 (based on conclusion 2): …"
    if number is None:
        m = _NUMBER.match(text.text)
        if m and len(text.text) > m.end() + 8:
            number, text = m.group(1), text.cut(m.end())
    ledger.state(label.kind, text, number=number, label=label.printed or None)


def _lettered_items(label: Label, text: Text) -> list[tuple[str, Text]]:
    """The numbered recommendations of a block that has a letter and a title ("Recommendation B - Training", 1. …, 2. …)."""
    if label.kind != "recommendation" or label.number is None or not re.fullmatch(r"[A-Z]", label.number):
        return []
    out: list[tuple[str, list[Text]]] = []
    at = 0
    for n, line in enumerate(text.text.split("\n")):
        piece = text.cut(at, at + len(line))
        at += len(line) + 1
        m = re.match(r"(\d{1,2})[.)]\s+", line)
        if m and int(m.group(1)) == len(out) + 1:
            out.append((m.group(1), [piece.cut(m.end())]))
        elif out:
            out[-1][1].append(piece)
        elif n > 1 or line.endswith("."):
            return []
    return [(n, join(parts, "\n")) for n, parts in out]


def _data(walk: _Walk, index: int, cells: list[Cell]) -> None:
    """A row of data under known columns."""
    ledger = walk.ledger
    by = _by_column(walk, cells)
    if not by or _continued(walk, by):
        return
    walk.speaking = None
    meanings = set(walk.columns.values())
    matrix = bool(meanings & {"response", "verdict"}) and "recommendation" in meanings
    for kind in STATEMENT_COLUMNS:
        # Beside recommendations that are answered, findings and conclusions are what they rest on, quoted from the report.
        if kind in by and (kind == "recommendation" or not matrix):
            _row_statement(walk, kind, by[kind], by.get("number"))
    if "recommendation" not in meanings and "number" in by and meanings & {"response", "verdict", "action"}:
        _refer(walk, by["number"])
    if "prompt" in by:
        label = _label(by["prompt"].text, ledger.setting)
        if label is not None and label.kind == "recommendation" and label.number is not None:
            _statement(walk, label, by["prompt"].cut(label.end))
        else:
            ledger.ask(by["prompt"])
    if "verdict" in by:
        ledger.respond(by["verdict"], verdict=True)
    if "response" in by and _answers_something(walk, meanings):
        _answer(walk, by["response"])
    if "action" in meanings:
        _row_action(walk, index, by)
    elif "response" in by and meanings & {"unit", "due", "status"} and ledger.response is not None:
        ledger.act(
            Promise(by["response"], by.get("unit"), by.get("due") or by.get("time"), by.get("status"), resources=by.get("resources"))
        )
    else:
        _row_fields(walk, by, meanings)
    walk.last = by


def _refer(walk: _Walk, text: Text) -> None:
    """Speak of the recommendation whose number or label stands alone in a cell."""
    label = label_of(text.text, alone=True)
    m = _NUMBER.match(text.text)
    number = label.number if label is not None and label.kind == "recommendation" else m.group(1) if m else None
    if number is not None:
        walk.ledger.refer(number)


def _answers_something(walk: _Walk, meanings: set[str]) -> bool:
    """Whether a column called response answers: a recommendation or comment is spoken of, or the section is one of responses."""
    return bool(
        walk.ledger.group
        or walk.ledger.prompt
        or walk.ledger.number
        or meanings & {"recommendation", "prompt"}
        or "response" in walk.ledger.setting.roles
    )


def _by_column(walk: _Walk, cells: Sequence[Cell]) -> dict[str, Text]:
    out: dict[str, Text] = {}
    for c in cells:
        meaning = walk.columns.get(c.column)
        if meaning is None:
            meaning = next((m for col, m in sorted(walk.columns.items()) if c.column <= col < c.column + c.column_span), None)
        if meaning is not None and meaning not in out:
            out[meaning] = c.content()
    return out


def _continued(walk: _Walk, by: dict[str, Text]) -> bool:
    """Take a row that only goes on with the one before it, on the next page."""
    if not walk.last or set(by) & {"number", "due", "time", "status", "verdict", "priority"} or not _broken(walk.last, by):
        return False
    ledger = walk.ledger
    for m, t in by.items():
        joined = join([walk.last[m], t])
        if m == "response" and ledger.response is not None:
            ledger.response.text = join([ledger.response.text, t])
        elif m == "action" and ledger.promise is not None:
            ledger.promise.text = without_lead(join([ledger.promise.text, t]))
        elif m == "prompt":
            ledger.prompt = joined
        elif m in STATEMENT_COLUMNS and ledger.found and ledger.found[-1].kind == m:
            ledger.found[-1].text = join([ledger.found[-1].text, t])
        elif m in ("unit", "due", "status", "deliverables") and ledger.promise is not None:
            setattr(ledger.promise, m, join([getattr(ledger.promise, m) or Text(), t], " " if t.text[0].islower() else "\n"))
        walk.last[m] = joined
    return True


def _broken(last: dict[str, Text], by: dict[str, Text]) -> bool:
    """Whether a row was broken at the end of a page: a sentence goes on in small letters, or all cells run on and some are empty now."""
    if not all(m in last and on_next_page(last[m], t) for m, t in by.items()):
        return False
    within = any(t.text[0].islower() and last[m].text[-1] not in ENDS for m, t in by.items())
    return within or (len(by) < len(last) and all(t.text[0].islower() or last[m].text[-1] not in ENDS for m, t in by.items()))


def _row_action(walk: _Walk, index: int, by: dict[str, Text]) -> None:
    """The actions of a row; a row below a merged or empty cell of the action adds dates and units to it."""
    ledger = walk.ledger
    own = {m: by[m] for m in ("unit", "due", "status", "deliverables", "resources") if m in by}
    if "due" not in own and "time" in by:
        own["due"] = by["time"]
    if "action" in by:
        for p in promises(by["action"], own):
            ledger.act(p)
    elif ledger.promise is not None and _under_action(walk, index):
        for m, t in own.items():
            ledger.add(m, t)
    for name in ("priority",):
        if name in by:
            for c in ledger.group:
                c.fields.setdefault(name, by[name])


def _under_action(walk: _Walk, index: int) -> bool:
    """Whether the action's cell of a row is empty or the lower part of a merged one."""
    column = next(c for c, m in walk.columns.items() if m == "action")
    cell = walk.table.at(index, column)
    return cell is None or cell.row < index or not cell.content()


def _row_fields(walk: _Walk, by: dict[str, Text], meanings: set[str]) -> None:
    ledger = walk.ledger
    for name in ("unit", "priority", "time", "due", "resources"):
        if name not in by or not ledger.group:
            continue
        key = FIELD_OF[name]
        for c in ledger.group:
            ledger.used = True
            if key not in c.fields:
                c.fields[key] = by[name]
            elif "recommendation" not in by and c.fields[key].text != by[name].text:
                c.fields[key] = join([c.fields[key], by[name]], "\n")
    if "response" in meanings and "status" in by:
        ledger.tell("status", by["status"])


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
    if kind == "recommendation" and len(text.text.split()) < 4 and (n is not None or _NUMBER.fullmatch(text.text.strip())):
        _refer(walk, text)
        return
    if len(text.text.split()) < 3 or fold(text.text).strip(" .") in listed("statements", "none"):
        return
    walk.ledger.state(kind, text, number=n, label=printed)
