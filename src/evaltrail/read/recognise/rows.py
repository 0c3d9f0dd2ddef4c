"""Rows of data under known columns: statements, answers and actions of a response matrix."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evaltrail.read.outline import Text, join
from evaltrail.read.recognise.candidates import Promise
from evaltrail.read.recognise.joint import parted
from evaltrail.read.recognise.labels import label_of
from evaltrail.read.recognise.ledger import ENDS, FIELD_OF, on_next_page
from evaltrail.read.recognise.promises import promises, with_date_apart, without_lead
from evaltrail.read.recognise.walk import NUMBER, answer, label_behind_a_word, label_in, number_before, refer, statement
from evaltrail.read.recognise.words import fold, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.read.outline import Cell
    from evaltrail.read.recognise.walk import Walk

_MARK = re.compile(r"\s*(?:[xX✓✔✗●•■☒☑]|\(x\)|yes|oui|sí|sim)\s*", re.IGNORECASE)
STATEMENT_COLUMNS = ("recommendation", "finding", "conclusion", "lesson", "good_practice")


def data_row(walk: Walk, index: int, cells: list[Cell]) -> None:
    """A row of data under known columns."""
    if walk.bodies:
        _joint_row(walk, index, cells)
        return
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
        refer(walk, by["number"])
    if "prompt" in by:
        label = label_in(by["prompt"].text, ledger.setting)
        if label is not None and label.kind == "recommendation" and label.number is not None:
            statement(walk, label, by["prompt"].cut(label.end))
        else:
            ledger.ask(by["prompt"])
    _answered(walk, index, cells, by)


def _joint_row(walk: Walk, index: int, cells: list[Cell]) -> None:
    """A row in which several organisations answer side by side."""
    common, bodies = parted(walk, cells)
    columns, names, walk.bodies = walk.columns, walk.bodies, {}
    if common:
        data_row(walk, index, common)
    for name, own in bodies:
        walk.ledger.response = None
        walk.columns = {c.column: columns[c.column] for c in own if c.column in columns}
        by = _by_column(walk, own)
        if by:
            _answered(walk, index, own, by)
        walk.ledger.answers_for(name)
    walk.columns, walk.bodies = columns, names


def _answered(walk: Walk, index: int, cells: list[Cell], by: dict[str, Text]) -> None:
    """The answer and the actions of a row."""
    ledger, meanings = walk.ledger, set(walk.columns.values())
    if "body" in by:
        ledger.response = None  # each organisation has a row of its own
    _row_verdict(walk, cells, by)
    if "response" in by and _answers_something(walk, meanings):
        if walk.last.get("response") and not meanings & {"recommendation", "prompt", "number", "verdict"}:
            ledger.response = None  # nothing tells what a row answers: each is an answer
        answer(walk, by["response"])
        for other in _other_answers(walk, cells):
            # A second column of responses is that of another body.
            ledger.response = None
            answer(walk, other)
    if "action" in meanings:
        _row_action(walk, index, by)
    elif "response" in by and meanings & {"unit", "due", "status"} and ledger.response is not None:
        own = Promise(by["response"], by.get("unit"), by.get("due") or by.get("time"), by.get("status"), resources=by.get("resources"))
        own.comments = by.get("remarks")
        ledger.act(with_date_apart(own))
    else:
        _row_fields(walk, by, meanings)
    if "body" in by:
        ledger.answers_for(by["body"].text)
    walk.last = by


def _row_verdict(walk: Walk, cells: Sequence[Cell], by: dict[str, Text]) -> None:
    """The verdict of a row: its column's words, or the heading of the column that is marked."""
    if walk.choices:
        by.pop("verdict", None)
        chosen = [c for c in cells if c.column in walk.choices and _MARK.fullmatch(walk.content(c).text)]
        if len(chosen) == 1:
            walk.ledger.respond(walk.choices[chosen[0].column], verdict=True)
    elif "verdict" in by:
        walk.ledger.respond(by["verdict"], verdict=True)


