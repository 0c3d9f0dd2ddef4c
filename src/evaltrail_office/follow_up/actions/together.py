"""Changing many recommendations in one go: looked at first, each told in the journal, taken back as a whole."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from evaltrail_office.accounts.access import may, require
from evaltrail_office.accounts.models import Unit
from evaltrail_office.accounts.policy import Verb
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.evaluations.actions_facets import set_facet, take_facet
from evaltrail_office.evaluations.facets import value_of
from evaltrail_office.evaluations.models import Facet
from evaltrail_office.follow_up.actions.opening import charge, current
from evaltrail_office.follow_up.hands import Hands, preset_of
from evaltrail_office.follow_up.machine import BY_NAME, RUNNING, ActionState, ResponseState, TrackState
from evaltrail_office.follow_up.models import Action, House, Track
from evaltrail_office.follow_up.models.answers import Addressee
from evaltrail_office.follow_up.moving import change, checked, locked
from evaltrail_office.follow_up.preset import due_from
from evaltrail_office.journal.actions import note
from evaltrail_office.journal.models import Entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail_office.accounts.models import User

MOST = 500
"""Recommendations at a time."""
FIELDS = {
    "addressee": gettext_lazy("To whom it is addressed"),
    "lead": gettext_lazy("Lead unit"),
    "time": gettext_lazy("Time implication"),
    "priority": pgettext_lazy("of a recommendation", "Priority"),
    "theme": gettext_lazy("Theme of its evaluation"),
}
TIMES = {
    "": gettext_lazy("none"),
    "short": gettext_lazy("short term"),
    "medium": gettext_lazy("medium term"),
    "long": gettext_lazy("long term"),
    "biennium": gettext_lazy("this biennium"),
    "ongoing": gettext_lazy("ongoing"),
}


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would become of one recommendation."""

    track: Track
    old: str
    """In words; empty: nothing was said."""
    new: str
    refused: str = ""
    """Why it is not changed; empty: it is."""


@dataclass(frozen=True, slots=True)
class Done:
    """What was done."""

    key: str
    """Under which it is taken back; empty where nothing was changed."""
    changed: int
    refused: tuple[tuple[str, str], ...]
    """Recommendation's key and why it was not changed."""


def foresee(user: User, tracks: Sequence[Track], field: str, value: str) -> list[Foreseen]:
    """What setting a field would do, and where it is refused and why. Nothing is written.

    ``tracks`` come with ``recommendation``, ``evaluation``, ``follow_up`` and their charges with units. Raises ``Refused`` for a value
    that nothing has.
    """
    wanted = _value(field, value)
    hands = Hands(user)
    themes = _themes(tracks) if field == "theme" else {}
    units = dict(Unit.objects.values_list("key", "name")) if field == "lead" else {}
    out = []
    for track in tracks:
        old = _now(track, field, themes)
        refused = _refused(user, hands, track, field)
        if not refused and _is_so(field, old, wanted):
            refused = _("It is so already.")
        out.append(Foreseen(track, words(field, old, units), words(field, wanted, units), refused))
    return out


def change_together(user: User, chosen: Sequence[tuple[Track, int]], field: str, value: str) -> Done:
    """Set a field of many recommendations, those alone where it may be done; each comes with the revision that the person saw."""
    wanted = _value(field, value)
    hands = Hands(user)
    items: list[dict[str, Any]] = []
    refused: list[tuple[str, str]] = []
    key = secrets.token_hex(5)
    with transaction.atomic():
        for track, revision in chosen[:MOST]:
            name = track.recommendation.key
            try:
                with transaction.atomic():
                    fresh = locked(track, revision)
                    why = _refused(user, hands, fresh, field)
                    old = _now(fresh, field, _themes([fresh]) if field == "theme" else {})
                    if why or _is_so(field, old, wanted):
                        refused.append((name, why or _("It is so already.")))
                        continue
                    items.append({"key": name, "old": old, **_set(user, fresh, field, wanted, key)})
            except (Refused, PermissionDenied) as fault:
                refused.append((name, str(fault)))
        if items:
            note(user, "changed together", f"together:{key}", new={"field": field, "value": wanted, "items": items})
    return Done(key if items else "", len(items), tuple(refused))


