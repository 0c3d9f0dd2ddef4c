"""What is proposed of evaluations from the words of their papers, for those whose it is to say whether it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaltrail_office.accounts.access import may, scope_of, visible
from evaltrail_office.accounts.policy import DOES, Role, Verb
from evaltrail_office.evaluations import queries
from evaltrail_office.evaluations.facets import KIND_NAMES, SET_BY_PEOPLE, value_name
from evaltrail_office.evaluations.models import Evaluation, FacetProposal, ProposalState
from evaltrail_office.shelf.models import Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

    from evaltrail_office.accounts.models import User
    from evaltrail_office.shelf.models import Document

GROUNDS: dict[str, _StrPromise] = {
    "title": gettext_lazy("the title"),
    "row": gettext_lazy("a line of the cover that is for it"),
    "cover": gettext_lazy("the cover"),
    "stated": gettext_lazy("a sentence that says so"),
    "heading": gettext_lazy("a heading"),
    "mentions": gettext_lazy("named far more often than any other"),
    "issuer": gettext_lazy("a national body’s own paper"),
}
"""What a proposal rests on, in words."""
SURE = ("title", "row")
"""Grounds that hold nearly always."""
MOST = 500


@dataclass(frozen=True, slots=True)
class Offered:
    """A proposal as it is shown."""

    pk: int
    kind: str
    kind_name: str
    value: str
    name: str
    ground: str
    """In words."""
    words: str
    page: str
    """``p. 3``, or another name of the place where a paper has no pages; empty where it does not tell."""
    address: str
    """Of the words in the paper."""
    language: str
    state: str
    by: str = ""
    """Name of who decided; empty where it was settled by a facet that was there already."""
    when: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A part of a paper with what is open of it."""

    part: Part
    evaluation: Evaluation | None
    offered: tuple[Offered, ...]

    @property
    def title(self) -> str:
        """Of the evaluation as the office has it, else as the paper has it."""
        return self.evaluation.title if self.evaluation else self.part.title or self.part.document.title


def open_rows() -> QuerySet[FacetProposal]:
    """Proposals that wait for a person."""
    return FacetProposal.objects.filter(state=ProposalState.OPEN)


def proposed_of(user: User, evaluation: Evaluation) -> list[Offered]:
    """What is open of an evaluation that the person runs: each value once, from the paper in which it weighs most. One query."""
    if not may(user, Verb.DESCRIBE, evaluation):
        return []
    return _offered(_seen(user, open_rows().filter(part__evaluation_key=evaluation.key)))


def decided_of(user: User, evaluation: Evaluation) -> list[Offered]:
    """What people have accepted and dismissed of an evaluation that the person runs."""
    rows = _seen(user, FacetProposal.objects.filter(part__evaluation_key=evaluation.key).exclude(state=ProposalState.OPEN))
    return _offered(rows, queries.names(r.decided_by for r in rows))


def proposed_in(user: User, document: Document) -> list[Offered]:
    """What is open of a paper that the person may correct, in all its parts."""
    if not may(user, Verb.CORRECT, document):
        return []
    return _offered(_seen(user, open_rows().filter(part__document=document)))


def chosen(user: User, numbers: Iterable[int]) -> list[FacetProposal]:
    """Proposals by their numbers, of those that the person may see."""
    return _seen(user, FacetProposal.objects.filter(pk__in=list(numbers)[:MOST]))


def sheets(user: User, *, kind: str = "", sure: bool = False) -> QuerySet[Part]:
    """Parts of papers of which something is open that the person may decide, the latest first."""
    scope = scope_of(user)
    rows = open_rows().filter(part=OuterRef("pk"))
    parts = Part.objects.filter(Exists(_narrowed(rows, kind, sure=sure))).select_related("document").order_by("-document_id", "position")
    if Role.HEAD in scope.office:
        return parts
    own = Q(evaluation_key__in=scope.among(DOES[Verb.DESCRIBE])) | Q(evaluation_key="", document__brought_by=scope.key)
    return parts.filter(own)


def filled(user: User, parts: Sequence[Part], *, kind: str = "", sure: bool = False) -> list[Sheet]:
    """What is open of each of these parts. Two queries however many there are."""
    rows = _narrowed(open_rows().filter(part__in=[p.pk for p in parts]), kind, sure=sure)
    by_part: dict[int, list[FacetProposal]] = {}
    for row in _seen(user, rows):
        by_part.setdefault(row.part_id, []).append(row)
    keys = {p.evaluation_key for p in parts} - {""}
    evaluations = {e.key: e for e in Evaluation.objects.filter(key__in=keys)}
    return [Sheet(p, evaluations.get(p.evaluation_key), tuple(_offered(by_part[p.pk]))) for p in parts if p.pk in by_part]


def last_decided(user: User) -> list[FacetProposal]:
    """What the person decided last, all at once: to be taken back. Two queries."""
    own = FacetProposal.objects.filter(decided_by=user.key, decided__isnull=False)
    last = own.order_by("-decided").values_list("decided", flat=True).first()
    return list(own.filter(decided=last)[:MOST]) if last else []


def _narrowed(rows: QuerySet[FacetProposal], kind: str, *, sure: bool) -> QuerySet[FacetProposal]:
    if kind in SET_BY_PEOPLE:
        rows = rows.filter(kind=kind)
    return rows.filter(ground__in=SURE) if sure else rows


def _seen(user: User, rows: QuerySet[FacetProposal]) -> list[FacetProposal]:
    found = visible(user, rows).select_related("part__document__source").prefetch_related("part__document__parts")
    return list(found.order_by("part", "kind", "-score", "value"))


def _offered(rows: Iterable[FacetProposal], names: dict[str, str] | None = None) -> list[Offered]:
    best: dict[tuple[str, str, str], FacetProposal] = {}
    for row in rows:
        # Of one evaluation each value once; the paper's parts may be several.
        key = (row.part.evaluation_key or str(row.part_id), row.kind, row.value)
        if key not in best or row.score > best[key].score:
            best[key] = row
    made = [_one(row, names or {}) for row in best.values()]
    scores = {row.pk: row.score for row in best.values()}
    return sorted(made, key=lambda o: (SET_BY_PEOPLE.index(o.kind), -scores[o.pk], o.value.zfill(2), o.name.casefold()))


def _one(row: FacetProposal, names: dict[str, str]) -> Offered:
    document = row.part.document
    address = reverse("document-page", args=[document.key, row.page]) + f"?from={row.start}&to={row.end}" if row.page else ""
    return Offered(
        pk=row.pk,
        kind=row.kind,
        kind_name=str(KIND_NAMES[row.kind]),
        value=row.value,
        name=value_name(row.kind, row.value),
        ground=str(GROUNDS.get(row.ground, row.ground)),
        words=row.words,
        page=_place(row),
        address=address,
        language=document.language or "und",
        state=row.state,
        by="" if row.decided_by.startswith("system:") else names.get(row.decided_by, row.decided_by),
        when=row.decided,
    )


def _place(row: FacetProposal) -> str:
    if not row.page:
        return ""
    source = row.part.document.source
    return _("p. %(n)d") % {"n": row.page} if source and source.pages else _("the place")
