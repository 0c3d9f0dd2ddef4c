"""The ways in which statements are set that nothing labels: bold type, boxes, headings, sentences that ask."""

from __future__ import annotations

import pytest


def test_bold_openings_are_statements_with_their_explanation_left_out(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
## Recommendations
**Repair the northern pier before the winter storms begin.** Its steps are loose, and two people fell last year.
**Publish the fares of every route on the page of the authority.** Half of the passengers did not know what they would pay.
## Annex
Captains, passengers and the harbour master were met.
"""
    )
    assert paper.openings("recommendation", 4) == ["Repair the northern pier", "Publish the fares of"]


def test_a_bold_sentence_before_each_explanation_is_a_finding(lines, filler) -> None:
    one, two, three, *_ = filler(5).split("\n")
    paper = lines(
        f"""
# Ferries of the four islands
## Findings
### Relevance
**The service is what the islanders ask for in summer and in winter.**
{one}
### Efficiency
**Fuel costs a third more than it does at the neighbouring ports.**
{two}
**Two of the eleven ferries sail half empty through most of the year.**
{three}
"""
    )
    assert paper.openings("finding", 2) == ["The service", "Fuel costs", "Two of"]
    assert paper.criteria("finding") == [("relevance",), ("efficiency",), ("efficiency",)]


def test_quotations_in_bold_are_no_findings(lines, filler) -> None:
    one, two, three, *_ = filler(5).split("\n")
    paper = lines(
        f"""
# Ferries of the four islands
## Findings
**“We have never been told when the boat would come, and we are waiting still.”**
{one}
**“My son has learned to read the clouds, and he is always right about the boat.”**
{two}
**__The captain is a good man and does what he can with an old boat.__**
{three}
"""
    )
    assert paper.kinds() == {}


def test_bold_questions_are_no_findings(lines, filler) -> None:
    one, two, three, *_ = filler(5).split("\n")
    paper = lines(
        f"""
# Ferries of the four islands
## Findings
**To what extent is the service what the islanders ask for?**
{one}
**How well were fuel and crews used on the northern route?**
{two}
**Will the authority be able to run the service without a subsidy?**
{three}
"""
    )
    assert paper.kinds() == {}


def test_emphasis_in_prose_states_nothing(lines, filler) -> None:
    one, two, three, four, five = filler(5).split("\n")
    paper = lines(
        f"""
# Ferries of the four islands
## Findings
{one}
{two} **This is more than in any year before and not enough by far.** The crews said so too.
{three}
{four}
{five}
"""
    )
    assert paper.kinds() == {}


def test_boxes_that_open_their_sections_hold_findings(lines, filler) -> None:
    one, two, three, *_ = filler(5).split("\n")
    paper = lines(
        f"""
# Ferries of the four islands
## Findings
### Relevance
{{a}} The service is what the islanders ask for in summer and in winter.
{one}
### Efficiency
{{b}} Fuel costs a third more than it does at the neighbouring ports.
{two}
### Sustainability
{{c}} Fares cover the fuel but not the repair of the boats or piers.
{three}
"""
    )
    assert paper.openings("finding", 2) == ["The service", "Fuel costs", "Fares cover"]
    assert paper.criteria("finding") == [("relevance",), ("efficiency",), ("sustainability",)]


def test_a_box_lists_its_findings_item_by_item(lines, filler) -> None:
    one, two, *_ = filler(5).split("\n")
    paper = lines(
        f"""
# Ferries of the four islands
## Findings
### Relevance
{{a}} - The service is what the islanders ask for in summer and in winter.
{{a}} - The timetable is older than the youngest of the eleven ferries.
{one}
### Efficiency
{{b}} - Fuel costs a third more than it does at the neighbouring ports.
{{b}} - Two of the eleven ferries sail half empty through most of the year.
{two}
"""
    )
    assert paper.openings("finding", 2) == ["The service", "The timetable", "Fuel costs", "Two of"]


def test_boxes_with_examples_and_questions_are_no_findings(lines, filler) -> None:
    one, two, three, *_ = filler(5).split("\n")
    paper = lines(
        f"""
# Ferries of the four islands
## Findings
### Relevance
{one}
{{a}} #### Box 1. A day on the northern route
{{a}} The captain gets up at four, looks at the sky and decides whether the boat will sail.
{two}
{{b}} Evaluation question 1: To what extent is the service what the islanders ask for?
{three}
{{c}} Sources: interviews with crews, log books of 2019
{one}
"""
    )
    assert paper.kinds() == {}


def test_boxes_with_quotations_are_no_findings(lines, filler) -> None:
    one, two, *_ = filler(5).split("\n")
    paper = lines(
        f"""
# Ferries of the four islands
## Findings
### Relevance
{{a}} “The boat is our life, and without it nobody would stay here,” said a teacher on the second island.
{one}
### Efficiency
{{b}} “We wait for the tide every day, and nobody pays us for it,” said a captain of the mail boat.
{two}
"""
    )
    assert paper.kinds() == {}


def test_a_finding_may_quote_a_word(lines, filler) -> None:
    one, two, *_ = filler(5).split("\n")
    paper = lines(
        f"""
# Ferries of the four islands
## Findings
### Relevance
{{a}} The service is what islanders call “our bridge” and what they ask for.
{one}
### Efficiency
{{b}} “Good enough” is what most crews say about the boats that they sail.
{two}
"""
    )
    assert len(paper.all("finding")) == 2


def test_subheadings_that_are_sentences_are_recommendations(lines, filler) -> None:
    one, two, *_ = filler(5).split("\n")
    paper = lines(
        f"""
# Ferries of the four islands
## Recommendations
### The authority should repair the northern pier before the winter
{one}
### The ministry should pay the crews before the end of each month
{two}
"""
    )
    assert paper.openings("recommendation", 3) == ["The authority should", "The ministry should"]


def test_subheadings_that_only_name_criteria_are_no_statements(lines, filler) -> None:
    one, two, three, *_ = filler(5).split("\n")
    paper = lines(
        f"""
# Ferries of the four islands
## Findings
### Relevance
{one}
### Effectiveness
{two}
### Efficiency and impact
{three}
"""
    )
    assert paper.kinds() == {}


def test_numbered_subheadings_that_ask_are_recommendations_without_their_numbers(lines, filler) -> None:
    one, two, *_ = filler(5).split("\n")
    paper = lines(
        f"""
# Ferries of the four islands
## 7. Recommendations
### 7.1 Repair the northern pier
{one}
### 7.2 Publish the fares of every route
{two}
"""
    )
    assert paper.texts("recommendation") == [f"Repair the northern pier\n{one}", f"Publish the fares of every route\n{two}"]


def test_subheadings_that_are_sentences_open_the_conclusions_under_them(lines, filler) -> None:
    one, two, *_ = filler(5).split("\n")
    paper = lines(
        f"""
# Ferries of the four islands
## 6. Conclusions
### 6.1 The route is needed as long as there is no bridge
{one}
### 6.2 Nobody is in charge of the piers
{two}
"""
    )
    assert paper.texts("conclusion") == [
        f"The route is needed as long as there is no bridge\n{one}",
        f"Nobody is in charge of the piers\n{two}",
    ]


def test_topics_with_a_paragraph_each_are_lessons(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
## Lessons learned
### Weather and the crews
Crews know the weather better than the office does, and are asked too late.
### Timetables on paper
A timetable that nobody sees helps nobody, however well it is made.
"""
    )
    assert paper.texts("lesson") == [
        "Weather and the crews\nCrews know the weather better than the office does, and are asked too late.",
        "Timetables on paper\nA timetable that nobody sees helps nobody, however well it is made.",
    ]


