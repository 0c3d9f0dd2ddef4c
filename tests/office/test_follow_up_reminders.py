"""Reminders: a digest a person a week, quiet where there is nothing, the head of the unit where it is long overdue; calendars."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from django.utils.formats import date_format

from evaltrail_office.accounts.models import Grant, Unit, User
from evaltrail_office.evaluations.models import Evaluation, Recommendation
from evaltrail_office.follow_up import calendars, reminders
from evaltrail_office.follow_up.actions import opening
from evaltrail_office.follow_up.machine import ActionState, TrackState
from evaltrail_office.follow_up.models import Action, Digest, FollowUp, Track
from evaltrail_office.jobs.actions import enqueue
from evaltrail_office.journal.models import Entry

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    Person = Callable[..., User]
    SignedIn = Callable[[User], Client]

pytestmark = pytest.mark.django_db


@pytest.fixture
def ports() -> Unit:
    return Unit.objects.create(key="U-0001", name="Ports Division")


@pytest.fixture
def line(person: Person, ports: Unit) -> User:
    """Somebody of the unit."""
    made = person()
    made.unit = ports
    made.save()
    return made


@pytest.fixture
def track(person: Person, evaluation: Callable[..., Evaluation]) -> Track:
    own = evaluation("Landing sites that last", stage="released")
    Recommendation.objects.create(key="R-000001", evaluation=own, number="1", position=0, text="Train the fitters.")
    opening.open_follow_up(person("head"), own, started=date(2026, 1, 5))
    return Track.objects.get()


def action(track: Track, unit: Unit, days: int, state: str = ActionState.OPEN, **fields: object) -> Action:
    due = timezone.localdate() + timedelta(days=days)
    key = f"A-{Action.objects.count() + 1:06}"
    made: Action = Action.objects.create(
        key=key, track=track, evaluation=track.evaluation, text=f"Do {key}", unit=unit, due=due, first_due=due, state=state, **fields
    )
    return made


def remind(work: Callable[[], int]) -> list[mail.EmailMessage]:
    """Do a day's reminding and return what was sent in it."""
    mail.outbox.clear()
    enqueue("follow_up.daily", {}, asked_by="system:test")
    work()
    return list(mail.outbox)


def test_a_person_is_told_once_a_week_of_what_is_late_and_what_is_due_soon(
    track: Track, ports: Unit, line: User, work: Callable[[], int]
) -> None:
    action(track, ports, -3)
    action(track, ports, 20)
    action(track, ports, 200)
    action(track, ports, -3, ActionState.CLAIMED)
    (sent,) = remind(work)
    assert sent.to == [line.email]
    assert "1 thing is late" in sent.subject
    assert ["A-000001" in sent.body, "A-000002" in sent.body, "A-000003" in sent.body, "A-000004" in sent.body] == [
        True,
        True,
        False,
        False,
    ]
    assert "3 days late" in sent.body
    assert remind(work) == []
    Digest.objects.update(week="2020-W01")
    assert len(remind(work)) == 1


def test_nobody_is_told_where_nothing_is_due(track: Track, ports: Unit, line: User, work: Callable[[], int]) -> None:
    action(track, ports, 300)
    action(track, ports, -5, ActionState.VERIFIED, claimed=date(2026, 5, 1), verified=date(2026, 6, 1), verified_by=line.key)
    assert remind(work) == []


def test_an_action_is_its_owners_then_the_focal_points_then_the_heads(
    track: Track, ports: Unit, line: User, person: Person, work: Callable[[], int]
) -> None:
    owner, focal, head = person(), person(), person()
    Grant.objects.create(user=focal, role="focal_point", evaluation=track.evaluation.key, unit=ports, given_by="system:test")
    action(track, ports, 5, owner=owner)
    assert [m.to for m in remind(work)] == [[owner.email]]
    owner.is_active = False
    owner.save()
    assert [m.to for m in remind(work)] == [[focal.email]]
    Grant.objects.all().delete()
    ports.head = head
    ports.save()
    assert [m.to for m in remind(work)] == [[head.email]]
    assert line.email not in {m.to[0] for m in mail.outbox}


