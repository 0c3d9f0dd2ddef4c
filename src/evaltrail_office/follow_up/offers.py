"""Moves of an action as pages offer them: a form, the verb that is called, what is said when it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from evaltrail_office.follow_up import forms_action as forms
from evaltrail_office.follow_up.actions import work
from evaltrail_office.follow_up.machine import BY_NAME, HANDS, ActionState
from evaltrail_office.follow_up.moving import allowed

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.utils.functional import _StrPromise

    from evaltrail_office.follow_up.hands import Hands
    from evaltrail_office.follow_up.models import Action


@dataclass(frozen=True, slots=True)
class Offer:
    """A form of an action's page. It may have two buttons, each a move."""

    name: str
    """Of the move that its first button makes."""
    label: _StrPromise
    form: type[forms.Move]
    buttons: tuple[tuple[str, _StrPromise], ...]
    """Move and words of each."""
    main: bool = False
    """Whether it stands open, with the page's one main button."""


_OFFERS = (
    Offer("verify", _("Turn the second key"), forms.Verify, (("verify", _("Verify")), ("send_back", _("Send back"))), main=True),
    Offer(
        "grant_later",
        _("Decide on the later date"),
        forms.GrantLater,
        (("grant_later", _("Give the date")), ("refuse_later", _("Refuse"))),
        main=True,
    ),
    Offer(
        "drop",
        _("Decide whether it is dropped"),
        forms.AnswerDrop,
        (("drop", _("Let it be dropped")), ("refuse_drop", _("Refuse"))),
        main=True,
    ),
    Offer("claim", _("Claim that it is done"), forms.Claim, (("claim", _("Claim")),), main=True),
    Offer("withdraw_claim", _("Take the claim back"), forms.Bare, (("withdraw_claim", _("Take the claim back")),)),
    Offer("withdraw_drop", _("Take the request to drop it back"), forms.Bare, (("withdraw_drop", _("Take the request back")),)),
    Offer("report", _("Report how it stands"), forms.Report, (("report", pgettext_lazy("to do", "Report")),)),
    Offer("explain", _("Say why it is late"), forms.Explain, (("explain", _("Keep the reason")),)),
    Offer("ask_later", _("Ask for a later date"), forms.AskLater, (("ask_later", _("Ask for it")),)),
    Offer("withdraw_later", _("Take the request for a later date back"), forms.Bare, (("withdraw_later", _("Take the request back")),)),
    Offer("assign", _("Say who does it"), forms.Assign, (("assign", _("Assign")),)),
    Offer("ask_drop", _("Ask to drop it"), forms.AskDrop, (("ask_drop", _("Ask to drop it")),)),
    Offer("reopen", _("Open it again"), forms.Reopen, (("reopen", _("Open it again")),)),
)
BY_MOVE = {move: offer for offer in _OFFERS for move, _words in offer.buttons}
DONE = {
    "verify": _("The second key is turned."),
    "send_back": _("The claim is sent back; the unit reads why."),
    "grant_later": _("The date is moved. The dates before stay in sight."),
    "refuse_later": _("The later date is refused; the date that holds stays."),
    "drop": _("The action is dropped."),
    "refuse_drop": _("The action goes on as before."),
    "claim": _("Claimed. It is shown as claimed until somebody outside the unit has seen the proof."),
    "withdraw_claim": _("The claim is taken back."),
    "withdraw_drop": _("The request is taken back; the action goes on as before."),
    "report": _("Reported."),
    "explain": _("The reason is kept."),
    "ask_later": _("The later date is asked for. Until it is given the date that holds stays."),
    "withdraw_later": _("The request is taken back; the date that holds stays."),
    "assign": _("Assigned."),
    "ask_drop": _("Asked. Somebody outside the unit decides."),
    "reopen": _("It is open again. Claims and verifications stay in its history."),
}
"""What is said when a move is made."""
_VERBS: dict[str, Callable[..., Any]] = {
    "verify": work.verify,
    "send_back": work.send_back,
    "grant_later": work.grant_later,
    "refuse_later": work.refuse_later,
    "drop": work.drop,
    "refuse_drop": work.refuse_drop,
    "claim": work.claim,
    "withdraw_claim": work.withdraw_claim,
    "withdraw_drop": work.withdraw_drop,
    "report": work.report,
    "explain": work.explain,
    "ask_later": work.ask_later,
    "withdraw_later": work.withdraw_later,
    "assign": work.assign,
    "ask_drop": work.ask_drop,
    "reopen": work.reopen,
}
_ONLY = {"send_back": ("words",), "refuse_later": ("words",), "refuse_drop": ("words",)}
"""What a second button takes of the form."""


def offered(hands: Hands, action: Action) -> list[Offer]:
    """Forms that stand on the page of an action for this person, now."""
    found = [o for o in _OFFERS if allowed(hands, action, o.name)]
    asked = any(x.state == "asked" for x in action.extensions.all())
    left_out = {"ask_later"} if asked else {"grant_later", "withdraw_later"}
    if action.state == ActionState.CLAIMED and any(c.state == "waiting" and c.made_by == hands.user.key for c in action.claims.all()):
        left_out.add("verify")
    if action.state == ActionState.DROP_ASKED and any(d.state == "asked" and d.made_by == hands.user.key for d in action.drops.all()):
        left_out.add("drop")
    return [o for o in found if o.name not in left_out]


def make(move: str, hands: Hands, action: Action, given: dict[str, Any], revision: int) -> None:
    """Make a move with what a form gave. Raises what the verb raises."""
    only = _ONLY.get(move)
    said = {k: v for k, v in given.items() if only is None or k in only}
    if move == "grant_later":
        said["day"] = said.get("day") or None
    if move == "ask_later":
        said["day"] = said.get("day")
    _VERBS[move](hands.user, action, **said, revision=revision)


def whose(hands: Hands, action: Action) -> list[str]:
    """Where a person may do nothing with an action: whose it is now, a line a thing that can be done."""
    waits = {
        ActionState.CLAIMED: ("verify",),
        ActionState.DROP_ASKED: ("drop",),
        ActionState.PROPOSED: ("promise",),
    }.get(ActionState(action.state), ("report",))
    lines = []
    for name in waits:
        found = BY_NAME[ActionState, name]
        if allowed(hands, action, name):
            continue
        lines.append(", ".join(str(HANDS[h]) for h in HANDS if h in found.hands))
    return lines
