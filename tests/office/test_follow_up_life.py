"""The life of a recommendation: asked, answered, cleared, transmitted, done, claimed, sent back, verified, retired."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from evaltrail_office.accounts.access import forget_scope, visible
from evaltrail_office.accounts.models import User
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.follow_up.actions import answers, opening, work
from evaltrail_office.follow_up.actions.answers import Drafted, Promise
from evaltrail_office.follow_up.machine import ActionState, ResponseState, TrackState
from evaltrail_office.follow_up.models import Action, Response, Track
from evaltrail_office.follow_up.moving import Overtaken, WrongState
from evaltrail_office.journal.models import Entry
from tests.office.follow_up_cast import ISSUED, answered, transmitted, unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from evaltrail_office.accounts.models import User
    from tests.office.follow_up_cast import Cast

    Person = Callable[..., User]

pytestmark = pytest.mark.django_db


def test_a_recommendation_goes_from_asked_to_verified_and_is_retired(cast: Cast) -> None:
    action = transmitted(cast)
    assert action.state == ActionState.OPEN
    work.report(cast.line, action, "Trainers are found.", "under_way")
    proof = work.add_proof(cast.line, action, "Attendance of twelve fitters", "https://office.example/attendance")
    work.claim(cast.line, action, "done", "All twelve are trained.", [proof])
    action.refresh_from_db()
    assert (action.state, action.closed) == (ActionState.CLAIMED, None)
    work.send_back(cast.head, action, "The list names ten.")
    work.claim(cast.line, action, "done", "Two more were trained.")
    work.verify(cast.head, action)
    action.refresh_from_db()
    track = Track.objects.get()
    assert (action.state, action.claimed_status, action.verified_status) == (ActionState.VERIFIED, "done", "done")
    assert (track.state, track.verdict, track.answered) == (TrackState.RETIRED, "accepted", timezone.localdate())
    verbs = list(Entry.objects.filter(thing=f"action:{action.key}").values_list("verb", flat=True))
    assert verbs == ["planned", "promised", "reported", "showed proof of", "claimed", "sent back", "claimed", "verified"]


def test_a_claim_is_not_verified_by_the_unit_nor_by_a_stranger(cast: Cast) -> None:
    action = transmitted(cast)
    work.add_proof(cast.line, action, "Attendance", "https://office.example/attendance")
    work.claim(cast.line, action, "done")
    for who in (cast.line, cast.chief, cast.helper, cast.above, cast.coordinator, cast.stranger):
        with pytest.raises(PermissionDenied):
            work.verify(who, action)
    action.refresh_from_db()
    assert action.state == ActionState.CLAIMED


def test_the_evaluation_office_does_not_verify_its_own_actions(cast: Cast, person: Person) -> None:
    action = transmitted(cast)
    cast.ports.evaluates = True
    cast.ports.save()
    work.add_proof(cast.line, action, "Attendance", "https://office.example/attendance")
    work.claim(cast.line, action, "done")
    with pytest.raises(PermissionDenied):
        work.verify(cast.head, action)
    outside = person("verifier")
    work.verify(outside, action)
    action.refresh_from_db()
    assert action.verified_by == outside.key


def test_a_verifier_who_finds_another_status_says_why_and_both_stay(cast: Cast) -> None:
    action = transmitted(cast)
    work.add_proof(cast.line, action, "Attendance", "https://office.example/attendance")
    work.claim(cast.line, action, "done")
    with pytest.raises(Refused, match="Say why"):
        work.verify(cast.head, action, "partly_done")
    work.verify(cast.head, action, "partly_done", "Ten of twelve.")
    action.refresh_from_db()
    assert (action.state, action.claimed_status, action.verified_status, action.closed) == (
        ActionState.UNDER_WAY,
        "done",
        "partly_done",
        None,
    )


def test_what_an_answer_lacks_is_said_when_it_is_submitted(cast: Cast) -> None:
    bare = answers.draft(
        cast.line, Response.objects.get(), Drafted(verdict="partially_accepted", infeasible=True, actions=(Promise("Try"),))
    )
    with pytest.raises(Refused) as told:
        answers.submit(cast.line, bare)
    for words in ("Write the answer", "reason", "instead of", "name the unit", "give the date"):
        assert words in str(told.value)
    assert Response.objects.get().state == ResponseState.DRAFTED


def test_a_due_date_before_the_report_and_an_unknown_verdict_are_refused_and_nothing_is_written(cast: Cast) -> None:
    with pytest.raises(Refused, match="before the report"):
        answered(cast, Promise("Train", cast.ports, ISSUED - timedelta(days=1)))
    with pytest.raises(Refused, match="knows no such answer"):
        answered(cast, verdict="agreed")
    assert (Response.objects.get().state, Action.objects.count()) == (ResponseState.ASKED, 0)


def test_clearance_goes_through_every_step_and_starts_anew_after_a_return(cast: Cast) -> None:
    response = answers.submit(cast.line, answered(cast))
    with pytest.raises(PermissionDenied):
        answers.clear(cast.chief, response)
    answers.clear(cast.helper, response)
    answers.send_back(cast.chief, response, "Say how many fitters.")
    again = answers.submit(cast.line, response)
    assert (again.state, again.step) == (ResponseState.SUBMITTED, 0)
    with pytest.raises(Refused, match="not cleared"):
        answers.transmit(cast.coordinator, cast.track.follow_up)
    for who in (cast.helper, cast.chief, cast.coordinator):
        answers.clear(who, response)
    frozen = answers.transmit(cast.coordinator, cast.track.follow_up)
    assert frozen.sha256 == hashlib.sha256(answers.canonical(frozen.body)).hexdigest()
    assert frozen.body[0]["actions"][0]["due"] == "2026-12-31"


def test_a_transmitted_answer_is_not_written_on_but_revised(cast: Cast) -> None:
    transmitted(cast)
    response = Response.objects.get()
    with pytest.raises(WrongState):
        answers.draft(cast.line, response, Drafted(verdict="rejected"))
    newer = answers.revise(cast.line, response)
    assert (newer.version, newer.state) == (2, ResponseState.DRAFTED)
    assert Track.objects.get().verdict == "accepted"


def test_the_second_of_two_people_is_told_and_overwrites_nothing(cast: Cast) -> None:
    action = transmitted(cast)
    seen = action.revision
    work.report(cast.line, action, "Trainers are found.", revision=seen)
    with pytest.raises(Overtaken, match=cast.line.name):
        work.report(cast.chief, action, "No trainers yet.", "not_started", revision=seen)
    action.refresh_from_db()
    assert (action.state, action.progress.count()) == (ActionState.UNDER_WAY, 1)


def test_a_later_date_is_granted_by_the_next_level_and_the_first_date_stays(cast: Cast) -> None:
    action = transmitted(cast)
    work.ask_later(cast.line, action, date(2027, 6, 30), "money", "The grant comes in spring.")
    for who in (cast.line, cast.chief, cast.coordinator):
        with pytest.raises(PermissionDenied):
            work.grant_later(who, action)
    work.grant_later(cast.above, action, date(2027, 3, 31), "March is enough.")
    action.refresh_from_db()
    assert (action.first_due, action.due, action.delay) == (date(2026, 12, 31), date(2027, 3, 31), "money")


def test_an_action_is_dropped_only_with_a_reason_and_by_somebody_else(cast: Cast) -> None:
    action = transmitted(cast)
    with pytest.raises(Refused, match="reason"):
        work.ask_drop(cast.line, action, "superseded", " ")
    work.ask_drop(cast.line, action, "superseded", "The sites were closed.")
    with pytest.raises(PermissionDenied):
        work.drop(cast.line, action)
    work.drop(cast.head, action)
    assert Track.objects.get().state == TrackState.RETIRED


def test_a_compound_recommendation_is_answered_point_by_point_and_keeps_the_split(cast: Cast) -> None:
    answers.split(cast.line, cast.track, [("3(a)", "Train the fitters."), ("3(b)", "Name one a site.")])
    assert {r.point.number for r in Response.objects.filter(replaced=False) if r.point} == {"3(a)", "3(b)"}
    answers.join(cast.line, cast.track)
    assert [p.joined is not None for p in cast.track.points.all()] == [True, True]
    assert Response.objects.get(replaced=False).point is None


def test_a_unit_that_was_merged_gives_way_to_its_successor(cast: Cast, person: Person) -> None:
    action = transmitted(cast)
    harbours = unit("Harbours and Landings")
    cast.ports.successor, cast.ports.valid_until = harbours, date(2026, 6, 30)
    cast.ports.save()
    new = person()
    new.unit = harbours
    new.save()
    forget_scope(new)
    work.report(new, action, "We took it over.")
    with pytest.raises(Refused, match="ended"):
        opening.charge(cast.head, cast.track, unit("Old", valid_until=date(2020, 1, 1)))


def test_a_drafted_answer_is_seen_by_those_who_are_asked_and_by_nobody_else(cast: Cast, person: Person) -> None:
    answered(cast)
    for who, sees in (
        (person("coordinator"), 1),
        (cast.line, 1),
        (cast.helper, 1),
        (cast.coordinator, 1),
        (cast.above, 1),
        (cast.head, 0),
        (cast.stranger, 0),
    ):
        assert visible(who, Response.objects.all()).count() == sees, who.name
        assert visible(who, Action.objects.all()).count() == sees, who.name


def test_an_action_needs_a_unit_that_is_not_gone_and_an_owner_who_answers_for_it(cast: Cast) -> None:
    action = transmitted(cast)
    with pytest.raises(Refused, match="does not answer for"):
        work.assign(cast.line, action, cast.helper)
    work.assign(cast.line, action, cast.chief)
    action.refresh_from_db()
    assert action.owner == cast.chief


def test_the_head_of_a_unit_sees_what_it_owes_without_belonging_to_it(cast: Cast, person: Person) -> None:
    outside = person()
    cast.ports.head = outside
    cast.ports.save()
    response = answers.submit(cast.line, answered(cast))
    answers.clear(cast.helper, response)
    assert visible(outside, Response.objects.all()).get() == response
    answers.clear(outside, response)


def test_a_retired_recommendation_is_followed_again_when_a_new_answer_promises_something(cast: Cast) -> None:
    action = transmitted(cast)
    work.add_proof(cast.line, action, "Attendance", "https://office.example/attendance")
    work.claim(cast.line, action, "done")
    work.verify(cast.head, action)
    assert Track.objects.get().state == TrackState.RETIRED
    newer = answers.revise(cast.line, Response.objects.get())
    answers.draft(cast.line, newer, Drafted("accepted", "More.", actions=(Promise("Train six more", cast.ports, date(2027, 6, 30)),)))
    answers.submit(cast.line, newer)
    for who in (cast.helper, cast.chief, cast.coordinator):
        answers.clear(who, newer)
    answers.transmit(cast.coordinator, cast.track.follow_up)
    track = Track.objects.select_related("follow_up").get()
    assert (track.state, track.retired, track.follow_up.closed) == (TrackState.FOLLOWED, None, None)
