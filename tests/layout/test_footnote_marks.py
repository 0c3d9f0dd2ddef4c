"""Raised marks of footnotes: several beside each other, calls of a note of an earlier page, and how notes begin."""

from __future__ import annotations

import pytest

BASE = 700


def marks(sheet, x, y, *numbers):
    """Raised numbers one behind the other, from ``x``."""
    for number in numbers:
        x = sheet.text(x, y + 4, number, size=6) + 1.5
    return x


def notes(sheet, *lines, top=90):
    """Notes under a rule: lines as (number, words), without number where they go on."""
    sheet.rule(72, top, 200, top)
    for k, (number, words) in enumerate(lines):
        y = top - 11 - 9 * k
        if number:
            sheet.text(72, y, number, size=5, rise=3)
        sheet.text(80, y, words, size=7)


@pytest.mark.parametrize("numbers", [("1", "2"), ("1", "2", "3")])
def test_marks_beside_each_other_are_all_cut_out(paper, texts, prose, numbers):
    sheet = paper.sheet()
    y = sheet.block(72, 780, prose, 420) - 8
    end = sheet.text(72, y, "Three of the sites were closed.")
    marks(sheet, end, y, *numbers)
    sheet.block(72, y - 20, prose, 420)
    notes(sheet, *((n, f"See annex {n}.") for n in numbers))
    outline = paper.outline()
    block = next(b for b in outline.blocks if b.text.startswith("Three of"))
    assert block.text == "Three of the sites were closed."
    assert [n for _, n in block.marks] == list(numbers)
    assert len(texts(outline)) == 3


def test_marks_at_the_end_of_a_heading_of_two_lines_leave_it_whole(paper, texts, prose):
    sheet = paper.sheet()
    sheet.block(72, 780, prose, 420)
    sheet.text(72, 720, "Annex A: ports, their activity areas and intended", size=14, face="B")
    end = sheet.text(72, 703, "results", size=14, face="B")
    x = sheet.text(end, 709, "1", size=8, face="B") + 2
    sheet.text(x, 709, "2", size=8, face="B")
    sheet.block(72, 670, prose, 420)
    notes(sheet, ("1", "See annex B."), ("2", "See annex C."))
    assert texts(paper.outline())[1] == "Annex A: ports, their activity areas and intended results"


@pytest.fixture
def noted(paper, prose):
    """A first page with two notes."""
    sheet = paper.sheet()
    y = sheet.block(72, 780, prose, 420) - 8
    end = sheet.text(72, y, "Three of the sites were closed")
    after = marks(sheet, end, y, "1")
    marks(sheet, sheet.text(after, y, "and opened again."), y, "2")
    notes(sheet, ("1", "See the list of sites."), ("2", "See the list of dates."))
    return paper


def test_a_number_that_a_note_of_an_earlier_page_bears_calls_it_again(noted, prose):
    noted.sheet().block(72, 780, "No note is called on this page of the paper, and none is printed at its foot. " * 4, 420)
    sheet = noted.sheet()
    y = sheet.block(72, 780, f"Then: {prose}", 420) - 8
    end = sheet.text(72, y, "The system")
    after = marks(sheet, end, y, "2")
    sheet.text(after + 4, y, "has been closed since.")
    block = next(b for b in noted.outline().blocks if b.text.startswith("The system"))
    assert block.text == "The system has been closed since."
    assert block.marks == ((10, "2"),)


def test_a_raised_number_of_no_note_stays_in_the_text(noted, prose):
    sheet = noted.sheet()
    y = sheet.block(72, 780, prose, 420) - 8
    end = sheet.text(72, y, "The system")
    after = marks(sheet, end, y, "7")
    sheet.text(after + 4, y, "has been closed since.")
    assert any("system7 has" in b.text for b in noted.outline().blocks)


def test_a_note_that_begins_with_its_own_mark_again_begins_after_it(paper, prose):
    sheet = paper.sheet()
    y = sheet.block(72, 780, prose, 420) - 8
    marks(sheet, sheet.text(72, y, "Three of the sites were closed"), y, "1")
    sheet.rule(72, 90, 200, 90)
    sheet.text(72, 82, "1", size=5)
    sheet.text(75, 82, "1", size=5)
    sheet.text(80, 79, "See the list of sites.", size=7)
    assert [(n.number, n.text) for n in paper.outline().footnotes] == [("1", "See the list of sites.")]


def test_a_mark_printed_twice_as_one_word_is_the_one_that_the_text_calls(paper, prose):
    sheet = paper.sheet()
    y = sheet.block(72, 780, prose, 420) - 8
    marks(sheet, sheet.text(72, y, "Three of the sites were closed"), y, "*")
    sheet.rule(72, 90, 200, 90)
    sheet.text(72, 82, "**", size=5)
    sheet.text(80, 79, "See the list of sites.", size=7)
    assert [(n.number, n.text) for n in paper.outline().footnotes] == [("*", "See the list of sites.")]


def test_a_line_of_a_note_that_begins_with_a_plain_number_begins_no_note_where_their_marks_are_raised(noted, prose):
    sheet = noted.sheet()
    y = sheet.block(72, 780, prose, 420) - 8
    marks(sheet, sheet.text(72, y, "Three of the sites were closed"), y, "3")
    notes(sheet, ("3", "Sites in which their number is less than"), ("", "4 per cent of all those employed in that field."))
    found = [(n.number, n.text) for n in noted.outline().footnotes]
    assert found[2:] == [("3", "Sites in which their number is less than 4 per cent of all those employed in that field.")]


def test_a_raised_number_among_notes_begins_one_of_a_series_of_its_own(noted, prose):
    sheet = noted.sheet()
    y = sheet.block(72, 780, prose, 420) - 8
    marks(sheet, sheet.text(72, y, "Three of the sites were closed"), y, "38")
    notes(sheet, ("38", "See the list of ports."), ("21", "Money of the stream of the year."))
    assert [n.number for n in noted.outline().footnotes][2:] == ["38", "21"]
