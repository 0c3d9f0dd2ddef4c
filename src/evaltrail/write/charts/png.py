"""A drawing as PNG, for formats and programs that take no SVG."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from evaltrail.write.fonts import folder, needed

if TYPE_CHECKING:
    from pathlib import Path

    import typst

    from evaltrail.write.model import Picture

_PAGE = """\
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.svg), format: "svg", width: float(sys.inputs.width) * 1pt)
"""


@lru_cache(maxsize=8)
def _fonts(further: tuple[Path, ...]) -> typst.Fonts:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder(further).path])


def png(picture: Picture, scale: float = 2.0) -> bytes:
    """The drawing as PNG, ``scale`` pixels a point, on white, set in the faces of written papers.

    The same drawing and the same faces give the same bytes.

    Raises:
        ImportError: the package ``typst`` is missing.
        RuntimeError: the picture is no drawing that can be read.
    """
    import typst

    further, _ = needed(frozenset(c for c in picture.svg if c.isprintable()))
    inputs = {"svg": picture.svg, "width": f"{picture.width:.2f}"}
    out = typst.Compiler(_PAGE.encode(), font_paths=_fonts(further), sys_inputs=inputs).compile(format="png", ppi=72.0 * scale)
    if not isinstance(out, bytes):  # the page is as large as the drawing, so that there is one
        raise TypeError("typst gave no single page")
    return out
