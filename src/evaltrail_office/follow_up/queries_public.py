"""What anybody may know of follow-up: released evaluations, issued answers, states, public proofs, and no person's name.

Everything that a public page shows goes through the four conditions of this module.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from evaltrail_office.accounts.policy import Stage
from evaltrail_office.evaluations.models import Evaluation
from evaltrail_office.follow_up.hands import preset_of
from evaltrail_office.follow_up.machine import RUNNING, ActionState, ResponseState
from evaltrail_office.follow_up.models import Action, Proof, Response, Track

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.core.paginator import Page
    from django.db.models import QuerySet

    from evaltrail_office.follow_up.preset import Preset

PAGE = 25
MOST = 1_000
"""Actions of a state that are listed."""
STATES = ("verified", "claimed", "late")


class OfEach(Exists):
    """Whether there is such a row, looked up for each row that is asked about.

    PostgreSQL answers an EXISTS beside an OR from a table of all rows that there are, made anew for each query, where a list needs a
    few of them. It leaves alone what has an OFFSET.
    """

    template = "EXISTS(%(subquery)s OFFSET 0)"


def evaluations() -> QuerySet[Evaluation]:
    """Released ones that are followed."""
    return Evaluation.objects.filter(stage=Stage.RELEASED, follow_up__isnull=False)


def tracks() -> QuerySet[Track]:
    """Recommendations of released evaluations."""
    return Track.objects.filter(evaluation__stage=Stage.RELEASED)


def responses() -> QuerySet[Response]:
    """Answers that were issued."""
    return Response.objects.filter(state=ResponseState.ISSUED, evaluation__stage=Stage.RELEASED, track__isnull=False)


def actions() -> QuerySet[Action]:
    """What was promised in answers that were issued; of a register without answers, where the recommendation has one that was.

    Asked of each action by itself, so that a list in order stops at the last that is wanted instead of gathering all that is released.
    """
    released = Evaluation.objects.filter(pk=OuterRef("evaluation_id"), stage=Stage.RELEASED)
    own = Response.objects.filter(pk=OuterRef("response_id"), state=ResponseState.ISSUED)
    another = Response.objects.filter(track=OuterRef("track"), state=ResponseState.ISSUED)
    issued = OfEach(own) | Q(response=None) & OfEach(another)
    return Action.objects.exclude(state=ActionState.PROPOSED).filter(issued, OfEach(released))


def proofs() -> QuerySet[Proof]:
    """Public proofs of these that nobody withdrew."""
    return Proof.objects.filter(public=True, withdrawn=None, action__in=actions())


@dataclass(frozen=True, slots=True)
class Done:
    """An action as the public sees it."""

    action: Action
    shape: str
    """Of its state."""
    words: str
    found: str
    """The status, in the preset's words."""
    reason: str
    """Of a late one: what kind of reason was given."""
    proofs: tuple[Proof, ...]


def told(action: Action, today: date) -> Done:
    """How an action stands, without anybody's name; what it tells has been fetched."""
    preset: Preset = preset_of(action.track.follow_up)
    code = action.verified_status or action.claimed_status
    status = preset.status(code)
    shape, words = _standing(action, today)
    reason = preset.reason(action.delay)
    return Done(
        action,
        shape,
        words,
        status.words if status else "",
        reason.words if reason and shape == "late" else "",
        tuple(action.public_proofs),  # type: ignore[attr-defined]  # fetched so
    )


def _standing(action: Action, today: date) -> tuple[str, str]:
    state = ActionState(action.state)
    if state in RUNNING and action.due is not None and action.due < today:
        return "late", _("Late by %(n)d days") % {"n": (today - action.due).days}
    return {
        ActionState.OPEN: ("not_started", _("Not started")),
        ActionState.CLAIMED: ("claimed", _("Claimed, not verified")),
        ActionState.VERIFIED: ("verified", _("Verified")),
        ActionState.SELF_REPORTED: ("claimed", _("Self-reported, nobody verifies")),
        ActionState.DROPPED: ("noted", _("Dropped")),
    }.get(state, ("under_way", _("Under way")))


