"""What became of the requests for a later date of an action, as figures break lateness down by: counted once, by the last that was granted.

Tables and journal are both read into the same rows, so that they cannot differ in how they are counted.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from evaltrail.measure.follow_up import NO_EXTENSION, NOT_GRANTED
from evaltrail_office.follow_up.machine import AskState
from evaltrail_office.follow_up.models import Action, Extension

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime, tzinfo

    from django.db.models import QuerySet

_AT_ONCE = 5_000


class Asked(NamedTuple):
    """A request for a later date."""

    state: str
    reason: str
    """A code of the preset."""
    made: datetime
    answered: datetime | None


@dataclass(frozen=True, slots=True)
class Extended:
    """All requests of an action together."""

    later_asked: date | None = None
    """Day of the last request that was not taken back."""
    extended: date | None = None
    """Day on which a later date was granted last."""
    extension_reason: str = ""
    """Code of the reason of that one."""


NONE = Extended()


def extended(asked: Iterable[Asked], zone: tzinfo | None = None) -> Extended:
    """All requests of one action, in the order in which they were made; ``zone`` is the office's, where it is known already."""
    standing = [a for a in asked if a.state != AskState.WITHDRAWN]
    if not standing:
        return NONE
    given = next((a for a in reversed(standing) if a.state == AskState.GRANTED and a.answered is not None), None)
    zone = zone or timezone.get_current_timezone()
    day = standing[-1].made.astimezone(zone).date()
    if given is None or given.answered is None:
        return Extended(day)
    return Extended(day, given.answered.astimezone(zone).date(), given.reason)


def of_actions(rows: QuerySet[Extension]) -> dict[int, Extended]:
    """By number of the action; one query."""
    found: defaultdict[int, list[Asked]] = defaultdict(list)
    columns = ("action_id", "state", "reason", "made", "answered")
    for action, *asked in rows.order_by("pk").values_list(*columns).iterator(_AT_ONCE):
        found[action].append(Asked(*asked))
    # Looked up once: for each request it would take half of the time.
    zone = timezone.get_current_timezone()
    return {action: extended(asked, zone) for action, asked in found.items()}


def group_of(found: Extended) -> str:
    """The group in which figures count it: a code, or one of the two that are none."""
    if found.extended is not None:
        return found.extension_reason
    return NOT_GRANTED if found.later_asked is not None else NO_EXTENSION


def of_action(action: Action) -> Extended:
    """Of one action; its extensions have been fetched."""
    rows = sorted(action.extensions.all(), key=lambda x: x.pk)
    return extended(Asked(x.state, x.reason, x.made, x.answered) for x in rows)


def with_group(group: str) -> QuerySet[Action]:
    """Actions of a group, as the tables have them now."""
    granted = Extension.objects.filter(state=AskState.GRANTED, answered__isnull=False)
    if group == NO_EXTENSION:
        return Action.objects.exclude(pk__in=Extension.objects.exclude(state=AskState.WITHDRAWN).values("action"))
    if group == NOT_GRANTED:
        asked = Extension.objects.filter(state__in=(AskState.ASKED, AskState.REFUSED))
        return Action.objects.filter(~Q(pk__in=granted.values("action")), pk__in=asked.values("action"))
    last = granted.filter(reason=group).exclude(Exists(granted.filter(action=OuterRef("action"), pk__gt=OuterRef("pk"))))
    return Action.objects.filter(pk__in=last.values("action"))
