"""Tags of the pages on which answers come about: ``{% load follow_up_answers %}``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.utils.translation import gettext_lazy as _

from evaltrail_office.follow_up.machine import ResponseState

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from evaltrail_office.follow_up.models import Response

register = template.Library()

_ICONS = {
    ResponseState.ASKED: "not_started",
    ResponseState.DRAFTED: "under_way",
    ResponseState.SUBMITTED: "under_way",
    ResponseState.CLEARED: "confirmed",
    ResponseState.TRANSMITTED: "confirmed",
    ResponseState.ISSUED: "confirmed",
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


@register.filter
def time_words(time: str) -> str:
    """A time implication for people."""
    return str(TIMES.get(time, time))
