from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from evaltrail.record import Rating
from tests.recognise.forms import read, table


def ratings(*rows: str, before: str = "", heading: str = "Findings", header: bool = True) -> list[Rating]:
    """Ratings of a page with one table."""
    caption = f"<p>{before}</p>" if before else ""
    record = read(f"<h1>{heading}</h1>{caption}{table(*rows, header=header)}")
    return [r for e in record.evaluations for r in e.ratings]


def given(*rows: str, before: str = "", heading: str = "Findings", header: bool = True) -> dict[str | None, str]:
    return {r.criterion: r.as_printed for r in ratings(*rows, before=before, heading=heading, header=header)}


def test_a_column_of_ratings_rates_the_criteria_beside_it() -> None:
    rows = (
        "Criterion | Rating | Justification",
        "Relevance | Highly Satisfactory (HS) | In line with needs",
        "Efficiency | MS | Delays",
        "Overall Project Rating | S | All in all",
    )
    assert given(*rows) == {"relevance": "Highly Satisfactory (HS)", "efficiency": "MS", "overall": "S"}


def test_a_column_in_words_says_what_the_number_means() -> None:
    found = ratings("Criterion | Rating | In words", "Relevance | 5 | Satisfactory", "Coherence | 4 | Somewhat satisfactory")
    assert [(r.criterion, r.value, r.as_printed) for r in found] == [
        ("relevance", 5, "Satisfactory"),
        ("coherence", 4, "Somewhat satisfactory"),
    ]


def test_the_heading_may_give_the_scale() -> None:
    found = ratings(
        "Evaluation criteria | Justification | Rating (1 to 6)", "Relevance | In line with needs | 4", "Efficiency | Delays | 3"
    )
    assert [(r.criterion, r.value, r.scale) for r in found] == [("relevance", 4, "1-6"), ("efficiency", 3, "1-6")]


def test_pairs_of_columns_with_headings_repeated_inside_the_table_are_read_each_for_itself() -> None:
    found = given(
        "1. Monitoring and Evaluation | Rating | 2. Agency Execution | Rating",
        "M&amp;E design at entry | S | Quality of oversight | MS",
        "M&amp;E plan implementation | MS | Quality of execution | S",
        "3. Assessment of Outcomes | Rating | 4. Sustainability | Rating",
        "Relevance | R | Financial resources | L",
        "Effectiveness | S | Socio-political | ML",
        "Overall Project Outcome Rating | S | Overall likelihood of sustainability | ML",
    )
    assert found == {
        "m&e design at entry": "S",
        "quality of oversight": "MS",
        "m&e plan implementation": "MS",
        "quality of execution": "S",
        "relevance": "R",
        "financial resources": "L",
        "effectiveness": "S",
        "socio-political": "ML",
        "overall": "S",
        "sustainability": "ML",
    }


def test_of_two_ratings_side_by_side_the_evaluation_s_own_counts() -> None:
    rows = (
        "Criteria | PMD rating | IOE rating | Disconnect",
        "Relevance | 5 | 4 | -1",
        "Effectiveness | 4 | 4 | 0",
        "Overall project achievement | 5 | 4 | -1",
    )
    assert [(r.criterion, r.value, r.of) for r in ratings(*rows)] == [
        ("relevance", 4, None),
        ("effectiveness", 4, None),
        ("overall", 4, None),
    ]


def test_ratings_may_head_the_names_and_stand_under_those_who_rate() -> None:
    rows = (
        "Ratings | ICR | IEG | Reason",
        "Outcome | Satisfactory | Moderately Satisfactory | Lower efficacy",
        "Bank Performance | Satisfactory | Satisfactory | None",
    )
    assert given(*rows) == {"outcome": "Moderately Satisfactory", "bank performance": "Satisfactory"}


def test_criteria_as_headings_rate_each_project_of_a_row() -> None:
    rows = ("Project | Relevance | Effectiveness | Efficiency", "Harbours | 5 | 4 | 3", "Ferries | 6 | 5 | 4")
    found = ratings(*rows, before="Table 3. Ratings of the projects")
    assert [(r.criterion, r.of, r.value) for r in found] == [
        ("relevance", "Harbours", 5),
        ("effectiveness", "Harbours", 4),
        ("efficiency", "Harbours", 3),
        ("relevance", "Ferries", 6),
        ("effectiveness", "Ferries", 5),
        ("efficiency", "Ferries", 4),
    ]


def test_a_row_of_ratings_under_criteria_rates_the_whole() -> None:
    found = ratings(" | Relevance | Effectiveness | Efficiency", "Rating | 5 | 4 | 4", "Justification | Needs | Results | Costs")
    assert [(r.criterion, r.of, r.value) for r in found] == [("relevance", None, 5), ("effectiveness", None, 4), ("efficiency", None, 4)]


def test_pairs_without_headings_are_read_where_the_words_are_those_of_a_scale() -> None:
    assert given("Relevance | Highly satisfactory", "Effectiveness | Satisfactory", header=False) == {
        "relevance": "Highly satisfactory",
        "effectiveness": "Satisfactory",
    }


def test_a_cross_under_a_level_is_the_mark() -> None:
    rows = ("Criterion | HS | S | MS | MU | U | HU", "Relevance | | X | | | | ", "Efficiency | | | X | | | ", "Impact | X | | | | | ")
    assert given(*rows) == {"relevance": "S", "efficiency": "MS", "impact": "HS"}


