"""The sample paper has everything that it is meant to show, and is built anew to the same bytes."""

from __future__ import annotations

import importlib.util
import io
import sys
import zipfile
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pytest

from evaltrail import sample

if TYPE_CHECKING:
    from pathlib import Path


def pdf_pages() -> list[str]:
    document = pdfium.PdfDocument(sample.path("pdf"))
    return [document[i].get_textpage().get_text_range() for i in range(len(document))]


def members(container: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(container)) as opened:
        return {n: opened.read(n) for n in opened.namelist()}


def test_it_comes_in_four_formats_and_no_other() -> None:
    assert [sample.path(s).name for s in sample.FORMATS] == ["paper.pdf", "paper.docx", "paper.html", "paper.txt"]
    assert all(sample.path(s).stat().st_size > 20_000 for s in sample.FORMATS)
    with pytest.raises(ValueError, match="pdf, docx, html, txt"):
        sample.path("odt")


def test_it_is_built_anew_to_the_same_bytes(root: Path) -> None:
    for package in ("typst", "font_source_serif_pro", "font_source_sans_pro"):
        if importlib.util.find_spec(package) is None:
            pytest.skip(f"needs {package}, which only building the sample uses")
    sys.path.insert(0, str(root / "tools"))
    try:
        from build_sample import build
    finally:
        sys.path.pop(0)
    for name, data in build().items():
        kept = (root / name).read_bytes()
        if name.endswith(".docx"):  # how well a container is packed depends on the machine's zlib
            assert members(data) == members(kept), f"{name} is not what tools/build_sample.py makes"
        else:
            assert data == kept, f"{name} is not what tools/build_sample.py makes"


def test_the_pdf_has_a_paragraph_a_box_and_a_table_across_pages() -> None:
    pages = pdf_pages()
    assert 14 <= len(pages) <= 18
    assert "Those who \r\n" in pages[7]
    assert "had combined a distance course" in pages[8]
    assert "Key finding 6:" in pages[2]
    assert "Key finding 7:" in pages[3]
    assert all("Output Biennium Target Result" in pages[i] for i in (3, 4))


def test_the_pdf_has_hyphenated_words_and_tags() -> None:
    document = pdfium.PdfDocument(sample.path("pdf"))
    assert any("\ufffe" in p for p in pdf_pages())  # PDFium's sign for a hyphen that breaks a word
    assert document.is_tagged()


def test_the_docx_holds_native_charts_and_footnotes_and_no_picture() -> None:
    with zipfile.ZipFile(sample.path("docx")) as container:
        names = container.namelist()
    assert sum(n.startswith("word/charts/") for n in names) == 3
    assert "word/footnotes.xml" in names
    assert not any(n.startswith("word/media/") for n in names)


def test_the_text_has_one_form_feed_a_page() -> None:
    text = sample.path("txt").read_text(encoding="utf-8")
    assert text.count("\f") == len(pdf_pages())
