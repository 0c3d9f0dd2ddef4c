"""Statements that nothing labels, told by the heading above them and the way they are set."""

from __future__ import annotations

import pytest


def test_numbered_items_under_a_heading_are_statements(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
## Conclusions
The team draws three conclusions from what it saw.
1) The route is needed as long as there is no bridge.
2) Fares cover the fuel and little more than that.
3) Nobody is in charge of the piers.
## Annex
Captains, passengers and the harbour master were met.
"""
    )
    assert paper.numbers("conclusion") == ["1", "2", "3"]
    assert paper.openings("conclusion", 2) == ["The route", "Fares cover", "Nobody is"]


def test_a_list_that_runs_on_over_headings_counts_on(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
## Recommendations to the authority
1) Repair the northern pier before the winter storms begin.
2) Publish the fares of every route on the page of the authority.
## Recommendations to the ministry
3) Pay the crews before the end of each month.
4) Name one person who is in charge of the piers.
"""
    )
    assert paper.numbers("recommendation") == ["1", "2", "3", "4"]


def test_a_list_that_begins_in_the_middle_is_no_list_of_statements(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
## Conclusions
7) The route is needed as long as there is no bridge.
8) Fares cover the fuel and little more than that.
"""
    )
    assert paper.numbers("conclusion") != ["7", "8"]


def test_key_findings_count_on_over_the_sections_of_a_chapter(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
## Key findings on relevance
1) The service is what the islanders ask for, summer and winter.
2) The timetable is older than the youngest of the ferries.
3) No other boat carries the mail to the northern island.
## Key findings on efficiency
4) Fuel costs a third more than at the neighbouring ports.
5) Two of the eleven ferries sail half empty all year round.
6) Crews wait two hours a day for the tide at the northern pier.
"""
    )
    assert paper.numbers("finding") == ["1", "2", "3", "4", "5", "6"]
    assert paper.criteria("finding") == [("relevance",)] * 3 + [("efficiency",)] * 3


def test_composite_numbers_number_the_findings_of_a_chapter(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
## 4. Method
The team spoke with crews and passengers.
## 5. Findings
5.1 The service is what the islanders ask for in summer and in winter.
5.2 Fuel costs a third more than it does at the neighbouring ports.
5.3 Two of the eleven ferries sail half empty through most of the year.
## 6. Recommendations
6.1 Repair the northern pier before the winter storms begin.
6.2 Publish the fares of every route on the page of the authority.
"""
    )
    assert paper.numbers("finding") == ["5.1", "5.2", "5.3"]
    assert paper.numbers("recommendation") == ["6.1", "6.2"]


def test_running_paragraph_numbers_number_no_statements(lines, filler) -> None:
    numbered = "\n".join(f"{n}. {line}" for n, line in enumerate(filler(16).split("\n"), 1))
    paper = lines(
        f"""
# Ferries of the four islands
## Introduction
{numbered}
## Recommendations
17. The authority has heard all this before, and the team says it once more.
(a) Repair the northern pier before the winter storms begin.
(b) Publish the fares of every route on the page of the authority.
18. The authority should name one person who is in charge of the piers.
"""
    )
    assert [p.number for p in paper.record.paragraphs] == [str(n) for n in range(1, 19)]
    assert "17" not in paper.numbers("recommendation")
    assert paper.numbers("finding") == []


@pytest.mark.parametrize(
    "heading,first,second,kind",
    [
        ("Recommendations", "Repair the northern pier before winter.", "Publish the fares of every route.", "recommendation"),
        ("Recommandations", "Réparer le quai du nord avant l'hiver.", "Publier les tarifs de toutes les lignes.", "recommendation"),
        (
            "Recomendaciones",
            "Reparar el muelle del norte antes del invierno.",
            "Publicar las tarifas de todas las rutas.",
            "recommendation",
        ),
        ("Recomendações", "Reparar o cais do norte antes do inverno.", "Publicar as tarifas de todas as linhas.", "recommendation"),
        ("Lessons learned", "Crews know the weather better than the office.", "A timetable nobody sees helps nobody.", "lesson"),
        ("Leçons apprises", "Les équipages connaissent mieux le temps.", "Un horaire que personne ne voit ne sert à rien.", "lesson"),
        ("Lecciones aprendidas", "Las tripulaciones conocen mejor el tiempo.", "Un horario que nadie ve no sirve.", "lesson"),
        ("Lições aprendidas", "As tripulações conhecem melhor o tempo.", "Um horário que ninguém vê não serve.", "lesson"),
        ("Good practices", "Crews meet weekly to plan the sailings.", "Fares are painted on the side of the boats.", "good_practice"),
        ("Bonnes pratiques", "Les équipages se réunissent chaque semaine.", "Les tarifs sont peints sur les bateaux.", "good_practice"),
    ],
)
def test_bullets_under_a_heading_that_names_a_kind_are_statements(lines, heading: str, first: str, second: str, kind: str) -> None:
    paper = lines(f"# Ferries\n## {heading}\n- {first}\n- {second}\n  - In detail.")
    assert [t.split("\n")[0] for t in paper.texts(kind)] == [first, second]
    assert paper.numbers(kind) == [None, None]


def test_bullets_in_a_section_of_prose_state_no_conclusion(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
## Conclusions
The route is needed as long as there is no bridge, and the crews do what they can with old boats and little money.
Three things would have to change before fares could cover the cost of the service, and none of them is in sight:
- the price of fuel at the northern pier;
- the number of sailings in winter;
- the rules about the weight of the cargo.
Nobody is in charge of the piers, which is why they were not repaired when there was money for them in the budget.
Passengers trust the crews, and this is what the authority should build on when it plans the years to come.
"""
    )
    assert not any(t.startswith("the price of fuel") for t in paper.texts("conclusion"))


