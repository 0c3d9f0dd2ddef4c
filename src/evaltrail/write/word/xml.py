"""Writing XML: elements as strings, with everything escaped that must be."""

from __future__ import annotations

import re

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# What XML 1.0 cannot hold: C0 controls but tab, line feed and return; surrogates; the two noncharacters.
# With them go the marks that force a direction: they print words backwards.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\u202d\u202e\ud800-\udfff\ufffe\uffff]")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


def escaped(text: str) -> str:
    """Text for an element or attribute; characters that XML cannot hold are left out."""
    return _FORBIDDEN.sub("", text).translate(_ESCAPES)


def w(name: str, /, *inner: str, **attributes: str | int) -> str:
    """An element of the ``w:`` namespace with attributes of the same; ``inner`` is XML."""
    said = "".join(f' w:{key}="{escaped(str(value))}"' for key, value in attributes.items())
    content = "".join(inner)
    return f"<w:{name}{said}>{content}</w:{name}>" if content else f"<w:{name}{said}/>"


def flag(name: str, on: bool = True) -> str:  # noqa: FBT001, FBT002  # reads as the property does: flag("keepNext", last)
    """An on/off property, or nothing."""
    return f"<w:{name}/>" if on else ""


def part(root: str, *inner: str) -> bytes:
    """A whole part with the root element ``w:root``."""
    return f"{HEAD}<w:{root} {NAMESPACES}>{''.join(inner)}</w:{root}>".encode()


def twips(points: float) -> int:
    """Twentieths of a point, Word's unit of length."""
    return round(points * 20)
