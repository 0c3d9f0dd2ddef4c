"""The record as data: frozen, complete about its faults, generous to fields that it does not know."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import evaltrail.record as public
from evaltrail.record import (
    SCHEMA,
    Answer,
    AsPrinted,
    Evaluation,
    Link,
    Observation,
    ParagraphRange,
    Period,
    Place,
    Quantity,
    Rating,
    Recommendation,
    Record,
    Response,
    json_schema,
)

FULL = Record(
    evaluations=(
        Evaluation(
            id="1",
            title="Ferries",
            period=Period.model_validate({"from": 2014, "to": 2019}),
            statements=(
                Observation(
                    id="1.f1",
                    kind="finding",
                    number="1",
                    text="Ferries run late.",
                    criteria=("efficiency",),
                    places=(Place(page=1, start=0, end=17),),
                ),
                Recommendation(
                    id="1.r1", text="Repair the pier.", responsible=("Ports",), priority="high", as_printed=AsPrinted(priority="High")
                ),
                Response(id="1.a1", text="Accepted.", answers=(Answer(id="1.r1"), Answer(record="other", id="r9")), verdict="accepted"),
            ),
            ratings=(Rating(criterion="efficiency", value=4, scale="1-6"),),
            links=(Link.model_validate({"from": "1.a1", "to": "1.r1", "kind": "answers", "basis": "stated"}),),
        ),
    ),
    quantities=(Quantity(value=43, unit="percent", text="43 per cent"),),
)


def test_a_record_comes_back_from_json_as_it_was() -> None:
    assert Record.from_json(FULL.to_json()) == FULL
    assert Record.from_json(FULL.to_json(indent=None).encode()) == FULL


def test_json_has_the_names_of_the_schema() -> None:
    plain = json.loads(FULL.to_json())
    assert plain["schema"] == SCHEMA
    assert plain["evaluations"][0]["period"] == {"from": 2014, "to": 2019}
    assert plain["evaluations"][0]["links"][0]["from"] == "1.a1"
    assert [s["kind"] for s in plain["evaluations"][0]["statements"]] == ["finding", "recommendation", "response"]


def test_a_record_fits_its_published_schema() -> None:
    validator = pytest.importorskip("jsonschema", reason="needs jsonschema").Draft202012Validator
    schema = json_schema()
    validator.check_schema(schema)
    validator(schema).validate(json.loads(FULL.to_json()))


def test_statements_come_back_as_their_kinds() -> None:
    again = Record.from_json(FULL.to_json())
    assert [type(s) for s in again.evaluations[0].statements] == [Observation, Recommendation, Response]


def test_a_record_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        FULL.document.title = "Piers"


def test_fields_that_it_does_not_know_are_kept() -> None:
    plain = json.loads(FULL.to_json())
    plain["house"] = {"key": 7}
    plain["evaluations"][0]["statements"][0]["house"] = "ours"
    again = json.loads(Record.from_json(json.dumps(plain)).to_json())
    assert again["house"] == {"key": 7}
    assert again["evaluations"][0]["statements"][0]["house"] == "ours"


def test_all_faults_of_an_input_are_told_at_once() -> None:
    plain = json.loads(FULL.to_json())
    plain["evaluations"][0]["statements"][2]["verdict"] = "perhaps"
    plain["evaluations"][0]["statements"][0]["places"][0]["page"] = 0
    plain["quantities"][0].pop("text")
    with pytest.raises(ValidationError) as caught:
        Record.from_json(json.dumps(plain))
    assert len(caught.value.errors()) == 3


@pytest.mark.parametrize(
    "model,values",
    [
        (Place, {"page": 0, "start": 0, "end": 1}),
        (Place, {"page": 1, "start": -1, "end": 1}),
        (Link, {"from": "a", "to": "b", "kind": "answers", "basis": "guessed"}),
        (Link, {"from": "a", "to": "b", "kind": "answers", "basis": "proposed", "score": 2}),
        (Observation, {"id": "1", "kind": "recommendation", "text": "Repair the pier."}),
        (Recommendation, {"id": "1"}),
    ],
)
def test_what_cannot_be_is_refused(model, values: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        model.model_validate(values)


def test_an_empty_record_claims_nothing() -> None:
    record = Record()
    assert record.document.state == "read"
    assert record.document.language is None
    assert Recommendation(id="1", text="Repair the pier.").priority is None
    assert Response(id="1", text="Yes.").verdict is None
    assert Rating().value is None
    assert Period().from_ is None


def test_names_or_aliases_are_taken() -> None:
    assert ParagraphRange(from_="26", to="34") == ParagraphRange.model_validate({"from": "26", "to": "34"})


def test_every_public_name_is_there() -> None:
    assert all(hasattr(public, name) for name in public.__all__)


@given(st.text(), st.text(), st.lists(st.tuples(st.integers(1, 9), st.integers(0, 99), st.integers(0, 99))))
def test_any_words_and_places_come_back_from_json(text: str, number: str, places: list[tuple[int, int, int]]) -> None:
    spans = tuple(Place(page=p, start=a, end=b) for p, a, b in places)
    statement = Observation(id="1", kind="lesson", number=number, text=text, places=spans)
    record = Record(evaluations=(Evaluation(id="1", statements=(statement,)),))
    assert Record.from_json(record.to_json()) == record
