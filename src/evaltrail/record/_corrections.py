"""Corrections: what a person changed in what was read, kept on its own and made again on a better reading of the same paper.

A correction names statements by their ids and not by their position, and knows what it saw when it was made: the old
value, and enough of each statement to find it again.  :func:`corrected` makes them.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import Field, TypeAdapter, model_validator

from evaltrail.record._models import (
    AsPrinted,
    Decision,
    DocumentInfo,
    LinkKind,
    Model,
    OverallResponse,
    Period,
    Place,
    Rating,
    Recommendation,
    Response,
    Statement,
    StatementKind,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

StatementField = Literal[
    "text",
    "kind",
    "number",
    "label",
    "parent",
    "criteria",
    "places",
    "responsible",
    "priority",
    "time",
    "resources",
    "as_printed.responsible",
    "as_printed.priority",
    "as_printed.time",
    "as_printed.resources",
    "verdict",
    "answers",
    "prompt",
    "actions",
]
DocumentField = Literal["title", "symbol", "organisation", "language", "date"]
EvaluationField = Literal["title", "label", "period"]


class Known(Model):
    """What was known of a statement when it was corrected: by this it is found again in another reading."""

    id: str
    evaluation: str
    kind: StatementKind
    number: str | None = None
    label: str | None = None
    text: str = ""


class _Correction(Model):
    by: str = Field(default="", description="Key of the person who made it.")
    at: str = Field(default="", description="When, in ISO 8601.")
    reason: str = Field(default="", description="Why, in the person's words.")
    known: tuple[Known, ...] = Field(default=(), description="The statements that it names, as they stood; filled in by noted().")

    def to_data(self) -> dict[str, Any]:
        """The correction as JSON data, without what was never set: ``old`` is only compared where it is there."""
        return self.model_dump(mode="json", by_alias=True, exclude_unset=True)

    @model_validator(mode="after")
    def _keep_kind(self) -> Self:
        # What kind it is must be in its JSON, though nobody sets it.
        self.__pydantic_fields_set__.add("kind")
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """Keys of the statements that it speaks of."""
        return ()

    @property
    def makes(self) -> str | None:
        """The id of the statement that it makes; the same whenever and on whatever reading it is made."""
        return None


class _Valued(_Correction):
    """A field set to a value of its own type; a value that it cannot have is refused at once."""

    old: Any = Field(default=None, description="What stood there; where it is given and another value stands there, there is a conflict.")
    new: Any = Field(description="What the person set, of the type that the field has in the record.")

    @model_validator(mode="before")
    @classmethod
    def _typed(cls, data: Any) -> Any:
        adapter = _adapter(cls.__name__, data.get("field", "")) if isinstance(data, dict) else None
        if adapter is None:
            return data
        given = {name: adapter.validate_python(data[name]) for name in ("old", "new") if name in data}
        return {**data, **given}


class SetField(_Valued):
    """Another value for a field of a statement."""

    kind: Literal["set"] = "set"
    statement: str = Field(description="id of the statement.")
    field: StatementField

    @property
    def names(self) -> tuple[str, ...]:
        """The statement, and those that the new value speaks of."""
        inside = [self.new] if self.field == "parent" and self.new else []
        if self.field == "answers":
            inside = [a.id for a in self.new if a.record is None]
        return (self.statement, *inside)


class MergeStatements(_Correction):
    """A statement joined to another, of which it is a part or which goes on in it; the other keeps its id."""

    kind: Literal["merge"] = "merge"
    statement: str = Field(description="id of the statement that goes up in the other.")
    into: str = Field(description="id of the statement that stays.")
    join: Literal["space", "line"] = Field(default="space", description="What comes between their words.")

    @property
    def names(self) -> tuple[str, ...]:
        """Both."""
        return (self.statement, self.into)


class SplitStatement(_Correction):
    """A statement cut in two; the first part keeps the id, the second is new."""

    kind: Literal["split"] = "split"
    statement: str = Field(description="id of the statement.")
    offset: int = Field(gt=0, description="Code points of the text that stay.")
    becomes: StatementKind | None = Field(default=None, description="Kind of the second part; null: the same.")
    number: str | None = Field(default=None, description="Of the second part.")
    label: str | None = Field(default=None, description="Of the second part.")

    @property
    def names(self) -> tuple[str, ...]:
        """The statement."""
        return (self.statement,)

    @property
    def makes(self) -> str:
        """The id of the second part."""
        return f"{self.statement}.s-{_digest(self.kind, self.statement, self.offset, self.by, self.at)}"


class RemoveStatement(_Correction):
    """A statement that is none: taken out with its parts and its links. ``reason`` says why."""

    kind: Literal["remove"] = "remove"
    statement: str = Field(description="id of the statement.")
    keep_parts: bool = Field(default=False, description="Whether its parts stay, as statements of their own.")

    @property
    def names(self) -> tuple[str, ...]:
        """The statement."""
        return (self.statement,)


class AddStatement(_Correction):
    """A statement that was not found; other fields are set by further corrections."""

    kind: Literal["add"] = "add"
    evaluation: str = Field(description="id of the evaluation that states it.")
    part: str = Field(default="", description="Label and title of that evaluation; filled in by noted().")
    becomes: StatementKind = Field(description="Its kind.")
    text: str = Field(min_length=1, description="Its words without its label.")
    number: str | None = None
    label: str | None = None
    parent: str | None = Field(default=None, description="id of the statement of which it is a part.")
    after: str | None = Field(default=None, description="id of the statement that it follows; null: by its place.")
    places: tuple[Place, ...] = Field(default=(), description="Where its words stand; empty where they stand nowhere.")
    words: tuple[str, ...] = Field(default=(), description="The page's own words at each of the places; filled in by noted().")

    @property
    def names(self) -> tuple[str, ...]:
        """The whole of which it is a part, and what it follows."""
        return tuple(s for s in (self.parent, self.after) if s)

    @property
    def makes(self) -> str:
        """The id of the statement."""
        spans = [[p.page, p.start, p.end] for p in self.places]
        return f"{self.evaluation}.n-{_digest(self.kind, self.becomes, self.text, spans, self.by, self.at)}"


class MoveStatement(_Correction):
    """A statement that belongs elsewhere: to another evaluation of the paper, or after another statement. Its parts go with it."""

    kind: Literal["move"] = "move"
    statement: str = Field(description="id of the statement.")
    evaluation: str = Field(description="id of the evaluation that states it.")
    part: str = Field(default="", description="Label and title of that evaluation; filled in by noted().")
    after: str | None = Field(default=None, description="id of the statement that it follows; null: the first of its kind.")

    @property
    def names(self) -> tuple[str, ...]:
        """The statement and the one that it follows."""
        return (self.statement, *((self.after,) if self.after else ()))


class AddLink(_Correction):
    """A relation between two statements that a person sees; a proposed one becomes a person's."""

    kind: Literal["link"] = "link"
    from_: str = Field(alias="from", description="id of a statement.")
    to: str = Field(description="id of the other statement.")
    link: LinkKind = Field(description="Kind of the link.")

    @property
    def names(self) -> tuple[str, ...]:
        """Both ends."""
        return (self.from_, self.to)