def undo(user: User, key: str) -> Done:
    """Take a change of many back; what somebody has changed since stays. Raises ``Refused`` where it was taken back already."""
    entry = Entry.objects.filter(thing=f"together:{key}", verb="changed together").first()
    if entry is None or not isinstance(entry.new, dict):
        raise Refused(_("There is no such change."))
    if entry.actor != user.key:
        require(user, Verb.PLAN)
    field = str(entry.new["field"])
    stays: list[tuple[str, str]] = []
    with transaction.atomic():
        if Entry.objects.filter(thing=entry.thing, verb="undid").exists():
            raise Refused(_("It was taken back already."))
        for item in reversed(entry.new["items"]):
            track = (
                Track.objects.select_related("recommendation", "evaluation", "follow_up").filter(recommendation__key=item["key"]).first()
            )
            if track is None or (fresh := locked(track)).revision != item["revision"]:
                stays.append((item["key"], _("somebody has changed it since")))
                continue
            try:
                with transaction.atomic():
                    _unset(user, fresh, field, item, key)
            except (Refused, PermissionDenied) as fault:
                stays.append((item["key"], str(fault)))
        note(user, "undid", f"together:{key}", new={"stays": [name for name, _why in stays]})
    return Done(key, len(entry.new["items"]) - len(stays), tuple(stays))


def words(field: str, value: str, units: dict[str, str]) -> str:
    """A value as people read it; ``units`` are names by key."""
    if not value:
        return ""
    if field == "lead":
        return units.get(value, value)
    if field == "addressee":
        return str(Addressee(value).label)
    if field == "time":
        return str(TIMES.get(value, value))
    return value


def _value(field: str, value: str) -> str:
    value = value.strip()
    if field == "addressee" and value in Addressee.values:
        return value
    if field == "time" and value in TIMES:
        return value
    if field == "lead" and (unit := Unit.objects.filter(key=value).first()) is not None:
        return current(unit).key
    if field == "priority":
        return value[:40]
    if field == "theme" and value:
        return value_of("theme", value)
    raise Refused(_("Choose what to set it to."), "value")


def _now(track: Track, field: str, themes: dict[int, set[str]]) -> str:
    if field == "lead":
        return next((c.unit.key for c in track.charges.all() if c.lead and not c.organisation), "")
    if field == "priority":
        return track.recommendation.priority
    if field == "theme":
        return "; ".join(sorted(themes.get(track.evaluation_id, ())))
    return str(getattr(track, field))


def _is_so(field: str, old: str, wanted: str) -> bool:
    return wanted in old.split("; ") if field == "theme" else old == wanted


