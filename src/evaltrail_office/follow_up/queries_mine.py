"""What one person has to do: what they and their units owe, and what waits for their decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.utils import timezone

from evaltrail_office.accounts.access import visible
from evaltrail_office.accounts.models import Unit, User
from evaltrail_office.accounts.policy import Role
from evaltrail_office.follow_up.actions.answers import title_of
from evaltrail_office.follow_up.desk import Desk
from evaltrail_office.follow_up.hands import preset_of
from evaltrail_office.follow_up.machine import RUNNING, ActionState, AskState, ClaimState
from evaltrail_office.follow_up.models import Action, Charge, Claim, Drop, Extension, Response
from evaltrail_office.follow_up.moving import allowed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.core.paginator import Page
    from django.db.models import QuerySet

    from evaltrail_office.follow_up.hands import Hands
    from evaltrail_office.follow_up.preset import Preset

SHOWN = 5
"""Of each kind that waits, on the page that shows all kinds."""
PAGE = 25
CLEARED_AT_MOST = 200
"""Answers in clearance that are looked at: whose step it is, only ``Hands`` can say."""
WHOSE = ("me", "unit", "below")


def owed(hands: Hands, whose: str = "") -> QuerySet[Action]:
    """Actions of the person, of the units for which they answer, and of those below; ``whose`` narrows it to one of these.

    All of them are the person's to see, so that nothing more is asked about that.
    """
    below = hands.family.seen_by(hands.scope.units) if hands.scope.units else frozenset()
    mine, unit, under = Q(owner=hands.user), Q(unit__in=hands.units), Q(unit__in=below - hands.units)
    wanted = {"me": mine, "unit": unit, "below": under}.get(whose, mine | Q(unit__in=below))
    return Action.objects.filter(wanted)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for the person."""

    what: str
    """``claims``, ``later``, ``drops``, ``draft``, ``contribute``, ``clear``."""
    count: int
    actions: Sequence[Action] = ()
    responses: Sequence[tuple[Response, str]] = ()
    """With what each is an answer to."""
    page: Page[Action] | None = None


def to_verify(hands: Hands, desk: Desk) -> QuerySet[Action]:
    """Claims that wait for this person's key, the oldest first."""
    rows = visible(hands.user, Action.objects.filter(state=ActionState.CLAIMED)).filter(desk.names("verifier"))
    own = Claim.objects.filter(state=ClaimState.WAITING, made_by=hands.user.key).values("action")
    return rows.exclude(pk__in=own).order_by("claimed", "pk")


def to_date(hands: Hands, desk: Desk) -> QuerySet[Action]:
    """Later dates that wait for this person's answer."""
    asked = Extension.objects.filter(state=AskState.ASKED).values("action")
    rows = visible(hands.user, Action.objects.filter(pk__in=asked, state__in=sorted(RUNNING)))
    return rows.filter(desk.names("extension")).order_by("due", "pk")


def to_drop(hands: Hands, desk: Desk) -> QuerySet[Action]:
    """Actions that are to be dropped and wait for this person's answer."""
    own = Drop.objects.filter(state=AskState.ASKED, made_by=hands.user.key).values("action")
    rows = visible(hands.user, Action.objects.filter(state=ActionState.DROP_ASKED)).filter(desk.names("closing__approver"))
    return rows.exclude(pk__in=own).order_by("due", "pk")


def _told(rows: QuerySet[Action]) -> QuerySet[Action]:
    return rows.select_related("evaluation", "unit", "track", "track__recommendation", "track__follow_up").prefetch_related(
        Prefetch("extensions", Extension.objects.filter(state=AskState.ASKED), to_attr="asked"),
        Prefetch("drops", Drop.objects.filter(state=AskState.ASKED), to_attr="to_drop"),
    )


