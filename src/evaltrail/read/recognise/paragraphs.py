"""The paper's numbered paragraphs, and where its text calls the footnotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evaltrail.record import Paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.read.outline import Block
    from evaltrail.record import Place

_DECIMAL = re.compile(r"^\(?(\d{1,4})[.)]?$")


def numbered_paragraphs(blocks: Sequence[Block]) -> frozenset[int]:
    """Indices of blocks that are numbered paragraphs of the paper: the longest run of markers that counts up through it."""
    marked: list[tuple[int, int]] = []
    for i, b in enumerate(blocks):
        number = paragraph_number(b)
        if number is not None and b.kind in ("paragraph", "item"):
            marked.append((i, int(number)))
    # A paper's own numbering counts by one; a list inside it starts again at 1 and is passed over.
    runs: list[list[tuple[int, int]]] = []
    for i, n in marked:
        fitting = [r for r in runs if r[-1][1] < n <= r[-1][1] + (1 if len(r) < 6 else 3)]
        if fitting:
            max(fitting, key=len).append((i, n))
        elif n <= 2 or not runs:
            runs.append([(i, n)])
    best = max(runs, key=len, default=[])
    if len(best) < 8:
        return frozenset()
    # It runs through the paper and numbers its text; a list, however long, stands in one place.
    first, last = best[0][0], best[-1][0]
    text = sum(b.kind == "paragraph" and len(b.text.split()) >= 12 for b in blocks[first : last + 1])
    through = last - first >= 0.4 * len(blocks) and len(best) >= 0.25 * text
    return frozenset(i for i, _ in best) if through else frozenset()


def paragraph_number(b: Block) -> str | None:
    """The whole number that marks a block, None where another marker or none stands."""
    m = _DECIMAL.match(b.marker.text.strip())
    return m.group(1) if m else None


def paragraph(b: Block) -> Paragraph:
    """The record's form of a numbered paragraph."""
    return Paragraph(number=paragraph_number(b) or "", text=b.text, places=b.content.places())


def footnote_marks(blocks: Sequence[Block]) -> dict[str, tuple[Place, ...]]:
    """Number of a footnote -> places of the words that carry its mark."""
    out: dict[str, list[Place]] = {}
    for b in blocks:
        for at, number in b.marks:
            start = max(b.text.rfind(" ", 0, max(at - 1, 0)), 0)
            out.setdefault(number, []).extend(b.content.cut(start, at).places())
    return {k: tuple(v) for k, v in out.items()}
