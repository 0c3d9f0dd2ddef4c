"""How the evaluation was done: what the rules on method do beyond their samples."""

from __future__ import annotations

from datetime import date

import pytest

from evaltrail.check.paper import Paper
from evaltrail.check.rule import rules
from evaltrail.link import linked
from evaltrail.read import read

TODAY = date(2026, 6, 1)
HEAD = "# Evaluation of the water programme\n\n## Methodology\n\n"


def messages(code, text, *, right=False):
    rule = rules()[code]
    paper = Paper(linked(read(text.encode(), name="sample.md")), today=TODAY)
    return [m.text for m in rule.check(paper, rule.rule.options) if m.right is right]


def test_words_about_what_was_evaluated_do_not_state_the_method():
    text = "# Evaluation\n\n## Findings\n\nFinding 1: The law on privacy kept the clinics from sharing files.\n"
    assert messages("MET012", text)


def test_a_heading_states_it():
    assert messages("MET012", "# Evaluation\n\n## Ethical considerations\n\nAll agreed to speak.\n") == []


def test_an_annex_may_state_it():
    text = HEAD + "The team held 24 interviews.\n\n## Annex 1. Terms of reference\n\nEvaluators keep to the code of conduct.\n"
    assert messages("MET012", text) == []


def test_coherence_is_not_asked_of_a_paper_from_before_it_was_a_criterion():
    named = "The criteria are relevance, effectiveness, efficiency, impact and sustainability.\n"
    assert messages("MET002", f"# Evaluation of the water programme, 2016\n\n## Methodology\n\n{named}") == []
    assert messages("MET002", f"# Evaluation of the water programme, 2024\n\n## Methodology\n\n{named}") != []


def test_a_heading_is_enough_to_use_a_criterion():
    named = "The criteria are relevance, coherence, effectiveness, efficiency and sustainability."
    text = f"{HEAD}{named}\n\n## Findings\n\n### Impact\n\nText.\n"
    assert messages("MET002", text) == []


def test_sub_questions_do_not_count():
    listed = "".join(f"- Is district {n} of the country reached?\n  - Does it have one good well?\n" for n in range(1, 9))
    text = "# Evaluation\n\n## Evaluation questions\n\n" + listed
    assert messages("MET003", text) == []


def test_a_question_asked_again_counts_once():
    listed = "".join(f"- Is district {n} of the country reached?\n" for n in range(1, 9))
    text = f"# Evaluation\n\n## Evaluation questions\n\n{listed}\n## Methodology\n\n{listed}"
    assert messages("MET003", text, right=True) == ["The evaluation asks 8 questions."]


@pytest.mark.parametrize(
    "survey", ["A survey by the statistics office shows that wells are used.", "The wells were surveyed by engineers."]
)
def test_surveys_of_others_need_no_response_rate(survey):
    assert messages("MET007", f"# Evaluation\n\n## Findings\n\n{survey}\n") == []


def test_a_table_of_interviews_counts_them():
    table = "| Interviews | Number |\n|---|---|\n| Users | 12 |\n"
    assert messages("MET013", f"{HEAD}Interviews were held in all districts.\n\n{table}") == []


def test_the_sentence_that_states_it_is_shown():
    assert messages("MET008", HEAD + "What was heard in interviews was triangulated with files.\n", right=True) == [
        "Stated: “What was heard in interviews was triangulated with files.”."
    ]


def test_numbers_of_other_sources_do_not_count_the_interviews():
    text = HEAD + "Interviews were held with staff, and a survey was answered by 77 people. Each rests on two kinds of source.\n"
    assert messages("MET013", text)


def test_one_kind_of_interviews_with_two_numbers_is_told():
    text = "# Evaluation\n\n## Summary\n\nThe team held {} interviews with users.\n\n## Methodology\n\nThe team held 43 interviews.\n"
    assert messages("MET013", text.format(63)) == ["The summary speaks of “63 interviews”, the method of “43 interviews”."]
    assert messages("MET013", text.format(43)) == []


def test_a_question_that_the_findings_never_number_is_left_open():
    asked = "1. Which needs were met?\n2. Were the funds well used?\n3. What will last in the villages?\n\n"
    text = HEAD + asked + "## Findings\n\nFinding 1: All are met, which answers question{}.\n"
    assert any("Question 3" in m for m in messages("MET004", text.format("s 1 and 2")))
    assert messages("MET004", text.format("s 1 to 3")) == []
