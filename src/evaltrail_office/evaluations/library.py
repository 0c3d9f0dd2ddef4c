"""The library: which evaluations there are, as rows of a list, with the ratings of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Count

from evaltrail_office.accounts.access import scope_of, visible
from evaltrail_office.evaluations.index import KINDS, UNKNOWN, index
from evaltrail_office.evaluations.models import Evaluation, Recommendation
from evaltrail_office.shelf.models import Document, Rating

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from django.contrib.auth.models import AnonymousUser

    from evaltrail_office.accounts.models import User

CRITERIA = ("relevance", "coherence", "effectiveness", "efficiency", "impact", "sustainability")
SHOWN = 8
"""Values of a facet that are offered at first; the others on request."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet that could be chosen."""

    value: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class FacetList:
    """A facet with its values."""

    kind: str
    values: tuple[Value, ...]
    rest: tuple[Value, ...] = ()
    """Values beyond the first few."""


@dataclass(frozen=True, slots=True)
class Row:
    """An evaluation in a list."""

    evaluation: Evaluation
    ratings: dict[str, Rating] = field(default_factory=dict)
    """By criterion, of the papers that the person may see; where several rate it, of the newest."""
    recommendations: int = 0


@dataclass(frozen=True, slots=True)
class Library:
    """A page of the list."""

    rows: tuple[Row, ...]
    total: int
    facets: tuple[FacetList, ...]


def library(
    user: User | AnonymousUser,
    chosen: Mapping[str, Sequence[str]],
    *,
    words: str = "",
    limit: int = 20,
    offset: int = 0,
    proposed: bool = False,
) -> Library:
    """Evaluations with the chosen facets that a person may see, newest first. The same number of queries however many there are.

    ``proposed`` takes facets that are only proposed for set, for who sees all drafts; for others it changes nothing.
    """
    found = index.find(scope_of(user), chosen, words=words, limit=limit, offset=offset, proposed=proposed)
    return Library(rows(user, found.keys), found.total, tuple(_facet(k, found.facets[k], chosen.get(k, ())) for k in KINDS))


def rows(user: User | AnonymousUser, keys: Sequence[str]) -> tuple[Row, ...]:
    """Rows of these evaluations, in this order."""
    by_key = {e.key: e for e in Evaluation.objects.filter(key__in=keys).select_related("unit")}
    rated = ratings(user, keys)
    # An evaluation that was announced is known to many who do not see what its draft recommends.
    seen = visible(user, Recommendation.objects.filter(evaluation__key__in=keys)).order_by()
    asked = dict(seen.values_list("evaluation__key").annotate(count=Count("pk")))
    return tuple(Row(by_key[k], rated.get(k, {}), asked.get(k, 0)) for k in keys if k in by_key)


def ratings(user: User | AnonymousUser, keys: Collection[str]) -> dict[str, dict[str, Rating]]:
    """Ratings of evaluations by key and criterion, of the papers that a person may see: of several that of the newest paper."""
    documents = visible(user, Document.objects.filter(parts__evaluation_key__in=keys))
    every = Rating.objects.filter(document__in=documents.values("pk"), part__evaluation_key__in=keys, value__isnull=False)
    out: dict[str, dict[str, Rating]] = {}
    for rating in every.select_related("part").order_by("document__date", "document_id", "position"):
        out.setdefault(rating.part.evaluation_key, {})[rating.criterion] = rating
    return out


def _facet(kind: str, values: Sequence[tuple[str, int]], chosen: Sequence[str]) -> FacetList:
    counts = dict(values)
    # What is chosen is offered even where nothing has it, so that it can be taken back.
    every = [Value(v, n, v in chosen) for v, n in values] + [Value(v, 0, chosen=True) for v in chosen if v not in counts]
    if kind in {"organisation", "country", "theme", "timing", "type"} and all(v.value == UNKNOWN for v in every):
        every = []
    first = [v for n, v in enumerate(every) if n < SHOWN or v.chosen]
    return FacetList(kind, tuple(first), tuple(v for v in every if v not in first))