def test_paragraphs_that_ask_are_recommendations_where_nothing_is_listed(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
## Recommendations
The team has thought about what could be done within the money that there is.
The authority should repair the northern pier before the winter storms begin.
It is recommended that the ministry pay the crews before the end of each month.
"""
    )
    assert paper.openings("recommendation", 3) == ["The authority should", "It is recommended"]


@pytest.mark.parametrize(
    "heading,intro,ask",
    [
        (
            "Recommandations",
            "L'équipe a réfléchi à ce qui pourrait être fait.",
            "L'autorité devrait réparer le quai du nord avant les tempêtes d'hiver.",
        ),
        (
            "Recomendaciones",
            "El equipo pensó en lo que se podría hacer.",
            "La autoridad debería reparar el muelle del norte antes del invierno.",
        ),
        ("Recomendações", "A equipa pensou no que poderia ser feito.", "A autoridade deveria reparar o cais do norte antes do inverno."),
    ],
)
def test_paragraphs_that_ask_are_told_in_other_languages(lines, heading: str, intro: str, ask: str) -> None:
    assert lines(f"# Ferries\n## {heading}\n{intro}\n{ask}").texts("recommendation") == [ask]


def test_paragraphs_that_open_with_their_criterion_in_bold_are_main_findings(lines, filler) -> None:
    paper = lines(
        f"""
# Ferries of the four islands
## Executive summary
**Main findings**
**Relevance:** The service is what the islanders ask for in summer and in winter.
**Efficiency:** Fuel costs a third more than it does at the neighbouring ports.
**Recommendations**
- Repair the northern pier before the winter storms begin.
- Publish the fares of every route on the page of the authority.
## 1. Introduction
{filler(1)}
## 2. The ferries
{filler(3)}
"""
    )
    assert paper.criteria("finding") == [("relevance",), ("efficiency",)]
    assert len(paper.all("recommendation")) == 2


def test_the_one_paragraph_under_each_criterion_is_its_conclusion(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
## Conclusions
### Relevance
The service remains what the islanders ask for, and nothing else could take its place in winter.
### Efficiency
The service is only moderately efficient, because fuel is dear and the crews wait for the tide.
"""
    )
    assert paper.openings("conclusion", 3) == ["The service remains", "The service is"]
    assert paper.criteria("conclusion") == [("relevance",), ("efficiency",)]


def test_several_paragraphs_under_each_criterion_are_prose(lines, filler) -> None:
    one, two, three, four, _ = filler(5).split("\n")
    assert lines(f"# Ferries\n## Conclusions\n### Relevance\n{one}\n{two}\n### Efficiency\n{three}\n{four}").kinds() == {}
