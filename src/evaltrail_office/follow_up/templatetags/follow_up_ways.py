"""``{% load follow_up_ways %}``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from evaltrail_office.accounts.access import scope_of
from evaltrail_office.accounts.policy import DOES, Role, Verb

if TYPE_CHECKING:
    from django.template import RequestContext

register = template.Library()
_VERIFIES = frozenset({Role.HEAD, Role.VERIFIER})


@register.inclusion_tag("follow_up/ways.html", takes_context=True)
def follow_up_ways(context: RequestContext) -> dict[str, Any]:
    """The pages of follow-up that a person uses, as sub-pages beside each other. Asks the database nothing."""
    request = context["request"]
    scope = scope_of(request.user)
    held = scope.office.union(*scope.held.values())
    wanted = [
        ("follow-up", _("My actions"), True),
        ("verification", _("Claims to verify"), bool(held & _VERIFIES)),
        ("figures", _("Figures"), scope.holds_a_role),
        ("concerns", _("Concerns"), scope.holds_a_role),
        ("registers", _("Registers"), bool(held & DOES[Verb.PLAN])),
        ("follow-up-reports", _("Reports"), scope.holds_a_role),
        ("calendar-own", _("Calendar"), True),
        ("follow-up-settings", _("Settings"), Role.HEAD in scope.office),
    ]
    ways = []
    for name, label, shown in wanted:
        if not shown:
            continue
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        ways.append((label, address, request.path == address))
    return {"ways": ways}
