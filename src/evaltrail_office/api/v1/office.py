"""Who asks, what is searched, what changed, what is being done, and who is who."""

from datetime import date, datetime
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, Field

from evaltrail import __version__
from evaltrail_office.accounts.access import scope_of
from evaltrail_office.accounts.actions.people import require_runs_people
from evaltrail_office.accounts.models import Unit, User
from evaltrail_office.accounts.queries import people as people_named
from evaltrail_office.api import queries, shapes
from evaltrail_office.api.paging import cursor_of, page, values_of
from evaltrail_office.api.problems import not_found
from evaltrail_office.api.scopes import CHOOSABLE, Scope
from evaltrail_office.api.security import in_scope, needs, person
from evaltrail_office.api.tags import tagged
from evaltrail_office.api.v1.common import Cursor, Key, KeyInPath, Limit, NumberInPath, answers
from evaltrail_office.jobs.models import Job
from evaltrail_office.jobs.queries import visible_jobs
from evaltrail_office.shelf.search import search

router = Router(tags=["Office"], auth=needs(Scope.READ_OFFICE))
Found = Literal["finding", "conclusion", "lesson", "good_practice", "recommendation", "response", "passage"]
LAST_HIT = 800
"""Hits that a search can be leafed through: beyond it, other words find more."""


class Me(BaseModel):
    """Who asks, and what for."""

    person: str
    name: str
    roles: list[str] = Field(description="Held in the whole office today.")
    evaluations: dict[str, list[str]] = Field(description="Roles held in single evaluations today, by key.")
    administrator: bool
    token: str | None = Field(description="Name of the token; null: a session.")
    scopes: list[str] | None
    ends: datetime | None
    version: str = Field(description="Of the program.")


@router.get("/me", response=answers(Me), operation_id="me", auth=needs(*CHOOSABLE))
def me(request: HttpRequest) -> Me:
    """Who you are to the office, and what your token may be used for."""
    user = person(request)
    scope, token = scope_of(user), getattr(request, "api_token", None)
    return Me(
        person=user.key,
        name=user.name,
        roles=sorted(scope.office),
        evaluations={key: sorted(roles) for key, roles in sorted(scope.held.items())},
        administrator=scope.administrator,
        token=token.name if token else None,
        scopes=token.scopes if token else None,
        ends=token.ends if token else None,
        version=__version__,
    )


@router.get("/search", response=answers(shapes.HitsPage), operation_id="search", tags=["Evaluations"], auth=needs(Scope.READ_RECORDS))
def search_statements(
    request: HttpRequest,
    q: Annotated[str, Query(max_length=1000, description='Words, "words in order", -word that is not there.')],
    kind: Annotated[list[Found], Query(max_length=10, description="Only these kinds of statement, or passage.")] = [],  # noqa: B006 - read only
    evaluation: Annotated[Key | None, Query(description="Only the papers of this evaluation.")] = None,
    limit: Annotated[int, Query(ge=1, le=100, description="Hits of a page.")] = 20,
    cursor: Cursor = "",
) -> shapes.HitsPage:
    """Statements and passages with the words, best first. Its pages are counted and not stable: the best may change in between."""
    offset = min(values_of("search", cursor, int)[0], LAST_HIT) if cursor else 0
    found = search(person(request), q, kinds=kind, evaluation=evaluation or "", limit=limit, offset=offset)
    more = found.more and offset + limit < LAST_HIT
    return shapes.HitsPage(
        items=[shapes.HitOut.of(hit) for hit in found.hits],
        next=cursor_of("search", offset + limit) if more else None,
        faults=list(found.faults),
    )


class ChangeOut(BaseModel):
    """One thing that was done."""

    number: int
    at: datetime
    verb: str = Field(description="What was done, in the past: confirmed, corrected, granted.")
    kind: str = Field(
        description="What it was done to: evaluation, document, statement, recommendation, grant (yours), person (you); "
        "of follow-up: follow-up (of an evaluation or a recommendation), answer, action, concern, decision."
    )
    key: str = Field(
        description="Its key; of an answer, a decision or a grant its number; of a statement its document's key, a slash, its id."
    )
    evaluation: str | None


class ChangesOut(BaseModel):
    """What changed since."""

    items: list[ChangeOut]
    next: int = Field(description="Ask from this number the next time, also where items is empty.")
    more: bool = Field(description="Whether to ask again at once.")


