"""Footnotes: small print at the foot of a page that begins with a number, and the raised numbers in the text that point to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaltrail.read.layout.grid import Grid
from evaltrail.read.layout.model import word_count
from evaltrail.read.layout.page import all_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.read.layout.model import Line
    from evaltrail.read.layout.page import LaidPage
    from evaltrail.read.layout.paragraphs import Manner

_MARK = re.compile(r"\[?\(?(\d{1,3}|[*†‡§¶]{1,3}|[a-z])\)?\]?")
_RAISED = re.compile(r"[\[(]?(\d{1,3}(?:[,;–-]\s?\d{1,3})*|[*†‡§]{1,3})[\])]?[,;]?")
_UNITS = frozenset({"m", "km", "cm", "mm", "ha", "ft", "dm", "co", "r", "χ", "x", "10", "n"})


@dataclass(slots=True, eq=False)
class Note:
    """A footnote: its number and its lines, those on the next page too."""

    number: str
    lines: list[Line]
    words: int = 1
    """Words of the first line that the number takes."""


def marks_of(lines: Sequence[Line]) -> set[int]:
    """``id`` of each word that is a raised reference to a note."""
    out: set[int] = set()
    for line in lines:
        for i, w in enumerate(line.words):
            if w.style.size < 0.82 * line.size and line.base - w.base > 0.12 * line.size and _RAISED.fullmatch(w.text):
                before = line.words[i - 1] if i else None
                if before is not None and re.sub(r"^.*\W", "", before.text).lower() in _UNITS and w.glued:
                    continue
                out.add(id(w))
    return out


def notes_of(pages: Sequence[LaidPage], set_aside: set[int], manner: Manner, marks: set[int]) -> tuple[list[Note], set[int]]:
    """Footnotes in order and ``id`` of each line that is one."""
    notes: list[Note] = []
    taken: set[int] = set()
    for page in pages:
        pointed = {re.sub(r"\D", "", w.text) or w.text for line in all_lines(page.elements) for w in line.words if id(w) in marks and w is not line.words[0]}
        zone = _zone(page, set_aside, manner, pointed)
        if not zone:
            continue
        taken.update(id(line) for line in zone)
        expected = _next(notes)
        for line in zone:
            number = _number(line, marks)
            if number is not None and (number[0] in pointed or not number[0].isdigit() or _follows(number[0], expected)):
                notes.append(Note(number[0], [line], number[1]))
                expected = _next(notes)
            elif notes:
                notes[-1].lines.append(line)
            else:
                taken.discard(id(line))
    return notes, taken


def _zone(page: LaidPage, set_aside: set[int], manner: Manner, pointed: set[str]) -> list[Line]:
    """Lines of small print at the page's foot, from the first that begins with a mark or under the rule on."""
    flow = [e for e in page.elements if not isinstance(e, Grid) and id(e) not in set_aside and not e.aside and e.box is None]
    flow.sort(key=lambda line: line.base)
    grids = [e.y1 for e in page.elements if isinstance(e, Grid)]
    floor = max(grids, default=0.0)
    tail: list[Line] = []
    for line in reversed(flow):
        if not tail and line.base > 0.85 * page.frame.height and word_count(line.words) <= 4 and line.size > manner.body - 0.4:
            # A job number or the like under the notes.
            continue
        if line.base < floor or line.size > manner.body - 0.4 or line.bold > 0.95:
            break
        tail.insert(0, line)
    if not tail or tail[0].base < 0.25 * page.frame.height and len(tail) == len(flow):
        return []
    # A short rule at the left over the small print parts notes from text; what stands under it without a number goes on from the page before.
    for rule in page.rules:
        below = [line for line in tail if line.y0 > rule.at - 3]
        if below and rule.end - rule.start < 0.5 * page.frame.width and 0 <= below[0].y0 - rule.at < 4 * below[0].size and all(line.base < rule.at + 2 for line in flow if line not in below and line.base < tail[-1].base):
            return below
    for i, line in enumerate(tail):
        number = _number(line, None)
        if number is not None and (number[0] in pointed or not number[0].isalnum() or _raised_first(line)):
            return tail[i:]
    return []


def _raised_first(line: Line) -> bool:
    first = line.words[0]
    return first.style.size < 0.82 * line.size and line.base - first.base > 0.1 * line.size


def _number(line: Line, marks: set[int] | None) -> tuple[str, int] | None:
    """The number with which a note's line begins, and how many words it takes."""
    if len(line.words) < 2 and marks is not None:
        return None
    first = line.words[0]
    found = _MARK.fullmatch(first.text.rstrip("."))
    if found is None:
        return None
    if _raised_first(line) or found[1].isdigit() or not found[1].isalnum():
        return found[1], 1
    return None


def _next(notes: list[Note]) -> int | None:
    for note in reversed(notes):
        if note.number.isdigit():
            return int(note.number) + 1
    return None


def _follows(number: str, expected: int | None) -> bool:
    return expected is None or number == "1" or 0 <= int(number) - expected <= 3


