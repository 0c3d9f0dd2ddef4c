from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from evaltrail.record import Rating
from tests.recognise.forms import read

SIX = (
    "6 = Highly satisfactory 5 = Satisfactory 4 = Somewhat satisfactory "
    "3 = Somehat unsatisfactory 2 = Unsatisfactory 1 = Highly unsatisfactory"
)


def ratings(*lines: str, language: str = "en") -> list[Rating]:
    """Ratings of a page: "# " and "## " make headings, everything else a paragraph."""
    body = ""
    for line in ("# Findings", *lines):
        level = len(line) - len(line.lstrip("#"))
        body += f"<h{level}>{line[level:].strip()}</h{level}>" if level else f"<p>{line}</p>"
    return [r for e in read(body, language).evaluations for r in e.ratings]


def given(*lines: str, language: str = "en") -> dict[str | None, str]:
    """Criterion and value as printed."""
    return {r.criterion: r.as_printed for r in ratings(*lines, language=language)}


# Announced


def test_a_rating_in_brackets_is_that_of_the_section_s_criterion() -> None:
    (r,) = ratings(
        "## 1. RELEVANCE",
        "The extent to which the objectives respond to needs and priorities, and still do if circumstances change. (Rating: Good - 3)",
    )
    assert (r.criterion, r.criterion_as_printed, r.value, r.as_printed) == ("relevance", "RELEVANCE", 3, "Good - 3")


def test_a_rating_of_its_own_line_is_that_of_the_heading_above() -> None:
    found = ratings("## RELEVANCE", "Rating: Very Good – 4/5", "## EFFICIENCY", "Rating: Excellent – 5/5")
    assert [(r.criterion, r.value, r.as_printed, r.scale) for r in found] == [
        ("relevance", 4, "Very Good – 4/5", "1-5"),
        ("efficiency", 5, "Excellent – 5/5", "1-5"),
    ]
    assert {r.origin["criterion"].rule for r in found} == {"heading-above"}
    assert {r.origin["scale"].how for r in found} == {"inferred"}


@pytest.mark.parametrize(
    "line,criterion,printed",
    [
        ("Relevance (Rating: Good - 3)", "relevance", "Good - 3"),
        ("Overall performance score for relevance: 3.9/5.", "relevance", "3.9/5"),
        ("Rating of sustainability: Likely (L)", "sustainability", "Likely (L)"),
        ("Effectiveness rating (4 – Moderately satisfactory)", "effectiveness", "4 – Moderately satisfactory"),
        ("4.1 Efficiency [Rating: 3]", "efficiency", "3"),
        ("Overall rating: MS", "overall", "MS"),
        ("Overall project rating: Successful", "overall", "Successful"),
        ("Coherence – rating: 5", "coherence", "5"),
        ("Rating: Satisfactory for efficiency.", "efficiency", "Satisfactory"),
        ("Efficiency – Moderately Unsatisfactory (MU). Rating: 3/6", "efficiency", "3/6"),
    ],
)
def test_an_announced_mark_names_its_criterion_in_many_ways(line: str, criterion: str, printed: str) -> None:
    assert given(line) == {criterion: printed}


def test_a_misspelt_value_stays_as_it_is_printed() -> None:
    (r,) = ratings("## Impact", "Positive or negative effects. (Rating: Ver Good – 4/5)")
    assert (r.value, r.as_printed) == (4, "Ver Good – 4/5")


def test_a_footnote_mark_that_ran_into_the_scale_is_left_out() -> None:
    (r,) = ratings("## Effectiveness", "The extent to which results were achieved. (Rating: Very Good – 4/58)")
    assert (r.value, r.as_printed, r.scale) == (4, "Very Good – 4/5", "1-5")


def test_a_line_that_only_announces_has_its_mark_in_the_next() -> None:
    assert given("Efficacy Rating", "Substantial", "Efficiency Rating", "Modest") == {
        "effectiveness": "Substantial",
        "efficiency": "Modest",
    }


def test_a_second_mark_called_overall_is_that_of_the_whole() -> None:
    assert given("## Relevance", "Rating: Satisfactory", "Overall rating: Unsatisfactory") == {
        "relevance": "Satisfactory",
        "overall": "Unsatisfactory",
    }


def test_a_mark_of_something_else_beside_the_criteria_keeps_its_printed_name() -> None:
    found = given(
        "## Effectiveness", "Overall performance score for effectiveness: 3.8/5.", "Overall score on the agency’s achievements: 3.4/5."
    )
    assert found == {"effectiveness": "3.8/5", "overall score on the agency’s achievements": "3.4/5"}


def test_a_letter_is_a_mark_where_it_is_announced() -> None:
    assert given("## Efficiency", "Rating: A+", "## Impact", "Score: B") == {"efficiency": "A+", "impact": "B"}


