"""The record: what one document says, statement by statement, each with its place.

Every model is frozen, keeps fields that it does not know (a newer or a house
schema may add some) and reports all faults of an input at once.

Boxes are ``(left, bottom, right, top)`` in points, in the page's own PDF
coordinates (origin at the bottom left), the order and origin of PDFium, so that
a box can be put to ``get_text_bounded`` unchanged.  Offsets are code points in
``pages[].text``.
"""

from __future__ import annotations

import hashlib
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA = "evaltrail.record/1"

Box = tuple[float, float, float, float]
"""left, bottom, right, top in points; origin at the page's bottom left corner."""

StatementKind = Literal["finding", "conclusion", "lesson", "good_practice", "recommendation", "response"]
ObservationKind = Literal["finding", "conclusion", "lesson", "good_practice"]
DocumentState = Literal["draft", "read", "confirmed", "issued"]
Verdict = Literal["accepted", "partially_accepted", "rejected", "noted", "unclear"]
LinkKind = Literal["supports", "leads_to", "answers", "implements"]
LinkBasis = Literal["stated", "proposed", "person"]
PassageKind = Literal["title", "heading", "paragraph", "item", "table", "caption"]
Role = Literal[
    "summary",
    "background",
    "method",
    "findings",
    "conclusions",
    "lessons",
    "good_practices",
    "recommendations",
    "response",
    "decision",
    "ratings",
    "annex",
    "references",
    "contents",
    "aside",
    "foreign",
]
How = Literal["printed", "inferred", "person"]


class Model(BaseModel):
    """Base of all record models: frozen, unknown fields kept, aliases or names accepted, numbers finite."""

    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True, allow_inf_nan=False)


class Place(Model):
    """Where words stand: a span of one page's text and the boxes that hold it on the page."""

    page: int = Field(ge=1, description="Page number, from 1.")
    start: int = Field(ge=0, description="First code point of the span in pages[].text.")
    end: int = Field(ge=0, description="One past the last code point of the span.")
    boxes: tuple[Box, ...] = Field(
        default=(), description="left, bottom, right, top in points, one a line; empty where the format has no pages."
    )


class Origin(Model):
    """How a field came to its value."""

    how: How = Field(description="printed in the document, inferred by a rule, or set by a person.")
    rule: str = Field(default="", description="Name of the rule that inferred or normalised it.")
    score: float | None = Field(default=None, ge=0, le=1, description="Confidence between 0 and 1, null where the rule has none.")


class Period(Model):
    """Years that an evaluation covers, both included."""

    from_: int | None = Field(default=None, alias="from")
    to: int | None = None


class DocumentInfo(Model):
    """The document itself."""

    title: str = ""
    symbol: str | None = None
    organisation: str | None = None
    language: str | None = Field(default=None, description="ISO 639-1 code, null where it could not be told.")
    date: str | None = Field(
        default=None, description="Day, month or year of the paper in ISO 8601 (2020-10-28, 2020-10, 2020); null unknown."
    )
    sha256: str = ""
    media_type: str = ""
    state: DocumentState = "read"


class Page(Model):
    """One page as read. A format without pages has exactly one, of size 0 by 0."""

    number: int = Field(ge=1)
    width: float = Field(default=0, ge=0, description="Points.")
    height: float = Field(default=0, ge=0, description="Points.")
    text: str = ""


class Action(Model):
    """An action that a response promises, as printed and never live."""

    text: str
    unit: str | None = None
    due: str | None = None
    status: str | None = None
    number: str | None = Field(default=None, description="As printed, e.g. '2.1'.")
    deliverables: str | None = Field(default=None, description="What is to be delivered, where the form has a column for it.")
    resources: str | None = Field(default=None, description="What it takes, where the form has a column for it.")
    comments: str | None = Field(default=None, description="What is told of its progress, where the form has a column for it.")
    places: tuple[Place, ...] = ()


class Answer(Model):
    """What a response answers: a recommendation of this record (``record`` null) or of another."""

    record: str | None = None
    id: str


class AsPrinted(Model):
    """The words of a recommendation's action table, as they stand."""

    responsible: str | None = None
    priority: str | None = None
    time: str | None = None
    resources: str | None = None


class Statement(Model):
    """A finding, conclusion, lesson or good practice; base of the two kinds with fields of their own."""

    id: str
    parent: str | None = Field(
        default=None,
        description="id of the statement of which this is a part: a lettered, numbered or bulleted part of a recommendation. "
        "A list's words stand in the whole's text too; parts in rows of a table have fields of their own.",
    )
    kind: StatementKind
    number: str | None = Field(default=None, description="As printed; of a part its whole's number with its own marker: '3(a)', '3.1'.")
    label: str | None = Field(default=None, description="The label as printed, e.g. 'Key finding 1'.")
    text: str = Field(description="The statement's words without its label, line breaks joined; paragraphs separated by a newline.")
    criteria: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    origin: dict[str, Origin] = Field(default_factory=dict)


