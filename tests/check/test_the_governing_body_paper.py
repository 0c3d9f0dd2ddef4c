"""On the paper that the project started from a check finds what a careful reader found, and confirms what is right."""

from __future__ import annotations

from datetime import date

import pytest

from evaltrail import check
from evaltrail.link import linked
from evaltrail.read import read


@pytest.fixture(scope="module")
def report(shared):
    return check(linked(read(shared / "paper" / "gb340_pfa_7.txt")), today=date(2026, 6, 1))


@pytest.mark.parametrize(
    "rule,words",
    [
        ("NUM001", ("Recommendation 3 (Part III)", "time", "resource column")),
        ("NUM008", ("Part II", "2010–19", "2010–18")),
        ("NUM002", ("30", "paragraph 6", "63", "footnote 4", "may")),
        ("RAT002", ("“Somehat unsatisfactory”", "“Somewhat unsatisfactory”")),
        ("RAT002", ("“somehat unsatisfactory”", "“somewhat unsatisfactory”")),
        ("LAN005", ("MULITILATERALS",)),
        ("RAT003", ("Figure 1", "chart only")),
        ("RAT003", ("Figure 2", "chart only")),
        ("RAT003", ("Figure 3", "chart only")),
        ("RES002", ("recommendation 7 (Part I)", "promises nothing")),
        ("INC001", ("Part I gives", "43 per cent female", "Part II and Part III do not")),
        ("NUM007", ("Footnote 6", "nine", "eight")),
        ("RAT006", ("very satisfactory", "Highly satisfactory", "paragraph 1")),
    ],
)
def test_it_finds_the_defects_that_a_careful_reader_finds(report, rule, words):
    said = [r.message for r in report.remarks if r.rule == rule]
    assert any(all(w in message for w in words) for message in said), said


@pytest.mark.parametrize(
    "rule,words",
    [
        ("CHA004", ("paragraph 139", "26–34", "9 recommendations of Part I")),
        ("CHA004", ("paragraph 139", "72–78", "7 recommendations of Part II")),
        ("CHA004", ("paragraph 139", "123–129", "7 recommendations of Part III")),
        ("RES011", ("Part III", "5 fully accepted", "2 partly accepted")),
    ],
)
def test_it_confirms_what_is_right(report, rule, words):
    said = [r.message for r in report.confirmations if r.rule == rule]
    assert any(all(w in message for w in words) for message in said), said


def test_every_remark_but_those_on_the_whole_paper_shows_its_words(report):
    assert all(r.places for r in report.remarks)
    assert not report.failed
