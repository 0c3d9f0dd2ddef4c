"""Jobs are done once and in order, whatever happens to those who do them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from evaltrail_office.jobs.actions import call_off, enqueue
from evaltrail_office.jobs.handlers import Refused, handler
from evaltrail_office.jobs.models import Job, State
from evaltrail_office.jobs.worker import do, lease, release

if TYPE_CHECKING:
    from collections.abc import Callable

    from evaltrail_office.jobs.handlers import Work

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kinds(kinds_of_jobs: None) -> list[Any]:
    """Kinds of jobs of these tests alone; gives what they were called with."""
    called: list[Any] = []

    @handler("test.count")
    def count(work: Work) -> dict[str, int]:
        for n in range(3):
            work.step(n, 3, "counting")
        called.append(dict(work.args))
        return {"to": 3}

    @handler("test.refuse")
    def refuse(work: Work) -> None:
        raise Refused("it is not there: bring it first")

    @handler("test.break")
    def break_off(work: Work) -> None:
        called.append("broken")
        raise ZeroDivisionError("nought")

    return called


def test_jobs_are_done_in_order_and_the_urgent_first(work: Callable[[], int], kinds: list[Any]) -> None:
    for n in range(3):
        enqueue("test.count", {"n": n}, asked_by="P-00001", priority=n == 2)
    assert work() == 3
    assert [c["n"] for c in kinds] == [2, 0, 1]
    done = Job.objects.first()
    assert (done.state, done.result, done.done, done.total, done.doing) == (State.DONE, {"to": 3}, 2, 3, "counting")


def test_a_refusal_is_final_and_says_why(work: Callable[[], int]) -> None:
    job = enqueue("test.refuse", {}, asked_by="P-00001")
    assert work() == 1
    job.refresh_from_db()
    assert (job.state, job.fault) == (State.FAILED, "it is not there: bring it first")


def test_a_fault_is_tried_again_later_and_given_up_in_the_end(work: Callable[[], int], kinds: list[Any]) -> None:
    job = enqueue("test.break", {}, asked_by="P-00001")
    for attempt in range(1, 4):
        assert work() == 1
        assert work() == 0
        Job.objects.update(due=timezone.now())
        assert len(kinds) == attempt
    job.refresh_from_db()
    assert (job.state, job.fault) == (State.DEAD, "ZeroDivisionError: nought")


def test_a_kind_that_nobody_knows_is_refused(work: Callable[[], int]) -> None:
    job = enqueue("test.nothing", {}, asked_by="P-00001")
    work()
    job.refresh_from_db()
    assert (job.state, job.fault) == (State.FAILED, "nothing here does test.nothing")


def test_what_must_not_be_under_way_twice_is_asked_for_once_until_it_is_done(work: Callable[[], int]) -> None:
    first = enqueue("test.count", {}, asked_by="P-00001", key="index")
    assert enqueue("test.count", {}, asked_by="P-00002", key="index") == first
    work()
    assert enqueue("test.count", {}, asked_by="P-00002", key="index") != first


def test_a_job_of_a_killed_worker_is_taken_when_its_lease_has_run_out(kinds: list[Any]) -> None:
    enqueue("test.count", {}, asked_by="P-00001")
    taken = lease("killed")
    assert lease("other") is None
    Job.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    again = lease("other")
    assert again.pk == taken.pk
    assert again.attempts == 2
    # The first was only slow: what it does no longer counts.
    do(taken, "killed")
    assert kinds == []
    do(again, "other")
    assert Job.objects.get().state == State.DONE


def test_a_job_that_kills_its_workers_is_given_up() -> None:
    enqueue("test.count", {}, asked_by="P-00001")
    for _ in range(9):
        assert lease("killed")
        Job.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert lease("other") is None
    dead = Job.objects.get()
    assert (dead.state, dead.fault) == (State.DEAD, "given up after 9 attempts that were broken off")


def test_a_job_of_a_worker_that_is_known_to_be_dead_is_taken_soon_and_after_the_others(kinds: list[Any]) -> None:
    first, second = (enqueue("test.count", {"n": n}, asked_by="P-00001") for n in range(2))
    assert lease("killed").pk == first.pk
    assert release("killed") == 1
    assert lease("other").pk == second.pk
    first.refresh_from_db()
    assert timezone.now() < first.due < timezone.now() + timedelta(seconds=2)
    assert release("killed") == 0


def test_a_job_that_is_called_off_ends_at_its_next_step(kinds: list[Any]) -> None:
    enqueue("test.count", {}, asked_by="P-00001")
    job = lease("worker")
    call_off(job)
    do(job, "worker")
    assert kinds == []
    assert Job.objects.get().state == State.STOPPED


def test_nobody_asks_for_nothing() -> None:
    with pytest.raises(ValueError, match="nobody asks"):
        enqueue("test.count", {}, asked_by="")
