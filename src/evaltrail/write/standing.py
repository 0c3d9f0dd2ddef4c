"""How an action stands, where a house or the office keeps more of it than a paper prints: what is claimed, what was verified, the dates.

These are fields of an action beyond those of the record, all of them words or days in ISO 8601:

- ``claimed`` and ``claimed_on``: the status that the unit claims, and since when;
- ``verified``, ``verified_on`` and ``verified_by``: the status that somebody outside the unit found, when, and who verifies;
- ``first_due``: the day that was promised first; ``due`` is the one that holds;
- ``standing``: one of ``STANDINGS``; ``standing_words``: why it was sent back or dropped; ``dropped``: as what; ``delay_reason``: why it is
  late.

An evaluation has ``self_reported`` (nobody verifies) or ``verifier`` (who does); a recommendation ``retired``, ``retired_reason`` and
``addressee``; a response ``reason`` and ``alternative``, and ``implied`` where it only holds actions and answers nothing. A record has
``scope`` (what it is about, a paragraph), ``titled`` (its title says what kind of paper it is) and ``figures``: of each ``name``,
``value``, ``counted``, ``definition`` and, where there is no value, ``abstained``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evaltrail.record import Action, Evaluation, Record
    from evaltrail.record import Model as RecordModel

State = Literal["open", "under_way", "claimed", "sent_back", "verified", "self_reported", "drop_asked", "dropped"]
STANDINGS: tuple[State, ...] = get_args(State)
IN_HAND = frozenset({"open", "under_way", "sent_back"})
"""In the hands of the unit that owes it."""
CLOSED = frozenset({"verified", "self_reported", "dropped"})
REASONS = ("reason", "delay_reason", "reason_for_delay")
"""Fields of an action, beyond those of the record, in which a house or the office keeps why it is late."""
_FOLLOWED = ("claimed", "verified", "standing", "first_due")


def extra(thing: RecordModel, name: str) -> str:
    """A field beyond those of the record; empty where it is not there."""
    value = (thing.model_extra or {}).get(name)
    return "" if value is None or value is False else str(value)


def reason_of(a: Action) -> str:
    """Why an action is late, where the record has it."""
    return next((found for name in REASONS if (found := extra(a, name))), "")


def is_followed(record: Record) -> bool:
    """Whether a record keeps apart what is claimed and what was verified."""
    return any(
        extra(e, "verifier") or extra(e, "self_reported") or any(extra(a, name) for a in actions_of(e) for name in _FOLLOWED)
        for e in record.evaluations
    )


def actions_of(e: Evaluation) -> Iterator[Action]:
    """All actions that the responses promise."""
    return (a for s in e.statements if s.kind == "response" for a in s.actions)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an action stands on a day."""

    state: State
    late: int
    """Days past the date that holds, of one in the unit's hands; 0: it is not late, or its date is not a day."""
    late_first: int
    """The same against the first date."""
    moved: bool | None
    """Whether the date that holds is later than the first; None: one of them is not a day."""


def day_of(words: str | None) -> date | None:
    """A day in ISO 8601; None for anything else."""
    try:
        return date.fromisoformat(words) if words and len(words) == len("2026-01-31") else None
    except ValueError:
        return None


def standing(a: Action, e: Evaluation, today: date | None) -> Standing:
    """Where an action stands, by what the record says of it; nothing is late where no day is given to tell by."""
    state = _state(a, e)
    due = day_of(a.due)
    first = day_of(extra(a, "first_due"))
    in_hand = state in IN_HAND

    def past(day: date | None) -> int:
        return max(0, (today - day).days) if in_hand and today is not None and day is not None else 0

    return Standing(state, past(due), past(first or due), None if due is None or first is None else due > first)


def _state(a: Action, e: Evaluation) -> State:
    said = extra(a, "standing")
    if said in STANDINGS:
        return said
    if extra(a, "verified"):
        return "verified"
    if extra(a, "claimed"):
        return "self_reported" if extra(e, "self_reported") else "claimed"
    return "under_way" if a.status else "open"
