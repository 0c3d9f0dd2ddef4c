"""Headings and title of a document that marks none as such: told by the size of the letters."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evaltrail.read.outline import Block

_LARGER = 1.12
"""Times the body's size from which on words are larger than the body."""
_LONGEST = 200
_LONGEST_TITLE = 300
_TITLE_AMONG = 25
"""Blocks at the beginning among which a title is looked for."""
_TITLE_WORDS = 3
"""A title has at least this many words; fewer are a masthead."""
_ENDS = (".", ";", ",", ":")
_BOLD_WORDS = 15


def body_size(blocks: list[Block]) -> float:
    """Size of most letters, in points; 0 where the document tells none."""
    sizes: Counter[float] = Counter()
    for b in blocks:
        if b.table is None:
            sizes[b.size] += len(b.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def promoted(blocks: list[Block], *, bold: bool = False) -> list[Block]:
    """The blocks, short paragraphs in larger letters made headings, with ``bold`` those all in bold too.

    A document that has headings of its own is left alone.
    """
    usual = body_size(blocks)
    if not usual or any(b.kind == "heading" for b in blocks):
        return blocks
    large = sorted({b.size for b in blocks if _is_large(b, usual)}, reverse=True)
    return [_promoted(b, usual, large, bold=bold) for b in blocks]


def _is_large(b: Block, usual: float) -> bool:
    return (
        b.kind == "paragraph" and b.table is None and b.size > usual * _LARGER and len(b.text) <= _LONGEST and any(map(str.isalpha, b.text))
    )


def _promoted(b: Block, usual: float, large: list[float], *, bold: bool) -> Block:
    if _is_large(b, usual):
        return replace(b, kind="heading", level=min(large.index(b.size) + 1, 6))
    short = b.kind == "paragraph" and b.table is None and len(b.text.split()) <= _BOLD_WORDS and not b.text.endswith(_ENDS)
    if bold and short and b.bold > 0.95 and b.size >= usual and b.text[:1].isalpha():
        return replace(b, kind="heading", level=min(len(large) + 1, 6))
    return b


def title_at(blocks: list[Block]) -> int | None:
    """Index of the block in the largest letters at the beginning, None where nothing there is larger than the body."""
    usual = body_size(blocks)
    best: int | None = None
    for i, b in enumerate(blocks[:_TITLE_AMONG]):
        if b.kind not in {"paragraph", "heading"} or b.table is not None or b.marker or len(b.text) > _LONGEST_TITLE:
            continue
        if usual and b.size > usual * _LARGER and len(b.text.split()) >= _TITLE_WORDS and (best is None or b.size > blocks[best].size):
            best = i
    return best
