"""Paragraphs: lines that belong together, and lines that do not."""

from __future__ import annotations

import pytest


def test_hyphenation_at_the_end_of_a_line_is_undone(paper, texts):
    sheet = paper.sheet()
    sheet.text(72, 700, "The country teams asked for more imple-")
    sheet.text(72, 688, "mentation support, and implementation was")
    sheet.text(72, 676, "indeed slower than what had been planned.")
    assert "asked for more implementation support" in texts(paper.outline())[0]


def test_a_hyphen_of_spelling_at_the_end_of_a_line_is_kept(paper, texts):
    sheet = paper.sheet()
    sheet.text(72, 700, "The system-wide policy holds, as a system-")
    sheet.text(72, 688, "wide review of the year before had found.")
    assert "as a system-wide review" in texts(paper.outline())[0]


def test_a_paragraph_goes_on_over_the_page_past_footnote_header_and_page_number(paper, texts, prose):
    words = (prose * 4).split()
    for n in range(3):
        sheet = paper.sheet()
        sheet.text(72, 800, "A running header", size=8)
        sheet.text(290, 30, str(n + 1), size=8)
        part = " ".join(words[30 * n : 30 * n + 30]) if n < 2 else "The end."
        y = sheet.block(72, 120 if n == 0 else 740, part, 400)
        if n == 0:
            sheet.rule(72, y - 2, 200, y - 2)
            sheet.text(72, y - 12, "1", size=5, rise=3)
            sheet.text(78, y - 12, "See the annex.", size=7)
    outline = paper.outline()
    assert len([t for t in texts(outline) if t != "The end."]) == 1
    assert [(f.number, f.text) for f in outline.footnotes] == [("1", "See the annex.")]


def test_paragraphs_are_parted_by_white(paper, texts, prose):
    sheet = paper.sheet()
    y = sheet.block(72, 700, prose, 400)
    sheet.block(72, y - 8, prose, 400)
    assert len(texts(paper.outline())) == 2


def test_paragraphs_are_parted_by_a_first_lines_indent(paper, texts, prose):
    sheet = paper.sheet()
    y = sheet.block(72, 700, prose, 400, first=20)
    y = sheet.block(72, y, prose, 400, first=20)
    sheet.block(72, y, prose, 400, first=20)
    assert texts(paper.outline()) == [prose.strip()] * 3


def test_paragraphs_are_parted_by_a_line_that_ends_early(paper, texts, prose):
    sheet = paper.sheet()
    y = sheet.block(72, 700, prose + "Done now.", 400)
    y = sheet.block(72, y, prose + "Done now.", 400)
    assert len(texts(paper.outline())) == 2


def test_names_under_each_other_are_not_one_paragraph(paper, texts, prose):
    sheet = paper.sheet()
    sheet.block(72, 760, prose * 3, 400)
    names = ["Adeola Martins, Evaluation Officer", "Jan Visser, Consultant", "Maria Prieto, Research Assistant", "Tom Aka, Consultant"]
    for i, name in enumerate(names):
        sheet.text(72, 600 - 12 * i, name)
    assert texts(paper.outline())[1:] == names


def test_a_heading_over_two_lines_is_one_and_the_text_under_it_another(paper, prose):
    sheet = paper.sheet()
    sheet.text(72, 700, "Effectiveness of the programme", size=14, face="B")
    sheet.text(72, 683, "in the five regions", size=14, face="B")
    sheet.block(72, 660, prose, 400)
    blocks = paper.outline().blocks
    assert blocks[0].text == "Effectiveness of the programme in the five regions"
    assert blocks[1].kind == "paragraph"


def test_a_label_with_a_number_is_not_joined_to_the_heading_above_it(paper, texts, prose):
    sheet = paper.sheet()
    sheet.block(72, 760, prose, 400)
    sheet.text(72, 700, "To strengthen evaluation skills", face="B")
    sheet.text(72, 688, "Recommendation 7", face="B")
    sheet.block(72, 676, prose, 400)
    assert texts(paper.outline(), "heading") == ["To strengthen evaluation skills", "Recommendation 7"]


def test_levels_follow_size_and_the_depth_of_numbers(paper, prose):
    sheet = paper.sheet()
    y = 780
    for words, size in (
        ("1. Findings", 16),
        ("1.1. Relevance", 13),
        ("1.1.1. Needs of groups", 11),
        ("1.2. Impact", 13),
        ("2. Conclusions", 16),
    ):
        sheet.text(72, y, words, size=size, face="B")
        y = sheet.block(72, y - 20, prose, 400) - 14
    found = [(b.marker.text, b.level) for b in paper.outline().blocks if b.kind == "heading"]
    assert [m for m, _ in found][-4:] == ["1.1.", "1.1.1.", "1.2.", "2."]
    levels = dict(found)
    assert levels["2."] < levels["1.1."] == levels["1.2."] < levels["1.1.1."]


def test_bold_words_that_fill_a_line_within_a_paragraph_are_no_heading(paper):
    sheet = paper.sheet()
    room = 60
    lines = [
        ("The team found that many of the partners who were asked had", "R"),
        ("adapted their ways of working to what each of the groups had", "B"),
    ]
    lines += [("needed, which is a good sign for the years that are to come.", "R")]
    for i, (words, face) in enumerate(lines):
        sheet.text(72, 700 - 12 * i, words.ljust(room).rstrip(), face=face)
    outline = paper.outline()
    assert [b.kind for b in outline.blocks] == ["paragraph"]
    assert outline.blocks[0].bold_spans


