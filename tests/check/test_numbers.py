"""Rules on numbers: what they find beyond their samples, what they leave alone, and what they repair."""

from __future__ import annotations

from datetime import date

import pytest

from evaltrail.check.paper import Paper
from evaltrail.check.rule import rules
from evaltrail.link import linked
from evaltrail.read import read
from evaltrail.record import edited

TODAY = date(2026, 6, 1)
HEAD = "# Evaluation of the water programme\n\n## Findings\n\n"
TABLE = (
    "# Evaluation of the water programme\n\n## Recommendations\n\n### Recommendation 1\n\nThe Ministry should repair the wells.\n\n"
    "| Responsible unit | Priority | Time implication | Resource implication |\n| --- | --- | --- | --- |\n"
    "| Ministry of Water | {} | {} | {} |\n"
)


def paper_of(text):
    return Paper(linked(read(text.encode(), name="paper.md")), today=TODAY)


def found(code, text):
    """The faults that a rule names in a paper of Markdown."""
    rule = rules()[code]
    return [m for m in rule.check(paper_of(text), rule.rule.options) if not m.right]


def confirmed(code, text):
    rule = rules()[code]
    return [m for m in rule.check(paper_of(text), rule.rule.options) if m.right]


def repaired(text):
    paper = paper_of(text)
    messages = [m for m in rules()["NUM001"].check(paper, {}) if not m.right]
    assert messages
    return edited(paper.record, messages[0].repair).evaluations[0].statements[0]


def test_a_time_that_only_repeats_the_time_column_is_taken_out_of_the_resource_column():
    rec = repaired(TABLE.format("High", "Medium-term", "Medium-term"))
    assert rec.as_printed.resources is None
    assert rec.as_printed.time == "Medium-term"


def test_two_values_that_changed_places_are_put_back():
    rec = repaired(TABLE.format("High", "Low", "Long-term"))
    assert (rec.as_printed.time, rec.as_printed.resources) == ("Long-term", "Low")


def test_a_value_is_not_repaired_where_the_right_column_holds_another():
    paper = paper_of(TABLE.format("High", "Short-term", "Long-term"))
    (message,) = [m for m in rules()["NUM001"].check(paper, {}) if not m.right]
    assert message.repair == ()


@pytest.mark.parametrize("value", ["Within existing resources", "US$ 40,000", "Medium", "Low to medium", "None"])
def test_amounts_and_levels_are_at_home_in_the_resource_column(value):
    assert found("NUM001", TABLE.format("High", "Short- to medium-term", value)) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Four wells were seen: one in the north and three in the south.",
        "It has nine partners, among them the ministries (Water, Health and Works).",
        "Five of the six districts (North, South, East, West and Centre) were seen.",
        "Two forms (the request for water, form 1 or 2) are in use.",
    ],
)
def test_lists_of_something_else_are_not_held_against_a_count(sentence):
    assert found("NUM007", HEAD + sentence + "\n") == []


def test_a_list_in_brackets_that_has_as_many_items_as_announced_is_confirmed():
    assert confirmed("NUM007", HEAD + "It works in four countries (Ghana, Mali, Niger and Togo).\n")


@pytest.mark.parametrize("count", ["three", "five"])
def test_a_list_one_short_or_one_over_is_named(count):
    assert found("NUM007", HEAD + f"It works in {count} countries (Ghana, Mali, Niger and Togo).\n")


@pytest.mark.parametrize(
    "text,wrong",
    [
        ("Of the 40 wells, 12 of 40 wells (30 per cent) were dry.", False),
        ("Of the 42 zones, 13 out of 42 zones (30%) were clean.", False),
        ("In all 12 of 40 wells (31.2 per cent) were dry.", True),
    ],
)
def test_shares_are_held_against_their_numbers_as_finely_as_they_are_printed(text, wrong):
    assert bool(found("NUM006", HEAD + text + "\n")) is wrong


@pytest.mark.parametrize(
    "text", ["It ran in 1999–00.", "See ISO 2019-11.", "It lasted from December 2020 – 15 March 2021.", "The share fell from 40 to 20."]
)
def test_what_only_looks_like_a_range_turned_round_is_left_alone(text):
    assert found("NUM009", HEAD + text + "\n") == []


def test_a_total_of_subtotals_and_a_table_of_other_things_are_left_alone():
    rows = "| North | 10 |\n| South | 90 |\n| Total | 100 |\n"
    assert found("NUM004", f"{HEAD}| District | Wells |\n| --- | --- |\n{rows}") == []


def test_a_total_that_is_off_is_named_with_the_sum_of_its_parts():
    rows = "| North | 10 |\n| South | 90 |\n| East | 7 |\n| Total | 108 |\n"
    (message,) = found("NUM004", f"{HEAD}| District | Wells |\n| --- | --- |\n{rows}")
    assert "108" in message.text
    assert "107" in message.text


