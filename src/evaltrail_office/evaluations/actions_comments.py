"""Comments on drafts. Whoever is consulted comments; the evaluation team alone decides, and gives its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaltrail_office.accounts.access import require, scope_of
from evaltrail_office.accounts.policy import SEES, Role, Stage, Verb
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.evaluations.models import Comment, CommentKind, Decision, Evaluation
from evaltrail_office.evaluations.passages import QUOTED
from evaltrail_office.journal.actions import note

if TYPE_CHECKING:
    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.passages import Passage
    from evaltrail_office.shelf.models import Document

_DRAFTS = frozenset({Stage.DRAFT, Stage.CIRCULATED})


def takes_comments(document: Document) -> bool:
    """Whether it is still a draft."""
    return document.stage in _DRAFTS


def comment(user: User, document: Document, passage: Passage, kind: CommentKind, text: str) -> Comment:
    """Comment on a passage of a draft.

    Raises:
        PermissionDenied: the person is not consulted on the evaluation that the passage is about.
        Refused: the paper is issued, belongs to no evaluation, or nothing is said.
    """
    if not takes_comments(document):
        raise Refused(_("It has been issued: drafts are commented on."))
    evaluation = Evaluation.objects.filter(key=passage.evaluation).first()
    if evaluation is None or document.current is None:
        raise Refused(_("The paper belongs to no evaluation yet. Match it first."))
    if not text.strip():
        raise Refused(_("Write the comment."), "text")
    made = Comment(
        evaluation=evaluation,
        document=document,
        version=document.current.number,
        passage=passage.id[:100],
        label=passage.label[:120],
        position=passage.position,
        quoted=passage.text[:QUOTED],
        kind=kind,
        text=text.strip(),
        group=group_of(user, evaluation.key),
        made_by=user.key,
    )
    require(user, Verb.COMMENT, made)
    with transaction.atomic():
        made.save()
        note(user, "commented", f"comment:{made.pk}", about=evaluation.key, new={"document": document.key, "passage": made.passage})
    return made


def group_of(user: User, evaluation: str) -> str:
    """The group of constituents for which a person speaks in an evaluation; empty for everybody else."""
    scope = scope_of(user)
    roles = scope.roles(evaluation)
    if Role.CONSTITUENT not in roles or roles & SEES[Stage.DRAFT]:
        return ""
    own = scope.groups.get(evaluation, frozenset()) or scope.groups.get("", frozenset())
    return min(own, default="")


def withdraw_comment(user: User, made: Comment) -> None:
    """Withdraw one's own comment while nothing is decided on it."""
    if made.made_by != user.key:
        raise PermissionDenied(_("Comments are withdrawn by whoever made them."))
    if made.decision:
        raise Refused(_("The team has decided on it already."))
    if made.withdrawn is not None:
        return
    with transaction.atomic():
        made.withdrawn = timezone.now()
        made.save(update_fields=["withdrawn"])
        note(user, "withdrew", f"comment:{made.pk}", about=made.evaluation.key)


def decide_comment(user: User, made: Comment, decision: Decision, reason: str) -> None:
    """Accept a comment, accept it in part or reject it, with the reason. A new decision replaces the old, which the journal keeps.

    Raises ``PermissionDenied`` for everybody outside the evaluation's team, ``Refused`` without a reason.
    """
    require(user, Verb.DECIDE_COMMENT, made)
    if not reason.strip():
        raise Refused(_("Give a reason: whoever commented will read it."), "reason")
    with transaction.atomic():
        made = Comment.objects.select_for_update().get(pk=made.pk)
        if made.withdrawn is not None:
            raise Refused(_("It was withdrawn."))
        old = {"decision": made.decision, "reason": made.reason, "disagreement": made.disagreement, "printed": made.printed}
        made.decision, made.reason = decision, reason.strip()
        made.decided_by, made.decided = user.key, timezone.now()
        if old["decision"] != decision:
            # The disagreement was with another decision.
            made.disagreement, made.printed = "", False
        made.save()
        note(
            user,
            "decided",
            f"comment:{made.pk}",
            about=made.evaluation.key,
            old=old if old["decision"] else None,
            new={"decision": decision.value},
            reason=made.reason,
        )


def disagree(user: User, made: Comment, text: str) -> None:
    """Say what one still holds against a decision on one's comment; an empty text takes it back."""
    if made.made_by != user.key:
        raise PermissionDenied(_("Whoever commented may disagree with what was decided."))
    if not made.decision or made.decision == Decision.ACCEPTED:
        raise Refused(_("There is nothing to disagree with: it is not decided, or accepted."), "disagreement")
    with transaction.atomic():
        made.disagreement = text.strip()
        made.printed = made.printed and bool(made.disagreement)
        made.save(update_fields=["disagreement", "printed"])
        note(user, "disagreed" if made.disagreement else "agreed", f"comment:{made.pk}", about=made.evaluation.key)


def print_disagreement(user: User, made: Comment, *, printed: bool) -> None:
    """Mark that a disagreement is to be printed in the report, or that it is not. Done by who writes the report."""
    require(user, Verb.WRITE, made)
    if printed and not made.disagreement:
        raise Refused(_("No disagreement is stated."))
    if made.printed == printed:
        return
    with transaction.atomic():
        made.printed = printed
        made.save(update_fields=["printed"])
        verb = "marked for print" if printed else "unmarked for print"
        note(user, verb, f"comment:{made.pk}", about=made.evaluation.key)
