"""``{% load office_tools %}``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from evaltrail_office.accounts.access import scope_of
from evaltrail_office.accounts.policy import DOES, Role, Verb

if TYPE_CHECKING:
    from django.template import RequestContext

register = template.Library()
_MANAGES = DOES[Verb.PLAN] | {Role.COORDINATOR}


@register.inclusion_tag("follow_up/registers/tools.html", takes_context=True)
def office_tools(context: RequestContext) -> dict[str, Any]:
    """Links to what the evaluation office does with many recommendations at once, for those who may. Asks the database nothing."""
    scope = scope_of(context["request"].user)
    held = scope.office.union(*scope.held.values())
    return {"brings": bool(held & DOES[Verb.PLAN]), "manages": bool(held & _MANAGES)}
