"""The work plan as list, calendar and timeline, and what is planned of one evaluation."""

from __future__ import annotations

import calendar as months
import csv
import io
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evaltrail.write.cells import clean, disarmed
from evaltrail_office.accounts.access import may, visible
from evaltrail_office.accounts.forms import told
from evaltrail_office.accounts.models import Unit
from evaltrail_office.accounts.policy import Verb
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.accounts.views.common import signed_in
from evaltrail_office.evaluations import actions_plan as actions
from evaltrail_office.evaluations import forms_plan as forms
from evaltrail_office.evaluations import queries, queries_plan
from evaltrail_office.evaluations.models import Baseline, Evaluation, EvaluationKind, State, What
from evaltrail_office.evaluations.plan_timeline import Axis

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms as django_forms
    from django.http import HttpRequest

    from evaltrail_office.accounts.models import User

PAGE = 25
EXPORTED = 20_000
"""Rows of an export at most."""
IN_CALENDAR = 400
"""Evaluations of a calendar year that are shown; the list has them all."""


def form_page(
    request: HttpRequest,
    form: django_forms.Form,
    act: Callable[[dict[str, Any]], str],
    *,
    title: str,
    button: str,
    back: str,
    evaluation: Evaluation | None = None,
    intro: str = "",
) -> HttpResponse:
    """A page with one form: what ``act`` says is told on the page behind, what it refuses stands at the field."""
    if request.method == "POST" and form.is_valid():
        try:
            said = act(form.cleaned_data)
        except Refused as fault:
            told(form, fault)
        else:
            messages.success(request, said)
            return redirect(back)
    context = {"form": form, "heading": title, "button": button, "back": back, "evaluation": evaluation, "intro": intro, "section": "plan"}
    return render(request, "evaluations/plan/form.html", context, status=422 if form.errors else 200)


def own_plan(request: HttpRequest, key: str) -> Evaluation:
    """An evaluation of the plan, 404 where it may not be seen."""
    rows = visible(signed_in(request), Evaluation.objects.filter(plan__isnull=False))
    found: Evaluation = get_object_or_404(
        rows.select_related("plan", "plan__responsible", "plan__merged_into", "unit").prefetch_related("gates"), key=key
    )
    return found


def to_plan(user: User, evaluation: Evaluation) -> None:
    """Raise ``PermissionDenied`` with a reason where the plan of an evaluation is not a person's to change."""
    if not may(user, Verb.PLAN, evaluation):
        raise PermissionDenied(_("Its plan is changed by the head of evaluation and its manager."))


def _shown(request: HttpRequest, user: User) -> dict[str, Any]:
    """What the three pages of the plan share."""
    filters = queries_plan.Filters.of(request.GET)
    used = {k: v for k in ("year", "kind", "state", "unit", "change", "baseline") if (v := request.GET.get(k))}
    return {
        "filters": filters,
        "narrowed": bool(used),
        "kinds": EvaluationKind.choices,
        "states": State.choices,
        "changes": queries_plan.CHANGES,
        "units": Unit.objects.filter(evaluations__plan__isnull=False, evaluations__in=visible(user, Evaluation.objects.all())).distinct(),
        "years": _years(user),
        "baselines": list(queries_plan.baselines()[:30]),
        "may_add": queries_plan.may_plan_new(user),
        "section": "plan",
    }


def _years(user: User) -> list[int]:
    rows = visible(user, Evaluation.objects.filter(plan__isnull=False))
    return sorted(year for year in rows.order_by().values_list("year", flat=True).distinct() if year)


@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """The plan as a list."""
    user = signed_in(request)
    context = _shown(request, user)
    page = Paginator(queries_plan.planned(user, context["filters"]), PAGE).get_page(request.GET.get("page"))
    return render(request, "evaluations/plan/list.html", context | {"page": page, "lines": queries_plan.lines(page), "view": "list"})


