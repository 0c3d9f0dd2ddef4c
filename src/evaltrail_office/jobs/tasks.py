"""Django's interface of tasks over the leased table, in both directions.

Whatever is written for Django Tasks (``@task``) runs on the office's own table: ``LeasedTable`` is the backend that the settings name.
Where a site names another one, the office's jobs are carried by that: their rows stay, with state and progress, and it is told their
numbers.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, TaskContext, TaskResult, TaskResultStatus, task, task_backends
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import TASK_MAX_PRIORITY, TASK_MIN_PRIORITY, Task, TaskError
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.signals import task_enqueued
from django_tasks.utils import normalize_json

from evaltrail_office.jobs import waking
from evaltrail_office.jobs.handlers import Refused, handler
from evaltrail_office.jobs.models import Job, State

if TYPE_CHECKING:
    from evaltrail_office.jobs.handlers import Work

T = TypeVar("T")
KIND = "jobs.task"
_STATUS = {
    State.WAITING: TaskResultStatus.READY,
    State.RUNNING: TaskResultStatus.RUNNING,
    State.DONE: TaskResultStatus.SUCCESSFUL,
    State.FAILED: TaskResultStatus.FAILED,
    State.DEAD: TaskResultStatus.FAILED,
    State.STOPPED: TaskResultStatus.FAILED,
}


class LeasedTable(BaseTaskBackend):
    """Tasks as rows of the job table: done again after a crash, given up after three, ended by their own first exception."""

    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: Task[Any, T], args: Any, kwargs: Any) -> TaskResult[T]:
        """Put a task into the table; a worker sees it when the transaction around it is committed."""
        from evaltrail_office.jobs.actions import enqueue

        self.validate_task(task)
        called = {"task": task.module_path, "args": normalize_json(args), "kwargs": normalize_json(kwargs)}
        job = enqueue(KIND, called, asked_by="system:tasks", priority=task.priority, due=task.run_after)
        result: TaskResult[T] = _result(job, task, self.alias)
        task_enqueued.send(type(self), task_result=result)
        return result

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """How a task stands. Raises ``TaskResultDoesNotExist``."""
        job = Job.objects.filter(pk=result_id, kind=KIND).first() if result_id.isdecimal() else None
        if job is None:
            raise TaskResultDoesNotExist(result_id)
        return _result(job, import_string(job.args["task"]), self.alias)


def _result(job: Job, of: Task[Any, T], backend: str) -> TaskResult[T]:
    broken = _STATUS[State(job.state)] is TaskResultStatus.FAILED
    result: TaskResult[T] = TaskResult(
        task=of,
        id=str(job.pk),
        status=_STATUS[State(job.state)],
        enqueued_at=job.made,
        started_at=job.started,
        finished_at=job.ended,
        last_attempted_at=job.started,
        args=job.args["args"],
        kwargs=job.args["kwargs"],
        backend=backend,
        errors=[TaskError(exception_class_path="evaltrail_office.jobs.handlers.Refused", traceback=job.fault)] if broken else [],
        worker_ids=[job.worker] if job.worker else [],
    )
    # As the package's own backends do: the class is frozen, and takes the value nowhere else.
    object.__setattr__(result, "_return_value", job.result)
    return result


@handler(KIND, gettext_lazy("A task of another program"))
def do_task(work: Work) -> Any:
    """Call a task's function. What it raises is its end: only a crash is tried again."""
    called: Task[Any, Any] = import_string(work.args["task"])
    first: tuple[Any, ...] = ()
    if called.takes_context:
        first = (TaskContext(task_result=_result(Job.objects.get(pk=work.number), called, DEFAULT_TASK_BACKEND_ALIAS)),)
    try:
        return normalize_json(called.call(*first, *work.args["args"], **work.args["kwargs"]))
    except Exception as fault:
        raise Refused(f"{type(fault).__name__}: {fault}"[:500]) from fault


def hand_over(job: Job) -> None:
    """Have a job done that was put into the table, once the transaction is committed."""
    backend = task_backends[DEFAULT_TASK_BACKEND_ALIAS]
    if isinstance(backend, LeasedTable):
        waking.wake_on_commit()
        return
    priority = min(TASK_MAX_PRIORITY, max(TASK_MIN_PRIORITY, job.priority)) if backend.supports_priority else None
    transaction.on_commit(partial(do_job.using(priority=priority).enqueue, job.pk))


@task()
def do_job(number: int) -> None:
    """Do a job by its number, for a queue that is not the table itself."""
    from evaltrail_office.jobs import worker

    who = worker.name()
    job = worker.lease(who, number)
    if job is None:
        return
    with worker.beating(who) as alive, alive.at(job):
        worker.do(job, who)
    job.refresh_from_db()
    if job.state == State.WAITING:
        backend = task_backends[DEFAULT_TASK_BACKEND_ALIAS]
        do_job.using(run_after=job.due if backend.supports_defer else None).enqueue(number)
