"""Labelled statements: how far each reaches, which section lets it speak, and prose that only mentions one."""

from __future__ import annotations

import pytest


def test_a_label_before_a_sentence_makes_it_a_statement(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
## Findings
### Relevance
Finding 1: The service is what the islanders ask for.
The islands have no bridge, and the nearest airfield closes in fog.
### Efficiency
Finding 2: Fuel costs a third more than at the neighbouring ports.
"""
    )
    assert paper.texts("finding") == [
        "The service is what the islanders ask for.",
        "Fuel costs a third more than at the neighbouring ports.",
    ]
    assert paper.numbers("finding") == ["1", "2"]
    assert paper.criteria("finding") == [("relevance",), ("efficiency",)]
    assert [s.label for s in paper.all("finding")] == ["Finding 1", "Finding 2"]
    assert paper.kinds() == {"finding": 2}


def test_a_statement_keeps_the_place_of_its_words(lines) -> None:
    paper = lines("# Ferries\n## Findings\nFinding 1: Fares rose twice.\nFinding 2: Crews were paid late.")
    text = paper.record.pages[0].text
    assert [text[p.start : p.end] for s in paper.all("finding") for p in s.places] == ["Fares rose twice.", "Crews were paid late."]


def test_a_heading_that_is_a_label_takes_the_paragraphs_under_it(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
## Recommendations
### Recommendation 1
The authority should repair the northern pier.
It should begin with the steps.
### Recommendation 2: Fares
The authority should publish its fares.
## Annex: People met
The harbour master and two captains.
"""
    )
    assert paper.texts("recommendation") == [
        "The authority should repair the northern pier.\nIt should begin with the steps.",
        "Fares\nThe authority should publish its fares.",
    ]


def test_a_finding_under_its_label_is_one_paragraph_and_what_follows_explains_it(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
## Findings
### Finding 1
Ferries run late on the northern route.
In 2019 every third crossing was more than an hour late, mostly in winter.
### Finding 2
Crews were paid late.
"""
    )
    assert paper.texts("finding") == ["Ferries run late on the northern route.", "Crews were paid late."]


def test_a_sentence_about_a_recommendation_is_not_one(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
## Background
Recommendation 3 was carried out in the second year, and recommendation 4 was dropped.
Recommendation 7 of the audit led to the new timetable.
## Recommendations
Recommendation 1: Repair the northern pier before the winter.
Recommendation 2: Publish the fares of every route on the page of the authority.
"""
    )
    assert paper.numbers("recommendation") == ["1", "2"]


@pytest.mark.parametrize(
    "title,finding,recommendation,lesson",
    [
        (
            "Évaluation des bacs",
            "Constat n° 1 : Les bacs sont en retard.",
            "Recommandation 1 : Réparer le quai du nord.",
            "Leçon apprise 1 : Il faut écouter les équipages.",
        ),
        (
            "Evaluación de los transbordadores",
            "Hallazgo 1: Los transbordadores llegan tarde.",
            "Recomendación 1: Reparar el muelle del norte.",
            "Lección aprendida 1: Conviene escuchar a la gente.",
        ),
        (
            "Avaliação das barcas",
            "Constatação 1: As barcas atrasam-se.",
            "Recomendação 1: Reparar o cais do norte.",
            "Lição aprendida 1: Convém ouvir as tripulações.",
        ),
    ],
)
def test_labels_are_read_in_other_languages(lines, title: str, finding: str, recommendation: str, lesson: str) -> None:
    paper = lines(f"# {title}\n{finding}\n{recommendation}\n{lesson}")
    for kind, printed in (("finding", finding), ("recommendation", recommendation), ("lesson", lesson)):
        assert paper.texts(kind) == [printed.split(": ", 1)[1]]
        assert paper.numbers(kind) == ["1"]


def test_a_bare_label_over_a_list_labels_each_item(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
Lessons learned:
Lesson:
- Crews know the weather better than the office does.
- A timetable that nobody sees helps nobody.
  - It hung in the office.
The team thanks the crews.
"""
    )
    assert paper.texts("lesson") == [
        "Crews know the weather better than the office does.",
        "A timetable that nobody sees helps nobody.\n• It hung in the office.",
    ]


def test_items_belong_to_a_statement_that_ends_with_a_colon(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
## Recommendations
Recommendation 1: The authority should:
(a) repair the northern pier before the winter;
(b) publish the fares of every route.
Recommendation 2: The ministry should pay the crews on time.
"""
    )
    assert paper.numbers("recommendation") == ["1", "2"]
    first = paper.all("recommendation")[0]
    assert "(a) repair the northern pier" in first.text
    assert "(b) publish the fares" in first.text
    parts = [s for s in paper.all("recommendation", parts=True) if s.parent == first.id]
    assert [p.number for p in parts] == ["1(a)", "1(b)"]


