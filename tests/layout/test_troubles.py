"""Troubles: files that cannot be read, and pages that can be read in part."""

from __future__ import annotations

import pypdfium2
import pytest

from evaltrail.read.formats import Unreadable, pdf


def scan(paper, new_paper, words):
    """A page that is a picture of words."""
    source = new_paper()
    sheet = source.sheet()
    for i, line in enumerate(words):
        sheet.text(72, 700 - 24 * i, line, size=14, face="H")
    document = pypdfium2.PdfDocument(source.bytes())
    bitmap = document[0].render(scale=150 / 72, grayscale=True)
    rows = bytes(bitmap.buffer)
    grey = b"".join(rows[y * bitmap.stride : y * bitmap.stride + bitmap.width] for y in range(bitmap.height))
    paper.sheet().picture(bitmap.width, bitmap.height, grey)
    document.close()


WORDS = ["The committee accepted", "the recommendation of the", "evaluation in March."]


@pytest.mark.usefixtures("tesseract")
def test_a_scanned_page_is_read_by_ocr_where_it_is_installed(paper, new_paper, texts):
    scan(paper, new_paper, WORDS)
    outline = paper.outline()
    assert " ".join(texts(outline)) == " ".join(WORDS)
    left, bottom, right, top = outline.blocks[0].content.pieces[0].box
    assert 60 < left < 80
    assert right < 330
    assert 690 < bottom < 705 < top < 720
    assert [d.code for d in outline.diagnostics] == ["read-by-ocr"]


def test_a_scanned_page_without_ocr_is_named(paper, new_paper, prose):
    paper.sheet().block(72, 700, prose, 400)
    scan(paper, new_paper, WORDS)
    outline = paper.outline(ocr=False)
    (found,) = outline.diagnostics
    assert found.code == "needs-ocr"
    assert "Page 2 " in found.message
    assert [p.page for p in found.places] == [2]


def test_text_painted_invisibly_on_a_scan_is_its_text(paper, new_paper, texts):
    scan(paper, new_paper, WORDS)
    for i, line in enumerate(WORDS):
        paper.sheets[-1].text(72, 700 - 24 * i, line, size=12, mode=3)
    assert " ".join(texts(paper.outline(ocr=False))) == " ".join(WORDS)


def test_pages_left_out_are_named(paper, prose):
    for _ in range(3):
        paper.sheet().block(72, 700, prose, 400)
    outline = paper.outline(max_pages=2)
    assert len(outline.pages) == 2
    assert [d.code for d in outline.diagnostics] == ["pages-left-out"]


def test_a_paper_that_is_cut_off_is_refused(paper, prose):
    paper.sheet().block(72, 700, prose, 400)
    with pytest.raises(Unreadable) as refusal:
        pdf.outline(paper.bytes()[:300])
    assert refusal.value.code == "truncated"
    assert "\n" not in str(refusal.value)


def test_a_paper_without_pages_is_refused(paper):
    with pytest.raises(Unreadable) as refusal:
        paper.outline()
    assert refusal.value.code == "empty"


def test_nothing_is_refused():
    with pytest.raises(Unreadable) as refusal:
        pdf.outline(b"")
    assert refusal.value.code == "empty"


def test_an_empty_page_among_others_is_read_as_empty(paper, prose):
    paper.sheet().block(72, 700, prose, 400)
    paper.sheet()
    outline = paper.outline()
    assert outline.pages[1].text == ""
    assert outline.diagnostics == []
