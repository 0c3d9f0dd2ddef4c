"""Footnotes: small print at the foot of a page that begins with a number, and the raised numbers in the text that point to it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaltrail.read.layout.grid import Grid
from evaltrail.read.layout.model import word_count
from evaltrail.read.layout.page import all_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from evaltrail.read.layout.model import Frame, Line, Word
    from evaltrail.read.layout.page import LaidPage
    from evaltrail.read.layout.paragraphs import Manner

_MARK = re.compile(r"\[?\(?(\d{1,3}|[*†‡§¶]{1,3}|[a-z])\)?\]?")
_RAISED = re.compile(r"[\[(]?(\d{1,3}(?:[,;–-]\s?\d{1,3})*|[*†‡§]{1,3}|[¹²³⁴-⁹⁰]{1,3})[\])]?[,;]?")
FIGURES = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_UNITS = frozenset({"m", "km", "cm", "mm", "ha", "ft", "dm", "co", "r", "χ", "x", "10", "n"})
MIN_SERIES = 4
"""Raised numbers that grow from which they are taken for marks without their notes at hand."""


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
        pointed = _pointed(page, marks)
        for zone in _zones(page, set_aside, manner, pointed):
            taken.update(id(line) for line in zone)
            expected = _next(notes)
            raised = any(_raised_first(line) and _number(line, marks) for line in zone)
            for line in zone:
                number = _number(line, marks)
                if number is not None and number[0].isdigit() and raised and not _raised_first(line):
                    # Where notes have raised numbers, another number at a line's start is a word of the note.
                    number = None
                if number is not None and (number[0] in pointed or not number[0].isdigit() or raised or _follows(number[0], expected)):
                    notes.append(Note(_once(number[0], pointed), [line], number[1]))
                    expected = _next(notes)
                elif notes:
                    notes[-1].lines.append(line)
                else:
                    taken.discard(id(line))
    return notes, taken


def confirmed(marks: set[int], pages: Sequence[LaidPage], notes: Sequence[Note]) -> set[int]:
    """The marks that point to a note.

    Its number stands on the same page or the next, or in running text on one before, where only one note bears it (a further call of
    it); or, for notes at the end, numbers only grow.
    """
    at: dict[str, set[int]] = {}
    for note in notes:
        at.setdefault(note.number, set()).update({note.lines[0].page, note.lines[0].page - 1})
    borne = Counter(note.number for note in notes)
    once = {note.number: note.lines[0].page for note in notes if borne[note.number] == 1 and note.number.isdigit()}
    out: set[int] = set()
    loose: list[tuple[int, int]] = []
    for page in pages:
        running = {id(e) for e in page.elements if not isinstance(e, Grid)}
        for line in all_lines(page.elements):
            for w in line.words:
                if id(w) not in marks:
                    continue
                numbers = re.findall(r"\d+|[*†‡§]+", w.text.translate(FIGURES))
                again = id(line) in running and numbers and all(once.get(n, page.number) < page.number for n in numbers)
                if again or any(page.number in at.get(n, ()) for n in numbers):
                    out.add(id(w))
                elif numbers and numbers[0].isdigit():
                    loose.append((int(numbers[0]), id(w)))
    growing = [(n, i) for k, (n, i) in enumerate(loose) if k == 0 or 0 <= n - loose[k - 1][0] <= 2]
    if len(growing) >= MIN_SERIES and len(growing) > 0.8 * len(loose) and growing[-1][0] - growing[0][0] >= MIN_SERIES - 1:
        out.update(i for _, i in growing)
    return out


def _pointed(page: LaidPage, marks: set[int]) -> set[str]:
    """Numbers to which the page's text points."""
    out: set[str] = set()
    for line in all_lines(page.elements):
        for w in line.words[1:]:
            if id(w) in marks:
                out.update(re.findall(r"\d+|[*†‡§]+", w.text.translate(FIGURES)))
    return out


