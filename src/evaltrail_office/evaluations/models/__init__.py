"""Rows of evaluations. A file a matter: what an evaluation is, what is proposed of it, its plan, team, comments, quality."""

from evaltrail_office.evaluations.models.checks import Check
from evaltrail_office.evaluations.models.comments import Comment, CommentKind, Decision
from evaltrail_office.evaluations.models.evaluation import Evaluation, EvaluationKind, Facet, Recommendation, Sameness, State, Timing
from evaltrail_office.evaluations.models.plan import (
    Baseline,
    BaselineLine,
    Chosen,
    Frozen,
    Gate,
    GateDecision,
    GateKind,
    Outcome,
    Plan,
    PlanChange,
    What,
)
from evaltrail_office.evaluations.models.proposals import FacetProposal, ProposalState
from evaltrail_office.evaluations.models.quality import Assessment, Judgement
from evaltrail_office.evaluations.models.team import Contract, Deliverable, Interest, MoneyEntry, MoneyKind

__all__ = [
    "Assessment",
    "Baseline",
    "BaselineLine",
    "Check",
    "Chosen",
    "Comment",
    "CommentKind",
    "Contract",
    "Decision",
    "Deliverable",
    "Evaluation",
    "EvaluationKind",
    "Facet",
    "FacetProposal",
    "Frozen",
    "Gate",
    "GateDecision",
    "GateKind",
    "Interest",
    "Judgement",
    "MoneyEntry",
    "MoneyKind",
    "Outcome",
    "Plan",
    "PlanChange",
    "ProposalState",
    "Recommendation",
    "Sameness",
    "State",
    "Timing",
    "What",
]
