"""Edges: how far the text of a column runs, which tells a line that is full from one that ends a paragraph."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from evaltrail.read.layout.model import word_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from evaltrail.read.layout.model import Line

NEAR = 2.0
"""Points by which the ends of justified lines differ."""
MIN_WORDS = 4


def settle(lines: Sequence[Line]) -> None:
    """Set the right edge of each line's column (lines of table cells have theirs from the cell)."""
    margins = _margins(lines)
    regions: dict[tuple[int, int, str | None], list[Line]] = defaultdict(list)
    for line in lines:
        regions[(line.page, line.region, line.box)].append(line)
    for members in regions.values():
        clusters = _clusters(members)
        for i, line in enumerate(members):
            line.column = (line.column[0], _right(line, i, members, clusters, margins))


def _right(
    line: Line, index: int, members: list[Line], clusters: list[tuple[float, int]], margins: list[tuple[float, float, int]]
) -> float:
    # Justified text: the nearest edge, not left of this line's end, on which several lines of its region end.
    usual = next((edge for left, edge, _ in margins if left - 4 <= line.x0 <= left + 4), 0.0)
    for edge, count in clusters:
        # A few short lines may end at one place by chance where the document's lines run further.
        if edge >= line.x1 - NEAR and (count >= 8 or edge > min(usual, line.limit) - 40):
            return edge
    near = members[max(0, index - 10) : index + 11]
    ends = [n.x1 for n in near if abs(n.size - line.size) < 0.6 and word_count(n.words) >= MIN_WORDS and n.x0 > line.x0 - 60]
    most = max(ends, default=line.x1)
    if _wraps_at(most, near):
        return max(most, line.x1)
    # Too little text here to tell: take what the document's columns do that begin where this one does, or most of them.
    for slack in (4.0, 1000.0):
        for left, edge, _ in margins:
            if left - slack <= line.x0 < edge - 60 and most - NEAR <= edge <= line.limit:
                return max(edge, line.x1)
    return max(most, line.x1)


def _wraps_at(edge: float, lines: list[Line]) -> bool:
    """Whether lines end because the next word would not go in before the edge: text broken by its column and not by its sense."""
    pairs = [(a, b) for a, b in pairwise(lines) if 0 < b.gap < 1.6 * b.size and abs(a.size - b.size) < 0.6]
    full = sum(1 for a, b in pairs if b.words[0].lead - b.words[0].x0 + 0.2 * a.size > edge - a.x1)
    return len(pairs) >= 3 and full >= 0.7 * len(pairs)


def _clusters(members: Iterable[Line]) -> list[tuple[float, int]]:
    ends = sorted(m.x1 for m in members if word_count(m.words) >= MIN_WORDS)
    out: list[tuple[float, int]] = []
    group: list[float] = []
    for e in ends:
        if group and e - group[0] > NEAR:
            out.append((group[-1], len(group)))
            group = []
        group.append(e)
    if group:
        out.append((group[-1], len(group)))
    total = len(ends)
    return [(e, n) for e, n in out if n >= max(3, 0.25 * total)]


def _margins(lines: Iterable[Line]) -> list[tuple[float, float, int]]:
    """Left and right edges of the document's columns, most used first: where many lines begin, and how far those run."""
    by_left: dict[int, Counter[int]] = defaultdict(Counter)
    for line in lines:
        if word_count(line.words) >= MIN_WORDS:
            by_left[round(line.x0 / 3)][round(line.x1)] += 1
    out = []
    for left, ends in by_left.items():
        total = ends.total()
        if total < 8:
            continue
        # The end that only a twentieth of the lines pass.
        passed = 0
        for end in sorted(ends, reverse=True):
            passed += ends[end]
            if passed >= max(2, 0.05 * total):
                out.append((left * 3.0, float(end), total))
                break
    return sorted(out, key=lambda m: -m[2])
