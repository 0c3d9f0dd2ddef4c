"""What the rules on recommendations say beyond their samples."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from evaltrail.check.paper import Paper
from evaltrail.check.rule import rules
from evaltrail.check.rules.recommendations import _acts, _fields
from evaltrail.check.together import MOST
from evaltrail.link import linked
from evaltrail.read import read

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 6, 1)
HEAD = "# Evaluation of the water programme\n\n## Recommendations\n\n"


def said(code, text, *, right=False, **options):
    """Texts of what a rule says of a paper in Markdown: its faults, or what it finds right."""
    rule = rules()[code]
    paper = Paper(linked(read(text.encode(), name="sample.md")), today=TODAY)
    return [m for m in rule.check(paper, {**rule.rule.options, **options}) if m.right == right]


def recommending(*texts):
    return HEAD + "\n\n".join(f"Recommendation {n}: {t}" for n, t in enumerate(texts, 1)) + "\n"


@pytest.mark.parametrize(
    "text,verbs",
    [
        ("Publish the report; train the committees.", ["publish", "train"]),
        ("Publish the report and train the committees.", ["publish", "train"]),
        ("The Ministry should publish the report. It should also train the committees.", ["publish", "train"]),
        ("The Ministry should publish the report and should train the committees.", ["publish", "train"]),
        ("As part of a new strategy, clarify the roles.", ["clarify"]),
        ("Review and amend the rules.", ["review"]),
        ("Actively encourage and support innovation.", ["encourage"]),
        ("Design a system to monitor results and follow up on them.", ["design"]),
        ("Set up a plan and budget for the districts.", ["set"]),
    ],
)
def test_acts_are_told_from_verbs_that_share_an_object_or_say_a_purpose(text, verbs):
    assert [a.verb for a in _acts.acts(text, "en")] == verbs


@pytest.mark.parametrize(
    "language,text,verbs",
    [
        ("fr", "Publier le rapport ; former les comités de l'eau.", ["publier", "former"]),
        ("fr", "Réviser et adapter les règles.", ["réviser"]),
        ("es", "Publicar el informe; capacitar a los comités.", ["publicar", "capacitar"]),
        ("pt", "Publicar o relatório; formar os comités.", ["publicar", "formar"]),
    ],
)
def test_acts_are_found_by_the_infinitives_of_romance_languages(language, text, verbs):
    assert [a.verb for a in _acts.acts(text, language)] == verbs


def test_the_split_of_a_compound_recommendation_keeps_its_number():
    [message] = said("REC008", recommending("Map all wells.", "Test the wells each year; hire two inspectors for each district."))
    assert message.proposal == "2.1 Test the wells each year; 2.2 Hire two inspectors for each district"


def test_a_recommendation_with_lettered_parts_is_split_already():
    text = recommending("The Ministry should improve the wells:\n\n(a) test them each year;\n\n(b) hire two inspectors.")
    assert said("REC008", text) == []


def test_a_reader_may_allow_two_acts():
    text = recommending("Test the wells each year; hire two inspectors for each district.")
    assert said("REC008", text, most=2) == []


def test_a_name_in_the_heading_above_is_the_responsible_unit():
    text = HEAD + "### For the Ministry of Water\n\nRecommendation 1: Map all wells.\n\nRecommendation 2: Test all wells.\n"
    assert said("REC002", text) == []
    assert said("REC002", recommending("Map all wells.", "Test all wells."))


def test_a_date_in_the_words_of_a_recommendation_is_a_time():
    assert said("REC003", recommending("Map all wells by June 2027.", "Test all wells by 2028.")) == []


def test_the_owner_and_date_of_an_action_count_for_the_recommendation():
    text = """# Evaluation of the water programme