class Recommendation(Statement):
    """A recommendation with what its action table says."""

    kind: Literal["recommendation"] = "recommendation"
    responsible: tuple[str, ...] = ()
    priority: str | None = Field(default=None, description="high, medium or low; null where none is printed or it does not fit.")
    time: str | None = Field(
        default=None, description="short-term, medium-term, long-term, ongoing, two of them joined by ' to ', or null."
    )
    resources: str | None = Field(default=None, description="low, medium, high, existing, or null.")
    as_printed: AsPrinted = Field(default_factory=AsPrinted)


class Response(Statement):
    """Management's answer to one or more recommendations."""

    kind: Literal["response"] = "response"
    answers: tuple[Answer, ...] = ()
    prompt: str | None = Field(
        default=None,
        description="The words that it answers, where these are no statement of this record: a reviewer's comment, a question.",
    )
    verdict: Verdict | None = None
    actions: tuple[Action, ...] = ()


class OverallResponse(Model):
    """Management's answer to the evaluation as a whole, beside those to its recommendations."""

    label: str | None = None
    text: str
    verdict: Verdict | None = None
    places: tuple[Place, ...] = ()


class Observation(Statement):
    """A finding, conclusion, lesson or good practice."""

    kind: ObservationKind


AnyStatement = Annotated[Recommendation | Response | Observation, Field(discriminator="kind")]


class Rating(Model):
    """A criterion's mark. ``value`` is the number on the scale, null where only words stand and no legend maps them."""

    criterion: str | None = Field(
        default=None,
        description="One of the six criteria by its normal name, 'overall', or what is rated in its printed words, lower case.",
    )
    criterion_as_printed: str | None = None
    of: str | None = Field(default=None, description="The project, country or part that is rated, as printed; null where it is the whole.")
    value: float | None = None
    scale: str = Field(
        default="",
        description=(
            "The scale as '1-6'; where a legend gives words, they follow from the lowest: "
            "'1-4: 1 = Poor; 2 = Fair; 3 = Good; 4 = Very good'."
        ),
    )
    as_printed: str = Field(
        default="", description="The value's words as they stand ('Good - 3'); for a bar its legend's words, else its number."
    )
    places: tuple[Place, ...] = ()
    origin: dict[str, Origin] = Field(default_factory=dict)


class Link(Model):
    """A relation between two statements: stated in the text, proposed with a score, or set by a person."""

    from_: str = Field(alias="from", description="id of the statement that supports, leads to, answers or implements the other.")
    to: str
    kind: LinkKind = Field(
        description="supports: a finding supports a conclusion or lesson; "
        "leads_to: a finding, conclusion or lesson leads to a recommendation; "
        "answers: a response answers a recommendation, or a finding that it names; implements: set by a person."
    )
    basis: LinkBasis = Field(description="stated by the paper, proposed by a rule, or set by a person.")
    score: float | None = Field(
        default=None, ge=0, le=1, description="How likely a proposed link is right, null for one that is stated or set by a person."
    )
    rule: str = Field(default="", description="Name of the rule that proposed it.")
    places: tuple[Place, ...] = Field(default=(), description="The words that state it; empty where it is proposed or told by its place.")


class Evaluation(Model):
    """One evaluation of the document and everything stated in it."""

    id: str
    label: str | None = None
    title: str = ""
    period: Period = Field(default_factory=Period)
    statements: tuple[AnyStatement, ...] = ()
    ratings: tuple[Rating, ...] = ()
    links: tuple[Link, ...] = ()
    overall_responses: tuple[OverallResponse, ...] = ()


class ParagraphRange(Model):
    """Paragraph numbers that a decision refers to, both included."""

    from_: str = Field(alias="from")
    to: str


class Decision(Model):
    """A draft or adopted decision of a governing body."""

    paragraph: str | None = None
    text: str
    refers: tuple[ParagraphRange, ...] = ()
    places: tuple[Place, ...] = ()


class Paragraph(Model):
    """A numbered paragraph."""

    number: str
    text: str
    places: tuple[Place, ...] = ()


class Footnote(Model):
    """A footnote; ``marks`` are the places in the body that call it."""

    number: str
    text: str
    places: tuple[Place, ...] = ()
    marks: tuple[Place, ...] = ()


class Quantity(Model):
    """A number with its unit and what it counts."""

    value: float
    unit: str | None = Field(
        default=None,
        description=(
            "percent, an ISO 4217 code, a unit of measure in its normal form (years, km), year for a calendar year, "
            "or the noun counted as printed."
        ),
    )
    of: str | None = Field(default=None, description="What is counted or measured, as printed; null where the text does not say.")
    upper: float | None = Field(default=None, description="Upper end of a range: 15 in '10 to 15 per cent', 2019 in '2014–19'.")
    bound: Literal["about", "more_than", "at_least", "less_than", "at_most"] | None = None
    out_of: float | None = Field(default=None, description="The whole that a count is taken from: 5 in 'three of the five countries'.")
    text: str = Field(description="The words as printed.")
    paragraph: str | None = Field(default=None, description="Number of the paragraph, 'fnN' for a footnote.")
    places: tuple[Place, ...] = ()


