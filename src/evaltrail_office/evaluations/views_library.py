"""The list of evaluations, and what it is exported as."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, cast

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from evaltrail.write.cells import clean, disarmed
from evaltrail_office.accounts.access import scope_of
from evaltrail_office.accounts.policy import Role
from evaltrail_office.evaluations import facets as known
from evaltrail_office.evaluations.facets import SET_BY_PEOPLE
from evaltrail_office.evaluations.index import KINDS
from evaltrail_office.evaluations.library import CRITERIA, library
from evaltrail_office.evaluations.models import EvaluationKind, State, Timing
from evaltrail_office.shelf.words import criterion

if TYPE_CHECKING:
    from django.http import HttpRequest

PAGE = 20
NAMES = {
    "organisation": gettext_lazy("Organisation"),
    "country": gettext_lazy("Country"),
    "year": gettext_lazy("Year"),
    "type": gettext_lazy("Type"),
    "timing": gettext_lazy("Timing"),
    "theme": gettext_lazy("Theme"),
    "criterion": gettext_lazy("Rated criterion"),
    "rating": gettext_lazy("Rating"),
    "sdg": gettext_lazy("Sustainable Development Goal"),
    "state": gettext_lazy("State"),
}
EXPORTED = 20_000
"""Rows of an export at most."""


class _Counted:
    """What Django's paginator needs to know of a list of which one page is there."""

    def __init__(self, total: int) -> None:
        self.total = total

    def __len__(self) -> int:
        return self.total

    def __getitem__(self, part: slice) -> list[None]:
        return [None] * max(0, min(part.stop, self.total) - part.start)


def _chosen(request: HttpRequest) -> dict[str, list[str]]:
    return {kind: request.GET.getlist(kind)[:50] for kind in KINDS if kind in request.GET}


def _page(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 7 else 1


@require_safe
def list_of_evaluations(request: HttpRequest) -> HttpResponse:
    """The library with its facets."""
    chosen, words, number = _chosen(request), request.GET.get("q", "")[:200], _page(request)
    scope, proposed = scope_of(request.user), request.GET.get("proposed") == "1"
    found = library(request.user, chosen, words=words, limit=PAGE, offset=(number - 1) * PAGE, proposed=proposed)
    page = Paginator(cast("list[None]", _Counted(found.total)), PAGE).get_page(number)
    facets = [(f, NAMES[f.kind], {v.value: value_name(f.kind, v.value) for v in (*f.values, *f.rest)}) for f in found.facets if f.values]
    context = {"found": found, "facets": facets, "words": words, "page": page, "criteria": CRITERIA, "narrowed": bool(chosen or words)}
    # What is only proposed quotes drafts: it is counted for those who see them all.
    context |= {"proposed": proposed, "may_propose": Role.HEAD in scope.office, "decides": scope.in_office}
    return render(request, "evaluations/library.html", context)


@require_safe
def library_as_csv(request: HttpRequest) -> HttpResponse:
    """The same list as a file, whole: a row an evaluation, a column a criterion."""
    words, proposed = request.GET.get("q", "")[:200], request.GET.get("proposed") == "1"
    found = library(request.user, _chosen(request), words=words, proposed=proposed, limit=EXPORTED)
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    head = ("key", "title", "organisation", "year", "period from", "period to", "type", "timing", "state", "recommendations", *CRITERIA)
    table.writerow(head)
    for row in found.rows:
        e = row.evaluation
        cells = (e.key, e.title, e.organisation, e.year, e.period_from, e.period_to, e.kind, e.timing, e.state, row.recommendations)
        marks = (row.ratings[c].value if c in row.ratings else None for c in CRITERIA)
        table.writerow([disarmed(clean("" if c is None else str(c))) for c in (*cells, *marks)])
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="evaluations.csv"'
    return answer


def value_name(kind: str, value: str) -> str:
    """A facet's value for people."""
    if not value:
        return _("not stated")
    named = {"type": EvaluationKind, "timing": Timing, "state": State}.get(kind)
    if named is not None and value in named.values:
        return str(named(value).label).capitalize()
    if kind in SET_BY_PEOPLE:
        return known.value_name(kind, value)
    if kind == "criterion":
        return criterion(value)
    return value
