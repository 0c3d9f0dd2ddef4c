"""Whether the office is well: its database, its workers, its disk, its search index."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from evaltrail import __version__
from evaltrail_office.jobs import queries
from evaltrail_office.shelf.models import Document
from evaltrail_office.shelf.search import folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

LEAST_ROOM = 500 << 20
"""Bytes free on the disk below which somebody should look."""
PATIENCE = 60.0
"""Seconds after the start in which a worker need not have given a sign."""
_STARTED = time.monotonic()


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    well: bool
    words: str
    """For administrators: what was found, and what to do where it is not well."""
    figures: dict[str, Any] = field(default_factory=dict)


@login_not_required
@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """``ok`` with 200 as long as pages can be served, with a line for each thing that somebody should look at; 503 without a database.

    As JSON where ``format=json`` or the Accept header asks for it. Strangers are told what is not well; administrators also the figures.
    """
    found = checks()
    serves = found[0].well
    full = serves and _is_administrator(request)
    status = 200 if serves else 503
    if request.GET.get("format") == "json" or "application/json" in request.headers.get("Accept", ""):
        body: dict[str, Any] = {"status": "down" if not serves else "ok" if all(c.well for c in found) else "attention"}
        body["checks"] = {c.name: {"ok": c.well, **({"words": c.words, **c.figures} if full else {})} for c in found}
        return JsonResponse(body | ({"version": __version__} if full else {}), status=status)
    lines = ["ok" if serves else "the database does not answer"]
    lines += [f"{c.name}: {c.words if full else 'needs attention'}" for c in found[1:] if full or not c.well]
    return HttpResponse("\n".join(lines) + "\n", status=status, content_type="text/plain; charset=utf-8")


def checks() -> list[Check]:
    """Everything that is looked at, the database first; without it nothing else is."""
    database = _database()
    return [database, *(_tried(check) for check in (_worker, _disk, _index))] if database.well else [database]


def _is_administrator(request: HttpRequest) -> bool:
    try:
        return bool(request.user.is_authenticated and request.user.is_administrator)
    except Error:
        return False


def _tried(check: Callable[[], Check]) -> Check:
    try:
        return check()
    except (Error, OSError) as fault:
        return Check(check.__name__.removeprefix("_"), well=False, words=f"it could not be looked at ({type(fault).__name__})")


def _database() -> Check:
    began = time.perf_counter()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error as fault:
        return Check("database", well=False, words=f"it does not answer ({type(fault).__name__})")
    took = round(1000 * (time.perf_counter() - began), 1)
    return Check("database", well=True, words=f"{connection.vendor} answers in {took} ms", figures={"kind": connection.vendor, "ms": took})


def _worker() -> Check:
    work = queries.work()
    figures = {"workers": work.workers, "waiting": work.waiting, "running": work.running, "dead": work.dead}
    words = f"{work.workers} running; jobs: {work.waiting} waiting, {work.running} under way, {work.dead} given up"
    if work.workers or time.monotonic() - _STARTED < PATIENCE:
        return Check("worker", well=True, words=words, figures=figures)
    since = f"since {work.last_sign:%Y-%m-%d %H:%M} UTC" if work.last_sign else "at all"
    return Check("worker", well=False, words=f"no sign of life {since}: nothing is read; start evaltrail serve again", figures=figures)


def _disk() -> Check:
    free = shutil.disk_usage(settings.DATA).free
    words = f"{free >> 20} MB free" + ("" if free >= LEAST_ROOM else ": make room before papers are refused")
    return Check("disk", well=free >= LEAST_ROOM, words=words, figures={"free_bytes": free})


def _index() -> Check:
    marker = folder() / "meta.json"
    if not marker.exists():
        well = not Document.objects.exists()
        words = "nothing to search yet" if well else "there is none; a worker makes it when evaltrail serve is started again"
        return Check("index", well=well, words=words)
    age = round(timezone.now().timestamp() - marker.stat().st_mtime)
    return Check("index", well=True, words=f"written {age} seconds ago", figures={"age_seconds": age})