def waiting(hands: Hands, only: str = "", page: str | None = None) -> list[Waiting]:
    """All that waits, by kind, a few of each; or all of one kind, paged."""
    desk = Desk(hands)
    found = []
    for what, rows in (("claims", to_verify), ("later", to_date), ("drops", to_drop)):
        if only and only != what:
            continue
        every = rows(hands, desk)
        if only:
            listed = Paginator(_told(every), PAGE).get_page(page)
            found.append(Waiting(what, listed.paginator.count, list(listed), page=listed))
        elif count := every.count():
            found.append(Waiting(what, count, list(_told(every)[:SHOWN])))
    answers = Response.objects.select_related(
        "evaluation", "follow_up", "point", "track", "track__recommendation", "track__evaluation", "track__follow_up"
    ).prefetch_related(Prefetch("track__charges", Charge.objects.all()))
    for what, condition in (("draft", desk.drafts()), ("contribute", desk.contributions()), ("clear", desk.to_clear())):
        if only and only != what:
            continue
        if what != "clear" and not hands.units:
            continue
        # Their numbers first: what each is an answer to is fetched of those alone that are shown.
        numbers = list(
            Response.objects.filter(condition).order_by("follow_up__response_due", "pk").values_list("pk", flat=True)[:CLEARED_AT_MOST]
        )
        fetched = answers.in_bulk(numbers if only or what == "clear" else numbers[:SHOWN])
        mine = [fetched[n] for n in numbers if n in fetched]
        if what == "clear":
            mine = [r for r in mine if allowed(hands, _shared(mine, r), "clear")]
        if mine:
            shown = mine if only else mine[:SHOWN]
            count = len(mine) if what == "clear" else len(numbers)
            found.append(Waiting(what, count, responses=[(r, title_of(r)) for r in shown]))
    return found


def _shared(rows: Sequence[Response], row: Response) -> Response:
    """With the one row of its follow-up that the others of it have too, so that its preset is read once."""
    row.follow_up = next(r.follow_up for r in rows if r.follow_up_id == row.follow_up_id)
    return row


def verifies_something(hands: Hands) -> bool:
    """Whether the person may ever turn a second key, so that an empty queue means that nothing waits."""
    roles = {Role.HEAD, Role.VERIFIER}
    return bool(hands.scope.office & roles or hands.scope.keys(roles) or Desk(hands).below)


def boards(hands: Hands) -> list[Unit]:
    """Units whose boards the person may look at by their part in them; all for the office and those who coordinate."""
    rows = Unit.objects.filter(successor=None).order_by("name")
    if hands.scope.office & {Role.HEAD, Role.COORDINATOR}:
        return list(rows)
    return list(rows.filter(pk__in=hands.family.seen_by(hands.scope.units))) if hands.scope.units else []


@dataclass(frozen=True, slots=True)
class ToVerify:
    """A claim in the queue."""

    action: Action
    claim: Claim
    status: str
    """As claimed, in the preset's words."""
    by: str
    days: int
    """That it waits."""
    before: tuple[tuple[Claim, str], ...]
    """Earlier claims that were answered, with the status that was found, in words."""


def queue(actions: Sequence[Action], today: date | None = None) -> list[ToVerify]:
    """Rows of the queue, of actions that ``queries_board.fetched`` fetched."""
    today = today or timezone.localdate()
    claims = {a.pk: next((c for c in a.claims.all() if c.state == ClaimState.WAITING), None) for a in actions}
    names = dict(User.objects.filter(key__in={c.made_by for c in claims.values() if c}).values_list("key", "name"))
    found = []
    for action in actions:
        claim = claims[action.pk]
        if claim is None:
            continue
        preset = preset_of(action.track.follow_up)
        known = preset.status(claim.status)
        found.append(
            ToVerify(
                action,
                claim,
                known.words if known else claim.status,
                names.get(claim.made_by, claim.made_by),
                (today - timezone.localdate(claim.made)).days,
                tuple((c, _found(c, preset)) for c in action.claims.all() if c.answered_by),
            )
        )
    return found


def _found(claim: Claim, preset: Preset) -> str:
    known = preset.status(claim.verified_status)
    return known.words if known else ""
