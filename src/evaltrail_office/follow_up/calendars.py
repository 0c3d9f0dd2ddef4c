"""Due dates as a calendar that programs subscribe to (RFC 5545): an address that only its owner has, until it is revoked."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from evaltrail_office.accounts.access import visible
from evaltrail_office.follow_up.hands import Hands
from evaltrail_office.follow_up.machine import RUNNING
from evaltrail_office.follow_up.models import Action, CalendarFeed
from evaltrail_office.journal.actions import note

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from django.db.models import QuerySet

    from evaltrail_office.accounts.models import User

MOST = 500
"""Events of a calendar: those that are due first."""
_FOLD = 74
"""Octets of a line, beyond which it is folded (RFC 5545, 3.1)."""


def new_feed(user: User) -> str:
    """Make an address for a person's calendar and return its secret part, which is shown once and kept as a hash. An older one ends."""
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        revoke(user)
        made = CalendarFeed.objects.create(user=user, sha256=_hash(token))
        note(user, "made", f"calendar:{made.pk}")
    return token


def revoke(user: User) -> bool:
    """End a person's calendar address; returns whether there was one."""
    with transaction.atomic():
        rows = list(CalendarFeed.objects.select_for_update().filter(user=user, revoked=None))
        for row in rows:
            row.revoked = timezone.now()
            row.save(update_fields=["revoked"])
            note(user, "revoked", f"calendar:{row.pk}")
    return bool(rows)


def feed_of(token: str) -> CalendarFeed | None:
    """The feed of an address; None where it is unknown, revoked, or its owner has left."""
    found = CalendarFeed.objects.select_related("user").filter(sha256=_hash(token), revoked=None, user__is_active=True).first()
    if found is not None:
        CalendarFeed.objects.filter(pk=found.pk).update(used=timezone.now())
    return found


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def owed_by(user: User) -> QuerySet[Action]:
    """Actions that a person or their unit owes, with a date, the first due first."""
    hands = Hands(user)
    rows = visible(user, Action.objects.filter(state__in=sorted(RUNNING), due__isnull=False))
    own = rows.filter(owner=user) | rows.filter(unit__in=hands.units)
    return own.select_related("unit", "evaluation").order_by("due", "pk")[:MOST]


def written(user: User, actions: Iterable[Action], now: datetime, link: str = "") -> str:
    """The calendar as text, one all-day event an action. ``link`` has a place ``{key}`` for the action's page."""
    with translation.override(user.language or translation.get_language()):
        lines = [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Evaltrail//follow-up//EN",
            "CALSCALE:GREGORIAN",
            f"X-WR-CALNAME:{escaped(_('Follow-up'))}",
            "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        ]
        for action in actions:
            assert action.due is not None  # noqa: S101 - only those with a date are asked for
            lines += _event(action, action.due, now, link)
        lines.append("END:VCALENDAR")
    return "".join(folded(line) for line in lines)


def _event(action: Action, due: date, now: datetime, link: str) -> list[str]:
    words = " ".join(action.text.split())
    name = f"{action.number} {words}".strip()
    told = [action.evaluation.title, action.unit.name if action.unit else "", action.get_state_display()]
    if action.first_due is not None and action.first_due != due:
        told.append(_("first promised for %(day)s") % {"day": action.first_due.isoformat()})
    lines = [
        "BEGIN:VEVENT",
        f"UID:{action.key}@evaltrail",
        f"DTSTAMP:{now.astimezone(tz=timezone.get_fixed_timezone(0)):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{due:%Y%m%d}",
        f"DTEND;VALUE=DATE:{due + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped(name[:200])}",
        f"DESCRIPTION:{escaped(chr(10).join(str(t) for t in told if t))}",
        "TRANSP:TRANSPARENT",
    ]
    if link:
        lines.append(f"URL:{link.format(key=action.key)}")
    return [*lines, "END:VEVENT"]


def escaped(text: str) -> str:
    """Text as a value of a calendar (RFC 5545, 3.3.11)."""
    told = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\r\n", "\\n")
    return told.replace("\n", "\\n").replace("\r", "\\n")


def folded(line: str) -> str:
    """A line with its end, broken where it is longer than 75 octets; no character is broken in two."""
    parts, part = [], ""
    for char in line:
        if len((part + char).encode()) > _FOLD:
            parts.append(part)
            part = ""
        part += char
    return "\r\n ".join([*parts, part]) + "\r\n"
