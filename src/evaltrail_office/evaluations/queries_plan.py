"""Reading the work plan, limited to the evaluations that a person knows of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Case, CharField, F, FilteredRelation, Prefetch, Q, Sum, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaltrail_office.accounts.access import may, scope_of, visible
from evaltrail_office.accounts.models import User
from evaltrail_office.accounts.policy import DOES, SEES, Role, Stage, Verb
from evaltrail_office.evaluations.actions_gates import last_decision
from evaltrail_office.evaluations.models import (
    Baseline,
    Evaluation,
    EvaluationKind,
    Gate,
    GateDecision,
    GateKind,
    MoneyEntry,
    MoneyKind,
    Outcome,
    State,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from django.db.models import QuerySet

CHANGES = {
    "added": _("added since"),
    "postponed": _("postponed"),
    "brought_forward": _("brought forward"),
    "cancelled": _("cancelled"),
    "merged": _("merged"),
    "changed": _("otherwise changed"),
    "as_approved": _("as approved"),
}
"""How a line of the plan differs from the approved one."""
_OPEN = (State.PLANNED, State.UNDER_WAY, State.POSTPONED)


@dataclass(frozen=True, slots=True)
class Filters:
    """What of the plan is shown. Unknown values narrow nothing."""

    year: str = "open"
    """``open``: what is not over, and what is planned for this year or later; ``all``; or a year."""
    kind: str = ""
    state: str = ""
    unit: str = ""
    """Key of a unit."""
    change: str = ""
    baseline: Baseline | None = None

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Filters:
        """From a query string."""

        def among(name: str, values: Iterable[str], default: str = "") -> str:
            return value if (value := asked.get(name, default)) in values else default

        year = asked.get("year", "open")
        known = year in {"open", "all"} or (year.isascii() and year.isdigit() and len(year) == len("2026"))
        return cls(
            year if known else "open",
            among("kind", EvaluationKind.values),
            among("state", State.values),
            asked.get("unit", "")[:20].replace("\0", ""),
            among("change", CHANGES),
            baseline(asked.get("baseline", "")),
        )


def baselines() -> QuerySet[Baseline]:
    """Approved plans, the latest first. Which evaluations stand in them, each asks for what they may see."""
    return Baseline.objects.all()


def baseline(number: str = "") -> Baseline | None:
    """An approved plan by its number, else the latest; None where none has been approved."""
    if number.isascii() and number.isdigit() and len(number) < 10 and (found := Baseline.objects.filter(pk=int(number)).first()):
        return found
    return Baseline.objects.first()


def planned(user: User, filters: Filters) -> QuerySet[Evaluation]:
    """Evaluations of the plan that a person knows of, in the order of their day of issue, each with ``change`` and ``line``."""
    rows = visible(user, Evaluation.objects.filter(plan__isnull=False))
    rows = rows.select_related("plan", "plan__responsible", "plan__merged_into", "unit")
    rows = _against(rows, filters.baseline)
    today = timezone.localdate()
    if filters.year == "open":
        rows = rows.filter(Q(plan__issues__gte=today.replace(month=1, day=1)) | Q(plan__issues=None) | Q(state__in=_OPEN))
    elif filters.year != "all":
        rows = rows.filter(year=int(filters.year))
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.state:
        rows = rows.filter(state=filters.state)
    if filters.unit:
        rows = rows.filter(unit__key=filters.unit)
    if filters.change and filters.baseline:
        rows = rows.filter(Q(change=filters.change))
    return rows.order_by(F("plan__issues").asc(nulls_last=True), "id")


def _against(rows: QuerySet[Evaluation], against: Baseline | None) -> QuerySet[Evaluation]:
    """With what the approved plan says of each row, and in one word how it differs."""
    if against is None:
        return rows.annotate(change=Value("", CharField()))
    line = FilteredRelation("baseline_lines", condition=Q(baseline_lines__baseline=against))
    inside = Q(year__range=(against.year_from, against.year_to))
    moved = Q(plan__issues__gt=F("line__issues")) | Q(line__issues=None, plan__ends__gt=F("line__ends"))
    sooner = Q(plan__issues__lt=F("line__issues")) | Q(line__issues=None, plan__ends__lt=F("line__ends"))
    same = Q(title=F("line__title"), kind=F("line__kind"), timing=F("line__timing"))
    days = Q()
    for name in ("starts", "ends", "issues"):
        days &= Q(**{f"plan__{name}": F(f"line__{name}")}) | Q(**{f"plan__{name}": None, f"line__{name}": None})
    words = Case(
        When(Q(line__pk=None) & inside, then=Value("added")),
        When(line__pk=None, then=Value("")),
        When(state=State.CANCELLED, then=Value("cancelled")),
        When(state=State.MERGED, then=Value("merged")),
        When(Q(state=State.POSTPONED) | moved, then=Value("postponed")),
        When(sooner, then=Value("brought_forward")),
        When(~(same & days), then=Value("changed")),
        default=Value("as_approved"),
        output_field=CharField(),
    )
    return rows.annotate(
        line=line,
        change=words,
        was_starts=F("line__starts"),
        was_ends=F("line__ends"),
        was_issues=F("line__issues"),
        was_title=F("line__title"),
    )


@dataclass(frozen=True, slots=True)
class GateShown:
    """A gate with the decision that holds."""

    gate: Gate
    last: GateDecision | None
    late: bool

    @property
    def state(self) -> str:
        """Name of a state of the office's signs."""
        if self.last is None:
            return "late" if self.late else "not_started"
        return {Outcome.PASSED: "accepted", Outcome.WAIVED: "noted", Outcome.SENT_BACK: "rejected"}.get(Outcome(self.last.outcome), "")

    @property
    def words(self) -> str:
        """The state in words."""
        return str(self.last.get_outcome_display()) if self.last else str(_("overdue") if self.late else _("open"))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the plan as it is shown."""

    evaluation: Any
    gates: list[GateShown]
    reason: str
    """Of its last change, where it differs from what was approved."""

    @property
    def next_gate(self) -> GateShown | None:
        """The first gate that is not done."""
        return next((g for g in self.gates if g.last is None or g.last.outcome == Outcome.SENT_BACK), None)

    @property
    def passed(self) -> int:
        """How many gates are done."""
        return sum(g.last is not None and g.last.outcome != Outcome.SENT_BACK for g in self.gates)

    @property
    def change_words(self) -> str:
        """How it differs from the approved plan."""
        return str(CHANGES.get(self.evaluation.change, ""))

    @property
    def late(self) -> bool:
        """Whether its day of issue is past and it is not issued."""
        issues = self.evaluation.plan.issues
        return issues is not None and issues < timezone.localdate() and self.evaluation.state in _OPEN


def lines(rows: Iterable[Evaluation]) -> list[Line]:
    """Rows of a page with their gates and the reasons for what changed; as many queries for one as for a hundred."""
    found = list(rows)
    shown = gates_of(found)
    reasons = _reasons(found)
    return [Line(e, shown.get(e.pk, []), reasons.get(e.pk, "")) for e in found]


def gates_of(found: Iterable[Evaluation]) -> dict[int, list[GateShown]]:
    """Gates by their evaluation, in order."""
    order = {kind: n for n, kind in enumerate(GateKind.values)}
    today = timezone.localdate()
    decisions = Prefetch("decisions", queryset=GateDecision.objects.order_by("id"))
    gates = Gate.objects.filter(evaluation__in=[e.pk for e in found]).select_related("approver").prefetch_related(decisions)
    out: dict[int, list[GateShown]] = {}
    for gate in sorted(gates, key=lambda g: order[g.kind]):
        last = last_decision(gate)
        out.setdefault(gate.evaluation_id, []).append(GateShown(gate, last, last is None and gate.due is not None and gate.due < today))
    return out


def _reasons(found: list[Evaluation]) -> dict[int, str]:
    from evaltrail_office.evaluations.models import PlanChange

    # Oldest first, so that the last one stays.
    rows = PlanChange.objects.filter(evaluation__in=[e.pk for e in found], undone=None).order_by("id")
    return dict(rows.values_list("evaluation", "reason"))


def works_in(user: User, evaluation: Evaluation) -> bool:
    """Whether a person drafts the evaluation: gates' documents, team and reasons sent back are shown to them."""
    scope = scope_of(user)
    return evaluation.key in scope.emergency or bool(scope.roles(evaluation.key) & SEES[Stage.DRAFT])


