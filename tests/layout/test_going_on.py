"""Which lines go on with a paragraph and which begin one."""

from __future__ import annotations

FULL = (
    "The committee met in all of the places that it had to go to, in",
    "and out of the sunny capital of the four isles, in all the days.",
)


def _paragraphs(sheet, y, prose, count=3):
    for n in range(count):
        y = sheet.block(72, y, f"{n} " + prose, 420, leading=1.3) - 6
    return y


def test_a_number_in_an_open_bracket_at_a_lines_beginning_is_no_marker(paper, texts, prose):
    sheet = paper.sheet()
    y = _paragraphs(sheet, 780, prose)
    sheet.text(72, y, "The works stayed within the limits of the budget in all years (a saving")
    sheet.text(72, y - 13, "1.240 households) and there was no other cost.")
    assert any("(a saving 1.240 households) and" in t for t in texts(paper.outline()))


def test_a_short_line_that_ends_in_an_open_bracket_goes_on(paper, texts, prose):
    sheet = paper.sheet()
    y = _paragraphs(sheet, 780, prose)
    sheet.text(72, y, "The works stayed within the limits of the budget")
    sheet.text(72, y - 13, "(saving : 240 households) and there was no other cost.")
    assert any("of the budget (saving : 240 households) and" in t for t in texts(paper.outline()))


def test_letters_that_count_within_a_sentence_are_no_markers_of_items(paper, texts, prose):
    sheet = paper.sheet()
    y = _paragraphs(sheet, 780, prose)
    sheet.text(72, y, "By the end of the next year the heads of all the bodies should look at:")
    sheet.text(72, y - 13, "(a) the use of leave; (b) the rules for the choice of measures; (c) the")
    sheet.text(72, y - 26, "time that cases take in the offices of the isles, and of the other seas;")
    sheet.text(72, y - 39, "(d) the cost of each.")
    outline = paper.outline()
    assert "item" not in {b.kind for b in outline.blocks}
    assert any("should look at: (a) the use of leave; (b)" in t and t.endswith("(d) the cost of each.") for t in texts(outline))


def test_letters_that_each_begin_a_line_are_markers_of_items(paper, prose):
    sheet = paper.sheet()
    y = _paragraphs(sheet, 780, prose)
    sheet.text(72, y, "By the end of the next year the heads of all the bodies should look at:")
    for n, words in enumerate(
        ("(a) the use of leave without pay in all of the cases of the last years;", "(b) the rules;", "(c) the time.")
    ):
        sheet.text(72, y - 13 * (n + 1), words)
    assert [b.marker.text for b in paper.outline().blocks if b.kind == "item"] == ["(a)", "(b)", "(c)"]


def test_a_dash_between_the_words_of_an_item_begins_no_other(paper, texts, prose):
    sheet = paper.sheet()
    y = _paragraphs(sheet, 780, prose)
    sheet.text(72, y, "•")
    sheet.text(100, y, "Guards are to be told of the services - and of the rules for them")
    sheet.text(100, y - 13, "- in the transit centres of the isles.", face="H")
    assert "Guards are to be told of the services - and of the rules for them - in the transit centres of the isles." in texts(
        paper.outline()
    )


def test_a_lone_letter_with_white_after_it_is_a_bullet_in_whatever_font(paper, prose):
    sheet = paper.sheet()
    y = _paragraphs(sheet, 780, prose)
    for n in range(3):
        sheet.text(100, y - 30 * n, "o")
        sheet.block(
            128, y - 30 * n, f"Part {n} of the summary is to hold the aims of the works and to say what they are for.", 364, leading=1.3
        )
    items = [b for b in paper.outline().blocks if b.kind == "item"]
    assert [(b.marker.text, b.text[:6]) for b in items] == [("o", f"Part {n}") for n in range(3)]
    assert all(b.text.endswith("what they are for.") for b in items)


