"""Pictures: SVG with the words for those who do not see it, and the logo of a house."""

from __future__ import annotations

import base64
import re
from io import BytesIO
from typing import TYPE_CHECKING

from lxml import etree

from evaltrail.write.order import Unwritable
from evaltrail.write.typst.strings import clean, literal

if TYPE_CHECKING:
    from evaltrail.write.house import Logo
    from evaltrail.write.model import Picture

_KINDS = {"image/png": "PNG", "image/jpeg": "JPEG"}
SVG = "image/svg+xml"


def image(picture: Picture, width: float) -> str:
    """The call of ``picture`` for a drawing no wider than ``width`` points; its words alone where it is not SVG."""
    said = " ".join(t.rstrip() for t in (clean(picture.title), clean(picture.description)) if t.strip()) or "—"
    if not (picture.width > 0 and picture.height > 0 and is_svg(picture.svg.encode("utf-8", "replace"))):
        return literal(said)
    across = min(picture.width, width)
    return f"picture({literal(clean_svg(picture.svg))}, {literal(said)}, {across:.4g}pt)"


def logo(mark: Logo, width: float) -> str:
    """The call of ``picture`` for a logo.

    Raises:
        Unwritable: the file is not what its media type says.
    """
    if not (mark.width > 0 and mark.height > 0):
        raise Unwritable(f"the logo is {mark.width:g} by {mark.height:g} points; give it a width and a height")
    if mark.media_type == SVG:
        whole = is_svg(mark.data)
        svg = mark.data.decode("utf-8", "replace")
    else:
        whole = _is_raster(mark.data, _KINDS.get(mark.media_type))
        # Strings are all that the source can hold, and an SVG may hold the picture as one.
        held = f"data:{mark.media_type};base64,{base64.b64encode(mark.data).decode('ascii')}"
        size = f'width="{mark.width:g}" height="{mark.height:g}"'
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><image href="{held}" {size}/></svg>'
    if not whole:
        raise Unwritable(f"the logo is no picture of the kind {mark.media_type}; put a PNG, JPEG or SVG file in its place")
    said = clean(mark.description).strip() or "—"
    return f"picture({literal(clean_svg(svg))}, {literal(said)}, {min(mark.width, width):.4g}pt)"


def is_svg(data: bytes) -> bool:
    """Whether the bytes are a drawing that can be placed: XML whose root is ``svg``, with a size, where it has one, above nothing."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except (etree.XMLSyntaxError, ValueError):
        return False
    if not isinstance(root.tag, str) or etree.QName(root) != etree.QName("http://www.w3.org/2000/svg", "svg"):
        return False
    sizes = [root.get("width"), root.get("height"), *(root.get("viewBox") or "").replace(",", " ").split()[2:]]
    found = [re.match(r"\s*\+?([\d.]+(?:[eE][-+]?\d+)?)", s) for s in sizes if s is not None]
    return all(f is not None and _above_nothing(f[1]) for f in found)


def _above_nothing(number: str) -> bool:
    try:
        return 0 < float(number) < float("inf")
    except ValueError:
        return False


def _is_raster(data: bytes, kind: str | None) -> bool:
    """Whether the bytes are a whole picture of the kind."""
    from PIL import Image

    if kind is None:
        return False
    try:
        with Image.open(BytesIO(data), formats=[kind]) as found:
            found.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False
    return True


def clean_svg(svg: str) -> str:
    """The drawing's source as a string that typst takes as it is."""
    return svg.replace("\r\n", "\n").replace("\r", "\n")
