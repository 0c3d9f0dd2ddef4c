"""What a person looks at first: what is late, what waits to be verified, what is not answered; each number with its list.

Whoever sees every action is shown all of them, others what they and their units owe and what belongs to their evaluations; whoever has only
what is public, that. Each question is one that an index answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from django.core.paginator import Paginator
from django.db.models import Q
from django.utils import timezone

from evaltrail_office.accounts.access import within_stages
from evaltrail_office.accounts.policy import Role
from evaltrail_office.evaluations.models import Evaluation
from evaltrail_office.follow_up import queries_public, tallies
from evaltrail_office.follow_up.became import NAME as BECAME
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
MOST = 1_000
"""Rows of a list of what is public."""
WHAT = ("late", "unexplained", "claimed", "unanswered")
_ALL = frozenset({Role.HEAD, Role.COORDINATOR})
_KNOWS = frozenset({Role.HEAD, Role.MANAGER, Role.COORDINATOR, Role.VERIFIER})

_OWED = frozenset({*RUNNING, ActionState.CLAIMED})


class View:
    """Rows that one person's dashboard is about."""

    def __init__(self, hands: Hands) -> None:
        self.hands, self.today = hands, timezone.localdate()
        scope = hands.scope
        self.all = bool(scope.office & _ALL)
        self.own = bool(scope.units or scope.keys(_KNOWS))
        self.units = hands.family.seen_by(scope.units) if scope.units else frozenset()

    @property
    def public(self) -> bool:
        """Whether the person is shown what is public and nothing else."""
        return not (self.all or self.own)

    @cached_property
    def evaluations(self) -> list[int]:
        """Numbers of the evaluations in which the person has a part and whose papers they see."""
        scope = self.hands.scope
        if not scope.keys(_KNOWS):
            return []
        seen = within_stages(scope, evaluation="key", stage="stage", embargo="embargo")
        return list(Evaluation.objects.filter(seen, key__in=scope.among(_KNOWS)).order_by().values_list("pk", flat=True))

    @cached_property
    def mine(self) -> list[tuple[int, str, date | None, str, date | None]]:
        """What the person, their units and their evaluations owe: number, state, date, reason for delay, day of the claim.

        Three questions, each of which has an index; together in one they would have none. All rows are the person's to see.
        """
        found: dict[int, tuple[int, str, date | None, str, date | None]] = {}
        # Where few actions have an owner, the database takes that index for a poor one; left no other, it uses it.
        few, states = Q(owner=self.hands.user), Q(state__in=sorted(_OWED))
        for own in (few, Q(unit__in=self.units) & states, Q(evaluation__in=self.evaluations) & states):
            rows = Action.objects.filter(own).order_by().values_list("pk", "state", "due", "delay", "claimed")
            found.update((row[0], row) for row in rows if row[1] in _OWED)
        return list(found.values())

    def actions(self) -> QuerySet[Action]:
        """In force, of whoever sees all of them or what is public."""
        return Action.objects.all() if self.all else queries_public.actions()

    def tracks(self) -> QuerySet[Track]:
        """Recommendations that are followed."""
        if self.all:
            return Track.objects.all()
        if self.own:
            asked = Charge.objects.filter(unit__in=self.units).values("track")
            return Track.objects.filter(Q(pk__in=asked) | Q(evaluation__in=self.evaluations))
        return queries_public.tracks()

    def late(self, *, unexplained: bool = False) -> QuerySet[Action]:
        """Past the date that holds, while the unit has work to do."""
        rows = self.actions().filter(state__in=sorted(RUNNING), due__lt=self.today)
        return rows.filter(delay="") if unexplained else rows

    def claimed(self) -> QuerySet[Action]:
        """Waiting for the second key."""
        return self.actions().filter(state=ActionState.CLAIMED)

    def keys(self, what: str) -> list[int]:
        """Of a person's own: numbers of what is late or claimed, the longest first."""
        if what == "claimed":
            return [r[0] for r in sorted((r for r in self.mine if r[1] == ActionState.CLAIMED), key=lambda r: (r[4] or self.today, r[0]))]
        late = [r for r in self.mine if r[1] in RUNNING and r[2] is not None and r[2] < self.today]
        return [r[0] for r in sorted(late, key=lambda r: (r[2], r[0])) if what == "late" or not r[3]]

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
    if view.own and not view.all:
        first, waiting = view.keys("late")[:SHOWN], view.keys("claimed")[:SHOWN]
    else:
        for state in sorted(RUNNING):
            # Each by itself, in the order of the index, which the database could not keep over several states.
            first += view.late().filter(state=state).order_by("due").values_list("pk", flat=True)[:SHOWN]
        waiting = list(view.claimed().order_by("claimed").values_list("pk", flat=True)[:SHOWN])
    counts = _counts(view)
    overdue = sorted(_rows(first), key=lambda a: (a.due, a.pk))[:SHOWN]
    to_verify = sorted(_rows(waiting), key=lambda a: (a.claimed, a.pk))
    return Desk(
        late=counts["late"],
        unexplained=counts["unexplained"],
        claimed=counts["claimed"],
        oldest=(view.today - to_verify[0].claimed).days if to_verify and to_verify[0].claimed else 0,
        unanswered=counts["asked"],
        overdue=[_late(a, view.today) for a in overdue],
        to_verify=[_late(a, view.today) for a in to_verify],
    )


def _counts(view: View) -> dict[str, int]:
    """What is public is many rows and changes with the figures, so it was counted with them."""
    if view.own and not view.all:
        return {what: len(view.keys(what)) for what in ("late", "unexplained", "claimed")} | {"asked": view.unanswered().count()}
    if view.all:
        return {
            "late": view.late().count(),
            "unexplained": view.late(unexplained=True).count(),
            "claimed": view.claimed().count(),
            "asked": view.unanswered().count(),
        }
    kept = tallies.newest(released=True).rows(definition=BECAME).first()
    body: dict[str, Any] = kept.body if kept is not None else {"states": {}, "asked": 0}
    return {"asked": body["asked"], **{name: body["states"].get(name, 0) for name in ("late", "unexplained", "claimed")}}


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
    rows: QuerySet[Any, int] | list[int]
    if what == "unanswered":
        rows = view.unanswered().order_by("evaluation", "pk").values_list("pk", flat=True)
    elif view.own and not view.all:
        rows = view.keys(what)
    elif what == "claimed":
        rows = view.claimed().order_by("claimed", "pk").values_list("pk", flat=True)
    else:
        rows = view.late(unexplained=what == "unexplained").order_by("due", "pk").values_list("pk", flat=True)
    if view.public:
        # The first of them: to count or order all that is public would take longer than anybody waits.
        rows = rows[:MOST]
    found: Page[Any] = cast("Any", Paginator(rows, PAGE).get_page(page))
    keys = list(found.object_list)
    place = {pk: n for n, pk in enumerate(keys)}
    if what == "unanswered":
        tracks = Track.objects.filter(pk__in=keys).select_related("evaluation", "recommendation", "follow_up")
        found.object_list = sorted(tracks, key=lambda t: place[t.pk])
    else:
        found.object_list = [_late(a, view.today) for a in sorted(_rows(keys), key=lambda a: place[a.pk])]
    return found