def test_a_labelled_paragraph_does_not_take_in_the_next_of_its_kind(paper, texts, prose):
    sheet = paper.sheet()
    y = _paragraphs(sheet, 780, prose)
    one = "Lesson 2 learned: The harbour is used by all of the ferries of the isle."
    two = "Lesson 3 learned: The ferries of the other isles make no use of it."
    sheet.text(72, y, one)
    sheet.text(72, y - 13, two)
    found = texts(paper.outline())
    assert one in found
    assert two in found


def test_a_numbered_paragraph_goes_on_under_its_words_on_the_next_page_in_bold_too(paper, texts, prose):
    for page, face in enumerate("RB"):
        sheet = paper.sheet()
        y = 780.0
        if page:
            sheet.text(102, y, "The policy should look at what is done, and not at who has done it.", face=face)
            y = sheet.block(102, y - 12, "It is to be read to all. " + prose, 390) - 6
        for n in range(2):
            sheet.text(72, y, f"{12 * page + n + 1}.")
            for words in FULL:
                sheet.text(102, y, words)
                y -= 12
            y -= 6
    found = texts(paper.outline())
    assert len(found) == 4
    assert any("in all the days. The policy should look at" in t and "It is to be read" in t for t in found)


def test_the_leading_of_a_paper_of_one_line_paragraphs_is_that_inside_its_sentences(paper, texts):
    sheet = paper.sheet()
    y = 780
    for n in range(6):
        y = (
            sheet.block(
                72, y, f"Part {n} of the paper has so many words that they take two lines of it and a little more.", 420, leading=1.3
            )
            - 5
        )
    for n in range(14):
        sheet.text(72, y - 18 * n, f"{n + 40} of these paragraphs fill each a line and end with it, as this one does."[:69] + ".")
    assert len(texts(paper.outline())) == 20


def test_a_line_that_is_nothing_but_a_symbol_is_no_heading(paper, texts, prose):
    paper.sheet().text(72, 700, "Evaluation of the ports", size=20, face="B")
    sheet = paper.sheet()
    y = _paragraphs(sheet, 780, prose)
    sheet.text(72, y - 10, "GB.340/PFA/7")
    _paragraphs(sheet, y - 40, prose)
    outline = paper.outline()
    assert "GB.340/PFA/7" not in texts(outline, "heading")
    assert "GB.340/PFA/7" in texts(outline, "paragraph")


def _boxes(paper, prose, foot, label):
    """Two pages with text, the first ending with a box whose lower edge is at ``foot``, the second beginning with one."""
    sheet = paper.sheet()
    _paragraphs(sheet, 780, prose)
    for n in range(2):
        sheet.block(72, 600 - 150 * n, prose * 2, 420)
    sheet.rect(72, foot, 456, 60, stroke=(0, 0, 0))
    sheet.text(84, foot + 44, label[0], face="B")
    sheet.text(84 + 6 * len(label[0]), foot + 44, " The harbour is used by all.")
    sheet.text(84, foot + 26, "A second source says the same.")
    sheet = paper.sheet()
    sheet.rect(72, 730, 456, 60, stroke=(0, 0, 0))
    sheet.text(84, 774, label[1], face="B")
    sheet.text(84 + 6 * len(label[1]), 774, " It is of no use to others of them.")
    _paragraphs(sheet, 700, prose, 11)
    return [b.box for b in paper.outline().blocks if b.box]


def test_boxes_that_begin_with_labels_in_bold_are_boxes_of_their_own(paper, prose):
    assert len(set(_boxes(paper, prose, 60, ("Key finding 1:", "Key finding 2:")))) == 2


def test_a_box_that_ends_far_above_the_foot_of_the_text_does_not_go_on(paper, prose):
    assert len(set(_boxes(paper, prose, 190, ("", "")))) == 2


def test_a_box_that_reaches_the_foot_of_the_text_goes_on(paper, prose):
    assert len(set(_boxes(paper, prose, 60, ("", "")))) == 1
