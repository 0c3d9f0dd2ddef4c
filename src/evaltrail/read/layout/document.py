"""Document: an open PDF to an outline, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.read.layout.assemble import blocks_of
from evaltrail.read.layout.columns import ordered_lines
from evaltrail.read.layout.lines import fragments
from evaltrail.read.layout.objects import Reader
from evaltrail.read.outline import Outline, OutlinePage

if TYPE_CHECKING:
    import pypdfium2

    from evaltrail.read.formats import Options
    from evaltrail.read.layout.model import Frame, Line


def outline_of(pdf: pypdfium2.PdfDocument, options: Options) -> Outline:
    """The outline of an open document."""
    reader = Reader()
    out = Outline("application/pdf")
    lines: list[Line] = []
    frames: dict[int, Frame] = {}
    count = len(pdf) if options.max_pages is None else min(len(pdf), options.max_pages)
    for i in range(count):
        page = pdf[i]
        try:
            objects = reader.page(i + 1, page)
            width, height = page.get_size()
        finally:
            page.close()
        frames[i + 1] = objects.frame
        found = ordered_lines(fragments(w for w in objects.words if not w.turned), i + 1)
        at = 0
        for line in found:
            line.at = at
            at += len(line.text) + 1
        lines.extend(found)
        out.pages.append(OutlinePage(i + 1, width, height, "\n".join(line.text for line in found)))
    out.blocks = blocks_of(lines, frames)
    return out
