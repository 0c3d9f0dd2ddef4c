"""A statement that stands several times is one: which of them speaks, and whose statements are not the paper's own."""

from __future__ import annotations

import pytest

from evaltrail.read.recognise.choose import same, tokens

REPAIR = "The authority should repair the northern pier before the winter storms begin"
PUBLISH = "The authority should publish the fares of every route on its own page"
PAY = "The ministry should pay the crews before the end of each month"


def test_a_summary_that_repeats_the_list_makes_no_second_statement(lines) -> None:
    paper = lines(
        f"""
# Ferries of the four islands
## Executive summary
### Recommendations
1) {REPAIR}.
2) {PUBLISH}.
## 1. Introduction
The authority runs eleven ferries between the four islands.
## 2. Recommendations
Recommendation 1: {REPAIR}, and begin with the steps.
Recommendation 2: {PUBLISH}.
Recommendation 3: {PAY}.
"""
    )
    assert paper.numbers("recommendation") == ["1", "2", "3"]
    assert paper.texts("recommendation")[0].endswith("begin with the steps.")


def test_a_summary_speaks_where_the_body_states_nothing(lines) -> None:
    paper = lines(
        f"""
# Ferries of the four islands
## Executive summary
### Recommendations
1) {REPAIR}.
2) {PUBLISH}.
## 1. Introduction
The authority runs eleven ferries between the four islands.
## 2. The ferries
Two of them are older than their captains.
"""
    )
    assert paper.numbers("recommendation") == ["1", "2"]


@pytest.mark.parametrize(
    "heading",
    [
        "Status of the recommendations of the 2015 evaluation",
        "Follow-up to previous recommendations",
        "Recommendations of earlier evaluations",
        "Recommandations de l'évaluation précédente",
        "Recomendaciones de la evaluación anterior",
        "Recomendações da avaliação anterior",
    ],
)
def test_recommendations_of_an_earlier_evaluation_are_not_the_papers(lines, heading: str) -> None:
    paper = lines(
        f"""
# Ferries of the four islands
## Introduction
The authority runs eleven ferries between the four islands.
## {heading}
Recommendation 1: Buy two more ferries for the southern route within a year.
Recommendation 2: Close the office on the second island until the spring.
## Recommendations
Recommendation 1: {REPAIR}.
"""
    )
    assert paper.openings("recommendation", 4) == ["The authority should repair"]


def test_a_papers_own_labelled_statement_inside_a_section_about_earlier_ones_is_its_own(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
## Findings
### Finding 4: Little of the previous strategy was carried out
Three of its twelve measures were begun.
### Finding 5: Fares rose twice
Half of the passengers noticed.
"""
    )
    assert paper.numbers("finding") == ["4", "5"]


def test_a_number_that_goes_on_from_the_papers_own_makes_a_statement_its_own(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
## Findings
### Relevance
Finding 1: The service is what the islanders ask for.
Finding 2: The timetable is older than the youngest of the ferries.
### Previous evaluation
Finding 3: Six of the nine recommendations of the earlier evaluation were carried out.
"""
    )
    assert paper.numbers("finding") == ["1", "2", "3"]


def test_a_template_in_an_annex_states_nothing_beside_the_body(lines) -> None:
    paper = lines(
        f"""
# Ferries of the four islands
## Recommendations
Recommendation 1: {REPAIR}.
Recommendation 2: {PUBLISH}.
## Annex 2: Template for the report
### Recommendations
Recommendation 1: (one sentence that says who should do what by when)
Recommendation 2: (one sentence that says who should do what by when)
Recommendation 3: (one sentence that says who should do what by when)
"""
    )
    assert paper.numbers("recommendation") == ["1", "2"]
    assert paper.texts("recommendation") == [f"{REPAIR}.", f"{PUBLISH}."]


def test_an_annex_speaks_where_the_body_does_not(lines) -> None:
    paper = lines(
        f"""
# Ferries of the four islands
## Introduction
The authority runs eleven ferries between the four islands.
## Annex 1: Recommendations
Recommendation 1: {REPAIR}.
Recommendation 2: {PUBLISH}.
"""
    )
    assert paper.numbers("recommendation") == ["1", "2"]


