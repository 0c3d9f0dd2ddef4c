"""What the API shows of each thing. What is not known is null; a key is permanent; ``address`` is the page for people."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from pydantic import BaseModel, Field

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from evaltrail_office.evaluations.library import Row
    from evaltrail_office.evaluations.models import Recommendation
    from evaltrail_office.shelf.models import Document, Rating, Statement, Version
    from evaltrail_office.shelf.search import Hit


class EvaluationOut(BaseModel):
    """An evaluation."""

    key: str
    title: str
    organisation: str | None
    unit: str | None = Field(description="Name of the unit whose programme a decentralised evaluation judges.")
    kind: str | None
    timing: str | None
    period_from: int | None
    period_to: int | None
    year: int | None = Field(description="Of issue, or planned for.")
    state: str
    recommendations: int = Field(description="How many the office follows, each once however many papers print it.")
    ratings: dict[str, float] = Field(description="By criterion, of the newest paper that rates it and that you may see.")
    address: str

    @classmethod
    def of(cls, row: Row) -> EvaluationOut:
        """Of a row of the library."""
        e = row.evaluation
        return cls(
            key=e.key,
            title=e.title,
            organisation=e.organisation or None,
            unit=e.unit.name if e.unit else None,
            kind=e.kind or None,
            timing=e.timing or None,
            period_from=e.period_from,
            period_to=e.period_to,
            year=e.year,
            state=e.state,
            recommendations=row.recommendations,
            ratings={name: r.value for name, r in sorted(row.ratings.items()) if r.value is not None},
            address=reverse("evaluation", args=[e.key]),
        )


class PartOut(BaseModel):
    """One evaluation as a paper reports it."""

    id: str = Field(description="Of the evaluation in the paper's record.")
    label: str | None
    title: str | None
    evaluation: str | None = Field(description="Key of the office's evaluation that it is; null: not matched, or not yours to know.")


class DocumentOut(BaseModel):
    """A paper."""

    key: str
    kind: str
    title: str
    symbol: str | None
    organisation: str | None
    language: str | None
    date: date | None
    filename: str | None
    media_type: str | None = Field(description="Of the file as it was brought; null: written in the office.")
    stage: str
    version: int | None = Field(description="Number of its present version.")
    confirmed: datetime | None = Field(description="When a person confirmed it; null: as the machine read it.")
    translation_of: str | None
    replaces: str | None
    parts: list[PartOut]
    address: str

    @classmethod
    def of(cls, document: Document, known: Known) -> DocumentOut:
        """Of a row; ``known`` says which other things the person knows of."""
        source, version = document.source, document.current
        before, original = document.replaces, document.translation_of
        return cls(
            key=document.key,
            kind=document.kind,
            title=document.title,
            symbol=document.symbol or None,
            organisation=document.organisation or None,
            language=document.language or None,
            date=document.date,
            filename=document.filename or None,
            media_type=source.media_type if source else None,
            stage=document.stage,
            version=version.number if version else None,
            confirmed=document.confirmed,
            translation_of=original.key if original and original.key in known.documents else None,
            replaces=before.key if before and before.key in known.documents else None,
            parts=[
                PartOut(
                    id=p.record_id,
                    label=p.label or None,
                    title=p.title or None,
                    evaluation=p.evaluation_key if p.evaluation_key in known.evaluations else None,
                )
                for p in document.parts.all()
            ],
            address=reverse("document", args=[document.key]),
        )


class Known(BaseModel):
    """Keys of things that a person knows of."""

    evaluations: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()


class StatementOut(BaseModel):
    """A statement of a paper as known now, corrections included."""

    document: str
    id: str = Field(description="In the paper's record; with the document's key its permanent address.")
    position: int = Field(description="In the paper: sort by it for the paper's own order.")
    part: str
    evaluation: str | None
    kind: str
    number: str | None
    label: str | None
    text: str
    criteria: list[str]
    responsible: list[str]
    priority: str | None
    time: str | None
    resources: str | None
    verdict: str | None
    page: int | None
    score: float | None = Field(
        description="The least score of what was inferred; null: all of it stands in the paper or was set by a person."
    )
    recommendation: str | None = Field(description="Key of the office's recommendation that it is.")
    confirmed: datetime | None
    address: str

    @classmethod
    def fields_of(cls, row: Statement, evaluations: frozenset[str] | None = None) -> dict[str, Any]:
        """Of a row with its part and document; ``evaluations`` limits to keys that the person knows of."""
        evaluation = row.part.evaluation_key
        return {
            "document": row.document.key,
            "id": row.record_id,
            "position": row.position,
            "part": row.part.record_id,
            "evaluation": evaluation or None if evaluations is None or evaluation in evaluations else None,
            "kind": row.kind,
            "number": row.number or None,
            "label": row.label or None,
            "text": row.text,
            "criteria": row.criteria,
            "responsible": row.responsible,
            "priority": row.priority or None,
            "time": row.time or None,
            "resources": row.resources or None,
            "verdict": row.verdict or None,
            "page": row.page,
            "score": row.score,
            "recommendation": row.key or None,
            "confirmed": row.confirmed,
            "address": reverse("statement", args=[row.document.key, row.record_id]),
        }

    @classmethod
    def of(cls, row: Statement, evaluations: frozenset[str] | None = None) -> StatementOut:
        """See ``fields_of``."""
        return cls(**cls.fields_of(row, evaluations))


class StatementWhole(StatementOut):
    """A statement with all that the record says of it."""

    record: dict[str, Any] = Field(description="The statement in the paper's record, with its places; see docs/reference/record.md.")
    links: list[dict[str, Any]] = Field(description="Links of the record that begin or end at it.")


class RecommendationOut(BaseModel):
    """A recommendation of the office: once, however many papers print it."""

    key: str
    evaluation: str
    number: str | None
    position: int
    text: str
    priority: str | None
    verdict: str | None

    @classmethod
    def fields_of(cls, row: Recommendation) -> dict[str, Any]:
        """Of a row with its evaluation."""
        return {
            "key": row.key,
            "evaluation": row.evaluation.key,
            "number": row.number or None,
            "position": row.position,
            "text": row.text,
            "priority": row.priority or None,
            "verdict": row.verdict or None,
        }

    @classmethod
    def of(cls, row: Recommendation) -> RecommendationOut:
        """See ``fields_of``."""
        return cls(**cls.fields_of(row))


class StatementRef(BaseModel):
    """Where a recommendation is printed."""

    document: str
    id: str
    address: str


class RecommendationWhole(RecommendationOut):
    """A recommendation with the statements that it is."""

    statements: list[StatementRef]


class RatingOut(BaseModel):
    """A rating as a paper gives it."""

    document: str
    evaluation: str | None
    part: str
    position: int
    criterion: str
    value: float | None
    scale: str | None
    as_printed: str | None
    page: int | None

    @classmethod
    def of(cls, row: Rating, evaluations: frozenset[str] | None = None) -> RatingOut:
        """Of a row with its part and document."""
        evaluation = row.part.evaluation_key
        return cls(
            document=row.document.key,
            evaluation=evaluation or None if evaluations is None or evaluation in evaluations else None,
            part=row.part.record_id,
            position=row.position,
            criterion=row.criterion,
            value=row.value,
            scale=row.scale or None,
            as_printed=row.as_printed or None,
            page=row.page,
        )


class VersionOut(BaseModel):
    """A version of a paper's record. It never changes."""

    number: int
    how: str
    sha256: str
    record_schema: str
    reader: str | None
    made_by: str
    made: datetime
    note: str | None

    @classmethod
    def of(cls, row: Version) -> VersionOut:
        """Of a row."""
        return cls(
            number=row.number,
            how=row.how,
            sha256=row.sha256,
            record_schema=row.schema,
            reader=row.reader or None,
            made_by=row.made_by,
            made=row.made,
            note=row.note or None,
        )


