"""Symbols of documents are told from references to other documents."""

from __future__ import annotations

import pytest

from evaltrail.text.symbols import symbol_of, symbols_in


@pytest.mark.parametrize(
    "text", ["GB.340/PFA/7", "E/ICEF/2025/4", "JIU/REP/2025/2", "DP/2025/6/Rev.1", "GAO-26-107682", "A/RES/70/1", "GEF/E/C.64/01/Rev.01"]
)
def test_symbols_of_many_organisations_are_known(text: str) -> None:
    assert symbols_in(f"Document {text}, paragraph 4") == [text]


@pytest.mark.parametrize("text", ["and/or", "2014/2015", "DDG/P", "COVID-19", "US$25", "P/T", "www.office.org/a/b/3"])
def test_words_with_slashes_are_no_symbols(text: str) -> None:
    assert symbols_in(text) == []


def test_the_symbol_stands_alone_in_the_head_or_in_the_running_headers() -> None:
    assert symbol_of(["Council", "MSO/C.58/PRG/4"]) == "MSO/C.58/PRG/4"
    assert symbol_of(["Evaluation of ports"], ["MSO/C.58/PRG/4 3"]) == "MSO/C.58/PRG/4"
    assert symbol_of(["It follows the decision in document MSO/C.57/FIN/2 on the budget of the ports."]) is None


def test_a_symbol_in_a_long_first_line_counts_when_it_is_named_again() -> None:
    line = "Report: GAO-26-107682 | Published: 2026-03-03 | Source: Government Accountability Office"
    assert symbol_of([line]) is None
    assert symbol_of([line], body=f"{line} … Source: GAO. | GAO-26-107682 … GAO-26-107682 … GAO-26-107682") == "GAO-26-107682"
