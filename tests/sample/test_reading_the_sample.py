"""The sample paper, read from each of its four formats, holds what its source says."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from evaltrail import sample
from evaltrail.read import read

if TYPE_CHECKING:
    from evaltrail.record import Evaluation, Record

EXPECTED: dict[str, Any] = json.loads((Path(__file__).parent / "expected.json").read_text(encoding="utf-8"))
PARTS = range(3)


@cache
def reading(suffix: str) -> Record:
    return read(sample.path(suffix))


@pytest.fixture(params=sample.FORMATS)
def suffix(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def record(suffix: str) -> Record:
    return reading(suffix)


@pytest.fixture(params=PARTS, ids=["part I", "part II", "part III"])
def part(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def evaluation(record: Record, part: int) -> Evaluation:
    assert len(record.evaluations) == 3
    return record.evaluations[part]


@pytest.fixture
def expected(part: int) -> dict[str, Any]:
    found: dict[str, Any] = EXPECTED["evaluations"][part]
    return found


def test_the_front_page_names_the_document(record: Record, compare: Any) -> None:
    wanted = EXPECTED["document"]
    assert compare.fold(record.document.title) == compare.fold(wanted["title"])
    assert record.document.symbol == wanted["symbol"]
    assert record.document.language == wanted["language"]


def test_every_numbered_paragraph_is_found_once_and_in_order(record: Record, compare: Any) -> None:
    assert [p.number for p in record.paragraphs] == list(EXPECTED["paragraphs"])
    for p in record.paragraphs:
        assert compare.fold(p.text).startswith(compare.fold(EXPECTED["paragraphs"][p.number]))


def test_every_footnote_has_its_words_and_its_mark(record: Record, compare: Any) -> None:
    assert {f.number: compare.fold(f.text) for f in record.footnotes} == {n: compare.fold(t) for n, t in EXPECTED["footnotes"].items()}
    assert [f.number for f in record.footnotes if not f.marks] == []


def test_each_evaluation_has_its_title_and_period(evaluation: Evaluation, expected: dict[str, Any], compare: Any) -> None:
    assert evaluation.label == expected["label"]
    assert compare.fold(expected["title"]) in compare.fold(evaluation.title)
    assert [evaluation.period.from_, evaluation.period.to] == expected["period"]


def test_every_finding_stands_under_its_criterion(evaluation: Evaluation, expected: dict[str, Any], compare: Any) -> None:
    found = [(f.number, compare.fold(f.text), set(f.criteria)) for f in compare.of_kind(evaluation, "finding")]
    assert found == [(f["number"], compare.fold(f["text"]), set(f["criteria"])) for f in expected["findings"]]


@pytest.mark.parametrize("kind", ["conclusion", "lesson", "good_practice"])
def test_every_conclusion_lesson_and_good_practice_is_found(
    evaluation: Evaluation, expected: dict[str, Any], kind: str, compare: Any
) -> None:
    found = [compare.fold(s.text) for s in compare.of_kind(evaluation, kind)]
    assert found == [compare.fold(s["text"]) for s in expected[f"{kind}s"]]


def test_every_recommendation_begins_with_its_own_words(evaluation: Evaluation, expected: dict[str, Any], compare: Any) -> None:
    found = compare.of_kind(evaluation, "recommendation")
    assert [r.number for r in found] == [r["number"] for r in expected["recommendations"]]
    for r, wanted in zip(found, expected["recommendations"], strict=True):
        assert compare.fold(r.text).startswith(compare.fold(wanted["text"]))


def test_every_action_table_is_read_cell_by_cell(evaluation: Evaluation, expected: dict[str, Any], compare: Any) -> None:
    for r, wanted in zip(compare.of_kind(evaluation, "recommendation"), expected["recommendations"], strict=True):
        printed = {key: compare.fold(getattr(r.as_printed, key)) for key in wanted["printed"]}
        assert printed == {key: compare.fold(words) for key, words in wanted["printed"].items()}
        assert compare.units_match(r.responsible, wanted["units"]), r.responsible
        assert (r.priority, r.time, r.resources) == (wanted["priority"], wanted["time"], wanted["resources"])


def test_lettered_points_are_parts_of_their_recommendation(evaluation: Evaluation, expected: dict[str, Any], compare: Any) -> None:
    for r, wanted in zip(compare.of_kind(evaluation, "recommendation"), expected["recommendations"], strict=True):
        subs = [(s.number, compare.fold(s.text)) for s in evaluation.statements if s.parent == r.id and s.number]
        assert [(re.sub(r"[().]", "", n).removeprefix(wanted["number"]), t) for n, t in subs] == [
            (s["number"], compare.fold(s["text"])) for s in wanted["subs"]
        ]


def test_every_answer_finds_its_recommendation_and_verdict(evaluation: Evaluation, expected: dict[str, Any], compare: Any) -> None:
    number = {r.id: r.number for r in compare.of_kind(evaluation, "recommendation")}
    answers = [s for s in compare.of_kind(evaluation, "response") if s.answers]
    found = [([number[a.id] for a in s.answers if a.record is None], s.verdict) for s in answers]
    assert found == [([w["recommendation"]], w["verdict"]) for w in expected["responses"]]
    for s, wanted in zip(answers, expected["responses"], strict=True):
        assert compare.fold(s.text).startswith(compare.fold(wanted["text"]))
    assert len(compare.of_kind(evaluation, "response")) <= len(expected["responses"]) + len(expected["overall_response"])


def test_ratings_come_from_the_bars_and_from_the_table(suffix: str, evaluation: Evaluation, expected: dict[str, Any], compare: Any) -> None:
    found = {(compare.fold(r.criterion_as_printed or r.criterion).casefold(), r.value) for r in evaluation.ratings}
    if suffix == "txt" and not expected["ratings_in_words"]:
        assert found == set()  # plain text has lost the bars, and nothing else says the rating
    else:
        assert found == {(compare.fold(c).casefold(), float(v)) for c, v in expected["ratings"]}


def test_the_draft_decision_names_the_paragraphs_of_the_recommendations(record: Record, compare: Any) -> None:
    wanted = EXPECTED["decision"]
    (decision,) = record.decisions
    assert decision.paragraph == wanted["paragraph"]
    assert compare.fold(decision.text) == compare.fold(wanted["text"])
    assert [[r.from_, r.to] for r in decision.refers] == wanted["refers"]


def test_every_number_of_evidence_is_in_the_ledger(record: Record, compare: Any) -> None:
    ledger = [(q.paragraph, q.value, compare.fold(f"{q.unit} {q.of}").casefold()) for q in record.quantities]
    lost = []
    for where, value, unit in EXPECTED["quantities"]:
        # A finding in a box stands in no numbered paragraph; there the value and its unit have to be found anywhere.
        places = (where,) if where.isdecimal() or where.startswith("fn") else None
        hits = [q for q in ledger if q[1] == value and (places is None or q[0] in places) and unit.casefold().rstrip("s") in q[2]]
        if not hits:
            lost.append((where, value, unit))
    assert lost == []


def test_every_statement_stands_where_its_places_say(record: Record, compare: Any) -> None:
    for evaluation in record.evaluations:
        for s in evaluation.statements:
            start = compare.fold(s.text)[:40].rpartition(" ")[0]
            assert s.places, s.id
            assert start in compare.under(record, s).replace("- ", ""), s.id


def test_contents_headers_and_footers_make_no_statement(record: Record) -> None:
    words = " ".join(s.text for e in record.evaluations for s in e.statements)
    assert "58th Session" not in words
    assert "MSO/C.58/PRG/4" not in words
    assert ". . ." not in words
