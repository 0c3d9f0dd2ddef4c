"""Fonts: what a font's name, flags and weight say about its face."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass

from evaltrail.read.layout import pdfium

_BOLD = re.compile(
    r"bold|black|heavy|semi-?bd|demi|extrabd|ultra(?!l)|[-,_ ](?:bd|b|bi|sb)\b|(?<=[a-z])(?:Bd|BdIt|BdCn|Blk|Hv|Smbd)\b", re.IGNORECASE
)
_ITALIC = re.compile(r"[Ii]tal|ITAL|[Oo]bliq|[Kk]ursiv|[Ss]lanted|[-,_ ](?:it|i|bi)\b|(?<=[a-z])It\b")
_SYMBOL = re.compile(r"wingding|webding|dingbat|symbol(?!a)|marlett|fontawesome|icon", re.IGNORECASE)
_BARCODE = re.compile(r"bar ?code|3 ?of ?9|code ?(?:39|128)|ean-?13", re.IGNORECASE)
_FORCE_BOLD = 1 << 18
_ITALIC_FLAG = 1 << 6


@dataclass(slots=True, frozen=True)
class Face:
    """A font's name without the subset's prefix, and its face."""

    name: str
    bold: bool
    italic: bool
    symbol: bool
    barcode: bool = False
    """Bars and not characters to be read."""


class Faces:
    """Faces by font handle. Handles are stable while their document is open."""

    def __init__(self) -> None:
        self._known: dict[int, Face] = {}
        self._buffer = ctypes.create_string_buffer(256)

    def face(self, font: int) -> Face:
        """The face of a font handle."""
        face = self._known.get(font)
        if face is None:
            face = self._known[font] = self._read(font)
        return face

    def _read(self, font: int) -> Face:
        if not font:
            return Face("", bold=False, italic=False, symbol=False)
        length = pdfium.font_name(font, ctypes.addressof(self._buffer), 256)
        name = self._buffer.raw[: max(0, min(length, 256) - 1)].decode("utf-8", "replace")
        name = re.sub(r"^[A-Z]{6}\+", "", name)
        flags, weight = pdfium.font_flags(font), pdfium.font_weight(font)
        # PDFium guesses the weight from the stem width where the name does not say: only what is far off counts.
        bold = bool(_BOLD.search(name)) or (flags > 0 and bool(flags & _FORCE_BOLD)) or weight >= 700
        italic = bool(_ITALIC.search(name)) or (flags > 0 and bool(flags & _ITALIC_FLAG))
        return Face(name, bold, italic, bool(_SYMBOL.search(name)), bool(_BARCODE.search(name)))
