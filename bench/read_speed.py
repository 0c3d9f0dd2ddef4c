"""Speed of reading PDFs, as ratios measured in one run.

    python bench/read_speed.py [FILE.pdf ...]

Three baselines hand over every text object of a file with its text, font, size, matrix and box, in this process:

``objects``  pypdfium2's own objects and methods: ``page.get_objects`` (forms opened), ``extract``, ``get_font``, ``get_font_size``,
             ``get_matrix``, ``get_bounds``. This is what the budget of twice the time refers to.
``calls``    the same calls of PDFium through pypdfium2's raw bindings, with buffers made once. The strictest measure.
``text``     the bare text of each page (``FPDFText_GetText``) for orientation.

Against them stand ``layout`` (bytes to outline) and ``whole`` (bytes to a record's JSON, recognisers included).
Each figure is the best of the runs, in processor time, so that what else the machine does counts little.
Without files it reads the project's sample.
"""

from __future__ import annotations

import ctypes
import sys
import time
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
from pypdfium2 import raw

from evaltrail.read import read
from evaltrail.read.formats import Options, pdf

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS = 3
BUFFER = 1 << 16


def objects(data: bytes) -> None:
    """Every text object through pypdfium2's helpers."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        textpage = page.get_textpage()
        for found in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], textpage=textpage):
            found.extract()
            found.get_font().get_base_name()
            found.get_font_size()
            found.get_matrix()
            found.get_bounds()
        textpage.close()
        page.close()
    document.close()


class _Calls:
    """Every text object through the raw bindings."""

    def __init__(self) -> None:
        self.text = ctypes.create_string_buffer(BUFFER)
        self.wide = ctypes.cast(self.text, ctypes.POINTER(raw.FPDF_WCHAR))
        self.name = ctypes.create_string_buffer(256)
        self.size = ctypes.c_float()
        self.matrix = raw.FS_MATRIX()
        self.box = [ctypes.c_float() for _ in range(4)]

    def read(self, data: bytes) -> None:
        """All objects of a file."""
        document = pypdfium2.PdfDocument(data)
        names: dict[int, bytes] = {}
        for page in document:
            textpage = page.get_textpage()
            for i in range(raw.FPDFPage_CountObjects(page)):
                self._object(raw.FPDFPage_GetObject(page, i), textpage.raw, names)
            textpage.close()
            page.close()
        document.close()

    def _object(self, handle: raw.FPDF_PAGEOBJECT, textpage: raw.FPDF_TEXTPAGE, names: dict[int, bytes]) -> None:
        kind = raw.FPDFPageObj_GetType(handle)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            for i in range(raw.FPDFFormObj_CountObjects(handle)):
                self._object(raw.FPDFFormObj_GetObject(handle, i), textpage, names)
        if kind != raw.FPDF_PAGEOBJ_TEXT:
            return
        length = raw.FPDFTextObj_GetText(handle, textpage, self.wide, BUFFER)
        ctypes.string_at(self.text, max(0, length - 2)).decode("utf-16-le", "replace")
        font = raw.FPDFTextObj_GetFont(handle)
        key = ctypes.cast(font, ctypes.c_void_p).value or 0
        if key not in names:
            raw.FPDFFont_GetBaseFontName(font, self.name, 256)
            names[key] = self.name.value
        raw.FPDFTextObj_GetFontSize(handle, self.size)
        raw.FPDFPageObj_GetMatrix(handle, self.matrix)
        raw.FPDFPageObj_GetBounds(handle, *self.box)


def calls(data: bytes) -> None:
    """Every text object through the raw bindings."""
    _Calls().read(data)


def text(data: bytes) -> None:
    """The bare text."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        textpage = page.get_textpage()
        textpage.get_text_range()
        textpage.close()
        page.close()
    document.close()


def layout(data: bytes) -> None:
    """Bytes to outline."""
    pdf.outline(data, Options(ocr=False))


def whole(data: bytes) -> None:
    """Bytes to a record's JSON."""
    read(data, options=Options(ocr=False)).to_json(indent=None)


def best(work: Callable[[bytes], None], data: bytes) -> float:
    """Seconds of processor time of the fastest run."""
    taken = []
    for _ in range(RUNS):
        start = time.process_time()
        work(data)
        taken.append(time.process_time() - start)
    return min(taken)


def main(names: list[str]) -> int:
    """Measure the files and print a table."""
    papers = {Path(n).stem: Path(n).read_bytes() for n in names} or {"sample": (files("evaltrail.sample") / "paper.pdf").read_bytes()}
    kinds = (objects, calls, text, layout, whole)
    totals = dict.fromkeys((k.__name__ for k in kinds), 0.0)
    pages = 0
    print(
        f"{'':36s} {'pages':>6s} "
        + " ".join(f"{k.__name__:>8s}" for k in kinds)
        + "   ms a page   layout/objects  whole/objects  whole/calls"
    )
    for name, data in papers.items():
        document = pypdfium2.PdfDocument(data)
        count = len(document)
        document.close()
        pages += count
        taken = {k.__name__: best(k, data) for k in kinds}
        for k, seconds in taken.items():
            totals[k] += seconds
        _row(name, count, taken)
    _row("all", pages, totals)
    return 0


def _row(name: str, pages: int, taken: dict[str, float]) -> None:
    each = " ".join(f"{1000 * seconds / pages:8.2f}" for seconds in taken.values())
    ratios = f"{taken['layout'] / taken['objects']:14.2f} {taken['whole'] / taken['objects']:14.2f} {taken['whole'] / taken['calls']:12.2f}"
    print(f"{name[:36]:36s} {pages:6d} {each} {'':11s} {ratios}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