@require_safe
def timeline(request: HttpRequest) -> HttpResponse:
    """The plan on a line of time: planned days against the approved ones, and today."""
    user = signed_in(request)
    context = _shown(request, user)
    page = Paginator(queries_plan.planned(user, context["filters"]), PAGE).get_page(request.GET.get("page"))
    lines = queries_plan.lines(page)
    axis = Axis.of([line.evaluation for line in lines], timezone.localdate())
    rows = [(line, axis.bar(line.evaluation)) for line in lines]
    return render(request, "evaluations/plan/timeline.html", context | {"page": page, "rows": rows, "axis": axis, "view": "timeline"})


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """The plan by months of a year: what begins, ends and is to be issued in each."""
    user = signed_in(request)
    context = _shown(request, user)
    asked = request.GET.get("of", "")
    today = timezone.localdate()
    year = int(asked) if asked.isascii() and asked.isdigit() and 1900 <= int(asked[:5]) <= 2200 else today.year
    found = queries_plan.planned(user, context["filters"])
    first, last = date(year, 1, 1), date(year, 12, 31)
    inside = Q(plan__starts__range=(first, last)) | Q(plan__ends__range=(first, last)) | Q(plan__issues__range=(first, last))
    shown = list(found.filter(inside)[: IN_CALENDAR + 1])
    rows = []
    for month in range(1, 13):
        cells = {
            name: [e for e in shown[:IN_CALENDAR] if (d := getattr(e.plan, name)) and (d.year, d.month) == (year, month)]
            for name in ("starts", "ends", "issues")
        }
        end = date(year, month, months.monthrange(year, month)[1])
        rows.append({"name": MONTHS[month], "now": (year, month) == (today.year, today.month), "past": end < today, **cells})
    more = {"rows": rows, "of": year, "before": year - 1, "after": year + 1, "cut": len(shown) > IN_CALENDAR, "view": "calendar"}
    return render(request, "evaluations/plan/calendar.html", context | more)


_HEAD = (
    "key", "title", "kind", "timing", "unit", "state", "reason chosen", "asked for by", "why", "starts", "ends", "issued",
    "approved start", "approved end", "approved issue", "against the approved plan", "reason of the last change", "responsible",
    "next gate", "merged into",
)  # fmt: skip


