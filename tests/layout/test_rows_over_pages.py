"""Rows of tables at the foot of a page: those that the page broke and those that end with it, and tables that only look alike."""

from __future__ import annotations

import pytest

XS = (72, 250, 520)
HEAD = ("Feedback", "Answer")
FOOT, TOP = 74, 770
FILLED = ["We agree that the plan must name those who", "carry it out and the day of it."]


def row(sheet, top, foot, left, right):
    """A row of two cells with its rules."""
    sheet.grid(XS, (foot, top))
    for x, lines in ((XS[0] + 4, left), (XS[1] + 4, right)):
        for k, line in enumerate(lines):
            sheet.text(x, top - 12 - 12 * k, line)


def part(sheet, rows, top=TOP, xs=XS):
    """A head and rows, each (foot, left lines, right lines)."""
    sheet.grid(xs, (top - 18, top))
    for x, words in zip(xs, HEAD, strict=False):
        sheet.text(x + 4, top - 12, words, face="B")
    y = top - 18
    for foot, left, right in rows:
        row(sheet, y, foot, left, right)
        y = foot


@pytest.fixture
def broken(paper):
    """A table of six pages; the rows of the first four go on overleaf, as their words in mid-sentence show."""
    for n in range(4):
        rows = [(FOOT, [f"Point {n}: who"], ["They are named in the plan and also in"])]
        if n:
            rows.insert(0, (600, ["does it is open."], ["the annex to it."]))
        part(paper.sheet(), rows)
    return paper


def test_a_row_that_reaches_the_foot_of_the_page_like_broken_ones_goes_on_though_a_sentence_ends_there(broken, table_of, cells):
    part(
        broken.sheet(),
        [(600, ["does it is open."], ["the annex to it."]), (FOOT, ["What is in the plan for", "the ports, and for whom?"], FILLED)],
    )
    part(broken.sheet(), [(700, ["Who has made it?"], ["We named all of them in the spring of the year."])])
    found = cells(table_of(broken.outline()))
    assert len(found) == 6
    assert found[-1][0].split("\n") == ["What is in the plan for the ports, and for whom?", "Who has made it?"]
    assert found[-1][1].endswith("in the spring of the year.")


def test_a_row_that_ends_above_the_foot_of_the_page_is_whole_though_the_next_begins_in_lower_case(broken, table_of, cells):
    part(broken.sheet(), [(600, ["does it is open."], ["the annex to it."]), (180, ["One plan for all of"], ["See the list"])])
    part(broken.sheet(), [(700, ["iii. names of ports"], ["the second list"])])
    found = cells(table_of(broken.outline()))
    assert len(found) == 7
    assert found[-2] == ["One plan for all of", "See the list"]


def test_tables_with_one_head_and_other_columns_are_two(paper, cells):
    part(paper.sheet(), [(500, ["The plan is bold."], ["So it is."]), (120, ["It is long."], ["We have made it short."])])
    sheet = paper.sheet()
    xs = (72, 245, 520)
    sheet.grid(xs, (700, 752, 770))
    for x, head, words in zip(xs, HEAD, ("It is dear.", "It costs less now."), strict=False):
        sheet.text(x + 4, 758, head, face="B")
        sheet.text(x + 4, 740, words)
    tables = [b for b in paper.outline().blocks if b.table]
    assert [len(cells(b)) for b in tables] == [3, 2]
    assert cells(tables[1])[1] == ["It is dear.", "It costs less now."]
