"""Proposed links: what is proposed, what is left alone, and how far a score can be trusted."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaltrail.link import THRESHOLD, linked, propose
from evaltrail.record import Evaluation, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from evaltrail.record import Link


def pairs(links: Iterable[Link]) -> set[tuple[str, str, str]]:
    return {(x.from_.partition(".")[2], x.kind, x.to.partition(".")[2]) for x in links}


def test_statements_about_the_same_thing_are_linked(paper: Callable[..., Record], school_meals: dict[str, str]) -> None:
    found = pairs(propose(paper(school_meals)))
    assert {("f1", "supports", "c1"), ("f2", "supports", "c2")} <= found
    assert {("c1", "leads_to", "r1"), ("f3", "leads_to", "r2")} <= found


def test_a_proposal_says_that_it_is_one_and_how_likely_it_is(paper: Callable[..., Record], school_meals: dict[str, str]) -> None:
    links = propose(paper(school_meals))
    assert links
    assert {x.basis for x in links} == {"proposed"}
    assert {x.rule for x in links} == {"words in common"}
    assert all(x.score is not None and THRESHOLD <= x.score <= 1 for x in links)
    assert all(x.places == () for x in links)


def test_a_finding_leads_straight_to_a_recommendation_where_no_conclusion_stands_between(
    paper: Callable[..., Record], school_meals: dict[str, str]
) -> None:
    found = pairs(propose(paper(school_meals)))
    assert ("f4", "leads_to", "r3") in found
    assert ("f1", "leads_to", "r1") not in found
    bare = {k: v for k, v in school_meals.items() if not k.startswith("c")}
    assert ("f1", "leads_to", "r1") in pairs(propose(paper(bare)))


def test_nothing_is_proposed_beside_what_the_paper_states(paper: Callable[..., Record], school_meals: dict[str, str]) -> None:
    stated = {"from": "1.f4", "to": "1.c1", "kind": "supports", "basis": "stated"}
    found = pairs(propose(paper(school_meals, links=[stated])))
    assert not {x for x in found if x[2] == "c1"}
    assert ("f2", "supports", "c2") in found


def test_a_link_stated_of_a_part_is_stated_of_the_whole(paper: Callable[..., Record], school_meals: dict[str, str]) -> None:
    texts = {**school_meals, "r1(a)": "Target households."}
    stated = {"from": "1.c2", "to": "1.r1(a)", "kind": "leads_to", "basis": "stated"}
    found = pairs(propose(paper(texts, links=[stated])))
    assert not {x for x in found if x[0].startswith("c") and x[2] == "r1"}


def test_parts_are_not_linked_apart_from_their_wholes(paper: Callable[..., Record], school_meals: dict[str, str]) -> None:
    texts = {**school_meals, "r2(a)": "Pay local farmers for their grain within one month."}
    assert not {x for x in pairs(propose(paper(texts))) if x[2] == "r2(a)"}


def test_statements_with_nothing_in_common_are_not_linked(paper: Callable[..., Record]) -> None:
    texts = {"f1": "Rivers flooded twice.", "f2": "Schools closed early.", "r1": "Buy new lorries.", "r2": "Hire six accountants."}
    assert propose(paper(texts)) == []


def test_a_statement_gets_a_few_proposals_at_most(paper: Callable[..., Record]) -> None:
    same = "Local farmers sold little grain to the programme because payment took four months on average in district"
    texts = {f"f{n}": f"{same} {n}." for n in range(1, 20)} | {
        f"r{n}": f"Pay local farmers for their grain in district {n}." for n in range(1, 20)
    }
    links = propose(paper(texts), threshold=0.0)
    into = [x.to for x in links]
    out_of = [x.from_ for x in links]
    assert max(into.count(x) for x in into) <= 3
    assert max(out_of.count(x) for x in out_of) <= 6


def test_function_words_link_nothing(paper: Callable[..., Record]) -> None:
    texts = {
        "f1": "It was there that they had been, and there it would have been for all of them.",
        "f2": "Rivers flooded twice.",
        "r1": "It should have been there for all of them, and there they would have been.",
        "r2": "Hire six accountants.",
    }
    assert propose(paper(texts)) == []


@pytest.mark.parametrize(
    "language, texts",
    [
        (
            "fr",
            {
                "f1": "Les agriculteurs locaux ont vendu peu de céréales car les paiements prenaient quatre mois.",
                "f2": "Les repas étaient en retard pendant la saison des pluies.",
                "r1": "Payer les agriculteurs locaux dans un délai d’un mois.",
                "r2": "Prévoir des stocks de repas avant la saison des pluies.",
            },
        ),
        (
            "es",
            {
                "f1": "Los agricultores locales vendieron poco grano porque los pagos tardaban cuatro meses.",
                "f2": "Las comidas llegaban tarde durante la estación de lluvias.",
                "r1": "Pagar a los agricultores locales en el plazo de un mes.",
                "r2": "Prever reservas de comidas antes de la estación de lluvias.",
            },
        ),
        (
            "pt",
            {
                "f1": "Os agricultores locais venderam poucos cereais porque os pagamentos demoravam quatro meses.",
                "f2": "As refeições chegavam tarde durante a estação das chuvas.",
                "r1": "Pagar aos agricultores locais no prazo de um mês.",
                "r2": "Prever reservas de refeições antes da estação das chuvas.",
            },
        ),
    ],
)
def test_other_languages_are_linked_alike(paper: Callable[..., Record], language: str, texts: dict[str, str]) -> None:
    assert pairs(propose(paper(texts, language=language))) == {("f1", "leads_to", "r1"), ("f2", "leads_to", "r2")}


def test_a_record_gets_its_proposals_and_keeps_all_else(paper: Callable[..., Record], school_meals: dict[str, str]) -> None:
    stated = {"from": "1.f4", "to": "1.c1", "kind": "supports", "basis": "stated"}
    old = {"from": "1.f2", "to": "1.c1", "kind": "supports", "basis": "proposed", "score": 0.9}
    person = {"from": "1.f1", "to": "1.r3", "kind": "leads_to", "basis": "person"}
    record = paper(school_meals, links=[stated, old, person])
    new = linked(record)
    kept = [x for x in new.evaluations[0].links if x.basis != "proposed"]
    assert [(x.basis, x.from_) for x in kept] == [("stated", "1.f4"), ("person", "1.f1")]
    assert ("f2", "supports", "c1") not in pairs(x for x in new.evaluations[0].links if x.basis == "proposed")
    assert new.evaluations[0].statements == record.evaluations[0].statements
    assert linked(new) == new
    assert len(record.evaluations[0].links) == 3


def test_links_stay_inside_their_evaluation(school_meals: dict[str, str], paper: Callable[..., Record]) -> None:
    one = paper(school_meals)
    text = one.evaluations[0].model_dump_json(by_alias=True).replace('"1', '"2')
    both = one.model_copy(update={"evaluations": (*one.evaluations, Evaluation.model_validate_json(text))})
    links = propose(both)
    assert {x.from_.partition(".")[0] for x in links} == {"1", "2"}
    assert all(x.from_.partition(".")[0] == x.to.partition(".")[0] for x in links)


words = st.sampled_from(
    ["farmers", "grain", "meals", "schools", "late", "roads", "payment", "district", "data", "poorest", "2019", "43", "the", "of"]
)
statements = st.dictionaries(
    st.tuples(st.sampled_from("fcr"), st.integers(1, 9)).map(lambda x: f"{x[0]}{x[1]}"),
    st.lists(words, max_size=12).map(" ".join),
    max_size=12,
)


@given(texts=statements, threshold=st.floats(0, 1))
def test_whatever_is_stated_scores_are_shares_and_links_join_the_evaluations_own_statements(
    texts: dict[str, str], threshold: float
) -> None:
    of = Evaluation.model_validate(
        {
            "id": "1",
            "statements": [
                {"id": k, "kind": {"f": "finding", "c": "conclusion", "r": "recommendation"}[k[0]], "text": t} for k, t in texts.items()
            ],
        }
    )
    ids = {s.id for s in of.statements}
    links = propose(of, language="en", threshold=threshold)
    assert all(x.from_ in ids and x.to in ids and x.score is not None and threshold - 0.005 <= x.score <= 1 for x in links)
    assert len({(x.from_, x.to, x.kind) for x in links}) == len(links)
    assert propose(of, language="en", threshold=threshold) == links


def known(shared: Path) -> list[tuple[Record, set[tuple[str, str]]]]:
    """Papers that state what they rest on, as they read with these links taken out, and the links."""
    from evaltrail.read import read

    out: list[tuple[Record, Any]] = []
    for name in ("iom_meta_evaluation_2020_2024.pdf", "canada_esdc_reaching_home.html"):
        record = read(shared / "reports" / name)
        links = {(x.from_, x.to) for e in record.evaluations for x in e.links if x.kind != "answers"}
        bare = tuple(e.model_copy(update={"links": ()}) for e in record.evaluations)
        out.append((record.model_copy(update={"evaluations": bare}), links))
    return out


def test_half_of_what_is_proposed_is_what_the_papers_state(shared: Path) -> None:
    """A lower bound: a paper that states some links leaves others unsaid."""
    right = made = 0
    for record, links in known(shared):
        steps = {(a.split(".")[1][0], b.split(".")[1][0]) for a, b in links}
        found = {(x.from_, x.to) for x in propose(record)}
        found = {x for x in found if (x[0].split(".")[1][0], x[1].split(".")[1][0]) in steps}
        made += len(found)
        right += len(found & links)
    assert made >= 15
    assert right / made >= 0.5


def test_two_hundred_statements_take_no_noticeable_time(paper: Callable[..., Record], school_meals: dict[str, str]) -> None:
    texts = list(school_meals.values())
    many = {f"{'fcr'[n % 3]}{n}": " ".join(texts[(n + k) % len(texts)] for k in range(4)) for n in range(200)}
    record = paper(many)
    start = time.process_time()
    propose(record)
    # A bound far above what it takes (docs/how-to/follow-links.md), to hold on any machine.
    assert time.process_time() - start < 1.0
