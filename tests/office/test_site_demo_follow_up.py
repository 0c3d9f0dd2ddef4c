"""The demo shows follow-up in every state, made by the verbs that people use, once, and quickly."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from evaltrail_office.accounts.models import Grant, User
from evaltrail_office.accounts.policy import Role
from evaltrail_office.follow_up.machine import ActionState, ConcernState, ResponseState
from evaltrail_office.follow_up.models import Action, BodyDecision, Concern, Response
from evaltrail_office.journal.models import Entry
from evaltrail_office.site import demo, demo_follow_up

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db
SECONDS = 3


@pytest.fixture
def people(document: Callable[..., Any]) -> dict[Role | None, User]:
    """The demo's people, and the sample's three evaluations."""
    made = {role: User.objects.create_user(f"{n}@tarsa.example", name=name) for n, (name, role, _words) in enumerate(demo.PEOPLE)}
    Grant.objects.create(user=made[Role.HEAD], role=Role.HEAD, given_by="system:demo")
    document()
    demo._confirm(made[Role.HEAD], made)
    return made


def test_it_has_answers_and_actions_in_every_state_with_concerns_and_a_decision(people: dict[Role | None, User]) -> None:
    began = time.process_time()
    demo_follow_up.show(people[Role.HEAD], people)
    assert time.process_time() - began < SECONDS
    assert {a.state for a in Action.objects.all()} == set(ActionState)
    assert set(Response.objects.values_list("verdict", flat=True)) >= {"accepted", "partially_accepted", "rejected", "noted"}
    states = {ResponseState.ASKED, ResponseState.DRAFTED, ResponseState.SUBMITTED, ResponseState.ISSUED}
    assert set(Response.objects.values_list("state", flat=True)) == states
    late = Action.objects.filter(state=ActionState.UNDER_WAY)
    assert {bool(a.delay) for a in late} == {True, False}
    assert any(a.first_due != a.due for a in Action.objects.all())
    assert set(Concern.objects.values_list("state", flat=True)) == {ConcernState.RAISED, ConcernState.RESOLVED}
    assert BodyDecision.objects.get().amended


def test_it_is_made_once(people: dict[Role | None, User]) -> None:
    demo_follow_up.show(people[Role.HEAD], people)
    before = Entry.objects.count()
    demo_follow_up.show(people[Role.HEAD], people)
    assert Entry.objects.count() == before


def test_a_paper_that_is_not_the_sample_gets_no_follow_up(person: Callable[..., User], evaluation: Callable[..., Any]) -> None:
    evaluation("Another")
    demo_follow_up.show(person("head"), {})
    assert not Action.objects.exists()
