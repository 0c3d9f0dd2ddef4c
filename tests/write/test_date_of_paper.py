"""The date of a paper stands on its front once, and comes back when the paper is read again."""

from __future__ import annotations

import pytest

from evaltrail.read import read
from evaltrail.record import Edit, edited
from evaltrail.write import written
from evaltrail.write.order import Order

PAPER = "# Evaluation of the ferries\n\n{}\n\n## Findings\n\nFinding 1. The boats are late.\n"


def record_of(line: str):
    return read(PAPER.format(line).encode(), name="ferries.md")


def with_date(record, date: str):
    return edited(record, [Edit(pointer="/document/date", old=record.document.date, new=date)])


@pytest.mark.parametrize("to", ["docx", "html", "pdf"])
@pytest.mark.parametrize("date", ["2020-10-28", "2020-10"])
def test_a_date_that_no_passage_prints_is_printed_and_read_again(to: str, date: str) -> None:
    record = with_date(record_of("Ferry Authority"), date)
    assert read(written(record, to), name=f"ferries.{to}").document.date == date


@pytest.mark.parametrize("line", ["28 October 2020", "Date: 28 October 2020", "FINAL REPORT, 28 OCTOBER 2020"])
def test_a_date_that_a_passage_prints_stands_once(line: str) -> None:
    record = record_of(line)
    assert record.document.date == "2020-10-28"
    assert written(record, "html").decode().casefold().count("28 october 2020") == 1


@pytest.mark.parametrize("date", ["yesterday", "2020-13-45", ""])
def test_a_date_that_is_none_breaks_nothing(date: str) -> None:
    assert Order(with_date(record_of("Ferry Authority"), date)).paper.blocks
