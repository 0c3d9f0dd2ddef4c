"""Everything out, as JSON Lines or CSV: streamed in steps of some hundred rows, so that it takes no more memory however much it is."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from ninja import Path, Query, Router
from ninja.responses import NinjaJSONEncoder
from pydantic import BaseModel

from evaltrail.write.cells import clean, disarmed
from evaltrail_office.accounts.access import visible
from evaltrail_office.accounts.models import User
from evaltrail_office.api import export_follow_up, queries, queries_follow_up, shapes, shapes_actions, shapes_follow_up
from evaltrail_office.api.problems import not_found
from evaltrail_office.api.scopes import Scope
from evaltrail_office.api.security import needs, person
from evaltrail_office.api.v1.common import Key, answers
from evaltrail_office.evaluations import queries as own
from evaltrail_office.evaluations.library import CRITERIA, rows
from evaltrail_office.evaluations.models import Evaluation
from evaltrail_office.follow_up import queries_answers
from evaltrail_office.follow_up.models import Action, Track

router = Router(tags=["Export"], auth=needs(Scope.EXPORT))
STEP = 500
"""Rows that are read at a time."""
What = Literal["evaluations", "statements", "recommendations", "ratings", "follow-up", "actions"]
Form = Literal["jsonl", "csv"]
FOLLOW_UP = frozenset({"follow-up", "actions"})
MEDIA_TYPES = {"jsonl": "application/jsonl; charset=utf-8", "csv": "text/csv; charset=utf-8"}
MODELS: dict[str, type[BaseModel]] = {
    "evaluations": shapes.EvaluationOut,
    "statements": shapes.StatementOut,
    "recommendations": shapes.RecommendationOut,
    "ratings": shapes.RatingOut,
    "follow-up": shapes_follow_up.FollowedWhole,
    "actions": shapes_actions.ActionOut,
}


@router.get(
    "/export/{what}.{form}",
    response=answers(dict[str, Any]),
    operation_id="export",
    openapi_extra={
        "responses": {
            200: {
                "content": {
                    "application/jsonl": {"schema": {"type": "string", "description": "A row a line, as lists give it."}},
                    "text/csv": {"schema": {"type": "string", "description": "A row a line, under a line of names."}},
                }
            }
        }
    },
)
def export(
    request: HttpRequest,
    what: Annotated[What, Path()],
    form: Annotated[Form, Path()],
    evaluation: Annotated[Key | None, Query(description="Only of this evaluation.")] = None,
) -> StreamingHttpResponse:
    """All rows that you may see, oldest first. In CSV no cell begins a formula; parts of a list are parted by ``; ``.

    Follow-up has a recommendation a line with its answers and actions; in CSV a line an action, or an answer that promises none.
    """
    user = person(request)
    if evaluation and not _may_know(user, what, evaluation):
        raise not_found()
    found = _ROWS[what](user, evaluation or "")
    lines = as_json_lines(found) if form == "jsonl" else as_csv(_flat(what, found), _columns(what))
    answer = StreamingHttpResponse(lines, content_type=MEDIA_TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{what}.{form}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _may_know(user: User, what: str, evaluation: str) -> bool:
    """Whether the person knows of an evaluation; in follow-up also those whose units are asked in it."""
    if what in FOLLOW_UP:
        return queries_answers.may_know(user, evaluation) is not None
    return own.evaluations(user).filter(key=evaluation).exists()


def as_json_lines(found: Iterable[dict[str, Any]]) -> Iterator[str]:
    """A line a row."""
    for row in found:
        yield json.dumps(row, cls=NinjaJSONEncoder, ensure_ascii=False) + "\n"


def as_csv(found: Iterable[dict[str, Any]], columns: Sequence[str]) -> Iterator[str]:
    """A line a row, under the names of the columns. A spreadsheet takes no cell for a formula."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(columns)
    out_of = "\ufeff"
    for row in found:
        table.writerow([cell(row.get(name)) for name in columns])
        if out.tell() > 1 << 16:
            yield out_of + out.getvalue()
            out_of = ""
            out.seek(0)
            out.truncate()
    yield out_of + out.getvalue()


def cell(value: Any) -> str:
    """A value as a cell."""
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return disarmed(clean("; ".join(str(v) for v in value)))
    # A number is no text that could begin a formula.
    return (
        str(value) if isinstance(value, (int, float)) else disarmed(clean(value.isoformat() if hasattr(value, "isoformat") else str(value)))
    )


def _columns(what: str) -> list[str]:
    if what == "follow-up":
        return list(export_follow_up.columns())
    names = list(export_follow_up.columns_of(MODELS[what]))
    if "ratings" in names:
        names[names.index("ratings") : names.index("ratings") + 1] = [f"rating {name}" for name in CRITERIA]
    return names


