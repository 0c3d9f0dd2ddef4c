"""Lists of actions in groups: which row is in which, what narrows a list, and the numbers, counted in one pass."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from heapq import nsmallest
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaltrail import __version__
from evaltrail_office.follow_up.machine import CLOSED, RUNNING, ActionState
from evaltrail_office.follow_up.standing import OPEN_STATES, SOON

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import QueryDict

    from evaltrail_office.follow_up.models import Action

NONE = "none"
_LONG_TIME, _KEPT = 0.15, 300
"""Seconds that counting takes for it to be kept, and for how many."""


class Group(models.TextChoices):
    """Parts of a board, in the order in which they stand there."""

    LATE = "late", _("Late")
    SOON = "soon", _("Due within 60 days")
    CLAIMED = "claimed", _("Claimed, waiting for the second key")
    TO_DROP = "to_drop", _("To be dropped, waiting for approval")
    LATER = "later", _("Under way, due later")
    CLOSED = "closed", _("Closed")


SHOWN = {Group.LATE: 15, Group.SOON: 10, Group.CLAIMED: 10, Group.TO_DROP: 5, Group.LATER: 5, Group.CLOSED: 5}
"""Rows of each group on a board that shows them all."""


class Overdue(models.TextChoices):
    """Against what something is late."""

    FIRST = "first", _("past the first date")
    CURRENT = "current", _("past the date that holds")
    UNEXPLAINED = "unexplained", _("late without a reason")


def condition(group: str, today: date, since: date) -> Q:
    """Rows of a group. Late is what is past its first date, moved or not, while the unit has work to do."""
    running = Q(state__in=sorted(RUNNING))
    # Whatever has a date has a first one, which is never the later of the two.
    late = Q(first_due__lt=today)
    timely = Q(first_due=None) | Q(first_due__gte=today)
    soon = Q(due__gte=today, due__lte=today + timedelta(days=SOON))
    match group:
        case Group.LATE:
            return running & late
        case Group.SOON:
            return running & timely & soon
        case Group.CLAIMED:
            return Q(state=ActionState.CLAIMED)
        case Group.TO_DROP:
            return Q(state=ActionState.DROP_ASKED)
        case Group.LATER:
            return running & timely & (Q(due=None) | Q(due__gt=today + timedelta(days=SOON)))
        case Group.CLOSED:
            return Q(state__in=sorted(CLOSED), closed__gte=since)
        case "verified":
            return Q(state=ActionState.VERIFIED, closed__gte=since)
    return Q(state__in=sorted(OPEN_STATES))


ORDER: dict[str, tuple[Any, ...]] = {
    Group.LATE: ("first_due", "pk"),
    Group.CLAIMED: ("claimed", "pk"),
    Group.CLOSED: ("-closed", "-pk"),
    "verified": ("-closed", "-pk"),
}
BY_DATE = (F("due").asc(nulls_last=True), "pk")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to."""

    evaluation: str = ""
    priority: str = ""
    owner: str = ""
    group: str = ""
    overdue: str = ""
    since: date | None = None
    whose: str = ""
    """Of a person's own list: ``me``, ``unit``, ``below``; empty: all of these."""

    @classmethod
    def of(cls, asked: QueryDict, whose: str = "") -> Filters:
        """As an address has them; what it has wrong is left out."""
        try:
            since = date.fromisoformat(asked.get("since", "")[:10])
        except ValueError:
            since = None
        group, overdue = asked.get("group", ""), asked.get("overdue", "")
        return cls(
            evaluation=asked.get("evaluation", "")[:20],
            priority=asked.get("priority", "")[:40],
            owner=asked.get("owner", "")[:20],
            group=group if group in {*Group.values, "verified", "open"} else "",
            overdue=overdue if overdue in Overdue.values else "",
            since=since,
            whose=whose,
        )

    def on(self, rows: QuerySet[Action], today: date) -> QuerySet[Action]:
        """Rows of them, not yet of a group."""
        if self.evaluation:
            rows = rows.filter(evaluation__key=self.evaluation)
        if self.priority:
            rows = rows.filter(track__recommendation__priority="" if self.priority == NONE else self.priority)
        if self.owner:
            rows = rows.filter(owner=None) if self.owner == NONE else rows.filter(owner__key=self.owner)
        running = Q(state__in=sorted(RUNNING))
        if self.overdue == Overdue.FIRST:
            rows = rows.filter(running, first_due__lt=today)
        elif self.overdue == Overdue.CURRENT:
            rows = rows.filter(running, due__lt=today)
        elif self.overdue == Overdue.UNEXPLAINED:
            rows = rows.filter(condition(Group.LATE, today, today), delay="")
        return rows

    @property
    def narrowed(self) -> bool:
        """Whether something is left out."""
        return bool(self.evaluation or self.priority or self.owner or self.overdue)

    def address(self, **other: str) -> str:
        """The query of an address with these filters and others."""
        own = {
            "whose": self.whose,
            "evaluation": self.evaluation,
            "priority": self.priority,
            "owner": self.owner,
            "overdue": self.overdue,
            "group": self.group,
            "since": self.since.isoformat() if self.since else "",
        }
        said = {k: v for k, v in {**own, **other}.items() if v}
        return f"?{urlencode(said)}" if said else "?"


