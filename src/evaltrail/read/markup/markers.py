"""Markers typed as text: "26. The Office …", "(a) …", "• …"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evaltrail.read.outline import Block

_BULLET = r"[•‣▪▫◦●○■□–—\-·*⁃➢➤✓✔❖♦►▶\uf020-\uf0ff]"
_TYPED = re.compile(
    rf"(?P<bullet>{_BULLET}|o(?=\s+[A-Z]))\s+(?=\S)"
    r"|(?P<number>\(?\d{1,3}[.)]|\d{1,2}(?:\.\d{1,2}){1,4}[.)]?)\s+(?=[^\W\d]|[\"“«‘'(\[$€£¿¡])"
    r"|(?P<letter>\((?:[a-zA-Z]|[ivxIVX]{1,5})\)|(?:[a-zA-Z]|[ivxIVX]{2,5})\)|[ivx]{1,5}\.|[a-z]\.|[IVX]{1,5}\.)\s+(?=\S)"
)


def split_marker(block: Block) -> Block:
    """The block with a marker typed before its words told apart.

    A number leaves a paragraph a paragraph (paragraphs of a paper are numbered so); a bullet or a letter makes it an item.
    """
    if block.marker or block.kind not in {"paragraph", "item", "heading"} or block.table is not None:
        return block
    found = _TYPED.match(block.text)
    if found is None:
        return block
    cut = found.end()
    kind, level = block.kind, block.level
    if kind == "paragraph" and found["number"] is None:
        kind, level = "item", max(1, level)
    return replace(
        block,
        kind=kind,
        level=level,
        marker=block.content.cut(0, cut),
        content=block.content.cut(cut),
        bold_spans=_shifted(block.bold_spans, cut),
        italic_spans=_shifted(block.italic_spans, cut),
        marks=tuple((max(0, at - cut), number) for at, number in block.marks),
    )


def _shifted(spans: tuple[tuple[int, int], ...], by: int) -> tuple[tuple[int, int], ...]:
    return tuple((max(0, a - by), b - by) for a, b in spans if b > by)
