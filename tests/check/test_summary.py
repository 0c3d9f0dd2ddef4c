"""What the rules about a report's summary do beyond their samples."""

from __future__ import annotations

from datetime import date

import pytest

from evaltrail.check.paper import Paper
from evaltrail.check.rule import rules
from evaltrail.check.rules.summary._summary import summary
from evaltrail.link import linked
from evaltrail.read import read

HEAD = "# Evaluation of the water programme in Mali\n\n"
SUMMARY = (
    "## Executive summary\n\nThe evaluation had the purpose to learn what the programme changed. It rests on {interviews} interviews. "
    "It found that {share} per cent of the wells work and that the villages keep them. It recommends to repair the others.\n\n"
)
BODY = "## Findings\n\nWe held 34 interviews. Of the wells 62 per cent work. The villages keep them well and pay for them.\n\n"


def paper_of(text):
    return Paper(linked(read(text.encode(), name="paper.md")), today=date(2026, 6, 1))


def said(code, text, *, right=False):
    rule = rules()[code]
    return [m.text for m in rule.check(paper_of(text), rule.rule.options) if m.right == right]


def test_the_summary_is_the_section_with_its_name_and_not_one_that_summarises_something():
    paper = paper_of(HEAD + "## Summary of results by region\n\nMany.\n\n## Executive summary\n\nHalf of the wells work.\n\n" + BODY)
    assert summary(paper).section.title == "Executive summary"


def test_a_paper_without_summary_gets_nothing_but_that():
    assert said("SUM001", HEAD + BODY) == ["The report has no summary."]
    for code in ("SUM002", "SUM003", "SUM004", "SUM005", "SUM006"):
        assert said(code, HEAD + BODY) == []


@pytest.mark.parametrize("numbers", [{"interviews": 43, "share": 62}, {"interviews": 34, "share": 26}])
def test_a_number_that_only_the_summary_has_is_found(numbers):
    assert len(said("SUM004", HEAD + SUMMARY.format(**numbers) + BODY)) == 1


def test_numbers_that_agree_are_said_to_be_right_or_nothing():
    assert said("SUM004", HEAD + SUMMARY.format(interviews=34, share=62) + BODY) == []


def test_a_rounded_number_agrees_with_the_exact_one():
    assert said("SUM004", HEAD + SUMMARY.format(interviews=34, share=62) + BODY.replace("62 per", "61.8 per")) == []


def test_a_number_in_millions_agrees_with_the_full_one():
    text = SUMMARY.format(interviews=34, share=62).replace("It recommends", "It cost 2.5 million dollars. It recommends")
    assert said("SUM004", HEAD + text + BODY + "The cost was 2,500,000 dollars.\n") == []
    assert said("SUM004", HEAD + text + BODY + "The cost was 3,500,000 dollars.\n")


def test_a_number_in_a_table_of_the_body_agrees():
    body = BODY.replace("We held 34 interviews. ", "") + "| What | Number |\n|---|---|\n| Interviews | 34 |\n"
    assert said("SUM004", HEAD + SUMMARY.format(interviews=34, share=62) + body) == []


@pytest.mark.parametrize(
    "sentence,part",
    [
        ("It rests on 34 interviews. ", "how the evaluation was made"),
        (" It recommends to repair the others.", "what is recommended"),
    ],
)
def test_the_part_that_a_summary_lacks_is_named(sentence, part):
    text = SUMMARY.format(interviews=34, share=62)
    assert sentence in text
    longer = text.replace(sentence, " ").replace(
        "keep them.", "keep them in good order and pay for what they use in every year since then."
    )
    assert said("SUM003", HEAD + longer + BODY) == [f"The summary says nothing of {part}."]


def test_recommendations_that_are_missing_in_the_summary_are_counted():
    one, two, three = (f"Recommendation {n}: The Ministry should write report {n}.\n\n" for n in (1, 2, 3))
    text = HEAD + "## Executive summary\n\nHalf work.\n\n" + one + two + BODY + "## Recommendations\n\n" + one + two + three
    assert said("SUM005", text) == ["The summary has recommendations 1 to 2, the body recommendations 1 to 3."]


def test_the_same_recommendations_are_said_to_be_right():
    one, two = (f"Recommendation {n}: The Ministry should write report {n}.\n\n" for n in (1, 2))
    text = HEAD + "## Executive summary\n\nHalf work.\n\n" + one + two + BODY + "## Recommendations\n\n" + one + two
    assert said("SUM005", text, right=True) == ["The summary has the same 2 recommendations as the body."]


def test_a_figure_that_stands_in_the_summary_may_be_named_there():
    text = HEAD + "## Executive summary\n\nHalf of the wells work (Figure 1).\n\nFigure 1: Wells\n\n" + BODY
    assert said("SUM006", text) == []


def test_a_count_above_its_whole_is_told():
    text = SUMMARY.format(interviews=34, share=62).replace("It found", "A survey was answered by {} of 100 people. It found")
    body = BODY + "The survey went to 100 people, and 76 of them answered.\n"
    assert said("SUM004", HEAD + text.format(176) + body)
    assert said("SUM004", HEAD + text.format(76) + body) == []


ASKED = ["repair the broken pumps of the villages", "train mechanics who can mend pumps", "collect fees from all users each year"]


@pytest.mark.parametrize(
    "count, items, wrong",
    [
        ("three", ASKED, False),
        ("four", ASKED, True),
        ("two", ASKED[:2], True),
        ("three", [*ASKED[:2], "elect another chair before next session begins"], True),
    ],
)
def test_recommendations_without_numbers_are_counted_and_compared(count, items, wrong):
    listed = "".join(f"- The Ministry should {a}.\n" for a in items)
    body = "".join(f"Recommendation {n}: The Ministry should {a}.\n\n" for n, a in enumerate(ASKED, 1))
    text = f"{HEAD}## Summary\n\nHalf work.\n\nThe report makes {count} recommendations:\n\n{listed}\n{BODY}## Recommendations\n\n{body}"
    assert bool(said("SUM005", text)) is wrong


def test_what_findings_rest_on_is_no_finding():
    text = "## Summary\n\nThe purpose of the evaluation of the programme was to account for results. {}"
    text += "Each main finding rests on interviews and a survey. "
    text += "The Ministry and the villages were heard on it twice in each of the five years. We recommend to repair the wells soon.\n\n"
    assert any("found" in m for m in said("SUM003", HEAD + text.format("") + BODY))
    assert not any("found" in m for m in said("SUM003", HEAD + text.format("We found that half work. ") + BODY))
