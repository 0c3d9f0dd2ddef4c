"""A drawing as PNG, for formats and programs that take no SVG."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from evaltrail.write.charts._face import font_folders

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import typst

    from evaltrail.write.model import Picture

_PAGE = """\
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.svg), format: "svg", width: float(sys.inputs.width) * 1pt)
"""


@cache
def _fonts(more: tuple[Path, ...]) -> typst.Fonts:
    import typst

    folders = [str(f) for f in (*font_folders(), *more)]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def png(picture: Picture, scale: float = 2.0, *, fonts: Iterable[Path] = ()) -> bytes:
    """The drawing as PNG, ``scale`` pixels a point, on white, set in the shipped faces and no others.

    ``fonts`` are folders with further faces, for writing that the shipped ones do not hold (they have Latin, Greek and Cyrillic).  The
    same drawing and the same fonts give the same bytes.  Raises ``ImportError`` where the package ``typst`` is missing.
    """
    import typst

    inputs = {"svg": picture.svg, "width": f"{picture.width:.2f}"}
    out = typst.Compiler(_PAGE.encode(), font_paths=_fonts(tuple(fonts)), sys_inputs=inputs).compile(format="png", ppi=72.0 * scale)
    if not isinstance(out, bytes):  # the page is as large as the drawing, so that there is one
        raise TypeError("typst gave no single page")
    return out
