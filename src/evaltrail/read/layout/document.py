"""Document: an open PDF to an outline, page by page."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pypdfium2

from evaltrail.read.layout import ocr
from evaltrail.read.layout.assemble import Assembler
from evaltrail.read.layout.boxes import join_boxes
from evaltrail.read.layout.contents import contents_of
from evaltrail.read.layout.edges import settle
from evaltrail.read.layout.feet import measure
from evaltrail.read.layout.footnotes import confirmed, marks_of, notes_of
from evaltrail.read.layout.front import bookmarks_of, declared_language, declared_title, symbol_of, title_block
from evaltrail.read.layout.furniture import furniture_of, repeated_rules
from evaltrail.read.layout.grid import Grid
from evaltrail.read.layout.model import Frame, PageObjects
from evaltrail.read.layout.objects import Reader
from evaltrail.read.layout.page import all_lines, lay_out
from evaltrail.read.layout.paragraphs import manner_of
from evaltrail.read.layout.tables import joinable
from evaltrail.read.layout.texts import Vocabulary
from evaltrail.read.outline import Outline, OutlinePage
from evaltrail.record import Diagnostic, Place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evaltrail.read.formats import Options
    from evaltrail.read.layout.model import Line
    from evaltrail.read.layout.page import LaidPage

CHUNK = 40
"""Pages whose objects are in memory at once, to tell a page's own rules from those of its headers and footers."""
UNMAPPED = 0.5
"""Share of a page's characters without a character map from which its text is of no use."""


@dataclass(slots=True)
class _Troubles:
    """Pages that could not be read as they should, by what is wrong with them."""

    pictures: list[int] = field(default_factory=list)
    unmapped: list[int] = field(default_factory=list)
    failed: list[int] = field(default_factory=list)
    recognised: list[int] = field(default_factory=list)


def outline_of(pdf: pypdfium2.PdfDocument, options: Options) -> Outline:
    """The outline of an open document."""
    out = Outline("application/pdf")
    total = len(pdf)
    count = total if options.max_pages is None else min(total, options.max_pages)
    laid = _lay_out_pages(pdf, count, options, out)
    if count < total:
        out.diagnostics.append(
            Diagnostic(code="pages-left-out", message=f"Only pages 1 to {count} of {total} were read, as asked.", lost=True)
        )
    _fill(out, laid, bookmarks_of(pdf))
    out.title = out.title or declared_title(pdf)
    out.language = declared_language(pdf)
    return out


def _lay_out_pages(pdf: pypdfium2.PdfDocument, count: int, options: Options, out: Outline) -> list[LaidPage]:
    reader = Reader()
    troubles = _Troubles()
    laid: list[LaidPage] = []
    for start in range(0, count, CHUNK):
        objects = [_read(reader, pdf, i, options, out, troubles) for i in range(start, min(count, start + CHUNK))]
        rules = repeated_rules(objects)
        laid.extend(lay_out(o, rules) for o in objects)
    for page, p in zip(out.pages, laid, strict=True):
        page.text, page.shapes, page.words = p.text, p.shapes, p.words
    out.diagnostics.extend(_diagnostics(troubles))
    return laid


def _read(reader: Reader, pdf: pypdfium2.PdfDocument, index: int, options: Options, out: Outline, troubles: _Troubles) -> PageObjects:
    """A page's objects; a picture, or text that no font explains, goes through OCR where that is to be had."""
    number = index + 1
    try:
        page = pdf[index]
    except pypdfium2.PdfiumError:
        # A damaged page: the others are read all the same.
        out.pages.append(OutlinePage(number))
        troubles.failed.append(number)
        return PageObjects(number, Frame(0.0, 0.0, 0.0, 0.0))
    try:
        width, height = page.get_size()
        out.pages.append(OutlinePage(number, width, height))
        objects = reader.page(number, page)
        unmapped = objects.characters > 0 and objects.unmapped > UNMAPPED * objects.characters
        if unmapped:
            objects.words = []
        if unmapped or (objects.scanned and not objects.words and ocr.is_paper(page)):
            _recognise(page, objects, options, troubles.unmapped if unmapped else troubles.pictures, troubles)
        return objects
    finally:
        page.close()


