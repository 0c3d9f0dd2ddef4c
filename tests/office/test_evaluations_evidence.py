"""Findings stand on the paragraphs that the paper sets under them, and on nothing that it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.record import Record
from evaltrail_office.evaluations.evidence import evidence_of

if TYPE_CHECKING:
    from evaltrail_office.evaluations.evidence import Evidence


def first(record: Record) -> Evidence:
    return evidence_of(record, record.evaluations[0])


def ends(evidence: Evidence) -> dict[str, list[tuple[str, bool]]]:
    numbers = {p.id: p.numbers[0] for p in evidence.pieces}
    found: dict[str, list[tuple[str, bool]]] = {}
    for line in evidence.lines:
        found.setdefault(numbers[line.start], []).append((line.end, line.proposed))
    return found


def test_under_a_heading_with_one_finding_the_paper_itself_says_what_it_stands_on(sample: Record) -> None:
    assert ends(first(sample))["11"] == [("I.f8", False)]


def test_under_a_heading_with_several_it_is_only_proposed(sample: Record) -> None:
    assert ends(first(sample))["8"] == [("I.f3", True)]
    assert all(proposed for paragraph in ("8", "9", "12") for _, proposed in ends(first(sample))[paragraph])


def test_a_finding_with_neither_paragraph_nor_number_nor_note_stands_on_nothing(sample: Record) -> None:
    assert first(sample).bare == {"I.f4"}


def test_conclusions_and_recommendations_are_no_evidence(sample: Record) -> None:
    numbers = {int(n) for piece in first(sample).pieces for n in piece.numbers}
    assert numbers <= set(range(6, 14))


def test_numbers_of_a_piece_are_those_of_the_ledger(sample: Record) -> None:
    (piece,) = (p for p in first(sample).pieces if p.numbers == ("11",))
    inside = [q for q in sample.quantities if q.paragraph == "11" and q.unit != "year" and q.places[0].start < piece.places[-1].end]
    assert 0 < piece.quantities <= len(inside)


def test_a_paper_that_sets_nothing_under_its_findings_is_not_said_to_lack_evidence(sample: Record) -> None:
    bare = sample.model_copy(update={"passages": ()})
    assert first(bare).pieces == ()
    assert first(bare).bare == frozenset()


def test_a_record_without_evaluations_statements_or_places_has_none() -> None:
    empty = Record.model_validate({"evaluations": [{"id": "I", "statements": [{"id": "I.f1", "kind": "finding", "text": "It rains."}]}]})
    assert first(empty).lines == ()
