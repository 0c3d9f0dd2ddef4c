"""What may follow what: the states of everything that is followed, and one table of moves. Nothing here asks the database.

A move says from which states it goes where, whose hand it needs, and what has to be given with it. ``moving.move`` is the only place that
carries moves out, so that a state that is not in the table cannot be reached.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Verdict(models.TextChoices):
    """What management makes of a recommendation."""

    ACCEPTED = "accepted", _("accepted")
    PARTIALLY_ACCEPTED = "partially_accepted", _("accepted in part")
    REJECTED = "rejected", _("rejected")
    NOTED = "noted", _("noted")


class Meaning(models.TextChoices):
    """What a preset's status says, whatever it is called there."""

    OPEN = "open", _("not begun")
    PARTIAL = "partial", _("under way")
    SUBSTANTIAL = "substantial", _("substantially done")
    DONE = "done", _("done")
    DROPPED = "dropped", _("no longer followed")


class TrackState(models.TextChoices):
    """Of a recommendation."""

    FOLLOWED = "followed", _("followed")
    RETIRED = "retired", _("retired")


class ResponseState(models.TextChoices):
    """Of an answer."""

    ASKED = "asked", _("asked for")
    DRAFTED = "drafted", _("drafted")
    SUBMITTED = "submitted", _("in clearance")
    CLEARED = "cleared", _("cleared")
    TRANSMITTED = "transmitted", _("transmitted")
    ISSUED = "issued", _("public")


class ActionState(models.TextChoices):
    """Of an action."""

    PROPOSED = "proposed", _("proposed")
    """The answer that promises it is not transmitted."""
    OPEN = "open", _("not started")
    UNDER_WAY = "under_way", _("under way")
    CLAIMED = "claimed", _("claimed")
    """The first key is turned; shown as claimed and never as done."""
    SENT_BACK = "sent_back", _("sent back")
    VERIFIED = "verified", _("verified")
    """Both keys are turned, and the status that was found leaves nothing owed."""
    SELF_REPORTED = "self_reported", _("self-reported")
    """Held to be done by the unit's own word, where the preset names nobody who verifies."""
    DROP_ASKED = "drop_asked", _("to be dropped")
    DROPPED = "dropped", _("dropped")


class ClaimState(models.TextChoices):
    """Of a claim."""

    WAITING = "waiting", _("waits for the second key")
    VERIFIED = "verified", _("verified")
    CORRECTED = "corrected", _("verified at another status")
    SENT_BACK = "sent_back", _("sent back")
    WITHDRAWN = "withdrawn", _("withdrawn")
    HELD = "held", _("self-reported")


class AskState(models.TextChoices):
    """Of what is asked of an authority: a later date, dropping an action."""

    ASKED = "asked", _("asked")
    GRANTED = "granted", _("granted")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ConcernState(models.TextChoices):
    """Of a concern."""

    RAISED = "raised", _("raised")
    TAKEN_UP = "taken_up", _("taken up")
    RESOLVED = "resolved", _("resolved")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Hand(StrEnum):
    """In whose hands a move is; ``hands`` knows who they are for a thing."""

    OWNER = "owner"
    """The person named on the action or the concern."""
    UNIT = "unit"
    """People of the unit that owes it, or of the unit that followed it."""
    LEAD = "lead"
    """People of the unit that leads the answer."""
    CONTRIBUTOR = "contributor"
    CLEARER = "clearer"
    """Whoever the next step of clearance names."""
    COORDINATOR = "coordinator"
    OFFICE = "office"
    """Head of evaluation, or the evaluation's manager."""
    HEAD = "head"
    """Head of evaluation."""
    AUTHORITY = "authority"
    """Whoever the preset names to grant a later date; never the unit that asks."""
    APPROVER = "approver"
    """Whoever the preset names to let an action be dropped; never the unit that asks."""
    VERIFIER = "verifier"
    """Whoever the preset names for the second key; never the unit whose action it is."""
    CLAIMER = "claimer"
    """Whoever made the claim or the request that waits."""
    RAISER = "raiser"


HANDS = {
    Hand.OWNER: _("its owner"),
    Hand.UNIT: _("the unit that owes it"),
    Hand.LEAD: _("the unit that leads the answer"),
    Hand.CONTRIBUTOR: _("a contributing unit"),
    Hand.CLEARER: _("whoever clears the next step"),
    Hand.COORDINATOR: _("the response coordinator"),
    Hand.OFFICE: _("the evaluation office"),
    Hand.HEAD: _("the head of evaluation"),
    Hand.AUTHORITY: _("the authority that grants later dates"),
    Hand.APPROVER: _("whoever approves that an action is dropped"),
    Hand.VERIFIER: _("whoever verifies, who is never of the unit itself"),
    Hand.CLAIMER: _("whoever asked for it"),
    Hand.RAISER: _("whoever raised it"),
}
"""Each in words."""