# In a sentence


@pytest.mark.parametrize(
    "sentence,wanted",
    [
        ("The project was rated highly satisfactory for efficiency.", {"efficiency": "highly satisfactory"}),
        ("Overall performance is assessed as moderately unsatisfactory.", {"overall": "moderately unsatisfactory"}),
        ("The evaluation rates effectiveness as Satisfactory (S).", {"effectiveness": "Satisfactory (S)"}),
        ("The rating for impact is moderately likely.", {"impact": "moderately likely"}),
        ("Sustainability receives a rating of 4 out of 6.", {"sustainability": "4 out of 6"}),
        ("Efficiency was given a moderately satisfactory rating.", {"efficiency": "moderately satisfactory"}),
        ("Overall, the efficiency of the project was rated as moderately satisfactory (4).", {"efficiency": "moderately satisfactory (4)"}),
        ("The project is rated successful overall.", {"overall": "successful"}),
        ("The project was rated less than efficient.", {"efficiency": "less than efficient"}),
        (
            "It is rated very satisfactory for relevance, satisfactory for effectiveness, somewhat satisfactory for efficiency and impact.",
            {
                "relevance": "very satisfactory",
                "effectiveness": "satisfactory",
                "efficiency": "somewhat satisfactory",
                "impact": "somewhat satisfactory",
            },
        ),
        (
            "Relevance and coherence were rated satisfactory, efficiency moderately satisfactory and sustainability unlikely.",
            {
                "relevance": "satisfactory",
                "coherence": "satisfactory",
                "efficiency": "moderately satisfactory",
                "sustainability": "unlikely",
            },
        ),
        (
            "The evaluation gave the following ratings: relevance 5, effectiveness 4, efficiency 3.5 and sustainability 4.",
            {"relevance": "5", "effectiveness": "4", "efficiency": "3.5", "sustainability": "4"},
        ),
    ],
)
def test_a_sentence_gives_marks_to_the_criteria_that_it_names(sentence: str, wanted: dict[str, str]) -> None:
    assert given(sentence) == wanted


def test_a_gender_marker_is_given_by_its_code() -> None:
    (r,) = ratings(
        "## GENDER",
        "As such, the design and its implementation can be rated as Gen 1 (“some but insufficient inclusion”) on the Gender Marker scale.",
    )
    assert (r.criterion, r.as_printed, r.scale) == ("gender marker", "Gen 1", "")


def test_an_everyday_verb_rates_where_the_paper_has_a_scale() -> None:
    scale = "Criteria were scored on a scale of 1 to 6."
    assert given(scale, "The efficiency of the project is considered moderately satisfactory.") == {"efficiency": "moderately satisfactory"}


# Behind a name


def test_criteria_with_a_mark_behind_each_are_a_list_of_ratings() -> None:
    assert given("Relevance: Highly Satisfactory", "Efficiency (MS)") == {"relevance": "Highly Satisfactory", "efficiency": "MS"}


def test_one_word_behind_one_criterion_is_no_rating() -> None:
    assert given("Impact: High") == {}


# Legends


def test_a_legend_gives_words_their_number() -> None:
    found = {r.criterion: r for r in ratings(SIX, "Relevance was rated somewhat unsatisfactory.", "Overall rating: Highly satisfactory")}
    assert (found["relevance"].value, found["overall"].value) == (3, 6)
    assert found["relevance"].origin["value"].rule == "legend"
    assert found["relevance"].scale.endswith("5 = Satisfactory; 6 = Highly satisfactory")


@pytest.mark.parametrize(
    "legend,scale",
    [
        ("Each criterion was rated on a scale of one to five (1=Poor, 5=Excellent).", "1-5: 1 = Poor; 5 = Excellent"),
        (
            "Performance was rated on a six-point scale, from 1 (highly unsatisfactory) to 6 (highly satisfactory).",
            "1-6: 1 = highly unsatisfactory; 6 = highly satisfactory",
        ),
        ("The grading system assigns scores ranging from 1 to 4.", "1-4"),
        ("1 2 3 4 5 Poor Fair Good Very good Excellent", "1-5: 1 = Poor; 2 = Fair; 3 = Good; 4 = Very good; 5 = Excellent"),
        ("Very good (4), good (3), fair (2) or poor (1).", "1-4: 1 = poor; 2 = fair; 3 = good; 4 = Very good"),
    ],
)
def test_a_scale_is_taken_as_the_paper_states_it(legend: str, scale: str) -> None:
    (r,) = ratings(legend, "## Relevance", "Rating: 3")
    assert r.scale == scale


def test_words_of_no_stated_scale_have_no_number() -> None:
    (r,) = ratings("Efficiency is rated moderately satisfactory.")
    assert (r.value, r.scale) == (None, "")


