"""What a person looks at first: what is late, what waits to be verified, what is not answered; each number with its list.

Whoever sees every action is shown all of them, others what they and their units owe and what belongs to their evaluations; whoever has only
what is public, that. Each question is one that an index answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.core.paginator import Paginator
from django.db.models import Q
from django.utils import timezone

from evaltrail_office.accounts.access import visible
from evaltrail_office.accounts.policy import Role
from evaltrail_office.follow_up import queries_public
from evaltrail_office.follow_up.hands import preset_of
from evaltrail_office.follow_up.machine import RUNNING, ActionState, TrackState
from evaltrail_office.follow_up.models import Action, Charge, Track

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.core.paginator import Page
    from django.db.models import QuerySet

    from evaltrail_office.follow_up.hands import Hands

SHOWN = 5
PAGE = 25
WHAT = ("late", "unexplained", "claimed", "unanswered")
_ALL = frozenset({Role.HEAD, Role.COORDINATOR})
_KNOWS = frozenset({Role.HEAD, Role.MANAGER, Role.COORDINATOR, Role.VERIFIER})


class View:
    """Rows that one person's dashboard is about."""

    def __init__(self, hands: Hands) -> None:
        self.hands, self.today = hands, timezone.localdate()
        scope = hands.scope
        self.all = bool(scope.office & _ALL)
        self.own = bool(scope.units or scope.keys(_KNOWS))
        self.units = hands.family.seen_by(scope.units) if scope.units else frozenset()

    def actions(self) -> QuerySet[Action]:
        """In force."""
        if self.all:
            return Action.objects.all()
        if self.own:
            mine = Q(owner=self.hands.user) | Q(unit__in=self.units) | Q(evaluation__key__in=self.hands.scope.among(_KNOWS))
            return visible(self.hands.user, Action.objects.filter(mine))
        return queries_public.actions()

    def tracks(self) -> QuerySet[Track]:
        """Recommendations that are followed."""
        if self.all:
            return Track.objects.all()
        if self.own:
            asked = Charge.objects.filter(unit__in=self.units).values("track")
            return Track.objects.filter(Q(pk__in=asked) | Q(evaluation__key__in=self.hands.scope.among(_KNOWS)))
        return queries_public.tracks()

    def late(self, *, unexplained: bool = False) -> QuerySet[Action]:
        """Past the date that holds, while the unit has work to do."""
        rows = self.actions().filter(state__in=sorted(RUNNING), due__lt=self.today)
        return rows.filter(delay="") if unexplained else rows

    def claimed(self) -> QuerySet[Action]:
        """Waiting for the second key."""
        return self.actions().filter(state=ActionState.CLAIMED)

    def unanswered(self) -> QuerySet[Track]:
        """Followed, and not every answer that is owed was transmitted."""
        return self.tracks().filter(state=TrackState.FOLLOWED, answered=None)


@dataclass(frozen=True, slots=True)
class Late:
    """A late action as a row."""

    action: Action
    days: int
    """Past the date that holds; of a claimed one, that it waits."""
    reason: str
    """Why, in words; empty: none is given."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Follow-up on a dashboard."""

    late: int
    unexplained: int
    claimed: int
    oldest: int
    """Days that the oldest claim waits."""
    unanswered: int
    overdue: Sequence[Late]
    to_verify: Sequence[Late]

    @property
    def anything(self) -> bool:
        """Whether anything is followed."""
        return bool(self.late or self.claimed or self.unanswered)


def desk(hands: Hands) -> Desk:
    """Numbers, and the first rows of two lists."""
    view = View(hands)
    first: list[int] = []
    for state in sorted(RUNNING):
        # Each by itself, in the order of the index, which the database could not keep over several states.
        first += view.late().filter(state=state).order_by("due", "pk").values_list("pk", flat=True)[:SHOWN]
    waiting = list(view.claimed().order_by("claimed", "pk").values_list("pk", flat=True)[:SHOWN])
    overdue = sorted(_rows(first), key=lambda a: (a.due, a.pk))[:SHOWN]
    to_verify = sorted(_rows(waiting), key=lambda a: (a.claimed, a.pk))
    return Desk(
        late=view.late().count(),
        unexplained=view.late(unexplained=True).count(),
        claimed=view.claimed().count(),
        oldest=(view.today - to_verify[0].claimed).days if to_verify and to_verify[0].claimed else 0,
        unanswered=view.unanswered().count(),
        overdue=[_late(a, view.today) for a in overdue],
        to_verify=[_late(a, view.today) for a in to_verify],
    )


def _rows(keys: Sequence[int]) -> list[Action]:
    rows = list(Action.objects.filter(pk__in=keys).select_related("evaluation", "unit", "track__recommendation", "track__follow_up"))
    known: dict[int, Any] = {}
    for a in rows:
        a.track.follow_up = known.setdefault(a.track.follow_up_id, a.track.follow_up)
    return rows


def _late(a: Action, today: date) -> Late:
    since = a.claimed if a.state == ActionState.CLAIMED else a.due
    reason = preset_of(a.track.follow_up).reason(a.delay)
    return Late(a, max(0, (today - since).days) if since else 0, reason.words if reason else a.delay)


def listed(hands: Hands, what: str, page: str | None) -> Page[Any]:
    """One of the lists, paged: actions as ``Late``, recommendations as tracks."""
    view = View(hands)
    rows: QuerySet[Any, int]
    if what == "unanswered":
        rows = view.unanswered().order_by("evaluation", "pk").values_list("pk", flat=True)
    elif what == "claimed":
        rows = view.claimed().order_by("claimed", "pk").values_list("pk", flat=True)
    else:
        rows = view.late(unexplained=what == "unexplained").order_by("due", "pk").values_list("pk", flat=True)
    found: Page[Any] = cast("Any", Paginator(rows, PAGE).get_page(page))
    keys = list(found.object_list)
    place = {pk: n for n, pk in enumerate(keys)}
    if what == "unanswered":
        tracks = Track.objects.filter(pk__in=keys).select_related("evaluation", "recommendation", "follow_up")
        found.object_list = sorted(tracks, key=lambda t: place[t.pk])
    else:
        found.object_list = [_late(a, view.today) for a in sorted(_rows(keys), key=lambda a: place[a.pk])]
    return found
