"""Which elements of two sequences are the same, in order: anchors first, then what lies between them.

Elements that stand once in both sequences are anchors, as far as they keep their order (Bram Cohen's patience diff); between two anchors
it goes on the same way, and where no anchor is left the longest common subsequence is computed, as far as the gap is small.  The time so
grows with the length of the texts and not with its square, whatever they are.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

_MOST = 4_000
"""Cells of the table that the longest common subsequence of a gap may take."""
_DEEPEST = 24
"""Gaps within gaps that are looked into."""

Pairs = list[tuple[int, int]]


def aligned(old: Sequence[Hashable], new: Sequence[Hashable]) -> Pairs:
    """Pairs of indices of equal elements, ascending in both."""
    out: Pairs = []
    _align(old, new, 0, len(old), 0, len(new), out, 0)
    out.sort()
    return out


def _align(a: Sequence[Hashable], b: Sequence[Hashable], a0: int, a1: int, b0: int, b1: int, out: Pairs, depth: int) -> None:
    while a0 < a1 and b0 < b1 and a[a0] == b[b0]:
        out.append((a0, b0))
        a0, b0 = a0 + 1, b0 + 1
    while a0 < a1 and b0 < b1 and a[a1 - 1] == b[b1 - 1]:
        a1, b1 = a1 - 1, b1 - 1
        out.append((a1, b1))
    if a0 == a1 or b0 == b1:
        return
    anchors = _anchors(a, b, a0, a1, b0, b1) if depth < _DEEPEST else []
    if not anchors:
        if (a1 - a0) * (b1 - b0) <= _MOST:
            out += _longest(a[a0:a1], b[b0:b1], a0, b0)
        return
    i0, j0 = a0, b0
    for i, j in anchors:
        if i < i0:
            continue  # a gap before it reached this far
        _align(a, b, i0, i, j0, j, out, depth + 1)
        out.append((i, j))
        i0, j0 = i + 1, j + 1
    _align(a, b, i0, a1, j0, b1, out, depth + 1)


def _anchors(a: Sequence[Hashable], b: Sequence[Hashable], a0: int, a1: int, b0: int, b1: int) -> Pairs:
    """Elements that are there once in both gaps, and keep their order."""
    once = _once(a, a0, a1)
    also = _once(b, b0, b1)
    pairs = [(i, also[k]) for k, i in once.items() if k in also]
    pairs.sort()
    return [pairs[n] for n in in_order([j for _, j in pairs])]


def _once(of: Sequence[Hashable], start: int, end: int) -> dict[Hashable, int]:
    seen: dict[Hashable, int] = {}
    twice = set()
    for i in range(start, end):
        if of[i] in seen:
            twice.add(of[i])
        seen[of[i]] = i
    return {k: i for k, i in seen.items() if k not in twice}


def in_order(numbers: Sequence[int]) -> list[int]:
    """Indices of a longest ascending subsequence of different numbers."""
    tops: list[int] = []  # the smallest last number of a run of each length
    at: list[int] = []
    before: list[int] = []
    for n, value in enumerate(numbers):
        k = bisect_left(tops, value)
        before.append(at[k - 1] if k else -1)
        if k == len(tops):
            tops.append(value)
            at.append(n)
        else:
            tops[k], at[k] = value, n
    out = []
    n = at[-1] if at else -1
    while n >= 0:
        out.append(n)
        n = before[n]
    return out[::-1]


def _longest(a: Sequence[Hashable], b: Sequence[Hashable], a0: int, b0: int) -> Pairs:
    """A longest common subsequence; of several one whose matches stand together, for runs read better than single words."""
    n, m = len(a), len(b)
    # best[i][j]: what a[i:] and b[j:] have at best; three for a match, one more where the next two match as well.
    best = [[0] * (m + 2) for _ in range(n + 2)]
    for i in range(n - 1, -1, -1):
        row, below, x = best[i], best[i + 1], a[i]
        for j in range(m - 1, -1, -1):
            skip = row[j + 1] if row[j + 1] >= below[j] else below[j]  # noqa: FURB136 - twice as fast as max()
            if x == b[j]:
                run = below[j + 1] + (4 if i + 1 < n and j + 1 < m and a[i + 1] == b[j + 1] else 3)
                row[j] = run if run >= skip else skip  # noqa: FURB136 - as above
            else:
                row[j] = skip
    out: Pairs = []
    i = j = 0
    while i < n and j < m:
        skip = max(best[i][j + 1], best[i + 1][j])
        if a[i] == b[j] and (best[i][j] > skip or best[i + 1][j + 1] + 3 >= skip):
            out.append((a0 + i, b0 + j))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return out
