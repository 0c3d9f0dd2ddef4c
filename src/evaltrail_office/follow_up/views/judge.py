"""Judging the plan of an answer before work starts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from evaltrail_office.accounts.refused import Refused
from evaltrail_office.accounts.views.common import signed_in
from evaltrail_office.evaluations import queries as evaluation_queries
from evaltrail_office.follow_up import plan_quality
from evaltrail_office.follow_up import queries_answers as queries
from evaltrail_office.follow_up.actions.plan import Judged, judge_plan, may_judge
from evaltrail_office.follow_up.hands import Hands, preset_of
from evaltrail_office.follow_up.models import Action
from evaltrail_office.follow_up.statement import asked_for

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from evaltrail_office.follow_up.models import Response


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The actions of an answer with what rules and people say of each plan; the evaluation office says it here."""
    user = signed_in(request)
    found = get_object_or_404(queries.answers(user), pk=pk)
    if found.state not in queries.HANDED_OVER:
        raise Http404
    hands = Hands(user)
    actions = _actions(found)
    faults: dict[str, dict[str, str]] = {}
    if request.method == "POST":
        done = 0
        for action in actions:
            if may_judge(hands, action):
                fault = _judged(request, user, action)
                faults |= {action.key: fault} if fault else {}
                done += not fault
        if not faults:
            if done:
                messages.success(request, _("Judged. The units see it beside their actions."))
            return redirect("answer-plan", found.pk)
        actions = _actions(found)
    rows = [_row(request, hands, a, faults.get(a.key, {})) for a in actions]
    keys = {m.by for row in rows for m, _said, _words, _fault in row["marks"] if m.by}
    context = {
        "answer": found,
        "told": queries.told(hands, found, preset_of(found.follow_up)),
        "asked": asked_for(user, found),
        "rows": rows,
        "may": any(row["may"] for row in rows),
        "names": evaluation_queries.names(keys),
        "faults": faults,
        "section": "follow-up",
    }
    return render(request, "follow_up/answers/plan.html", context, status=422 if faults else 200)


def _actions(found: Response) -> list[Action]:
    rows = Action.objects.filter(response=found).select_related("unit", "evaluation", "track", "track__follow_up", "track__recommendation")
    return list(rows.prefetch_related("plan_judgements", "claims", "track__charges").order_by("position", "pk"))


def _row(request: HttpRequest, hands: Hands, action: Action, fault: dict[str, str]) -> dict[str, Any]:
    marks = plan_quality.marks(action.plan_judgements.all())
    typed = request.method == "POST"
    told = []
    for mark in marks:
        name = f"{action.key}-{mark.criterion}"
        said = "" if mark.rule or mark.met is None else "met" if mark.met else "not"
        words = "" if mark.rule else mark.words
        told.append(
            (
                mark,
                request.POST.get(name, "") if typed else said,
                request.POST.get(f"{name}-words", "") if typed else words,
                fault.get(mark.criterion, ""),
            )
        )
    return {"action": action, "marks": told, "may": may_judge(hands, action)}


def _judged(request: HttpRequest, user: Any, action: Action) -> dict[str, str]:
    said: dict[str, Judged | None] = {}
    for criterion in plan_quality.Criterion.values:
        choice = request.POST.get(f"{action.key}-{criterion}", "")
        words = request.POST.get(f"{action.key}-{criterion}-words", "")[:2000]
        said[criterion] = Judged(choice == "met", words) if choice in {"met", "not"} else None
    revision = request.POST.get(f"{action.key}-revision", "")
    try:
        judge_plan(user, action, said, int(revision) if revision.isdigit() else None)
    except Refused as fault:
        return {fault.field or "aligned": str(fault)}
    return {}
