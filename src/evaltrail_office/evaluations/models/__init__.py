"""Rows of evaluations. A file a matter: what an evaluation is, its plan, comments on its drafts, its quality."""

from evaltrail_office.evaluations.models.evaluation import Evaluation, EvaluationKind, Facet, Recommendation, Sameness, State, Timing

__all__ = ["Evaluation", "EvaluationKind", "Facet", "Recommendation", "Sameness", "State", "Timing"]
