"""Statements of two documents that are the same: a report and its management response, a summary, a translation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.link import match

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from evaltrail.link import Match
    from evaltrail.record import Record

ASKS = {
    "r1": "The ministry should target households rather than districts, so that the poorest are reached by the programme.",
    "r2": "The treasury should pay local farmers for their grain within one month of delivery.",
    "r3": "The programme should train its managers to use the quarterly dashboard of monitoring data.",
}


def pairs(found: Iterable[Match]) -> list[tuple[str, str]]:
    return [(m.first.partition(".")[2], m.second.partition(".")[2]) for m in found]


def test_the_same_words_under_other_numbers_are_matched(paper: Callable[..., Record]) -> None:
    renumbered = {"r5": ASKS["r1"], "r7": ASKS["r3"], "r6": ASKS["r2"]}
    assert pairs(match(paper(ASKS), paper(renumbered))) == [("r1", "r5"), ("r2", "r6"), ("r3", "r7")]


def test_a_match_says_what_it_rests_on_and_how_likely_it_is(paper: Callable[..., Record]) -> None:
    found = match(paper(ASKS), paper(ASKS))
    assert {(m.basis, m.rule, m.kind) for m in found} == {("proposed", "number and words", "recommendation")}
    assert all(m.score > 0.9 for m in found)


def test_a_quotation_of_the_first_sentence_is_matched(paper: Callable[..., Record]) -> None:
    longer = {
        k: f"{v} The evaluation heard of this from all partners in the field, and from most schools that it visited."
        for k, v in ASKS.items()
    }
    assert pairs(match(paper(longer), paper(ASKS))) == [("r1", "r1"), ("r2", "r2"), ("r3", "r3")]


def test_a_small_change_of_wording_is_no_other_statement(paper: Callable[..., Record]) -> None:
    changed = {"r4": "The treasury should pay the local farmers for grain within one month of its delivery to schools."}
    assert pairs(match(paper(ASKS), paper(changed))) == [("r2", "r4")]


def test_what_a_report_asks_for_as_two_may_be_two_parts_of_one(paper: Callable[..., Record]) -> None:
    response = {"r9": f"1. {ASKS['r1']}\n2. {ASKS['r2']}", "r9(1)": ASKS["r1"], "r9(2)": ASKS["r2"], "r10": ASKS["r3"]}
    assert pairs(match(paper(ASKS), paper(response))) == [("r1", "r9(1)"), ("r2", "r9(2)"), ("r3", "r10")]


def test_each_statement_is_matched_once(paper: Callable[..., Record]) -> None:
    twice = {"r1": ASKS["r1"], "r2": ASKS["r1"]}
    assert len(match(paper(ASKS), paper(twice))) == 1


def test_statements_of_two_kinds_are_never_the_same(paper: Callable[..., Record]) -> None:
    assert match(paper(ASKS), paper({"f1": ASKS["r1"]})) == []


def test_the_same_number_alone_makes_no_match_in_one_language(paper: Callable[..., Record]) -> None:
    other = {"r1": "Rivers ought to be dredged every autumn.", "r2": "Bridges are to be painted.", "r3": "Ferries need new engines soon."}
    assert match(paper(ASKS), paper(other)) == []


def test_short_answers_that_everybody_gives_are_not_the_same(paper: Callable[..., Record]) -> None:
    assert match(paper({"a1": "Management agrees."}), paper({"a7": "Management agrees."})) == []


def test_a_translation_is_matched_by_its_numbers_and_scored_lower(paper: Callable[..., Record]) -> None:
    french = {
        "r1": "Le ministère devrait cibler les ménages plutôt que les districts.",
        "r2": "Le trésor devrait payer les agriculteurs locaux dans un délai d’un mois.",
        "r3": "Le programme devrait former ses responsables à l’usage du tableau de bord.",
    }
    found = match(paper(ASKS), paper(french, language="fr"))
    assert pairs(found) == [("r1", "r1"), ("r2", "r2"), ("r3", "r3")]
    assert {(m.rule, m.score) for m in found} == {("number", 0.6)}


def test_a_translation_with_more_or_fewer_of_a_kind_is_not_matched(paper: Callable[..., Record]) -> None:
    assert match(paper(ASKS), paper({"r1": "Le ministère devrait cibler les ménages."}, language="fr")) == []


def test_a_report_and_its_management_response_are_matched(shared: Path) -> None:
    """The response has eight recommendations for the report's eleven: two of them in two and three parts."""
    from evaltrail.read import read

    report, response = read(shared / "reports/iom_arco.pdf"), read(shared / "reports/iom_arco_response.pdf")
    found = [m for m in match(report, response) if m.kind == "recommendation"]
    texts = [{s.id: s.text for e in r.evaluations for s in e.statements} for r in (report, response)]
    assert len(found) == 11
    assert all(texts[0][m.first][:40] == texts[1][m.second][:40] for m in found)


def test_papers_that_have_nothing_to_do_with_each_other_are_not_matched(shared: Path) -> None:
    from evaltrail.read import read

    assert match(read(shared / "reports/iom_arco.pdf"), read(shared / "reports/unicef_e_icef_2025_4.pdf")) == []