@pytest.mark.parametrize(
    "rows,wanted",
    [
        (
            ("Criteria | Rating", "Relevance | Relevant", "Effectiveness | Less than effective", "Overall assessment | Successful"),
            {"relevance": "Relevant", "effectiveness": "Less than effective", "overall": "Successful"},
        ),
        (
            ("Criteria | Rating | Comment", "Relevance | Green | x", "Efficiency | Amber | y", "Impact | Meets expectations | z"),
            {"relevance": "Green", "efficiency": "Amber", "impact": "Meets expectations"},
        ),
        (("Criterion | Score", "Relevance | A", "Efficiency | B", "Impact | C"), {"relevance": "A", "efficiency": "B", "impact": "C"}),
        (
            ("Critère | Notation | Justification", "Pertinence | 5 – Satisfaisant | besoins", "Efficience | 4 | coûts"),
            {"relevance": "5 – Satisfaisant", "efficiency": "4"},
        ),
        (
            ("Criterio | Calificación", "Pertinencia | Muy satisfactoria", "Sostenibilidad | Poco satisfactoria"),
            {"relevance": "Muy satisfactoria", "sustainability": "Poco satisfactoria"},
        ),
        (
            ("Critério | Classificação", "Relevância | Satisfatório (4)", "Eficiência | Insatisfatório (2)"),
            {"relevance": "Satisfatório (4)", "efficiency": "Insatisfatório (2)"},
        ),
        (("Criterion | Rating", "Relevance | ●●●●○", "Efficiency | ●●○○○"), {"relevance": "●●●●○", "efficiency": "●●○○○"}),
    ],
)
def test_the_scales_of_the_field_are_known(rows: tuple[str, ...], wanted: dict[str, str]) -> None:
    assert given(*rows) == wanted


def test_an_announced_mark_in_a_cell_belongs_to_the_row() -> None:
    rows = ("Relevance | The project was in line with needs. Rating: Satisfactory (5)", "Efficiency | Costs were high. Score: 3/6")
    assert given(*rows, header=False) == {"relevance": "Satisfactory (5)", "efficiency": "3/6"}


def test_what_is_not_rated_has_no_rating() -> None:
    assert given("Criterion | Rating", "Relevance | Satisfactory", "Efficiency | Satisfactory", "Impact | N/A") == {
        "relevance": "Satisfactory",
        "efficiency": "Satisfactory",
    }


@pytest.mark.parametrize(
    "rows,before",
    [
        (("Risk | Likelihood | Impact | Rating", "Flood | High | High | High", "War | Low | High | Medium"), ""),
        (("Rating | Definition", "Highly satisfactory | No shortcomings", "Satisfactory | Minor shortcomings"), ""),
        (("Region | Score | N", "Africa | 2.7 | 33", "Asia | 2.7 | 21"), ""),
        (("Year | Relevance | Efficiency", "2012 | 45 | 33", "2013 | 44 | 2"), ""),
        (("Statement | Strongly agree | Agree | Disagree", "The project was relevant | 4 | 3 | 2", "It was efficient | 4 | 3 | 2"), ""),
        (
            ("Question | Score", "Relevance of the training | 4.2", "Effectiveness of the trainer | 4.5"),
            "Table 7: Results of the survey of participants",
        ),
        (("Evaluation report | Relevance | Effectiveness", "Report A | 5 | 4", "Report B | 5 | 3"), "Quality scores"),
        (("Criteria | Relevance | Effectiveness", "Number of findings | 5 | 4"), ""),
        (("Indicator | Baseline | Target | Rating", "Boats | 3 | 5 | On track", "Nets | 3 | 5 | S"), ""),
    ],
)
def test_tables_of_other_things_are_left_alone(rows: tuple[str, ...], before: str) -> None:
    assert given(*rows, before=before) == {}


def test_a_table_of_earlier_ratings_is_left_alone() -> None:
    rows = ("Criterion | Rating", "Relevance | Satisfactory", "Efficiency | Unsatisfactory")
    assert given(*rows, heading="Ratings of the previous evaluation") == {}


def test_a_note_and_its_words_in_two_columns_are_one_rating() -> None:
    found = ratings("Critère | Note | Appréciation", "Pertinence | 3 | Moyen", "Efficacité | 4 | Bon")
    assert [(r.criterion, r.of, r.value, r.as_printed) for r in found] == [
        ("relevance", None, 3, "Moyen"),
        ("effectiveness", None, 4, "Bon"),
    ]


def test_priorities_in_rows_are_no_legend() -> None:
    actions = table("No. | Action | Priority", "1 | Quays | High", "2 | Sheds | Medium", "3 | Boats | Low")
    record = read(f"<h1>Findings</h1><h2>Relevance</h2><p>Rating: 2</p><h1>Actions</h1>{actions}")
    (r,) = record.evaluations[0].ratings
    assert r.scale == ""


def test_two_legends_side_by_side_give_codes_their_numbers() -> None:
    scales = table(
        "Ratings for outcomes | Ratings for sustainability",
        "6: Highly Satisfactory (HS): no shortcomings | 4: Likely (L): negligible risks",
        "5: Satisfactory (S) | 3: Moderately Likely (ML)",
        "4: Moderately Satisfactory (MS) | 2: Moderately Unlikely (MU)",
        "3: Moderately Unsatisfactory (MU) | 1: Unlikely (U)",
        "2: Unsatisfactory (U) | ",
        "1: Highly Unsatisfactory (HU) | ",
    )
    marks = table("Criterion | Rating", "Relevance | HS", "Efficiency | MS", "Sustainability | ML")
    found = read(f"<h1>Findings</h1>{marks}<h1>Annex 1. Rating scales</h1>{scales}").evaluations[0].ratings
    assert [(r.criterion, r.value, r.scale[:3]) for r in found] == [
        ("relevance", 6, "1-6"),
        ("efficiency", 4, "1-6"),
        ("sustainability", 3, "1-4"),
    ]
