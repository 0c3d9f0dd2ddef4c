"""Reading concerns and decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q

from evaltrail_office.accounts.access import Scope, current_grants, scope_of, visible
from evaltrail_office.accounts.models import User
from evaltrail_office.accounts.policy import SEES, Role, Stage
from evaltrail_office.evaluations.models import Evaluation
from evaltrail_office.evaluations.records import evaluation_in, record_of
from evaltrail_office.follow_up.machine import ConcernState
from evaltrail_office.follow_up.models import BodyDecision, Concern
from evaltrail_office.shelf.models import Document

if TYPE_CHECKING:
    from django.db.models import QuerySet

OFFERED = 200
SHOWN = {"open": (ConcernState.RAISED, ConcernState.TAKEN_UP), "resolved": (ConcernState.RESOLVED,), "all": tuple(ConcernState)}


def concerns(user: User, *, shown: str = "open", evaluation: str = "") -> QuerySet[Concern]:
    """Concerns that a person may read, the newest first."""
    rows = visible(user, Concern.objects.select_related("evaluation", "raised_by", "owner"))
    rows = rows.filter(state__in=SHOWN.get(shown, SHOWN["open"]))
    return rows.filter(evaluation__key=evaluation) if evaluation else rows


def counted(user: User) -> dict[str, int]:
    """How many concerns a person may read, by what pages show."""
    rows = visible(user, Concern.objects.all()).order_by()
    sums = {name: Count("pk", filter=Q(state__in=states)) for name, states in SHOWN.items()}
    return dict(rows.aggregate(**sums))


def resolvers(concern: Concern) -> QuerySet[User]:
    """People who may be asked to resolve a concern: who works on the evaluation or heads evaluation, and people of units."""
    wanted = Q(role__in=[Role.HEAD, Role.MANAGER, Role.COORDINATOR, Role.FOCAL_POINT])
    of = concern.evaluation.key if concern.evaluation else ""
    held = current_grants().filter(wanted, evaluation__in=["", of], emergency=False).values("user")
    unit = concern.evaluation.unit_id if concern.evaluation else None
    own = Q(pk__in=held) | (Q(unit=unit) if unit else Q(pk__in=[]))
    return User.objects.filter(own, is_active=True).exclude(pk=concern.raised_by_id).order_by("name", "pk")


def evaluations_to_raise(user: User) -> QuerySet[Evaluation]:
    """Evaluations about which a person may raise a concern: the latest of those that they know of."""
    latest = visible(user, Evaluation.objects.all()).order_by("-year", "-pk").values_list("pk", flat=True)[:OFFERED]
    return Evaluation.objects.filter(pk__in=list(latest))


def shows_raiser(scope: Scope, concern: Concern) -> bool:
    """Whether a person reads who of a group raised it: their own group, whoever resolves it, and the evaluation office."""
    key = concern.evaluation.key if concern.evaluation else ""
    if scope.key in {concern.raised_by.key, concern.owner.key if concern.owner else ""} or scope.roles(key) & SEES[Stage.DRAFT]:
        return True
    held = scope.groups.get("", frozenset()) | scope.groups.get(key, frozenset())
    return concern.group in held


def decisions(user: User, evaluation: Evaluation) -> QuerySet[BodyDecision]:
    """Decisions on an evaluation, the newest first, withdrawn ones among them."""
    return visible(user, BodyDecision.objects.filter(evaluation=evaluation).prefetch_related("recommendations"))


def drafted(user: User, evaluation: Evaluation) -> list[dict[str, Any]]:
    """Draft decisions that the evaluation's papers print: words, paragraph, paper, keys of the recommendations that they name."""
    found: list[dict[str, Any]] = []
    papers = visible(user, Document.objects.filter(parts__evaluation_key=evaluation.key)).select_related("current").distinct()
    for paper in papers:
        if paper.current is None:
            continue
        record = record_of(paper)
        keys = dict(paper.statements.exclude(key="").values_list("record_id", "key"))
        for decision in record.decisions:
            named = _named(record, paper, keys, decision)
            found.append({"text": decision.text, "paragraph": decision.paragraph or "", "document": paper, "recommendations": named})
    return found


def _named(record: Any, paper: Document, keys: dict[str, str], decision: Any) -> list[str]:
    """Keys of the recommendations whose paragraphs a draft decision names."""
    wanted: set[str] = set()
    for span in decision.refers:
        first, last = span.from_, span.to
        if first.isdigit() and last.isdigit():
            wanted |= {str(n) for n in range(int(first), int(last) + 1)}
        else:
            wanted |= {first, last}
    found = []
    for part in paper.parts.all():
        own = evaluation_in(record, part)
        if own is not None:
            found += [keys[s.id] for s in own.statements if s.id in keys and s.number and _paragraphs(record, s) & wanted]
    return found


def _paragraphs(record: Any, statement: Any) -> set[str]:
    """Numbers of the paragraphs in which a statement stands."""
    at = {(p.page, p.start) for p in statement.places}
    return {
        para.number
        for para in record.paragraphs
        for place in para.places
        if any(page == place.page and place.start <= start < place.end for page, start in at)
    }


def raises(user: User) -> bool:
    """Whether a person may raise concerns at all: those who speak for a group of constituents."""
    return bool(scope_of(user).groups)
