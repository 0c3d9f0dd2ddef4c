"""The table for the terminal says what was found, and fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from evaltrail.demo import summary_table

if TYPE_CHECKING:
    from evaltrail.record import Record


def test_it_names_the_document_and_counts_what_it_holds(record: Record) -> None:
    lines = summary_table(record, 100).splitlines()
    assert lines[0] == "Landing <well>"
    assert lines[1] == "XX/1, English"
    assert "1 finding, 1 recommendation, 1 answer" in summary_table(record, 100)
    assert "1 number and what it counts, 1 decision" in lines[2]


def test_it_shows_each_recommendation_with_its_unit_and_answer(record: Record) -> None:
    table = summary_table(record, 132)
    assert "Repair the slipway & name who pays." in table
    assert "Ports, Harbours and Landing Sites" in table
    assert "rejected" in table


def test_it_shows_ratings_as_boxes_with_their_number_and_words(record: Record) -> None:
    assert "relevance  ■■■■■□  5  satisfactory" in summary_table(record, 100)


def test_it_names_the_paragraphs_of_a_decision_and_the_messages(record: Record) -> None:
    table = summary_table(record, 100)
    assert "Decision (paragraph 9) on paragraphs 2–4" in table
    assert "[resources-hold-a-time]" in table


@pytest.mark.parametrize("width", [20, 72, 100, 132, 400])
def test_no_line_is_wider_than_the_terminal_within_its_bounds(sample_record: Record, width: int) -> None:
    assert max(len(line) for line in summary_table(sample_record, width).splitlines()) <= max(72, min(width, 132))


def test_the_sample_shows_its_three_evaluations(sample_record: Record) -> None:
    table = summary_table(sample_record, 120)
    for words in ("Part I. Support to small ports", "Part II. Training and certification", "Part III. Work of the Organization"):
        assert words in table
    assert "Decision (paragraph 85) on paragraphs 21–25, 49–53, 76–79" in table


def test_what_a_check_says_names_the_worst_first_and_how_many_more_there_are() -> None:
    from datetime import date

    from evaltrail import check, sample
    from evaltrail.demo.terminal import remarks_table
    from evaltrail.read import read

    report = check(read(sample.path("pdf")), today=date(2026, 6, 1))
    lines = remarks_table(report, 72).splitlines()
    assert lines[0].startswith("A check says: 1 error, ")
    assert lines[1].startswith("  NUM001 page 7: ")
    assert "more" in lines[-1]
    assert max(map(len, lines[:-1])) <= 72


def test_what_a_check_says_of_a_paper_without_faults_is_one_line() -> None:
    from evaltrail import check
    from evaltrail.demo.terminal import remarks_table
    from evaltrail.record import Record

    assert remarks_table(check(Record())).endswith("found nothing wrong.")