def may_plan_new(user: User) -> bool:
    """Whether a person may put a new evaluation into the plan."""
    return may(user, Verb.CONFIRM)


@dataclass(frozen=True, slots=True)
class Sums:
    """Money of an evaluation in one currency."""

    currency: str
    planned: Decimal = Decimal(0)
    committed: Decimal = Decimal(0)
    spent: Decimal = Decimal(0)

    @property
    def left(self) -> Decimal:
        """Planned and not yet spent."""
        return self.planned - self.spent

    @property
    def over(self) -> bool:
        """Whether more is committed or spent than was planned."""
        return max(self.committed, self.spent) > self.planned


def sums(evaluation: Evaluation) -> list[Sums]:
    """What is planned, committed and spent, a row a currency; amounts of different currencies are never added."""
    rows = MoneyEntry.objects.filter(evaluation=evaluation, taken_back=None).order_by()
    by: dict[str, dict[str, Decimal]] = {}
    for currency, kind, amount in rows.values_list("currency", "kind").annotate(sum=Sum("amount")):
        by.setdefault(currency, {})[MoneyKind(kind).value] = amount
    return [Sums(currency, **amounts) for currency, amounts in sorted(by.items())]


def approvers(evaluation: Evaluation) -> QuerySet[User]:
    """People who may pass gates of an evaluation today."""
    from evaltrail_office.accounts.access import current_grants

    roles = sorted(DOES[Verb.APPROVE])
    held = current_grants().filter(role__in=roles, evaluation__in=("", evaluation.key), emergency=False)
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("name")


def responsibles(evaluation: Evaluation | None) -> QuerySet[User]:
    """People who can be named responsible: heads of evaluation, and the evaluation's managers."""
    from evaltrail_office.accounts.access import current_grants

    own = Q(evaluation=evaluation.key) if evaluation else Q(pk__in=[])
    held = current_grants().filter(Q(role=Role.HEAD, evaluation="") | Q(role=Role.MANAGER) & (own if evaluation else Q()), emergency=False)
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("name")


def days_of(evaluation: Evaluation) -> list[date]:
    """The days that are planned."""
    plan = evaluation.plan
    return [day for day in (plan.starts, plan.ends, plan.issues) if day]
