"""What units owe: lists in groups, the figures that were counted from them, and each row with its dates and keys."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from heapq import nsmallest
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.core.paginator import Paginator
from django.db import models
from django.db.models import F, Prefetch, Q, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from evaltrail_office.accounts.models import User
from evaltrail_office.follow_up.hands import Hands, preset_of
from evaltrail_office.follow_up.machine import CLOSED, RUNNING, ActionState, AskState, ClaimState
from evaltrail_office.follow_up.models import Action, Claim, Extension, Proof
from evaltrail_office.follow_up.moving import allowed
from evaltrail_office.follow_up.standing import OPEN_STATES, SOON, Key, Standing, keys, short, standing
from evaltrail_office.follow_up.timeline import Drawn, Scale, dates_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.core.paginator import Page
    from django.db.models import QuerySet
    from django.http import QueryDict

    from evaltrail_office.follow_up.preset import Preset

PAGE = 25
NONE = "none"
_LONG = 50
"""Letters of a title."""
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
_BY_DATE = (F("due").asc(nulls_last=True), "pk")


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
    key = f"follow-up:board:{hashlib.sha256(f'{rows.query} {today} {since}'.encode()).hexdigest()}"
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
    for pk, state, first, due, claimed, delay in open_rows.values_list("pk", "state", "first_due", "due", "claimed", "delay").iterator():
        group = _group_of(state, first, due, today)
        found[group].append(({Group.LATE: first, Group.CLAIMED: claimed}.get(group, due) or date.max, pk))
        unexplained += group == Group.LATE and not delay
    closed_rows = rows.filter(condition(Group.CLOSED, today, since)).order_by()
    for pk, state, closed in closed_rows.values_list("pk", "state", "closed").iterator():
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


@dataclass(frozen=True, slots=True)
class Line:
    """An action as a row of a board."""

    action: Action
    standing: Standing
    keys: tuple[Key, Key]
    drawn: Drawn
    reason: str
    """Why it is late, in words; empty: none was given."""
    unexplained: bool
    may_explain: bool
    moved: tuple[Extension, ...]
    """Later dates that were granted."""
    mover: str
    """Who granted the last of them."""
    asked: Extension | None
    """A later date that is asked for."""
    claim: Claim | None
    """That stands or waits."""
    proofs: tuple[Proof, ...]
    """Of that claim, as far as they may be seen."""
    hidden_proofs: int
    sent_back: Claim | None
    """The last one that was sent back, while that matters."""
    times_sent_back: int

    @property
    def title(self) -> str:
        """Of the evaluation, short: what stands before the colon of a long one."""
        title = self.action.evaluation.title
        return title.partition(": ")[0] if len(title) > _LONG else title

    @property
    def moved_words(self) -> str:
        """How often its date was moved, and by whom."""
        if not self.moved:
            return ""
        if len(self.moved) == 2:
            return gettext("Date moved twice.")
        if len(self.moved) > 1:
            return ngettext("Date moved %(n)d time.", "Date moved %(n)d times.", len(self.moved)) % {"n": len(self.moved)}
        day = short(self.moved[0].answered.date()) if self.moved[0].answered else ""
        if self.mover:
            return gettext("Date moved once, %(day)s, by %(name)s.") % {"day": day, "name": self.mover}
        return gettext("Date moved once, %(day)s.") % {"day": day}

    @property
    def proof_words(self) -> str:
        """What the proofs of the claim show."""
        words = "; ".join(p.words.rstrip(".") for p in self.proofs)
        if self.hidden_proofs and not words:
            return ngettext("%(n)d, for whoever verifies", "%(n)d, for whoever verifies", self.hidden_proofs) % {"n": self.hidden_proofs}
        return words if len(words) < 140 else f"{words[:138].rsplit(' ', 1)[0]} …"


def _with_rows(rows: QuerySet[Action]) -> QuerySet[Action]:
    return rows.select_related(
        "evaluation", "unit", "owner", "response", "track", "track__recommendation", "track__follow_up", "track__evaluation"
    )


def _around(shown_proofs: QuerySet[Proof]) -> tuple[Any, ...]:
    claims = Claim.objects.order_by("-pk").prefetch_related(
        Prefetch("proofs", Proof.objects.filter(withdrawn=None).only("pk", "words"), to_attr="every_proof"),
        Prefetch("proofs", shown_proofs.filter(withdrawn=None), to_attr="shown_proofs"),
    )
    return ("extensions", Prefetch("claims", claims), "track__charges")


def fetched(rows: QuerySet[Action], shown_proofs: QuerySet[Proof]) -> QuerySet[Action]:
    """With all that rows tell, in a number of queries that does not grow with them."""
    return _with_rows(rows).prefetch_related(*_around(shown_proofs))


def share_rules(actions: Iterable[Action]) -> None:
    """Let actions of one follow-up have one row of it, so that its preset is read once."""
    known: dict[int, Any] = {}
    for action in actions:
        action.track.follow_up = known.setdefault(action.track.follow_up_id, action.track.follow_up)


def names_of(actions: Iterable[Action]) -> dict[str, str]:
    """Names of all who are named in rows."""
    wanted = set()
    for action in actions:
        wanted.add(action.verified_by)
        wanted |= {c.made_by for c in action.claims.all()} | {x.answered_by for x in action.extensions.all()}
        wanted |= {c.answered_by for c in action.claims.all()}
    return dict(User.objects.filter(key__in=wanted - {""}).values_list("key", "name"))


def line(action: Action, hands: Hands, names: Mapping[str, str], scale: Scale, today: date) -> Line:
    """A row; what it tells has been fetched."""
    preset = preset_of(action.track.follow_up)
    claims = [c for c in action.claims.all() if c.state != ClaimState.WITHDRAWN]
    at = standing(action, preset, today, claims=len(claims))
    standing_claim = next((c for c in claims if c.state != ClaimState.SENT_BACK), None) if action.claimed else None
    back = [c for c in claims if c.state == ClaimState.SENT_BACK]
    matters = back and action.state in {ActionState.SENT_BACK, ActionState.CLAIMED}
    moved = tuple(x for x in action.extensions.all() if x.state == AskState.GRANTED)
    return Line(
        action=action,
        standing=at,
        keys=keys(action, preset, names, standing_claim),
        drawn=scale.drawn(dates_of(action, today)),
        reason=reason_words(action, preset),
        unexplained=at.shape == "late" and not action.delay,
        may_explain=allowed(hands, action, "explain"),
        moved=moved,
        mover=names.get(moved[-1].answered_by, "") if moved else "",
        asked=next((x for x in action.extensions.all() if x.state == AskState.ASKED), None),
        claim=standing_claim,
        proofs=tuple(standing_claim.shown_proofs) if standing_claim else (),  # type: ignore[attr-defined]  # fetched so
        hidden_proofs=len(standing_claim.every_proof) - len(standing_claim.shown_proofs) if standing_claim else 0,  # type: ignore[attr-defined]  # as above
        sent_back=back[0] if matters else None,
        times_sent_back=len(back),
    )


def reason_words(action: Action, preset: Preset) -> str:
    """Why it is late: the words that were given, or else the kind of reason; and whether it lies outside the unit."""
    known = preset.reason(action.delay)
    words = action.delay_words.strip().rstrip(".") or (known.words if known else action.delay)
    return gettext("%(why)s (outside the unit)") % {"why": words} if words and known and known.outside else words


@dataclass(frozen=True, slots=True)
class Section:
    """A group of rows with its number."""

    group: str
    label: str
    count: int
    lines: tuple[Line, ...]
    address: str


@dataclass(frozen=True, slots=True)
class Board:
    """All that a board shows."""

    figures: Figures
    sections: tuple[Section, ...]
    scale: Scale
    filters: Filters
    since: date
    today: date
    page: Page[Action] | None = None
    """Of the one group that is shown; None: all groups are, a few rows of each."""
    as_of: datetime | None = None
    """When the numbers were counted, where that is some minutes ago."""

    @property
    def drawn(self) -> bool:
        """Whether any row is shown."""
        return any(part.lines for part in self.sections)

    @property
    def title(self) -> str:
        """Of a list that is no group."""
        if self.filters.group == "verified":
            return gettext("Verified")
        if self.filters.overdue:
            return str(Overdue(self.filters.overdue).label).capitalize()
        return gettext("Open actions")

    @property
    def open_address(self) -> str:
        """Each number opens the list that it was counted from."""
        return self.filters.address(group="open", overdue="")

    @property
    def late_address(self) -> str:
        """Of the list of late actions."""
        return self.filters.address(group=Group.LATE, overdue="")

    @property
    def unexplained_address(self) -> str:
        """Of the list of late actions without a reason."""
        return self.filters.address(group="", overdue=Overdue.UNEXPLAINED)

    @property
    def soon_address(self) -> str:
        """Of the list of those that are due soon."""
        return self.filters.address(group=Group.SOON, overdue="")

    @property
    def claimed_address(self) -> str:
        """Of the list of those that wait for the second key."""
        return self.filters.address(group=Group.CLAIMED, overdue="")

    @property
    def verified_address(self) -> str:
        """Of the list of verified ones."""
        return self.filters.address(group="verified", overdue="")


def board(rows: QuerySet[Action], hands: Hands, filters: Filters, shown_proofs: QuerySet[Proof], page: str | None = None) -> Board:
    """A board of these rows: all groups with a few rows each, or the one group that is asked for, paged."""
    today = timezone.localdate()
    since = since_of(filters, today)
    rows = filters.on(rows.exclude(state=ActionState.PROPOSED), today)
    counted = outline(rows, today, since)
    listed: Page[Action] | None = None
    groups: list[tuple[str, Sequence[Action]]] = []
    if filters.group or filters.overdue:
        group = filters.group or "open"
        found = _with_rows(rows).filter(condition(group, today, since)).order_by(*ORDER.get(group, _BY_DATE))
        listed = Paginator(found, PAGE).get_page(page)
        groups.append((group, list(listed)))
    else:
        rows_of = _with_rows(Action.objects.all()).in_bulk([pk for first in counted.first.values() for pk in first])
        groups = [(g, [rows_of[pk] for pk in counted.first[g] if pk in rows_of]) for g in Group.values]
    actions = [a for _group, part in groups for a in part]
    # For all groups at once.
    prefetch_related_objects(actions, *_around(shown_proofs))
    share_rules(actions)
    names = names_of(actions)
    scale = Scale.of([dates_of(a, today) for a in actions], today)
    sections = tuple(
        Section(
            group,
            str(Group(group).label) if group in Group.values else "",
            listed.paginator.count if listed is not None else counted.figures.of(group),
            tuple(line(a, hands, names, scale, today) for a in part),
            filters.address(group=group),
        )
        for group, part in groups
        if part or listed is not None
    )
    return Board(counted.figures, sections, scale, filters, since, today, listed, counted.as_of)
