"""Evaluations, recommendations and ratings."""

from typing import Annotated, Literal

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from evaltrail_office.accounts.access import scope_of
from evaltrail_office.api import queries, shapes
from evaltrail_office.api.paging import cursor_of, page, values_of
from evaltrail_office.api.problems import not_found, not_valid
from evaltrail_office.api.scopes import Scope
from evaltrail_office.api.security import needs, person
from evaltrail_office.api.tags import tagged
from evaltrail_office.api.v1.common import Cursor, Key, KeyInPath, Limit, answers
from evaltrail_office.evaluations import queries as own
from evaltrail_office.evaluations.index import KINDS, index
from evaltrail_office.evaluations.library import rows
from evaltrail_office.evaluations.models import Facet
from evaltrail_office.shelf.models import Rating, Statement

router = Router(tags=["Evaluations"], auth=needs(Scope.READ_RECORDS))
Values = Annotated[list[str], Field(max_length=50)]


class Facets(Schema):
    """Facets as the list of evaluations has them: one of the values of each that is given; empty for what is not known."""

    organisation: Values = Field(default=[], description="As the list of evaluations offers it.")
    country: Values = Field(default=[], description="Code of ISO 3166: KE.")
    year: Values = Field(default=[], description="Of issue, or planned for.")
    type: Values = Field(default=[], description="centralised, decentralised, joint, cluster.")
    timing: Values = Field(default=[], description="mid_term, final, ex_post, synthesis.")
    theme: Values = Field(default=[], description="As the list of evaluations offers it.")
    criterion: Values = Field(default=[], description="Rated criteria: relevance, coherence, …")
    rating: Values = Field(default=[], description="A rating that one of the criteria has: 4.")
    sdg: Values = Field(default=[], description="Number of a Sustainable Development Goal.")
    state: Values = Field(default=[], description="planned, under_way, completed, postponed, cancelled, merged.")
    words: str = Field(default="", max_length=200, description="Words that stand in the title.")

    def chosen(self) -> dict[str, list[str]]:
        """As the index of evaluations asks for them."""
        return {kind: values for kind in KINDS if (values := getattr(self, kind))}


@router.get("/evaluations", response=answers(shapes.EvaluationsPage), operation_id="evaluations")
def evaluations(
    request: HttpRequest, response: HttpResponse, facets: Query[Facets], limit: Limit = 50, cursor: Cursor = ""
) -> shapes.EvaluationsPage:
    """Evaluations with the chosen facets, newest made first."""
    user = person(request)
    before = values_of("evaluations", cursor, str)[0] if cursor else ""
    tagged(request, response, user)
    try:
        found = index.find(scope_of(user), facets.chosen(), words=facets.words, limit=limit + 1, before=before)
    except KeyError:
        raise not_valid("query.cursor", _("it is not a cursor of this list")) from None
    keys = found.keys[:limit]
    return shapes.EvaluationsPage(
        items=[shapes.EvaluationOut.of(row) for row in rows(user, keys)],
        next=cursor_of("evaluations", keys[-1]) if len(found.keys) > limit else None,
        total=found.total,
    )


@router.get("/evaluations/facets", response=answers(dict[str, list[shapes.FacetValue]]), operation_id="facets")
def facets(request: HttpRequest, response: HttpResponse, facets: Query[Facets]) -> dict[str, list[shapes.FacetValue]]:
    """What else could be chosen, with how many evaluations that would give."""
    user = person(request)
    tagged(request, response, user)
    found = index.find(scope_of(user), facets.chosen(), words=facets.words, limit=0)
    return {kind: [shapes.FacetValue(value=v, count=n) for v, n in values] for kind, values in found.facets.items()}


@router.get("/evaluations/{key}", response=answers(shapes.EvaluationWhole), operation_id="evaluation")
def evaluation(request: HttpRequest, response: HttpResponse, key: KeyInPath) -> shapes.EvaluationWhole:
    """One evaluation with its papers."""
    user = person(request)
    found = own.evaluations(user).filter(key=key).first()
    if found is None:
        raise not_found()
    tagged(request, response, user)
    papers = own.papers(user, found)
    known = queries.known(user, papers)
    facets = shapes.grouped(Facet.objects.filter(evaluation=found, kind__in=("country", "theme", "sdg")).values_list("kind", "value"))
    return shapes.EvaluationWhole(
        **shapes.EvaluationOut.of(rows(user, [key])[0]).model_dump(),
        countries=facets.get("country", []),
        themes=facets.get("theme", []),
        sdgs=facets.get("sdg", []),
        documents=[shapes.DocumentOut.of(d, known) for d in papers],
    )


Kind = Literal["finding", "conclusion", "lesson", "good_practice", "recommendation", "response"]


