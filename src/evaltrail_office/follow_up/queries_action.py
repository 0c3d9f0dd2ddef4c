"""One action with all that its page tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from evaltrail_office.accounts.access import visible
from evaltrail_office.accounts.models import User
from evaltrail_office.follow_up.hands import Hands, preset_of
from evaltrail_office.follow_up.machine import ActionState, AskState, ClaimState
from evaltrail_office.follow_up.models import Action, Claim, Drop, Extension, Progress, Proof
from evaltrail_office.follow_up.queries_board import Line, fetched, line, names_of
from evaltrail_office.follow_up.standing import long
from evaltrail_office.follow_up.timeline import Scale, dates_of
from evaltrail_office.journal.models import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.db.models import QuerySet

    from evaltrail_office.follow_up.preset import Preset

NOTES = 50
"""Progress notes and entries of the journal that a page shows at most, the latest."""


def action_rows(user: User) -> QuerySet[Action]:
    """Actions that a person sees, with what their pages tell."""
    rows = fetched(visible(user, Action.objects.all()), visible(user, Proof.objects.all()))
    return rows.select_related("response__transmission", "response__point").prefetch_related(Prefetch("drops", Drop.objects.order_by("pk")))


@dataclass(frozen=True, slots=True)
class Dated:
    """A line of the history of its dates."""

    day: date | None
    words: str
    by: str
    reason: str
    struck: bool
    state: str = ""


@dataclass(frozen=True, slots=True)
class Rated:
    """A claim, with what both keys say."""

    claim: Claim
    claimed: str
    claimed_by: str
    verified: str
    """Status that was found; empty: none."""
    verified_by: str
    differ: bool
    proofs: tuple[Proof, ...]
    hidden: int


@dataclass(frozen=True, slots=True)
class ActionPage:
    """All that a page tells."""

    action: Action
    preset: Preset
    line: Line
    scale: Scale
    names: dict[str, str]
    dates: tuple[Dated, ...]
    claims: tuple[Rated, ...]
    proofs: tuple[Proof, ...]
    hidden_proofs: int
    progress: tuple[tuple[Progress, str], ...]
    """With the status that was given, in the preset's words."""
    drops: tuple[tuple[Drop, str], ...]
    """With the status that was asked for, in the preset's words."""
    entries: tuple[tuple[Entry, str], ...]
    """Of the journal, the latest first, each with what it changed, in words."""
    older: int
    """Entries that are not shown."""
    status: str
    """As the unit last said it."""


def action_page(user: User, action: Action, hands: Hands) -> ActionPage:
    """An action that ``action_rows`` found."""
    today = timezone.localdate()
    preset = preset_of(action.track.follow_up)
    shown = list(visible(user, Proof.objects.filter(action=action)))
    live = Proof.objects.filter(action=action, withdrawn=None).count()
    progress = list(Progress.objects.filter(action=action)[:NOTES])
    drops = list(action.drops.all())
    # What was done behind it is for those who have a part in it; what became of it stands on the page for everybody.
    part = bool(hands.of(action, preset)) or action.unit_id in hands.family.seen_by(hands.scope.units)
    entries = tuple(Entry.objects.filter(thing=f"action:{action.key}").order_by("-pk")[: NOTES + 1]) if part else ()
    names = names_of([action]) | _more_names(entries, progress, shown, drops, action.extensions.all())
    dates = dates_of(action, today)
    scale = Scale.of([dates], today)

    def words(code: str) -> str:
        known = preset.status(code)
        return known.words if known else code

    return ActionPage(
        action=action,
        preset=preset,
        line=line(action, hands, names, scale, today),
        scale=scale,
        names=names,
        dates=tuple(_dates(action, preset, names)),
        claims=tuple(_rated(c, names, words(c.status), words(c.verified_status)) for c in action.claims.all()),
        proofs=tuple(shown),
        hidden_proofs=live - sum(p.withdrawn is None for p in shown),
        progress=tuple((p, words(p.status)) for p in progress),
        drops=tuple((d, words(d.status)) for d in drops),
        entries=tuple((e, _changed(e, words)) for e in entries[:NOTES]),
        older=Entry.objects.filter(thing=f"action:{action.key}").count() - NOTES if len(entries) > NOTES else 0,
        # A claim is told by the two keys and never as if it held already.
        status="" if action.state == ActionState.CLAIMED else words(action.status),
    )


