"""The front of a paper: what stands on it before its first section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.write.papers._references import number_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.record import Passage

_MOST = 40
"""A front of more passages is none: the first section was not told apart."""
_PROSE = 120
"""Characters from which a paragraph is running text and not a line of a title page."""


def front_of(passages: Sequence[Passage]) -> int:
    """How many passages make the front: up to the first section, numbered paragraph or heading with running text under it.

    A heading whose text comes before the title, or within a box for the paper's purpose, belongs to the front.
    """
    titled = next((i for i, p in enumerate(passages[:_MOST]) if p.kind == "title"), -1)
    for i, p in enumerate(passages[: _MOST + 1]):
        if i > titled and (p.heads or (p.kind != "item" and number_of(p.marker)) or p.kind == "table"):
            # The heading above belongs to what it heads.
            first = i
            while first - 1 > titled and passages[first - 1].kind == "heading":
                if passages[first].heads and passages[first].section != first - 1:
                    break
                first -= 1
            return first
        if i > titled and p.kind == "heading" and _opens(passages, i) and not is_purpose(passages, i):
            return i
    return 0 if titled < 0 else titled + 1


def is_purpose(passages: Sequence[Passage], i: int) -> bool:
    """Whether a heading opens the box that says what the paper is for: unnumbered text, then the first section of all."""
    if passages[i].marker or not _opens(passages, i):
        return False
    for p in passages[i + 1 : i + 20]:
        if "contents" in p.within:
            return False
        if p.kind == "heading":
            return bool(p.heads) and not number_of(passages[i].marker) and any(number_of(q.marker) for q in passages[i + 1 : i + 40])
        if p.kind not in ("paragraph", "item") or (p.kind == "paragraph" and number_of(p.marker)):
            return p.kind == "paragraph"
    return False


def _opens(passages: Sequence[Passage], i: int) -> bool:
    """Whether running text stands right under the heading."""
    behind = next((p for p in passages[i + 1 : i + 2] if p.kind != "heading"), None)
    return behind is not None and (behind.kind == "paragraph" and (len(behind.text) >= _PROSE or bool(number_of(behind.marker))))
