"""Reading the comment log of a draft, limited to what a person may see of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db.models import Q

from evaltrail_office.accounts.access import groups_hidden_from, scope_of
from evaltrail_office.accounts.policy import DOES, Stage, Verb
from evaltrail_office.evaluations.models import Comment, CommentKind, Decision

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from evaltrail_office.accounts.models import User
    from evaltrail_office.shelf.models import Document


def consulted_on(user: User, document: Document) -> list[str]:
    """Keys of the evaluations of a paper whose comments a person may read: where they are consulted or write themselves.

    A role that shows no draft there lets nobody read what is said of one, be the paper seen for another evaluation's sake.
    """
    scope, standing = scope_of(user), document.standing()
    return [key for key in standing.evaluations if key in scope.emergency or scope.seeing(standing.stage, key) & DOES[Verb.COMMENT]]


def comments(user: User, document: Document) -> QuerySet[Comment]:
    """Comments on a paper that a person may see: before release none of another group of constituents."""
    scope = scope_of(user)
    seen = Q(pk__in=[])
    for key in consulted_on(user, document):
        here = Q(evaluation__key=key)
        if document.stage != Stage.RELEASED and (hidden := groups_hidden_from(scope, key)):
            here &= ~Q(group__in=sorted(hidden)) | Q(made_by=user.key)
        seen |= here
    return Comment.objects.filter(seen, document=document, withdrawn=None).select_related("evaluation", "document")


def counted(rows: Iterable[Comment]) -> list[tuple[CommentKind, int, list[tuple[str, int]]]]:
    """How many comments there are of each kind, and how many of them have been decided how: open ones under an empty word."""
    listed = Counter((c.kind, c.decision) for c in rows)
    words = ["", *Decision.values]
    return [(kind, sum(listed[kind, w] for w in words), [(w, listed[kind, w]) for w in words]) for kind in CommentKind]
