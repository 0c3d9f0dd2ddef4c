"""Figures by definition, with what they were counted out of and the rows behind them."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Path, Query, Router, Schema
from pydantic import BaseModel, Field

from evaltrail.measure.follow_up import Definition
from evaltrail_office.accounts.access import scope_of
from evaltrail_office.accounts.models import User
from evaltrail_office.api import queries
from evaltrail_office.api.paging import cursor_of, values_of
from evaltrail_office.api.problems import not_found, not_valid
from evaltrail_office.api.scopes import Scope
from evaltrail_office.api.security import needs, person
from evaltrail_office.api.tags import tagged
from evaltrail_office.api.v1.common import Cursor, Key, Limit, answers
from evaltrail_office.follow_up import definitions, queries_figures, tallies
from evaltrail_office.follow_up.facts import Chosen, facts
from evaltrail_office.follow_up.models import Tally

router = Router(tags=["Follow-up"], auth=needs(Scope.READ_FOLLOW_UP))
Dimension = Literal[*definitions.DIMENSIONS]  # type: ignore[valid-type]
Name = Annotated[str, Path(max_length=80, description="id of the definition.")]


class Counted(Schema):
    """Of what figures are wanted."""

    of: Literal["all", "public"] = Field(
        default="all", description="public: counted from what is public alone. Everybody but the head of evaluation gets that either way."
    )
    by: Dimension | None = Field(default=None, description="By this; without: of the whole office.")


class CountedRows(Counted):
    """Of what the rows behind a figure are wanted."""

    part: str = Field(default="denominator", max_length=100, description="numerator, denominator, missing due …")
    value: str = Field(default="", max_length=200, description="Of the dimension, as figures give it; empty: not stated.")


class FigureOut(BaseModel):
    """A figure as of a moment, by a version of a definition."""

    definition: str
    version: int
    name: str
    organisation: str | None = Field(description="Whose published practice it is.")
    formula: str = Field(description="In words.")
    by: str | None
    of_value: str | None = Field(description="Of the dimension; empty: not stated.")
    value: float | None = Field(description="A share from 0 to 1, or days; null: there is none, and abstained says why.")
    in_days: bool
    kind: str
    counted: int | None = Field(description="The numerator; null: of a mean there is none.")
    counted_of: int = Field(description="The denominator.")
    missing: dict[str, int] = Field(description="By what is not known, of how many rows.")
    left_out: int = Field(description="Rows that were left out for it.")
    abstained: str | None
    unit: str | None = Field(description="What its rows are: action, recommendation, evaluation; null: it is made of other figures.")
    settings: dict[str, int]
    period: list[date] | None = Field(description="First and last day that it looks at.")
    as_of: datetime | None = Field(description="When it was worked out.")
    public: bool = Field(description="Whether only what is public was counted.")
    parts: list[dict[str, Any]] = Field(description="The figures that it is made of.")
    rows: str | None = Field(description="Where the rows behind it can be read; null: it was worked out for you just now.")
    address: str

    @classmethod
    def of(cls, d: Definition, body: dict[str, Any], row: Tally | None = None, *, public: bool = False) -> "FigureOut":
        """Of a tally, or of what was worked out just now."""
        by, value = (row.dimension, row.value) if row else ("", "")
        asked = {"of": "public" if public else "all", **({"by": by, "value": value} if by else {})}
        return cls(
            definition=d.id,
            version=d.version,
            name=d.name,
            organisation=d.organisation,
            formula=d.words,
            by=by or None,
            of_value=value if by else None,
            value=body["value"],
            in_days=body["in_days"],
            kind=body["kind"],
            counted=body["counted"] if body["kind"] == "share" else None,
            counted_of=body["of"],
            missing=body["missing"],
            left_out=body["left_out"],
            abstained=body["abstained"] or None,
            unit=body["unit"],
            settings=body["settings"],
            period=body["period"],
            as_of=row.as_of if row else timezone.now(),
            public=public,
            parts=body["parts"],
            rows=f"/api/v1/follow-up/figures/{d.id}/rows?{urlencode(asked)}" if row else None,
            address=reverse("figure", args=[d.id]),
        )


class FiguresPage(BaseModel):
    """A page of figures, all as of one moment."""

    items: list[FigureOut]
    next: str | None
    as_of: datetime | None = Field(description="null: none were worked out yet.")


def _reader(request: HttpRequest) -> User:
    """Whoever has a part in evaluation: figures name rows."""
    user = person(request)
    if not scope_of(user).holds_a_role:
        raise not_found()
    return user


def _moment(user: User, of: str) -> tallies.Moment:
    return tallies.newest(released=queries_figures.audience(user, of))


def _used() -> dict[str, Definition]:
    return {d.id: d for d in definitions.in_use()}


@router.get("/follow-up/figures", response=answers(FiguresPage), operation_id="figures")
def figures(
    request: HttpRequest,
    response: HttpResponse,
    counted: Query[Counted],
    definition: Annotated[str, Query(max_length=80, description="Only by this definition.")] = "",
    evaluation: Annotated[Key | None, Query(description="Worked out now, of this evaluation as far as you see it.")] = None,
    limit: Limit = 50,
    cursor: Cursor = "",
) -> FiguresPage:
    """Figures by every definition in use, as of the newest moment; each with what it was counted out of and what is missing."""
    user = _reader(request)
    used = {name: d for name, d in _used().items() if definition in {"", name}}
    if evaluation:
        return _of_one(request, response, user, evaluation, used)
    moment = _moment(user, counted.of)
    after = _after(moment, "figures", cursor)
    tagged(request, response, user, str(moment.as_of))
    rows = moment.rows(dimension=counted.by or "").filter(definition__in=list(used), pk__gt=after).defer("keys").order_by("pk")
    found = list(rows[: limit + 1])
    items = [
        FigureOut.of(used[r.definition], r.body, r, public=r.released) for r in found[:limit] if r.version == used[r.definition].version
    ]
    following = cursor_of("figures", str(moment.as_of), found[limit - 1].pk) if len(found) > limit else None
    return FiguresPage(items=items, next=following, as_of=moment.as_of)


def _of_one(request: HttpRequest, response: HttpResponse, user: User, evaluation: str, used: dict[str, Definition]) -> FiguresPage:
    if not queries.known_evaluations(user, [evaluation]):
        raise not_found()
    tagged(request, response, user)
    found = queries_figures.worked_out(facts(Chosen(evaluation=evaluation, user=user)), timezone.localdate())
    items = [FigureOut.of(d, dict(found[name].body)) for name, d in used.items()]
    return FiguresPage(items=items, next=None, as_of=timezone.now())


def _after(moment: tallies.Moment, name: str, cursor: str) -> int:
    """The number in a cursor of this moment; 0 without one."""
    if not cursor:
        return 0
    as_of, at = values_of(name, cursor, str, int)
    if as_of != str(moment.as_of):
        raise not_valid("query.cursor", _("figures were worked out anew since; begin again without it"))
    return int(at)


class RowOut(BaseModel):
    """A row that a figure rests on."""

    key: str = Field(description="Of the action, the recommendation or the evaluation.")
    evaluation: str


class RowsPage(BaseModel):
    """A page of rows of a part of a figure, by key."""

    items: list[RowOut]
    next: str | None
    unit: str = Field(description="action, recommendation, evaluation.")
    total: int = Field(description="Of all pages, those that you may not see among them.")
    hidden: int = Field(description="Of this page, rows that you may not see.")
    parts: list[str] = Field(description="Parts that can be asked for.")
    as_of: datetime | None


@router.get("/follow-up/figures/{name}/rows", response=answers(RowsPage), operation_id="figure_rows")
def figure_rows(
    request: HttpRequest,
    response: HttpResponse,
    name: Name,
    counted: Query[CountedRows],
    limit: Limit = 50,
    cursor: Cursor = "",
) -> RowsPage:
    """The rows that a figure was counted from, as far as you may see them."""
    user = _reader(request)
    definition, moment = _used().get(name), _moment(user, counted.of)
    part = counted.part
    row = tallies.whole(moment, name)
    if definition is None or row is None or row.version != definition.version:
        raise not_found()
    at = _after(moment, "rows", cursor)
    tagged(request, response, user, str(moment.as_of))
    parts = list(tallies.keys_of(row))
    keys = queries_figures.part_keys(row, part, counted.by or "", counted.value)
    if keys is None:
        can_be = ", ".join(parts)
        raise not_valid("query.part", _("the figure has no such part; it has: %(parts)s") % {"parts": can_be})
    unit = str(queries_figures.part_of(row, part)["unit"])
    wanted = list(keys.part(at, at + limit))
    seen = queries_figures.things(user, unit, wanted)
    told = [RowOut(key=t.recommendation.key if unit == "recommendation" else t.key, evaluation=_evaluation(t, unit)) for t in seen]
    following = cursor_of("rows", str(moment.as_of), at + limit) if at + limit < len(keys) else None
    return RowsPage(
        items=told,
        next=following,
        unit=unit,
        total=len(keys),
        hidden=len(wanted) - len(seen),
        parts=parts,
        as_of=row.as_of,
    )


def _evaluation(thing: Any, unit: str) -> str:
    return str(thing.key if unit == "evaluation" else thing.evaluation.key)
