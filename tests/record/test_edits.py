"""An edit changes one value where the old one stands, and nothing where it does not."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from evaltrail.record import Conflict, Edit, Evaluation, Recommendation, Record, edited


@pytest.fixture
def record():
    one = Recommendation(id="1.r1", text="Publish the results.", time="long-term", responsible=("ENTERPRISES",))
    return Record(evaluations=(Evaluation(id="1", statements=(one,)),))


def test_an_edit_makes_a_new_record_and_leaves_the_old_one(record):
    made = edited(record, [Edit(pointer="/evaluations/0/statements/0/time", old="long-term", new="short-term")])
    assert made.evaluations[0].statements[0].time == "short-term"
    assert record.evaluations[0].statements[0].time == "long-term"


def test_edits_are_made_in_order(record):
    steps = [("long-term", "short-term"), ("short-term", None)]
    made = edited(record, [Edit(pointer="/evaluations/0/statements/0/time", old=a, new=b) for a, b in steps])
    assert made.evaluations[0].statements[0].time is None


def test_an_item_of_a_list_can_be_replaced(record):
    made = edited(record, [Edit(pointer="/evaluations/0/statements/0/responsible/0", old="ENTERPRISES", new="ACTRAV")])
    assert made.evaluations[0].statements[0].responsible == ("ACTRAV",)


@pytest.mark.parametrize(
    "pointer",
    ["", "/", "/nothing", "/evaluations/9/id", "/evaluations/x/id", "/evaluations/0/statements/0/time/deeper", "/pages/0"],
)
def test_a_place_that_is_not_there_is_named(record, pointer):
    with pytest.raises(Conflict, match="is not in the record"):
        edited(record, [Edit(pointer=pointer, old=None, new="x")])


def test_another_old_value_is_a_conflict_that_names_both(record):
    with pytest.raises(Conflict, match="'long-term' and not 'medium-term'"):
        edited(record, [Edit(pointer="/evaluations/0/statements/0/time", old="medium-term", new="short-term")])


def test_a_value_that_the_record_does_not_allow_is_refused(record):
    with pytest.raises(ValidationError):
        edited(record, [Edit(pointer="/evaluations/0/statements/0/kind", old="recommendation", new="wish")])