| Recommendation | Response | Key action | Responsible | Deadline |
|---|---|---|---|---|
| 1. Publish a yearly report on wells. | Accepted | Publish it | Ministry of Water | June 2027 |
| 2. Train the committees of the districts. | Accepted | Train them | Ministry of Water | June 2027 |
"""
    assert said("REC002", text) == []
    assert said("REC003", text) == []


def test_recommendations_in_order_of_priority_need_no_priority_each():
    text = (
        HEAD + "The recommendations stand in order of priority.\n\nRecommendation 1: Map all wells.\n\nRecommendation 2: Test all wells.\n"
    )
    assert said("REC004", text) == []


def test_a_wrong_value_in_a_field_is_not_praised():
    heads = "| Responsible unit | Priority | Time implication | Resource implication |"
    table = f"{heads}\n|---|---|---|---|\n| Ministry | High | Short-term | {{}} |\n"
    text = HEAD + f"Recommendation 1: Map all wells.\n\n{table.format('{}')}"
    assert said("REC005", text.format("Low"), right=True)
    assert said("REC005", text.format("Medium-term"), right=True) == []


def test_a_direction_with_a_means_a_number_or_a_product_is_not_vague():
    for concrete in ("by training 40 engineers", "through a yearly meeting", "and publish the register of wells"):
        assert said("REC006", recommending(f"Improve the supply of water {concrete}.", "Map all wells.")) == []
    assert said("REC006", recommending("Improve the supply.", "Map all wells."))


def test_a_paragraph_that_explains_a_recommendation_saves_it_from_being_vague():
    explained = "1. Improve the supply.\n\n" + "The wells of the north are dry in summer, and the pumps there should be set deeper. " * 2
    assert said("REC006", HEAD + explained + "\n") == []


def test_a_rule_gives_a_few_messages_and_tells_of_the_others():
    many = [f"Improve the supply {place}." for place in "abcdefghijkl"]
    messages = said("REC006", recommending(*many))
    assert len(messages) == MOST
    assert "more of the kind" in messages[-1].text


def test_the_governing_body_paper_has_its_compound_recommendations_split(shared: Path):
    paper = Paper(linked(read(shared / "paper" / "gb340_pfa_7.txt")), today=TODAY)
    rule = rules()["REC008"]
    found = {m.text.partition(" asks")[0]: m.proposal or "" for m in rule.check(paper, rule.rule.options)}
    assert found["Recommendation 9 (Part I)"].count(";") == 1
    assert "9.2 Review and amend" in found["Recommendation 9 (Part I)"]


def test_a_passive_that_names_nobody_is_said_once():
    text = recommending("The Ministry should map all wells.", "A register of wells should be kept.", "The Ministry should test all wells.")
    assert said("REC002", text) == []
    assert [m.text for m in said("REC015", text)] == ["Recommendation 2 says what “should be kept” and not by whom."]
    assert said("REC002", text, right=True) == []


def test_where_nobody_is_named_at_all_the_passive_is_not_singled_out():
    text = recommending("All wells should be mapped.", "A register of wells should be kept.")
    assert said("REC015", text) == []
    assert [m.text for m in said("REC002", text)] == ["None of the 2 recommendations names a responsible unit."]


def test_a_passive_before_a_sentence_that_names_who_acts_hides_nobody():
    text = recommending("All wells should be mapped. The Ministry should draw the map.", "The Ministry should test all wells.")
    assert said("REC015", text) == []


def test_a_recommendation_read_with_the_one_before_it_is_counted_and_its_acts_are_not_split():
    text = HEAD + "\n".join(f"{n}. Publish report number {n} on the wells of the district." for n in range(1, 14)) + "\n"
    paper = Paper(linked(read(text.encode(), name="sample.md")), today=TODAY)
    both = paper.recommendations[0].model_copy(update={"number": "8", "text": "Map all wells (old and new) 9. Train the committees."})
    assert _fields.count([both]) == 2
    assert _fields.count([both.model_copy(update={"text": "Map all 9. wells."})]) == 1


def test_few_recommendations_without_fields_need_no_priority_or_time():
    acts = [f"Publish report {'abcd'[n]} on the wells of the district." for n in range(4)]
    for code in ("REC003", "REC004"):
        assert said(code, recommending(*acts[:3])) == []
        assert said(code, recommending(*acts))


def test_times_in_the_answers_are_times_of_the_recommendations():
    acts = recommending(*(f"Publish report {'abcd'[n]} on the wells of the district." for n in range(4)))
    answer = "\n## Management response\n\n### Recommendation 2\n\nAccepted. The report will be published {}.\n"
    assert said("REC003", acts + answer.format("in spring 2027")) == []
    assert said("REC003", acts + answer.format("within six months")) == []
    assert said("REC003", acts + answer.format("with a foreword"))


def test_a_time_in_the_words_of_some_recommendations_accuses_no_others():
    acts = [f"Publish report {'abcd'[n]} on the wells of the district." for n in range(4)]
    assert said("REC003", recommending("Test the wells six months after the rains.", *acts)) == []


def test_those_who_answer_or_are_named_in_an_explanation_own_the_recommendations():
    acts = recommending("Map all wells.", "Test all wells.")
    assert said("REC002", acts)
    assert said("REC002", acts + "\n## Management response\n\n### Recommendation 1\n\nAgreed. The map will be drawn.\n") == []
    explained = HEAD + "- Map all wells.\n\nThe map is old, so the WMO should draw another one of each district.\n\n- Test all wells.\n"
    assert said("REC002", explained) == []


def test_headings_are_no_recommendations_without_a_verb():
    assert said("REC007", recommending("Coordination among partners", "Management of wells", "Equality in the districts")) == []
    assert said("REC007", recommending("Coordination among all partners.", "Map all wells.", "Test all wells."))


def test_high_and_very_high_are_two_priorities():
    one = "Recommendation {}: Publish report {} on the wells.\n\n| Responsible unit | Priority |\n|---|---|\n| Ministry | {} |\n\n"
    same = HEAD + "".join(one.format(n, n, "High") for n in range(1, 7))
    two = HEAD + "".join(one.format(n, n, "High" if n > 1 else "Very high") for n in range(1, 7))
    assert said("REC017", same)
    assert said("REC017", two) == []


@pytest.mark.parametrize(
    "text",
    [
        "Set up a register of all wells, and regularly update the register.",
        "Train the committees of all districts and reduce the costs.",
        "Revise the plans of the districts, the rules on fees, and budget lines for repairs.",
        "Agree with the districts on (a) a map of all wells; (b) publish the results each year.",
    ],
)
def test_effects_next_steps_and_numbered_parts_are_no_further_acts(text):
    assert said("REC008", recommending(text, "Map all wells.")) == []


def test_what_explains_a_recommendation_in_its_paragraph_does_not_make_it_long():
    why = "The wells of the districts were old and many of them had been closed for years. " * 12
    assert said("REC011", recommending("Publish a yearly report on the wells. " + why, "Map all wells.")) == []


def test_recommendations_of_an_earlier_paper_are_not_asked_for_their_fields():
    acts = recommending(*(f"Publish report {'abcd'[n]} on the wells of the district." for n in range(4)))
    older = acts.replace("## Recommendations", "## Status of previous recommendations")
    assert said("REC003", acts)
    assert said("REC003", older) == []


def test_more_or_less_of_what_can_be_counted_is_measurable():
    assert said("REC010", recommending("Reduce the number of projects for more effective work.", "Map all wells.")) == []
    assert said("REC010", recommending("Make the work of committees more effective.", "Map all wells."))