def test_counts_of_an_earlier_evaluation_are_not_those_of_this_one():
    recs = "\n\n".join(f"Recommendation {n}: The Ministry should publish report {n}." for n in range(1, 5))
    assert found("NUM011", f"{HEAD}The previous evaluation made six recommendations.\n\n## Recommendations\n\n{recs}\n") == []


@pytest.mark.usefixtures("shared")
def test_the_governing_body_paper_has_its_known_slips(shared):
    paper = Paper(linked(read(shared / "paper" / "gb340_pfa_7.txt")), today=TODAY)

    def texts(code):
        rule = rules()[code]
        return [m.text for m in rule.check(paper, rule.rule.options) if not m.right]

    assert any("Medium-term" in t and "Recommendation 3 (Part III)" in t for t in texts("NUM001"))
    assert any("2010–19" in t and "2010–18" in t for t in texts("NUM008"))
    assert any("63" in t and "30" in t for t in texts("NUM002"))
    assert any("nine case studies" in t and "eight" in t for t in texts("NUM007"))
    for code in ("NUM001", "NUM002", "NUM007", "NUM008"):
        assert len(texts(code)) == 1, code


@pytest.mark.parametrize(
    "sentence",
    [
        "Of the 43 farmers, 20 were women and 25 were men.",
        "A total of 43 interviews were held, 25 with men and 20 with women.",
        "In all, 43 farmers came, of whom 20 women and 25 men.",
    ],
)
def test_women_and_men_are_added_up_wherever_they_stand_in_the_sentence(sentence):
    (message,) = found("NUM003", f"{HEAD}{sentence}\n")
    assert "add up to 45" in message.text


@pytest.mark.parametrize(
    "sentence",
    [
        "The 12 group talks brought together 20 women and 25 men.",
        "Of the 50 farmers, 20 were women, 25 were men and five gave no answer.",
        "In 40 villages the team met 80 women and 60 men.",
    ],
)
def test_women_and_men_of_something_else_are_left_alone(sentence):
    assert found("NUM003", f"{HEAD}{sentence}\n") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Of 40 wells, 12 (45 per cent) were dry.",
        "There 12 out of 40 wells, or 45 per cent, were dry.",
        "The letter went to 40 villages; 12 of them answered, a rate of 45 per cent.",
    ],
)
def test_a_share_is_held_against_its_numbers_in_any_order(sentence):
    (message,) = found("NUM006", f"{HEAD}{sentence}\n")
    assert "30 per cent" in message.text


def test_a_share_of_another_whole_is_left_alone():
    assert found("NUM006", f"{HEAD}There 12 of 40 wells (45 per cent of all repairs) were dry.\n") == []


def test_a_known_count_is_held_against_the_only_one_that_the_paper_gives():
    method = "# Evaluation of the water programme\n\n## Method\n\nThe team held 76 interviews and read 20 books.\n\n## Findings\n\n"
    (message,) = found("NUM002", f"{method}All 79 interviews were written up.\n")
    assert "76" in message.text
    assert "79" in message.text
    assert found("NUM002", f"{method}The 12 interviews with farmers were short.\n") == []


@pytest.mark.parametrize("words", ["on 5 March 2041", "on 30 February 2020", "on 31.13.2020"])
def test_a_day_that_cannot_have_been_is_named(words):
    assert found("NUM010", f"{HEAD}The team met the mayor {words}.\n")


@pytest.mark.parametrize("sentence", ["The store is to open on 5 March 2041.", "The lease was signed and runs until 31 December 2041."])
def test_a_day_to_come_may_be_planned(sentence):
    assert found("NUM010", f"{HEAD}{sentence}\n") == []


def test_shares_of_a_column_with_a_total_of_a_hundred_are_added_up_once():
    table = "| Use | Share (%) |\n| --- | --- |\n| Wells | 50 |\n| Pumps | 30 |\n| Schools | 12 |\n| Total | 100 |\n"
    assert len(found("NUM005", HEAD + table)) == 1
    assert found("NUM004", HEAD + table) == []


def test_a_note_whose_number_lost_its_brackets_is_called():
    text = "The wells work. [1] The pumps work.{mark} The schools too. [3] The roads too. [4]\n\n"
    notes = "1 Ministry of Water, 2019.\n\n2 Ministry of Health, 2020.\n\n3 Ministry of Works, 2021.\n\n4 Ministry of Roads, 2021.\n"
    head = "# Evaluation of the water programme\n\n## Findings\n\n"
    assert found("NUM012", f"{head}{text.format(mark='2')}{notes}") == []
    assert len(found("NUM012", f"{head}{text.format(mark='')}{notes}")) == 1
