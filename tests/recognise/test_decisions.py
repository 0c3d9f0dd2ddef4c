"""Draft decisions and the paragraphs that they refer to."""

from __future__ import annotations

import pytest

from evaltrail.read.recognise.decisions import paragraph_ranges


@pytest.mark.parametrize(
    "text,ranges",
    [
        ("the recommendations in paragraphs 26 to 34, 72–78 and 123–129", [("26", "34"), ("72", "78"), ("123", "129")]),
        ("see paragraph 17", [("17", "17")]),
        ("paras. 3, 5 and 9", [("3", "3"), ("5", "5"), ("9", "9")]),
        ("paragraphs 4-7; 9", [("4", "7"), ("9", "9")]),
        ("les paragraphes 26 à 34 et 72", [("26", "34"), ("72", "72")]),
        ("los párrafos 26 a 34 y 72 a 78", [("26", "34"), ("72", "78")]),
        ("os parágrafos 26 a 34 e 72", [("26", "34"), ("72", "72")]),
        ("paragraph 4 of the report and paragraph 9 of its annex", [("4", "4"), ("9", "9")]),
        ("the 26 paragraphs of the report", []),
        ("in 2019 and 2020", []),
    ],
)
def test_ranges_of_paragraphs_are_read_with_both_ends(text: str, ranges: list[tuple[str, str]]) -> None:
    assert [(r.from_, r.to) for r in paragraph_ranges(text)] == ranges


@pytest.mark.parametrize("heading", ["Draft decision", "Decision", "Projet de décision", "Proyecto de decisión", "Projeto de decisão"])
def test_the_paragraph_under_a_heading_of_a_decision_is_one(lines, heading: str) -> None:
    paper = lines(
        f"""
# Ferries of the four islands
The authority runs eleven ferries between the four islands.
## {heading}
19. The Council took note of the report and asked the authority to act on paragraphs 4 to 9.
"""
    )
    (decision,) = paper.record.decisions
    assert decision.paragraph == "19"
    assert decision.text.startswith("The Council took note")
    assert [(r.from_, r.to) for r in decision.refers] == [("4", "9")]
    text = paper.record.pages[0].text
    assert [text[p.start : p.end] for p in decision.places] == [decision.text]


def test_numbered_paragraphs_under_the_heading_are_decisions_each(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
The authority runs eleven ferries between the four islands.
## Draft decisions
19. The Council took note of the report on the ferries.
20. The Council asked the authority to act on paragraph 7.
Note
"""
    )
    assert [d.paragraph for d in paper.record.decisions] == ["19", "20"]


def test_a_heading_about_how_decisions_are_made_decides_nothing(lines) -> None:
    paper = lines(
        "# Ferries\nThe authority runs eleven ferries.\n## Decision-making in the authority\nThe board meets twice a year and decides."
    )
    assert paper.record.decisions == ()


def test_a_decision_reprinted_in_an_annex_is_not_this_papers(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
The authority runs eleven ferries between the four islands.
## Annex 2
### Decision
4. The Council took note of the report on the ferries of the year before.
"""
    )
    assert paper.record.decisions == ()
