"""Conclusions: what counts as new, as repeated, as asking."""

from __future__ import annotations

from datetime import date

import pytest

from evaltrail.check.paper import Paper
from evaltrail.check.rule import rules
from evaltrail.link import linked
from evaltrail.read import read

HEAD = "# Evaluation of the water programme\n\n## Findings\n\nFinding 1: {}\n\n## Conclusions\n\nConclusion 1: {}\n"


def said(code, finding, conclusion):
    paper = Paper(linked(read(HEAD.format(finding, conclusion).encode(), name="paper.md")), today=date(2026, 6, 1))
    rule = rules()[code]
    return [m.text for m in rule.check(paper, rule.rule.options) if not m.right]


@pytest.mark.parametrize(
    "finding,conclusion",
    [
        ("The programme trained 1,234 mechanics.", "With some 1,200 mechanics trained, it reached its aim."),
        ("It cost US$2,500,000.", "It cost US$2.5 million, more than planned."),
        ("Of the pumps, 61.7 per cent failed.", "As 62 per cent of pumps failed, it was not effective."),
        ("Sixty per cent of the pumps failed.", "As 60 per cent of pumps failed, it was not effective."),
        ("Pumps failed.", "Since 2019 the programme has changed, as finding 12 and SDG 6 show."),
    ],
)
def test_a_number_that_the_findings_have_in_another_writing_is_not_new(finding, conclusion):
    assert said("CON002", finding, conclusion) == []


@pytest.mark.parametrize("conclusion", ["In all 340 pumps failed.", "It lost 17 per cent of its money.", "It cost US$7.5 million."])
def test_a_number_that_no_finding_has_is_new(conclusion):
    (message,) = said("CON002", "The programme repaired 62 per cent of the pumps.", conclusion)
    assert "stands nowhere else" in message


@pytest.mark.parametrize(
    "conclusion",
    [
        "It should be noted that fees rose.",
        "The repairs should have begun earlier.",
        "Users said that the pumps should be replaced.",
        "The question remains whether the Ministry should pay.",
    ],
)
def test_a_sentence_that_asks_nobody_is_no_recommendation(conclusion):
    assert said("CON004", "Pumps failed.", conclusion) == []


def test_many_conclusions_that_ask_make_one_message():
    asking = "\n\n".join(f"Conclusion {n}: The Ministry should repair pump number {n} soon." for n in range(1, 7))
    text = f"# Evaluation of the water programme\n\n## Conclusions\n\n{asking}\n"
    paper = Paper(linked(read(text.encode(), name="paper.md")), today=date(2026, 6, 1))
    (message,) = [m for m in rules()["CON004"].check(paper, {}) if not m.right]
    assert "So do 5 others" in message.text
    assert len(message.related) == 5


def test_a_conclusion_that_says_more_than_the_finding_is_no_repetition():
    finding = "Half of the pumps in the northern districts had failed within two years."
    assert said("CON003", finding, f"{finding} The design was too weak for sandy wells and nobody was paid to mend them.") == []
