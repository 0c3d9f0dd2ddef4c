"""Changing the work plan: every change keeps what was before, and its reason; an approved plan is a copy that nothing changes."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from evaltrail_office.accounts.access import require, scope_of, visible
from evaltrail_office.accounts.actions.grants import is_barred
from evaltrail_office.accounts.policy import Role, Verb
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.evaluations.actions import new_evaluation
from evaltrail_office.evaluations.models import (
    Baseline,
    BaselineLine,
    Chosen,
    Evaluation,
    Gate,
    GateKind,
    MoneyEntry,
    MoneyKind,
    Plan,
    PlanChange,
    State,
    What,
)
from evaltrail_office.journal.actions import note
from evaltrail_office.shelf.models import Document

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evaltrail_office.accounts.models import User

OF_EVALUATION = ("title", "kind", "timing", "year", "state", "unit_id")
OF_PLAN = ("chosen", "why", "asked_by", "starts", "ends", "issues", "responsible_id", "merged_into_id")
_DAYS = ("starts", "ends", "issues")
LEFT = frozenset({State.CANCELLED, State.MERGED})
"""States of evaluations that are no longer carried out."""
_OVER = LEFT | {State.COMPLETED}


def plan_new(user: User, *, title: str, **fields: Any) -> Evaluation:
    """Plan an evaluation that the office did not know. ``fields`` are columns of ``Evaluation`` and ``Plan``.

    Raises ``PermissionDenied`` for people outside the evaluation office, ``Refused`` where the fields do not fit each other.
    """
    own = {name: fields.pop(name) for name in list(fields) if name.removesuffix("_id") in {"kind", "timing", "organisation", "unit"}}
    with transaction.atomic():
        if not title.strip():
            raise Refused(_("Give it a title."), "title")
        evaluation = new_evaluation(user, title=title, **own)
        add_to_plan(user, evaluation, **fields)
    return evaluation


def add_to_plan(user: User, evaluation: Evaluation, **fields: Any) -> Plan:
    """Put an evaluation that the office knows into the plan. ``fields`` are columns of ``Plan``.

    Raises ``PermissionDenied`` where its plan is not the user's, ``Refused`` where the fields do not fit or it stands in the plan already.
    """
    require(user, Verb.PLAN, evaluation)
    with transaction.atomic():
        _lock(evaluation)
        if Plan.objects.filter(evaluation=evaluation).exists():
            raise Refused(_("It stands in the plan already."))
        plan = Plan(evaluation=evaluation, made_by=user.key, **fields)
        _fits(plan)
        plan.save()
        if plan.issues:
            evaluation.year = plan.issues.year
            evaluation.save(update_fields=["year"])
        Gate.objects.bulk_create(Gate(evaluation=evaluation, kind=kind) for kind in GateKind)
        _changed(user, evaluation, What.ADDED, {}, taken(evaluation, plan), plan.why)
    return plan


def edit_plan(user: User, evaluation: Evaluation, reason: str, **fields: Any) -> PlanChange | None:
    """Change what is planned; a later date is a postponement, whatever form it came by. Returns None where nothing changes.

    ``fields`` are columns of ``Evaluation`` and ``Plan``. Raises ``PermissionDenied``; ``Refused`` without a reason, or where the fields do
    not fit each other.
    """
    require(user, Verb.PLAN, evaluation)
    with transaction.atomic():
        plan = _locked_plan(evaluation)
        if evaluation.state in LEFT:
            raise Refused(_("It was cancelled or merged. Undo that first."))
        old = taken(evaluation, plan)
        _put(evaluation, plan, fields)
        if plan.issues and evaluation.state != State.COMPLETED:
            evaluation.year = plan.issues.year
        if not evaluation.title.strip():
            raise Refused(_("Give it a title."), "title")
        _fits(plan)
        if Role.HEAD not in scope_of(user).office and is_barred(user, Role.MANAGER, evaluation):
            raise Refused(_("You belong to this unit: the manager of a decentralised evaluation does not."), "unit")
        new = taken(evaluation, plan)
        if new == old:
            return None
        return _saved(user, evaluation, plan, _moved(old, new), old, reason)


def postpone(user: User, evaluation: Evaluation, reason: str, **days: date | None) -> PlanChange:
    """Move an evaluation to later days, or (all None) until it is decided anew. ``days`` are ``starts``, ``ends``, ``issues``.

    Raises ``PermissionDenied``; ``Refused`` without a reason, where it is over, or where the days are not later.
    """
    require(user, Verb.PLAN, evaluation)
    with transaction.atomic():
        plan = _locked_plan(evaluation)
        if evaluation.state in _OVER:
            raise Refused(_("It is completed, cancelled or merged: there is nothing to postpone."))
        old = taken(evaluation, plan)
        _put(evaluation, plan, {name: days.get(name) for name in _DAYS})
        if any(days.values()):
            evaluation.state = State.PLANNED if evaluation.state == State.POSTPONED else evaluation.state
            if plan.issues:
                evaluation.year = plan.issues.year
        else:
            evaluation.state = State.POSTPONED
        _fits(plan)
        new = taken(evaluation, plan)
        if any(days.values()) and _moved(old, new) is not What.POSTPONED and old["state"] != State.POSTPONED:
            raise Refused(_("None of these days is later than it was."), "issues")
        return _saved(user, evaluation, plan, What.POSTPONED, old, reason)


def cancel(user: User, evaluation: Evaluation, reason: str) -> PlanChange:
    """Give an evaluation up; it stays in the plan, with the reason. Raises ``PermissionDenied``, ``Refused``."""
    require(user, Verb.PLAN, evaluation)
    with transaction.atomic():
        plan = _locked_plan(evaluation)
        if evaluation.state in _OVER:
            raise Refused(_("It is completed, cancelled or merged already."))
        old = taken(evaluation, plan)
        evaluation.state = State.CANCELLED
        return _saved(user, evaluation, plan, What.CANCELLED, old, reason)


def merge(user: User, evaluation: Evaluation, into: Evaluation, reason: str) -> PlanChange:
    """Carry an evaluation out as a part of another one. Raises ``PermissionDenied`` where either is not the user's to plan, ``Refused``."""
    require(user, Verb.PLAN, evaluation)
    require(user, Verb.PLAN, into)
    with transaction.atomic():
        plan = _locked_plan(evaluation)
        if evaluation.state in _OVER:
            raise Refused(_("It is completed, cancelled or merged already."))
        if into.pk == evaluation.pk:
            raise Refused(_("It cannot be merged into itself."), "into")
        if into.state in LEFT:
            raise Refused(_("That one was itself cancelled or merged."), "into")
        if evaluation.merged.filter(evaluation__state=State.MERGED).exists():
            raise Refused(_("Others were merged into this one. Undo that first."))
        old = taken(evaluation, plan)
        evaluation.state, plan.merged_into = State.MERGED, into
        return _saved(user, evaluation, plan, What.MERGED, old, reason)


