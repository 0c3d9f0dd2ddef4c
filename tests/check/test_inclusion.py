"""Who was heard, and who was looked at: what the rules on inclusion do beyond their samples."""

from __future__ import annotations

from datetime import date

import pytest

from evaltrail.check.paper import Paper
from evaltrail.check.rule import rules
from evaltrail.link import linked
from evaltrail.read import read

TODAY = date(2026, 6, 1)


def messages(code, text, *, right=False):
    rule = rules()[code]
    paper = Paper(linked(read(text.encode(), name="sample.md")), today=TODAY)
    return [m for m in rule.check(paper, rule.rule.options) if m.right is right]


def parts(first, second):
    return (
        f"# Part I. Evaluation of the water programme\n\n{first}\n\nKey finding 1: The wells are in use.\n\n"
        f"# Part II. Evaluation of the road programme\n\n{second}\n\nKey finding 1: The roads are open.\n"
    )


def test_the_governing_body_paper_splits_its_interviews_by_sex_in_the_first_part_only(shared):
    rule = rules()["INC001"]
    paper = Paper(linked(read(shared / "paper" / "gb340_pfa_7.txt")), today=TODAY)
    found = [m for m in rule.check(paper, rule.rule.options) if not m.right]
    assert len(found) == 1
    assert "Part I gives" in found[0].text
    assert "131 interviews (43 per cent female)" in found[0].text
    assert found[0].text.endswith("Part II and Part III do not.")
    place = found[0].places[0]
    assert "118 interviews" in paper.record.pages[place.page - 1].text[place.start : place.end]


def test_a_part_that_counts_nobody_is_not_asked_for_a_split():
    text = parts("The team held 30 interviews, 14 of them with women.", "The team read the files.")
    assert messages("INC001", text) == []


def test_parts_that_all_give_the_split_are_confirmed():
    text = parts("The team held 30 interviews, 14 of them with women.", "The team held 20 interviews (half with women, half with men).")
    assert [m.text for m in messages("INC001", text, right=True)] == ["Part I and Part II give the number of people heard by sex."]


def test_the_number_of_a_finding_counts_nobody():
    text = parts("The team held 30 interviews, 14 of them with women.", "Finding 7: The programme was seen by stakeholders as slow.")
    assert messages("INC001", text) == []


def test_shares_and_small_groups_need_no_split():
    text = (
        "# Evaluation\n\nIn 40 per cent of clients, in 2021 participants and in 3 workers it held.\n\nOf 12 % of people, 9 persons left.\n"
    )
    assert messages("INC002", text) == []


def test_a_split_in_a_table_is_enough():
    people = "In 2021, 340 participants came. In 2022, 410 participants came. In 2023, 90 workers came.\n\n"
    table = "| Year | Women | All |\n|---|---|---|\n| 2021 | 170 | 340 |\n"
    assert messages("INC002", "# Evaluation\n\n" + people)
    assert messages("INC002", "# Evaluation\n\n" + people + table) == []


def test_recommendations_are_asked_for_gender_only_where_the_evaluation_speaks_of_it():
    asked = "## Recommendations\n\nRecommendation 1: The Ministry should repair wells.\n"
    text = f"# Evaluation\n\n## Findings\n\nFinding 1: Wells work.\n\n{asked}"
    assert messages("INC006", text) == []


@pytest.mark.parametrize("title", ["Chairman Ali Bek said so in the meeting.", "He said that “chairman” is his title in that body."])
def test_titles_and_quoted_words_are_left_alone(title):
    assert messages("INC009", f"# Evaluation\n\n{title}\n") == []


def test_a_word_that_stands_often_gives_one_message():
    text = "# Evaluation\n\nThe plan has no manpower at all.\n\nThe districts have no manpower either.\n"
    assert [m.text for m in messages("INC009", text)] == ["“manpower” names one sex where all are meant (2 places)."]