def test_a_bold_label_without_a_mark_labels_its_paragraph(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
## Conclusions
**Conclusion 1** The route is needed as long as there is no bridge.
**Conclusion 2** Fares cover the fuel and little more than that.
"""
    )
    assert paper.texts("conclusion") == [
        "The route is needed as long as there is no bridge.",
        "Fares cover the fuel and little more than that.",
    ]


def test_short_codes_are_labels_in_the_section_of_their_kind_alone(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
## Background
R1 is the road that leads to the northern pier of the second island.
## Recommendations
R1. Repair the northern pier before the winter storms begin.
R2. Publish the fares of every route on the page of the authority.
"""
    )
    assert paper.numbers("recommendation") == ["1", "2"]
    assert paper.openings("recommendation", 2) == ["Repair the", "Publish the"]


def test_a_heading_that_names_a_finding_and_a_criterion_is_a_section(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
## Finding: relevance
Finding 1: The service is what the islanders ask for.
## Finding: efficiency
Finding 2: Fuel costs a third more than at the neighbouring ports.
"""
    )
    assert paper.numbers("finding") == ["1", "2"]


def test_an_emergency_response_answers_nobody(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
## COVID-19 Emergency Response
The ferries carried vaccines to all islands within three weeks.
## Humanitarian response
Emergency response: two ferries carried food after the storm.
"""
    )
    assert paper.kinds() == {}


def test_a_label_of_a_response_after_a_recommendation_answers_it(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
## Recommendations
Recommendation 1: Repair the northern pier before the winter storms begin.
Management response: Accepted. The work begins in May.
Recommendation 2: Publish the fares of every route on the page of the authority.
Management response: Partially accepted. Fares of the mail boat are secret.
"""
    )
    answered = {r.id: r.number for r in paper.all("recommendation")}
    assert [[answered[a.id] for a in s.answers] for s in paper.all("response")] == [["1"], ["2"]]
    assert [s.verdict for s in paper.all("response")] == ["accepted", "partially_accepted"]


def test_under_a_heading_of_responses_a_recommendations_number_labels_its_answer(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
## Recommendations
### Recommendation 1
The authority should repair the northern pier before the winter storms begin.
### Recommendation 2
The authority should publish the fares of every route.
## Response of the Office
### Recommendation 1
The Office accepts this recommendation and will begin in May.
### Recommendation 2
The Office takes note and will ask the ministry.
"""
    )
    assert paper.numbers("recommendation") == ["1", "2"]
    assert paper.openings("response", 4) == ["The Office accepts this", "The Office takes note"]
    assert [s.verdict for s in paper.all("response")] == ["accepted", "noted"]


def test_a_number_behind_a_recommendation_in_brackets_is_its_number(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
## Recommendations
- The authority should repair the northern pier before the winter storms begin. (Recommendation 1)
- The authority should publish the fares of every route on its page. (Recommendation 2)
"""
    )
    assert paper.numbers("recommendation") == ["1", "2"]
    assert paper.texts("recommendation")[0].startswith("The authority should repair")


def test_the_one_to_whom_a_label_addresses_a_recommendation_is_responsible(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
Recommendation 1 to the Ministry of Ports: Repair the northern pier before the winter storms begin.
### Recommendation 2 for the Ferry Board
Fares should be published on every route.
"""
    )
    assert paper.texts("recommendation") == [
        "Repair the northern pier before the winter storms begin.",
        "Fares should be published on every route.",
    ]
    assert [r.responsible for r in paper.all("recommendation")] == [("Ministry of Ports",), ("Ferry Board",)]


def test_a_conclusion_in_some_table_of_the_report_is_not_the_papers(page) -> None:
    paper = page(
        "<h1>Ferries of the four islands</h1><h2>Method</h2>"
        "<table><tr><th>Step</th><th>Content</th></tr><tr><td>1</td><td>Conclusion: the team writes what it concludes</td></tr></table>"
        "<h2>Conclusions</h2><p>Conclusion 1: The route is needed as long as there is no bridge.</p>"
    )
    assert paper.numbers("conclusion") == ["1"]


def test_parts_numbered_on_from_their_recommendation_keep_their_numbers(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
## Recommendations
**Recommendation 2: Make fares known**
2.1 Publish the fares of every route on the page of the authority.
2.2 Paint them on the side of the boats.
"""
    )
    (whole,) = paper.all("recommendation")
    assert whole.text.startswith("Make fares known\n2.1 Publish")
    assert [s.number for s in paper.all("recommendation", parts=True) if s.parent == whole.id] == ["2.1", "2.2"]
