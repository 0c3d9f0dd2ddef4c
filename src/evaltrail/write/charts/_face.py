"""Widths of text in the shipped faces, and lines that fit: nothing on a chart may run into its neighbour or out of the picture.

The advance widths are read from the font files themselves (tables ``head``, ``hhea``, ``hmtx`` and ``cmap`` of the OpenType
specification, formats 4 and 12).  Kerning is left out; it mostly draws letters together, so that a measured line is rather too long.
"""

from __future__ import annotations

import struct
import unicodedata
from functools import cache, lru_cache
from typing import Literal

from evaltrail.write.fonts import shipped

Face = Literal["sans", "serif"]
"""Sans for what people do about a paper (criteria, states, dates, amounts), serif for the paper's own words."""

FAMILIES: dict[Face, str] = {
    "sans": "'Source Sans Pro','Source Sans 3','Noto Sans',sans-serif",
    "serif": "'Source Serif Pro','Source Serif 4','Noto Serif',serif",
}
_UNKNOWN = 0.66
"""Width in em of a letter that the face does not hold; a wide one (East Asian) takes 1."""
ELLIPSIS = "…"


@cache
def _widths(face: Face, *, bold: bool) -> dict[int, float]:
    """Code point -> advance width in em."""
    name = f"Source{face.title()}Pro-{'Bold' if bold else 'Regular'}.ttf"
    data = next(p for p in shipped() if p.name == name).read_bytes()
    (many,) = struct.unpack_from(">H", data, 4)
    tables: dict[bytes, int] = {}
    for i in range(many):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, 12 + 16 * i)
        tables[tag] = offset
    (em,) = struct.unpack_from(">H", data, tables[b"head"] + 18)
    (metrics,) = struct.unpack_from(">H", data, tables[b"hhea"] + 34)
    advances = [struct.unpack_from(">H", data, tables[b"hmtx"] + 4 * i)[0] for i in range(metrics)]
    return {code: advances[min(glyph, metrics - 1)] / em for code, glyph in _glyphs(data, tables[b"cmap"]).items()}


def _glyphs(data: bytes, cmap: int) -> dict[int, int]:
    """Code point -> glyph, from the subtables that map Unicode."""
    (many,) = struct.unpack_from(">H", data, cmap + 2)
    out: dict[int, int] = {}
    for i in range(many):
        platform, encoding, offset = struct.unpack_from(">HHI", data, cmap + 4 + 8 * i)
        if (platform, encoding) not in ((3, 1), (3, 10), (0, 3), (0, 4)):
            continue
        (form,) = struct.unpack_from(">H", data, cmap + offset)
        if form == 4:
            out.update(_format_4(data, cmap + offset))
        elif form == 12:
            (groups,) = struct.unpack_from(">I", data, cmap + offset + 12)
            for g in range(groups):
                first, last, glyph = struct.unpack_from(">III", data, cmap + offset + 16 + 12 * g)
                out.update({code: glyph + code - first for code in range(first, last + 1)})
    return out


def _format_4(data: bytes, at: int) -> dict[int, int]:
    (doubled,) = struct.unpack_from(">H", data, at + 6)
    n = doubled // 2
    ends = struct.unpack_from(f">{n}H", data, at + 14)
    starts = struct.unpack_from(f">{n}H", data, at + 16 + doubled)
    deltas = struct.unpack_from(f">{n}H", data, at + 16 + 2 * doubled)
    ranges = at + 16 + 3 * doubled
    offsets = struct.unpack_from(f">{n}H", data, ranges)
    out: dict[int, int] = {}
    for i in range(n):
        for code in range(starts[i], min(ends[i], 0xFFFE) + 1):
            glyph = code
            if offsets[i]:
                (glyph,) = struct.unpack_from(">H", data, ranges + 2 * i + offsets[i] + 2 * (code - starts[i]))
            if glyph or not offsets[i]:
                out[code] = (glyph + deltas[i]) & 0xFFFF
    return out


@lru_cache(maxsize=8192)
def width(text: str, size: float, *, bold: bool = False, face: Face = "sans") -> float:
    """Width of a line in points."""
    known = _widths(face, bold=bold)
    return size * sum(known[ord(c)] if ord(c) in known else _unknown(c) for c in text)


def _unknown(c: str) -> float:
    if unicodedata.combining(c) or unicodedata.category(c) in ("Mn", "Cf"):
        return 0.0
    return 1.0 if unicodedata.east_asian_width(c) in ("W", "F") else _UNKNOWN


def shortened(text: str, room: float, size: float, *, bold: bool = False, face: Face = "sans") -> str:
    """The text, or as much of it as fits with an ellipsis; empty where not even that fits."""
    text = " ".join(text.split())
    if width(text, size, bold=bold, face=face) <= room:
        return text
    for end in range(len(text) - 1, 0, -1):
        cut = text[:end].rstrip(" ,.;:–-")
        if width(cut + ELLIPSIS, size, bold=bold, face=face) <= room:
            whole = text[:end].rpartition(" ")[0].rstrip(" ,.;:–-")
            # Between two words, unless that throws away much of what there is room for.
            return (whole if len(whole) >= 0.75 * len(cut) else cut) + ELLIPSIS
    return ELLIPSIS if width(ELLIPSIS, size, bold=bold, face=face) <= room else ""


def wrapped(text: str, room: float, size: float, *, most: int = 2, bold: bool = False, face: Face = "sans") -> list[str]:
    """The text in at most ``most`` lines that fit; the last one is shortened where there is more.

    A word that is longer than a line is cut with a hyphen, unless it is the last line's, which is shortened.
    """
    left = text.split()
    lines: list[str] = []
    while left and len(lines) < most - 1:
        line = ""
        while left and width(f"{line} {left[0]}".strip(), size, bold=bold, face=face) <= room:
            line = f"{line} {left.pop(0)}".strip()
        if not line:
            head = shortened(left[0], room, size, bold=bold, face=face).rstrip(ELLIPSIS)
            if len(head) < 2:
                break
            line, left[0] = head + "-", left[0][len(head) :]
        lines.append(line)
    if left:
        lines.append(shortened(" ".join(left), room, size, bold=bold, face=face))
    return lines
