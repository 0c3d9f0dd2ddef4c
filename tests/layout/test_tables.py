"""Tables: ruled in full, in part and not at all, and over pages."""

from __future__ import annotations

from itertools import pairwise


def fill(sheet, xs, ys, rows, size=9, **kind):
    """Words into a grid's cells, top down; a cell's lines are parted by '|'."""
    for r, row in enumerate(rows):
        for c, words in enumerate(row):
            for i, line in enumerate(words.split("|") if words else ()):
                sheet.text(xs[c] + 4, ys[r] - 11 - 10 * i, line, size, **kind)


XS = [72, 172, 372, 522]
HEAD = ["Unit", "Action", "Time"]


def test_a_ruled_table_gives_its_cells(paper, table_of, cells):
    sheet = paper.sheet()
    ys = [700, 680, 640, 620]
    sheet.grid(XS, ys)
    fill(sheet, XS, ys, [HEAD, ["Policy", "Revise the plan and|tell all partners", "2026"], ["Finance", "Pay on time", "2027"]])
    block = table_of(paper.outline())
    assert cells(block) == [HEAD, ["Policy", "Revise the plan and tell all partners", "2026"], ["Finance", "Pay on time", "2027"]]
    assert block.table.ruled


def test_a_table_of_thin_rectangles_is_ruled_too(paper, table_of, cells):
    sheet = paper.sheet()
    ys = [700, 680, 660]
    for x in XS:
        sheet.rect(x, 660, 0.5, 40, fill=(0, 0, 0))
    for y in ys:
        for a, b in pairwise(XS):
            sheet.rect(a, y, b - a, 0.5, fill=(0, 0, 0))
    fill(sheet, XS, ys, [HEAD, ["Policy", "Revise", "2026"]])
    assert cells(table_of(paper.outline()))[1] == ["Policy", "Revise", "2026"]


def test_merged_cells_span_rows_and_columns(paper, table_of):
    sheet = paper.sheet()
    for y in (700, 680, 620):
        sheet.rule(72, y, 522, y)
    sheet.rule(172, 650, 522, 650)
    for x in (72, 522):
        sheet.rule(x, 700, x, 620)
    for x in (172, 372):
        sheet.rule(x, 680, x, 620)
    sheet.text(76, 688, "Across all three")
    sheet.text(76, 660, "Down both")
    sheet.text(176, 665, "One")
    sheet.text(176, 635, "Two")
    sheet.text(376, 665, "2026")
    sheet.text(376, 635, "2027")
    table = table_of(paper.outline()).table
    spans = {c.content().text: (c.row, c.column, c.row_span, c.column_span) for c in table.cells}
    assert spans["Across all three"] == (0, 0, 1, 3)
    assert spans["Down both"] == (1, 0, 2, 1)
    assert spans["Two"] == (2, 1, 1, 1)


def test_a_shaded_or_bold_first_row_is_the_header(paper, table_of):
    sheet = paper.sheet()
    ys = [700, 680, 660, 640]
    sheet.rect(72, 680, 450, 20, fill=(0.2, 0.3, 0.6))
    sheet.grid(XS, ys)
    fill(sheet, XS, ys, [HEAD], colour=(1, 1, 1))
    fill(sheet, XS, ys, [["", "", ""], ["Policy", "Revise", "2026"], ["Finance", "Pay", "2027"]])
    block = table_of(paper.outline())
    assert block.table.header_rows == 1
    assert all(c.header == (c.row == 0) for c in block.table.cells)
    assert block.table.at(0, 1).fill == "#334d99"


def test_a_table_over_two_pages_is_one_and_its_repeated_header_stands_once(paper, table_of, cells, prose):
    for n in range(2):
        sheet = paper.sheet()
        top = 140 if n == 0 else 780
        ys = [top, top - 20, top - 40, top - 60]
        sheet.grid(XS, ys)
        fill(sheet, XS, ys, [HEAD], face="B")
        fill(sheet, XS, ys, [["", "", ""], [f"Unit {2 * n + 1}", "Revise.", "2026"], [f"Unit {2 * n + 2}", "Pay.", "2027"]])
        if n == 0:
            sheet.block(72, 700, prose, 400)
        sheet.text(290, 30, str(n + 1), size=8)
    block = table_of(paper.outline())
    assert [row[0] for row in cells(block)] == ["Unit", "Unit 1", "Unit 2", "Unit 3", "Unit 4"]
    assert block.table.header_rows == 1


