"""How an action stands by what a register says of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from evaltrail_office.follow_up.actions.work import UNCLAIMED
from evaltrail_office.follow_up.machine import ActionState, Meaning

if TYPE_CHECKING:
    from evaltrail_office.follow_up.preset import Preset, Status
    from evaltrail_office.follow_up.registers.plan import Line

NOTHING: dict[str, Any] = {"state": ActionState.OPEN, "status": "", "dropped": None, **UNCLAIMED}
"""Columns of an action of which a register says nothing."""


def standing(line: Line, preset: Preset, closer: str, register: str, today: date) -> dict[str, Any]:
    """State, status, claim and verification of an action.

    What is done is self-reported, unless whoever keeps the register judges that (``closer`` is ``keeper``): then its closing is the
    verification, by the register and not by a person of the office.
    """
    closed = date.fromisoformat(line.get("closed")) if line.get("closed") else None
    status = _status(line, preset, closed)
    columns = dict(NOTHING)
    if status is None:
        return columns
    columns["status"] = status.code
    match status.meaning:
        case Meaning.OPEN:
            columns["state"] = ActionState.OPEN
        case Meaning.PARTIAL | Meaning.SUBSTANTIAL:
            columns["state"] = ActionState.UNDER_WAY
        case Meaning.DROPPED:
            columns |= {"state": ActionState.DROPPED, "dropped": closed, "closed": closed}
            if closed is None:
                line.remarks.append(_("closed, and the register gives no day"))
        case _:
            columns |= _done(line, status, closed, closer, register, today)
    return columns


def _done(line: Line, status: Status, closed: date | None, closer: str, register: str, today: date) -> dict[str, Any]:
    said = {"claimed_status": status.code, "claimed_meaning": status.meaning, "claimed_share": status.share}
    if closer != "keeper":
        if closed is None:
            line.remarks.append(_("closed, and the register gives no day"))
        return {"state": ActionState.SELF_REPORTED, "claimed": closed, "closed": closed, **said}
    if closed is None:
        line.remarks.append(_("closed, and the register gives no day: the day on which it was taken over stands for it"))
        closed = today
    return {
        "state": ActionState.VERIFIED,
        "claimed": closed,
        **said,
        "verified": closed,
        "verified_status": status.code,
        "verified_meaning": status.meaning,
        "verified_share": status.share,
        "verified_by": f"register:{register}",
        "closed": closed,
    }


def _status(line: Line, preset: Preset, closed: date | None) -> Status | None:
    code = line.get("status")
    if not code:
        return preset.of(Meaning.DONE)[0] if closed is not None else None
    found = preset.status(code)
    if found is not None:
        return found
    # The evaluation is followed by another preset than the office's own: the meaning tells.
    from evaltrail_office.follow_up.registers.words import meaning_of

    meaning = meaning_of(line.get("printed_status"))
    fitting = preset.of(meaning) if meaning else ()
    return fitting[0] if fitting else None


def days_of(line: Line) -> tuple[date | None, date | None]:
    """Current and first due date."""
    due, first = line.get("due"), line.get("first_due")
    return date.fromisoformat(due) if due else None, date.fromisoformat(first) if first else None
