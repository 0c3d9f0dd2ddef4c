"""What units owe: lists in groups, the figures that were counted from them, and each row with its dates and keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from evaltrail_office.accounts.models import User
from evaltrail_office.follow_up.groups import BY_DATE, ORDER, Figures, Filters, Group, Overdue, condition, outline, since_of
from evaltrail_office.follow_up.hands import Hands, preset_of
from evaltrail_office.follow_up.machine import ActionState, AskState, ClaimState
from evaltrail_office.follow_up.models import Action, Claim, Extension, Proof
from evaltrail_office.follow_up.moving import allowed
from evaltrail_office.follow_up.standing import Key, Standing, keys, short, standing
from evaltrail_office.follow_up.timeline import Drawn, Scale, dates_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from django.core.paginator import Page
    from django.db.models import QuerySet

    from evaltrail_office.follow_up.preset import Preset

PAGE = 25
_LONG = 50
"""Letters of a title."""


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
        found = _with_rows(rows).filter(condition(group, today, since)).order_by(*ORDER.get(group, BY_DATE))
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
