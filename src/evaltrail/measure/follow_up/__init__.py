"""Follow-up figures: what is known (facts), what is counted (definitions, as data), and the figures themselves."""

from evaltrail.measure.follow_up.changes import Changed, changed
from evaltrail.measure.follow_up.definition import Definition, Definitions, Refused, load, parsed, shipped
from evaltrail.measure.follow_up.facts import (
    ActionFacts,
    Addressee,
    DropMeaning,
    EvaluationFacts,
    FollowUp,
    Meaning,
    RecommendationFacts,
    Verdict,
    evaluations_of,
)
from evaltrail.measure.follow_up.figures import NO_EXTENSION, NOT_GRANTED, Dimension, Facts, Figure, Period, by, figure, not_by

__all__ = [
    "NOT_GRANTED",
    "NO_EXTENSION",
    "ActionFacts",
    "Addressee",
    "Changed",
    "Definition",
    "Definitions",
    "Dimension",
    "DropMeaning",
    "EvaluationFacts",
    "Facts",
    "Figure",
    "FollowUp",
    "Meaning",
    "Period",
    "RecommendationFacts",
    "Refused",
    "Verdict",
    "by",
    "changed",
    "evaluations_of",
    "figure",
    "load",
    "not_by",
    "parsed",
    "shipped",
]
