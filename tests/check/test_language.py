"""Rules on language and terms: acronyms, spelling, brackets, sentences; and the two helpers that they stand on."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaltrail.check.acronyms import acronyms, long_form
from evaltrail.check.paper import Paper
from evaltrail.check.rule import rules
from evaltrail.check.spelling import Neighbours, distance
from evaltrail.link import linked
from evaltrail.read import read

TODAY = date(2026, 6, 1)
HEAD = "# Evaluation of the water programme\n\n## Findings\n\n"


def paper_of(text):
    return Paper(linked(read(text.encode(), name="paper.md")), today=TODAY)


def found(code, text):
    """The faults that a rule names in a paper of Markdown."""
    rule = rules()[code]
    return [m for m in rule.check(paper_of(text), rule.rule.options) if not m.right]


@pytest.mark.parametrize(
    "acronym,words,expected",
    [
        ("CPO", "targets of Country Programme Outcomes", "Country Programme Outcomes"),
        ("IRIS", "in the Integrated Resource Information System", "Integrated Resource Information System"),
        ("EESE", "the Enabling Environment for Sustainable Enterprises", "Enabling Environment for Sustainable Enterprises"),
        ("RESEARCH", "including the Research Department", "Research Department"),
        ("ONG", "des organisations non gouvernementales", "organisations non gouvernementales"),
        ("XYZ", "the Ministry of Water", None),
    ],
)
def test_the_words_of_an_acronym_are_found_before_it(acronym, words, expected):
    start = long_form(acronym, words)
    assert (words[start:] if start is not None else None) == expected


def test_an_acronym_is_introduced_by_words_before_behind_or_in_the_list():
    text = (
        "# Evaluation\n\n## Acronyms\n\nDWS: Director of Water Supply\n\n## Findings\n\n"
        "The Country Programme Outcome (CPO) and the TOC (theory of change) are new. Two CPOs are late. The ILO’s DWS knows.\n"
    )
    seen = acronyms(paper_of(text))
    assert {k: v[0].listed for k, v in seen.definitions.items()} == {"CPO": False, "TOC": False, "DWS": True}
    assert {k: len(v) for k, v in seen.uses.items()} == {"CPO": 1, "ILO": 1, "DWS": 1}


words = st.text("abcdefgh", min_size=4, max_size=14)


@given(words, words)
def test_neighbours_are_exactly_the_words_within_the_distance(one, other):
    near = dict(Neighbours([other], most=2).near(one))
    d = distance(one, other, 2)
    assert d == distance(other, one, 2)
    assert near.get(other) == (d if 0 < d <= 2 else None) or one == other


@given(words, st.integers(0, 12))
def test_two_letters_that_changed_places_are_one_step(word, at):
    at %= len(word) - 1
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    assert distance(word, swapped) <= 1


FREQUENT = "Evaluators read. Evaluators wrote. Evaluators met. Evaluators left. Evaluators came. "


@pytest.mark.parametrize("slip", ["evalautors", "evaluaters", "evaluatrs", "evaluattors"])
def test_a_slip_in_a_frequent_word_is_named_with_the_right_one(slip):
    (message,) = found("LAN004", f"{HEAD}{FREQUENT}The {slip} saw dry wells.\n")
    assert message.proposal == "evaluators"


@pytest.mark.parametrize("word", ["evaluator", "evaluated", "Evaluatorz Ltd"])
def test_other_forms_and_names_are_no_slips(word):
    assert found("LAN004", f"{HEAD}{FREQUENT}The team of {word} saw dry wells.\n") == []


def test_british_and_american_forms_are_no_slips_of_each_other():
    many = "The organization met. " * 6
    assert found("LAN004", f"{HEAD}{many}The organisation left the village.\n") == []


def test_an_acronym_in_the_list_need_not_be_spelt_out_in_the_text():
    text = (
        "# Evaluation\n\n## Acronyms\n\nCPO: Country Programme Outcome\n\n## Findings\n\nA CPO is late. Each CPO costs. No CPO is done.\n"
    )
    assert found("LAN001", text) == []


def test_words_in_capitals_are_no_acronyms():
    assert found("LAN001", f"{HEAD}The ministry said DRY to all. DRY it was. DRY it stays, and the dry wells are closed.\n") == []


def test_a_code_that_is_one_swap_away_from_a_frequent_one_is_named():
    (message,) = found("LAN005", f"{HEAD}ACTRAV met. ACTRAV paid. ACTRAV left. ACTRAV wrote. Then ACTARV came.\n")
    assert message.proposal == "ACTRAV"


def test_codes_that_are_both_introduced_are_left_alone():
    text = (
        f"{HEAD}The United Nations Development Programme (UNDP) met. UNDP paid. UNDP left. UNDP wrote. UNDP came. "
        "The United Nations Population Division (UNPD) met.\n"
    )
    assert found("LAN005", text) == []


@pytest.mark.parametrize("text", ["It is (as said [1]) dry.", "It was a) dry and b) closed.", "Steps: 1) dig, 2) pump, iv) drink."])
def test_brackets_with_partners_and_markers_of_lists_are_left_alone(text):
    assert found("LAN008", f"{HEAD}{text}\n") == []


def test_a_bracket_that_closes_in_the_next_paragraph_is_left_alone():
    assert found("LAN008", f"{HEAD}The wells (most of them, we saw.\n\nThey lie in the north) are dry.\n") == []


@pytest.mark.usefixtures("shared")
def test_the_governing_body_paper_has_its_known_misprints(shared):
    paper = Paper(linked(read(shared / "paper" / "gb340_pfa_7.txt")), today=TODAY)

    def proposals(code):
        rule = rules()[code]
        return [m.proposal for m in rule.check(paper, rule.rule.options) if not m.right]

    assert proposals("LAN004") == ["work"]
    assert proposals("LAN005") == ["MULTILATERALS"]
    assert proposals("LAN013") == ["Development Department"]
    assert len(proposals("LAN008")) == 1


def test_a_rare_word_with_a_family_is_no_slip():
    often = "The adoption was slow. Adoption came late. No adoption was free. Adoption grew. The adoption ended. Adoption counts.\n\n"
    assert found("LAN004", f"{HEAD}{often}Crops were adapted to heat, and this adaption took time.\n") == []


def test_an_acronym_that_alone_is_left_out_is_named():
    table = "| CPO | Country Programme Outcome |\n| --- | --- |\n| DW | Director of Water |\n\n"
    listed = f"# Evaluation of the water programme\n\n## Acronyms\n\n{table}"
    text = "The CPO and the DW were late. Figures came from the QTRM, and the QTRM stood by them.\n"
    (message,) = found("LAN001", f"{listed}## Findings\n\n{text}")
    assert "QTRM" in message.text
    assert "twice" in message.text
    assert found("LAN001", f"{listed}## Findings\n\nThe CPO was late. Figures came from the QTRM.\n") == []
    assert found("LAN001", f"{listed}## Findings\n\nThe CPO was late in the QTRM project and the QTRM training.\n") == []


def test_a_plural_in_capitals_in_the_list_is_used_in_the_text():
    listed = "# Evaluation of the water programme\n\n## Acronyms\n\n| CCTS | Conditional Cash Transfers |\n| --- | --- |\n"
    assert found("LAN003", f"{listed}| DW | Director of Water |\n\n## Findings\n\nThe DW paid for CCTs.\n") == []


def test_acronyms_in_titles_of_other_works_need_no_use():
    titles = "\n".join(f"- Review of the {name}" for name in ("Land Agency (LA)", "Road Fund (RF)", "Water Board (WB)"))
    assert found("LAN003", f"{HEAD}Three works were read:\n\n{titles}\n") == []


def test_spellings_in_quotations_are_those_of_others():
    assert found("LAN009", f"{HEAD}The programme grew. Its title is “Each program counts”. No programme closed.\n") == []
    assert found("LAN009", f"{HEAD}The work focused on wells. It focused on pumps. Once it focussed on roads.\n") == []


def test_numbers_of_notes_behind_a_full_stop_do_not_join_sentences():
    half = "the wells in the north and in the south were dry " * 4
    text = f"{HEAD}Of all {half}in both years.,,, Other reports say that {half}for long.\n"
    assert found("LAN007", text) == []


def test_words_run_together_in_small_letters_are_left_alone_for_they_may_be_compounds():
    assert proposals_of("LAN013", "The work of the shop is good. A workshop was held. Shops work.\n") == []


def proposals_of(code, text):
    return [m.proposal for m in found(code, f"{HEAD}{text}")]
