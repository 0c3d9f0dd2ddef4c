"""Furniture: what stands on every page is no text of the document."""

from __future__ import annotations

PAGES = 6


def test_headers_footers_and_page_numbers_are_set_aside_but_stay_in_the_pages_text(paper, texts, prose):
    for n in range(PAGES):
        sheet = paper.sheet()
        sheet.text(72, 800, "Evaluation of the rural programme", size=8)
        sheet.block(72, 700, f"Part {n}. " + prose, 400)
        sheet.text(290, 40, f"{n + 1}", size=8)
        sheet.text(72, 52, f"Page {n + 1} of {PAGES}", size=8)
    outline = paper.outline()
    assert len(texts(outline)) == PAGES
    assert outline.pages[2].text.startswith("Evaluation of the rural programme\n")
    assert "Page 3 of 6" in outline.pages[2].text


def test_headers_that_change_from_left_to_right_pages_are_set_aside(paper, texts, prose):
    for n in range(PAGES):
        sheet = paper.sheet()
        if n % 2:
            sheet.text(72, 800, f"{n + 1}  Office of Evaluation", size=8)
        else:
            sheet.text(350, 800, f"Summary report  {n + 1}", size=8)
        sheet.block(72, 700, prose, 400)
    assert len(texts(paper.outline())) == PAGES


def test_a_numbered_heading_at_the_top_of_every_page_is_no_header(paper, texts, prose):
    for n in range(PAGES):
        sheet = paper.sheet()
        sheet.text(72, 780, f"Recommendation {2 * n + 1}", face="B", size=12)
        sheet.block(72, 750, prose, 400)
    assert texts(paper.outline(), "heading") == [f"Recommendation {2 * n + 1}" for n in range(PAGES)]


def test_a_heading_that_comes_back_under_another_one_is_no_header(paper, texts, prose):
    for n, name in enumerate(("Relevance", "Coherence", "Impact", "Efficiency")):
        sheet = paper.sheet()
        sheet.text(72, 800, f"{n + 3}. {name}", face="B", size=13)
        sheet.text(72, 770, "Questions asked", face="B")
        sheet.block(72, 750, prose, 400)
    assert texts(paper.outline(), "heading").count("Questions asked") == 4


def test_a_table_of_contents_is_set_aside_with_its_heading(paper, prose):
    sheet = paper.sheet()
    sheet.text(72, 760, "Table of contents", face="B", size=14)
    for i, (name, page) in enumerate((("Introduction", 3), ("Findings", 5), ("Conclusions", 9), ("Recommendations", 11))):
        dots = "." * (50 - len(name))
        sheet.text(72, 720 - 18 * i, f"{i + 1}. {name} {dots} {page}")
    sheet = paper.sheet()
    sheet.text(72, 760, "1. Introduction", face="B", size=14)
    sheet.block(72, 730, prose, 400)
    outline = paper.outline()
    assert [b.marker.text + " " + b.text for b in outline.blocks if b.kind in {"heading", "title"}] == ["1. Introduction"]
    assert len(outline.blocks) == 2


def test_contents_without_dots_are_told_by_page_numbers_that_grow(paper, texts, prose):
    sheet = paper.sheet()
    sheet.text(72, 760, "Contents", face="B", size=14)
    for i, (name, page) in enumerate((("Introduction", 3), ("Findings", 5), ("Conclusions", 9), ("Recommendations", 11))):
        sheet.text(72, 720 - 18 * i, name)
        sheet.text(480, 720 - 18 * i, f"{page:>2}")
    paper.sheet().block(72, 730, prose, 400)
    assert len(texts(paper.outline())) == 1