Span = Annotated[tuple[int, int], Field(description="First code point and one past the last, in the text.")]


class Cell(Model):
    """A cell of a table: the row and column of its top left corner, from 0, how many it spans, and its words."""

    row: int = Field(ge=0)
    column: int = Field(ge=0)
    row_span: int = Field(default=1, ge=1)
    column_span: int = Field(default=1, ge=1)
    header: bool = False
    text: str = Field(description="The cell's words; its paragraphs and items separated by newlines.")
    bold: tuple[Span, ...] = Field(default=(), description="Spans of the text that stand in bold; of a header cell none are kept.")
    places: tuple[Place, ...] = ()


class Mark(Model):
    """Where a text calls a footnote: the mark is cut from the text, ``at`` is the offset where it stood."""

    at: int = Field(ge=0)
    number: str


class Passage(Model):
    """A heading, paragraph, list item, table or caption in reading order: what the paper says between its statements too."""

    kind: PassageKind
    level: int = Field(default=0, ge=0, description="Level of a heading from 1, depth of an item from 1, else 0.")
    marker: str = Field(default="", description="The number or bullet before the words, as printed: '26.', '(a)', '2.1'.")
    text: str = Field(default="", description="The words without marker, line breaks joined and hyphenation undone; empty for a table.")
    places: tuple[Place, ...] = Field(default=(), description="Of the words; the marker stands right before.")
    section: int | None = Field(
        default=None, description="Index in passages[] of the heading right above; of a heading, the one around it."
    )
    heads: tuple[Role, ...] = Field(default=(), description="What a heading's words make of the section under it.")
    within: tuple[Role, ...] = Field(
        default=(),
        description="What the headings above make of the passage; 'aside': contents, references, foreword; 'foreign': other papers.",
    )
    evaluation: str | None = Field(default=None, description="id of the evaluation in whose part of the paper it stands.")
    bold: tuple[Span, ...] = Field(default=(), description="Spans of the text that stand in bold; of a heading none are kept.")
    italic: tuple[Span, ...] = Field(default=(), description="Spans of the text that stand in italics; of a heading none are kept.")
    box: str | None = Field(
        default=None, description="Key of the drawn frame or shaded panel around it; neighbours with the same key stand in one."
    )
    marks: tuple[Mark, ...] = ()
    cells: tuple[Cell, ...] = Field(default=(), description="A table's cells, by row, then column.")
    header_rows: int = Field(default=0, ge=0, description="Leading rows of a table that are headings.")


class Reading(Model):
    """One thing as it was read, kept when the record is corrected: what became of it shows where the paper no longer holds."""

    kind: Literal["document", "evaluation", "statement", "overall_response", "decision", "rating"]
    id: str | None = Field(default=None, description="id that the evaluation or statement was given; null of what has none.")
    evaluation: str | None = Field(default=None, description="id of the evaluation to which it belongs.")
    label: str | None = Field(default=None, description="Its label as printed; of the document its symbol.")
    text: str | None = Field(default=None, description="Title of the document or an evaluation, a rating's words as printed.")
    value: float | None = Field(default=None, description="Of a rating: its number on the scale.")
    digest: str | None = Field(
        default=None, description="Of what a person reads in full: the first 16 hexadecimal digits of the SHA-256 of its words in UTF-8."
    )
    places: tuple[Place, ...] = Field(
        default=(), description="Its words, without boxes; of an evaluation the heading of its part, if it has one."
    )
    as_printed: AsPrinted | None = Field(default=None, description="Of a recommendation: the words of its action table.")
    actions: tuple[Action, ...] = Field(default=(), description="Of a response: its actions, places without boxes.")


def digest_of(words: str) -> str:
    """What ``Reading.digest`` holds of these words."""
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]


class Diagnostic(Model):
    """Something the reader could not do, or did with doubt. Codes are listed in the reference."""

    code: str
    message: str
    lost: bool = Field(default=False, description="Whether words of the document are missing from the record because of it.")
    places: tuple[Place, ...] = ()


class Record(Model):
    """What one document says. Immutable; a correction makes a new version."""

    schema_: str = Field(default=SCHEMA, alias="schema")
    document: DocumentInfo = Field(default_factory=DocumentInfo)
    pages: tuple[Page, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    decisions: tuple[Decision, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    passages: tuple[Passage, ...] = Field(default=(), description="The whole paper in reading order; footnotes stand in footnotes[].")
    readings: tuple[Reading, ...] = Field(
        default=(), description="What was read, as it was read: by it a paper that is set anew knows what was corrected or taken out since."
    )
    diagnostics: tuple[Diagnostic, ...] = ()

    def to_json(self, *, indent: int | None = 2) -> str:
        """The record as JSON text with the schema's field names."""
        return self.model_dump_json(by_alias=True, indent=indent)

    @classmethod
    def from_json(cls, text: str | bytes) -> Record:
        """A record from JSON text.

        Raises ``pydantic.ValidationError`` that lists all faults.
        """
        return cls.model_validate_json(text)


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the record."""
    schema = Record.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return schema