@router.get("/evaluations/{key}/statements", response=answers(shapes.StatementsPage), operation_id="evaluation_statements")
def statements(
    request: HttpRequest,
    response: HttpResponse,
    key: KeyInPath,
    kind: Annotated[Kind | None, Query(description="Only of this kind.")] = None,
    document: Annotated[Key | None, Query(description="Only of this paper.")] = None,
    limit: Limit = 50,
    cursor: Cursor = "",
) -> shapes.StatementsPage:
    """What the papers of an evaluation state, by document and id; each has its position in the paper."""
    user = person(request)
    if not own.evaluations(user).filter(key=key).exists():
        raise not_found()
    after = values_of("statements", cursor, int, str) if cursor else None
    tagged(request, response, user)
    wanted = queries.statements(user).filter(part__evaluation_key=key).order_by("document_id", "record_id")
    if kind:
        wanted = wanted.filter(kind=kind)
    if document:
        wanted = wanted.filter(document__key=document)
    if after:
        wanted = wanted.filter(Q(document_id__gt=after[0]) | Q(document_id=after[0], record_id__gt=after[1]))
    found, following = page(wanted, limit, _statement_cursor)
    return shapes.StatementsPage(items=[shapes.StatementOut.of(row) for row in found], next=following)


def _statement_cursor(row: Statement) -> str:
    return cursor_of("statements", row.document_id, row.record_id)


Verdict = Literal["accepted", "partially_accepted", "rejected", "noted", "unclear", "none"]


@router.get("/recommendations", response=answers(shapes.RecommendationsPage), operation_id="recommendations")
def recommendations(
    request: HttpRequest,
    response: HttpResponse,
    evaluation: Annotated[Key | None, Query(description="Only of this evaluation.")] = None,
    verdict: Annotated[Verdict | None, Query(description="Only with this answer; none: not answered.")] = None,
    priority: Annotated[str, Query(max_length=40, description="Only of this priority; none: not stated.")] = "",
    limit: Limit = 50,
    cursor: Cursor = "",
) -> shapes.RecommendationsPage:
    """Recommendations, each once, however many papers print it; newest first."""
    user = person(request)
    after = values_of("recommendations", cursor, int) if cursor else None
    tagged(request, response, user)
    wanted = queries.recommendations(user).order_by("-id")
    if evaluation:
        wanted = wanted.filter(evaluation__key=evaluation)
    if verdict:
        wanted = wanted.filter(verdict="" if verdict == "none" else verdict)
    if priority:
        wanted = wanted.filter(priority="" if priority == "none" else priority)
    if after:
        wanted = wanted.filter(pk__lt=after[0])
    found, following = page(wanted, limit, lambda row: cursor_of("recommendations", row.pk))
    return shapes.RecommendationsPage(items=[shapes.RecommendationOut.of(row) for row in found], next=following)


@router.get("/recommendations/{key}", response=answers(shapes.RecommendationWhole), operation_id="recommendation")
def recommendation(request: HttpRequest, response: HttpResponse, key: KeyInPath) -> shapes.RecommendationWhole:
    """One recommendation, and where it is printed in papers that you may see."""
    user = person(request)
    found = queries.recommendations(user).filter(key=key).first()
    if found is None:
        raise not_found()
    tagged(request, response, user)
    printed = queries.statements(user).filter(key=found.key).order_by("document_id", "record_id")
    refs = [shapes.StatementOut.of(row) for row in printed]
    return shapes.RecommendationWhole(
        **shapes.RecommendationOut.fields_of(found),
        statements=[shapes.StatementRef(document=s.document, id=s.id, address=s.address) for s in refs],
    )


@router.get("/ratings", response=answers(shapes.RatingsPage), operation_id="ratings")
def ratings(
    request: HttpRequest,
    response: HttpResponse,
    evaluation: Annotated[Key | None, Query(description="Only of this evaluation.")] = None,
    criterion: Annotated[str, Query(max_length=60, description="Only of this criterion.")] = "",
    limit: Limit = 50,
    cursor: Cursor = "",
) -> shapes.RatingsPage:
    """Ratings as papers give them, by document and position."""
    user = person(request)
    after = values_of("ratings", cursor, int, int) if cursor else None
    tagged(request, response, user)
    wanted = queries.ratings(user).order_by("document_id", "position", "pk")
    if evaluation:
        wanted = wanted.filter(part__evaluation_key=evaluation)
    if criterion:
        wanted = wanted.filter(criterion=criterion)
    if after:
        wanted = wanted.filter(Q(document_id__gt=after[0]) | Q(document_id=after[0], position__gt=after[1]))
    found, following = page(wanted, limit, _rating_cursor)
    keys = queries.known_evaluations(user, (r.part.evaluation_key for r in found))
    return shapes.RatingsPage(items=[shapes.RatingOut.of(row, keys) for row in found], next=following)


def _rating_cursor(row: Rating) -> str:
    return cursor_of("ratings", row.document_id, row.position)
