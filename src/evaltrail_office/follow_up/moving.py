"""Carrying out a move: the only place where a state changes.

It takes the row anew and locks it, looks whether anybody was faster, whether the table has the move, whose hand it needs and what has to be
given, changes the row, and writes old and new of every changed column into the journal, so that the state of everything can be computed
from the journal alone (``replay``).
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext as _

from evaltrail_office.accounts.models import User
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.follow_up import refresh
from evaltrail_office.follow_up.hands import Hands, preset_of
from evaltrail_office.follow_up.machine import BY_NAME, HANDS, NEEDED, ActionState, ConcernState, Move, ResponseState, TrackState
from evaltrail_office.follow_up.models import Action, Concern, Response, Track
from evaltrail_office.follow_up.preset import Preset, shipped
from evaltrail_office.journal.actions import note
from evaltrail_office.journal.models import Entry

if TYPE_CHECKING:
    from collections.abc import Mapping

F = TypeVar("F", Track, Response, Action, Concern)
_STATES: dict[type[models.Model], type] = {Track: TrackState, Response: ResponseState, Action: ActionState, Concern: ConcernState}


class Overtaken(Refused):
    """Somebody else changed the thing since it was shown; nothing was written."""


class WrongState(Refused):
    """The table has no such move from the state in which the thing is."""


def name_of(thing: Track | Response | Action | Concern) -> str:
    """How the journal names it: ``action:A-000001``."""
    if isinstance(thing, Action):
        return f"action:{thing.key}"
    if isinstance(thing, Concern):
        return f"concern:{thing.key}"
    if isinstance(thing, Track):
        return f"follow-up:{thing.recommendation.key}"
    return f"answer:{thing.pk}"


def locked(thing: F, revision: int | None = None) -> F:
    """The row as it is now, held until the transaction ends. Called in a transaction.

    Raises ``Overtaken`` where ``revision``, the one that the person saw, is not the row's any more.
    """
    model = type(thing)
    related = {Track: ("follow_up", "evaluation", "recommendation"), Concern: ("evaluation",)}.get(model, ("evaluation", "track"))
    rows: models.QuerySet[Any] = model._default_manager.select_for_update(of=("self",)).select_related(*related)  # noqa: SLF001 - public
    fresh: F = rows.get(pk=thing.pk)
    if revision is not None and fresh.revision != revision:
        last = Entry.objects.filter(thing=name_of(fresh)).order_by("-pk").first()
        who = User.objects.filter(key=last.actor).first() if last else None
        raise Overtaken(
            _("%(name)s changed it since you opened it. Nothing of yours was written: look at it anew, then repeat what is still needed.")
            % {"name": who or _("Somebody else")}
        )
    return fresh


def preset_for(thing: Track | Response | Action | Concern) -> Preset:
    """The preset that holds for a thing."""
    if isinstance(thing, Concern):
        return shipped()["house"]
    if isinstance(thing, Action):
        return preset_of(thing.track.follow_up)
    return preset_of(thing.follow_up)


def allowed(hands: Hands, thing: Track | Response | Action | Concern, name: str) -> bool:
    """Whether a person may make a move now: for buttons. ``move`` asks again."""
    found = BY_NAME[_STATES[type(thing)], name]
    return thing.state in found.before and bool(hands.of(thing, preset_for(thing)) & found.hands)


def checked(user: User, thing: F, name: str, *, given: Mapping[str, Any] | None = None, hands: Hands | None = None) -> Move:
    """The table's line for a move, after looking whether it may be made now by this person with what they give.

    Raises:
        WrongState: the table has no such move from here.
        PermissionDenied: it is in other hands.
        Refused: something needed is missing; ``field`` names it.
    """
    found = BY_NAME[_STATES[type(thing)], name]
    if thing.state not in found.before:
        raise WrongState(_("This cannot be done now: it is %(state)s.") % {"state": thing.get_state_display()})
    own = (hands or Hands(user)).of(thing, preset_for(thing))
    if not own & found.hands:
        whose = ", ".join(str(HANDS[h]) for h in HANDS if h in found.hands)
        raise PermissionDenied(_("This is for: %(whose)s.") % {"whose": whose})
    for need in sorted(found.needs):
        value = (given or {}).get(need)
        if value is None or not str(value).strip():
            raise Refused(str(NEEDED[need]), need)
    return found


def change(user: User | str, thing: F, found: Move, *, why: str = "", more: Mapping[str, Any] | None = None, **columns: Any) -> None:
    """Write columns of a locked row, its state among them, and the entry of the journal with old and new. Called in a transaction.

    ``why`` is the entry's reason, ``more`` what else it keeps in ``new``, of rows that hang on the thing: a claim's number.
    """
    after = columns.get("state", thing.state)
    if after not in found.after:
        raise AssertionError(f"{found.name} leads from {thing.state} to {sorted(found.after)} and not to {after}")
    old, new = {}, {}
    for name, value in columns.items():
        was = getattr(thing, name)
        if was != value:
            old[_column(thing, name)], new[_column(thing, name)] = plain(was), plain(value)
            setattr(thing, name, value)
    thing.revision += 1
    thing.save(update_fields=[*columns, "revision"])
    about = thing.evaluation.key if thing.evaluation is not None else ""
    note(user, found.words, name_of(thing), about=about, old=old or None, new={"move": found.name, **new, **(more or {})}, reason=why)
    refresh.soon()


def _column(thing: models.Model, name: str) -> str:
    return str(thing._meta.get_field(name).name)  # noqa: SLF001 - Django's public name


def plain(value: Any) -> Any:
    """A column's value as JSON holds it."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, models.Model):
        return getattr(value, "key", value.pk)
    return value.value if isinstance(value, models.TextChoices) else value
