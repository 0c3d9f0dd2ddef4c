"""The governing-body paper, as plain text that came out of a PDF, is read whole: every part that its labels have."""

from __future__ import annotations

import json
from typing import Any

import pytest

accuracy = pytest.importorskip("accuracy", reason="needs the tools folder of the repository")

LABELLED_WRONG = {
    # The action table of Part III, recommendation 7, names three units; the label adds a fourth, which stands in the tables above it.
    "responsible units": {"III.7"},
    # The action table of Part II, recommendation 6, says "Low"; the label says moderate.
    "resources": {"II.6"},
}

PARTS = (
    "paragraphs",
    "footnotes",
    "evaluations and their periods",
    "key findings",
    "criteria of findings",
    "recommendations",
    "responsible units",
    "priority",
    "time",
    "resources",
    "responses with their recommendation",
    "verdicts",
    "paragraph ranges of the decision",
    "quantities",
    "conclusions, lessons and good practices",
)


@pytest.fixture(scope="module")
def record(labelled_records: dict[str, Any]) -> dict[str, Any]:
    _, found = labelled_records[accuracy.PAPER]
    assert found is not None
    data: dict[str, Any] = json.loads(found)
    return data


@pytest.fixture(scope="module")
def parts(labelled_records: dict[str, Any], record: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = accuracy.score_paper(labelled_records[accuracy.PAPER][0].labels, record)
    return found


def statement(record: dict[str, Any], part: int, kind: str, number: str) -> dict[str, Any]:
    (found,) = (s for s in record["evaluations"][part - 1]["statements"] if (s["kind"], s["number"], s["parent"]) == (kind, number, None))
    return dict(found)


def test_every_part_is_named_here(parts: dict[str, Any]) -> None:
    assert tuple(parts) == PARTS


@pytest.mark.parametrize("name", PARTS)
def test_everything_that_is_labelled_is_read_and_nothing_more(parts: dict[str, Any], name: str) -> None:
    assert set(parts[name].wrong) - LABELLED_WRONG.get(name, set()) == set()
    assert parts[name].surplus == 0
    assert parts[name].of


def test_where_a_label_is_wrong_the_paper_is_followed(record: dict[str, Any]) -> None:
    low = statement(record, 2, "recommendation", "6")
    assert (low["resources"], low["as_printed"]["resources"]) == ("low", "Low")
    three = statement(record, 3, "recommendation", "7")
    assert len(three["responsible"]) == 3
    assert "office" not in " ".join(three["responsible"][1:])


def test_a_time_in_the_column_of_resources_is_kept_as_printed_and_not_taken_for_resources(record: dict[str, Any]) -> None:
    misplaced = statement(record, 3, "recommendation", "3")
    assert misplaced["as_printed"]["resources"] == "Medium-term"
    assert misplaced["resources"] is None


def test_the_answer_to_a_whole_evaluation_is_no_answer_to_one_recommendation(record: dict[str, Any]) -> None:
    # One answer an evaluation, of three, one and two paragraphs.
    assert [[o["text"].count("\n") + 1 for o in e["overall_responses"]] for e in record["evaluations"]] == [[3], [1], [2]]
    assert all(s["answers"] for e in record["evaluations"] for s in e["statements"] if s["kind"] == "response")


def test_every_footnote_has_the_mark_that_calls_it(record: dict[str, Any]) -> None:
    assert [f["number"] for f in record["footnotes"] if not f["marks"]] == []