def _themes(tracks: Sequence[Track]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for pk, value in Facet.objects.filter(kind="theme", evaluation__in=[t.evaluation_id for t in tracks]).values_list(
        "evaluation", "value"
    ):
        found.setdefault(pk, set()).add(value)
    return found


def _refused(user: User, hands: Hands, track: Track, field: str) -> str:
    try:
        if field == "theme":
            if not may(user, Verb.DESCRIBE, track.evaluation):
                return _("What its evaluation is about is for who runs it to say.")
        elif field == "priority":
            if not may(user, Verb.PLAN, track.evaluation):
                return _("It is for the head of evaluation and its manager.")
            if track.recommendation.samenesses.all():
                return _("Its papers say what priority it has: correct the paper.")
        else:
            checked(user, track, "charge" if field == "lead" else "address", hands=hands)
    except (Refused, PermissionDenied) as fault:
        return str(fault)
    return ""


def _set(user: User, track: Track, field: str, value: str, key: str) -> dict[str, Any]:
    """Write; returns what else is needed to take it back."""
    address = BY_NAME[TrackState, "address"]
    if field == "addressee":
        change(user, track, address, addressee=Addressee(value), more={"together": key})
    elif field == "time":
        started = track.follow_up.started
        due = due_from(started, value, preset_of(track.follow_up), House.of_office().months) if started else None
        before = track.due.isoformat() if track.due else None
        change(user, track, address, time=value, due=due, more={"together": key})
        return {"revision": track.revision, "due": before}
    elif field == "lead":
        return _lead(user, track, Unit.objects.get(key=value), key)
    elif field == "priority":
        _priority(user, track, value, key)
    else:
        known = Facet.objects.filter(evaluation=track.evaluation, kind="theme", value=value).exists()
        set_facet(user, track.evaluation, "theme", value)
        return {"revision": track.revision, "made": not known, "theme": value}
    return {"revision": track.revision}


def _priority(user: User, track: Track, value: str, key: str) -> None:
    r = track.recommendation
    old, r.priority = r.priority, value
    r.save(update_fields=["priority"])
    new = {"priority": value, "together": key}
    note(user, "changed", f"recommendation:{r.key}", about=track.evaluation.key, old={"priority": old}, new=new)


def _lead(user: User, track: Track, unit: Unit, key: str) -> dict[str, Any]:
    """Charge a unit, and give it the running actions that no unit has."""
    others = [c.unit for c in track.charges.filter(organisation="", lead=False).select_related("unit")]
    asked = set(track.responses.values_list("pk", flat=True))
    fresh = charge(user, track, unit, others)
    moved = []
    for action in Action.objects.filter(track=track, unit=None, state__in=RUNNING):
        own = locked(action)
        change(user, own, BY_NAME[ActionState, "assign"], unit=unit, more={"together": key})
        moved.append([own.key, own.revision])
    made = [pk for pk in track.responses.values_list("pk", flat=True) if pk not in asked]
    return {"revision": fresh.revision, "actions": moved, "asked": made}


def _unset(user: User, track: Track, field: str, item: dict[str, Any], key: str) -> None:
    address = BY_NAME[TrackState, "address"]
    more = {"together": key, "undone": True}
    if field == "addressee":
        checked(user, track, "address")
        change(user, track, address, addressee=Addressee(item["old"]), more=more)
    elif field == "time":
        checked(user, track, "address")
        due = date.fromisoformat(item["due"]) if item["due"] else None
        change(user, track, address, time=item["old"], due=due, more=more)
    elif field == "priority":
        require(user, Verb.PLAN, track.evaluation)
        _priority(user, track, item["old"], key)
    elif field == "theme":
        row = Facet.objects.filter(evaluation=track.evaluation, kind="theme", value=item["theme"]).first()
        if item["made"] and row is not None:
            take_facet(user, track.evaluation, row)
    else:
        _lead_back(user, track, item, more)


def _lead_back(user: User, track: Track, item: dict[str, Any], more: dict[str, Any]) -> None:
    found = checked(user, track, "charge")
    for key, revision in item["actions"]:
        action = locked(Action.objects.get(key=key))
        if action.revision == revision:
            change(user, action, BY_NAME[ActionState, "assign"], unit=None, more=more)
    if item["old"]:
        others = [c.unit for c in track.charges.filter(organisation="", lead=False).select_related("unit")]
        charge(user, track, Unit.objects.get(key=item["old"]), [u for u in others if u.key != item["old"]])
        return
    track.charges.filter(organisation="", lead=True).delete()
    change(user, track, found, more={"lead": None, **more})
    # An answer that nobody has begun is not asked for any more.
    for answer in track.responses.filter(pk__in=item["asked"], state=ResponseState.ASKED, revision=0):
        pk = answer.pk
        answer.delete()
        note(user, "removed", f"answer:{pk}", about=track.evaluation.key, new=more)
