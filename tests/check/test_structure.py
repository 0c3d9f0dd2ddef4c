"""What the rules about a report's structure do beyond their samples."""

from __future__ import annotations

from datetime import date

import pytest

from evaltrail.check.pages import folded, pages_of
from evaltrail.check.paper import Paper
from evaltrail.check.rule import rules
from evaltrail.link import linked
from evaltrail.read import read
from evaltrail.record import Diagnostic

HEAD = "# Evaluation of the water programme in Mali\n\n"
BODY = "## Background\n\nThe programme drilled wells.\n\n## Findings\n\nHalf of the wells work.\n\n## Conclusions\n\nToo fast.\n\n"


def paper_of(text):
    return Paper(linked(read(text.encode(), name="paper.md")), today=date(2026, 6, 1))


def said(code, text_or_paper):
    paper = paper_of(text_or_paper) if isinstance(text_or_paper, str) else text_or_paper
    rule = rules()[code]
    return [m.text for m in rule.check(paper, rule.rule.options) if not m.right]


def right(code, text):
    rule = rules()[code]
    return [m.text for m in rule.check(paper_of(text), rule.rule.options) if m.right]


@pytest.mark.parametrize("text", ["Résumé – ÉTAT", "a\tb-c", "İstanbul", "“x” … ß", "ﬁnal"])
def test_folding_keeps_every_character_where_it_was(text):
    assert len(folded(text)) == len(text)


def test_folding_takes_accents_and_case_away():
    assert folded("Évaluation à mi-parcours") == "evaluation a mi parcours"


def test_a_place_found_in_the_folded_pages_is_the_same_in_the_printed_ones():
    pages = pages_of(paper_of(HEAD + "Évaluatrices : Awa Traoré\n"))
    at, end = next(pages.hits(("evaluatrices",)))
    assert pages.printed(at, end) == "Évaluatrices"


def test_a_term_is_found_only_as_a_whole_word_unless_it_is_a_beginning():
    pages = pages_of(paper_of(HEAD + "Subannexes and annexation.\n"))
    assert not list(pages.hits(("annex",)))
    assert len(list(pages.hits(("annex*",)))) == 1


@pytest.mark.parametrize(
    "part,heading", [("conclusions", "## Conclusions\n\nToo fast.\n\n"), ("findings", "## Findings\n\nHalf of the wells work.\n\n")]
)
def test_the_part_that_is_missing_is_named(part, heading):
    text = HEAD + BODY + "## Recommendations\n\nRecommendation 1: The Ministry should repair the wells.\n"
    assert said("STR010", text) == []
    assert said("STR010", text.replace(heading, "")) == [f"The report has no part with {part}."]


def test_a_report_without_any_annex_gets_one_message_for_all():
    messages = said("STR012", HEAD + BODY)
    assert len(messages) == 1
    assert "terms of reference" in messages[0]
    assert "people met" in messages[0]


@pytest.mark.parametrize("words", ["TBC", "[insert name]", "XX wells", "???", "Lorem ipsum", "[to be confirmed]"])
def test_each_kind_of_placeholder_is_found(words):
    assert len(said("STR015", f"{HEAD}{BODY}The Ministry will report on {words} next year.\n")) == 1


@pytest.mark.parametrize("words", ["in the XXth century", "in Annex XX", "he said [sic] that", "they wrote [...] that", "question [1]?"])
def test_what_only_looks_like_a_placeholder_is_left_alone(words):
    assert said("STR015", f"{HEAD}{BODY}The Ministry stands {words} and more.\n") == []


def test_the_same_placeholder_in_many_places_is_one_message():
    assert said("STR015", HEAD + "TBC is the date.\n\n" * 9) == ["“TBC” was left in the text (in 9 places)."]


def test_gaps_in_a_questionnaire_of_an_annex_are_meant():
    assert said("STR015", HEAD + BODY + "## Annex 1: Survey\n\nYour name: ____________\n\nYour work: [specify]\n") == []


def test_tracked_changes_that_the_reader_found_are_passed_on():
    record = paper_of(HEAD + BODY).record
    changed = record.model_copy(
        update={"diagnostics": (Diagnostic(code="tracked-changes", message="The document holds tracked changes (3 insertions)."),)}
    )
    assert said("STR016", Paper(changed, today=date(2026, 6, 1))) == ["The file still holds tracked changes (3)."]


@pytest.mark.parametrize(
    "series",
    [
        "## 1. Background\n\nA.\n\n## 2. Findings\n\nB.\n\n## 4. Conclusions\n\nC.\n",
        "## Findings\n\nTable 1: Wells\n\nTable 2: Pumps\n\nTable 4: Villages\n\nText.\n",
        "## Recommendations\n\n" + "".join(f"Recommendation {n}: The Ministry should drill wells in district {n}.\n\n" for n in (1, 2, 4)),
    ],
)
def test_a_number_left_out_is_found_in_each_kind_of_series(series):
    assert len(said("STR013", HEAD + series)) == 1


def test_two_annexes_with_one_number_are_found():
    text = HEAD + BODY + "## Annex 1: People met\n\nThe mayor.\n\n## Annex 1: Documents\n\nA report.\n"
    assert said("STR013", text) == ["Two annexes have the number 1: “Annex 1: People met” and “Annex 1: Documents”."]


def test_a_roman_reference_finds_an_annex_with_a_figure():
    assert said("STR017", HEAD + "## Findings\n\nHalf work (see Annex II).\n\n## Annex 1: A\n\nX.\n\n## Annex 2: B\n\nY.\n") == []


