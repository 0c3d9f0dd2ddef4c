"""Reminding people, each week, retiring what has been followed for as long as the preset says, and clearing the shelf: daily, by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from evaltrail_office.accounts.models import User
from evaltrail_office.follow_up import reminders
from evaltrail_office.follow_up.actions.ending import retire_old
from evaltrail_office.follow_up.daily import KIND, tomorrow
from evaltrail_office.follow_up.models import Digest
from evaltrail_office.follow_up.sweep import sweep
from evaltrail_office.jobs.handlers import handler

if TYPE_CHECKING:
    from django.core.mail.backends.base import BaseEmailBackend

    from evaltrail_office.jobs.handlers import Work

_AT_ONCE = 200


@handler(KIND, gettext_lazy("Reminding people of what is due"))
def daily(work: Work) -> dict[str, int]:
    """Send what is to be told this week and was not; done twice, nobody is told twice."""
    tomorrow()
    today = timezone.localdate()
    retired = retire_old(today)
    week = reminders.week_of(today)
    told = {"retired": retired, "swept": sweep().files, "sent": 0, "failed": 0}
    for kind, found in (("digest", reminders.digests(today)), ("escalation", reminders.escalations(today))):
        sent = set(Digest.objects.filter(week=week, kind=kind, sent__isnull=False).values_list("user_id", flat=True))
        wanted = {number: digest for number, digest in found.items() if number not in sent}
        _send(work, week, kind, wanted, told)
    return told


def _send(work: Work, week: str, kind: str, wanted: dict[int, reminders.Digest], told: dict[str, int]) -> None:
    people = User.objects.in_bulk(list(wanted))
    numbers = sorted(people)
    today = timezone.localdate()
    with get_connection() as server:
        for start in range(0, len(numbers), _AT_ONCE):
            work.step(start, len(numbers), "reminding people")
            _some(server, {n: people[n] for n in numbers[start : start + _AT_ONCE]}, wanted, (week, kind), told, today)


def _some(
    server: BaseEmailBackend,
    people: dict[int, User],
    wanted: dict[int, reminders.Digest],
    of: tuple[str, str],
    told: dict[str, int],
    today: object,
) -> None:
    """Send to some people and keep at once that it was sent: what comes after a crash are at most these again."""
    week, kind = of
    rows = []
    for number, person in people.items():
        subject, text = reminders.text_of(person, wanted[number], today, escalated=kind == "escalation")  # type: ignore[arg-type]
        row = Digest(user=person, week=week, kind=kind, body=wanted[number].keys())
        try:
            EmailMessage(f"Evaltrail: {subject}", text, None, [person.email], connection=server).send()
        except OSError as fault:
            # One address that is not taken keeps nobody else from being told; the next day tries again.
            row.fault = " ".join(str(fault).split())[:300]
            told["failed"] += 1
        else:
            row.sent = timezone.now()
            told["sent"] += 1
        rows.append(row)
    with transaction.atomic():
        Digest.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["user", "week", "kind"], update_fields=["body", "sent", "fault"]
        )