def _flat(what: str, found: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Rows without anything inside another: of what stands in a row, columns of its own."""
    for row in found:
        if what == "follow-up":
            yield from export_follow_up.lines(row)
        else:
            yield export_follow_up.flat({**row, **{f"rating {name}": value for name, value in row.get("ratings", {}).items()}})


def _each(wanted: QuerySet[Any], make: Callable[[list[Any]], Iterable[BaseModel]]) -> Iterator[dict[str, Any]]:
    """Rows in steps, each step from the last row of the one before on: rows that come or go in between shift nothing."""
    last = 0
    while step := list(wanted.filter(pk__gt=last).order_by("pk")[:STEP]):
        last = step[-1].pk
        for one in make(step):
            yield one.model_dump()
        # Or two steps would be held at a time.
        step.clear()


def _by_document(wanted: QuerySet[Any], within: str, make: Callable[[list[Any]], Iterable[BaseModel]]) -> Iterator[dict[str, Any]]:
    """The same for what belongs to documents. Not by the rows' own numbers: correcting a paper gives its rows new ones."""
    document, at = 0, None
    while True:
        # The rest of a document and the next documents are asked for apart: an index answers each, and none answers both.
        step: list[Any] = [] if at is None else list(wanted.filter(document_id=document, **{f"{within}__gt": at}).order_by(within)[:STEP])
        if len(step) < STEP:
            step += wanted.filter(document_id__gt=document).order_by("document_id", within)[: STEP - len(step)]
        if not step:
            return
        document, at = step[-1].document_id, getattr(step[-1], within)
        for one in make(step):
            yield one.model_dump()
        step.clear()


def _evaluations(user: User, only: str) -> Iterator[dict[str, Any]]:
    wanted = visible(user, Evaluation.objects.only("pk", "key"))
    wanted = wanted.filter(key=only) if only else wanted

    def made(step: list[Evaluation]) -> Iterable[BaseModel]:
        return (shapes.EvaluationOut.of(row) for row in rows(user, [e.key for e in step]))

    return _each(wanted, made)


def _statements(user: User, only: str) -> Iterator[dict[str, Any]]:
    wanted = queries.statements(user)
    wanted = wanted.filter(part__evaluation_key=only) if only else wanted

    def made(step: list[Any]) -> Iterable[BaseModel]:
        keys = queries.known_evaluations(user, (s.part.evaluation_key for s in step))
        return (shapes.StatementOut.of(row, keys) for row in step)

    return _by_document(wanted, "record_id", made)


def _recommendations(user: User, only: str) -> Iterator[dict[str, Any]]:
    wanted = queries.recommendations(user)
    wanted = wanted.filter(evaluation__key=only) if only else wanted
    return _each(wanted, lambda step: (shapes.RecommendationOut.of(row) for row in step))


def _ratings(user: User, only: str) -> Iterator[dict[str, Any]]:
    wanted = queries.ratings(user)
    wanted = wanted.filter(part__evaluation_key=only) if only else wanted

    def made(step: list[Any]) -> Iterable[BaseModel]:
        keys = queries.known_evaluations(user, (r.part.evaluation_key for r in step))
        return (shapes.RatingOut.of(row, keys) for row in step)

    return _by_document(wanted, "position", made)


def _followed(user: User, only: str) -> Iterator[dict[str, Any]]:
    wanted = queries_follow_up.followed(user)
    wanted = wanted.filter(evaluation__key=only) if only else wanted

    def made(step: list[Track]) -> Iterable[BaseModel]:
        of = queries_follow_up.actions_of(user, step)
        names = queries_follow_up.named([a for some in of.values() for a in some])
        day = timezone.localdate()
        return (shapes_follow_up.FollowedWhole.with_actions(row, of.get(row.pk, []), names, day) for row in step)

    return _each(wanted, made)


def _actions(user: User, only: str) -> Iterator[dict[str, Any]]:
    wanted = queries_follow_up.actions(user)
    wanted = wanted.filter(evaluation__key=only) if only else wanted

    def made(step: list[Action]) -> Iterable[BaseModel]:
        names, day = queries_follow_up.named(step), timezone.localdate()
        return (shapes_actions.ActionOut.of(row, names, day) for row in step)

    return _each(wanted, made)


_ROWS: dict[str, Callable[[User, str], Iterator[dict[str, Any]]]] = {
    "evaluations": _evaluations,
    "statements": _statements,
    "recommendations": _recommendations,
    "ratings": _ratings,
    "follow-up": _followed,
    "actions": _actions,
}
