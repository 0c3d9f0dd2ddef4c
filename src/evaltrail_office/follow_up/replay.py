"""The state of everything that is followed, computed from the journal alone.

Tests hold it beside the tables: where the two differ, something was changed without being told, or told without being changed.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db import models

from evaltrail_office.follow_up.extended import NONE, Asked, Extended, extended, of_actions
from evaltrail_office.follow_up.machine import AskState
from evaltrail_office.follow_up.models import Action, Concern, Extension, Response, Track
from evaltrail_office.follow_up.moving import name_of, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from evaltrail_office.journal.models import Entry

COLUMNS: dict[type[models.Model], tuple[str, ...]] = {
    Track: ("addressee", "time", "due", "state", "verdict", "answered", "retired", "retired_why", "retired_by"),
    Response: ("state", "verdict", "text", "reason", "alternative", "infeasible", "money", "step", "round", "transmitted", "issued"),
    Action: (
        "number",
        "position",
        "text",
        "unit",
        "owner",
        "first_due",
        "due",
        "cost",
        "currency",
        "state",
        "status",
        "delay",
        "delay_words",
        "started",
        "claimed",
        "claimed_status",
        "claimed_meaning",
        "claimed_share",
        "verified",
        "verified_status",
        "verified_meaning",
        "verified_share",
        "verified_by",
        "dropped",
        "closed",
    ),
    Concern: ("state", "owner", "resolution", "view", "settled", "released"),
}
"""Columns that only moves change; of a new row they have the model's defaults.

Beside them an action has what became of requests for a later date (``extended``).
"""
_KINDS: dict[str, type[models.Model]] = {"follow-up": Track, "answer": Response, "action": Action, "concern": Concern}
State = dict[str, Any]


def replayed(entries: Iterable[Entry]) -> dict[str, State]:
    """What the journal says of each thing that it names: name of the thing -> column -> value as JSON holds it.

    ``entries`` are in the order of their numbers. A thing that was removed is left out, as is the frame of an evaluation.
    """
    found: dict[str, State] = {}
    asked: defaultdict[str, dict[int, Asked]] = defaultdict(dict)
    for entry in entries:
        kind, _, key = entry.thing.partition(":")
        model = _KINDS.get(kind)
        if model is None or key.startswith("E-"):
            continue
        if entry.verb == "removed":
            found.pop(entry.thing, None)
            asked.pop(entry.thing, None)
            continue
        state = found.setdefault(entry.thing, _fresh(model))
        if isinstance(entry.new, dict):
            state.update({column: value for column, value in entry.new.items() if column in state})
            if "extension" in entry.new:
                _asked(asked[entry.thing], entry, entry.new, state)
    for thing, own in asked.items():
        found[thing] |= _plainly(extended(own.values()))
    return found


_ANSWERS = {"grant_later": AskState.GRANTED, "refuse_later": AskState.REFUSED, "withdraw_later": AskState.WITHDRAWN}


def _asked(own: dict[int, Asked], entry: Entry, new: Mapping[str, Any], state: State) -> None:
    """Put what an entry says of a request for a later date into the requests of its action."""
    number, move = int(new["extension"]), new.get("move")
    if move == "ask_later":
        # Whoever asks says why it is late.
        own[number] = Asked(AskState.ASKED, str(state["delay"]), entry.at, None)
    elif move in _ANSWERS and number in own:
        own[number] = own[number]._replace(state=_ANSWERS[str(move)], answered=entry.at)


def _plainly(found: Extended) -> State:
    return {name: plain(getattr(found, name)) for name in ("later_asked", "extended", "extension_reason")}


def _fresh(model: type[models.Model]) -> State:
    state = {name: plain(_default(model, name)) for name in COLUMNS[model]}
    return state | _plainly(NONE) if model is Action else state


def _default(model: type[models.Model], name: str) -> Any:
    column = model._meta.get_field(name)  # noqa: SLF001 - Django's public name
    assert isinstance(column, models.Field)  # noqa: S101 - all of them are columns
    if column.has_default():
        return column.get_default()
    return None if column.null else ""


def stored(rows: Iterable[Track | Response | Action | Concern]) -> dict[str, State]:
    """The same of rows of the tables."""
    kept = list(rows)
    asked = of_actions(Extension.objects.filter(action__in=[row.pk for row in kept if isinstance(row, Action)]))
    found = {name_of(row): {name: plain(getattr(row, name)) for name in COLUMNS[type(row)]} for row in kept}
    for row in kept:
        if isinstance(row, Action):
            found[name_of(row)] |= _plainly(asked.get(row.pk, NONE))
    return found


def differences(journal: Mapping[str, State], tables: Mapping[str, State]) -> list[str]:
    """Where the journal and the tables disagree: one line each. A row that nothing was ever done to is not in the journal."""
    found = []
    for name in sorted({*journal, *tables}):
        said, kept = journal.get(name), tables.get(name)
        if kept is None:
            found.append(f"{name}: in the journal and in no table")
        elif said is None:
            model = _KINDS[name.partition(":")[0]]
            if kept != _fresh(model):
                found.append(f"{name}: in no entry, and yet {kept}")
        else:
            found += [f"{name}.{c}: {said[c]!r} in the journal, {kept[c]!r} in the table" for c in kept if said[c] != kept[c]]
    return found