@require_safe
def plan_as_csv(request: HttpRequest) -> HttpResponse:
    """The same list as a file, whole."""
    user = signed_in(request)
    filters = queries_plan.Filters.of(request.GET)
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(_HEAD)
    found = list(queries_plan.planned(user, filters)[:EXPORTED])
    for start in range(0, len(found), 500):
        for line in queries_plan.lines(found[start : start + 500]):
            e, p, following = line.evaluation, line.evaluation.plan, line.next_gate
            was = [getattr(e, f"was_{name}", None) for name in ("starts", "ends", "issues")]
            cells = [e.key, e.title, e.kind, e.timing, e.unit.name if e.unit else "", e.state, p.chosen, p.asked_by, p.why]
            cells += [p.starts, p.ends, p.issues, *was, line.change_words, line.reason, p.responsible.name if p.responsible else ""]
            cells += [following.gate.kind if following else "", p.merged_into.key if p.merged_into else ""]
            table.writerow([disarmed(clean("" if c is None else str(c))) for c in cells])
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="work-plan.csv"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Plan an evaluation that the office did not know."""
    user = signed_in(request)
    if not queries_plan.may_plan_new(user):
        raise PermissionDenied(_("Evaluations are planned by those who work in the evaluation office."))
    made: list[Evaluation] = []
    form = forms.Planned(request.POST or None, people=queries_plan.responsibles(None), new=True)

    def act(given: dict[str, Any]) -> str:
        made.append(actions.plan_new(user, **given))
        return _("%(key)s stands in the plan.") % {"key": made[0].key}

    answer = form_page(request, form, act, title=_("Plan an evaluation"), button=_("Put it into the plan"), back=reverse("plan"))
    return redirect("evaluation-plan", made[0].key) if made else answer


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, key: str) -> HttpResponse:
    """Put an evaluation that the office knows into the plan."""
    user = signed_in(request)
    found = get_object_or_404(visible(user, Evaluation.objects.filter(plan=None)), key=key)
    to_plan(user, found)

    def act(given: dict[str, Any]) -> str:
        actions.add_to_plan(user, found, **given)
        return _("%(key)s stands in the plan.") % {"key": found.key}

    back = reverse("evaluation-plan", args=[key])
    form = forms.Chose(request.POST or None)
    return form_page(request, form, act, title=_("Put it into the plan"), button=_("Put it into the plan"), back=back, evaluation=found)


@require_safe
def evaluation_plan(request: HttpRequest, key: str) -> HttpResponse:
    """What is planned of an evaluation, what changed and why, and how far it has come."""
    user = signed_in(request)
    found = own_plan(request, key)
    inside = queries_plan.works_in(user, found)
    changes = list(found.plan_changes.all()[:50])
    lines = list(found.baseline_lines.select_related("baseline").order_by("-baseline__approved")[:10])
    money = queries_plan.sums(found) if may(user, Verb.PLAN, found) else []
    gates = queries_plan.gates_of([found]).get(found.pk, [])
    keys = {c.made_by for c in changes} | {c.undone_by for c in changes} | {g.last.made_by for g in gates if g.last}
    context = {
        "evaluation": found,
        "plan": found.plan,
        "inside": inside,
        "changes": [(c, _told(c.old, c.new)) for c in changes],
        "undoable": next((c for c in changes if c.undone is None and c.what != What.ADDED), None),
        "lines": lines,
        "gates": gates,
        "money": money,
        "contracts": found.contracts.count() if inside else 0,
        "merged": list(visible(user, Evaluation.objects.filter(plan__merged_into=found, state=State.MERGED))),
        "may_plan": may(user, Verb.PLAN, found),
        "may_approve": may(user, Verb.APPROVE, found),
        "names": queries.names(keys),
        "left": found.state in actions.LEFT,
        "over": found.state in actions.LEFT or found.state == State.COMPLETED,
        "section": "plan",
    }
    return render(request, "evaluations/plan/evaluation.html", context)


def _told(old: dict[str, Any], new: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Which days, state and title a change had before and after; of the rest, only that it changed."""
    labels = {"title": _("Title"), "state": _("State"), "starts": _("Starts"), "ends": _("Ends"), "issues": _("Report issued")}
    rest = {
        "kind": _("kind"), "timing": _("timing"), "unit_id": _("unit"), "chosen": _("reason chosen"), "why": _("reason chosen"),
        "asked_by": _("who asked"), "responsible_id": _("responsible person"),
    }  # fmt: skip

    def said(name: str, value: Any) -> str:
        if not value:
            return _("not set")
        return str(State(value).label) if name == "state" else str(value)

    out = [(label, said(name, old.get(name)), said(name, new[name])) for name, label in labels.items() if name in new and old]
    others = sorted({label for name, label in rest.items() if name in new and old})
    return [*out, *([(_("Also changed"), "", ", ".join(others))] if others else [])]


