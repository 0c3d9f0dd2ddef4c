"""Words: what of a page is text, and how it is set."""

from __future__ import annotations

import pypdfium2


def test_words_without_blanks_between_them_are_parted_by_their_distance(paper, texts):
    paper.sheet().spread(72, 700, ["Recommendations", "were", "accepted"], gap=4)
    assert texts(paper.outline()) == ["Recommendations were accepted"]


def test_pieces_of_one_word_are_not_parted(paper, texts):
    paper.sheet().spread(72, 700, ["Recom", "men", "dation"], gap=0.2)
    assert texts(paper.outline()) == ["Recommendation"]


def test_bold_and_italic_are_told_by_the_face_and_given_as_spans(paper):
    sheet = paper.sheet()
    x = sheet.text(72, 700, "Plain and ")
    x = sheet.text(x, 700, "bold words", face="B")
    x = sheet.text(x, 700, " and ")
    sheet.text(x, 700, "slanted ones.", face="I")
    block = paper.outline().blocks[0]
    assert [block.text[a:b] for a, b in block.bold_spans] == ["bold words"]
    assert [block.text[a:b] for a, b in block.italic_spans] == ["slanted ones."]


def test_a_face_made_bold_by_a_stroke_around_its_letters_is_bold(paper):
    sheet = paper.sheet()
    x = sheet.text(72, 700, "Made bold", mode=2, stroke=0.4)
    sheet.text(x + 6, 700, "and plain with a hair line of no matter.", mode=2, stroke=0.01)
    block = paper.outline().blocks[0]
    assert [block.text[a:b] for a, b in block.bold_spans] == ["Made bold"]


def test_colour_is_told_and_black_is_none(paper):
    sheet = paper.sheet()
    sheet.text(72, 700, "Words in red", colour=(1, 0, 0))
    sheet.text(72, 600, "Words in black")
    assert [b.colour for b in paper.outline().blocks] == ["#ff0000", None]


def test_invisible_text_is_not_read(paper, texts):
    sheet = paper.sheet()
    sheet.text(72, 700, "What all can see")
    sheet.text(72, 650, "What nobody can see", mode=3)
    assert texts(paper.outline()) == ["What all can see"]


def test_text_outside_the_crop_box_is_not_read(paper, texts):
    sheet = paper.sheet(crop=(50, 50, 500, 750))
    sheet.text(72, 700, "Inside the sheet")
    sheet.text(72, 790, "A printer's note")
    assert texts(paper.outline()) == ["Inside the sheet"]


def test_text_over_which_a_white_sheet_was_painted_is_not_read(paper, texts):
    sheet = paper.sheet()
    sheet.text(72, 700, "The old heading", face="B")
    sheet.rect(60, 690, 400, 24, fill=(1, 1, 1))
    sheet.text(72, 698, "The heading that replaced it", face="B")
    assert texts(paper.outline()) == ["The heading that replaced it"]


def test_a_page_that_is_shown_turned_is_read_as_it_is_shown(paper, texts):
    sheet = paper.sheet(rotate=90)
    # Text that runs up the sheet, which a quarter turn clockwise makes upright.
    sheet.text(100, 72, "First line of a turned page, long enough", matrix=(0, 1, -1, 0))
    sheet.text(112, 72, "and its second line.", matrix=(0, 1, -1, 0))
    outline = paper.outline()
    assert texts(outline) == ["First line of a turned page, long enough and its second line."]
    assert (outline.pages[0].width, outline.pages[0].height) == (842, 595)


def test_a_sheet_set_on_its_side_without_saying_so_is_read_too(paper, texts):
    sheet = paper.sheet()
    for i, words in enumerate(("Text that runs up", "a sheet that is not turned", "is read from its side")):
        sheet.text(100 + 12 * i, 72, words, matrix=(0, 1, -1, 0))
    assert " ".join(texts(paper.outline())) == "Text that runs up a sheet that is not turned is read from its side"


def test_boxes_are_in_the_pages_own_coordinates_whatever_its_turn_and_crop(new_paper):
    for rotate in (0, 90, 180, 270):
        paper = new_paper()
        sheet = paper.sheet(rotate=rotate, crop=(20, 30, 560, 800))
        turned = {0: (1, 0, 0, 1), 90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}[rotate]
        sheet.text(300, 400, "Where words stand", matrix=turned)
        outline = paper.outline()
        piece = outline.blocks[0].content.pieces[0]
        document = pypdfium2.PdfDocument(paper.bytes())
        found = document[0].get_textpage().get_text_bounded(*piece.box)
        document.close()
        assert found.strip() == "Where words stand", rotate


def test_a_line_of_text_turned_on_an_upright_page_stays_out_of_the_text(paper, texts, prose):
    sheet = paper.sheet()
    sheet.block(72, 700, prose, 400)
    sheet.text(30, 300, "Photo: the office", matrix=(0, 1, -1, 0), size=7)
    outline = paper.outline()
    assert len(texts(outline)) == 1
    assert "Photo: the office" in outline.pages[0].text


def test_a_heading_set_with_wide_letters_is_words_again(paper, texts):
    sheet = paper.sheet()
    x = 72
    for letter in "EXECUTIVE":
        sheet.text(x, 700, letter, face="H")
        x += 14
    x += 12
    for letter in "SUMMARY":
        sheet.text(x, 700, letter, face="H")
        x += 14
    assert texts(paper.outline()) == ["EXECUTIVE SUMMARY"]
