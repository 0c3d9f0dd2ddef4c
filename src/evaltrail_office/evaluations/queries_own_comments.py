"""What a person is asked to comment on, and what became of what they said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from evaltrail_office.accounts.access import scope_of, visible
from evaltrail_office.accounts.policy import CONSULTED, SEES_ALL, Stage
from evaltrail_office.evaluations import queries
from evaltrail_office.evaluations.models import Comment, Evaluation, Gate, GateKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

    from evaltrail_office.accounts.models import User
    from evaltrail_office.shelf.models import Document


@dataclass(frozen=True, slots=True)
class Asked:
    """A draft that waits for a person's comments."""

    document: Document
    evaluations: tuple[Evaluation, ...]
    """Those on which the person is consulted."""
    final: date | None
    """Day on which the final report is to pass its gate, where the plan has one: what comes later comes late."""
    issues: date | None
    """Day on which the report is to be issued; no comment is taken from then on."""
    said: int
    """Comments that the person has made on it."""


def asked(user: User) -> QuerySet[Document]:
    """Circulated drafts of the evaluations on which a person is consulted."""
    scope = scope_of(user)
    every = bool(scope.office & CONSULTED & SEES_ALL[Stage.CIRCULATED])
    found = queries.documents(user).filter(stage=Stage.CIRCULATED)
    if not every:
        found = found.filter(parts__evaluation_key__in=scope.among(CONSULTED)).distinct()
    return found.order_by("-id")


def shown(user: User, documents: Iterable[Document]) -> list[Asked]:
    """A page of such drafts with what the plan says of their evaluations."""
    found = list(documents)
    scope = scope_of(user)
    consulted = {k for d in found for k in d.standing().evaluations if scope.seeing(Stage.CIRCULATED, k) & CONSULTED}
    by_key = {e.key: e for e in Evaluation.objects.filter(key__in=consulted).select_related("plan")}
    gates = Gate.objects.filter(evaluation__key__in=consulted, kind=GateKind.FINAL).exclude(due=None)
    finals = {key: due for key, due in gates.values_list("evaluation__key", "due") if due}
    counts = Comment.objects.filter(document__in=[d.pk for d in found], made_by=user.key, withdrawn=None).order_by()
    said = dict(counts.values_list("document").annotate(n=Count("pk")))
    out = []
    for d in found:
        own = tuple(by_key[k] for k in d.standing().evaluations if k in by_key)
        days: list[date] = [e.plan.issues for e in own if hasattr(e, "plan") and e.plan.issues]
        out.append(
            Asked(
                document=d,
                evaluations=own,
                final=min((finals[e.key] for e in own if e.key in finals), default=None),
                issues=min(days, default=None),
                said=said.get(d.pk, 0),
            )
        )
    return out


def own_comments(user: User, *, waiting: bool | None = None) -> QuerySet[Comment]:
    """What a person has said on papers that they still see, the last first.

    Args:
        user: the person.
        waiting: true: only what is not decided; false: only what is.
    """
    rows = Comment.objects.filter(made_by=user.key, withdrawn=None).select_related("document", "evaluation")
    if waiting is not None:
        rows = rows.filter(decision="") if waiting else rows.exclude(decision="")
    return visible(user, rows).order_by("-id")


def counted(user: User) -> tuple[int, int]:
    """How many comments a person has made, and how many of them are decided."""
    found = own_comments(user).order_by().aggregate(all=Count("pk", distinct=True), done=Count("pk", filter=~Q(decision=""), distinct=True))
    return found["all"], found["done"]
