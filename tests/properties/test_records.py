"""What is true of every record, whatever it was read from."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaltrail import sample
from evaltrail.read import read
from evaltrail.record import Record

if TYPE_CHECKING:
    from pathlib import Path

Records = dict[str, "tuple[Path, Record]"]

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


def repeated_ids(record: Record) -> list[str]:
    """Ids that stand for more than one thing."""
    ids = [e.id for e in record.evaluations] + [s.id for e in record.evaluations for s in e.statements]
    return [i for i, n in Counter(ids).items() if n > 1]


def loose_ends(record: Record) -> list[str]:
    """Links, answers and parents that lead to nothing, or to a thing of another kind."""
    out = []
    for e in record.evaluations:
        kinds = {s.id: s.kind for s in e.statements}
        for s in e.statements:
            if s.parent is not None and (kinds.get(s.parent) != s.kind or s.parent == s.id):
                out.append(f"parent of {s.id}")
            answers = [a.id for a in getattr(s, "answers", ()) if a.record is None]
            out += [f"{s.id} answers {a}" for a in answers if kinds.get(a) != "recommendation"]
        out += [f"link {k.from_} to {k.to}" for k in e.links if not {k.from_, k.to} <= kinds.keys() or k.from_ == k.to]
    return out


def empty_words(record: Record) -> list[str]:
    """Statements without words, and words with white space around them."""
    return [s.id for e in record.evaluations for s in e.statements if not s.text or s.text != s.text.strip()]


def assert_sound(record: Record) -> None:
    assert repeated_ids(record) == []
    assert loose_ends(record) == []
    assert empty_words(record) == []
    assert [p.number for p in record.pages] == list(range(1, len(record.pages) + 1))
    assert Record.from_json(record.to_json()) == record


@pytest.mark.parametrize("suffix", sample.FORMATS)
def test_the_record_of_the_sample_paper_is_sound(sampled: Records, suffix: str) -> None:
    assert_sound(sampled[suffix][1])


def test_the_record_of_a_real_paper_is_sound(labelled: Records, paper: str) -> None:
    assert_sound(labelled[paper][1])


@pytest.mark.parametrize("suffix", sample.FORMATS)
def test_the_same_bytes_give_the_same_record(sampled: Records, suffix: str) -> None:
    file, record = sampled[suffix]
    assert read(file.read_bytes()).to_json() == record.to_json()


def test_a_real_paper_gives_the_same_record_in_another_process(labelled: Records) -> None:
    # The records at hand were made by worker processes; hashes of words differ from process to process.
    for file, record in sorted(labelled.values(), key=lambda pair: pair[0].stat().st_size)[:5]:
        assert read(file).to_json() == record.to_json()


# Each example is a whole paper.
@settings(max_examples=settings().max_examples // 4)
@given(data=st.data())
def test_fields_that_nobody_knows_are_kept_wherever_they_stand(sampled: Records, data: st.DataObject) -> None:
    payload = json.loads(sampled["txt"][1].to_json())
    spot: Any = payload
    while isinstance(spot, dict | list) and spot:
        inner = [v for v in (spot.values() if isinstance(spot, dict) else spot) if isinstance(v, dict) or (isinstance(v, list) and v)]
        inner = [v for v in inner if isinstance(v, dict) or isinstance(v[0], dict)]
        if not inner or (isinstance(spot, dict) and data.draw(st.booleans())):
            break
        spot = data.draw(st.sampled_from(inner))
    spot = spot if isinstance(spot, dict) else payload
    # What an origin belongs to is named by its key, so there a new key is an origin.
    if {"how"} <= {k for v in spot.values() if isinstance(v, dict) for k in v}:
        return
    spot["house:note"] = data.draw(JSON)
    assert json.loads(Record.from_json(json.dumps(payload)).to_json()) == payload
