"""Gutters: the white between columns of text, and headings hung out beside a column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.read.layout.markers import BULLETS
from evaltrail.read.layout.model import word_count

if TYPE_CHECKING:
    from evaltrail.read.layout.grid import Grid
    from evaltrail.read.layout.model import Word

Fragment = tuple[float, float, float, float, "list[Word]", "Grid | int | None"]
"""x0, y0, x1, y1, words, or for an atom no words and the area that it stands for."""

MIN_LINES = 4
"""Lines on either side of a gutter."""
HANG = 60.0
"""Points by which a heading hangs out at least."""


def gutter_of(fragments: list[Fragment]) -> float | None:
    """X of the white strip with text beside it for the greatest height, or None."""
    x0, x1 = min(f[0] for f in fragments), max(f[2] for f in fragments)
    width = x1 - x0
    if width < 150:
        return None
    votes: dict[int, float] = {}
    for f, edge in _neighbours(fragments):
        if edge - f[2] < 7:
            continue
        for x in range(int(f[2]) + 1, int(edge)):
            if x0 + 0.15 * width < x < x1 - 0.15 * width:
                votes[x] = votes.get(x, 0) + (1 if f[5] is None else weight([f]))
    if not votes:
        return None
    most = max(votes.values())
    if most < MIN_LINES - 1:
        return None
    # The middle of the strip, where it is widest: other lines of a column may run a little further than those that vote.
    strip = sorted(x for x in votes if votes[x] == most)
    middle = strip[len(strip) // 2]
    left = [f for f in fragments if f[2] <= middle + 1]
    right = [f for f in fragments if f[0] >= middle - 1]
    if weight(left) < MIN_LINES or weight(right) < MIN_LINES:
        return None
    return float(middle) if _prose(left) and _prose(right) else None


def _neighbours(fragments: list[Fragment]) -> list[tuple[Fragment, float]]:
    """Fragments that have another beside them to the right, and where the nearest of these begins."""
    nearest: dict[int, float] = {}
    active: list[Fragment] = []
    for f in sorted(fragments, key=lambda f: f[1]):
        active = [a for a in active if a[3] - f[1] >= 2]
        for a in active:
            left, right = (a, f) if a[2] < f[0] else (f, a)
            if left[2] < right[0] and min(a[3], f[3]) - f[1] >= 2:
                key = id(left)
                nearest[key] = min(right[0], nearest.get(key, right[0]))
        active.append(f)
    return [(f, nearest[id(f)]) for f in fragments if id(f) in nearest]


def _prose(side: list[Fragment]) -> bool:
    """Whether the fragments are lines of running text, not labels or numbers beside it."""
    words = sorted(word_count(f[4]) for f in side if f[5] is None)
    widths = sorted(f[2] - f[0] for f in side)
    if any(f[5] is not None and f[2] - f[0] >= 90 and f[3] - f[1] >= 40 for f in side):
        return True
    return bool(words) and words[len(words) // 2] >= 4 and widths[len(widths) // 2] >= 90


def weight(side: list[Fragment]) -> int:
    """Lines of a side; an area counts as many as it is high."""
    return sum(1 if f[5] is None else 1 + int((f[3] - f[1]) / 14) for f in side)


def side_heads(fragments: list[Fragment]) -> list[list[Fragment]]:
    """Blocks of text hung out to the left of a column, from the top; empty where there are none or they are columns themselves."""
    lines = [f for f in fragments if f[5] is None and word_count(f[4]) >= 4]
    starts: dict[int, int] = {}
    for f in lines:
        starts[round(f[0] / 2)] = starts.get(round(f[0] / 2), 0) + 1
    if not starts:
        return []
    edge, count = max(((2.0 * x, n + starts.get(x + 1, 0)) for x, n in starts.items()), key=lambda e: e[1])
    if count < 2 * MIN_LINES or count < 0.45 * len(lines):
        return []
    left = [f for f in fragments if f[5] is None and f[2] <= edge - 4]
    if not left or len(left) > 0.35 * count or edge - min(f[0] for f in left) < HANG:
        return []
    if any(
        f[5] is None and f[0] < edge - 6 and f[2] > edge + 40
        for f in fragments
        if f[1] > min(g[1] for g in left) and f[3] < max(g[3] for g in left)
    ):
        return []
    blocks: list[list[Fragment]] = []
    for f in sorted(left, key=lambda f: f[1]):
        if blocks and f[1] - blocks[-1][-1][3] < 0.6 * (f[3] - f[1]) + 4:
            blocks[-1].append(f)
        else:
            blocks.append([f])
    bottom = max(f[3] for f in fragments)
    heads = [b for b in blocks if _is_head(b) and any(abs(g[1] - b[0][1]) < 12 and g[0] > edge - 4 for g in fragments) and b[0][3] < bottom]
    return heads if len(heads) >= 0.5 * len(blocks) else []


def _is_head(block: list[Fragment]) -> bool:
    """Whether a block beside the text is words and not numbers, markers or a label of a line."""
    words = [t for f in block for w in f[4] for t in w.text.split()]
    letters = sum(c.isalpha() for w in words for c in w)
    return letters >= 4 and words[0] not in BULLETS and not (len(words) == 1 and words[0].endswith((".", ")", ":")))