State: TypeAlias = TrackState | ResponseState | ActionState | ConcernState
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Move:
    """One line of the table."""

    of: type[TrackState | ResponseState | ActionState | ConcernState]
    """Whose states they are."""
    name: str
    words: str
    """Past tense, for the journal."""
    before: frozenset[State]
    after: frozenset[State]
    """Where it leads; several where the preset or what was found decides."""
    hands: frozenset[Hand]
    needs: frozenset[str] = frozenset()
    """What is given with it and must not be empty."""


def _m(
    of: type[TrackState | ResponseState | ActionState | ConcernState],
    name: str,
    words: str,
    before: State | tuple[State, ...],
    after: State | tuple[State, ...],
    hands: Hand | tuple[Hand, ...],
    needs: str = "",
) -> Move:
    return Move(of, name, words, _some(before), _some(after), _some(hands), frozenset(needs.split()))


def _some(one: T | tuple[T, ...]) -> frozenset[T]:
    return frozenset(one if isinstance(one, tuple) else (one,))


_T, _R, _A, _C, _H = TrackState, ResponseState, ActionState, ConcernState, Hand
_RUNNING = (_A.OPEN, _A.UNDER_WAY, _A.SENT_BACK)
_OWED = (*_RUNNING, _A.CLAIMED, _A.DROP_ASKED)
_UNIT = (_H.OWNER, _H.UNIT)

