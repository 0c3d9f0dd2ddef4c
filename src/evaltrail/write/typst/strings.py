"""Strings for typst, and how wide they will be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evaltrail.write.fonts import Widths

if TYPE_CHECKING:
    from collections.abc import Iterable

# Left out: control characters, halves of surrogate pairs, code points that are no characters, and marks that only steer layout
# (soft hyphens, places for a break) or force a direction, which prints words backwards.
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u202d\u202e\u2060\ufeff\ufff9-\ufffb\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_BLANKS = re.compile("[\t\x0b\x0c\x85\u2028\u2029]")
_BREAKS = re.compile("\r\n?")


def clean(text: str) -> str:
    """The text without what cannot be printed; tabs and separators are spaces, line breaks one newline each."""
    if text.isascii() and text.isprintable():
        return text
    return _BLANKS.sub(" ", _DROPPED.sub("", _BREAKS.sub("\n", text)))


def literal(text: str) -> str:
    """A string literal of typst."""
    if '"' in text or "\\" in text:
        text = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def array(parts: Iterable[str]) -> str:
    """An array of typst; the comma after one element makes it one."""
    inner = ", ".join(parts)
    return f"({inner},)" if inner else "()"


_WIDTHS = Widths()


def ems(text: str) -> float:
    """How wide a text is in ems, in the widest of the faces and cuts that it may be set in."""
    return sum(map(_WIDTHS.__getitem__, text))
