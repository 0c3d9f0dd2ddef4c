"""The response matrix sets each answer beside its recommendation, whether one record holds both or two do."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

from evaltrail.record import discrepancies
from evaltrail.write import Unwritable
from evaltrail.write.model import Heading, Paper, Table, plain
from evaltrail.write.order import Order
from evaltrail.write.papers import compose, fitting


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


def matrix(record: Any, companion: Any = None) -> Paper:
    """The response matrix of a record, or of two."""
    return compose(Order(record, "response-matrix", companion=companion))


def rows(made: Paper) -> list[list[str]]:
    """Words of the rows of all tables."""
    return [
        [" / ".join(plain(p) for p in c.paragraphs) for c in t.cells if c.row == n]
        for t in made.walk()
        if isinstance(t, Table)
        for n in range(t.rows)
    ]


def only(kind: str) -> Any:
    """The evaluation of ports with its statements of one kind."""
    part = office.ports()
    return part.model_copy(update={"statements": tuple(s for s in part.statements if s.kind == kind), "ratings": ()})


def test_each_recommendation_has_its_response_position_and_actions_under_it() -> None:
    assert rows(matrix(office.draft(office.ports()))) == [
        ["Responsible unit", "Priority", "Time implication", "Resource implication"],
        ["PORTS, FINANCE", "High", "Short-term", "Low"],
        ["Management response", "Position"],
        ["The Office accepts this recommendation.", "Accepted"],
        ["Responsible unit", "Priority", "Time implication", "Resource implication"],
        ["PORTS, FINANCE", "High", "Short-term", "Low"],
        ["Management response", "Position"],
        ["Models of such agreements differ from place to place.", "Partially accepted"],
        ["Action", "Responsible unit", "Due date", "Status"],
        ["2.1 Draft a model agreement", "LEGAL", "May 2026", "Initiated"],
        ["2.2 Publish it in three languages", "PUBL", "December 2026", "–"],
    ]


def test_a_matrix_reads_back_as_what_was_recommended_and_answered() -> None:
    part = office.ports()
    asked = [s for s in part.statements if s.kind == "recommendation"]
    # A matrix prints no label over an answer.
    said = [s.model_copy(update={"label": None}) for s in part.statements if s.kind == "response"]
    record = office.draft(part.model_copy(update={"statements": (*asked, *said), "ratings": ()}))
    assert discrepancies(record, composed.read_back(matrix(record))) == []


def test_the_answer_to_the_whole_stands_before_the_recommendations() -> None:
    made = [plain(b.words) for b in matrix(office.draft(office.ports())).walk() if isinstance(b, Heading)]
    assert made.index("Overall response") < made.index("Recommendations and management response")


def test_a_recommendation_without_an_answer_shows_that_it_has_none() -> None:
    assert rows(matrix(office.draft(only("recommendation"))))[-1] == ["Management response", "–"]


@pytest.mark.parametrize("swapped", [False, True])
def test_recommendations_of_one_record_meet_the_answers_of_another(swapped: bool) -> None:  # noqa: FBT001  # a case of the test
    asking = office.draft(only("recommendation"))
    answering = office.draft(only("response"))
    made = matrix(answering, asking) if swapped else matrix(asking, answering)
    assert [r for r in rows(made) if r[-1] in ("Accepted", "Partially accepted")] == [
        ["The Office accepts this recommendation.", "Accepted"],
        ["Models of such agreements differ from place to place.", "Partially accepted"],
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {"answers": (office.Answer(record="abc", id="I.r2"),), "label": None},
        {"answers": (), "label": "Management response to recommendation 2"},
    ],
)
def test_an_answer_in_another_record_finds_its_recommendation_by_number(fields: dict[str, Any]) -> None:
    answering = office.draft(only("response").model_copy(update={"statements": (office.answer(2, "It will be done in May.", **fields),)}))
    made = matrix(office.draft(only("recommendation")), answering)
    at = [plain(b.words) for b in made.walk() if isinstance(b, Heading)].index("Recommendation 2")
    assert at
    assert rows(made)[-1] == ["It will be done in May.", "Accepted"]


def test_an_answer_that_finds_no_recommendation_is_printed_by_itself() -> None:
    answering = office.draft(only("response").model_copy(update={"statements": (office.answer(9, "There is no such thing.", label=None),)}))
    assert ["There is no such thing.", "Accepted"] in rows(matrix(office.draft(only("recommendation")), answering))


def test_a_record_of_answers_alone_is_a_matrix_unless_another_kind_is_named() -> None:
    assert fitting(office.draft(only("response"))) == "response-matrix"


def test_a_record_without_either_is_refused() -> None:
    with pytest.raises(Unwritable, match="no recommendation and no response"):
        matrix(office.draft(only("finding")))
