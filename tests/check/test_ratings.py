"""Ratings: legends, charts and marks as real papers print them."""

from __future__ import annotations

from datetime import date

import pytest

from evaltrail.check.paper import Paper
from evaltrail.check.rule import rules
from evaltrail.check.rules.ratings._scales import legends, meant
from evaltrail.link import linked
from evaltrail.read import read

HEAD = "# Evaluation of the water programme\n\n## Findings\n\n"


def paper_of(text):
    return Paper(linked(read(text.encode(), name="paper.md")), today=date(2026, 6, 1))


def said(code, paper, *, right=False):
    rule = rules()[code]
    return [m for m in rule.check(paper, rule.rule.options) if m.right == right]


@pytest.fixture(scope="module")
def summary(shared):
    """A governing body's summary of three evaluations, with figures whose bars were lost."""
    path = shared / "paper" / "gb340_pfa_7.txt"
    if not path.is_file():
        pytest.skip("the summary is not in this checkout")
    return Paper(linked(read(path)), today=date(2026, 6, 1))


def words(paper, message):
    return [paper.record.pages[p.page - 1].text[p.start : p.end] for p in message.places]


def test_a_misspelt_label_is_found_in_the_legends_of_both_figures(summary):
    found = said("RAT002", summary)
    assert [words(summary, m) for m in found] == [["Somehat unsatisfactory"], ["somehat unsatisfactory"]]
    assert [m.proposal for m in found] == ["Somewhat unsatisfactory", "somewhat unsatisfactory"]


def test_ratings_shown_as_bars_only_are_told_figure_by_figure(summary):
    assert [words(summary, m)[0][:9] for m in said("RAT003", summary)] == ["Figure 1.", "Figure 2.", "Figure 3."]


def test_the_two_names_of_the_scales_ends_are_told_once(summary):
    (message,) = said("RAT006", summary)
    assert "very satisfactory" in message.text
    assert "ighly satisfactory" in message.text
    assert "paragraph 1 " in message.text


@pytest.mark.parametrize(
    "legend",
    [
        "6 = Highly satisfactory 5 = Satisfactory 4 = Somewhat satisfactory",
        "Highly satisfactory (6), satisfactory (5), moderately satisfactory (4)",
        "1: Poor; 2: Fair; 3: Good",
        "| 3 | Good |\n|---|---|\n| 2 | Fair |\n| 1 | Poor |",
    ],
)
def test_a_legend_is_known_however_it_is_written(legend):
    (found,) = legends(paper_of(f"{HEAD}{legend}\n"))
    assert len(found.labels) == 3
    assert found.whole


def test_a_list_of_numbered_things_is_no_legend():
    assert legends(paper_of(f"{HEAD}1 = Kenya 2 = Uganda 3 = Rwanda\n")) == ()


@pytest.mark.parametrize("word", ["fairly", "hardly satisfactory", "relevance", "effectively", "satisfaction", "moderate"])
def test_a_word_that_is_no_slip_is_left_alone(word):
    known = meant(word)
    assert known is None or known == word


def test_a_label_that_is_right_but_unusual_is_left_alone():
    text = f"{HEAD}4 = Very good 3 = Good 2 = Needs attention 1 = Poor\n"
    assert said("RAT002", paper_of(text)) == []


def test_a_figure_of_other_peoples_ratings_is_no_rating_of_the_evaluation():
    text = f"{HEAD}Figure 1. Ratings by survey respondents\n\nRelevance\n\nEfficiency\n\nImpact\n"
    assert said("RAT003", paper_of(text)) == []


def test_a_number_above_its_own_scale_is_told_without_a_legend():
    text = f"{HEAD}| Criterion | Rating |\n|---|---|\n| Relevance | 4/5 |\n| Efficiency | 6/5 |\n"
    (message,) = said("RAT001", paper_of(text))
    assert message.text == "The rating “6/5” is above 5, the best of its scale."


def test_ratings_of_two_projects_are_not_two_ratings_of_one():
    text = (
        f"{HEAD}| Criterion | Rating |\n|---|---|\n| Relevance | Satisfactory |\n| Efficiency | Unsatisfactory |\n\n"
        "The previous evaluation found that relevance was rated highly satisfactory by respondents.\n"
    )
    assert said("RAT009", paper_of(text)) == []


def test_a_heading_shared_by_two_criteria_needs_one_rating():
    text = (
        f"{HEAD}### Relevance\n\nPumps are wanted.\n\n### Efficiency\n\nDear.\n\n### Effectiveness and impact\n\nFewer fall ill.\n\n"
        "## Ratings\n\n| Criterion | Rating |\n|---|---|\n| Relevance | 4 |\n| Efficiency | 3 |\n| Effectiveness | 3 |\n"
    )
    assert said("RAT008", paper_of(text)) == []


def test_large_scale_works_explain_no_rating_scale():
    text = (
        f"{HEAD}Large-scale works began in 2018 and cost 5 million.\n\n"
        "| Criterion | Rating |\n|---|---|\n| Relevance | 4 |\n| Efficiency | 3 |\n"
    )
    assert said("RAT010", paper_of(text))