def _initial(found: Evaluation) -> dict[str, Any]:
    own = {name: getattr(found, name) for name in ("title", "kind", "timing", "unit")}
    names = ("chosen", "asked_by", "why", "starts", "ends", "issues", "responsible")
    return own | {name: getattr(found.plan, name) for name in names}


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change what is planned."""
    user = signed_in(request)
    found = own_plan(request, key)
    to_plan(user, found)
    form = forms.Planned(request.POST or None, initial=_initial(found), people=queries_plan.responsibles(found), new=False)

    def act(given: dict[str, Any]) -> str:
        change = actions.edit_plan(user, found, given.pop("reason"), **given)
        if change is None:
            return _("Nothing was changed.")
        return _("Kept: %(what)s, with your reason.") % {"what": change.get_what_display()}

    back = reverse("evaluation-plan", args=[key])
    return form_page(request, form, act, title=_("Change the plan"), button=_("Keep the change"), back=back, evaluation=found)


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, key: str, how: str) -> HttpResponse:
    """Postpone, cancel or merge an evaluation, with a reason."""
    user = signed_in(request)
    found = own_plan(request, key)
    to_plan(user, found)
    ways = {"postpone": _postpone, "cancel": _cancel, "merge": _merge}
    if how not in ways:
        raise Http404
    return ways[how](request, user, found)


def _postpone(request: HttpRequest, user: User, found: Evaluation) -> HttpResponse:
    days = {name: getattr(found.plan, name) for name in ("starts", "ends", "issues")}
    form = forms.Postpone(request.POST or None, initial=days)

    def act(given: dict[str, Any]) -> str:
        actions.postpone(user, found, given.pop("reason"), **given)
        return _("Postponed.")

    return form_page(request, form, act, title=_("Postpone"), button=_("Postpone it"), back=_page_of(found), evaluation=found)


def _cancel(request: HttpRequest, user: User, found: Evaluation) -> HttpResponse:
    def act(given: dict[str, Any]) -> str:
        actions.cancel(user, found, given["reason"])
        return _("Cancelled. It stays in the plan with your reason.")

    form = forms.Why(request.POST or None)
    return form_page(request, form, act, title=_("Cancel"), button=_("Cancel the evaluation"), back=_page_of(found), evaluation=found)


def _merge(request: HttpRequest, user: User, found: Evaluation) -> HttpResponse:
    others = visible(user, Evaluation.objects.filter(plan__isnull=False)).exclude(state__in=actions.LEFT).exclude(pk=found.pk)
    form = forms.Merge(request.POST or None, others=others.order_by("-year", "key"))

    def act(given: dict[str, Any]) -> str:
        actions.merge(user, found, given["into"], given["reason"])
        return _("Merged into %(key)s.") % {"key": given["into"].key}

    return form_page(request, form, act, title=_("Merge"), button=_("Merge it"), back=_page_of(found), evaluation=found)


def _page_of(found: Evaluation) -> str:
    return reverse("evaluation-plan", args=[found.key])


@require_POST
def undo(request: HttpRequest, key: str) -> HttpResponse:
    """Take the last change back."""
    user = signed_in(request)
    found = own_plan(request, key)
    to_plan(user, found)
    try:
        change = actions.undo_change(user, found)
    except Refused as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("Undone: %(what)s.") % {"what": change.get_what_display()})
    return redirect("evaluation-plan", key)


@require_http_methods(["GET", "HEAD", "POST"])
def baselines(request: HttpRequest) -> HttpResponse:
    """Approved plans; a head of evaluation approves another one here."""
    user = signed_in(request)
    allowed = may(user, Verb.APPROVE)
    year = timezone.localdate().year
    form = forms.Approve(request.POST or None, initial={"year_from": year, "year_to": year + 1}) if allowed else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied(_("Plans are approved by heads of evaluation."))
        if form.is_valid():
            given = form.cleaned_data
            years = (given.pop("year_from"), given.pop("year_to"))
            try:
                made = actions.approve_plan(user, years=years, **given)
            except Refused as fault:
                told(form, fault)
            else:
                messages.success(request, _("Kept as approved. Every change shows against it from now on."))
                return redirect("baseline", made.pk)
    page = Paginator(queries_plan.baselines(), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "form": form, "names": queries.names(b.approved_by for b in page), "section": "plan"}
    return render(request, "evaluations/plan/baselines.html", context, status=422 if form and form.errors else 200)


@require_safe
def baseline(request: HttpRequest, number: int) -> HttpResponse:
    """An approved plan as it was approved, as far as a person knows of the evaluations in it; 404 where they know of none."""
    user = signed_in(request)
    found = get_object_or_404(Baseline, pk=number)
    seen = found.lines.filter(evaluation__in=visible(user, Evaluation.objects.all())).select_related("evaluation")
    page = Paginator(seen, PAGE).get_page(request.GET.get("page"))
    if not page.paginator.count:
        raise Http404
    money = {line.pk for line in page if may(user, Verb.PLAN, line.evaluation)}
    context = {"baseline": found, "page": page, "money": money, "names": queries.names([found.approved_by]), "section": "plan"}
    return render(request, "evaluations/plan/baseline.html", context)
