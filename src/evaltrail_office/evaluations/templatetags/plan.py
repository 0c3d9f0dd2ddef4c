"""What other pages show of the plan and of quality: ``{% load plan %}``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.utils import timezone

from evaltrail_office.accounts.access import may
from evaltrail_office.accounts.policy import Verb
from evaltrail_office.evaluations import queries
from evaltrail_office.evaluations.models import Plan
from evaltrail_office.evaluations.queries_comments import comments, consulted_on
from evaltrail_office.evaluations.queries_quality import assessments

if TYPE_CHECKING:
    from django.template import RequestContext

    from evaltrail_office.evaluations.models import Evaluation
    from evaltrail_office.shelf.models import Document

register = template.Library()


@register.inclusion_tag("evaluations/plan/part_plan.html", takes_context=True)
def plan_of(context: RequestContext, evaluation: Evaluation) -> dict[str, Any]:
    """When an evaluation is planned, with the way to its plan."""
    user = context["request"].user
    plan = Plan.objects.select_related("responsible").filter(evaluation=evaluation).first()
    return {"evaluation": evaluation, "plan": plan, "may_plan": may(user, Verb.PLAN, evaluation), "today": timezone.localdate()}


@register.inclusion_tag("evaluations/plan/part_quality.html", takes_context=True)
def quality_of(context: RequestContext, evaluation: Evaluation) -> dict[str, Any]:
    """Results of the quality assessments that were signed, and (for who may) the way to a new one."""
    user = context["request"].user
    signed = list(assessments(user, evaluation).exclude(signed=None).select_related(None)[:10])
    names = queries.names(a.made_by for a in signed)
    return {"evaluation": evaluation, "signed": signed, "names": names, "may_assess": may(user, Verb.ASSESS, evaluation)}


@register.inclusion_tag("evaluations/plan/part_comments.html", takes_context=True)
def comments_on(context: RequestContext, document: Document) -> dict[str, Any]:
    """The way to the comment log of a draft, with its count, for those who are consulted."""
    user = context["request"].user
    consulted = consulted_on(user, document)
    return {"document": document, "consulted": consulted, "count": comments(user, document).count() if consulted else 0}


@register.filter
def field_of(thing: Any, name: str) -> Any:
    """An attribute by name, for cells of a table."""
    return getattr(thing, name, None)
