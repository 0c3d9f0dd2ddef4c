"""``{% load people %}``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from evaltrail_office.accounts.access import EMERGENCY, current_grants, scope_of
from evaltrail_office.accounts.policy import Role

if TYPE_CHECKING:
    from django.template import RequestContext

register = template.Library()


@register.inclusion_tag("accounts/part_roles.html", takes_context=True)
def roles_line(context: RequestContext, evaluation: str) -> dict[str, Any]:
    """A link to who holds which role in an evaluation, and who looks into it in an emergency, for those who have a part in it.

    ``evaluation`` is its key. One query.
    """
    scope = scope_of(context["request"].user)
    part = Role.HEAD in scope.office or evaluation in scope.held or evaluation in scope.emergency
    if not part:
        return {"evaluation": ""}
    taken = current_grants().filter(evaluation=evaluation, emergency=True).select_related("user")
    return {"evaluation": evaluation, "emergencies": [(grant, grant.given + EMERGENCY) for grant in taken]}
