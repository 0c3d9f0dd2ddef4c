"""What taking a register over holds in hand until it is written: recommendations with their answers and actions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from evaltrail_office.follow_up.hands import preset_of
from evaltrail_office.follow_up.machine import CLOSED, TrackState, Verdict
from evaltrail_office.follow_up.moving import plain as as_json
from evaltrail_office.shelf.models import next_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db import models

    from evaltrail_office.evaluations.models import Recommendation
    from evaltrail_office.follow_up.models import Action, Charge, Progress, RegisterRow, Response, Track
    from evaltrail_office.follow_up.registers.plan import Line

NO_REASON = "The register gives no reason."
ONLY_REPLY = "The register gives no reason beside the reply."
"""In place of a reason for an answer short of acceptance: part of the data and not of the interface."""
ACTION = (
    "number", "position", "text", "implied", "unit", "first_due", "due", "state", "status", "claimed", "claimed_status", "claimed_meaning",
    "claimed_share", "verified", "verified_status", "verified_meaning", "verified_share", "verified_by", "dropped", "closed",
)  # fmt: skip
"""Columns of an action that a register says something of."""
ANSWER = ("state", "verdict", "text", "reason", "transmitted", "version")
TRACK = ("addressee", "time", "due", "state", "verdict", "answered", "retired", "retired_why", "retired_by")


class Keys:
    """Permanent keys for many new rows of a kind, in one go. Of two at once the database refuses the second."""

    def __init__(self, prefix: str, model: type[models.Model], width: int) -> None:
        self._prefix, self._width = prefix, width
        self._next = int(next_key(prefix, model, width).rpartition("-")[2])

    def next(self) -> str:
        """The next one."""
        self._next += 1
        return f"{self._prefix}-{self._next - 1:0{self._width}}"


@dataclass(slots=True)
class Held:
    """A recommendation that rows of this batch are about."""

    recommendation: Recommendation
    track: Track
    answer: Response | None = None
    """That this batch makes."""
    actions: list[Action] = field(default_factory=list)
    """That this batch makes."""
    new: bool = False
    new_track: bool = False
    charge: Charge | None = None
    later: list[Progress] = field(default_factory=list)
    rows: list[RegisterRow] = field(default_factory=list)


def said_columns(row: models.Model, names: Sequence[str]) -> dict[str, Any]:
    """Columns that say something, as the journal keeps them."""
    return {name: as_json(value) for name in names if (value := getattr(row, name)) not in {None, ""}}


def retired(held: Held, by: str) -> None:
    """Verdict of a new track's answer, and whether nothing more is owed, as the preset has it."""
    track = held.track
    if not held.new_track:
        return
    if held.answer is not None:
        track.verdict, track.answered = held.answer.verdict, held.answer.transmitted
    preset = preset_of(track.follow_up)
    if held.actions and preset.closing.retire == "all_closed" and all(a.state in CLOSED for a in held.actions):
        days = [a.closed for a in held.actions if a.closed is not None]
        track.state, track.retired = TrackState.RETIRED, max(days, default=None)
        track.retired_why, track.retired_by = "Every action is closed in the register.", by


def handed_over(held: Held) -> dict[str, Any]:
    """An answer as a register has it, in the shape of ``answers.frozen``."""
    r, answer = held.recommendation, held.answer
    assert answer is not None  # noqa: S101 - of those with an answer
    return {
        "recommendation": r.key,
        "number": r.number or r.key,
        "text": r.text,
        "point": None,
        "organisation": "",
        "version": answer.version,
        "verdict": answer.verdict,
        "response": answer.text,
        "reason": answer.reason,
        "alternative": "",
        "money": "",
        "actions": [
            {
                "key": a.key,
                "number": a.number,
                "text": a.text,
                "unit": a.unit.name if a.unit else None,
                "due": a.due.isoformat() if a.due else None,
                "cost": None,
                "currency": "",
            }
            for a in held.actions
        ],
    }


def reason_of(line: Line) -> str:
    """The reason for an answer short of acceptance: the column's, else that the register gives none."""
    if line.get("reason"):
        return line.get("reason")
    if line.get("verdict") in {Verdict.PARTIALLY_ACCEPTED, Verdict.REJECTED}:
        return ONLY_REPLY if line.get("reply") else NO_REASON
    return ""


def told(line: Line) -> str:
    """What is to be known of a row, each thing once."""
    return "; ".join(dict.fromkeys(line.remarks))
