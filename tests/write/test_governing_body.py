"""The paper for a governing body is composed from statements alone, is right in every number and reference, and reads back whole."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

from evaltrail.record import discrepancies
from evaltrail.write import Unwritable
from evaltrail.write.house import House
from evaltrail.write.model import Frame, Heading, Item, Paper, Paragraph, Run, Table, plain
from evaltrail.write.order import Order
from evaltrail.write.papers import compose


def _beside(name: str) -> Any:
    """A module of this folder, which is no package."""
    known = sys.modules.get(f"write_{name}")
    if known is not None:
        return known
    spec = importlib.util.spec_from_file_location(f"write_{name}", Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[f"write_{name}"] = module
    spec.loader.exec_module(module)
    return module


office = _beside("office")
composed = _beside("composed")


def paper(record: Any, house: House | None = None) -> Paper:
    """The governing-body paper of a record."""
    return compose(Order(record, "governing-body", house or House()))


def headings(made: Paper) -> list[tuple[int, str]]:
    """Level and words of all headings."""
    return [(b.level, plain(b.words)) for b in made.walk() if isinstance(b, Heading)]


def paragraphs(made: Paper) -> list[tuple[str, str]]:
    """Number and words of the numbered paragraphs."""
    return [(b.marker, plain(b.words)) for b in made.walk() if isinstance(b, Paragraph) and b.marker]


def differ(record: Any, made: Paper) -> list[Any]:
    """What is lost or new when the paper is read, apart from what was composed: numbers of paragraphs, a decision."""
    apart = {"paragraph"} if not record.paragraphs else set()
    apart |= {"decision"} if not record.decisions else set()
    return [d for d in discrepancies(record, composed.read_back(made)) if d.fact.kind not in apart]


def test_a_paper_on_one_evaluation_has_its_sections_in_the_order_of_the_field() -> None:
    assert headings(paper(office.draft(office.ports()))) == [
        (0, "Support to small ports, 2016–21"),
        (1, "Purpose of the document"),
        (1, "Introduction"),
        (1, "Findings"),
        (2, "Relevance"),
        (2, "Efficiency"),
        (2, "Impact and sustainability"),
        (1, "Overall assessment"),
        (1, "Conclusions"),
        (1, "Lessons learned"),
        (1, "Good practices"),
        (1, "Recommendations"),
        (2, "Recommendation 1"),
        (2, "Recommendation 2"),
        (1, "Office response"),
        (2, "Recommendation 1"),
        (2, "Recommendation 2"),
        (1, "Draft decision"),
    ]


def test_several_evaluations_are_parts_with_their_sections_under_them() -> None:
    made = headings(paper(office.draft(office.ports("Part I"), office.schools("Part II"))))
    assert (1, "Part I. Support to small ports, 2016–21") in made
    assert (1, "Part II. Schools of the outer islands, 2018–22") in made
    assert made.count((2, "Findings")) == 2
    assert (3, "Relevance") in made


@pytest.mark.parametrize(
    "record",
    [
        office.draft(office.ports()),
        office.draft(office.ports("Part I"), office.schools("Part II")),
        office.draft(office.ports(), footnotes=(office.Footnote(number="1", text="A site is open when boats can use it."),)),
    ],
)
def test_what_is_composed_reads_back_whole(record: Any) -> None:
    assert differ(record, paper(record)) == []


def test_key_findings_stand_in_boxes_under_their_criterion_and_a_longer_one_in_its_own() -> None:
    frames = [b for b in paper(office.draft(office.ports())).blocks if isinstance(b, Frame) and b.kind == "finding"]
    assert [len(f.blocks) for f in frames] == [2, 2, 1]
    first = frames[0].blocks[0]
    assert isinstance(first, Paragraph)
    assert [r.bold for r in first.words] == [True, False, False]


def test_numbered_paragraphs_run_through_the_whole_paper() -> None:
    numbers = [int(n.rstrip(".")) for n, _ in paragraphs(paper(office.draft(office.ports("Part I"), office.schools("Part II"))))]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 7


def test_the_decision_names_the_paragraphs_in_which_the_recommendations_stand() -> None:
    made = paper(office.draft(office.ports()))
    number, words = paragraphs(made)[-1]
    asked = [n.rstrip(".") for n, w in paragraphs(made) if w.startswith(("Draw up", "Hand over"))]
    assert f"(paragraphs {asked[0]}–{asked[-1]})" in words
    last = made.blocks[-1]
    assert isinstance(last, Paragraph)
    assert [r.to for r in last.words if r.to] == [f"p{asked[0]}", f"p{asked[-1]}"]
    purpose = next(b for b in made.blocks if isinstance(b, Frame) and b.kind == "purpose")
    said = purpose.blocks[-1]
    assert isinstance(said, Paragraph)
    assert f"The draft decision stands in paragraph {number}" in plain(said.words)


def test_every_reference_leads_to_a_block_of_the_paper() -> None:
    made = paper(office.draft(office.ports("Part I"), office.schools("Part II")))
    anchors = {getattr(b, "anchor", None) for b in made.walk()}
    runs = [r for b in made.walk() for r in getattr(b, "words", ())]
    assert {r.to for r in runs if r.to} <= anchors
    asked = [n.rstrip(".") for n, w in paragraphs(made) if w.startswith(("Draw up", "Hand over", "They are set out"))]
    assert f"(paragraphs {asked[0]}–{asked[1]} and {asked[2]})" in paragraphs(made)[-1][1]


def test_a_house_names_its_governing_body_and_its_head() -> None:
    house = House(texts={"governing_body": "Council", "head": "Secretary-General", "purpose": "For the Council."})
    made = paper(office.draft(office.ports()), house)
    assert paragraphs(made)[-1][1].startswith("The Council requested the Secretary-General to")
    assert Paragraph((Run("For the Council."),)) in made.walk()
    assert Paragraph((Run("Council"),), style="front") in made.blocks


def test_a_house_may_call_its_response_otherwise() -> None:
    record = office.draft(office.ports())
    house = House(words={"en": {"headings.response": "Response of the Secretariat"}})
    assert differ(record, paper(record, house)) == []


PARAGRAPHS = (
    "This paper tells the Council of an evaluation of small ports that was carried out last year.",
    "Interviews were held by radio where storms had closed the ferry lines to the islands.",
    "Safe landing remains a sound field of work for the whole Organization.",
    "What is built does not last, for nobody is charged with its upkeep.",
    "Lesson learned 1. A committee with money of its own outlives its project.",
    "Draw up one plan for all work on ports. It should:",
    "Hand over works only with a signed agreement on upkeep.",
    "The Office thanks the evaluators for their work.",
    "The Office accepts this recommendation.",
    "Models of such agreements differ from place to place.",
    "The Council takes note of the recommendations (paragraphs 6–7) and asks for a report in two years.",
)


def numbered(**fields: Any) -> Any:
    """A record of a paper that numbers its paragraphs, without its passages."""
    numbers = tuple(office.Paragraph(number=str(n), text=t) for n, t in enumerate(PARAGRAPHS, 1))
    decision = office.Decision.model_validate({"paragraph": "11", "text": PARAGRAPHS[-1], "refers": [{"from": "6", "to": "7"}]})
    return office.draft(office.ports(), paragraphs=numbers, decisions=(decision,), **fields)


def test_numbers_are_those_of_the_record_where_it_has_them() -> None:
    record = numbered()
    made = paper(record)
    assert paragraphs(made) == [(f"{n}.", t) for n, t in enumerate(PARAGRAPHS, 1)]
    assert differ(record, made) == []


def test_paragraphs_without_a_statement_are_printed_where_their_number_comes() -> None:
    made = paper(numbered())
    at = [plain(b.words) for b in made.walk() if isinstance(b, Heading | Paragraph)]
    assert at.index("Introduction") < at.index(PARAGRAPHS[0]) < at.index(PARAGRAPHS[1]) < at.index("Findings")


def test_the_ranges_of_a_decision_of_the_record_become_references() -> None:
    last = paper(numbered()).blocks[-1]
    assert isinstance(last, Paragraph)
    assert plain(last.words) == PARAGRAPHS[-1]
    assert [(r.text, r.to) for r in last.words if r.to] == [("6", "p6"), ("7", "p7")]


def test_a_footnote_is_called_at_the_paragraph_that_shares_its_words() -> None:
    notes = (office.Footnote(number="1", text="Fourteen months on average; the delay is counted from the contract."),)
    made = paper(office.draft(office.ports(), footnotes=notes))
    called = [plain(b.words) for b in made.walk() if isinstance(b, Paragraph | Item) and any(r.note == 0 for r in b.words)]
    assert len(called) == 1
    assert called[0].startswith("Key finding 3: Works were handed over")


def test_an_action_table_stands_under_each_recommendation_and_each_answer() -> None:
    tables = [b for b in paper(office.draft(office.ports())).blocks if isinstance(b, Table) and b.style == "action"]
    heads = [[plain(p) for c in t.cells if c.row == 0 for p in c.paragraphs] for t in tables]
    assert heads == [
        ["Responsible unit", "Priority", "Time implication", "Resource implication"],
        ["Responsible unit", "Priority", "Time implication", "Resource implication"],
        ["Position", "Accepted"],
        ["Position", "Partially accepted"],
        ["Action", "Responsible unit", "Due date", "Status"],
    ]


def test_a_recommendation_without_a_number_keeps_its_answer_beside_it() -> None:
    part = office.ports().model_copy(update={"ratings": (), "overall_responses": ()})
    asked = office.recommendation(1, "Build a house for the harbour master on every island.", number=None, label=None)
    said = office.answer(1, "The Office accepts this recommendation.", label=None)
    record = office.draft(part.model_copy(update={"statements": (part.statements[0], asked, said)}))
    assert differ(record, paper(record)) == []


@pytest.mark.parametrize("label", [None, "Actionable finding #1"])
def test_a_statement_that_no_known_label_tells_stands_in_a_table(label: str | None) -> None:
    part = office.ports().model_copy(update={"ratings": (), "overall_responses": ()})
    said = office.stating("finding", "f1", "Crews were paid late.\nThey went on all the same.", number="1", label=label)
    made = paper(office.draft(part.model_copy(update={"statements": (said,)})))
    table = next(b for b in made.blocks if isinstance(b, Table))
    assert [plain(p) for c in table.cells for p in c.paragraphs][-1] == "They went on all the same."
    back = composed.read_back(made).evaluations[0].statements
    assert [(s.kind, s.number) for s in back] == [("finding", "1")]


def test_a_record_that_says_nothing_is_refused_in_one_line() -> None:
    with pytest.raises(Unwritable, match="holds no statement") as caught:
        paper(office.draft(office.ports().model_copy(update={"statements": (), "ratings": (), "overall_responses": ()})))
    assert "\n" not in str(caught.value)


def test_the_same_record_gives_the_same_paper() -> None:
    record = office.draft(office.ports("Part I"), office.schools("Part II"))
    assert paper(record) == paper(record)


def test_a_paper_in_a_language_without_words_of_its_own_runs_the_way_of_the_record() -> None:
    record = office.draft(office.ports())
    made = paper(record.model_copy(update={"document": record.document.model_copy(update={"language": "ar"})}))
    assert (made.language, made.direction) == ("ar", "rtl")
