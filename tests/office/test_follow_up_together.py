"""Two people at once: of two who saw the same, one is told and nothing of theirs is written; no update is lost."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from django.db import connection, connections
from django.utils import timezone

from evaltrail_office.accounts.models import Unit, User
from evaltrail_office.evaluations.models import Recommendation
from evaltrail_office.follow_up.actions import opening, work
from evaltrail_office.follow_up.machine import ActionState
from evaltrail_office.follow_up.models import Action, Claim, Progress, Track
from evaltrail_office.follow_up.moving import Overtaken, WrongState
from evaltrail_office.follow_up.replay import differences, replayed, stored
from evaltrail_office.journal.models import Entry

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from evaltrail_office.evaluations.models import Evaluation

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


@pytest.fixture
def action(person: Callable[..., User], evaluation: Callable[..., Evaluation]) -> Action:
    """An action in force, of a unit with two people."""
    own = evaluation("Landing sites that last", stage="released")
    Recommendation.objects.create(key="R-000001", evaluation=own, number="1", position=0, text="Train the fitters.")
    head = person("head")
    opening.open_follow_up(head, own)
    unit = Unit.objects.create(key="U-0001", name="Ports Division")
    for n in range(2):
        User.objects.create_user(f"line{n}@office.example", name=f"Line {n}", unit=unit)
    made: Action = Action.objects.create(
        key="A-000001", track=Track.objects.get(), evaluation=own, text="Train", unit=unit, state=ActionState.OPEN, due=timezone.localdate()
    )
    return made


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Do them in threads that begin together, each with a connection of its own; returns what each gave or raised, in their order."""
    start = threading.Barrier(len(deeds))
    found: list[object] = [None] * len(deeds)

    def do(number: int, deed: Callable[[], object]) -> None:
        start.wait()
        try:
            found[number] = deed()
        except Exception as fault:  # noqa: BLE001 - what came of it is what the test is about
            found[number] = fault
        finally:
            connections.close_all()

    threads = [threading.Thread(target=do, args=(n, deed)) for n, deed in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return found


@pytest.fixture
def rows_locked() -> None:
    """Skips where the tests' database is SQLite in memory, whose connections share one cache and wait for nothing."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory makes nobody wait; the test with processes has it on a file")


def report(person: User, seen: Action) -> Callable[[], object]:
    return lambda: work.report(person, seen, f"{person.name} says", revision=seen.revision)


@pytest.mark.usefixtures("rows_locked")
def test_of_two_who_saw_the_same_one_is_told(action: Action) -> None:
    people = list(User.objects.filter(unit=action.unit))
    for _ in range(ROUNDS):
        seen = Action.objects.get(pk=action.pk)
        came = at_once(*(report(p, seen) for p in people))
        told = [c for c in came if isinstance(c, Overtaken)]
        wrote = [c for c in came if isinstance(c, Progress)]
        assert (len(told), len(wrote)) == (1, 1), came
    assert Progress.objects.count() == ROUNDS
    assert Action.objects.get(pk=action.pk).revision == ROUNDS


SCRIPT = """
import sys, threading, django
django.setup()
from django.db import connections
from evaltrail_office.accounts.models import Unit, User
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.evaluations.models import Evaluation, Recommendation
from evaltrail_office.follow_up.actions import opening, work
from evaltrail_office.follow_up.models import Action, Progress, Track
head = User.objects.get(email="head@office.example")
own = Evaluation.objects.create(key="E-00001", title="Sites", made_by="system:test", stage="released")
Recommendation.objects.create(key="R-000001", evaluation=own, number="1", position=0, text="Train.")
opening.open_follow_up(head, own)
unit = Unit.objects.create(key="U-0001", name="Ports")
people = [User.objects.create_user(f"line{n}@office.example", name=f"Line {n}", unit=unit) for n in range(2)]
Action.objects.create(key="A-000001", track=Track.objects.get(), evaluation=own, text="Train", unit=unit, state="open")
for _ in range(10):
    seen, start, came = Action.objects.get(), threading.Barrier(2), []
    def do(person):
        start.wait()
        try:
            work.report(person, seen, "So it stands.", revision=seen.revision)
            came.append("wrote")
        except Refused as fault:
            came.append(type(fault).__name__)
        finally:
            connections.close_all()
    threads = [threading.Thread(target=do, args=(p,)) for p in people]
    for t in threads: t.start()
    for t in threads: t.join()
    print(*sorted(came))
print(Progress.objects.count(), Action.objects.get().revision)
"""


def environment(data: Path) -> dict[str, str]:
    """Of a process that works in an office's data folder."""
    kept = {k: v for k, v in os.environ.items() if k != "DATABASE_URL" and not k.startswith(("EVALTRAIL_", "DJANGO_"))}
    return {**kept, "EVALTRAIL_DATA": str(data), "DJANGO_SETTINGS_MODULE": "evaltrail_office.site.settings"}


def test_of_two_who_saw_the_same_one_is_told_also_on_a_file(own_office: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=environment(own_office), capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.splitlines() == ["Overtaken wrote"] * 10 + ["10 10"]


@pytest.mark.usefixtures("rows_locked")
def test_of_two_claims_one_stands(action: Action) -> None:
    people = list(User.objects.filter(unit=action.unit))
    work.add_proof(people[0], action, "The list", "https://office.example/list")
    came = at_once(*(lambda p=p: work.claim(p, action, "done") for p in people))
    assert sorted(type(c).__name__ for c in came) == ["Claim", "WrongState"], came
    assert any(isinstance(c, WrongState) for c in came)
    assert Claim.objects.count() == 1


@pytest.mark.usefixtures("rows_locked")
def test_a_claim_is_not_verified_and_taken_back_at_once(action: Action, person: Callable[..., User]) -> None:
    line, verifier = User.objects.filter(unit=action.unit).first(), person("verifier")
    assert line is not None
    work.add_proof(line, action, "The list", "https://office.example/list")
    for _ in range(ROUNDS):
        work.claim(line, action, "partly_done")
        at_once(lambda: work.verify(verifier, action), lambda: work.withdraw_claim(line, action))
        fresh = Action.objects.get(pk=action.pk)
        assert fresh.state == ActionState.UNDER_WAY
        assert fresh.claims.filter(state="waiting").count() == 0
    rows = [Action.objects.select_related("unit", "owner").get(pk=action.pk)]
    journal = {k: v for k, v in replayed(Entry.objects.order_by("pk")).items() if k == f"action:{action.key}"}
    kept = stored(rows)
    # What it was made with here stands in no entry.
    for column in ("text", "unit", "due"):
        journal[f"action:{action.key}"][column] = kept[f"action:{action.key}"][column]
    assert differences(journal, kept) == []