def test_a_table_of_contents_states_nothing(lines) -> None:
    paper = lines(
        f"""
# Ferries of the four islands
## Contents
Recommendation 1: Piers 14
Recommendation 2: Fares 15
## Introduction
The authority runs eleven ferries between the four islands.
## Recommendations
### Recommendation 1: Piers
{REPAIR}.
### Recommendation 2: Fares
{PUBLISH}.
"""
    )
    assert paper.texts("recommendation") == [f"Piers\n{REPAIR}.", f"Fares\n{PUBLISH}."]


def test_a_list_with_page_numbers_states_nothing_beside_what_it_lists(lines) -> None:
    paper = lines(
        f"""
# Ferries of the four islands
## List of recommendations
Recommendation 1: Repair the northern pier 12
Recommendation 2: Publish the fares 13
## The ferries
The authority runs eleven ferries between the four islands.
Recommendation 1: {REPAIR}.
Recommendation 2: {PUBLISH}.
"""
    )
    assert paper.texts("recommendation") == [f"{REPAIR}.", f"{PUBLISH}."]


def test_terms_of_reference_say_what_a_report_should_hold_and_state_nothing(lines) -> None:
    paper = lines(
        f"""
# Ferries of the four islands
## Recommendations
- {REPAIR}.
- {PUBLISH}.
## Annex 1. Terms of reference
### Outputs
- Findings: the report shall state findings by criterion with evidence.
### Lessons learned
- The report shall give lessons that others can use elsewhere.
- Lessons shall be short and shall be clear to all of them.
"""
    )
    assert paper.kinds() == {"recommendation": 2}


def test_a_response_that_quotes_its_recommendation_makes_no_second_one(lines) -> None:
    paper = lines(
        f"""
# Ferries of the four islands
## Recommendations
Recommendation 1: {REPAIR}.
Recommendation 2: {PUBLISH}.
## Annex 1: Management response
Recommendation 1: {REPAIR}.
Management response: Agreed. Work begins in May.
Recommendation 2: {PUBLISH}.
Management response: Not agreed. Fares change with the tide.
"""
    )
    assert paper.numbers("recommendation") == ["1", "2"]
    assert [s.verdict for s in paper.all("response")] == ["accepted", "rejected"]
    assert [[a.id for a in s.answers] for s in paper.all("response")] == [[r.id] for r in paper.all("recommendation")]


def test_two_statements_of_one_list_may_begin_alike(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
## Recommendations
Recommendation 1: The authority should train the crews of the northern route.
Recommendation 2: The authority should train the crews of the southern route.
"""
    )
    assert paper.numbers("recommendation") == ["1", "2"]


def test_what_a_repetition_adds_goes_to_the_statement_that_is_kept(lines) -> None:
    paper = lines(
        f"""
# Ferries of the four islands
## Executive summary
### Recommendations
1) {REPAIR}.
2) {PUBLISH}.
3) {PAY}.
## 1. Introduction
The authority runs eleven ferries between the four islands.
## 2. Recommendations
- {REPAIR}.
- {PUBLISH}.
- {PAY}.
"""
    )
    assert paper.numbers("recommendation") == ["1", "2", "3"]
    text = paper.record.pages[0].text
    assert all(s.places[0].start > text.index("2. Recommendations") for s in paper.all("recommendation"))


@pytest.mark.parametrize(
    "one,other,alike",
    [
        (f"{REPAIR}.", f"{REPAIR}, and begin with the steps, which are loose.", True),
        (f"{REPAIR}.", f"“{REPAIR.upper()}”", True),
        (f"{REPAIR}.", f"{PUBLISH}.", False),
        (f"{REPAIR}.", f"{PAY}.", False),
        ("Piers", "Piers", True),
        ("Piers", "Piers and fares", False),
        ("", "", False),
    ],
)
def test_two_texts_say_the_same_where_the_shorter_stands_in_the_longer(one: str, other: str, alike) -> None:
    assert same(tokens(one), tokens(other)) is alike
    assert same(tokens(other), tokens(one)) is alike