def test_the_head_is_told_of_what_is_long_overdue_and_the_unit_that_follows_answers(
    track: Track, ports: Unit, line: User, person: Person, work: Callable[[], int]
) -> None:
    harbours = Unit.objects.create(key="U-0002", name="Harbours")
    head = person()
    harbours.head = head
    harbours.save()
    ports.successor, ports.valid_until = harbours, date(2026, 2, 1)
    ports.save()
    action(track, ports, -40)
    sent = remind(work)
    assert {m.to[0] for m in sent} == {head.email}
    assert {"1 action of your unit is long overdue", "1 thing is late"} == {m.subject.removeprefix("Evaltrail: ") for m in sent}
    assert "Harbours" in sent[0].body


def test_an_answer_that_is_owed_is_told_to_the_lead_unit_in_the_persons_language(
    track: Track, ports: Unit, line: User, person: Person, work: Callable[[], int]
) -> None:
    opening.charge(person("head"), track, ports)
    line.language = "fr"
    line.save()
    FollowUp.objects.update(response_due=timezone.localdate() + timedelta(days=3))
    (sent,) = remind(work)
    assert sent.to == [line.email]
    with translation.override("fr"):
        assert date_format(timezone.localdate() + timedelta(days=3), "DATE_FORMAT") in sent.body


def test_one_address_that_is_not_taken_keeps_nobody_else_from_being_told(
    track: Track, ports: Unit, line: User, person: Person, work: Callable[[], int], settings: object
) -> None:
    action(track, ports, 5)
    Digest.objects.create(user=line, week=reminders.week_of(timezone.localdate()), fault="refused", body=[])
    assert len(remind(work)) == 1
    assert Digest.objects.get().sent is not None


def test_reminding_asks_as_much_for_many_people_as_for_few(track: Track, ports: Unit) -> None:
    counts = []
    for n in (3, 30):
        for i in range(n):
            unit = Unit.objects.create(key=f"U-{n}{i}", name=f"Unit {n} {i}")
            User.objects.create_user(f"p{n}-{i}@office.example", name="P", unit=unit)
            action(track, unit, 3)
        with CaptureQueriesContext(connection) as asked:
            found = reminders.digests(timezone.localdate())
        counts.append((len(found), len(asked)))
    assert counts[0][0] == 3
    assert counts[1][0] == 33
    assert counts[0][1] == counts[1][1]


def test_what_was_followed_for_as_long_as_the_preset_says_is_retired_as_it_stands(
    track: Track, ports: Unit, work: Callable[[], int]
) -> None:
    action(track, ports, 900)
    rules = track.follow_up.rules
    FollowUp.objects.update(rules={**rules, "closing": {**rules["closing"], "years": 4}}, started=date(2021, 1, 1))
    remind(work)
    track.refresh_from_db()
    assert (track.state, track.follow_up.__class__.objects.get().closed) == (TrackState.RETIRED, timezone.localdate())
    entry = Entry.objects.filter(verb="retired").get()
    assert entry.actor == "system:follow-up"
    assert Action.objects.get().state == ActionState.OPEN


def test_a_calendar_shows_what_is_owed_until_its_address_is_revoked(
    track: Track, ports: Unit, line: User, client: Client, signed_in: SignedIn
) -> None:
    action(track, ports, 5)
    action(track, Unit.objects.create(key="U-0009", name="Another"), 6)
    browser = signed_in(line)
    page = browser.post("/follow-up/calendar/", {"do": "new"})
    address = page.context["address"]
    browser.logout()
    answer = client.get(address)
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/calendar")
    assert ("A-000001@evaltrail" in text, "A-000002@evaltrail" in text) == (True, False)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert client.get("/follow-up/calendar/guessed.ics").status_code == 404
    signed_in(line).post("/follow-up/calendar/", {"do": "revoke"})
    client.logout()
    assert client.get(address).status_code == 404


def test_a_calendars_words_are_escaped_and_long_lines_folded_between_characters() -> None:
    assert calendars.escaped("a, b; c\\d\ne") == "a\\, b\\; c\\\\d\\ne"
    line = "SUMMARY:" + "é" * 100
    parts = calendars.folded(line).split("\r\n ")
    assert "".join(parts).rstrip("\r\n") == line
    assert all(len(part.encode()) <= 75 for part in parts)
