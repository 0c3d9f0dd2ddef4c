"""Columns: text in the order in which it is read."""

from __future__ import annotations

FIRST = (
    "Alpha begins the left column and says at some length what the evaluation set out to find, and how the team went about it in the field."
)
SECOND = (
    "Bravo begins the right column and tells what was found in the two regions, which is not what anybody had expected at the beginning."
)
THIRD = "Charlie stands in the last column and concludes that partners should be asked earlier and paid on time in all of the regions."


def order(outline, *words):
    """The words by where they stand in the outline's text."""
    text = " ".join(b.text for b in outline.blocks)
    return sorted(words, key=text.index)


def test_two_columns_are_read_one_after_the_other(paper):
    sheet = paper.sheet()
    sheet.block(60, 700, FIRST * 2, 220)
    sheet.block(310, 700, SECOND * 2, 220)
    outline = paper.outline()
    assert order(outline, "Bravo", "Alpha") == ["Alpha", "Bravo"]
    assert len(outline.blocks) == 2


def test_a_narrow_gutter_parts_columns_too(paper):
    sheet = paper.sheet()
    sheet.block(60, 700, FIRST * 3, 222)
    sheet.block(296, 700, SECOND * 3, 222)
    assert len(paper.outline().blocks) == 2


def test_three_columns_are_read_from_left_to_right(paper):
    sheet = paper.sheet()
    for x, words in ((50, FIRST), (220, SECOND), (390, THIRD)):
        sheet.block(x, 700, words * 2, 150, size=8)
    assert order(paper.outline(), "Charlie", "Alpha", "Bravo") == ["Alpha", "Bravo", "Charlie"]


def test_text_across_the_page_comes_before_and_after_the_columns_that_it_parts(paper, prose):
    sheet = paper.sheet()
    y = sheet.block(60, 780, "Opening. " + prose, 470)
    sheet.block(60, y - 20, FIRST, 220)
    y = sheet.block(310, y - 20, SECOND, 220)
    sheet.block(60, y - 30, "Closing. " + prose, 470)
    assert order(paper.outline(), "Closing", "Bravo", "Alpha", "Opening") == ["Opening", "Alpha", "Bravo", "Closing"]


def test_a_paragraph_goes_on_at_the_top_of_the_next_column(paper, texts):
    sheet = paper.sheet()
    words = (FIRST + " " + SECOND).split()
    half = len(words) // 2
    sheet.block(60, 700, " ".join(words[:half]), 220)
    sheet.block(310, 700, " ".join(words[half:]), 220)
    assert len(texts(paper.outline())) == 1


def test_a_heading_hung_out_beside_the_text_comes_before_the_paragraph_at_its_height(paper, prose):
    sheet = paper.sheet()
    y = sheet.block(220, 740, "Opening. " + prose, 320)
    sheet.text(60, y - 20, "Agencies Agreed", size=12)
    sheet.text(60, y - 34, "With All Findings", size=12)
    sheet.block(220, y - 20, "Following. " + prose, 320)
    outline = paper.outline()
    assert order(outline, "Following", "Agencies", "Opening") == ["Opening", "Agencies", "Following"]
    assert "Agencies Agreed With All Findings" in [b.text for b in outline.blocks]


def test_a_box_beside_the_text_does_not_break_the_paragraph_that_runs_around_it(paper):
    sheet = paper.sheet()
    lines = [
        "All of the offices that were asked say that the plan had been shared with them in good",
        "time, but few of them had been asked",
    ]
    lines += [
        "what they thought of it, and none of",
        "the partners was told about it here.",
        "",
        "Following this the office wrote down",
        "what each of the partners had to say",
        "in a note that was sent to everybody.",
    ]
    for i, line in enumerate(lines):
        sheet.text(60, 700 - 12 * i, line)
    sheet.rect(290, 600, 240, 96, fill=(0.9, 0.9, 0.9))
    for i in range(6):
        sheet.text(300, 684 - 12 * i, "Boxed words of a partner, told in full"[:36])
    blocks = paper.outline().blocks
    assert blocks[0].text.endswith("was told about it here.")
    assert [b.text[:9] for b in blocks if b.box is None] == ["All of th", "Following"]