def test_a_row_broken_by_the_page_is_mended(paper, table_of, cells):
    first, second = paper.sheet(), paper.sheet()
    ys = [120, 100, 60]
    first.grid(XS, ys)
    fill(first, XS, ys, [HEAD, ["Policy", "The unit will revise its|plan for the field and", "2026"]])
    ys = [780, 750, 730]
    second.grid(XS, ys)
    fill(second, XS, ys, [["", "tell all of its partners|about it.", ""], ["Finance", "Pay on time", "2027"]])
    rows = cells(table_of(paper.outline()))
    assert rows[1] == ["Policy", "The unit will revise its plan for the field and tell all of its partners about it.", "2026"]
    assert rows[2][0] == "Finance"


def test_paragraphs_and_items_in_a_cell_are_blocks_of_their_own(paper, table_of):
    sheet = paper.sheet()
    sheet.grid([72, 172, 522], [700, 600])
    sheet.text(76, 688, "Policy")
    sheet.text(176, 688, "The unit agrees.")
    for i, words in enumerate(("revise the plan", "tell partners")):
        sheet.text(180, 664 - 14 * i, "\u2022")
        sheet.text(194, 664 - 14 * i, words)
    cell = table_of(paper.outline()).table.at(0, 1)
    assert [(b.kind, b.text) for b in cell.blocks] == [
        ("paragraph", "The unit agrees."),
        ("item", "revise the plan"),
        ("item", "tell partners"),
    ]


def test_a_table_with_horizontal_rules_alone_is_found(paper, table_of, cells, prose):
    sheet = paper.sheet()
    sheet.block(72, 780, prose, 400)
    ys = [700, 680, 640, 620]
    for y in ys:
        sheet.rule(72, y, 522, y)
    fill(sheet, XS, ys, [HEAD, ["Policy", "Revise the plan and|tell all partners", "2026"], ["Finance", "Pay on time", "2027"]])
    assert cells(table_of(paper.outline()))[1] == ["Policy", "Revise the plan and tell all partners", "2026"]


def test_a_list_in_two_aligned_columns_is_a_table_without_rules(paper, table_of, cells, prose):
    sheet = paper.sheet()
    sheet.block(72, 780, prose, 400)
    for i, (short, long) in enumerate(
        (
            ("CSO", "civil society organization"),
            ("M&E", "monitoring and evaluation"),
            ("ToR", "terms of reference"),
            ("UN", "United Nations"),
        )
    ):
        sheet.text(72, 600 - 16 * i, short)
        sheet.text(160, 600 - 16 * i, long)
    block = table_of(paper.outline())
    assert not block.table.ruled
    assert cells(block)[2] == ["ToR", "terms of reference"]


def test_numbered_paragraphs_with_hanging_numbers_are_no_table(paper, prose):
    sheet = paper.sheet()
    y = 780
    for n in range(1, 7):
        sheet.text(72, y, f"{n}.")
        y = sheet.block(108, y, prose, 400) - 6
    assert all(b.kind != "table" for b in paper.outline().blocks)


def test_rows_told_by_shading_alone_make_a_table(paper, table_of, cells):
    sheet = paper.sheet()
    ys = [700, 680, 660, 640]
    for r in range(3):
        shade = 0.75 if r == 0 else 0.9 if r == 1 else 0.85
        for a, b in pairwise(XS):
            sheet.rect(a + 1, ys[r + 1] + 1, b - a - 2, 18, fill=(shade, shade, 1))
    fill(sheet, XS, ys, [HEAD, ["Policy", "Revise", "2026"], ["Finance", "Pay", "2027"]])
    assert cells(table_of(paper.outline()))[2] == ["Finance", "Pay", "2027"]


