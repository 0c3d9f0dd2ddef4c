"""Gates, money and people of one evaluation of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evaltrail_office.accounts.access import may
from evaltrail_office.accounts.forms import told
from evaltrail_office.accounts.policy import Verb
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.accounts.views.common import signed_in
from evaltrail_office.evaluations import actions_gates, actions_team, queries, queries_plan
from evaltrail_office.evaluations import forms_plan as forms
from evaltrail_office.evaluations.models import Contract, Deliverable, Evaluation, Gate, GateKind, Interest, MoneyEntry, MoneyKind, Outcome
from evaltrail_office.evaluations.views_plan import PAGE, form_page, own_plan, to_plan
from evaltrail_office.shelf.models import Document

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from evaltrail_office.accounts.models import User


def _inside(request: HttpRequest, key: str) -> tuple[User, Evaluation]:
    """The evaluation, for those who draft it; 403 with a reason for the others who know of it."""
    user = signed_in(request)
    found = own_plan(request, key)
    if not queries_plan.works_in(user, found):
        raise PermissionDenied(_("This is shown to the head of evaluation, the evaluation's manager and its team."))
    return user, found


@require_http_methods(["GET", "HEAD", "POST"])
def gate(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """A gate: who passes it, what was decided at it so far, and a form for deciding."""
    user, found = _inside(request, key)
    own = get_object_or_404(Gate.objects.select_related("evaluation", "approver"), evaluation=found, kind=kind)
    plans, approves = may(user, Verb.PLAN, found), may(user, Verb.APPROVE, found)
    papers = queries.documents(user).filter(pk__in=Document.objects.filter(parts__evaluation_key=key).values("pk")).order_by("-id")
    asked = request.POST.get("do", "") if request.method == "POST" else ""
    initial = {"approver": own.approver_id, "due": own.due}
    people = queries_plan.approvers(found)
    setting = forms.GateSet(request.POST if asked == "set" else None, initial=initial, people=people) if plans else None
    deciding = forms.GateDecide(request.POST if asked == "decide" else None, papers=papers) if approves else None
    taking = forms.Why(request.POST if asked == "take back" else None, prefix="back") if approves else None
    if request.method == "POST" and _gate_done(request, user, own, asked, setting, deciding, taking):
        return redirect("plan-gate", key, kind)
    decisions = list(own.decisions.all())
    context = {
        "evaluation": found,
        "gate": own,
        "decisions": decisions,
        "last": actions_gates.last_decision(own),
        "setting": setting,
        "deciding": deciding,
        "taking": taking,
        "names": queries.names(d.made_by for d in decisions),
        "seen": {d.key for d in papers},
        "section": "plan",
    }
    wrong = any(form and form.errors for form in (setting, deciding, taking))
    return render(request, "evaluations/plan/gate.html", context, status=422 if wrong else 200)


def _gate_done(request: HttpRequest, user: User, own: Gate, asked: str, setting: Any, deciding: Any, taking: Any) -> bool:
    """Do what was asked for at a gate. Returns whether it was done; else the form says why not."""
    form = {"set": setting, "decide": deciding, "take back": taking}.get(asked)
    if form is None:
        raise PermissionDenied(_("Gates are passed by the head of evaluation."))
    if not form.is_valid():
        return False
    given = form.cleaned_data
    try:
        if asked == "set":
            actions_gates.set_gate(user, own, approver=given["approver"], due=given["due"])
            messages.success(request, _("Kept."))
        elif asked == "decide":
            outcome = Outcome(given["outcome"])
            actions_gates.decide_gate(user, own, outcome, document=given["document"], reason=given["reason"])
            messages.success(
                request, _("%(gate)s: %(outcome)s.") % {"gate": GateKind(own.kind).label.capitalize(), "outcome": outcome.label}
            )
        else:
            actions_gates.decide_gate(user, own, Outcome.TAKEN_BACK, reason=given["reason"])
            messages.success(request, _("Taken back."))
    except Refused as fault:
        told(form, fault)
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def money(request: HttpRequest, key: str) -> HttpResponse:
    """What is planned, committed and spent, entry by entry."""
    user = signed_in(request)
    found = own_plan(request, key)
    to_plan(user, found)
    form = forms.Money(request.POST or None, initial={"day": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions_team.enter_money(
                user, found, MoneyKind(given["kind"]), given["amount"], given["currency"], day=given["day"], words=given["words"]
            )
        except Refused as fault:
            told(form, fault)
        else:
            messages.success(request, _("Entered."))
            return redirect("plan-money", key)
    page = Paginator(found.money.order_by("-day", "-id"), PAGE).get_page(request.GET.get("page"))
    names = queries.names({e.made_by for e in page} | {e.taken_back_by for e in page})
    context = {"evaluation": found, "sums": queries_plan.sums(found), "page": page, "form": form, "names": names, "section": "plan"}
    return render(request, "evaluations/plan/money.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def money_back(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Take an entry back, with a reason."""
    user = signed_in(request)
    found = own_plan(request, key)
    to_plan(user, found)
    entry = get_object_or_404(MoneyEntry, evaluation=found, pk=number, taken_back=None)

    def act(given: dict[str, Any]) -> str:
        actions_team.take_money_back(user, entry, given["reason"])
        return _("Taken back. It stays on the page, struck out.")

    title = _("Take back %(amount)s %(currency)s") % {"amount": entry.amount, "currency": entry.currency}
    back = reverse("plan-money", args=[key])
    return form_page(request, forms.Why(request.POST or None), act, title=title, button=_("Take it back"), back=back, evaluation=found)


