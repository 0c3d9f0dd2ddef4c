"""Strings for typst, and how wide they will be."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Left out: control characters, halves of surrogate pairs, code points that are no characters, and marks that only steer layout
# (soft hyphens, places for a break).
_DROPPED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u2060\ufeff\ufff9-\ufffb\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
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


_WIDE = frozenset("mwMWOQ@%&—…")
_THIN = frozenset("ijltfrI.,;:'’|!()[] ")


def ems(text: str) -> float:
    """How wide a text in one of the faces is in ems, rather too much than too little (measured on their regular and bold cuts)."""
    if text.isascii():
        thin = sum(map(text.count, _THIN))
        wide = sum(map(text.count, _WIDE))
        upper = sum(c.isupper() for c in text if c not in _WIDE and c not in _THIN)
        return 0.38 * thin + 0.92 * wide + 0.68 * upper + 0.58 * (len(text) - thin - wide - upper)
    return sum(_em(c) for c in text)


def _em(c: str) -> float:
    if c in _THIN:
        return 0.38
    if c in _WIDE or unicodedata.east_asian_width(c) in "FW":
        return 1.0
    return 0.68 if c.isupper() else 0.62
