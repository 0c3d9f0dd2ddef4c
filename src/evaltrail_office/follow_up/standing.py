"""How an action stands today, for people: shape, words, days late, the two keys. Nothing here asks the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from evaltrail_office.follow_up.machine import CLOSED, RUNNING, ActionState, ClaimState

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from evaltrail_office.follow_up.models import Action, Claim
    from evaltrail_office.follow_up.preset import Preset

SOON = 60
"""Days within which something counts as due soon."""
OPEN_STATES = frozenset({*RUNNING, ActionState.CLAIMED, ActionState.DROP_ASKED})
"""States in which something is still owed, if only the second key."""


@dataclass(frozen=True, slots=True)
class Key:
    """One of the two keys."""

    turned: bool
    words: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How an action stands."""

    shape: str
    """Name of the state whose shape and colour it has."""
    words: str
    late: int = 0
    """Days past the first date, while the unit still has work to do."""
    late_now: int = 0
    """Days past the date that holds."""
    more: str = ""
    """A second line where the two differ."""


_SHORT = {"fr": "j N Y", "es": "j b Y"}
"""As each language shortens months; English else."""


def short(day: date | None) -> str:
    """A date in little room: 3 Mar 2025."""
    return date_format(day, _SHORT.get(get_language() or "", "j M Y")) if day else ""


def long(day: date | None) -> str:
    """A date in words: 3 March 2025."""
    form = r"j \d\e F \d\e Y" if (get_language() or "").startswith("es") else "j F Y"
    return date_format(day, form) if day else ""


def days(count: int) -> str:
    """``1 day``, ``12 days``."""
    return ngettext("%(n)d day", "%(n)d days", count) % {"n": count}


def past(first: date | None, until: date) -> int:
    """Days by which a day lies after a date; 0 where it does not."""
    return max(0, (until - first).days) if first else 0


def standing(action: Action, preset: Preset, today: date, claims: int = 0) -> Standing:
    """How an action stands today. ``claims`` is how often it was claimed."""
    state = ActionState(action.state)
    if state in RUNNING:
        return _running(action, today)
    if state == ActionState.CLAIMED:
        words = _("Claimed again") if claims > 1 else _("Claimed, waits for the second key")
        return Standing("claimed", words, more=_late_when(action, action.claimed))
    if state == ActionState.DROP_ASKED:
        return Standing("under_way", _("To be dropped, waits for approval"))
    if state == ActionState.VERIFIED:
        return Standing("verified", _when_done(_("Verified"), action, action.claimed))
    if state == ActionState.SELF_REPORTED:
        return Standing("claimed", _("Self-reported, verified by nobody"), more=_late_when(action, action.claimed))
    if state == ActionState.DROPPED:
        status = preset.status(action.status)
        return Standing("noted", _("Dropped: %(why)s") % {"why": status.words} if status else _("Dropped"))
    return Standing("not_started", _("Proposed: the answer is not transmitted"))


def _running(action: Action, today: date) -> Standing:
    first, now = past(action.first_due, today), past(action.due, today)
    if first or now:
        late = first or now
        more = ""
        if first and first != now:
            more = (
                _("By its first date; %(days)s past the date that holds") % {"days": days(now)}
                if now
                else _("By its first date; now due %(day)s") % {"day": long(action.due)}
            )
        return Standing("late", _("Late, %(days)s") % {"days": days(late)}, late=first, late_now=now, more=more)
    name = {
        ActionState.OPEN: _("Not started"),
        ActionState.UNDER_WAY: _("Under way"),
        ActionState.SENT_BACK: _("Sent back"),
    }[ActionState(action.state)]
    shape = "not_started" if action.state == ActionState.OPEN else "under_way"
    if action.due is None:
        return Standing(shape, _("%(state)s, no date given") % {"state": name})
    left = (action.due - today).days
    if left == 0:
        return Standing(shape, _("%(state)s, due today") % {"state": name})
    if left <= SOON:
        return Standing(shape, ngettext("%(state)s, due in %(n)d day", "%(state)s, due in %(n)d days", left) % {"state": name, "n": left})
    return Standing(shape, _("%(state)s, due %(day)s") % {"state": name, "day": long(action.due)})


def _late_when(action: Action, day: date | None) -> str:
    late = past(action.first_due, day) if day else 0
    return _("%(days)s after its first date") % {"days": days(late)} if late else ""


def _when_done(word: str, action: Action, day: date | None) -> str:
    late = past(action.first_due, day) if day else 0
    return _("%(state)s, %(days)s after its first date") % {"state": word, "days": days(late)} if late else word


def keys(action: Action, preset: Preset, names: Mapping[str, str], claim: Claim | None) -> tuple[Key, Key]:
    """The unit's key and the office's, with dates and names. ``claim`` is the one that stands."""
    said, found = preset.status(action.claimed_status), preset.status(action.verified_status)
    own = Key(turned=False, words=_("Unit has not claimed it"))
    if action.claimed:
        who = names.get(claim.made_by, "") if claim else ""
        done = said is None or said.meaning == "done"
        what = _("Claimed %(day)s") if done else _("Claimed “%(status)s” %(day)s")
        words = what % {"day": short(action.claimed), "status": said.words if said else ""}
        own = Key(turned=True, words=f"{words}, {who}" if who else words)
    if preset.verifier == "none":
        return own, Key(turned=False, words=_("Nobody verifies: the preset names no one"))
    other = Key(turned=False, words=_("%(verifier)s has not verified it") % {"verifier": verifier_name(preset)})
    if action.verified and not (claim and claim.state == ClaimState.WAITING):
        done = found is None or found.code == action.claimed_status
        what = _("Verified %(day)s") if done else _("Found “%(status)s” %(day)s")
        words = what % {"day": short(action.verified), "status": found.words if found else ""}
        who = names.get(action.verified_by, "")
        other = Key(turned=True, words=f"{words}, {who}" if who else words)
    return own, other


def verifier_name(preset: Preset) -> str:
    """Who turns the second key, as pages call them."""
    if preset.verifier_name:
        return preset.verifier_name
    return {
        "evaluation_office": _("the evaluation office"),
        "committee": _("the committee"),
        "audit": _("audit"),
        "next_level": _("the next level of management"),
        "none": _("nobody"),
    }[preset.verifier]


__all__ = ["CLOSED", "OPEN_STATES", "SOON", "Key", "Standing", "days", "keys", "long", "past", "short", "standing", "verifier_name"]