def _more_names(
    entries: Iterable[Entry], progress: Iterable[Progress], proofs: Iterable[Proof], drops: Iterable[Drop], asked: Iterable[Extension]
) -> dict[str, str]:
    wanted = {e.actor for e in entries} | {p.made_by for p in progress} | {p.made_by for p in proofs}
    wanted |= {key for d in drops for key in (d.made_by, d.answered_by)} | {key for x in asked for key in (x.made_by, x.answered_by)}
    return dict(User.objects.filter(key__in=wanted - {""}).values_list("key", "name"))


def _changed(entry: Entry, words: Callable[[str], str]) -> str:
    """What an entry changed, where its verb does not say it: dates and statuses, from what to what."""
    old = entry.old if isinstance(entry.old, dict) else {}
    new = entry.new if isinstance(entry.new, dict) else {}
    if new.get("due") and new.get("move") == "grant_later":
        return _("%(old)s becomes %(new)s") % {"old": _day(old.get("due")), "new": _day(new["due"])}
    if new.get("asked") and new.get("move") in {"ask_later", "withdraw_later"}:
        return _day(new["asked"])
    status = new.get("verified_status") or new.get("claimed_status") or (new.get("asked") and words(str(new["asked"]))) or new.get("status")
    return words(str(status)) if status and new.get("move") in {"claim", "verify", "report", "ask_drop", "drop"} else ""


def _day(iso: Any) -> str:
    try:
        return long(date.fromisoformat(str(iso)))
    except ValueError:
        return _("no date")


def _dates(action: Action, preset: Preset, names: dict[str, str]) -> Iterable[Dated]:
    """The first date, then every request for a later one with what was decided."""
    asked = list(action.extensions.all())
    first = action.first_due or (asked[0].old if asked else action.due)
    moved = [x for x in asked if x.state == AskState.GRANTED]
    yield Dated(first, _("promised") if first else _("No date was promised"), "", "", struck=bool(moved) and first != action.due)
    last = moved[-1].pk if moved else None
    for x in asked:
        reason = preset.reason(x.reason)
        why = ". ".join(part for part in ((reason.words if reason else x.reason), x.words.rstrip(".")) if part)
        who = names.get(x.made_by, x.made_by)
        if x.state == AskState.GRANTED:
            given = names.get(x.answered_by, x.answered_by)
            words = _("given by %(name)s") % {"name": given}
            if x.granted != x.asked_for:
                words = _("given by %(name)s; %(day)s was asked for") % {"name": given, "day": long(x.asked_for)}
            yield Dated(x.granted, words, who, _joined(why, x.answer), struck=x.pk != last, state=x.state)
        elif x.state == AskState.REFUSED:
            words = _("refused by %(name)s") % {"name": names.get(x.answered_by, x.answered_by)}
            yield Dated(x.asked_for, words, who, _joined(why, x.answer), struck=True, state=x.state)
        elif x.state == AskState.WITHDRAWN:
            words = _("asked for, taken back by %(name)s") % {"name": names.get(x.answered_by, x.answered_by)}
            yield Dated(x.asked_for, words, who, why, struck=True, state=x.state)
        else:
            yield Dated(x.asked_for, _("asked for, not decided"), who, why, struck=False, state=x.state)


def _joined(asked: str, answered: str) -> str:
    return _("%(asked)s. Answer: %(answer)s") % {"asked": asked, "answer": answered} if answered else asked


def _rated(claim: Claim, names: dict[str, str], claimed: str, verified: str) -> Rated:
    shown = tuple(claim.shown_proofs)  # type: ignore[attr-defined]  # fetched so
    return Rated(
        claim=claim,
        claimed=claimed,
        claimed_by=names.get(claim.made_by, claim.made_by),
        verified=verified if claim.verified_status else "",
        verified_by=names.get(claim.answered_by, claim.answered_by),
        differ=claim.state == ClaimState.CORRECTED,
        proofs=shown,
        hidden=len(claim.every_proof) - len(shown),  # type: ignore[attr-defined]  # as above
    )