def test_running_numbers_are_split_off_and_their_paragraphs_are_no_list(paper, prose):
    sheet = paper.sheet()
    y = 800
    for n in range(26, 38):
        sheet.text(72, y, f"{n}.")
        y = sheet.block(108, y, prose[:120].rsplit(" ", 1)[0] + ".", 400) - 8
    blocks = paper.outline().blocks
    assert [b.marker.text for b in blocks] == [f"{n}." for n in range(26, 38)]
    assert {b.kind for b in blocks} == {"paragraph"}
    assert all(b.text.startswith("The evaluation") for b in blocks)


@pytest.mark.parametrize("marker", ["\u2022", "-", "(a)", "1.", "iv."])
def test_list_items_keep_their_markers_apart(paper, prose, marker):
    sheet = paper.sheet()
    y = sheet.block(72, 760, prose, 400)
    for words in ("accept the plan and tell partners about it in good time;", "pay what was agreed;"):
        sheet.text(90, y - 12, marker)
        sheet.text(112, y - 12, words)
        y -= 14
    items = [b for b in paper.outline().blocks if b.kind == "item"]
    assert [b.marker.text for b in items] == [marker] * 2
    assert [b.level for b in items] == [1, 1]


def test_items_set_further_in_are_nested(paper):
    sheet = paper.sheet()
    for i, (x, words) in enumerate(((72, "fruit"), (92, "apples"), (92, "pears"), (72, "bread"))):
        sheet.text(x, 700 - 14 * i, "\u2022")
        sheet.text(x + 14, 700 - 14 * i, words)
    assert [(b.text, b.level) for b in paper.outline().blocks] == [("fruit", 1), ("apples", 2), ("pears", 2), ("bread", 1)]


def test_a_dash_in_mid_sentence_is_no_bullet(paper, texts):
    sheet = paper.sheet()
    sheet.text(72, 700, "Gaps in capacity that are known to all of the offices there")
    sheet.text(72, 688, "\u2013 and to the donors as well \u2013 have not been closed by now in")
    sheet.text(72, 676, "any of the regions.")
    assert len(texts(paper.outline())) == 1


def test_a_raised_number_is_cut_out_and_tied_to_its_footnote(paper, prose):
    sheet = paper.sheet()
    x = sheet.text(72, 700, "Most partners agreed")
    sheet.text(x, 700, "4", size=6, rise=4)
    sheet.text(x + 10, 700, "with what was found.")
    sheet.block(72, 640, prose * 2, 400)
    sheet.rule(72, 100, 200, 100)
    sheet.text(72, 88, "4", size=5, rise=3)
    sheet.text(78, 88, "Forty of the forty-four that were asked.", size=7)
    outline = paper.outline()
    assert outline.blocks[0].text == "Most partners agreed with what was found."
    assert outline.blocks[0].marks == ((len("Most partners agreed"), "4"),)
    assert outline.footnotes[0].number == "4"
    assert outline.footnotes[0].text == "Forty of the forty-four that were asked."


def test_a_raised_two_after_a_unit_is_no_footnote(paper, texts):
    sheet = paper.sheet()
    x = sheet.text(72, 700, "An area of 12 km")
    sheet.text(x, 700, "2", size=6, rise=4)
    sheet.text(x + 10, 700, "was planted.")
    assert texts(paper.outline()) == ["An area of 12 km2 was planted."]


def test_the_title_is_the_largest_text_of_the_first_page_and_no_masthead(paper, prose):
    sheet = paper.sheet()
    sheet.text(72, 800, "United Nations", size=18)
    sheet.text(72, 640, "Evaluation of the support to rural schools", size=16, face="B")
    paper.sheet().block(72, 760, prose * 5, 400)
    outline = paper.outline()
    assert outline.title == "Evaluation of the support to rural schools"
    assert [b.text for b in outline.blocks if b.kind == "title"] == [outline.title]


@pytest.mark.parametrize("symbol", ["A/72/1", "GB.340/PFA/7", "E/ICEF/2025/4", "DP/2025/6", "JIU/REP/2025/2", "E/AC.51/2025/2"])
def test_the_symbol_of_a_united_nations_document_is_found_on_its_first_page(paper, prose, symbol):
    sheet = paper.sheet()
    sheet.text(430, 800, symbol)
    sheet.block(72, 700, prose + "See also A/RES/70/1 and E/2020/4.", 400)
    assert paper.outline().symbol == symbol


def test_a_paragraph_broken_by_a_table_is_whole(paper, texts):
    sheet = paper.sheet()
    sheet.text(72, 760, "All of the offices that were asked say that the plan was told to")
    sheet.text(72, 748, "them in time and that they were asked for their views of it by an")
    for x in (72, 200, 400):
        sheet.rule(x, 730, x, 690)
    for y in (730, 710, 690):
        sheet.rule(72, y, 400, y)
    for i, words in enumerate((("Unit", "Answer"), ("Policy", "Yes"))):
        sheet.text(76, 716 - 20 * i, words[0])
        sheet.text(206, 716 - 20 * i, words[1])
    sheet.text(72, 670, "independent team before anything was decided.")
    said = " ".join(texts(paper.outline(), "paragraph"))
    assert said.startswith("All of the offices")
    assert said.endswith("their views of it by an independent team before anything was decided.")
