"""A follow-up report prints what units report, never more; its counts say what they are counted from."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

from evaltrail.write import Unwritable
from evaltrail.write.model import Paper, Paragraph, Table, plain
from evaltrail.write.order import Order
from evaltrail.write.papers import compose
from evaltrail.write.wording import languages, wording


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


def follow_up(record: Any, companion: Any = None) -> Paper:
    """The follow-up report of a record, or of two."""
    return compose(Order(record, "follow-up", companion=companion))


def rows(made: Paper) -> list[list[str]]:
    """Words of the rows of all tables."""
    return [
        [" / ".join(plain(p) for p in c.paragraphs) for c in t.cells if c.row == n]
        for t in made.walk()
        if isinstance(t, Table)
        for n in range(t.rows)
    ]


def with_actions(*actions: Any) -> Any:
    """A record in which the second recommendation's answer promises these actions."""
    part = office.ports()
    said = tuple(s.model_copy(update={"actions": actions}) if s.id == "a2" else s for s in part.statements)
    return office.draft(part.model_copy(update={"statements": said}))


def test_counts_have_what_they_are_counted_from_and_their_definition() -> None:
    made = rows(follow_up(office.draft(office.ports())))
    counts = {r[0]: r[1:] for r in made[1:11]}
    assert [counts[k][:2] for k in ("Recommendations", "Answered", "Accepted", "Partially accepted", "Rejected")] == [
        ["2", ""],
        ["2", "2 of 2 (100\u00a0per cent)"],
        ["1", "1 of 2 (50\u00a0per cent)"],
        ["1", "1 of 2 (50\u00a0per cent)"],
        ["0", "0 of 2 (0\u00a0per cent)"],
    ]
    assert counts["Actions with a reported status"][:2] == ["1", "1 of 2 (50\u00a0per cent)"]
    assert counts["Reported as “Initiated”"] == [
        "1",
        "1 of 1 (100\u00a0per cent)",
        "Actions with this status as printed, of all actions with a reported status. The status is a claim of the unit.",
    ]
    assert all(r[3] for r in made[1:9])


def test_a_share_of_nothing_is_no_share() -> None:
    made = rows(follow_up(with_actions()))
    assert ["Actions with a date", "0", "0 of 0"] in [r[:3] for r in made]


def test_statuses_stand_as_printed_and_are_called_reported() -> None:
    made = rows(follow_up(with_actions(office.Action(text="Print it", status="Completed"), office.Action(text="Send it"))))
    at = made.index(["Action", "Responsible unit", "Due date", "Reported status"])
    assert made[at + 1 : at + 3] == [
        ["Print it", "not stated", "not stated", "Completed"],
        ["Send it", "not stated", "not stated", "not stated"],
    ]


@pytest.mark.parametrize("language", languages())
def test_the_paper_says_that_nothing_in_it_is_verified(language: str) -> None:
    record = office.draft(office.ports(), language=language)
    assert wording(language)("sentences.claimed") in [plain(b.words) for b in follow_up(record).walk() if isinstance(b, Paragraph)]


def test_a_reason_for_delay_stands_where_the_record_has_one() -> None:
    late = office.Action.model_validate({"text": "Print it", "status": "Delayed", "reason": "Paper came late."})
    made = rows(follow_up(with_actions(late, office.Action(text="Send it"))))
    at = made.index(["Action", "Responsible unit", "Due date", "Reported status", "Reason given"])
    assert [r[-1] for r in made[at + 1 : at + 3]] == ["Paper came late.", ""]


def test_recommendations_of_one_record_meet_the_actions_of_another() -> None:
    part = office.ports()
    asking = office.draft(part.model_copy(update={"statements": tuple(s for s in part.statements if s.kind == "recommendation")}))
    answering = office.draft(part.model_copy(update={"statements": tuple(s for s in part.statements if s.kind == "response")}))
    assert ["2.1 Draft a model agreement", "LEGAL", "May 2026", "Initiated"] in rows(follow_up(answering, asking))


def test_a_record_without_recommendations_and_actions_is_refused() -> None:
    with pytest.raises(Unwritable, match="whose follow-up could be told"):
        follow_up(office.draft(title="Ferries"))