class RemoveLink(_Correction):
    """A relation that is none."""

    kind: Literal["unlink"] = "unlink"
    from_: str = Field(alias="from", description="id of a statement.")
    to: str = Field(description="id of the other statement.")
    link: LinkKind = Field(description="Kind of the link.")

    @property
    def names(self) -> tuple[str, ...]:
        """Both ends."""
        return (self.from_, self.to)


class ChangeLink(_Correction):
    """A relation that has another end or is of another kind."""

    kind: Literal["relink"] = "relink"
    from_: str = Field(alias="from", description="id of a statement.")
    to: str = Field(description="id of the other statement.")
    link: LinkKind = Field(description="Kind of the link.")
    new_from: str
    new_to: str
    new_link: LinkKind

    @property
    def names(self) -> tuple[str, ...]:
        """All ends."""
        return tuple(dict.fromkeys((self.from_, self.to, self.new_from, self.new_to)))


class ChangeRating(_Correction):
    """A rating that was read wrongly (old and new), not found (new alone), or is none (old alone)."""

    kind: Literal["rating"] = "rating"
    evaluation: str = Field(description="id of the evaluation.")
    part: str = Field(default="", description="Label and title of that evaluation; filled in by noted().")
    old: Rating | None = None
    new: Rating | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.old is None and self.new is None:
            raise ValueError("a rating to change, to add or to remove is missing")
        return self


class SetDocument(_Valued):
    """Another value for a field of the document itself."""

    kind: Literal["document"] = "document"
    field: DocumentField


class SetEvaluation(_Valued):
    """Another title, label or period of an evaluation."""

    kind: Literal["evaluation"] = "evaluation"
    evaluation: str = Field(description="id of the evaluation.")
    part: str = Field(default="", description="Label and title of that evaluation; filled in by noted().")
    field: EvaluationField


class SplitEvaluation(_Correction):
    """An evaluation that is two: a statement and all that follows it in the paper, or what is chosen, belong to another, which is new.

    Parts go with their whole. Ratings and the answer to the evaluation as a whole go only where they stand after the statement and
    nothing was chosen.
    """

    kind: Literal["split_evaluation"] = "split_evaluation"
    statement: str = Field(description="id of the first statement of the new evaluation.")
    statements: tuple[str, ...] = Field(
        default=(), description="ids of what else belongs to the new evaluation; empty: all that follows the first in the paper."
    )
    title: str = Field(default="", description="Of the new evaluation.")
    label: str | None = Field(default=None, description="Of the new evaluation.")
    period: Period = Field(default_factory=Period, description="Of the new evaluation.")

    @property
    def names(self) -> tuple[str, ...]:
        """The statements."""
        return tuple(dict.fromkeys((self.statement, *self.statements)))

    @property
    def evaluation(self) -> str:
        """The id of the evaluation that it makes."""
        return f"e-{_digest(self.kind, self.statement, self.by, self.at)}"