def _zones(page: LaidPage, set_aside: set[int], manner: Manner, pointed: set[str]) -> Iterable[list[Line]]:
    """Notes at the foot of each of the page's columns."""
    flow = [e for e in page.elements if not isinstance(e, Grid) and id(e) not in set_aside and not e.aside and e.box is None]
    rules = [(r.at, r.start, r.end) for r in page.rules]
    # Some programs draw the rule over the notes with low lines.
    rules += [(e.base, e.x0, e.x1) for e in page.elements if not isinstance(e, Grid) and set(e.text) <= set("_ ") and e.text]
    columns: dict[int, list[Line]] = {}
    for line in flow:
        columns.setdefault(line.region, []).append(line)
    for column in columns.values():
        left, right = min(line.x0 for line in column), max(line.x1 for line in column)
        below = [e for e in page.elements if id(e) not in set_aside and e not in column and e.x0 < right and e.x1 > left]
        foot = max(line.y1 for line in column)
        if foot < 0.4 * page.frame.height:
            continue
        # The last text of its column may be notes; what stands over a table at the page's foot only if its number says so.
        last = not any(e.y0 > foot and not _is_small(e, manner) for e in below)
        floor = max((e.y1 for e in below if e.y1 <= foot and isinstance(e, Grid)), default=0.0)
        zone = _zone(sorted(column, key=lambda line: line.base), rules, floor, page.frame, manner, pointed)
        if zone and (last or _raised_first(zone[0])):
            yield zone


def _is_small(e: Line | Grid, manner: Manner) -> bool:
    """Whether an element is a short line such as a job number, under which nothing of the text stands."""
    return not isinstance(e, Grid) and (e.aside or word_count(e.words) <= 4 or e.size < manner.body - 0.4)


def _zone(
    flow: list[Line], rules: list[tuple[float, float, float]], floor: float, frame: Frame, manner: Manner, pointed: set[str]
) -> list[Line]:
    """Lines at the foot of a column from the first that begins with a mark, or under a short rule, on."""
    for at, start, end in sorted(rules, reverse=True):
        below = [line for line in flow if line.base > at]
        if (
            not below
            or end - start > 0.5 * frame.width
            or at < 0.25 * frame.height
            or at < floor - 4
            or not start - 6 <= below[0].x0 <= end
        ):
            continue
        number = _number(below[0], None)
        raised = number is not None and (_raised_first(below[0]) or number[0] in pointed)
        near = 0 <= below[0].y0 - at < 4 * below[0].size
        # Under the rule stand notes: in small print (what has no number goes on from the page before), or with raised numbers.
        if near and (raised or all(line.size < manner.body - 0.4 for line in below)):
            return below
    tail: list[Line] = []
    for line in reversed(flow):
        if not tail and line.base > 0.85 * frame.height and word_count(line.words) <= 4 and line.size > manner.body - 0.4:
            # A job number or the like under the notes.
            continue
        if line.base < floor or line.size > manner.body - 0.4 or line.bold > 0.95:
            break
        tail.insert(0, line)
    if not tail or (tail[0].base < 0.25 * frame.height and len(tail) == len(flow)):
        return []
    for i, line in enumerate(tail):
        number = _number(line, None)
        if number is not None and (number[0] in pointed or not number[0].isalnum() or _raised_first(line)):
            return tail[i:]
    return []


def _raised_first(line: Line) -> bool:
    return _is_raised(line, line.words[0])


def _is_raised(line: Line, word: Word) -> bool:
    return word.style.size < 0.82 * line.size and line.base - word.base > 0.1 * line.size


def _number(line: Line, marks: set[int] | None) -> tuple[str, int] | None:
    """The number with which a note's line begins, and how many words it takes."""
    if len(line.words) < 2 and marks is not None:
        return None
    first = line.words[0]
    found = _MARK.fullmatch(first.text.rstrip(".").translate(FIGURES))
    if found is None:
        return None
    if _raised_first(line) or found[1].isdigit() or not found[1].isalnum():
        # Word processors print a note's own mark, and then its words, which may begin with the mark again.
        again = (
            len(line.words) > 2
            and _is_raised(line, line.words[1])
            and line.words[1].text.translate(FIGURES) == first.text.translate(FIGURES)
        )
        return found[1], 2 if again else 1
    return None


def _once(number: str, pointed: set[str]) -> str:
    """A note's mark; of one that is printed twice as one word, and to which the text so points nowhere, its half."""
    half = number[: len(number) // 2]
    return half if half + half == number and number not in pointed and half in pointed else number


def _next(notes: list[Note]) -> int | None:
    for note in reversed(notes):
        if note.number.isdigit():
            return int(note.number) + 1
    return None


def _follows(number: str, expected: int | None) -> bool:
    return expected is None or number == "1" or 0 <= int(number) - expected <= 3
