"""What papers that are cleanly set ask of the reader: boxes with padding, footnote marks before punctuation, headings that come back."""

from __future__ import annotations


def test_a_line_in_a_box_is_full_where_the_next_word_would_touch_the_boxs_padding(paper, texts, prose):
    sheet = paper.sheet()
    y = sheet.block(72, 780, prose * 3, 456)
    sheet.rect(72, y - 60, 456, 50, stroke=(0, 0, 0))
    sheet.text(88, y - 30, "Key finding 8: Works cost 18 per cent more and were handed over late,")
    sheet.text(88, y - 42, "14 months. Most of the delay arose early.")
    found = [t for t in texts(paper.outline()) if t.startswith("Key finding")]
    assert found == ["Key finding 8: Works cost 18 per cent more and were handed over late, 14 months. Most of the delay arose early."]


def test_a_word_and_the_footnotes_mark_on_it_had_to_find_room_together(paper, texts):
    sheet = paper.sheet()
    for n in range(4):
        sheet.text(72, 780 - 12 * n, "Seventy letters to a line make four hundred and twenty points of width.")
    # The four letters and the comma would go in behind this line, the figures on them would not.
    sheet.text(72, 720, "In line with the evaluation of offices in the fields of all lands")
    sheet.text(72, 708, "IMPO,")
    sheet.text(100, 712, "10", size=6)
    sheet.text(114, 708, "it is wise to count what they need.")
    assert any("of all lands IMPO" in t for t in texts(paper.outline()))


def test_a_footnotes_mark_before_punctuation_leaves_no_blank_behind(paper, texts):
    sheet = paper.sheet()
    sheet.text(72, 700, "The fund has two streams")
    sheet.text(216.5, 704, "1", size=6)
    sheet.text(218.8, 700, ", one of them new, and they are described in the second annex.")
    sheet.text(72, 688, "Both have been open since the second year of the programme.")
    sheet.rule(72, 82, 200, 82)
    sheet.text(72, 71, "1", size=5, rise=3)
    sheet.text(78, 71, "See the annex.", size=7)
    outline = paper.outline()
    assert texts(outline)[0].startswith("The fund has two streams, one of them new")
    assert outline.blocks[0].marks == ((24, "1"),)


def test_a_one_line_paragraph_that_fills_its_line_does_not_take_in_the_next(paper, texts, prose):
    sheet = paper.sheet()
    y = 780
    for n in range(4):
        y = sheet.block(72, y, f"{n} " + prose, 420, leading=1.3) - 5
    first = "The programme was a partner of every one of the twenty-four regions."
    sheet.text(72, y, first)
    sheet.text(72, y - 18, "Lists of names")
    sheet.text(72, y - 36, "Other lists")
    assert first in texts(paper.outline())


def test_a_heading_that_often_opens_a_page_is_no_running_header(paper, texts, prose):
    paper.sheet().text(72, 700, "Evaluation of the ports", size=20, face="B")
    for n in range(6):
        sheet = paper.sheet()
        sheet.text(72, 800, "ORG/2024/7", size=8)
        sheet.text(72, 770, "Responsible unit Priority Resource implication", size=12, face="B")
        y = sheet.block(72, 740, f"{n} " + prose, 420)
        sheet.text(72, y - 40, "Responsible unit Priority Resource implication", size=12, face="B")
        sheet.block(72, y - 70, f"{n}. " + prose, 420)
    headings = texts(paper.outline(), "heading")
    assert headings.count("Responsible unit Priority Resource implication") == 12
    assert "ORG/2024/7" not in headings


def test_a_numbered_paragraph_does_not_take_in_text_at_another_edge_of_the_next_page(paper, texts, prose):
    full = "The committee met in all of the places that it had named, in and out of the sunny capital of the isles."
    for page in range(2):
        sheet = paper.sheet()
        y = 780.0
        if page:
            y = sheet.block(72, y, "An unnumbered paragraph stands at the very edge of the text. " + prose, 420) - 6
        for n in range(12):
            sheet.text(72, y, f"{12 * page + n + 1}.")
            y = sheet.block(102, y, full, 390) - 6
    found = texts(paper.outline())
    assert len(found) == 25
    assert sum(t.startswith("An unnumbered paragraph") for t in found) == 1


def test_headings_that_open_two_pages_by_chance_are_no_running_headers(paper, texts, prose):
    paper.sheet().text(72, 700, "Evaluation of the ports", size=20, face="B")
    for n in range(5):
        sheet = paper.sheet()
        y = 780
        if n in {2, 4}:
            sheet.text(72, y, "Conclusions", size=13, face="B")
            y -= 18
        for k in range(8):
            y = sheet.block(72, y, f"{n}{k} " + prose, 420) - 6
    assert texts(paper.outline(), "heading").count("Conclusions") == 2


def test_a_heading_that_opens_two_pages_in_a_row_far_under_their_running_header_is_none(paper, texts, prose):
    def ratings(sheet, y):
        for row in range(4):
            sheet.text(78, y - 20 * row - 14, ("Criterion", "Relevance", "Impact", "Overall")[row], size=9)
            sheet.text(330, y - 20 * row - 14, ("Rating", "Satisfactory", "Unsatisfactory", "Satisfactory")[row], size=9)
        sheet.grid((72, 322, 520), tuple(y - 20 * row for row in range(5)))

    paper.sheet().text(72, 700, "Evaluation of the ports", size=20, face="B")
    for n in range(3):
        sheet = paper.sheet()
        sheet.text(72, 800, "ORG/2024/7", size=8)
        y = 750
        if n:
            sheet.text(72, 760, "Overall assessment", size=15, face="B")
            ratings(sheet, 748)
            y = 640
        for k in range(6):
            y = sheet.block(72, y, f"{n}{k} " + prose, 420) - 6
    found = texts(paper.outline(), "heading")
    assert found.count("Overall assessment") == 2
    assert "ORG/2024/7" not in found