class MergeEvaluations(_Correction):
    """Two evaluations that are one; the other keeps its id, title and period."""

    kind: Literal["merge_evaluations"] = "merge_evaluations"
    evaluation: str = Field(description="id of the evaluation that goes up in the other.")
    part: str = Field(default="", description="Label and title of that evaluation; filled in by noted().")
    into: str = Field(description="id of the evaluation that stays.")


class ChangeOverallResponse(_Correction):
    """An answer to an evaluation as a whole that was read wrongly (old and new), not found (new alone), or is none (old alone)."""

    kind: Literal["overall_response"] = "overall_response"
    evaluation: str = Field(description="id of the evaluation.")
    part: str = Field(default="", description="Label and title of that evaluation; filled in by noted().")
    old: OverallResponse | None = None
    new: OverallResponse | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.old is None and self.new is None:
            raise ValueError("an answer to change, to add or to remove is missing")
        return self


class ChangeDecision(_Correction):
    """A decision of a governing body that was read wrongly (old and new), not found (new alone), or is none (old alone)."""

    kind: Literal["decision"] = "decision"
    old: Decision | None = None
    new: Decision | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.old is None and self.new is None:
            raise ValueError("a decision to change, to add or to remove is missing")
        return self


Correction = Annotated[
    SetField
    | MergeStatements
    | SplitStatement
    | RemoveStatement
    | AddStatement
    | MoveStatement
    | AddLink
    | RemoveLink
    | ChangeLink
    | ChangeRating
    | SetDocument
    | SetEvaluation
    | SplitEvaluation
    | MergeEvaluations
    | ChangeOverallResponse
    | ChangeDecision,
    Field(discriminator="kind"),
]
"""One change; ``kind`` tells which."""


def correction(data: Mapping[str, Any] | str | bytes) -> Correction:
    """A correction from JSON text or data. Raises ``pydantic.ValidationError`` that lists all faults."""
    adapter: TypeAdapter[Correction] = _union()
    return adapter.validate_json(data) if isinstance(data, (str, bytes)) else adapter.validate_python(data)


def redirected(change: Correction, statements: Mapping[str, str], evaluations: Mapping[str, str] | None = None) -> Correction:
    """The same correction of other statements or evaluations, where a person has said which are meant; what it saw is forgotten.

    Args:
        change: a correction.
        statements: ids that it names, each with the id of the statement that is meant.
        evaluations: the same of evaluations.

    Raises:
        pydantic.ValidationError: it cannot speak of them.
    """
    data = change.to_data()
    for name in ("known", "old", "words", "part"):
        data.pop(name, None)
    if isinstance(change, (ChangeRating, ChangeOverallResponse, ChangeDecision)) and change.old is not None:
        data["old"] = change.old.model_dump(mode="json", by_alias=True)
    for name in ("statement", "into", "from", "to", "new_from", "new_to", "parent", "after", "evaluation"):
        of_evaluations = name == "evaluation" or (name == "into" and isinstance(change, MergeEvaluations))
        instead = (evaluations or {}) if of_evaluations else statements
        if data.get(name) in instead:
            data[name] = instead[data[name]]
    if isinstance(change, SplitEvaluation) and change.statements:
        data["statements"] = [statements.get(key, key) for key in change.statements]
    if isinstance(change, SetField) and change.field == "parent":
        data["new"] = statements.get(change.new, change.new)
    if isinstance(change, SetField) and change.field == "answers":
        data["new"] = [a if a.get("record") else {**a, "id": statements.get(a["id"], a["id"])} for a in data["new"]]
    return correction(data)


@cache
def _union() -> TypeAdapter[Correction]:
    return TypeAdapter(Correction)


@cache
def _adapter(of: str, field: str) -> TypeAdapter[Any] | None:
    """Of the values that a field can have; None for a field that is not there."""
    if of == "SetEvaluation":
        given: dict[str, Any] = {"title": str, "label": str | None, "period": Period}
        return TypeAdapter(given[field]) if field in given else None
    whole, _, part = field.partition(".")
    if of == "SetDocument":
        models: tuple[type[Model], ...] = (DocumentInfo,)
    elif part:
        models = (AsPrinted,) if whole == "as_printed" else ()
    elif field == "kind":
        return TypeAdapter(StatementKind)
    else:
        models = (Statement, Recommendation, Response)
    known = next((m.model_fields[part or field] for m in models if (part or field) in m.model_fields), None)
    return TypeAdapter[Any](known.annotation) if known is not None and known.annotation is not None else None


def _digest(*parts: Any) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode()).hexdigest()[:8]