# Languages


@pytest.mark.parametrize(
    "language,lines,wanted",
    [
        ("fr", ("## Pertinence", "Notation : Très satisfaisant – 5/6"), {"relevance": "Très satisfaisant – 5/6"}),
        ("fr", ("L’efficacité du projet est notée comme modérément satisfaisante.",), {"effectiveness": "modérément satisfaisante"}),
        ("fr", ("L’évaluation juge l’efficience modérément insatisfaisante.",), {"efficiency": "modérément insatisfaisante"}),
        ("fr", ("La note attribuée à la pertinence est de 5 sur 6.",), {"relevance": "5 sur 6"}),
        ("es", ("## Pertinencia", "Calificación: Muy satisfactoria (5)"), {"relevance": "Muy satisfactoria (5)"}),
        (
            "es",
            ("La eficiencia del proyecto se califica como moderadamente satisfactoria.",),
            {"efficiency": "moderadamente satisfactoria"},
        ),
        ("es", ("Calificación global: Satisfactoria",), {"overall": "Satisfactoria"}),
        ("pt", ("## Relevância", "Classificação: Satisfatório – 4/6"), {"relevance": "Satisfatório – 4/6"}),
        ("pt", ("A eficiência foi classificada como moderadamente satisfatória.",), {"efficiency": "moderadamente satisfatória"}),
        ("pt", ("Classificação geral: 4/6",), {"overall": "4/6"}),
    ],
)
def test_the_four_languages_rate_in_their_own_words(language: str, lines: tuple[str, ...], wanted: dict[str, str]) -> None:
    assert given(*lines, language=language) == wanted


# One rating a criterion


OPENING = (
    "The project built quays and sheds.",
    "It ran for four years.",
    "It was paid for by three donors.",
    "Its offices were in two ports.",
    "It ended in May.",
    "This is its evaluation.",
)
"""What a report begins with, so that its first heading is not taken for its title."""


def test_the_body_counts_before_the_summary() -> None:
    found = ratings(
        *OPENING,
        "# Executive summary",
        "Relevance (Rating: Good - 3)",
        "# 1. Introduction",
        "Why.",
        "# 2. Findings",
        "## Relevance",
        "Needs were met. (Rating: Very Good - 4)",
    )
    assert [r.as_printed for r in found] == ["Very Good - 4"]


def test_a_scoring_matrix_in_an_annex_adds_nothing() -> None:
    body = (
        *OPENING,
        "## Relevance",
        "Rating: 4/5",
        "## Efficiency",
        "Rating: 3/5",
        "# Annex 2. Scoring matrix",
        "## Robustness and design",
        "Design rating: 2/5",
    )
    assert given(*body) == {"relevance": "4/5", "efficiency": "3/5"}


def test_places_hold_the_value_as_printed() -> None:
    record = read("<h1>Findings</h1><h2>Relevance</h2><p>Needs were met. (Rating: Very Good – 4/5)</p>")
    (r,) = record.evaluations[0].ratings
    (place,) = r.places
    assert record.pages[0].text[place.start : place.end] == "Very Good – 4/5"


# What is no rating of this evaluation


@pytest.mark.parametrize(
    "line",
    [
        "Involvement at the municipal level was considered fully satisfactory.",
        "The efficiency of the port office is considered very satisfactory.",
        "Effectiveness is judged highly satisfactory by the beneficiaries.",
        "79% of respondents rated the relevance of the training as satisfactory.",
        "Participants rated the efficiency of the project as highly satisfactory.",
        "Risk rating: High",
        "The mid-term review rated effectiveness satisfactory.",
        "The previous evaluation was rated highly satisfactory for efficiency.",
        "Of the 26 projects, 20 were rated satisfactory for relevance.",
        "Most operations were rated satisfactory for efficiency.",
        "The average rating for relevance: 4.2/6.",
        "Robustness score for the evidence: 4.5/5.",
        "Rating: Good practices were found in relevance.",
        SIX,
        "Altmetric score and publication highlights",
        "The response rate is high and relevance high.",
        "The bank’s credit rating: A",
        "The Human Development Index score: 0.7",
        "A project that is rated satisfactory for relevance would be one that meets the needs of all, for example.",
        "Under the agency’s scorecard an office that is rated fully satisfactory keeps its budget.",
    ],
)
def test_marks_of_others_and_other_things_are_left_alone(line: str) -> None:
    assert given(line) == {}


def test_a_paper_on_the_quality_of_evaluation_reports_rates_no_programme() -> None:
    record = read(
        "<h1>Meta-evaluation of evaluation reports 2020–2024</h1><h2>Findings</h2><p>Relevance rating: 3/5</p><p>Efficiency rating: 2/5</p>"
    )
    assert [r for e in record.evaluations for r in e.ratings] == []
