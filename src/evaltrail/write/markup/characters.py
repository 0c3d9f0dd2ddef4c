"""Characters that mark-up can hold, and those that it must spell out."""

from __future__ import annotations

import re

_PLANE_ENDS = "".join(chr((plane << 16) + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_UNFIT = re.compile(f"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u202d\u202e\ufdd0-\ufdef{_PLANE_ENDS}]")
"""Controls and code points that are no characters: XML 1.0 forbids some of them, HTML calls all of them errors.
With them go the marks that force a direction: they print words backwards."""
_PAIRLESS = re.compile("[\ud800-\udfff]")


def fit(text: str) -> str:
    """The text without what no file of mark-up may hold: controls go, half a surrogate pair becomes the replacement character."""
    if text.isascii() and text.isprintable():
        return text
    return _PAIRLESS.sub("\ufffd", _UNFIT.sub("", text.replace("\x0c", " ")))


def escaped(text: str) -> str:
    """The text as content of an element."""
    return fit(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(text: str) -> str:
    """The text as value of an attribute in double quotes, white space folded."""
    return escaped(" ".join(text.split())).replace('"', "&quot;")


def data_of(svg: str) -> bytes:
    """A drawing's source as bytes."""
    return fit(svg).encode()
