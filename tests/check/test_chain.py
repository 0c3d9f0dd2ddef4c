"""The chain: ranges of paragraphs, references, what rests on what."""

from __future__ import annotations

from datetime import date

import pytest

from evaltrail.check.paper import Paper
from evaltrail.check.rule import rules
from evaltrail.check.rules.chain._numbered import named
from evaltrail.link import linked
from evaltrail.read import read


def paper_of(text, corpus=()):
    others = [(name, read(t.encode(), name="other.md")) for name, t in corpus]
    return Paper(linked(read(text.encode(), name="paper.md")), today=date(2026, 6, 1), corpus=others)


def said(code, paper, *, right=False):
    rule = rules()[code]
    return [m.text for m in rule.check(paper, rule.rule.options) if m.right == right]


@pytest.fixture(scope="module")
def summary(shared):
    """A governing body's summary of three evaluations, with a decision on the recommendations of all three."""
    path = shared / "paper" / "gb340_pfa_7.txt"
    if not path.is_file():
        pytest.skip("the summary is not in this checkout")
    return Paper(linked(read(path)), today=date(2026, 6, 1))


def test_the_ranges_of_the_decision_are_confirmed_one_by_one(summary):
    assert said("CHA004", summary) == []
    assert sorted(said("CHA004", summary, right=True)) == [
        "The decision in paragraph 139 rightly names paragraphs 123–129: they hold the 7 recommendations of Part III.",
        "The decision in paragraph 139 rightly names paragraphs 26–34: they hold the 9 recommendations of Part I.",
        "The decision in paragraph 139 rightly names paragraphs 72–78: they hold the 7 recommendations of Part II.",
    ]


def test_a_range_that_was_shifted_is_told(summary):
    record = summary.record
    decision = record.decisions[0]
    shifted = record.model_copy(update={"decisions": (decision.model_copy(update={"text": decision.text.replace("72–78", "71–77")}),)})
    (message,) = said("CHA004", Paper(shifted, today=summary.today))
    assert "71–77" in message
    assert "78" in message


@pytest.mark.parametrize(
    "text,ranges",
    [
        ("the recommendations (paragraphs 26–34, 72–78 and 123–129)", ((26, 34), (72, 78), (123, 129))),
        ("see paragraphs 4 to 7 below", ((4, 7),)),
        ("see paras. 4, 6 and 9", ((4, 4), (6, 6), (9, 9))),
        ("see para 12(b)", ((12, 12),)),
        ("paragraphs 4–7 of the annual report", ()),
        ("document GB.341/PFA/2 (paragraphs 4–7)", ()),
    ],
)
def test_the_paragraphs_that_a_text_names(text, ranges):
    found = list(named(paper_of("# Evaluation\n\nWords of a paper in English that say nothing.\n"), text))
    assert tuple(r for f in found for r in f.ranges) == ranges


TABLES = "# Evaluation of the water programme\n\n## Findings\n\nTable 1. Interviews\n\nTable 2. Surveys\n\n{}\n"


@pytest.mark.parametrize(
    "sentence",
    [
        "Table 2 shows the surveys.",
        "Table 5 of the annual report shows the costs.",
        "The bank tells the costs (World Bank 2019, table 5).",
        "Under the Water Act, section 12 forbids it.",
        "Of the pumps, 5 failed.",
    ],
)
def test_a_reference_that_leads_somewhere_or_into_another_paper_is_no_fault(sentence):
    assert said("CHA005", paper_of(TABLES.format(sentence))) == []


def test_a_table_that_is_not_there_is_told_once_however_often_it_is_named():
    found = list(rules()["CHA005"].check(paper_of(TABLES.format("See table 5.\n\nAs table 5 shows, pumps fail.")), {}))
    assert [m.text for m in found if not m.right] == ["The text refers to table 5, which is not in the paper."]
    assert len(found[0].related) == 1


STATEMENTS = """# Evaluation of the water programme

## Findings

Finding 1: Half of the pumps have failed.

Finding 2: Most households pay their fees.

## Discussion

{}
"""


@pytest.mark.parametrize(
    "sentence", ["Finding 2 says so.", "Finding 9 of the 2015 review says so.", "It took 9 findings.", "Findings 1 and 2 agree."]
)
def test_a_statement_that_is_there_or_belongs_to_another_paper_is_no_fault(sentence):
    assert said("CHA003", paper_of(STATEMENTS.format(sentence))) == []


def test_each_missing_statement_of_a_list_is_told():
    assert len(said("CHA003", paper_of(STATEMENTS.format("Findings 2, 3 and 4 agree.")))) == 2


LONG = (
    "Local communities that had been consulted before the works began took part in the upkeep of what was built "
    "and paid a share of the costs for at least three years."
)


def test_words_of_another_paper_in_quotation_marks_are_not_taken():
    other = [("roads", f"# Evaluation of the roads programme\n\n{LONG}\n")]
    assert said("CHA007", paper_of(f"# Evaluation of the water programme\n\n“{LONG}”\n", other)) == []
    assert said("CHA007", paper_of(f"# Evaluation of the water programme\n\n{LONG}\n", other))


def test_another_edition_of_the_same_paper_is_not_held_against_it():
    text = "# Evaluation\n\n" + "\n\n".join(f"{LONG} This was so in district number {n}." for n in range(30))
    assert said("CHA007", paper_of(text, [("draft", text + "\n\nOne more line.\n")])) == []


def test_two_findings_that_differ_in_a_number_are_two():
    text = (
        "# Evaluation of the water programme\n\n## Findings\n\nFinding 1: In 2018 half of the pumps in the northern districts failed.\n\n"
        "Finding 2: In 2019 half of the pumps in the northern districts failed.\n"
    )
    assert said("CHA006", paper_of(text)) == []