def undo_change(user: User, evaluation: Evaluation) -> PlanChange:
    """Take back the last change of the plan of an evaluation. Raises ``PermissionDenied``, ``Refused`` where there is none."""
    require(user, Verb.PLAN, evaluation)
    with transaction.atomic():
        plan = _locked_plan(evaluation)
        change = evaluation.plan_changes.filter(undone=None).exclude(what=What.ADDED).first()
        if change is None:
            raise Refused(_("There is no change to undo."))
        now = taken(evaluation, plan)
        elsewhere = [name for name in change.new if change.new[name] != now.get(name)]
        if elsewhere:
            # A gate has moved its state since: bringing the old one back would unsay that.
            raise Refused(_("It has come further since, so this can no longer be undone. Change the plan instead."))
        _put(evaluation, plan, {name: _value(name, value) for name, value in change.old.items()})
        evaluation.save(update_fields=OF_EVALUATION)
        plan.save()
        change.undone, change.undone_by = timezone.now(), user.key
        change.save(update_fields=["undone", "undone_by"])
        note(user, "undid", f"plan:{evaluation.key}", about=evaluation.key, old=change.new, new=change.old, reason=change.reason)
    return change


def approve_plan(
    user: User, *, name: str, years: tuple[int, int], words: str = "", document_key: str = "", announce: bool = False
) -> Baseline:
    """Keep the plan of some years as approved: a copy of each of its lines, which no later change touches.

    ``announce`` makes it known: whoever holds a role then sees title, dates and state of the evaluations in it.

    Raises ``PermissionDenied`` for all but a head of evaluation; ``Refused`` where nothing is planned for these years.
    """
    require(user, Verb.APPROVE)
    if not name.strip():
        raise Refused(_("Give it a name, such as “2026–27”."), "name")
    if years[1] < years[0]:
        raise Refused(_("It would end before it begins."), "year_to")
    if document_key and not visible(user, Document.objects.all()).filter(key=document_key).exists():
        raise Refused(_("There is no paper with this key."), "document_key")
    with transaction.atomic():
        planned = Evaluation.objects.filter(plan__isnull=False, year__range=years).exclude(state__in=LEFT)
        found = list(planned.select_related("plan", "plan__responsible", "unit").order_by("id"))
        if not found:
            raise Refused(_("Nothing is planned for these years."), "year_from")
        made = Baseline.objects.create(
            name=name.strip(), year_from=years[0], year_to=years[1], words=words, document_key=document_key, approved_by=user.key
        )
        money = _planned_money(found)
        BaselineLine.objects.bulk_create(_line(made, e, money.get(e.pk, {})) for e in found)
        if announce:
            Evaluation.objects.filter(pk__in=[e.pk for e in found]).update(announced=True)
        new = {"name": made.name, "years": list(years), "evaluations": len(found), "announced": announce}
        note(user, "approved", f"baseline:{made.pk}", new=new, reason=words)
    return made


