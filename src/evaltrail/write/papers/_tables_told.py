"""Action tables whose grid was lost in reading, set as tables again.

A paper that went through plain text has the table under a recommendation as lines: "Responsible unit Priority Time …", "High
Short-term Low".  The record knows which words are which value, so the lines can be a table once more.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from evaltrail.text import packs
from evaltrail.text.normal import fold, squeeze, squeezed
from evaltrail.write.model import Cell, Table, text
from evaltrail.write.papers._corrections import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from evaltrail.record import Passage, Recommendation, Record
    from evaltrail.write.papers._carriers import Carriers

_MOST_LINES = 12


def lost_tables(record: Record, passages: Sequence[Passage], carriers: Carriers) -> dict[int, tuple[Table, int]]:
    """By the index of its first line: the table, and how many lines it takes the place of."""
    statements = [s for e in record.evaluations for s in e.statements if s.places]
    carried = {s.id: carriers.of(s.places) for s in statements}
    held = {i for indices in carried.values() for i in indices}
    found: dict[int, tuple[Table, int]] = {}
    for s in statements:
        if s.kind == "recommendation" and s.parent is None and carried[s.id] and any(s.as_printed.model_dump().values()):
            start = carried[s.id][-1] + 1
            lines = _lines(passages, start, held)
            for first in range(len(lines)):
                if made := _table(s, lines[first:]):
                    found[start + first] = made
                    break
    return found


def _lines(passages: Sequence[Passage], start: int, held: set[int]) -> list[str]:
    """The lines behind a recommendation that are no statement and not numbered."""
    lines: list[str] = []
    for i in range(start, min(start + _MOST_LINES, len(passages))):
        p = passages[i]
        if p.kind not in ("heading", "paragraph") or p.marker or i in held:
            break
        lines.append(p.text)
    return lines


def _table(s: Recommendation, lines: Sequence[str]) -> tuple[Table, int] | None:
    """The table of the lines' first few, if they are column headings and this recommendation's values and nothing else."""
    heads = heads_of(lines[0]) if lines else None
    if not heads:
        return None
    values = {field: getattr(s.as_printed, field) or "" for _, field in heads}
    wanted = sorted(squeeze("".join(values.values())))
    # Lines break anywhere and columns come in any order: first all letters are compared, then each value as a whole.
    for count in range(2, len(lines) + 1):
        letters = squeeze("".join(lines[1:count]))
        if len(letters) >= len(wanted):
            whole = sorted(letters) == wanted and all(squeeze(v) in letters for v in values.values())
            return (_set(heads, values), count) if whole else None
    return None


def _set(heads: Sequence[tuple[str, str]], values: Mapping[str, str]) -> Table:
    cells = [Cell(0, n, (text(head),), header=True) for n, (head, _) in enumerate(heads)]
    cells += [Cell(1, n, (text(values[field]),) if values[field] else ()) for n, (_, field) in enumerate(heads)]
    return Table(2, len(heads), tuple(cells), header_rows=1, style="action")


def heads_of(line: str) -> list[tuple[str, str]]:
    """A line as headings of columns with the field of each; empty unless the whole line is two headings or more."""
    folded = squeezed(line)
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(folded.text):
        m = _heading().match(folded.text, at)
        if m is None:
            return []
        start, end = folded.original(m.start(), m.end())
        found.append((line[start:end], _meaning()[m.group()]))
        at = m.end()
    fields = [field for _, field in found]
    return found if len(fields) > 1 and len(set(fields)) == len(fields) else []


@cache
def _meaning() -> Mapping[str, str]:
    """The field that each heading of a column names, by its squeezed words."""
    words = packs.merged("fields", "en").get("columns", {})
    return {squeeze(w): field for name, field in COLUMNS.items() for w in words.get(name, ()) if fold(w)}


@cache
def _heading() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(w) for w in sorted(_meaning(), key=len, reverse=True)))
