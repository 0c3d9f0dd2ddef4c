"""Lines: words to fragments (unbroken runs on one baseline) and fragments to lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.read.layout.model import Line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evaltrail.read.layout.model import Word

WIDE_GAP = 0.95
"""Ems of white that end a fragment: wider than almost all spaces of justified text, narrower than a column's gutter or a tab."""


def fragments(words: Iterable[Word], gap: float = WIDE_GAP) -> list[list[Word]]:
    """Runs of words that stand on one baseline (superscripts included) without a wide gap, top to bottom, left to right."""
    return [run for row in rows(words) for run in split(row, gap)]


def split(row: list[Word], gap: float = WIDE_GAP) -> list[list[Word]]:
    """A row in runs between wide gaps."""
    out: list[list[Word]] = []
    run: list[Word] = []
    edge = 0.0
    for w in row:
        if run and w.x0 - edge > gap * max(w.style.size, run[-1].style.size):
            out.append(run)
            run = []
        edge = max(edge, w.x1) if run else w.x1
        run.append(w)
    if run:
        out.append(run)
    return out


def rows(words: Iterable[Word]) -> list[list[Word]]:
    """Words of one baseline together, from the top, each row from the left."""
    ordered = sorted(words, key=lambda w: (w.base, w.x0))
    found: list[list[Word]] = []
    bases: list[float] = []
    for w in ordered:
        # Words on nearly the same baseline are one row.
        if found and w.base - bases[-1] <= max(1.2, 0.12 * w.style.size):
            found[-1].append(w)
        else:
            found.append([w])
            bases.append(w.base)
    found = _raise(found, bases)
    for row in found:
        row.sort(key=lambda w: w.x0)
    return found


def _raise(found: list[list[Word]], bases: list[float]) -> list[list[Word]]:
    """Put rows of superscripts and subscripts to the row that they belong to."""
    out: list[list[Word]] = []
    homes: list[list[Word]] = list(found)
    for i, row in enumerate(found):
        taken: list[Word] = []
        for w in row:
            home = _home(w, i, found, bases)
            if home is not None:
                homes[home].append(w)
                taken.append(w)
        if taken:
            for w in taken:
                row.remove(w)
    for row in found:
        if row:
            out.append(row)
    return out


def _home(w: Word, i: int, found: list[list[Word]], bases: list[float]) -> int | None:
    """Index of the neighbouring row beside one of whose words ``w`` stands raised or lowered, or None."""
    best = None
    for j in (i + 1, i - 1, i + 2, i - 2):
        if not 0 <= j < len(found) or not found[j]:
            continue
        shift = bases[j] - w.base
        for v in found[j]:
            size = v.style.size
            if w.style.size < 0.85 * size and -0.35 * size < shift < 0.75 * size and -0.5 * size < w.x0 - v.x1 < 0.6 * size:
                return j
            if w.style.size < 0.85 * size and 0 < shift < 0.75 * size and 0 <= v.x0 - w.x1 < (4.5 if len(found[i]) <= 2 else 1.5 if w is found[i][0] else 0.3) * size and best is None:
                best = j
    return best


def make_line(words: list[Word], page: int) -> Line:
    """A line from words in reading order: box, main size, text with the spaces that the gaps ask for."""
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
        if edge is not None and not (w.glued and w.x0 - edge < 0.25 * w.style.size) and w.x0 - edge > 0.02 * w.style.size:
            parts.append(" ")
            at += 1
        starts.append(at)
        parts.append(w.text)
        at += n
        edge = w.x1
    size = max(weight, key=lambda s: (weight[s], s))
    return Line(
        words,
        min(w.x0 for w in words),
        min(w.y0 for w in words),
        max(w.x1 for w in words),
        max(w.y1 for w in words),
        max(base, key=lambda b: base[b]),
        size,
        "".join(parts),
        tuple(starts),
        page=page,
        bold=bold / max(1, sum(weight.values())),
        colour=max(colours, key=lambda c: colours[c]),
    )