@require_safe
def team(request: HttpRequest, key: str) -> HttpResponse:
    """Who works on an evaluation by contract, what they have declared and what they deliver."""
    user, found = _inside(request, key)
    contracts = found.contracts.select_related("user").prefetch_related("interests", "deliverables")
    page = Paginator(contracts, PAGE).get_page(request.GET.get("page"))
    plans = may(user, Verb.PLAN, found)
    context = {"evaluation": found, "page": page, "may_plan": plans, "own": user.pk, "today": timezone.localdate(), "section": "plan"}
    return render(request, "evaluations/plan/team.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def contract_new(request: HttpRequest, key: str) -> HttpResponse:
    """Enter a contract."""
    user = signed_in(request)
    found = own_plan(request, key)
    to_plan(user, found)
    form = forms.ContractForm(request.POST or None)

    def act(given: dict[str, Any]) -> str:
        given.pop("email")
        made = actions_team.add_contract(user, found, actions_team.ContractTerms(**given), form.person)
        return _("%(name)s works on it until %(day)s.") % {"name": made.name, "day": made.ends}

    back = reverse("plan-team", args=[key])
    return form_page(request, form, act, title=_("Enter a contract"), button=_("Enter it"), back=back, evaluation=found)


@require_http_methods(["GET", "HEAD", "POST"])
def contract(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """A contract with its interests and deliverables, and the forms for each."""
    user, found = _inside(request, key)
    own = get_object_or_404(Contract.objects.select_related("evaluation", "user", "grant"), evaluation=found, pk=number)
    plans, mine = may(user, Verb.PLAN, found), own.user_id == user.pk
    if not plans and not mine:
        raise PermissionDenied(_("A contract is shown to the head of evaluation, the manager and whoever it is with."))
    asked = request.POST.get("do", "")
    ready = {
        "last-day": forms.LastDay(request.POST if asked == "last-day" else None, initial={"ends": own.ends}),
        "declare": forms.Declare(request.POST if asked == "declare" else None),
        "deliver": forms.Deliver(request.POST if asked == "deliver" else None),
    }
    if request.method == "POST":
        try:
            if _contract_done(request, user, own, asked, ready):
                return redirect("plan-contract", key, number)
        except Refused as fault:
            if asked in ready:
                told(ready[asked], fault)
            else:
                messages.error(request, str(fault))
                return redirect("plan-contract", key, number)
    interests, deliverables = list(own.interests.all()), list(own.deliverables.all())
    keys = {k for i in interests for k in (i.declared_by, i.accepted_by)} | {own.ended_by, own.made_by}
    keys |= {k for d in deliverables for k in (d.accepted_by, d.sent_back_by)}
    context = {
        "evaluation": found,
        "contract": own,
        "interests": interests,
        "deliverables": deliverables,
        "may_plan": plans,
        "mine": mine,
        "last_day": ready["last-day"],
        "declare": ready["declare"],
        "deliver": ready["deliver"],
        "names": queries.names(keys),
        "today": timezone.localdate(),
        "section": "plan",
    }
    return render(request, "evaluations/plan/contract.html", context, status=422 if any(f.errors for f in ready.values()) else 200)


def _contract_done(request: HttpRequest, user: User, own: Contract, asked: str, ready: dict[str, Any]) -> bool:
    """Do what was asked for on a contract's page. Raises ``Refused``; returns False where the form is not filled in."""
    if asked in ready:
        form = ready[asked]
        if not form.is_valid():
            return False
        given = form.cleaned_data
        if asked == "last-day":
            actions_team.set_last_day(user, own, given["ends"], given["reason"])
        elif asked == "declare":
            actions_team.declare_interest(user, own, given["statement"])
        else:
            actions_team.add_deliverable(user, own, given["title"], given["due"])
    elif asked == "accept":
        interest = get_object_or_404(Interest, contract=own, pk=_number(request))
        actions_team.accept_interest(user, interest, request.POST.get("terms", "")[:4000])
    elif asked in {"deliverable", "send-back"}:
        deliverable = get_object_or_404(Deliverable, contract=own, pk=_number(request))
        reason = request.POST.get("reason", "")[:4000]
        actions_team.judge_deliverable(user, deliverable, accepted=asked == "deliverable", reason=reason)
    else:
        raise Http404
    messages.success(request, _("Kept."))
    return True


def _number(request: HttpRequest) -> int:
    asked = request.POST.get("number", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 12 else 0