MOVES: tuple[Move, ...] = (
    # A recommendation.
    _m(_T, "address", "addressed", _T.FOLLOWED, _T.FOLLOWED, (_H.OFFICE, _H.COORDINATOR)),
    _m(_T, "charge", "charged", _T.FOLLOWED, _T.FOLLOWED, (_H.OFFICE, _H.COORDINATOR)),
    _m(_T, "split", "split", _T.FOLLOWED, _T.FOLLOWED, (_H.OFFICE, _H.COORDINATOR, _H.LEAD)),
    _m(_T, "join", "joined", _T.FOLLOWED, _T.FOLLOWED, (_H.OFFICE, _H.COORDINATOR, _H.LEAD)),
    _m(_T, "retire", "retired", _T.FOLLOWED, _T.RETIRED, (_H.OFFICE,), "reason"),
    _m(_T, "reopen", "reopened", _T.RETIRED, _T.FOLLOWED, (_H.OFFICE,), "reason"),
    # Nobody's: what the answers in force make of it.
    _m(_T, "settle", "settled", (_T.FOLLOWED, _T.RETIRED), (_T.FOLLOWED, _T.RETIRED), ()),
    # An answer.
    _m(_R, "draft", "drafted", (_R.ASKED, _R.DRAFTED), _R.DRAFTED, (_H.LEAD, _H.COORDINATOR)),
    _m(_R, "contribute", "contributed", (_R.ASKED, _R.DRAFTED), (_R.ASKED, _R.DRAFTED), _H.CONTRIBUTOR, "words"),
    _m(_R, "submit", "submitted", _R.DRAFTED, (_R.SUBMITTED, _R.CLEARED), (_H.LEAD, _H.COORDINATOR)),
    _m(_R, "withdraw", "withdrew", (_R.SUBMITTED, _R.CLEARED), _R.DRAFTED, (_H.LEAD, _H.COORDINATOR)),
    _m(_R, "clear", "cleared", _R.SUBMITTED, (_R.SUBMITTED, _R.CLEARED), _H.CLEARER),
    _m(_R, "send_back", "sent back", (_R.SUBMITTED, _R.CLEARED), _R.DRAFTED, (_H.CLEARER, _H.COORDINATOR), "words"),
    _m(_R, "transmit", "transmitted", _R.CLEARED, _R.TRANSMITTED, _H.COORDINATOR),
    _m(_R, "take_over", "took over", _R.ASKED, _R.TRANSMITTED, (_H.OFFICE, _H.COORDINATOR)),
    _m(_R, "issue", "issued", _R.TRANSMITTED, _R.ISSUED, (_H.OFFICE,)),
    # An action.
    _m(_A, "plan", "planned", _A.PROPOSED, _A.PROPOSED, (_H.LEAD, _H.COORDINATOR)),
    _m(_A, "promise", "promised", _A.PROPOSED, _A.OPEN, _H.COORDINATOR),
    _m(_A, "take_over", "took over", _A.PROPOSED, (_A.OPEN, _A.UNDER_WAY), (_H.OFFICE, _H.COORDINATOR)),
    _m(_A, "assign", "assigned", (_A.PROPOSED, *_RUNNING), (_A.PROPOSED, *_RUNNING), (_H.UNIT, _H.COORDINATOR)),
    _m(_A, "report", "reported", _RUNNING, (_A.OPEN, _A.UNDER_WAY, _A.SENT_BACK), _UNIT),
    _m(_A, "prove", "showed proof of", (*_RUNNING, _A.CLAIMED), (*_RUNNING, _A.CLAIMED), _UNIT),
    _m(_A, "explain", "explained the delay of", (*_RUNNING, _A.CLAIMED), (*_RUNNING, _A.CLAIMED), (*_UNIT, _H.COORDINATOR), "delay"),
    _m(_A, "claim", "claimed", _RUNNING, (_A.CLAIMED, _A.SELF_REPORTED, _A.UNDER_WAY), _UNIT, "status"),
    _m(_A, "withdraw_claim", "withdrew the claim of", _A.CLAIMED, _A.UNDER_WAY, (*_UNIT, _H.CLAIMER)),
    _m(_A, "verify", "verified", _A.CLAIMED, (_A.VERIFIED, _A.UNDER_WAY), _H.VERIFIER, "status"),
    _m(_A, "send_back", "sent back", _A.CLAIMED, _A.SENT_BACK, _H.VERIFIER, "words"),
    _m(_A, "reopen", "reopened", (_A.VERIFIED, _A.SELF_REPORTED, _A.DROPPED), _A.UNDER_WAY, (_H.VERIFIER, _H.OFFICE), "reason"),
    _m(_A, "ask_later", "asked for a later date of", _RUNNING, _RUNNING, (*_UNIT,), "date reason"),
    _m(_A, "grant_later", "moved the date of", _RUNNING, _RUNNING, _H.AUTHORITY, "date"),
    _m(_A, "refuse_later", "refused a later date of", _RUNNING, _RUNNING, _H.AUTHORITY, "words"),
    _m(_A, "withdraw_later", "withdrew the request for a later date of", _OWED, _OWED, (*_UNIT, _H.CLAIMER)),
    _m(_A, "ask_drop", "asked to drop", _RUNNING, _A.DROP_ASKED, (*_UNIT,), "status reason"),
    _m(_A, "drop", "dropped", _A.DROP_ASKED, _A.DROPPED, _H.APPROVER),
    _m(_A, "refuse_drop", "refused to drop", _A.DROP_ASKED, _RUNNING, _H.APPROVER, "words"),
    _m(_A, "withdraw_drop", "withdrew the request to drop", _A.DROP_ASKED, _RUNNING, (*_UNIT, _H.CLAIMER)),
    # A concern.
    _m(_C, "take_up", "took up", _C.RAISED, _C.TAKEN_UP, (_H.OFFICE,)),
    _m(_C, "hand_over", "handed over", (_C.RAISED, _C.TAKEN_UP), _C.TAKEN_UP, (_H.OFFICE, _H.OWNER)),
    _m(_C, "resolve", "resolved", _C.TAKEN_UP, _C.RESOLVED, (_H.OWNER, _H.OFFICE), "resolution"),
    _m(_C, "say", "said what they hold of", _C.RESOLVED, (_C.RESOLVED, _C.TAKEN_UP), _H.RAISER),
    _m(_C, "withdraw", "withdrew", (_C.RAISED, _C.TAKEN_UP), _C.WITHDRAWN, _H.RAISER),
    _m(_C, "release", "released", (_C.RAISED, _C.TAKEN_UP, _C.RESOLVED), (_C.RAISED, _C.TAKEN_UP, _C.RESOLVED), (_H.OFFICE,)),
)
"""The table."""

SYSTEM = "system:follow-up"
"""What the journal names where a rule acts and no person."""
BY_NAME: dict[tuple[type, str], Move] = {(m.of, m.name): m for m in MOVES}

NEEDED = {
    "reason": _("Give a reason."),
    "words": _("Say why: whoever reads it has to act on it."),
    "status": pgettext_lazy("of an action", "Choose a status."),
    "date": _("Give a date."),
    "delay": _("Choose why it is late."),
    "resolution": _("Say how it was resolved."),
}
"""What to say where something needed is missing."""

CLOSED = frozenset({ActionState.VERIFIED, ActionState.SELF_REPORTED, ActionState.DROPPED})
"""States in which an action owes nothing more."""
RUNNING = frozenset(_RUNNING)
"""States in which the unit has work to do."""
IN_FORCE = frozenset(ActionState) - {ActionState.PROPOSED}


def open_moves(of: type, state: str) -> list[Move]:
    """Moves that the table has from a state, in its order."""
    return [m for m in MOVES if m.of is of and state in m.before]
