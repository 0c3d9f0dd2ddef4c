"""The actions in a cell: one, or several that are numbered or stand beside as many dates or units."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evaltrail.read.outline import Text, join
from evaltrail.read.recognise.candidates import Promise
from evaltrail.text.dates import dates

if TYPE_CHECKING:
    from collections.abc import Mapping

# "2.1", "2.1.", "Action 3:", "a)", "1." in front of an action.
_CODE = re.compile(
    r"^\s*(?:(?:key\s+)?(?:action|mesure|medida|acción|ação)\s*(?:n[o°º]\.?\s*)?)?[\[(]?(\d{1,2}(?:\.\d{1,2}){1,2}|\d{1,2}(?=[.)]))[\])]?[.):]*\s+(?=\S)",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"^\s*\d{1,2}\.\d{1,2}\s*(?:,|and|et|y|e|&)\s*\d{1,2}\.\d{1,2}\s+", re.IGNORECASE)
_BULLET = re.compile(r"\s*(?:[•●▪■○‣◦*·o–—-]|\(?[a-z]\)|[a-z][.)])\s+(?=\S)")
# "Action to respond to sub-recommendations (a) and (b):" names what is answered, not what is done.
_LEAD = re.compile(
    r"^\s*(?:key\s+)?(?:actions?|mesures?|medidas?|acciones|acción|ações|ação)\s[^:\n]{0,60}(?:recommend|recommand|recomend)[^:\n]{0,60}:\s*",
    re.IGNORECASE,
)


# A date behind a unit in the same cell: in brackets, in a line of its own, or with its name.
_DATE_BEHIND = re.compile(
    r"[\s,;]*(?:\n|\(|(?<=\s)(?=[\w ]{0,24}(?:date|échéance|fecha|plazo|prazo)\b))"
    r"(?:[\w ]{0,24}(?:date|échéance|fecha|plazo|prazo|data)\s*:?\s*)?"
    r"(?P<when>(?:[\w.'’]+,?\s+){0,4}?(?:19|20)\d{2}(?:\s*[-–/]\s*\d{2,4})?)\)?\s*$",
    re.IGNORECASE,
)


def promises(cell: Text, fields: Mapping[str, Text] | None = None) -> list[Promise]:
    """The actions of a cell with the fields of its row (unit, due, status, deliverables, resources).

    A cell whose paragraphs are numbered (2.1, 2.2) holds several actions; where a field has as many paragraphs,
    each goes with its own, else all share it.
    """
    parts = _parts(cell)
    own = dict(fields or {})
    columns = {name: _lines(text) for name, text in own.items()}
    out: list[Promise] = []
    for n, (number, text) in enumerate(parts):
        promise = Promise(text, number=number)
        for name, text_of_field in own.items():
            each = len(columns[name]) == len(parts) > 1
            setattr(promise, name, columns[name][n] if each else text_of_field)
        out.append(with_date_apart(promise))
    return out


def with_date_apart(promise: Promise) -> Promise:
    """A date that stands with the unit in one cell ("Director, Field Branch (March 2026)") is when it is due."""
    if promise.due is not None or promise.unit is None:
        return promise
    unit = promise.unit
    m = _DATE_BEHIND.search(unit.text)
    if m is None or not m.start() or not dates(m.group("when")):
        return promise
    promise.unit, promise.due = unit.cut(0, m.start()), unit.cut(m.start("when"), m.end("when"))
    return promise


def _lines(text: Text) -> list[Text]:
    out: list[Text] = []
    at = 0
    for line in text.text.split("\n"):
        if line.strip():
            out.append(text.cut(at, at + len(line)))
        at += len(line) + 1
    return out


def _parts(cell: Text) -> list[tuple[str | None, Text]]:
    lines = _lines(cell)
    coded = [_CODE.match(x.text) for x in lines]
    numbers = [m.group(1) for m in coded if m]
    several = len(numbers) > 1 and bool(coded[0]) and len(set(numbers)) == len(numbers)
    if not several and len(lines) > 1 and all(_BULLET.match(x.text) for x in lines):
        # A cell that is a list and nothing else: each item is promised by itself.
        return [(None, x.cut(m.end())) for x in lines if (m := _BULLET.match(x.text))]
    if not several:
        number, text = _without_code(cell)
        return [(number, without_lead(text))]
    out: list[tuple[str | None, list[Text]]] = []
    for line, m in zip(lines, coded, strict=True):
        if m:
            number, rest = _without_code(line)
            out.append((number, [rest]))
        else:
            out[-1][1].append(line)
    return [(number, without_lead(join(texts, "\n"))) for number, texts in out]


def _without_code(text: Text) -> tuple[str | None, Text]:
    m = _SEVERAL.match(text.text)
    if m:
        return m.group().strip(), text.cut(m.end())
    m = _CODE.match(text.text)
    return (m.group(1), text.cut(m.end())) if m else (None, text)


def without_lead(text: Text) -> Text:
    """An action without the opening that only says which recommendation it answers."""
    m = _LEAD.match(text.text)
    return text.cut(m.end()) if m and m.end() < len(text.text) else text