def test_an_annex_of_another_paper_is_no_reference():
    assert said("STR017", HEAD + "## Findings\n\nIt follows Annex 7 of the agreement.\n\n## Annex 1: A\n\nX.\n") == []


def test_numbers_within_a_range_of_figures_are_mentioned():
    captions = "".join(f"Figure {n}: Wells in year {n}\n\nText.\n\n" for n in range(1, 5))
    assert said("STR020", f"{HEAD}## Findings\n\nFigures 1–4 show the wells.\n\n{captions}") == []


def test_a_table_that_the_text_points_to_without_its_number_is_mentioned():
    assert said("STR020", HEAD + "## Findings\n\nThe following table shows the wells.\n\nTable 1: Wells by year\n\nText.\n") == []


def test_a_chapter_with_subsections_only_is_not_empty():
    assert (
        said("STR014", HEAD + "## 1. Findings\n\n### 1.1 Relevance\n\nNeeded.\n\n### 1.2 Impact\n\nMuch.\n\n## 2. Lessons\n\nAsk.\n") == []
    )


def test_a_month_is_no_period():
    assert said("STR003", "# Evaluation of the water programme\n\n2022-11\n\n## Background\n\nThe programme drilled wells.\n")


def test_what_a_paper_has_is_said_to_be_right():
    assert right("STR005", HEAD + "Evaluators: Awa Traoré and Jon Berg\n\n" + BODY) == ["The report names its evaluators."]
    assert right("STR009", HEAD + BODY)[0].startswith("The parts stand in order")


def test_nothing_is_missing_where_the_language_has_no_pack():
    record = paper_of(HEAD + BODY).record
    other = record.model_copy(update={"document": record.document.model_copy(update={"language": "sv"})})
    for code in ("STR001", "STR002", "STR003", "STR004", "STR005", "STR006", "STR007", "STR008", "STR010", "STR012", "STR017"):
        assert said(code, Paper(other, today=date(2026, 6, 1))) == [], code


def test_an_office_that_commissioned_the_evaluation_is_not_the_one_that_made_it():
    text = "{}Commissioned by the Evaluation Office of the Fund\n\n" + BODY
    assert said("STR005", HEAD + text.format(""))
    assert said("STR005", HEAD + text.format("Conducted by: Ana Lopes and Jan Kral\n\n")) == []


def test_a_name_with_global_in_it_is_no_place():
    text = "# Evaluation of the programme\n\n## Background\n\nThe Global Clinics Fund drilled wells{}.\n"
    assert said("STR004", text.format(""))
    assert said("STR004", text.format(", a global effort")) == []


def test_a_programme_with_the_years_of_its_life_needs_a_data_sheet_and_a_standing_one_does_not():
    assert said("STR008", "# Evaluation of the Rural Wells Programme in Mali, 2016–2020\n\n" + BODY)
    assert said("STR008", "# Evaluation of the Rural Wells Programme 2011-2012 to 2015-2016\n\n" + BODY) == []


def test_analysis_in_the_method_is_no_part_with_findings():
    text = "## Background\n\nWells.\n\n## Methodology\n\n### Analysis\n\nWe counted.\n\n## Conclusions\n\nToo fast.\n\n"
    assert any("findings" in m for m in said("STR010", HEAD + text + "## Recommendations\n\nThe Ministry should repair the wells.\n"))


@pytest.mark.parametrize("numbers, wrong", [((1, 2, 14, 4), True), ((1, 2, 3, 4), False), ((11, 2, 3, 4), True), ((1, 5, 2, 8), False)])
def test_one_number_astray_in_a_series_is_told(numbers, wrong):
    text = "".join(f"Finding {n}: {place} has a well that works.\n\n" for n, place in zip(numbers, "ABCD", strict=True))
    assert any("is due" in m for m in said("STR013", f"{HEAD}## Findings\n\n{text}")) is wrong


def test_tables_of_annexes_that_count_on_belong_to_the_series():
    text = "## Findings\n\nTable 1. Wells by year\n\nTable 2. Wells by village\n\n"
    text += "## Annex 1\n\nTable {}. People met\n\nTable 4. Papers read\n"
    assert said("STR013", HEAD + text.format(2))
    assert said("STR013", HEAD + text.format(3)) == []


def test_an_annex_that_begins_a_sentence_is_referred_to():
    text = "## Findings\n\nHalf work. Annex {} explains how they were counted.\n\n## Annex 1. Survey\n\nWhich well?\n"
    assert said("STR017", HEAD + text.format(3))
    assert said("STR017", HEAD + text.format(1)) == []


def test_a_contents_list_without_pages_is_held_against_the_headings():
    titles = ["Background", "Findings", "Use of water", "Conclusions", "Recommendations"]
    body = "".join(f"## {t}\n\nWells.\n\n" for t in titles)
    listed = "".join(f"- {t}\n" for t in titles)
    assert said("STR018", f"{HEAD}## Contents\n\n{listed}\n{body}") == []
    assert said("STR018", f"{HEAD}## Contents\n\n{listed.replace('Use of water', 'Costs')}\n{body}")
    assert said("STR018", f"{HEAD}{body}## Findings\n\nMore wells.\n")


def test_a_table_without_a_title_is_told_where_others_have_one():
    table = "| Year | Wells |\n|---|---|\n| 2020 | 40 |\n\n"
    text = f"## Findings\n\nHalf work (Table 1).\n\nTable 1. Wells by year\n\n{table}They are kept well.\n\n{{}}{table}"
    assert any("no title" in m for m in said("STR020", HEAD + text.format("")))
    assert not any("no title" in m for m in said("STR020", HEAD + text.format("Table 2. Wells again\n\n")))
