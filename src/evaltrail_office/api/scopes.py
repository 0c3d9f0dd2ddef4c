"""What a token may be used for. A scope only narrows: a token never does more than its person may do at that moment."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """One thing that a token may be used for."""

    READ_RECORDS = "read:records", _("read evaluations, papers, statements, recommendations and ratings, search them, follow changes")
    READ_OFFICE = "read:office", _("read the work plan, how far uploads and jobs have come; of administrators also people and units")
    READ_FOLLOW_UP = "read:follow-up", _("read how recommendations are followed: answers, actions, proofs, concerns, decisions, figures")
    WRITE_FOLLOW_UP = (
        "write:follow-up",
        _("report and claim actions with proof, ask for later dates, turn the second key, draft answers"),
    )
    WRITE_INTAKE = "write:intake", _("bring papers")
    WRITE_CORRECTIONS = "write:corrections", _("correct and confirm what was read")
    EXPORT = "export", _("take everything out as JSON Lines or CSV")
    FEED = "feed", _("read the feed of what was released")


CHOOSABLE = tuple(scope for scope in Scope if scope is not Scope.FEED)
"""Scopes of a token for programs. The feed has tokens of its own, because they stand in an address."""
