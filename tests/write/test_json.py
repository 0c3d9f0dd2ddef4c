"""JSON is the record as ``evaltrail read`` writes it, byte for byte."""

from __future__ import annotations

import json

import pytest

from evaltrail import sample
from evaltrail.read import read
from evaltrail.record import Record
from evaltrail.write import write, written


@pytest.mark.parametrize("form", ["pdf", "html"])
def test_it_is_the_record_with_the_place_of_every_passage(form: str) -> None:
    record = read(sample.path(form))
    data = written(record, "json")
    assert data == record.to_json(indent=None).encode() + b"\n"
    assert Record.from_json(data) == record
    assert all(p["places"] or any(c["places"] for c in p["cells"]) for p in json.loads(data)["passages"])


def test_fields_that_only_the_house_knows_are_kept() -> None:
    data = written(Record.from_json(b'{"schema": "evaltrail.record/1", "house": {"key": [1, 2.5]}}'), "json")
    assert json.loads(data)["house"] == {"key": [1, 2.5]}


def test_a_record_without_a_statement_is_written_too(tmp_path) -> None:
    assert Record.from_json(write(Record(), tmp_path / "empty.json").read_bytes()) == Record()
