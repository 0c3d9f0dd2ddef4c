"""Read files in this process with one library, and write down how long each took.

    python bench/one_reader.py READER RESULT.json FILE.pdf ...

Runs in the environment of the library that is measured, so it needs nothing but Python.  What importing the library takes
counts for the process as a whole (``run.py`` measures that from outside) and not for the seconds written down here.
"""

from __future__ import annotations

import json
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def evaltrail() -> Callable[[str], int]:
    """Bytes to a record's JSON, recognisers included."""
    read = import_module("evaltrail.read").read
    options = import_module("evaltrail.read.formats").Options(ocr=False)
    import_module("evaltrail.read.recognise.pipeline")
    import_module("evaltrail.read.formats.pdf")
    return lambda file: len(read(file, options=options).to_json(indent=None))


def pymupdf4llm() -> Callable[[str], int]:
    """Markdown by its rules. Its trained layout model, which it uses unless told otherwise, takes several times as long."""
    library = import_module("pymupdf4llm")
    if hasattr(library, "use_layout"):
        library.use_layout(False)  # noqa: FBT003 - the library takes it by position
    return lambda file: len(library.to_markdown(file, ignore_images=True, show_progress=False))


def docling_parse() -> Callable[[str], int]:
    """Characters, words, lines, shapes and pictures of each page, as it gives them unless told otherwise."""
    return _docling_parse("char_cells", "word_cells", "line_cells", "shapes", "bitmaps")


def docling_parse_shapes() -> Callable[[str], int]:
    """Lines of text and drawn shapes with their boxes, without which there are neither tables nor charts."""
    return _docling_parse("line_cells", "shapes")


def docling_parse_lines() -> Callable[[str], int]:
    """Lines of text with their boxes and nothing else: its fastest way."""
    return _docling_parse("line_cells")


def _docling_parse(*wanted: str) -> Callable[[str], int]:
    library = import_module("docling_parse.pdf_parser")
    parser = library.DoclingPdfParser(loglevel="fatal")
    kinds = ("char_cells", "word_cells", "line_cells", "shapes", "bitmaps")
    others = {f"{kind}_content_level": library.ContentLevel.SKIP for kind in kinds if kind not in wanted}
    content = library.ContentConfig(**others, include_bitmap_bytes="bitmaps" in wanted)

    def read(file: str) -> int:
        document = parser.load(file, content_config=content)
        length = sum(len(line.text) for _, page in document.iterate_pages() for line in page.textline_cells)
        document.unload()
        return length

    return read


def weasyprint() -> Callable[[str], int]:
    """The PDF of an HTML file: it prints and does not read."""
    library = import_module("weasyprint")
    return lambda file: len(library.HTML(filename=file).write_pdf())


READERS = {f.__name__: f for f in (evaltrail, pymupdf4llm, docling_parse, docling_parse_shapes, docling_parse_lines, weasyprint)}


def main(reader: str, result: str, files: list[str]) -> int:
    """Read the files and write the seconds, elapsed and of processor time, and what came out (characters of it) as JSON."""
    read = READERS[reader]()
    elapsed, processor, length = time.perf_counter(), time.process_time(), 0
    for file in files:
        length += read(file)
    taken = {"elapsed": time.perf_counter() - elapsed, "processor": time.process_time() - processor, "length": length}
    Path(result).write_text(json.dumps(taken), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3:]))