def _answers_something(walk: Walk, meanings: set[str]) -> bool:
    """Whether a column called response answers: a recommendation or comment is spoken of, or the section is one of responses."""
    return bool(
        walk.ledger.group
        or walk.ledger.prompt
        or walk.ledger.number
        or meanings & {"recommendation", "prompt"}
        or "response" in walk.ledger.setting.roles
    )


def _other_answers(walk: Walk, cells: Sequence[Cell]) -> list[Text]:
    """What stands in further columns called response."""
    own = [c for c in cells if walk.columns.get(c.column) == "response" and walk.content(c)]
    return [walk.content(c) for c in own[1:]]


def _by_column(walk: Walk, cells: Sequence[Cell]) -> dict[str, Text]:
    out: dict[str, Text] = {}
    for c in cells:
        meaning = walk.columns.get(c.column)
        if meaning is None:
            meaning = next((m for col, m in sorted(walk.columns.items()) if c.column <= col < c.column + c.column_span), None)
        if meaning is not None and meaning not in out:
            out[meaning] = walk.content(c)
    return out


def _continued(walk: Walk, by: dict[str, Text]) -> bool:
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
            if ledger.response is not None:
                ledger.response.prompt = joined
        elif m == "recommendation" and ledger.recommendation is not None:
            ledger.recommendation.text = join([ledger.recommendation.text, t])
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


def _row_action(walk: Walk, index: int, by: dict[str, Text]) -> None:
    """The actions of a row; a row below a merged or empty cell of the action adds dates and units to it."""
    ledger = walk.ledger
    own: dict[str, Text] = {m: by[m] for m in ("unit", "due", "status", "deliverables", "resources") if m in by}
    if "remarks" in by:
        own["comments"] = by["remarks"]
    if "due" not in own and "time" in by:
        own["due"] = by["time"]
    if "action" in by:
        own = {**_reaching_down(walk, index), **own}
        for p in promises(by["action"], own):
            ledger.act(p)
    elif ledger.promise is not None and _under_action(walk, index):
        for m, t in own.items():
            ledger.add(m, t)
    for name in ("priority",):
        if name in by:
            for c in ledger.group:
                c.fields.setdefault(name, by[name])


def _reaching_down(walk: Walk, index: int) -> dict[str, Text]:
    """Unit and date of a row that stand in a cell merged with that of the row above."""
    found: dict[str, Text] = {}
    for column, meaning in walk.columns.items():
        cell = walk.table.at(index, column) if meaning in {"unit", "due"} else None
        if cell is not None and cell.row < index and (words := walk.content(cell)):
            found.setdefault(meaning, words)
    return found


def _under_action(walk: Walk, index: int) -> bool:
    """Whether the action's cell of a row is empty or the lower part of a merged one."""
    column = next(c for c, m in walk.columns.items() if m == "action")
    cell = walk.table.at(index, column)
    return cell is None or cell.row < index or not walk.content(cell)


def _row_fields(walk: Walk, by: dict[str, Text], meanings: set[str]) -> None:
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


def _row_statement(walk: Walk, kind: str, text: Text, number: Text | None) -> None:
    label = label_of(text.text) or label_behind_a_word(text.text)
    printed = None
    n: str | None = None
    if label is not None and label.kind == kind and (label.number or label.separator):
        printed, n, rest = label.printed, label.number, text.cut(label.end)
        text = rest if rest.text else text
    if n is None and number is not None:
        m = NUMBER.match(number.text)
        code = label_of(number.text, alone=True)
        n = code.number if code is not None and code.number else m.group(1) if m else None
    if n is None:
        m = number_before(text.text)
        if m and len(text.text) > m.end() + 8:
            n, text = m.group(1), text.cut(m.end())
    if kind == "recommendation" and len(text.text.split()) < 4 and (n is not None or NUMBER.fullmatch(text.text.strip())):
        refer(walk, text)
        return
    if walk.ledger.repeats(kind, n, text):
        return
    if len(text.text.split()) < 3 or fold(text.text).strip(" .") in listed("statements", "none"):
        return
    walk.ledger.state(kind, text, number=n, label=printed)
