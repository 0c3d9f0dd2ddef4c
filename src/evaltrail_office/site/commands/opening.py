"""Opening an office for a command: its database is there and up to date, and every fault is one line."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from evaltrail.cli.say import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from evaltrail_office.accounts.models import User

FAULT = 2


class Refused(Exception):
    """The command cannot do what it was asked for. ``str()`` is one line with the remedy."""


def in_office(data: str | None, do: Callable[[], int], *, alone: bool = False, new: bool = False) -> int:
    """Do something in an office; returns its exit code. Every fault is told in one line, with an exit code of its own.

    ``alone`` keeps everybody else out meanwhile; ``new`` makes an office where there is none, and brings an older one up to date.
    """
    try:
        with _office(data, alone=alone, new=new):
            return do()
    except Exception as fault:
        line = _line(fault)
        if line is None or os.environ.get("EVALTRAIL_DEBUG"):
            raise
        say(line)
        return FAULT


@contextmanager
def _office(data: str | None, *, alone: bool, new: bool) -> Iterator[None]:
    if data is not None:
        folder = Path(data).expanduser().resolve()
        if not (new or folder.is_dir()):
            raise Refused(f"there is no office in {folder}: name its folder with --data, or open a new one with evaltrail serve")
        os.environ["EVALTRAIL_DATA"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evaltrail_office.site.settings")

    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from evaltrail_office.jobs import presence

    with (presence.alone if alone else presence.present)(settings.DATA):
        try:
            if new:
                call_command("migrate", verbosity=0, interactive=False)
            else:
                _require_office()
            yield
        finally:
            connection.close()


def _require_office() -> None:
    """Refuse where nobody has opened an office yet, or the program has become newer than its tables."""
    from django.conf import settings
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    name = connection.settings_dict["NAME"]
    missing = f"there is no office in {settings.DATA} yet: open one with evaltrail serve, or name its folder with --data"
    if connection.vendor == "sqlite" and not Path(name).exists():
        raise Refused(missing)
    executor = MigrationExecutor(connection)
    if not executor.loader.applied_migrations:
        raise Refused(missing)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Refused(
            f"the office in {settings.DATA} is of an older version: open it once with evaltrail serve, which brings it up to date"
        )


def _line(fault: Exception) -> str | None:
    """What a fault says to people; None where it is one of the program itself."""
    from django.core.exceptions import PermissionDenied
    from django.db import Error

    from evaltrail_office.jobs.presence import InUse
    from evaltrail_office.site.environment import SettingFault

    if isinstance(fault, PermissionDenied):
        return str(fault) or "this person may not do that"
    if isinstance(fault, (Refused, InUse, SettingFault)):
        return str(fault)
    if isinstance(fault, Error):
        words = str(fault).strip().splitlines() or [type(fault).__name__]
        return f"the database cannot be used: {words[0]}"
    if isinstance(fault, OSError):
        place = f" ({fault.filename})" if fault.filename else ""
        return f"{fault.strerror or fault}{place}; make room or name another place, then try again"
    return None


def person(email: str | None) -> User:
    """Who a command is done by: the person with an address, or the one head of evaluation. Raises ``Refused``."""
    from evaltrail_office.accounts.access import current_grants
    from evaltrail_office.accounts.models import User
    from evaltrail_office.accounts.policy import Role

    if email:
        found = User.objects.filter(email=email.strip().lower()).first()
        if found is None:
            raise Refused(f"nobody here has the address {email}: see People in the office")
        if not found.is_active:
            raise Refused(f"the account of {email} has ended")
        return found
    heads = User.objects.filter(pk__in=current_grants().filter(role=Role.HEAD, evaluation="").values("user"), is_active=True)
    known = list(heads[:2])
    if len(known) == 1:
        return known[0]
    raise Refused(
        "several people lead this office: say who does this with --as EMAIL"
        if known
        else "nobody leads this office yet: say who does this with --as EMAIL, or set the office up with evaltrail serve"
    )
