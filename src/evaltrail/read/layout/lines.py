"""Lines: words to fragments (unbroken runs on one baseline) and fragments to lines."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from evaltrail.read.layout.model import Line, extent, word_count

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evaltrail.read.layout.model import Word

_LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
MIN_SPACED = 4
"""Single letters in a row that may be one word set wide."""
WIDE_GAP = 0.95
"""Ems of white that end a fragment: wider than almost all spaces of justified text, narrower than a column's gutter or a tab."""

CLOSING = frozenset(".,:;)]”’»?!")
TIGHT = 0.16
"""Ems of white that may stand before punctuation without a blank; the narrow blank of French is wider."""
SMALL = 0.85
"""Share of the size of the text around it below which a raised word is a mark."""


def fragments(words: Iterable[Word], gap: float = WIDE_GAP) -> list[list[Word]]:
    """Runs of words that stand on one baseline (superscripts included) without a wide gap, top to bottom, left to right."""
    return [run for row in rows(words) for run in split(row, gap)]


def split(row: list[Word], gap: float = WIDE_GAP) -> list[list[Word]]:
    """A row in runs between wide gaps."""
    out: list[list[Word]] = []
    run: list[Word] = []
    edge = before = 0.0
    for w in row:
        size = w.style.size
        if run and w.x0 - edge > gap * (max(before, size)):
            out.append(run)
            run = []
        if not run or w.x1 > edge:
            edge = w.x1
        before = size
        run.append(w)
    if run:
        out.append(run)
    return out


def rows(words: Iterable[Word]) -> list[list[Word]]:
    """Words of one baseline together, from the top, each row from the left; raised and lowered words with the line that they belong to."""
    found: list[list[Word]] = []
    base = -1e9
    for w in sorted(words, key=_base):
        # Words on nearly the same baseline are one row.
        if w.base - base <= 1.2 or w.base - base <= 0.12 * w.style.size:
            found[-1].append(w)
        else:
            found.append([w])
            base = w.base
    for row in found:
        row.sort(key=_left)
    return _raised(found)


def _base(w: Word) -> float:
    return w.base


def _left(w: Word) -> float:
    return w.x0


def _raised(found: list[list[Word]]) -> list[list[Word]]:
    """Put superscripts and subscripts to the row that they belong to."""
    bases = [row[0].base for row in found]
    sizes = [max(w.style.size for w in row) for row in found]
    moved = False
    for i, row in enumerate(found):
        near = [
            j
            for j in (i + 1, i - 1, i + 2, i - 2)
            if 0 <= j < len(found)
            and -0.35 * sizes[j] < bases[j] - bases[i] < 0.75 * sizes[j]
            and any(w.style.size < SMALL * sizes[j] for w in row)
        ]
        if not near:
            continue
        taken = set()
        last: tuple[Word, list[Word]] | None = None
        for w in row:
            home = _home(w, alone=word_count(row) <= 2, first=w is row[0], rows=[found[j] for j in near])
            if home is None and last is not None and w.style.size < SMALL * _size(last[1]) and 0 <= w.x0 - last[0].x1 < w.style.size:
                # A further mark behind one that is raised.
                home = last[1]
            if home is not None:
                last = w, home
                home.append(w)
                home.sort(key=_left)
                taken.add(id(w))
                moved = True
        if taken:
            row[:] = [w for w in row if id(w) not in taken]
    return [row for row in found if row] if moved else found


def _size(row: list[Word]) -> float:
    return max(w.style.size for w in row)


def _home(w: Word, *, alone: bool, first: bool, rows: list[list[Word]]) -> list[Word] | None:
    """The row beside one of whose words ``w`` stands raised or lowered, or None."""
    best = None
    before = 4.5 if alone else 1.5 if first else 0.3
    for row in rows:
        for v in row:
            size = v.style.size
            if w.style.size >= SMALL * size:
                continue
            shift = v.base - w.base
            if -0.35 * size < shift < 0.75 * size and -0.5 * size < w.x0 - v.x1 < 0.6 * size:
                return row
            if 0 < shift < 0.75 * size and 0 <= v.x0 - w.x1 < before * size and best is None:
                best = row
    return best


def make_line(words: list[Word], page: int) -> Line:
    """A line from words from left to right: box, main size, text with the spaces that the gaps ask for, in the order of reading."""
    if len(words) > 2 and sum(len(w.text) == 1 for w in words) > 0.75 * len(words):
        words = _unspaced(words)
    if any(not w.text.isascii() and _LEFTWARD.search(w.text) for w in words):
        words = _leftward(words)
    weight: dict[float, int] = {}
    colours: dict[str | None, int] = {}
    bold = 0
    base: dict[float, int] = {}
    parts: list[str] = []
    starts: list[int] = []
    at = 0
    edge = None
    for w in words:
        n = len(w.text)
        weight[w.style.size] = weight.get(w.style.size, 0) + n
        colours[w.style.colour] = colours.get(w.style.colour, 0) + n
        bold += n * w.style.bold
        base[w.base] = base.get(w.base, 0) + n
        if edge is not None and (not w.glued if w.turned or w.x1 < edge else is_apart(w, edge)):
            parts.append(" ")
            at += 1
        starts.append(at)
        parts.append(w.text)
        at += n
        edge = w.x1
    size = max(weight, key=lambda s: (weight[s], s)) if len(weight) > 1 else words[0].style.size
    main = max(base, key=lambda b: base[b]) if len(base) > 1 else words[0].base
    colour = max(colours, key=lambda c: colours[c]) if len(colours) > 1 else words[0].style.colour
    line = Line(words, *extent(words), main, size, "".join(parts), tuple(starts), page=page)
    line.bold, line.colour = bold / max(1, sum(weight.values())), colour
    return line


def _unspaced(words: list[Word]) -> list[Word]:
    """Words whose letters were set wide ("S U M M A R Y"), their letters glued; wider gaps part the words."""
    gaps = sorted(b.x0 - a.x1 for a, b in pairwise(words))
    usual = gaps[len(gaps) // 2]
    singles = sum(len(w.text) == 1 and w.text.isalpha() for w in words)
    if singles < MIN_SPACED or all(w.glued for w in words[1:]) or usual <= 0 or gaps[int(0.7 * (len(gaps) - 1))] > 1.5 * usual + 0.5:
        return words
    out = words[:1]
    for a, w in pairwise(words):
        # The box begins where the letter before ends, so that nothing takes the white for a blank.
        out.append(replace(w, glued=True, x0=a.x1) if w.x0 - a.x1 <= 1.6 * usual + 0.3 else w)
    return out


def _leftward(words: list[Word]) -> list[Word]:
    """A line that is mostly of a script written to the left, from the right; what runs to the right in it stays in its own order."""
    letters = [c for w in words for c in w.text if c.isalpha()]
    if sum(bool(_LEFTWARD.match(c)) for c in letters) < 0.5 * len(letters):
        return words
    out: list[Word] = []
    run: list[Word] = []
    for w in reversed(words):
        # Numbers and Latin words keep their own order.
        if w.text.isascii() and any(c.isalnum() for c in w.text):
            run.insert(0, w)
            continue
        out.extend(run)
        run = []
        out.append(w)
    return out + run


def is_apart(w: Word, edge: float) -> bool:
    """Whether white stands between a word and the end of the one before it."""
    gap = w.x0 - edge
    if w.text[0] in CLOSING and gap < TIGHT * w.style.size:
        # The white beside a mark of punctuation itself, behind a footnote's raised number for one.
        return False
    return gap > 0.02 * w.style.size and not (w.glued and gap < 0.25 * w.style.size)
