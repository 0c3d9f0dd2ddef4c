"""Where in a file the register is: which sheet, and which of its rows holds the headings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evaltrail_office.follow_up.registers.words import field_for

if TYPE_CHECKING:
    from collections.abc import Sequence

_LOOK = 40
"""First rows of a sheet among which the headings are."""
_NUMBER = re.compile(r"[\d\s.,/%:()€$£-]+")


def header_of(rows: Sequence[Sequence[str]]) -> int | None:
    """Number from 1 of the row with the headings; None where no row looks like one."""
    best: tuple[float, int] | None = None
    for at, row in enumerate(rows[:_LOOK]):
        cells = [c for c in row if c]
        if len(cells) < 2 or not any(any(r) for r in rows[at + 1 : at + 4]):
            continue
        below = [sum(1 for c in r if c) for r in rows[at + 1 : at + 21] if any(r)]
        width = max(below, default=0)
        words = [c for c in cells if len(c) <= 120 and not _NUMBER.fullmatch(c)]
        known = sum(sure for c in words for _name, sure in [field_for(c)] if len(c) <= 60)
        score = known * 2 + len(words) - 2 * (len(cells) - len(words)) - (len(cells) - len(set(cells))) - abs(width - len(cells)) * 0.5
        # Of two alike the upper one: below it rows of data may use the same words.
        if best is None or score > best[0] + 0.5:
            best = (score, at)
    return best[1] + 1 if best is not None and best[0] > 0 else None


def chosen(sheets: Sequence[tuple[bool, Sequence[Sequence[str]]]]) -> tuple[int, int] | None:
    """Place of the sheet with most rows below its headings (one that is shown before one that is hidden), and the headings' row."""
    found = []
    for at, (shown, rows) in enumerate(sheets):
        header = header_of(rows)
        if header is not None:
            below = sum(1 for r in rows[header:] if any(r))
            found.append((shown, below, -at, header))
    if not found:
        return None
    _shown, _below, at, header = max(found)
    return -at, header


def headings_of(row: Sequence[str], width: int) -> list[str]:
    """Names of all columns, each once: an empty one is named by its letter, a second one of the same name gets a number."""
    out: list[str] = []
    for at in range(width):
        name = " ".join((row[at] if at < len(row) else "").split())[:120] or f"({letter(at)})"
        number, own = 1, name
        while own in out:
            number += 1
            own = f"{name} ({number})"
        out.append(own)
    return out


def letter(at: int) -> str:
    """A column as spreadsheets name it: 0 is A, 26 is AA."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(65 + rest) + name
    return name
