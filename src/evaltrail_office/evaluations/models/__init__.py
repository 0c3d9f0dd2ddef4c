"""Rows of evaluations. A file a matter: what an evaluation is, its plan, comments on its drafts, its quality."""

from evaltrail_office.evaluations.models.checks import Check
from evaltrail_office.evaluations.models.evaluation import Evaluation, EvaluationKind, Facet, Recommendation, Sameness, State, Timing

__all__ = ["Check", "Evaluation", "EvaluationKind", "Facet", "Recommendation", "Sameness", "State", "Timing"]
