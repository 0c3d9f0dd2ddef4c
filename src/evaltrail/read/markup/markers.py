"""Markers typed as text: "26. The Office …", "(a) …", "• …", and those in an element of their own."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evaltrail.read.outline import Block

_BULLET = r"[•‣▪▫◦●○■□–—\-·*⁃➢➤✓✔❖♦►▶−\uf020-\uf0ff]"
_TYPED = re.compile(
    rf"(?P<bullet>{_BULLET}|o(?=\s+[A-Z]))\s+(?=\S)"
    r"|(?P<number>\(?\d{1,3}[.)]|\d{1,2}(?:\.\d{1,2}){1,4}[.)]?)\s+(?=[^\W\d]|[\"“«‘'(\[$€£¿¡])"
    r"|(?P<letter>\((?:[a-zA-Z]|[ivxIVX]{1,5})\)|(?:[a-zA-Z]|[ivxIVX]{2,5})\)|[ivx]{1,5}\.|[a-z]\.|[IVX]{1,5}\.)\s+(?=\S)"
)

_NUMERAL = r"(?:\d{1,4}|[a-zA-Z]|[ivxlc]{2,6}|[IVXLC]{2,6})"
_APART = re.compile(rf"{_BULLET}|o|\({_NUMERAL}\)|{_NUMERAL}(?:[.)]|(?:\.\d{{1,3}}){{1,5}}[.)]?)")
"""A marker that stands in an element of its own: its words may begin with anything, for where it ends is told."""
_BARE = re.compile(r"\d{1,4}|[A-Z]|[IVXLC]{1,6}")
_NAMED = re.compile(r"(?:^|[-_])(?:num(?:ber)?|paranum|secno|marker|label|tag|bullet)(?:$|[-_])", re.IGNORECASE)
"""Classes that converters and publishers give to the number of a section or paragraph."""


def is_apart(text: str, classes: str, *, heading: bool) -> bool:
    """Whether all words of an element at the beginning of a block are its marker.

    A number without stop or bracket is one in a heading, or where the element's class says so.
    """
    bare = heading or any(_NAMED.search(c) for c in classes.split())
    return _APART.fullmatch(text) is not None or (bare and _BARE.fullmatch(text) is not None)


def makes_item(marker: str) -> bool:
    """Whether a paragraph with the marker is an item of a list: a bullet or a small letter."""
    return not marker.strip("().")[:1].isdigit() and not marker[:1].isupper()


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
