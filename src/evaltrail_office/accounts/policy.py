"""Who may see and do what: the roles, the stages of a document, and one table for each. Nothing here asks the database.

The rules follow what evaluation offices publish of themselves: an evaluation team decides on its own text, management sees no draft
before it is circulated, those who run the system see no draft. Constituents are consulted on a draft where they were named for that
evaluation: a government, employers' or workers' organisation that the evaluation concerns is asked for comments, and has to read what it
comments on. Held in the whole office the role only says for whom somebody speaks; that opens no draft.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Role(models.TextChoices):
    """What a person is in an evaluation."""

    HEAD = "head", _("head of evaluation")
    MANAGER = "manager", _("evaluation manager")
    TEAM = "team", _("evaluation team")
    COMMISSIONER = "commissioner", _("commissioner")
    REFERENCE_GROUP = "reference_group", _("reference group")
    COORDINATOR = "coordinator", _("response coordinator")
    FOCAL_POINT = "focal_point", _("unit focal point")
    VERIFIER = "verifier", _("verifier")
    GOVERNING_BODY = "governing_body", _("governing-body member")
    CONSTITUENT = "constituent", _("constituent")
    READER = "reader", _("reader")

    @property
    def office_wide(self) -> bool:
        """Whether it can be held in the whole office and not only in one evaluation."""
        return self in {Role.HEAD, Role.VERIFIER, Role.COORDINATOR, Role.GOVERNING_BODY, Role.CONSTITUENT, Role.READER}


class Group(models.TextChoices):
    """Groups of constituents: they do not see each other's entries before release."""

    GOVERNMENT = "government", _("government")
    EMPLOYERS = "employers", _("employers")
    WORKERS = "workers", _("workers")


class Stage(models.TextChoices):
    """How far a document has come, and with it who may see it."""

    DRAFT = "draft", _("draft")
    CIRCULATED = "circulated", _("circulated")
    ISSUED = "issued", _("issued")
    """To the governing body, from the embargo date on."""
    RELEASED = "released", _("released")
    """To everybody who holds a role, be it elsewhere."""


class Verb(models.TextChoices):
    """What can be done to an evaluation or a document."""

    SEE = "see"
    UPLOAD = "upload"
    CORRECT = "correct"
    CONFIRM = "confirm"
    MATCH = "match"
    """Say that statements, documents and evaluations are the same."""
    DESCRIBE = "describe"
    """Say what an evaluation is about: country, theme, goal."""
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


WORDS: dict[Verb, _StrPromise] = {
    Verb.SEE: _("see it"),
    Verb.UPLOAD: _("bring a paper"),
    Verb.CORRECT: _("correct what was read"),
    Verb.CONFIRM: _("confirm what was read"),
    Verb.MATCH: _("say what is the same"),
    Verb.DESCRIBE: _("say what it is about"),
    Verb.PLAN: _("change the plan"),
    Verb.APPROVE: _("pass a gate"),
    Verb.GRANT: _("give a role"),
    Verb.COMMENT: _("comment"),
    Verb.DECIDE_COMMENT: _("decide on a comment"),
    Verb.WRITE: _("write the draft"),
    Verb.CIRCULATE: _("circulate"),
    Verb.ISSUE: _("issue"),
    Verb.RELEASE: _("release"),
    Verb.ASSESS: _("judge the quality"),
    Verb.ANSWER: _("answer for management"),
}
"""Each thing in words: to …"""

_DRAFTERS = frozenset({Role.HEAD, Role.MANAGER, Role.TEAM})
CONSULTED = frozenset({Role.COMMISSIONER, Role.REFERENCE_GROUP, Role.COORDINATOR, Role.FOCAL_POINT, Role.CONSTITUENT})
"""Roles whose holders are asked for their comments on a draft."""
_LATER = frozenset({Role.VERIFIER, Role.GOVERNING_BODY})

SEES: dict[Stage, frozenset[Role]] = {
    Stage.DRAFT: _DRAFTERS,
    Stage.CIRCULATED: _DRAFTERS | CONSULTED,
    Stage.ISSUED: _DRAFTERS | CONSULTED | _LATER,
    Stage.RELEASED: frozenset(Role),
}
"""Roles that see a document of each stage, held in its evaluation. Those of ``GOVERNING_BODY`` see an issued one from its embargo date on.
A released one is seen by whoever holds a role in any evaluation."""

BY_NAME = frozenset({Role.CONSTITUENT})
"""Roles that let drafts be seen only where they were given for the evaluation itself."""

SEES_ALL: dict[Stage, frozenset[Role]] = {stage: roles if stage == Stage.RELEASED else roles - BY_NAME for stage, roles in SEES.items()}
"""Roles that see every document of each stage, held in the whole office."""

DOES: dict[Verb, frozenset[Role]] = {
    Verb.UPLOAD: frozenset({Role.HEAD, Role.MANAGER}),
    Verb.CORRECT: frozenset({Role.HEAD, Role.MANAGER}),
    Verb.CONFIRM: frozenset({Role.HEAD, Role.MANAGER}),
    Verb.MATCH: frozenset({Role.HEAD, Role.MANAGER}),
    Verb.DESCRIBE: frozenset({Role.HEAD, Role.MANAGER}),
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

CONCERNS_ALL = frozenset({Verb.CIRCULATE, Verb.ISSUE, Verb.RELEASE})
"""Things that open a document to others: whoever does them to a paper on three evaluations needs the role in each of the three."""

APART: dict[Verb, frozenset[Role]] = {Verb.ASSESS: _DRAFTERS}
"""Roles whose holders may not do a thing in the same evaluation, whatever else they hold: nobody judges the quality of their own report."""

GIVES: dict[Role, frozenset[Role]] = {
    Role.HEAD: frozenset(Role),
    Role.MANAGER: frozenset(
        {Role.TEAM, Role.COMMISSIONER, Role.REFERENCE_GROUP, Role.COORDINATOR, Role.FOCAL_POINT, Role.CONSTITUENT, Role.READER}
    ),
}
"""Roles that each may give and withdraw where it holds. A manager gives nobody a part in judging the manager's own work."""

WORKS_IN_OFFICE = frozenset({Role.HEAD, Role.MANAGER})
"""Roles whose holders work in the evaluation office: they may upload papers that belong to no evaluation yet."""
