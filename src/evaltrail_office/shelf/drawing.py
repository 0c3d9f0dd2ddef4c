"""The process that draws pages: a PDF on standard input, pictures on standard output, one frame a page; nothing else in or out.

Of the office it imports only its limits, and it has no credentials. It may take no more time and memory than it is given, open no
further files and write none.
"""

from __future__ import annotations

import io
import json
import os
import struct
import sys

from evaltrail_office.shelf.confining import confine

FRAME = struct.Struct(">IIQ")
"""Page from 1, width in pixels, length in bytes of the PNG that follows; 0: the page cannot be drawn."""
TALLEST = 4
"""Times its width: a page that is higher is drawn narrower."""


def main() -> None:
    """Draw the pages and widths that the arguments name."""
    order = json.loads(sys.argv[2])
    data = sys.stdin.buffer.read()
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Whatever a library prints must not fall between the frames.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    import PIL.Image
    import PIL.PngImagePlugin
    import pypdfium2 as pdfium

    PIL.Image.init()
    confine(order["memory"], order["seconds"], 3 + 4)
    document = pdfium.PdfDocument(data)
    for number in order["pages"]:
        for width, picture in _drawn(document, number, order["widths"]):
            out.write(FRAME.pack(number, width, len(picture)))
            out.write(picture)
        out.flush()


def _drawn(document: object, number: int, widths: list[int]) -> list[tuple[int, bytes]]:
    """The page's PNG in each width, the widest drawn and the others made smaller from it."""
    from PIL.Image import Dither, Quantize

    try:
        page = document[number - 1]  # type: ignore[index]
        wide, high = page.get_size()
        scale = max(widths) / max(wide, 1.0)
        if high * scale > TALLEST * max(widths):
            scale = TALLEST * max(widths) / high
        image = page.render(scale=scale).to_pil().convert("RGB")
    except Exception:  # noqa: BLE001 - one page's fault must not end the others
        return [(width, b"") for width in widths]
    made = []
    for width in widths:
        small = image if width >= image.width else image.resize((width, max(1, round(image.height * width / image.width))))
        # A palette is enough and makes a third of the bytes. One for print is found in a fifth of the time of one for pictures.
        few = small.getcolors(4096) is not None
        how, dither = (Quantize.FASTOCTREE, Dither.NONE) if few else (Quantize.MEDIANCUT, Dither.FLOYDSTEINBERG)
        packed = io.BytesIO()
        small.quantize(128, method=how, dither=dither).save(packed, "PNG", optimize=False, compress_level=6)
        made.append((width, packed.getvalue()))
    return made