def taken(evaluation: Evaluation, plan: Plan) -> dict[str, Any]:
    """What is planned, as plain data."""
    values = {name: getattr(evaluation, name) for name in OF_EVALUATION} | {name: getattr(plan, name) for name in OF_PLAN}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _value(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if name in _DAYS and value else value


def _put(evaluation: Evaluation, plan: Plan, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        column = name if name in {*OF_EVALUATION, *OF_PLAN} else f"{name}_id"
        setattr(evaluation if column in OF_EVALUATION else plan, name, value)


def _lock(evaluation: Evaluation) -> None:
    """One change of an evaluation's plan at a time, made to what is there now."""
    Evaluation.objects.select_for_update().get(pk=evaluation.pk)
    evaluation.refresh_from_db()


def _locked_plan(evaluation: Evaluation) -> Plan:
    _lock(evaluation)
    plan = Plan.objects.filter(evaluation=evaluation).first()
    if plan is None:
        raise Refused(_("It does not stand in the plan."))
    return plan


def _fits(plan: Plan) -> None:
    if not plan.why.strip():
        raise Refused(_("Say why it is evaluated: the coverage rule, or what the request says."), "why")
    if plan.chosen == Chosen.REQUEST and not plan.asked_by.strip():
        raise Refused(_("Say who asked for it."), "asked_by")
    days = [(name, day) for name in _DAYS if (day := getattr(plan, name)) is not None]
    for (_before, earlier), (name, later) in pairwise(days):
        if later < earlier:
            raise Refused(_("It would end before it begins."), name)


def _moved(old: dict[str, Any], new: dict[str, Any]) -> What:
    """What a change of dates is: the day of issue says, then the end, then the start."""
    for name in reversed(_DAYS):
        before, after = old[name], new[name]
        if before and after and before != after:
            return What.POSTPONED if after > before else What.BROUGHT_FORWARD
    return What.EDITED


def _saved(user: User, evaluation: Evaluation, plan: Plan, what: What, old: dict[str, Any], reason: str) -> PlanChange:
    evaluation.save(update_fields=OF_EVALUATION)
    plan.save()
    return _changed(user, evaluation, what, old, taken(evaluation, plan), reason)


def _changed(user: User, evaluation: Evaluation, what: What, old: dict[str, Any], new: dict[str, Any], reason: str) -> PlanChange:
    if not reason.strip():
        raise Refused(_("Give a reason: the plan is never changed in silence."), "reason")
    before = {name: value for name, value in old.items() if value != new[name]}
    after = {name: value for name, value in new.items() if value != old.get(name)}
    change = PlanChange.objects.create(evaluation=evaluation, what=what, old=before, new=after, reason=reason.strip(), made_by=user.key)
    note(user, _VERBS[what], f"plan:{evaluation.key}", about=evaluation.key, old=before, new=after, reason=reason.strip())
    return change


_VERBS = {
    What.ADDED: "planned",
    What.EDITED: "changed",
    What.POSTPONED: "postponed",
    What.BROUGHT_FORWARD: "brought forward",
    What.CANCELLED: "cancelled",
    What.MERGED: "merged",
}


def _planned_money(found: Iterable[Evaluation]) -> dict[int, dict[str, str]]:
    entries = MoneyEntry.objects.filter(evaluation__in=[e.pk for e in found], kind=MoneyKind.PLANNED, taken_back=None)
    sums = entries.order_by().values_list("evaluation", "currency").annotate(sum=Sum("amount"))
    out: dict[int, dict[str, str]] = {}
    for evaluation, currency, amount in sums:
        out.setdefault(evaluation, {})[currency] = f"{amount:.2f}"
    return out


def _line(baseline: Baseline, evaluation: Evaluation, budget: dict[str, str]) -> BaselineLine:
    plan = evaluation.plan
    same = {name: getattr(evaluation, name) for name in ("title", "kind", "timing", "state")}
    same |= {name: getattr(plan, name) for name in ("chosen", "why", "asked_by", "starts", "ends", "issues")}
    return BaselineLine(
        baseline=baseline,
        evaluation=evaluation,
        unit=evaluation.unit.name if evaluation.unit else "",
        responsible=plan.responsible.name if plan.responsible else "",
        budget=budget,
        **same,
    )
