"""Django's tasks run on the office's own table, and the office's jobs on another backend of Django's tasks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks.exceptions import TaskResultDoesNotExist

from evaltrail_office.jobs import handlers as registry
from evaltrail_office.jobs.actions import enqueue
from evaltrail_office.jobs.handlers import handler
from evaltrail_office.jobs.models import Job, State
from evaltrail_office.jobs.tasks import LeasedTable, do_task
from evaltrail_office.jobs.worker import Alive

if TYPE_CHECKING:
    from collections.abc import Callable

    from evaltrail_office.jobs.handlers import Work

pytestmark = pytest.mark.django_db


def add(a: int, b: int = 0) -> int:
    return a + b


def fail() -> None:
    raise ZeroDivisionError("nought")


def who(context: Any) -> str:
    return context.task_result.id


@pytest.fixture(autouse=True)
def tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The functions above as tasks, under names by which a worker finds them."""
    import sys
    import types

    module = types.ModuleType("tasks_of_a_test")
    for function, context in ((add, False), (fail, False), (who, True)):
        function.__module__ = module.__name__
        setattr(module, function.__name__, task(takes_context=context)(function))
    monkeypatch.setitem(sys.modules, module.__name__, module)


def named(name: str) -> Any:
    import sys

    return getattr(sys.modules["tasks_of_a_test"], name)


def test_a_task_is_put_into_the_table_done_and_its_value_had(work: Callable[[], int]) -> None:
    result = named("add").enqueue(2, b=3)
    assert result.status == TaskResultStatus.READY
    assert work() == 1
    result.refresh()
    assert (result.status, result.return_value) == (TaskResultStatus.SUCCESSFUL, 5)


def test_the_exception_of_a_task_is_its_end(work: Callable[[], int]) -> None:
    result = named("fail").enqueue()
    work()
    result.refresh()
    assert result.status == TaskResultStatus.FAILED
    assert result.errors[0].traceback == "ZeroDivisionError: nought"
    assert Job.objects.get().attempts == 1


def test_a_task_is_done_when_it_is_due_and_the_urgent_first(work: Callable[[], int]) -> None:
    named("add").using(run_after=timezone.now() + timedelta(hours=1)).enqueue(1)
    urgent = named("add").using(priority=9).enqueue(2)
    assert work() == 1
    urgent.refresh()
    assert urgent.return_value == 2


def test_a_task_knows_its_own_number(work: Callable[[], int]) -> None:
    result = named("who").enqueue()
    work()
    result.refresh()
    assert result.return_value == result.id


def test_there_is_no_result_of_what_was_never_asked_for() -> None:
    with pytest.raises(TaskResultDoesNotExist):
        LeasedTable("default", {}).get_result("12")
    with pytest.raises(TaskResultDoesNotExist):
        LeasedTable("default", {}).get_result("x")


def test_another_backend_does_the_offices_jobs(
    settings: Any, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Signs of life are written by a thread through a connection of its own: they would outlive this test's transaction.
    monkeypatch.setattr(Alive, "keep_beating", lambda _: None)
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    called: list[int] = []

    @handler("test.elsewhere")
    def elsewhere(work: Work) -> None:
        work.step(1, 1)
        called.append(work.args["n"])
        if len(called) == 1:
            raise OSError("the line broke")

    with django_capture_on_commit_callbacks(execute=True):
        job = enqueue("test.elsewhere", {"n": 7}, asked_by="P-00001")
    job.refresh_from_db()
    # Broken off once, and tried again by the same backend.
    assert (called, job.state, job.attempts) == ([7, 7], State.DONE, 2)
    assert do_task is registry.handlers()["jobs.task"]
