from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaltrail.text.dates import dates, due_of, period_of

LINES = (Path(__file__).parent / "cases" / "dates.txt").read_text(encoding="utf-8").splitlines()
CASES = [tuple(part.strip() for part in line.split("|")) for line in LINES if line.strip() and not line.startswith("#")]


@pytest.mark.parametrize("language, text, expected", CASES)
def test_a_printed_date_keeps_its_precision(language: str, text: str, expected: str) -> None:
    found = "; ".join(f"{d.iso} {d.precision}{' +' if d.span else ''}" for d in dates(text, language))
    assert found == expected


def test_a_date_stands_at_its_offsets() -> None:
    text = "Due by the end of 2027, at the latest."
    found = dates(text, "en")[0]
    assert text[found.start : found.end] == "the end of 2027"
    assert (found.first, found.last) == (date(2027, 9, 1), date(2027, 12, 31))


def test_what_is_due_is_due_at_the_last_date() -> None:
    found = due_of("Started in 2021, to be completed by June 2022", "en")
    assert found is not None
    assert found.iso == "2022-06"
    assert due_of("Ongoing", "en") is None


def test_dates_are_read_without_knowing_the_language() -> None:
    assert [d.iso for d in dates("30 septembre 2023; 30 de septiembre de 2023; 30 September 2023")] == ["2023-09-30"] * 3


@pytest.mark.parametrize(
    "title, text, language, expected",
    [
        ("Evaluation of sustainable enterprises, 2014–19", "It covered 2010–12.", "en", (2014, 2019)),
        ("Horizontal Evaluation 2017-18 to 2021-22", "", "en", (2017, 2022)),
        ("", "The project ran for years. The evaluation covered the period 2014–19.", "en", (2014, 2019)),
        ("", "The survey was held in 2020-21.\nThe audit covers the years from January 2011 to November 2013.", "en", (2011, 2013)),
        ("", "The evaluation examined the strategies during 2010–18, and data of 2001-2002.", "en", (2010, 2018)),
        ("Évaluation finale", "L’évaluation porte sur la période allant de janvier 2019 à décembre 2021.", "fr", (2019, 2021)),
        ("Evaluación final", "La evaluación abarcó el período comprendido entre 2016 y 2019.", "es", (2016, 2019)),
        ("Avaliação final", "A avaliação cobre os anos de 2016 a 2019.", "pt", (2016, 2019)),
        ("Final evaluation", "The project was implemented between January 2019 and February 2021.", "en", (2019, 2021)),
        ("Final evaluation", "Interviews were conducted between 2019 and 2020.", "en", None),
        ("Final evaluation", "Prices rose from 2019 to 2020.", "en", None),
        ("Evaluation 2020", "", "en", None),
    ],
)
def test_the_period_is_the_one_the_evaluation_covers(title: str, text: str, language: str, expected: tuple[int, int] | None) -> None:
    assert period_of(title, text, language) == expected


def test_a_span_that_comes_back_again_and_again_is_the_period() -> None:
    text = "\n".join(f"In {place}, from 2017 to 2024, cases rose." for place in ("Chad", "Mali", "Niger", "Peru"))
    assert period_of("Review of policies", text, "en") == (2017, 2024)


@given(st.text(alphabet=st.sampled_from("0123456789 /-–.May June Q2FYtoand")))
def test_any_text_can_be_searched_for_dates(text: str) -> None:
    for d in dates(text, "en"):
        assert text[d.start : d.end].strip()
        assert d.first <= d.last