def _recognise(page: pypdfium2.PdfPage, objects: PageObjects, options: Options, missed: list[int], troubles: _Troubles) -> None:
    if options.ocr and ocr.available() and ocr.read(page, objects, options.languages):
        troubles.recognised.append(objects.number)
    else:
        missed.append(objects.number)


def _diagnostics(troubles: _Troubles) -> Iterable[Diagnostic]:
    def at(numbers: list[int]) -> tuple[Place, ...]:
        return tuple(Place(page=n, start=0, end=0) for n in numbers)

    if troubles.pictures:
        yield Diagnostic(
            code="needs-ocr",
            message=f"{_pages(troubles.pictures)} pictures of text and were not read: install tesseract to read them.",
            places=at(troubles.pictures),
            lost=True,
        )
    if troubles.unmapped:
        said = "set in fonts that do not say which characters they show, and were not read: install tesseract to read them."
        message = f"{_pages(troubles.unmapped)} {said}"
        yield Diagnostic(code="unmapped-font", message=message, places=at(troubles.unmapped), lost=True)
    if troubles.failed:
        yield Diagnostic(
            code="damaged-page", message=f"{_pages(troubles.failed)} damaged and were not read.", places=at(troubles.failed), lost=True
        )
    if troubles.recognised:
        yield Diagnostic(
            code="read-by-ocr",
            message=f"{_pages(troubles.recognised)} pictures of text, read by OCR: compare them with the paper.",
            places=at(troubles.recognised),
        )


def _pages(numbers: list[int]) -> str:
    """'Page 3 is', 'Pages 3, 5 to 8 are'."""
    runs: list[list[int]] = []
    for n in numbers:
        if runs and n == runs[-1][-1] + 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    said = ", ".join(str(r[0]) if len(r) == 1 else f"{r[0]} to {r[-1]}" for r in runs)
    return f"Page {said} is" if len(numbers) == 1 else f"Pages {said} are"


def _fill(out: Outline, laid: list[LaidPage], bookmarks: set[tuple[int, str]]) -> None:
    """Tell what is running text on all pages together, and make the blocks."""
    furniture = furniture_of(laid)
    headers = [line.text for p in laid for line in all_lines(p.elements) if id(line) in furniture]
    for p in laid:
        furniture.update(id(e) for e in p.elements if not isinstance(e, Grid) and (e.aside or not e.text.strip("_ –—-")))
    elements = _released([e for p in laid for e in _kept(p.elements, furniture)])
    settle([e for e in elements if not isinstance(e, Grid) and not e.aside])
    contents = contents_of(elements, furniture)
    flow = [e for e in elements if isinstance(e, Grid) or id(e) not in contents]
    running = [e for e in flow if not isinstance(e, Grid)]
    lines = all_lines(flow)
    manner = manner_of(running or lines)
    marks = marks_of(lines)
    notes, taken = notes_of(laid, furniture | contents, manner, marks)
    join_boxes(laid, furniture | contents | taken)
    measure(laid, furniture, taken)
    vocabulary = Vocabulary()
    vocabulary.learn(lines)
    assembler = Assembler({p.number: p.frame for p in laid}, vocabulary, manner, frozenset(confirmed(marks, laid, notes)), bookmarks)
    out.blocks = assembler.blocks([e for e in flow if isinstance(e, Grid) or id(e) not in taken])
    out.footnotes = [assembler.note(n) for n in notes]
    first = next((p for p in laid if p.text.strip()), None)
    if first is not None:
        out.symbol = symbol_of(all_lines(first.elements), headers, first.frame.height)
    at = title_block(out.blocks)
    if at is not None:
        out.blocks[at] = replace(out.blocks[at], kind="title", level=0)
        out.title = out.blocks[at].text


def _released(elements: list[Line | Grid]) -> list[Line | Grid]:
    """Lone cells opened up to the box that they are, where they do not go on with the table of the page before."""
    out: list[Line | Grid] = []
    for e in elements:
        if isinstance(e, Grid) and e.lone:
            last = out[-1] if out else None
            if not (isinstance(last, Grid) and last.page == e.page - 1 and joinable(last, e)):
                out.extend(line for c in e.cells for line in c.lines)
                continue
            for c in e.cells:
                for line in c.lines:
                    line.box = None
        out.append(e)
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