def test_a_joint_section_parts_what_asks_from_what_concludes(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
## Conclusions and recommendations
1) The route is needed as long as there is no bridge.
2) Fares cover the fuel and little more than that.
3) The authority should repair the northern pier before the winter.
4) The ministry should pay the crews before the end of each month.
"""
    )
    assert paper.openings("conclusion", 2) == ["The route", "Fares cover"]
    assert paper.openings("recommendation", 3) == ["The authority should", "The ministry should"]


def test_a_paper_that_labels_its_recommendations_lists_no_others(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
## Findings
Recommendation 1: Repair the northern pier before the winter storms begin.
Recommendation 2: Publish the fares of every route on the page of the authority.
Recommendation 3: Name one person who is in charge of the piers.
## How the recommendations were made
### Recommendations and the workshop
- The workshop lasted for a day and was held on the northern island.
- The crews came late because of the fog and left before the end.
"""
    )
    assert paper.numbers("recommendation") == ["1", "2", "3"]


def test_a_list_that_says_none_states_nothing(lines) -> None:
    paper = lines("# Ferries\n## Good practices\n- None\n- Not applicable\n## Recommendations\nNone.")
    assert paper.kinds() == {}


def test_a_chapter_of_many_bullets_is_no_list_of_lessons(lines, filler) -> None:
    many = "\n".join(f"- {line}" for line in filler(20).split("\n"))
    assert lines(f"# Ferries\n## Lessons learned\n{many}").kinds() == {}


def test_what_stands_straight_under_the_heading_goes_before_what_stands_below_others(lines, filler) -> None:
    below = "\n".join(f"- {line}" for line in filler(4).split("\n"))
    paper = lines(
        f"""
# Ferries of the four islands
## Lessons learned
- Crews know the weather better than the office does.
- A timetable that nobody sees helps nobody.
### How the team worked
{below}
"""
    )
    assert paper.openings("lesson", 2) == ["Crews know", "A timetable"]


def test_main_findings_in_bullets_are_findings_whatever_prose_stands_behind(lines, filler) -> None:
    one, two, three, four, _ = filler(5).split("\n")
    paper = lines(
        f"""
# Ferries of the four islands
## Findings
### Relevance
{one}
**Key findings**
- The service is what the islanders ask for in summer and in winter.
- The timetable is older than the youngest of the ferries.
{two}
{three}
### Efficiency
**Key findings**
- Fuel costs a third more than at the neighbouring ports.
- Two of the eleven ferries sail half empty all year round.
{four}
"""
    )
    assert paper.openings("finding", 2) == ["The service", "The timetable", "Fuel costs", "Two of"]
    assert paper.criteria("finding") == [("relevance",)] * 2 + [("efficiency",)] * 2


def test_bullets_among_the_prose_of_findings_are_no_findings(lines, filler) -> None:
    one, two, three, *_ = filler(5).split("\n")
    paper = lines(
        f"""
# Ferries of the four islands
## Findings
{one}
- Fares on the northern route are paid on board.
- Fares on the southern route are paid in the office.
{two}
{three}
"""
    )
    assert paper.kinds() == {}


def test_an_item_of_a_joint_list_that_names_another_kind_is_of_that_kind(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
## Conclusions and lessons learned
1) The route is needed as long as there is no bridge.
2) Fares cover the fuel and little more than that.
3) A lesson learned is that crews know the weather better than the office.
"""
    )
    assert paper.numbers("conclusion") == ["1", "2"]
    assert paper.numbers("lesson") == ["3"]
    assert all("lesson" not in t for t in paper.texts("conclusion"))


def test_lettered_items_are_statements_where_one_sentence_opens_the_list(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
## Lessons learned
The following lessons were learned by the team:
(i) Crews know the weather better than the office does.
(ii) A timetable that nobody sees helps nobody.
"""
    )
    assert paper.openings("lesson", 2) == ["Crews know", "A timetable"]


def test_lettered_items_under_numbered_paragraphs_are_parts_of_these(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
## Lessons learned
1. Crews know the weather better than the office does, in three ways that matter here:
(a) they are on the water every day;
(b) they have learned from their fathers.
2. A timetable that nobody sees helps nobody, however well it has been made by the office.
"""
    )
    assert len(paper.all("lesson")) == 2
    assert "(b) they have learned" in paper.texts("lesson")[0]


def test_a_short_item_among_longer_ones_is_a_statement_of_its_own(lines) -> None:
    paper = lines(
        """
# Ferries of the four islands
## Conclusions
- The route is needed as long as there is no bridge between the islands.
- Fares cover the fuel and little more than that in any year.
- Nobody minds the piers.
"""
    )
    assert paper.openings("conclusion", 2) == ["The route", "Fares cover", "Nobody minds"]
