"""What a job does: functions by name, found by scanning every app for ``jobs`` and for modules whose names begin with ``jobs_``."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, Protocol

from django.apps import apps

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise


class Refused(Exception):
    """The job cannot be done, now or later. ``str()`` is one line for people: what is wrong and the remedy."""


class Called(Exception):
    """The job is to end: somebody called it off, or the worker closes. Raised inside the handler at its next step."""


class Work(Protocol):
    """What a handler gets: its arguments and where it tells how far it has come."""

    number: int
    """The job's own."""
    args: Mapping[str, Any]
    asked_by: str

    def step(self, done: int, total: int = 0, doing: str = "") -> None:
        """Tell how far it has come, and renew the lease. Raises ``Called`` where the job is to end."""


Handler = Callable[[Work], Any]
_handlers: dict[str, Handler] = {}
_names: dict[str, str | _StrPromise] = {}


def handler(kind: str, name: str | _StrPromise = "") -> Callable[[Handler], Handler]:
    """Make a function the handler of a kind of job. It is called again after a crash, so it must bear being done twice.

    ``name`` says to people what it does: "Reading a paper".
    """

    def register(function: Handler) -> Handler:
        _handlers[kind], _names[kind] = function, name
        return function

    return register


def handlers() -> Mapping[str, Handler]:
    """All handlers by kind; the modules are imported at the first call."""
    _find()
    return _handlers


def names() -> Mapping[str, str | _StrPromise]:
    """What the kinds of jobs are called for people; empty for those without a name."""
    _find()
    return _names


@cache
def _find() -> None:
    import_module("evaltrail_office.jobs.tasks")
    for app in apps.get_app_configs():
        if not app.name.startswith("evaltrail_office.") or app.label == "jobs":
            continue
        for found in iter_modules(import_module(app.name).__path__):
            if found.name == "jobs" or found.name.startswith("jobs_"):
                import_module(f"{app.name}.{found.name}")