def since_of(filters: Filters, today: date) -> date:
    """From when on closed actions are shown: a year, from the first of a month."""
    return filters.since or today.replace(year=today.year - 1, day=1)


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers of a board."""

    open: int
    late: int
    unexplained: int
    soon: int
    claimed: int
    to_drop: int
    later: int
    closed: int
    verified: int

    def of(self, group: str) -> int:
        """That of a group."""
        return int(getattr(self, str(group)))


@dataclass(frozen=True, slots=True)
class Outline:
    """What a board shows, before any row is fetched: its numbers, and the first rows of each group."""

    figures: Figures
    first: dict[str, tuple[int, ...]]
    as_of: datetime | None = None
    """When it was counted, where that is some minutes ago."""


def outline(rows: QuerySet[Action], today: date, since: date) -> Outline:
    """Outline of rows. What took long to count is kept for some minutes, and then says of when it is."""
    # What was kept by another version of the program is not looked at.
    key = f"follow-up:board:{__version__}:{__name__}:{hashlib.sha256(f'{rows.query} {today} {since}'.encode()).hexdigest()}"
    kept: Outline | None = cache.get(key)
    if kept is not None:
        return kept
    begun = monotonic()
    made = _counted(rows, today, since)
    if monotonic() - begun > _LONG_TIME:
        cache.set(key, replace(made, as_of=timezone.now()), _KEPT)
    return made


def _counted(rows: QuerySet[Action], today: date, since: date) -> Outline:
    """One pass over what is open and one over what was closed: cheaper than asking for every number and group by itself."""
    found: dict[str, list[tuple[Any, int]]] = {g: [] for g in Group.values}
    unexplained = verified = 0
    open_rows = rows.filter(state__in=sorted(OPEN_STATES)).order_by()
    for pk, state, first, due, claimed, delay in open_rows.values_list("pk", "state", "first_due", "due", "claimed", "delay"):
        group = _group_of(state, first, due, today)
        found[group].append(({Group.LATE: first, Group.CLAIMED: claimed}.get(group, due) or date.max, pk))
        unexplained += group == Group.LATE and not delay
    closed_rows = rows.filter(condition(Group.CLOSED, today, since)).order_by()
    for pk, state, closed in closed_rows.values_list("pk", "state", "closed"):
        if closed is not None:
            found[Group.CLOSED].append((-closed.toordinal(), -pk))
        verified += state == ActionState.VERIFIED
    first_rows = {g: tuple(abs(pk) for _day, pk in nsmallest(SHOWN[Group(g)], found[g])) for g in found}
    counts = {g: len(found[g]) for g in found}
    open_ = sum(counts.values()) - counts[Group.CLOSED]
    return Outline(Figures(open=open_, unexplained=unexplained, verified=verified, **counts), first_rows)


def _group_of(state: str, first: date | None, due: date | None, today: date) -> Group:
    """The group of an open action: the same as ``condition`` says."""
    if state == ActionState.CLAIMED:
        return Group.CLAIMED
    if state == ActionState.DROP_ASKED:
        return Group.TO_DROP
    if first is not None and first < today:
        return Group.LATE
    return Group.SOON if due is not None and due <= today + timedelta(days=SOON) else Group.LATER
