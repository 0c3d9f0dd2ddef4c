"""Reports in Spanish, French and Portuguese, written for the project, hold what a careful reader finds in them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from evaltrail.read import read

if TYPE_CHECKING:
    from evaltrail.record import Evaluation, Record

HERE = Path(__file__).parent
REPORTS = {"es": "informe.docx", "fr": "rapport.pdf", "pt": "relatorio.html"}


@cache
def reading(language: str) -> Record:
    return read(HERE / language / REPORTS[language])


@pytest.fixture(params=REPORTS)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def expected(language: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((HERE / language / "expected.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture
def record(language: str) -> Record:
    return reading(language)


@pytest.fixture
def evaluation(record: Record) -> Evaluation:
    (only,) = record.evaluations
    return only


def test_title_language_and_period_are_those_of_the_report(
    record: Record, evaluation: Evaluation, expected: dict[str, Any], compare: Any
) -> None:
    assert compare.fold(record.document.title) == compare.fold(expected["title"])
    assert record.document.language == expected["language"]
    assert [evaluation.period.from_, evaluation.period.to] == expected["period"]


def test_every_finding_stands_under_its_criterion(evaluation: Evaluation, expected: dict[str, Any], compare: Any) -> None:
    found = compare.of_kind(evaluation, "finding")
    assert [(f.number, set(f.criteria)) for f in found] == [(w["number"], set(w["criteria"])) for w in expected["findings"]]
    for f, wanted in zip(found, expected["findings"], strict=True):
        assert compare.fold(f.text).startswith(compare.fold(wanted["text"]))


@pytest.mark.parametrize("kind", ["conclusion", "lesson", "good_practice"])
def test_every_conclusion_and_lesson_is_found_once(evaluation: Evaluation, expected: dict[str, Any], kind: str, compare: Any) -> None:
    found = [(s.number, compare.fold(s.text)) for s in compare.of_kind(evaluation, kind)]
    assert found == [(w["number"], compare.fold(w["text"])) for w in expected[f"{kind}s"]]


def test_every_recommendation_has_its_units_and_fields(evaluation: Evaluation, expected: dict[str, Any], compare: Any) -> None:
    found = compare.of_kind(evaluation, "recommendation")
    assert [r.number for r in found] == [w["number"] for w in expected["recommendations"]]
    for r, wanted in zip(found, expected["recommendations"], strict=True):
        assert compare.fold(r.text).startswith(compare.fold(wanted["text"]))
        assert compare.units_match(r.responsible, wanted["units"]), r.responsible
        assert (r.priority, r.time) == (wanted["priority"], wanted["time"])
        assert r.resources == wanted.get("resources")


def test_every_answer_finds_its_recommendation_and_verdict(evaluation: Evaluation, expected: dict[str, Any], compare: Any) -> None:
    number = {r.id: r.number for r in compare.of_kind(evaluation, "recommendation")}
    found = [(number[s.answers[0].id], s.verdict) for s in compare.of_kind(evaluation, "response") if s.answers]
    assert found == [(w["recommendation"], w["verdict"]) for w in expected["responses"]]


def test_actions_of_a_matrix_keep_unit_date_and_status(evaluation: Evaluation, expected: dict[str, Any], compare: Any) -> None:
    for s, wanted in zip(compare.of_kind(evaluation, "response"), expected["responses"], strict=True):
        if "actions" in wanted:
            assert [{"unit": a.unit, "due": a.due, "status": a.status} for a in s.actions] == wanted["actions"]


def test_ratings_come_with_their_scale(evaluation: Evaluation, expected: dict[str, Any], compare: Any) -> None:
    found = {(compare.fold(r.criterion_as_printed or r.criterion).casefold(), r.value) for r in evaluation.ratings}
    assert found == {(c.casefold(), float(v)) for c, v, _ in expected["ratings"]}
    for r in evaluation.ratings:
        low, high = expected["scale"]
        assert r.scale.startswith(f"{low}-{high}")


def test_every_number_of_evidence_is_in_the_ledger(record: Record, expected: dict[str, Any], compare: Any) -> None:
    ledger = [(q.value, compare.fold(f"{q.unit} {q.of}").casefold()) for q in record.quantities]
    lost = [(v, u) for v, u in expected["quantities"] if not any(q[0] == v and u.casefold()[:6] in q[1] for q in ledger)]
    assert lost == []
