"""Pictures: SVG with the words for those who do not see it, and the logo of a house."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from lxml import etree

from evaltrail.write.order import Unwritable
from evaltrail.write.typst.strings import clean, literal

if TYPE_CHECKING:
    from evaltrail.write.house import Logo
    from evaltrail.write.model import Picture

_SIGNATURES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
SVG = "image/svg+xml"


def image(picture: Picture, width: float) -> str:
    """The call of ``picture`` for a drawing no wider than ``width`` points; its words alone where it is not SVG."""
    said = " ".join(t.rstrip() for t in (clean(picture.title), clean(picture.description)) if t.strip()) or "—"
    if not is_svg(picture.svg.encode("utf-8", "replace")):
        return literal(said)
    across = min(picture.width, width) if picture.width > 0 else width
    return f"picture({literal(clean_svg(picture.svg))}, {literal(said)}, {across:.4g}pt)"


def logo(mark: Logo, width: float) -> str:
    """The call of ``picture`` for a logo.

    Raises:
        Unwritable: the file is not what its media type says.
    """
    if mark.media_type == SVG:
        whole = is_svg(mark.data)
        svg = mark.data.decode("utf-8", "replace")
    else:
        sign = _SIGNATURES.get(mark.media_type)
        whole = sign is not None and mark.data.startswith(sign)
        # Strings are all that the source can hold, and an SVG may hold the picture as one.
        held = f"data:{mark.media_type};base64,{base64.b64encode(mark.data).decode('ascii')}"
        size = f'width="{mark.width:g}" height="{mark.height:g}"'
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><image href="{held}" {size}/></svg>'
    if not whole:
        raise Unwritable(f"the logo is no picture of the kind {mark.media_type}; put a PNG, JPEG or SVG file in its place")
    said = clean(mark.description).strip() or "—"
    return f"picture({literal(clean_svg(svg))}, {literal(said)}, {min(mark.width, width):.4g}pt)"


def is_svg(data: bytes) -> bool:
    """Whether the bytes are a drawing that can be placed: XML whose root is ``svg``."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except (etree.XMLSyntaxError, ValueError):
        return False
    return isinstance(root.tag, str) and etree.QName(root).localname == "svg"


def clean_svg(svg: str) -> str:
    """The drawing's source as a string that typst takes as it is."""
    return svg.replace("\r\n", "\n").replace("\r", "\n")
