"""Follow-up figures: what is known (facts), what is counted (definitions, as data), and the figures themselves."""

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

__all__ = [
    "ActionFacts",
    "Addressee",
    "DropMeaning",
    "EvaluationFacts",
    "FollowUp",
    "Meaning",
    "RecommendationFacts",
    "Verdict",
    "evaluations_of",
]
