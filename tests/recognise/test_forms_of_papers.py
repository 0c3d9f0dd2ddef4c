"""Forms in which offices print what they state, apart from the plain ones: frames, tables of one kind, answers to several."""

from __future__ import annotations

import importlib.util
from pathlib import Path

_spec = importlib.util.spec_from_file_location("forms", Path(__file__).with_name("forms.py"))
assert _spec is not None
assert _spec.loader is not None
forms = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(forms)
read, table, recommendations, responses, answered = forms.read, forms.table, forms.recommendations, forms.responses, forms.answered


def test_a_frame_with_one_label_holds_one_statement(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
## Findings
{a} **Finding 1:** The service is what the islanders ask for.
{a} It runs on four days of the week.
The islands have no bridge, and the nearest airfield closes in fog.
{b} **Finding 2:** Fuel costs a third more than elsewhere, for three reasons.
{b} - The tanks on the islands are small.
"""
    )
    assert paper.texts("finding") == [
        "The service is what the islanders ask for.\nIt runs on four days of the week.",
        "Fuel costs a third more than elsewhere, for three reasons.\n• The tanks on the islands are small.",
    ]


def test_in_a_frame_with_several_labels_what_stands_between_them_is_no_part_of_the_first(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
## Findings
{a} Finding 1: The service is what the islanders ask for.
{a} The team asked forty of them.
{a} Finding 2: Fuel costs a third more than at the neighbouring ports.
"""
    )
    assert paper.texts("finding") == [
        "The service is what the islanders ask for.",
        "Fuel costs a third more than at the neighbouring ports.",
    ]


def test_a_table_of_good_practices_states_one_a_row() -> None:
    record = read(
        "<h1>Ferries</h1><h2>Good practices</h2>"
        + table("No. | Good practice", "1 | Crews keep the log together.", "2 | Fares hang at the pier.")
    )
    assert [(s.kind, s.number, s.text) for s in record.evaluations[0].statements] == [
        ("good_practice", "1", "Crews keep the log together."),
        ("good_practice", "2", "Fares hang at the pier."),
    ]


def test_an_article_in_front_of_a_statement_is_no_number() -> None:
    record = read(
        table(
            "No. | Recommendation", "– | A plan for the piers should be drawn up by the board", "b | Fares should be published by the board"
        )
    )
    assert [(r.number, r.text[:12]) for r in recommendations(record)] == [(None, "A plan for t"), ("b", "Fares should")]


def test_an_answer_under_a_heading_may_answer_several_recommendations(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
## Recommendations
### Recommendation 1
The authority should repair the northern pier.
### Recommendation 2
The authority should publish its fares.
### Recommendation 3
The authority should train its crews.
## Office response
### Recommendations 1 and 2
The Office accepts both recommendations.
### Recommendation 3
The Office does not accept the recommendation.
"""
    )
    assert [r.number for r in paper.all("recommendation")] == ["1", "2", "3"]
    assert answered(paper.record) == [("1", "2"), ("3",)]
    assert [r.label for r in paper.all("response")] == ["Recommendations 1 and 2", "Recommendation 3"]


def test_recommendations_under_a_heading_that_counts_them_are_still_recommendations(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
## Recommendations 1 to 2
1) The authority should repair the northern pier before the winter.
2) The authority should publish its fares on every boat.
"""
    )
    assert paper.numbers("recommendation") == ["1", "2"]


def test_a_verdict_beside_its_name_is_a_field_under_the_columns_of_the_table_before() -> None:
    record = read(
        "<h1>Ferries</h1><h2>Recommendations</h2>"
        "<h3>Recommendation 1</h3><p>The board should repair the northern pier.</p>"
        "<h3>Recommendation 2</h3><p>The board should publish its fares.</p>"
        "<h2>Office response</h2><h3>Recommendation 1</h3><p>Work has begun on the steps.</p>"
        + table("Action | Status", "Order the stone | Planned", header=False)
        + "<h3>Recommendation 2</h3><p>Fares change each week.</p>"
        + table("Position | Rejected", "Action | Status", "Print a leaflet | Planned", header=False)
    )
    assert [r.verdict for r in responses(record)] == ["unclear", "rejected"]
    assert [[a.text for a in r.actions] for r in responses(record)] == [["Order the stone"], ["Print a leaflet"]]


def test_a_verdict_before_words_that_name_what_they_answer_is_theirs() -> None:
    record = read(
        table("No. | Recommendation", "1 | The board should repair the northern pier", "2 | The board should publish its fares on board")
        + table(
            "Rec. no. | Management response | Position",
            "1 | Recommendation 1 was carried out in May. | Accepted",
            "2 | Fares change. | Rejected",
        )
    )
    assert [(r.text, r.verdict) for r in responses(record)] == [
        ("Recommendation 1 was carried out in May.", "accepted"),
        ("Fares change.", "rejected"),
    ]
    assert answered(record) == [("1",), ("2",)]


def test_an_answer_to_a_comment_answers_no_recommendation_before_it() -> None:
    record = read(
        "<h2>Recommendations</h2><h3>Recommendation 1</h3><p>The board should repair the northern pier.</p><h2>Management response</h2>"
        + table("Comment received | Response", "Why not the southern pier? | It was repaired last year.")
    )
    assert [(r.prompt, r.answers) for r in responses(record)] == [("Why not the southern pier?", ())]


def test_a_table_of_good_practices_of_others_states_none() -> None:
    rows = table("Best practices from the literature | What the programme does", "Crews keep a log. | It trains crews.")
    assert not read(f"<h1>Ferries</h1><h2>Findings</h2>{rows}").evaluations[0].statements


def test_a_summary_before_the_parts_of_a_paper_ends_with_the_first_of_them(lines) -> None:
    paper = lines(
        """
# Two evaluations of the year
## Executive summary
The paper sums up two evaluations of ferries and of schools.
## Part I. Ferries of the four islands
### Recommendations
#### Recommendation 1
The authority should repair the northern pier.
#### Recommendation 2
The authority should publish its fares.
### Office response
#### Overall response
The Office thanks the evaluators.
## Part II. Schools of the four islands
### Recommendations
#### Recommendation 1
The authority should build a school on the outer island.
## Annexes
"""
    )
    assert [len(e.overall_responses) for e in paper.record.evaluations] == [1, 0]


def test_a_recommendation_that_opens_a_list_addresses_no_other_recommendation(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
## Recommendations
### Recommendation 1
Adopt a single programme for the ports authority that the board should:
- publish every year;
- review every two years.
### Recommendation 2
Repair the northern pier before the winter.
"""
    )
    assert [r.responsible for r in paper.all("recommendation")][1:] == [()]


def test_headings_that_are_printed_again_after_another_table_set_the_columns_anew() -> None:
    actions = table("Action | Responsible unit | Due date", "Order the stone | PORTS | May 2026")
    record = read(
        "<h1>Ferries</h1><h2>Recommendations</h2><h3>Recommendation 1</h3><p>The board should repair the northern pier.</p>"
        "<h3>Recommendation 2</h3><p>The board should publish its fares.</p><h2>Office response</h2>"
        f"<h3>Recommendation 1</h3><p>It will be done.</p>{table('Position | Accepted', header=False)}<p> </p>{actions}"
        f"<h3>Recommendation 2</h3><p>So will this.</p>{table('Position | Accepted', header=False)}<p> </p>{actions}"
    )
    assert [[(a.text, a.unit, a.due) for a in r.actions] for r in responses(record)] == [[("Order the stone", "PORTS", "May 2026")]] * 2