def _fetched(rows: QuerySet[Action]) -> QuerySet[Action]:
    shown = Prefetch("proofs", Proof.objects.filter(public=True, withdrawn=None).order_by("pk"), to_attr="public_proofs")
    return rows.select_related("evaluation", "unit", "track__recommendation", "track__follow_up").prefetch_related(shown)


def _share_rules(rows: Iterable[Action]) -> None:
    known: dict[int, Any] = {}
    for a in rows:
        a.track.follow_up = known.setdefault(a.track.follow_up_id, a.track.follow_up)


_OF = {
    "late": tuple(sorted(RUNNING)),
    "claimed": (ActionState.CLAIMED, ActionState.SELF_REPORTED),
    "verified": (ActionState.VERIFIED,),
}


def _first(state: str, count: int) -> list[int]:
    """Numbers of the first so many actions of a state: the latest first, late ones the longest.

    Each state of the table is asked for by itself: the index has its actions in order, and the database stops at the last that is wanted.
    """
    found: list[tuple[date, int]] = []
    late = state == "late"
    for one in _OF[state]:
        rows = actions().filter(state=one, **({"due__lt": timezone.localdate()} if late else {"due__isnull": False}))
        rows = rows.order_by("due" if late else "-due")
        found += [(due, pk) for due, pk in rows.values_list("due", "pk")[:count] if due is not None]
    return [pk for _due, pk in sorted(found, reverse=not late)[:count]]


def _told(keys: list[int]) -> list[Done]:
    today = timezone.localdate()
    rows = {a.pk: a for a in _fetched(Action.objects.filter(pk__in=keys))}
    _share_rules(rows.values())
    return [told(rows[pk], today) for pk in keys]


def some(count: int = 2) -> list[Done]:
    """A few of each state, for the first page: what was not done stands there too."""
    return _told([pk for state in STATES for pk in _first(state, count)])


def listed(state: str, page: str | None) -> tuple[list[Done], Page[int]]:
    """The first ``MOST`` of a state, paged; all of them are in the open data."""
    number = int(page) if page and page.isdecimal() and len(page) < len(str(MOST)) else 1
    # One more than the page needs tells whether there is another.
    keys = _first(state, min(MOST, number * PAGE + 1))
    found = Paginator(keys, PAGE).get_page(number)
    return _told(list(found.object_list)), found


def evaluations_listed(page: str | None) -> Page[Any]:
    """Evaluations, the latest first, with how many recommendations each has."""
    rows = evaluations().annotate(count=Count("tracks")).order_by(F("year").desc(nulls_last=True), "-pk")
    return Paginator(rows, PAGE).get_page(page)


@dataclass(slots=True)
class Followed:
    """A recommendation with what was answered and done."""

    track: Track
    answers: list[tuple[Response, str]] = field(default_factory=list)
    """The issued ones in force, with the verdict in the preset's words."""
    done: list[Done] = field(default_factory=list)


def followed(evaluation: Evaluation) -> list[Followed]:
    """All recommendations of an evaluation; some queries whatever their number."""
    today = timezone.localdate()
    own = tracks().filter(evaluation=evaluation).select_related("recommendation", "follow_up").order_by("recommendation__position")
    found = {t.pk: Followed(t) for t in own}
    last: defaultdict[int, dict[tuple[int | None, str], Response]] = defaultdict(dict)
    for r in responses().filter(evaluation=evaluation).select_related("point").order_by("point__position", "version"):
        assert r.track_id is not None  # noqa: S101 - responses() has none without
        last[r.track_id][r.point_id, r.organisation] = r
    rows = list(_fetched(actions().filter(evaluation=evaluation)).order_by("track", "position", "pk"))
    _share_rules(rows)
    for track, said in last.items():
        preset = preset_of(found[track].track.follow_up)
        found[track].answers = [(r, preset.verdicts.get(r.verdict, r.get_verdict_display())) for r in said.values()]  # type: ignore[call-overload]
    for a in rows:
        found[a.track_id].done.append(told(a, today))
    return list(found.values())