def test_the_heading_of_a_part_is_no_title_beside_a_larger_line_of_few_words(paper, prose):
    sheet = paper.sheet()
    sheet.text(72, 780, "Evaluations of the year", size=20, face="B")
    sheet.text(72, 740, "Part I. Independent evaluation of the harbours", size=16, face="B")
    sheet.block(72, 710, prose, 420)
    sheet = paper.sheet()
    sheet.text(72, 780, "Part II. Independent evaluation of the ferries", size=16, face="B")
    sheet.block(72, 750, prose, 420)
    outline = paper.outline()
    assert outline.title == "Evaluations of the year"
    assert [b.text for b in outline.blocks if b.kind == "title"] == ["Evaluations of the year"]


def test_numbers_that_run_through_the_sections_of_a_short_paper_number_its_paragraphs(paper, prose):
    sheet = paper.sheet()
    y = 780
    for n, name in enumerate(("Introduction", "Findings", "Conclusions", "Lessons"), 1):
        sheet.text(72, y, name, size=14, face="B")
        sheet.text(72, y - 24, f"{n}.")
        y = sheet.block(102, y - 24, f"{name}: " + prose, 390) - 30
    numbered = [b for b in paper.outline().blocks if b.marker]
    assert [(b.kind, b.marker.text) for b in numbered] == [("paragraph", f"{n}.") for n in range(1, 5)]


def test_numbers_of_a_list_in_one_section_make_items(paper, prose):
    sheet = paper.sheet()
    sheet.text(72, 780, "Findings", size=14, face="B")
    y = 756
    for n in range(1, 5):
        sheet.text(72, y, f"{n}.")
        y = sheet.block(102, y, prose, 390) - 6
    assert {b.kind for b in paper.outline().blocks if b.marker} == {"item"}


def test_a_row_after_the_page_break_is_new_where_a_short_cell_above_had_ended(paper, table_of, cells):
    xs = (72, 262, 330, 480)
    for page, rows in enumerate(
        (
            [("Action", "Due", "Status"), ("Revise the handbook (3 and 7)", ("December", "2030"), ("Under", "way"))],
            [("Action", "Due", "Status"), ("Hold a workshop", "In 2028", "Planned")],
        )
    ):
        sheet = paper.sheet()
        if not page:
            sheet.block(72, 780, "The plan has the following actions, each with the date by which it is due and its present state.", 408)
        top = 120 if not page else 780
        sheet.grid(xs, (top - 50, top - 20, top))
        for r, row in enumerate(rows):
            for x, words in zip(xs, row, strict=False):
                for k, line in enumerate([words] if isinstance(words, str) else words):
                    sheet.text(x + 4, top - 14 - 20 * r - 12 * k, line, face="R" if r else "B")
    assert cells(table_of(paper.outline())) == [
        ["Action", "Due", "Status"],
        ["Revise the handbook (3 and 7)", "December 2030", "Under way"],
        ["Hold a workshop", "In 2028", "Planned"],
    ]


def test_a_larger_heading_over_another_at_the_top_of_two_pages_is_no_running_header(paper, texts, prose):
    paper.sheet().text(72, 700, "Evaluation of the ports", size=20, face="B")
    for n in range(5):
        sheet = paper.sheet()
        y = 780
        if n in {1, 3}:
            sheet.text(72, y, "Recommendations", size=15, face="B")
            sheet.text(72, y - 34, "Recommendation 1", size=13, face="B")
            y -= 54
        for k in range(8):
            y = sheet.block(72, y, f"{n}{k} " + prose, 420) - 6
    assert texts(paper.outline(), "heading").count("Recommendations") == 2


def test_short_lines_of_a_cell_that_stand_a_little_apart_are_paragraphs(paper, table_of, cells, prose):
    sheet = paper.sheet()
    sheet.block(72, 780, prose, 420)
    sheet.grid((72, 150, 480), (500, 680, 700))
    for x, head in ((76, "Units"), (154, "Action")):
        sheet.text(x, 686, head, face="B", size=9)
    y = 668.0
    for unit in ("Supply Dept.", "Evaluation", "Programmes"):
        sheet.text(76, y, unit, size=9)
        y -= 13.5
    sheet.block(154, 668, prose * 3, 310, size=9)
    assert cells(table_of(paper.outline()))[1][0] == "Supply Dept.\nEvaluation\nProgrammes"


def test_a_word_that_a_narrow_cell_broke_before_its_hyphen_is_one_word(paper, table_of, cells):
    sheet = paper.sheet()
    sheet.grid((72, 150, 480), (600, 680, 700))
    for x, head in ((76, "Unit"), (154, "Action")):
        sheet.text(x, 686, head, face="B")
    sheet.text(76, 668, "Secretary")
    sheet.text(76, 656, "-General")
    sheet.text(154, 668, "Hold a workshop for harbour masters of six countries")
    assert cells(table_of(paper.outline()))[1][0] == "Secretary-General"
