"""The record and what belongs to it. See ``docs/reference/record.md``."""

from evaltrail.record._models import (
    SCHEMA, Action, Answer, AnyStatement, AsPrinted, Box, Decision, Diagnostic, DocumentInfo, Evaluation, Footnote,
    Link, Model, Observation, Origin, OverallResponse, Page, Paragraph, ParagraphRange, Period, Place, Quantity, Rating, Recommendation,
    Record, Response, Statement, json_schema,
)

__all__ = [
    "SCHEMA", "Action", "Answer", "AnyStatement", "AsPrinted", "Box", "Decision", "Diagnostic", "DocumentInfo",
    "Evaluation", "Footnote", "Link", "Model", "Observation", "Origin", "OverallResponse", "Page", "Paragraph", "ParagraphRange",
    "Period", "Place", "Quantity", "Rating", "Recommendation", "Record", "Response", "Statement", "json_schema",
]