class HitOut(BaseModel):
    """Words that were found."""

    document: str
    kind: str = Field(description="Of a statement, or passage.")
    id: str
    label: str | None
    text: str
    page: int | None
    marks: list[tuple[int, int]] = Field(description="Spans of the text that were looked for, in code points.")
    score: float

    @classmethod
    def of(cls, hit: Hit) -> HitOut:
        """Of a hit."""
        return cls(
            document=hit.document.key,
            kind=hit.kind,
            id=hit.id,
            label=hit.label or None,
            text=hit.text,
            page=hit.page,
            marks=list(hit.marks),
            score=hit.score,
        )


class EvaluationsPage(BaseModel):
    """A page of evaluations, newest made first."""

    items: list[EvaluationOut]
    next: str | None = Field(description="Cursor of the next page; null: this is the last.")
    total: int = Field(description="Of all pages.")


class DocumentsPage(BaseModel):
    """A page of papers, newest first."""

    items: list[DocumentOut]
    next: str | None


class StatementsPage(BaseModel):
    """A page of statements, by document and id."""

    items: list[StatementOut]
    next: str | None


class RecommendationsPage(BaseModel):
    """A page of recommendations, newest first."""

    items: list[RecommendationOut]
    next: str | None


class RatingsPage(BaseModel):
    """A page of ratings, by document and position."""

    items: list[RatingOut]
    next: str | None


class HitsPage(BaseModel):
    """A page of hits, best first."""

    items: list[HitOut]
    next: str | None
    faults: list[str] = Field(description="What of the query says nothing.")


class FacetValue(BaseModel):
    """A value of a facet."""

    value: str = Field(description="Empty: not known.")
    count: int = Field(description="How many evaluations choosing it would give.")


class EvaluationWhole(EvaluationOut):
    """An evaluation with its papers."""

    countries: list[str] = Field(description="Codes of ISO 3166: KE.")
    themes: list[str]
    sdgs: list[str] = Field(description="Numbers of Sustainable Development Goals.")
    documents: list[DocumentOut] = Field(description="Those that you may see; the one that speaks first before the others.")


def grouped(facets: Iterable[tuple[str, str]]) -> Mapping[str, list[str]]:
    """Values of facets by kind, in their order."""
    out: dict[str, list[str]] = {}
    for kind, value in sorted(facets):
        out.setdefault(kind, []).append(value)
    return out
