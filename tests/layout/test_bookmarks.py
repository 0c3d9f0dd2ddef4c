"""What a document's bookmarks say of its headings."""

from __future__ import annotations

import pytest


@pytest.fixture
def sections(paper, prose):
    """A paper of six sections whose headings its bookmarks name; returns the sheet and the place on it after them."""
    paper.sheet().text(72, 700, "Evaluation of the ports", size=20, face="B")
    sheet, y = paper.sheet(), 780
    for n in range(1, 7):
        name = f"Section {n} of the whole"
        sheet.text(72, y, name, size=13, face="B")
        paper.bookmarks.append((name, len(paper.sheets)))
        y = sheet.block(72, y - 24, f"{n} " + prose, 420) - 24
    return sheet, y


def test_a_bold_line_of_the_texts_size_that_bookmarks_of_all_headings_do_not_name_is_no_heading(paper, texts, prose, sections):
    sheet, y = sections
    sheet.text(72, y, "CBSA", face="B")
    sheet.block(72, y - 18, prose, 420)
    outline = paper.outline()
    assert texts(outline, "heading") == [f"Section {n} of the whole" for n in range(1, 7)]
    assert "CBSA" in texts(outline, "paragraph")


def test_a_heading_of_the_texts_size_with_a_footnotes_mark_is_the_one_that_the_bookmark_names(paper, texts, prose, sections):
    sheet, y = sections
    sheet.text(72, y, "What others say", face="B")
    sheet.text(163, y + 4, "7", face="B", size=6)
    sheet.block(72, y - 18, prose, 420)
    paper.bookmarks.append(("What others say", len(paper.sheets)))
    assert any(t.startswith("What others say") for t in texts(paper.outline(), "heading"))


def test_a_bold_line_is_a_heading_where_bookmarks_leave_out_half_of_the_larger_ones(paper, texts, prose, sections):
    _ = sections
    paper.bookmarks = paper.bookmarks[:3]
    for n in range(2):
        sheet = paper.sheet()
        sheet.text(72, 780, f"Annex {n + 1} of the whole", size=13, face="B")
        sheet.block(72, 756, prose, 420)
    sheet.text(72, 700, "Further reading", face="B")
    sheet.block(72, 682, prose, 420)
    assert "Further reading" in texts(paper.outline(), "heading")


def test_a_bold_line_over_a_table_that_bookmarks_do_not_name_is_its_caption(paper, texts, sections):
    sheet, y = sections
    sheet.text(72, y, "Implementation of the response", face="B")
    sheet.grid((72, 250, 480), (y - 60, y - 34, y - 8))
    for r, row in enumerate((("Action", "Due"), ("Revise the handbook", "December 2030"))):
        for x, words in zip((76, 254), row, strict=True):
            sheet.text(x, y - 24 - 26 * r, words)
    assert texts(paper.outline(), "caption") == ["Implementation of the response"]
