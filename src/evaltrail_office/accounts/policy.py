"""Who may see and do what: the roles, the stages of a document, and one table for each. Nothing here asks the database.

The rules follow what evaluation offices publish of themselves: an evaluation team decides on its own text, management sees no draft
before it is circulated, those who run the system see no draft.
"""

from __future__ import annotations

from django.db import models


class Role(models.TextChoices):
    """What a person is in an evaluation."""

    HEAD = "head", "head of evaluation"
    MANAGER = "manager", "evaluation manager"
    TEAM = "team", "evaluation team"
    COMMISSIONER = "commissioner", "commissioner"
    REFERENCE_GROUP = "reference_group", "reference group"
    COORDINATOR = "coordinator", "response coordinator"
    FOCAL_POINT = "focal_point", "unit focal point"
    VERIFIER = "verifier", "verifier"
    GOVERNING_BODY = "governing_body", "governing-body member"
    CONSTITUENT = "constituent", "constituent"
    READER = "reader", "reader"

    @property
    def office_wide(self) -> bool:
        """Whether it can be held in the whole office and not only in one evaluation."""
        return self in {Role.HEAD, Role.VERIFIER, Role.COORDINATOR, Role.GOVERNING_BODY, Role.CONSTITUENT, Role.READER}


class Group(models.TextChoices):
    """Groups of constituents: they do not see each other's entries before release."""

    GOVERNMENT = "government", "government"
    EMPLOYERS = "employers", "employers"
    WORKERS = "workers", "workers"


class Stage(models.TextChoices):
    """How far a document has come, and with it who may see it."""

    DRAFT = "draft", "draft"
    CIRCULATED = "circulated", "circulated"
    ISSUED = "issued", "issued"
    """To the governing body, from the embargo date on."""
    RELEASED = "released", "released"
    """To everybody with an account."""


class Verb(models.TextChoices):
    """What can be done to an evaluation or a document."""

    SEE = "see"
    UPLOAD = "upload"
    CORRECT = "correct"
    CONFIRM = "confirm"
    MATCH = "match"
    """Say that statements, documents and evaluations are the same."""
    PLAN = "plan"
    """Change the work plan, dates, budget."""
    APPROVE = "approve"
    """Pass a gate."""
    GRANT = "grant"
    """Give and withdraw roles."""
    COMMENT = "comment"
    DECIDE_COMMENT = "decide_comment"
    WRITE = "write"
    """Write in the evaluation's own draft."""
    CIRCULATE = "circulate"
    ISSUE = "issue"
    RELEASE = "release"
    ASSESS = "assess"
    """Judge the quality of an issued report."""
    ANSWER = "answer"
    """Give the management response."""


_DRAFTERS = frozenset({Role.HEAD, Role.MANAGER, Role.TEAM})
_CONSULTED = frozenset({Role.COMMISSIONER, Role.REFERENCE_GROUP, Role.COORDINATOR, Role.FOCAL_POINT})
_LATER = frozenset({Role.VERIFIER, Role.GOVERNING_BODY})

SEES: dict[Stage, frozenset[Role]] = {
    Stage.DRAFT: _DRAFTERS,
    Stage.CIRCULATED: _DRAFTERS | _CONSULTED,
    Stage.ISSUED: _DRAFTERS | _CONSULTED | _LATER,
    Stage.RELEASED: frozenset(Role),
}
"""Roles that see a document of each stage. Those of ``GOVERNING_BODY`` see an issued one from its embargo date on."""

DOES: dict[Verb, frozenset[Role]] = {
    Verb.UPLOAD: frozenset({Role.HEAD, Role.MANAGER}),
    Verb.CORRECT: frozenset({Role.HEAD, Role.MANAGER}),
    Verb.CONFIRM: frozenset({Role.HEAD, Role.MANAGER}),
    Verb.MATCH: frozenset({Role.HEAD, Role.MANAGER}),
    Verb.PLAN: frozenset({Role.HEAD, Role.MANAGER}),
    Verb.APPROVE: frozenset({Role.HEAD}),
    Verb.GRANT: frozenset({Role.HEAD, Role.MANAGER}),
    Verb.COMMENT: frozenset(Role) - {Role.READER, Role.GOVERNING_BODY},
    Verb.DECIDE_COMMENT: frozenset({Role.TEAM}),
    Verb.WRITE: frozenset({Role.MANAGER, Role.TEAM}),
    Verb.CIRCULATE: frozenset({Role.HEAD, Role.MANAGER}),
    Verb.ISSUE: frozenset({Role.HEAD}),
    Verb.RELEASE: frozenset({Role.HEAD}),
    Verb.ASSESS: frozenset({Role.VERIFIER}),
    Verb.ANSWER: frozenset({Role.COORDINATOR, Role.FOCAL_POINT}),
}
"""Roles that may do each thing, to what they see."""

WORKS_IN_OFFICE = frozenset({Role.HEAD, Role.MANAGER})
"""Roles whose holders work in the evaluation office: they may upload papers that belong to no evaluation yet."""