@router.get(
    "/changes",
    response=answers(ChangesOut),
    operation_id="changes",
    tags=["Evaluations"],
    auth=needs(Scope.READ_RECORDS, Scope.READ_FOLLOW_UP),
)
def changes(
    request: HttpRequest,
    response: HttpResponse,
    after: Annotated[int, Query(ge=0, le=2**63 - 1, description="next of the answer before; 0: from the beginning.")] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> ChangesOut:
    """What was done since, oldest first, to things that you may see now. Nothing is told twice and nothing is left out.

    A token is told of papers with read:records, and of follow-up with read:follow-up.
    """
    user = person(request)
    tagged(request, response, user)
    records, follow_up = (in_scope(request, scope) for scope in (Scope.READ_RECORDS, Scope.READ_FOLLOW_UP))
    found = queries.changes(user, after, limit, records=records, follow_up=follow_up)
    told = []
    for entry in found.entries:
        kind, _colon, key = entry.thing.partition(":")
        about = entry.about if entry.about in found.evaluations else None
        told.append(ChangeOut(number=entry.pk, at=entry.at, verb=entry.verb, kind=kind, key=key, evaluation=about))
    return ChangesOut(items=told, next=found.next, more=found.more)


class JobOut(BaseModel):
    """A piece of work that is done in the background."""

    number: int
    kind: str
    state: str = Field(description="waiting, running, done, failed, dead, stopped.")
    done: int
    total: int = Field(description="Steps; 0 while not known.")
    doing: str | None
    fault: str | None
    made: datetime
    started: datetime | None
    ended: datetime | None

    @classmethod
    def of(cls, row: Job) -> "JobOut":
        """Of a row."""
        return cls(
            number=row.pk,
            kind=row.kind,
            state=row.state,
            done=row.done,
            total=row.total,
            doing=row.doing or None,
            fault=row.fault or None,
            made=row.made,
            started=row.started,
            ended=row.ended,
        )


class JobsPage(BaseModel):
    """A page of jobs, newest first."""

    items: list[JobOut]
    next: str | None


@router.get("/jobs", response=answers(JobsPage), operation_id="jobs")
def jobs(request: HttpRequest, limit: Limit = 50, cursor: Cursor = "") -> JobsPage:
    """Jobs that you asked for, newest first; of administrators all."""
    wanted = visible_jobs(person(request)).order_by("-id")
    if cursor:
        wanted = wanted.filter(pk__lt=values_of("jobs", cursor, int)[0])
    rows, following = page(wanted, limit, lambda row: cursor_of("jobs", row.pk))
    return JobsPage(items=[JobOut.of(row) for row in rows], next=following)


@router.get("/jobs/{number}", response=answers(JobOut), operation_id="job")
def job(request: HttpRequest, number: NumberInPath) -> JobOut:
    """How far a job has come."""
    found = visible_jobs(person(request)).filter(pk=number).first()
    if found is None:
        raise not_found()
    return JobOut.of(found)


class PersonOut(BaseModel):
    """A person."""

    key: str
    name: str
    email: str
    unit: str | None = Field(description="Key of the unit.")
    administrator: bool
    active: bool
    roles: int = Field(description="How many they hold today.")

    @classmethod
    def of(cls, row: User) -> "PersonOut":
        """Of a row as ``accounts.queries.people`` gives it."""
        return cls(
            key=row.key,
            name=row.name,
            email=row.email,
            unit=row.unit.key if row.unit else None,
            administrator=row.is_administrator,
            active=row.is_active,
            roles=row.held,  # type: ignore[attr-defined]
        )


class PeoplePage(BaseModel):
    """A page of people, by key."""

    items: list[PersonOut]
    next: str | None


@router.get("/people", response=answers(PeoplePage), operation_id="people")
def people(
    request: HttpRequest,
    words: Annotated[str, Query(max_length=200, description="Words of their name, address or unit.")] = "",
    limit: Limit = 50,
    cursor: Cursor = "",
) -> PeoplePage:
    """People, for administrators."""
    require_runs_people(person(request))
    wanted = people_named(words).order_by("id")
    if cursor:
        wanted = wanted.filter(pk__gt=values_of("people", cursor, int)[0])
    rows, following = page(wanted, limit, lambda row: cursor_of("people", row.pk))
    return PeoplePage(items=[PersonOut.of(row) for row in rows], next=following)


@router.get("/people/{key}", response=answers(PersonOut), operation_id="person")
def one_person(request: HttpRequest, key: KeyInPath) -> PersonOut:
    """One person, for administrators."""
    require_runs_people(person(request))
    found = people_named().filter(key=key).first()
    if found is None:
        raise not_found()
    return PersonOut.of(found)


class UnitOut(BaseModel):
    """A part of the organisation."""

    key: str
    name: str
    code: str | None
    within: str | None = Field(description="Key of the unit that it belongs to.")
    successor: str | None
    valid_from: date | None
    valid_until: date | None
    evaluates: bool = Field(description="Whether it is an evaluation office.")


class UnitsPage(BaseModel):
    """A page of units, by key."""

    items: list[UnitOut]
    next: str | None


@router.get("/units", response=answers(UnitsPage), operation_id="units")
def units(request: HttpRequest, limit: Limit = 50, cursor: Cursor = "") -> UnitsPage:
    """Units, for administrators; each names the one that it belongs to."""
    require_runs_people(person(request))
    wanted = Unit.objects.select_related("within", "successor").order_by("id")
    if cursor:
        wanted = wanted.filter(pk__gt=values_of("units", cursor, int)[0])
    rows, following = page(wanted, limit, lambda row: cursor_of("units", row.pk))
    told = [
        UnitOut(
            key=u.key,
            name=u.name,
            code=u.code or None,
            within=u.within.key if u.within else None,
            successor=u.successor.key if u.successor else None,
            valid_from=u.valid_from,
            valid_until=u.valid_until,
            evaluates=u.evaluates,
        )
        for u in rows
    ]
    return UnitsPage(items=told, next=following)