def test_a_caption_is_told(paper, texts, prose):
    sheet = paper.sheet()
    sheet.block(72, 780, prose, 400)
    sheet.text(72, 712, "Table 3. Actions by unit", face="B", size=9)
    sheet.grid(XS, [700, 680, 660])
    fill(sheet, XS, [700, 680, 660], [HEAD, ["Policy", "Revise", "2026"]])
    sheet.text(72, 600, "Figure 2 shows the same in another way, and it is told in full below.")
    assert texts(paper.outline(), "caption") == ["Table 3. Actions by unit"]


def test_rows_striped_across_all_columns_make_a_table(paper, table_of, cells, prose):
    sheet = paper.sheet()
    sheet.block(72, 780, prose, 400)
    rows = [HEAD, ["Policy", "Revise the plan", "2026"], ["Finance", "Pay on time", "2027"]]
    rows += [["Field", "Ask partners", "2027"], ["Data", "Keep it", "2028"]]
    ys = [700 - 20 * i for i in range(len(rows) + 1)]
    for r in range(0, len(rows), 2):
        sheet.rect(72, ys[r + 1], 450, 20, fill=(0.9, 0.9, 0.9))
    fill(sheet, XS, ys, rows)
    assert cells(table_of(paper.outline())) == rows


def test_rows_across_all_columns_belong_to_a_table_with_horizontal_rules(paper, table_of, cells):
    sheet = paper.sheet()
    ys = [700, 660, 640, 620, 580, 560]
    for y in ys:
        sheet.rule(72, y, 522, y)
    said = ["Recommendation 1. The office should set up a register of all that it|gives to small schools.", "", ""]
    again = ["Recommendation 2. The office should ask the schools each year what|they need before it decides.", "", ""]
    fill(sheet, XS, ys, [said, HEAD, ["Policy", "Draw up the form", "2026"], again, ["Field", "Send a letter", "2027"]])
    block = table_of(paper.outline())
    assert [c.column_span for c in block.table.cells] == [3, 1, 1, 1, 1, 1, 1, 3, 1, 1, 1]
    assert cells(block)[3][0].endswith("what they need before it decides.")


def test_bold_heads_over_columns_of_long_cells_make_a_table(paper, table_of, cells):
    xs = [60, 230, 400]
    first = ["The office should set up a", "register of all that it", "gives to small schools."]
    second = ["Accepted. The register is", "being drawn up and will be", "told to all when it is", "ready."]
    third = ["Draw up the form"]
    for n in range(2):
        sheet = paper.sheet()
        for x, words in zip(xs, ("Recommendation", "Response", "Action"), strict=True):
            sheet.text(x, 760, words, size=9, face="B")
        y = 740
        for k in range(2):
            for x, lines in zip(xs, (first, second, third), strict=True):
                for i, line in enumerate(lines):
                    sheet.text(x, y - 11 * i, f"{2 * n + k + 1}. {line}" if i == 0 else line, size=9)
            y -= 60
    rows = cells(table_of(paper.outline()))
    assert rows[0] == ["Recommendation", "Response", "Action"]
    assert [r[2] for r in rows[1:]] == [f"{n}. Draw up the form" for n in range(1, 5)]
    assert rows[4][1] == "4. Accepted. The register is being drawn up and will be told to all when it is ready."


def test_heads_that_stand_on_the_first_rule_belong_to_the_table(paper, table_of, cells, prose):
    sheet = paper.sheet()
    sheet.block(72, 780, prose, 400)
    ys = [700, 660, 620]
    for y in ys:
        sheet.rule(72, y, 522, y)
    for x, words in zip(XS, HEAD, strict=False):
        sheet.text(x + 4, 706, words, 9, "B")
    fill(sheet, XS, ys, [["Policy", "Revise the plan and|tell all partners", "2026"], ["Finance", "Pay what was|agreed on time", "2027"]])
    block = table_of(paper.outline())
    assert cells(block) == [
        HEAD,
        ["Policy", "Revise the plan and tell all partners", "2026"],
        ["Finance", "Pay what was agreed on time", "2027"],
    ]
    assert block.table.header_rows == 1
