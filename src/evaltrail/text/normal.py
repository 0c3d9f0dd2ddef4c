"""Normal forms of a text: for reading on, for comparing, and with the way back to the original offsets."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

# Typography that means nothing by itself. Deleting or replacing these never changes what a sentence says.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\r\f\v"
_SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4\u0060"
_DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}

_CLEAN = str.maketrans({**dict.fromkeys(_INVISIBLE, ""), **dict.fromkeys(_SPACES, " "), **_LIGATURES})
_STRAIGHT = {**dict.fromkeys(_SINGLE_QUOTES, "'"), **dict.fromkeys(_DOUBLE_QUOTES, '"'), **dict.fromkeys(_DASHES, "-")}
_PLAIN = str.maketrans({**_STRAIGHT, "\u2026": "..."})
# One character for one character, so that offsets found in the result hold in the original.
_SAME_LENGTH = str.maketrans({**dict.fromkeys(_SPACES, " "), **_STRAIGHT})
# Letters that Unicode does not take apart into a base letter and an accent.
_BASE = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "ı": "i"})

_SPACE_RUN = re.compile(r" {2,}")
_NOT_WORD = re.compile(r"[\W_]+")
_NOT_ASCII_WORD = re.compile(r"[^0-9a-z]+")


def clean(text: str) -> str:
    """The text as a reader sees it: composed, soft hyphens and zero-width marks gone, ligatures spelt out, one kind of space.

    Quotes, dashes, accents and line breaks stay as they are.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return _SPACE_RUN.sub(" ", text.translate(_CLEAN))


def plain(text: str) -> str:
    """:func:`clean` with straight quotes, hyphens for dashes and three dots for an ellipsis: for matching words and phrases."""
    return clean(text).translate(_PLAIN)


def aligned(text: str) -> str:
    """The text with straight quotes, hyphens for dashes and plain spaces, each character where it was.

    An offset in the result is the same offset in ``text``.
    """
    return text if text.isascii() and "\t" not in text and "`" not in text else text.translate(_SAME_LENGTH)


def strip_accents(text: str) -> str:
    """The text without accents: ``réponse`` to ``reponse``, ``œuvre`` to ``oeuvre``."""
    if text.isascii():
        return text
    # Few characters are not ASCII: taking those alone apart is many times faster.
    return _TO_STRIP.sub(lambda m: _stripped(m[0]), text)


_TO_STRIP = re.compile(r"[^\x00-\x08\n\x0e-\x7f]")


@lru_cache(maxsize=4096)
def _stripped(character: str) -> str:
    apart = unicodedata.normalize("NFKD", character.translate(_CLEAN))
    return "".join(c for c in apart if not unicodedata.combining(c)).translate(_BASE)


def fold(text: str) -> str:
    """Words for comparing: lower case, no accents, everything but letters and digits one space."""
    low = text.lower()
    if low.isascii():
        return _NOT_ASCII_WORD.sub(" ", low).strip()
    return _NOT_WORD.sub(" ", strip_accents(low).casefold()).strip()


def squeeze(text: str) -> str:
    """:func:`fold` without the spaces: two printings of the same words, however broken, give the same string."""
    return fold(text).replace(" ", "")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text that knows where each of its characters came from."""

    text: str
    starts: tuple[int, ...]
    """Offset in the original of each character of ``text``, ascending."""

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that holds ``text[start:end]``; the end is one past its last character."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else (self.starts[-1] + 1 if self.starts else 0)
            return at, at
        return self.starts[start], self.starts[end - 1] + 1

    def at(self, offset: int) -> int:
        """The index in ``text`` of the last character that stands at or before ``offset`` of the original; -1 before the first."""
        return bisect_right(self.starts, offset) - 1


def squeezed(text: str) -> Folded:
    """:func:`squeeze` with the way back: to find words again in a text that was broken or hyphenated otherwise."""
    chars: list[str] = []
    starts: list[int] = []
    for i, c in enumerate(text):
        if c.isascii():
            if c.isalnum():
                chars.append(c.lower())
                starts.append(i)
            continue
        for d in squeeze(c):
            chars.append(d)
            starts.append(i)
    return Folded("".join(chars), tuple(starts))
