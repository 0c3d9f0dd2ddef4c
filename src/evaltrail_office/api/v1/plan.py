"""The work plan."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, Field

from evaltrail_office.accounts.models import User
from evaltrail_office.api import queries
from evaltrail_office.api.paging import cursor_of, page, values_of
from evaltrail_office.api.problems import not_found
from evaltrail_office.api.scopes import Scope
from evaltrail_office.api.security import needs, person
from evaltrail_office.api.tags import tagged
from evaltrail_office.api.v1.common import Cursor, Key, KeyInPath, Limit, answers
from evaltrail_office.evaluations import queries_plan
from evaltrail_office.evaluations.models import Evaluation, EvaluationKind, State

router = Router(tags=["Work plan"], auth=needs(Scope.READ_OFFICE))


class GateOut(BaseModel):
    """A gate that an evaluation passes."""

    kind: str
    due: date | None
    outcome: str | None = Field(description="Of the last decision; null: none yet.")
    late: bool


class PlanLine(BaseModel):
    """What is planned of an evaluation."""

    evaluation: str
    title: str
    kind: str | None
    timing: str | None
    year: int | None
    state: str
    unit: str | None
    chosen: str | None = Field(description="coverage, request.")
    why: str | None
    asked_by: str | None
    starts: date | None
    ends: date | None
    issues: date | None = Field(description="When the report is to be issued.")
    responsible: str | None
    merged_into: str | None
    gates: list[GateOut]
    late: bool = Field(description="Whether its day of issue is past and it is not issued.")
    reason: str | None = Field(description="Of the last change of its plan.")

    @classmethod
    def of(cls, line: queries_plan.Line, known: frozenset[str]) -> "PlanLine":
        """Of a line of the plan; ``known`` are keys of evaluations that the person knows of."""
        e, plan = line.evaluation, line.evaluation.plan
        merged = plan.merged_into.key if plan.merged_into else None
        return cls(
            evaluation=e.key,
            title=e.title,
            kind=e.kind or None,
            timing=e.timing or None,
            year=e.year,
            state=e.state,
            unit=e.unit.name if e.unit else None,
            chosen=plan.chosen or None,
            why=plan.why or None,
            asked_by=plan.asked_by or None,
            starts=plan.starts,
            ends=plan.ends,
            issues=plan.issues,
            responsible=plan.responsible.name if plan.responsible else None,
            merged_into=merged if merged in known else None,
            gates=[GateOut(kind=g.gate.kind, due=g.gate.due, outcome=g.last.outcome if g.last else None, late=g.late) for g in line.gates],
            late=line.late,
            reason=line.reason or None,
        )


class PlanPage(BaseModel):
    """A page of the work plan, newest made first."""

    items: list[PlanLine]
    next: str | None


def _lines(user: User, rows: list[Evaluation]) -> list[PlanLine]:
    lines = queries_plan.lines(rows)
    plans: list[Any] = [line.evaluation.plan for line in lines]
    known = queries.known_evaluations(user, (p.merged_into.key for p in plans if p.merged_into))
    return [PlanLine.of(line, known) for line in lines]


@router.get("/plan", response=answers(PlanPage), operation_id="plan")
def plan(
    request: HttpRequest,
    response: HttpResponse,
    year: Annotated[
        str, Query(pattern=r"^(open|all|[0-9]{4})$", description="open: what is not over or lies ahead; all; or a year.")
    ] = "open",
    kind: Annotated[Literal[*EvaluationKind.values] | None, Query(description="Only of this kind.")] = None,  # type: ignore[valid-type]
    state: Annotated[Literal[*State.values] | None, Query(description="Only in this state.")] = None,  # type: ignore[valid-type]
    unit: Annotated[Key | None, Query(description="Only of this unit.")] = None,
    limit: Limit = 50,
    cursor: Cursor = "",
) -> PlanPage:
    """What is planned of the evaluations that you know of, newest made first."""
    user = person(request)
    after = values_of("plan", cursor, int) if cursor else None
    tagged(request, response, user)
    wanted = queries_plan.planned(user, queries_plan.Filters(year, kind or "", state or "", unit or "")).order_by("-id")
    if after:
        wanted = wanted.filter(pk__lt=after[0])
    rows, following = page(wanted, limit, lambda row: cursor_of("plan", row.pk))
    return PlanPage(items=_lines(user, rows), next=following)


@router.get("/plan/{key}", response=answers(PlanLine), operation_id="planned")
def planned(request: HttpRequest, response: HttpResponse, key: KeyInPath) -> PlanLine:
    """What is planned of one evaluation."""
    user = person(request)
    found = queries_plan.planned(user, queries_plan.Filters("all")).filter(key=key).first()
    if found is None:
        raise not_found()
    tagged(request, response, user)
    return _lines(user, [found])[0]
