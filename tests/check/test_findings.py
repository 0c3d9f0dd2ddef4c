"""What findings rest on: what the rules on findings do beyond their samples."""

from __future__ import annotations

from datetime import date

import pytest

from evaltrail.check.paper import Paper
from evaltrail.check.rule import rules
from evaltrail.link import linked
from evaltrail.read import read

TODAY = date(2026, 6, 1)
HEAD = "# Evaluation of the water programme\n\n## Findings\n\n"


def messages(code, text, *, right=False):
    rule = rules()[code]
    paper = Paper(linked(read(text.encode(), name="sample.md")), today=TODAY)
    return [m.text for m in rule.check(paper, rule.rule.options) if m.right is right]


def test_findings_stated_in_a_group_share_the_evidence_behind_the_last():
    text = HEAD + "".join(
        f"### Part {letter}\n\nFinding {n}: The wells are in good use.\n\nFinding {n + 1}: The pumps are in good repair.\n\n"
        "According to the files and 24 interviews, this holds in all districts.\n\n"
        for letter, n in (("A", 1), ("B", 3), ("C", 5))
    )
    assert messages("FIN001", text) == []


def test_evidence_may_stand_under_subheadings_of_the_finding():
    text = HEAD + "Finding 1: The wells are in good use.\n\n#### Use of wells\n\nThe files show 300 users a day.\n"
    assert messages("FIN001", text) == []


def test_a_list_of_findings_before_the_chapter_that_bears_them_out_is_left_alone():
    bare = "".join(f"Finding {n}: The wells of district {word} work.\n\n" for n, word in ((1, "north"), (2, "south"), (3, "west")))
    chapter = (
        "### Use\n\nAll through the year people of the three districts came to the wells each day, as the team saw for itself there.\n"
    )
    assert messages("FIN001", HEAD + bare)
    assert messages("FIN001", HEAD + bare + chapter) == []


@pytest.mark.parametrize(
    "words",
    [
        "Repairs should have been made in spring.",
        "Users said that the Ministry should repair pumps.",
        "It should be noted that roads are bad.",
        "The guidelines say when a pump should be replaced.",
    ],
)
def test_what_others_ask_for_is_no_recommendation_of_the_finding(words):
    assert messages("FIN003", f"{HEAD}Finding 1: The pumps are old. {words}\n") == []


def test_a_number_in_the_sentence_says_how_many():
    text = HEAD + "".join(f"Finding {n}: Most respondents ({n + 20} of 40) use well {n}.\n\n" for n in range(1, 5))
    assert messages("FIN008", text) == []


def test_words_whose_number_the_method_explains_are_left_alone():
    found = HEAD + "Finding 1: Most respondents use wells.\n\nFinding 2: Many stakeholders do.\n\nFinding 3: Some beneficiaries wait.\n"
    method = "\n## Methodology\n\nHere “some” means up to a third, “many” up to two thirds, “most” more.\n"
    assert messages("FIN008", found)
    assert messages("FIN008", found + method) == []


def test_a_criterion_with_a_heading_has_its_findings():
    text = (
        "# Evaluation\n\n## Methodology\n\nThe criteria are relevance, efficiency and sustainability.\n\n"
        "## Findings\n\n### Relevance\n\nFinding 1: Wells are needed.\n\n### Efficiency\n\nFinding 2: Pumps were bought well.\n\n"
        "### Sustainability\n\nFinding 3: Fees pay for repairs.\n"
    )
    assert messages("FIN007", text) == []
    assert messages("FIN007", text, right=True) == ["Findings judge by each of the 3 criteria announced."]


def test_a_report_by_other_criteria_is_not_asked_for_sustainability():
    named = "The criteria are relevance, effectiveness and efficiency."
    text = f"# Evaluation\n\n## Methodology\n\n{named}\n\n## Findings\n\nFinding 1: All is well.\n"
    assert messages("FIN005", text) == []


def test_nothing_is_said_to_be_missing_from_a_paper_in_a_language_without_words():
    paper = Paper(linked(read(HEAD.encode(), name="sample.md")), today=TODAY)
    object.__setattr__(paper.record.document, "language", "sv")
    for code, rule in rules().items():
        if code[:3] in {"MET", "INC", "LES"} and not rule.rule.options:
            assert [m.text for m in rule.check(paper, rule.rule.options) if not m.right] == [], code
