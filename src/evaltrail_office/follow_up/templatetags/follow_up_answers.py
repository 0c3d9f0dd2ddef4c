"""Tags of the pages on which answers come about: ``{% load follow_up_answers %}``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.utils.translation import gettext_lazy as _

from evaltrail_office.follow_up.machine import ActionState, ResponseState

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from evaltrail_office.follow_up.models import Action, Response

register = template.Library()

_ICONS = {
    ResponseState.ASKED: "not_started",
    ResponseState.DRAFTED: "under_way",
    ResponseState.SUBMITTED: "under_way",
    ResponseState.CLEARED: "confirmed",
    ResponseState.TRANSMITTED: "confirmed",
    ResponseState.ISSUED: "confirmed",
}

_ACTION_ICONS = {
    ActionState.PROPOSED: "not_started",
    ActionState.OPEN: "not_started",
    ActionState.UNDER_WAY: "under_way",
    ActionState.CLAIMED: "claimed",
    ActionState.SENT_BACK: "under_way",
    ActionState.VERIFIED: "verified",
    ActionState.SELF_REPORTED: "noted",
    ActionState.DROP_ASKED: "under_way",
    ActionState.DROPPED: "rejected",
}

TIMES: dict[str, str | Promise] = {
    "short": _("short term"),
    "medium": _("medium term"),
    "long": _("long term"),
    "biennium": _("current biennium"),
    "ongoing": _("ongoing"),
}


@register.inclusion_tag("follow_up/answers/state.html")
def answer_state(response: Response) -> dict[str, Any]:
    """How far an answer is, as shape and word."""
    return {"name": _ICONS[ResponseState(response.state)], "words": response.get_state_display()}


@register.inclusion_tag("follow_up/answers/state.html")
def action_state(action: Action) -> dict[str, Any]:
    """How far an action is, as shape and word; a claim never looks like a verification."""
    return {"name": _ACTION_ICONS[ActionState(action.state)], "words": action.get_state_display()}


@register.filter
def time_words(time: str) -> str:
    """A time implication for people."""
    return str(TIMES.get(time, time))
