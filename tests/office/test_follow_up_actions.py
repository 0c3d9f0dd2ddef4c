"""The page of one action: forms for those whose move it is, words for the others, and nobody's words lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from evaltrail_office.follow_up.actions import work
from evaltrail_office.follow_up.machine import ActionState
from tests.office.follow_up_cast import transmitted

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from evaltrail_office.accounts.models import User
    from evaltrail_office.follow_up.models import Action
    from tests.office.follow_up_cast import Cast

    SignedIn = Callable[[User], Client]

pytestmark = pytest.mark.django_db


def page(client: Client, action: Action) -> str:
    answer = client.get(f"/follow-up/actions/{action.key}/")
    assert answer.status_code == 200
    return answer.content.decode()


def send(client: Client, action: Action, move: str, **given: Any) -> Any:
    action.refresh_from_db()
    given.setdefault("revision", action.revision)
    return client.post(f"/follow-up/actions/{action.key}/", {"move": move, **given})


def test_the_unit_claims_and_the_office_verifies(cast: Cast, signed_in: SignedIn) -> None:
    action = transmitted(cast)
    proof = work.add_proof(cast.line, action, "Attendance of twelve fitters", "https://office.example/attendance")
    assert send(signed_in(cast.line), action, "claim", status="done", words="All twelve.", proofs=[proof.pk]).status_code == 302
    action.refresh_from_db()
    assert action.state == ActionState.CLAIMED
    office = signed_in(cast.head)
    shown = page(office, action)
    assert "All twelve." in shown
    assert 'value="verify"' in shown
    assert send(office, action, "verify", status="done").status_code == 302
    action.refresh_from_db()
    assert (action.state, action.verified_by) == (ActionState.VERIFIED, cast.head.key)


def test_a_claim_without_proof_is_refused_at_its_form_and_keeps_the_words(cast: Cast, signed_in: SignedIn) -> None:
    action = transmitted(cast)
    answer = send(signed_in(cast.line), action, "claim", status="done", words="All of them were trained.")
    assert answer.status_code == 422
    assert "needs proof" in answer.content.decode()
    assert "All of them were trained." in answer.content.decode()


def test_whoever_is_overtaken_is_told_sees_the_present_state_and_keeps_the_words(cast: Cast, signed_in: SignedIn) -> None:
    action = transmitted(cast)
    seen = action.revision
    work.report(cast.chief, action, "Trainers are found.")
    answer = send(signed_in(cast.line), action, "report", words="No trainers yet.", revision=seen)
    assert answer.status_code == 409
    told = answer.content.decode()
    assert cast.chief.name in told
    assert "No trainers yet." in told
    assert "Trainers are found." in told
    assert action.progress.count() == 1


def test_others_read_whose_it_is_and_a_stranger_finds_nothing(cast: Cast, signed_in: SignedIn) -> None:
    action = transmitted(cast)
    shown = page(signed_in(cast.head), action)
    assert "the unit that owes it" in shown
    assert 'value="claim"' not in shown
    assert send(signed_in(cast.head), action, "claim", status="done").status_code == 403
    assert signed_in(cast.stranger).get(f"/follow-up/actions/{action.key}/").status_code == 404
    assert send(signed_in(cast.stranger), action, "report", words="x").status_code == 404
