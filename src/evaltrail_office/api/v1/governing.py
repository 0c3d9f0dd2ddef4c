"""Concerns of constituents, and what the governing body decided."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Query, Router, Schema
from pydantic import BaseModel, Field

from evaltrail_office.accounts.access import Scope as Roles
from evaltrail_office.accounts.access import scope_of
from evaltrail_office.accounts.models import User
from evaltrail_office.api import queries
from evaltrail_office.api import queries_follow_up as own
from evaltrail_office.api.paging import cursor_of, page, values_of
from evaltrail_office.api.problems import not_found
from evaltrail_office.api.scopes import Scope
from evaltrail_office.api.security import needs, person
from evaltrail_office.api.shapes_actions import NamedOut
from evaltrail_office.api.tags import tagged
from evaltrail_office.api.v1.common import Cursor, Key, KeyInPath, Limit, answers
from evaltrail_office.follow_up import queries_governing
from evaltrail_office.follow_up.models import BodyDecision, Concern

router = Router(tags=["Follow-up"], auth=needs(Scope.READ_FOLLOW_UP))


class DecisionOut(BaseModel):
    """What the governing body decided on an evaluation."""

    number: int
    evaluation: str
    body: str
    session: str | None
    taken: date
    how: str = Field(description="sitting, correspondence.")
    document: str | None = Field(description="Key of the paper that holds the draft; null: there is none that you may see.")
    paragraph: str | None
    drafted: str | None
    adopted: str
    amended: bool = Field(description="Whether other words were adopted than were drafted.")
    amendments: str | None
    recommendations: list[str] = Field(description="Keys of those that it is about; empty: all of the evaluation.")
    withdrawn: datetime | None = Field(description="When it was found to be entered wrongly.")
    address: str


def decisions_out(user: User, rows: Iterable[BodyDecision]) -> list[DecisionOut]:
    """Of rows with their evaluation and recommendations. One query, for the papers that the person knows of."""
    found = list(rows)
    known = queries.known_documents(user, (d.document_key for d in found))
    return [
        DecisionOut(
            number=d.pk,
            evaluation=d.evaluation.key,
            body=d.body,
            session=d.session or None,
            taken=d.taken,
            how=d.how,
            document=d.document_key if d.document_key in known else None,
            paragraph=d.paragraph or None,
            drafted=d.drafted or None,
            adopted=d.adopted,
            amended=d.amended,
            amendments=d.amendments or None,
            recommendations=[r.key for r in d.recommendations.all()],
            withdrawn=d.withdrawn,
            address=reverse("decisions", args=[d.evaluation.key]),
        )
        for d in found
    ]


class Decided(Schema):
    """What lists of decisions are narrowed to."""

    evaluation: Key | None = Field(default=None, description="Only on this evaluation.")
    withdrawn: bool = Field(default=False, description="Also those that were entered wrongly.")


class DecisionsPage(BaseModel):
    """A page of decisions, entered last first."""

    items: list[DecisionOut]
    next: str | None


@router.get("/follow-up/decisions", response=answers(DecisionsPage), operation_id="decisions")
def decisions(
    request: HttpRequest, response: HttpResponse, narrowed: Query[Decided], limit: Limit = 50, cursor: Cursor = ""
) -> DecisionsPage:
    """Decisions of the governing body on evaluations that you may see."""
    user = person(request)
    after = values_of("decisions", cursor, int) if cursor else None
    tagged(request, response, user)
    wanted = own.decisions(user).order_by("-id")
    if narrowed.evaluation:
        wanted = wanted.filter(evaluation__key=narrowed.evaluation)
    if not narrowed.withdrawn:
        wanted = wanted.filter(withdrawn=None)
    if after:
        wanted = wanted.filter(pk__lt=after[0])
    rows, following = page(wanted, limit, lambda row: cursor_of("decisions", row.pk))
    return DecisionsPage(items=decisions_out(user, rows), next=following)


class ConcernOut(BaseModel):
    """What a group of constituents raised, and what was done about it."""

    key: str
    evaluation: str | None
    programme: str | None = Field(description="What it is about, in the raiser's words, where it is no evaluation.")
    title: str
    text: str
    group: str
    bureau: bool = Field(description="Whether a bureau raised it for its group.")
    raised_by: NamedOut | None = Field(description="null: told to its own group, whoever resolves it and the evaluation office alone.")
    raised: datetime
    state: str = Field(description="raised, taken_up, resolved, withdrawn.")
    owner: NamedOut | None
    resolution: str | None
    resolved: datetime | None
    view: str | None = Field(description="The raiser's own view of the resolution.")
    settled: bool | None = Field(description="Whether the raiser holds it to be settled; null: they have not said.")
    released: bool = Field(description="Whether the other groups may read it.")
    revision: int
    address: str

    @classmethod
    def of(cls, row: Concern, roles: Roles) -> "ConcernOut":
        """Of a row as ``queries_governing.concerns`` gives it, for a person with these roles."""
        return cls(
            key=row.key,
            evaluation=row.evaluation.key if row.evaluation else None,
            programme=row.programme or None,
            title=row.title,
            text=row.text,
            group=row.group,
            bureau=row.bureau,
            raised_by=NamedOut.of(row.raised_by) if queries_governing.shows_raiser(roles, row) else None,
            raised=row.raised,
            state=row.state,
            owner=NamedOut.of(row.owner),
            resolution=row.resolution or None,
            resolved=row.resolved,
            view=row.view or None,
            settled=row.settled,
            released=row.released,
            revision=row.revision,
            address=reverse("concern", args=[row.key]),
        )


class ConcernsPage(BaseModel):
    """A page of concerns, newest first."""

    items: list[ConcernOut]
    next: str | None


@router.get("/follow-up/concerns", response=answers(ConcernsPage), operation_id="concerns")
def concerns(
    request: HttpRequest,
    response: HttpResponse,
    evaluation: Annotated[Key | None, Query(description="Only about this evaluation.")] = None,
    show: Annotated[Literal["open", "resolved", "all"], Query(description="Open are those that were raised or taken up.")] = "all",
    limit: Limit = 50,
    cursor: Cursor = "",
) -> ConcernsPage:
    """Concerns that you may read, newest first."""
    user = person(request)
    after = values_of("concerns", cursor, int) if cursor else None
    tagged(request, response, user)
    wanted = queries_governing.concerns(user, shown=show, evaluation=evaluation or "").order_by("-id")
    if after:
        wanted = wanted.filter(pk__lt=after[0])
    rows, following = page(wanted, limit, lambda row: cursor_of("concerns", row.pk))
    return ConcernsPage(items=[ConcernOut.of(row, scope_of(user)) for row in rows], next=following)


@router.get("/follow-up/concerns/{key}", response=answers(ConcernOut), operation_id="concern")
def concern(request: HttpRequest, response: HttpResponse, key: KeyInPath) -> ConcernOut:
    """One concern."""
    user = person(request)
    found = queries_governing.concerns(user, shown="all").filter(key=key).first()
    if found is None:
        raise not_found()
    tagged(request, response, user)
    return ConcernOut.of(found, scope_of(user))
