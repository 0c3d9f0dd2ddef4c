"""What a picture's bytes say it is: PNG, JPEG or SVG, how large, and whether it may stand in a paper.

A picture is known by its bytes and never by its name.  An SVG that runs a script, reaches out of its file or declares
entities is refused: papers are opened by others, on other machines.
"""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_FRAMES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
"""Markers of JPEG segments that hold the picture's size (ITU-T T.81, table B.1)."""
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
"""Markers of JPEG that no length follows."""
_UNITS = {"": 0.75, "px": 0.75, "pt": 1.0, "pc": 12.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4}
"""Points a unit (CSS: 96 px an inch)."""
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+(?:[eE][+-]?\d+)?)\s*(px|pt|pc|in|cm|mm)?\s*")
_RUNS = frozenset({"script", "foreignObject", "iframe", "object", "embed", "audio", "video", "handler", "set", "animate"})
_REACHES = re.compile(r"url\(\s*['\"]?(?!\s*#)|@import|javascript:", re.IGNORECASE)


class NotAPicture(Exception):
    """Bytes that cannot stand in a paper as a picture. ``str()`` says why."""


def measured(data: bytes) -> tuple[str, float, float]:
    """(media type, width, height) of a picture; sizes in points where it says so, else in its own units.

    Raises:
        NotAPicture: the bytes are no PNG, JPEG or SVG, are broken, or an SVG that runs or fetches something.
    """
    if data.startswith(_PNG):
        return _png(data)
    if data.startswith(_JPEG):
        return _jpeg(data)
    head = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"<") and b"<svg" in data[:4000]:
        return _svg(data)
    raise NotAPicture("is not a picture; a logo is PNG, JPEG or SVG")


def _png(data: bytes) -> tuple[str, float, float]:
    if len(data) < 33 or data[12:16] != b"IHDR":
        raise NotAPicture("is a PNG that is cut off")
    width, height = struct.unpack(">II", data[16:24])
    if not width or not height or b"IEND" not in data[-16:]:
        raise NotAPicture("is a PNG that is cut off")
    return "image/png", float(width), float(height)


def _jpeg(data: bytes) -> tuple[str, float, float]:
    at = 2
    while at + 9 < len(data):
        if data[at] != 0xFF:
            break
        marker = data[at + 1]
        if marker == 0xFF or marker in _ALONE:
            at += 1 if marker == 0xFF else 2
            continue
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            if width and height:
                return "image/jpeg", float(width), float(height)
            break
        at += 2 + int(struct.unpack(">H", data[at + 2 : at + 4])[0])
    raise NotAPicture("is a JPEG that is cut off")


def _svg(data: bytes) -> tuple[str, float, float]:
    if re.search(rb"<!(?:DOCTYPE|ENTITY)", data, re.IGNORECASE):
        raise NotAPicture("is an SVG with a document type; save it as plain SVG without one")
    try:
        root = ET.fromstring(data)  # noqa: S314  # no document type, so no entities
    except (ET.ParseError, ValueError, LookupError) as error:
        raise NotAPicture(f"is an SVG that is broken ({error})") from None
    if _name(root.tag) != "svg":
        raise NotAPicture("is not a picture; a logo is PNG, JPEG or SVG")
    for fault in _faults(root):
        raise NotAPicture(f"is an SVG {fault}")
    box = [float(x) for x in re.findall(r"-?[0-9]*\.?[0-9]+(?:[eE][+-]?\d+)?", root.get("viewBox", ""))]
    width, height = _length(root.get("width")), _length(root.get("height"))
    if (width is None or height is None) and len(box) == 4:
        width, height = box[2], box[3]
    if not width or not height or width <= 0 or height <= 0:
        raise NotAPicture("is an SVG without a size; give it a viewBox")
    return "image/svg+xml", width, height


def _faults(root: ET.Element) -> Iterator[str]:
    for element in root.iter():
        name = _name(element.tag)
        if name in _RUNS:
            yield f"with <{name}>, which papers do not take"
        for key, value in element.attrib.items():
            plain = _name(key)
            if plain.lower().startswith("on"):
                yield f"with a script in {plain}"
            if plain == "href" and not value.strip().startswith(("#", "data:image/png", "data:image/jpeg")):
                yield f"that refers to {value.strip()[:60]!r} outside its file"
            if _REACHES.search(value):
                yield f"that refers outside its file in {plain}"
        if name == "style" and _REACHES.search(element.text or ""):
            yield "that refers outside its file in its style"


def _name(tag: object) -> str:
    return str(tag).rpartition("}")[2] if isinstance(tag, str) else ""


def _length(printed: str | None) -> float | None:
    m = _LENGTH.fullmatch(printed or "")
    return float(m[1]) * _UNITS[m[2] or ""] if m else None
