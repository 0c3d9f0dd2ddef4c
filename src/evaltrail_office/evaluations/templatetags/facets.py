"""What the evaluation's page shows of what it is about: ``{% load facets %}``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from evaltrail_office.accounts.access import may
from evaltrail_office.accounts.policy import Verb
from evaltrail_office.evaluations.queries_facets import facets_of
from evaltrail_office.evaluations.queries_proposals import proposed_in, proposed_of

if TYPE_CHECKING:
    from django.template import RequestContext

    from evaltrail_office.evaluations.models import Evaluation
    from evaltrail_office.shelf.models import Document

register = template.Library()


@register.inclusion_tag("evaluations/parts/facets.html", takes_context=True)
def about_line(context: RequestContext, evaluation: Evaluation) -> dict[str, Any]:
    """Countries, themes and goals, each leading to the others in the library, and the way to change them for who may."""
    user = context["request"].user
    may_describe = may(user, Verb.DESCRIBE, evaluation)
    return {
        "evaluation": evaluation,
        "groups": facets_of(evaluation),
        "may_describe": may_describe,
        "offered": proposed_of(user, evaluation) if may_describe else [],
        "here": context["request"].path,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("evaluations/parts/proposed_in_paper.html", takes_context=True)
def proposed_in_paper(context: RequestContext, document: Document) -> dict[str, Any]:
    """What a paper proposes of its evaluations, for who may correct it."""
    request = context["request"]
    return {"offered": proposed_in(request.user, document), "here": request.get_full_path(), "csrf_token": context.get("csrf_token")}
