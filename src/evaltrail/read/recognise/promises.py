"""The actions in a cell: one, or several that are numbered or stand beside as many dates or units."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evaltrail.read.outline import Text, join
from evaltrail.read.recognise.candidates import Promise

if TYPE_CHECKING:
    from collections.abc import Mapping

# "2.1", "2.1.", "Action 3:", "a)", "1." in front of an action.
_CODE = re.compile(
    r"^\s*(?:(?:key\s+)?(?:action|mesure|medida|acción|ação)\s*(?:n[o°º]\.?\s*)?)?[\[(]?(\d{1,2}(?:\.\d{1,2}){1,2}|\d{1,2}(?=[.)]))[\])]?[.):]*\s+(?=\S)",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"^\s*\d{1,2}\.\d{1,2}\s*(?:,|and|et|y|e|&)\s*\d{1,2}\.\d{1,2}\s+", re.IGNORECASE)
# "Action to respond to sub-recommendations (a) and (b):" names what is answered, not what is done.
_LEAD = re.compile(
    r"^\s*(?:key\s+)?(?:actions?|mesures?|medidas?|acciones|acción|ações|ação)\s[^:\n]{0,60}(?:recommend|recommand|recomend)[^:\n]{0,60}:\s*",
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
        out.append(promise)
    return out


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
