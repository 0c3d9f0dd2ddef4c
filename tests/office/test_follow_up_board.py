"""A unit's board: groups, figures that open their lists, dates on one line, and the two keys."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from evaltrail_office.follow_up.actions import work
from tests.office.follow_up_cast import transmitted

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from evaltrail_office.accounts.models import User
    from evaltrail_office.follow_up.models import Action
    from tests.office.follow_up_cast import Cast

    SignedIn = Callable[[User], Client]

pytestmark = pytest.mark.django_db


def due_in(action: Action, days: int) -> Action:
    """The action, promised for a day from today."""
    action.first_due = action.due = timezone.localdate() + timedelta(days=days)
    action.save(update_fields=["first_due", "due"])
    return action


def board(client: Client, cast: Cast, query: str = "") -> str:
    answer = client.get(f"/follow-up/units/{cast.ports.key}/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_late_action_stands_first_with_its_days_and_asks_for_a_reason(cast: Cast, signed_in: SignedIn) -> None:
    due_in(transmitted(cast), -29)
    page = board(signed_in(cast.line), cast)
    assert "Late, 29 days" in page
    assert "No reason given." in page
    assert "Give one" in page
    assert 'class="over"' in page


def test_a_claim_is_shown_with_one_key_and_then_with_two(cast: Cast, signed_in: SignedIn) -> None:
    action = due_in(transmitted(cast), 30)
    work.add_proof(cast.line, action, "Attendance of twelve fitters", "https://office.example/attendance")
    work.claim(cast.line, action, "done")
    page = board(signed_in(cast.line), cast)
    assert "Claimed, waits for the second key" in page
    assert page.count('<li class="turned">') == 1
    assert "Office of Evaluation has not verified it" in page
    assert "Attendance of twelve fitters" in page
    work.verify(cast.head, action)
    page = board(signed_in(cast.line), cast)
    assert page.count('<li class="turned">') == 2
    assert f", {cast.head.name}" in page


def test_a_colleague_sees_what_is_issued_to_them_and_a_stranger_nothing(cast: Cast, signed_in: SignedIn, person: Callable) -> None:
    due_in(transmitted(cast), 30)
    assert "Train twelve fitters" in board(signed_in(cast.head), cast)
    assert "Train twelve fitters" in board(signed_in(cast.above), cast)
    for who in (cast.stranger, person("reader")):
        assert signed_in(who).get(f"/follow-up/units/{cast.ports.key}/").status_code == 404
    cast.evaluation.stage = "released"
    cast.evaluation.save()
    assert "Train twelve fitters" in board(signed_in(person("reader")), cast)
