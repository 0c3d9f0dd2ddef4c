"""Document: an open PDF to an outline, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.read.layout.assemble import Assembler
from evaltrail.read.layout.contents import contents_of
from evaltrail.read.layout.edges import settle
from evaltrail.read.layout.footnotes import marks_of, notes_of
from evaltrail.read.layout.furniture import furniture_of
from evaltrail.read.layout.grid import Grid
from evaltrail.read.layout.objects import Reader
from evaltrail.read.layout.page import all_lines, lay_out
from evaltrail.read.layout.paragraphs import manner_of
from evaltrail.read.layout.texts import Vocabulary
from evaltrail.read.outline import Outline, OutlinePage

if TYPE_CHECKING:
    import pypdfium2

    from evaltrail.read.formats import Options
    from evaltrail.read.layout.model import Line
    from evaltrail.read.layout.page import LaidPage


def outline_of(pdf: pypdfium2.PdfDocument, options: Options) -> Outline:
    """The outline of an open document."""
    reader = Reader()
    out = Outline("application/pdf")
    laid: list[LaidPage] = []
    count = len(pdf) if options.max_pages is None else min(len(pdf), options.max_pages)
    for i in range(count):
        page = pdf[i]
        try:
            objects = reader.page(i + 1, page)
            width, height = page.get_size()
        finally:
            page.close()
        laid.append(lay_out(objects))
        out.pages.append(OutlinePage(i + 1, width, height, laid[-1].text, laid[-1].shapes, laid[-1].words))
    furniture = furniture_of(laid)
    for p in laid:
        furniture |= p.labels
        furniture.update(id(e) for e in p.elements if not isinstance(e, Grid) and (e.aside or not e.text.strip("_ –—-")))
    elements = [e for p in laid for e in _kept(p.elements, furniture)]
    settle([e for e in elements if not isinstance(e, Grid) and not e.aside])
    contents = contents_of(elements, furniture)
    flow = [e for e in elements if isinstance(e, Grid) or id(e) not in contents]
    running = [e for e in flow if not isinstance(e, Grid)]
    lines = all_lines(flow)
    manner = manner_of(running or lines)
    marks = marks_of(lines)
    notes, taken = notes_of(laid, furniture | contents, manner, marks)
    vocabulary = Vocabulary()
    vocabulary.learn(lines)
    assembler = Assembler({p.number: p.frame for p in laid}, vocabulary, manner, frozenset(marks))
    out.blocks = assembler.blocks([e for e in flow if isinstance(e, Grid) or id(e) not in taken])
    out.footnotes = [assembler.note(n) for n in notes]
    return out


def _kept(elements: list[Line | Grid], furniture: set[int]) -> list[Line | Grid]:
    """Elements without furniture; a table all of which is furniture goes whole."""
    out: list[Line | Grid] = []
    for e in elements:
        if isinstance(e, Grid):
            lines = [line for c in e.cells for line in c.lines]
            if lines and all(id(line) in furniture for line in lines):
                continue
            out.append(e)
        elif id(e) not in furniture:
            out.append(e)
    return out
