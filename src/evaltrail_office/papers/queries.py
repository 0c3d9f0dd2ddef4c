"""Reading drafts, always limited to what a person may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q

from evaltrail_office.accounts.access import current_grants, may, scope_of, visible
from evaltrail_office.accounts.policy import SEES, SEES_ALL, Role, Stage, Verb
from evaltrail_office.evaluations.models import Evaluation
from evaltrail_office.journal.models import Entry
from evaltrail_office.papers.models import Issue, SignOff
from evaltrail_office.shelf.models import Document

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from evaltrail_office.accounts.models import User

EDITS = ("corrected", "undid", "redid", "resolved", "replayed", "written", "read")
"""Verbs in the journal that change what a document says."""
WRITES = frozenset({Role.HEAD, Role.MANAGER, Role.TEAM})
"""Roles whose holders see how a draft comes about, and not only what it says."""


def drafts(user: User | AnonymousUser) -> QuerySet[Document]:
    """Documents written in the office that a person may see, with what a list asks of them, newest first."""
    rows = Document.objects.filter(draft__isnull=False).select_related("draft", "draft__edition_of", "source", "replaces")
    replaced = Exists(Document.objects.filter(replaces=OuterRef("pk")))
    return visible(user, rows.prefetch_related("parts").annotate(is_replaced=replaced)).order_by("-id")


def with_counts(rows: QuerySet[Document]) -> QuerySet[Document]:
    """With how many statements each has."""
    return rows.annotate(said=Count("statements"))


def writes_at(user: User | AnonymousUser, document: Document) -> bool:
    """Whether a person belongs to those who make the paper: they see its checks, signatures and history."""
    scope = scope_of(user)
    return any(scope.roles(key) & WRITES or key in scope.emergency for key in document.standing().evaluations)


def evaluations_to_write(user: User) -> list[Evaluation]:
    """Evaluations in which a person may begin a draft, the newest."""
    return [e for e in visible(user, Evaluation.objects.all())[:500] if may(user, Verb.WRITE, e)]


def sources(user: User, keys: Collection[str]) -> list[Document]:
    """Confirmed papers of evaluations whose statements can be taken over into a draft."""
    own = Document.objects.filter(parts__evaluation_key__in=list(keys)).exclude(confirmed=None).values("pk")
    return list(visible(user, Document.objects.filter(pk__in=own).prefetch_related("parts")).order_by("id"))


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature, and the edit that voided it."""

    row: SignOff
    voided: Entry | None

    @property
    def holds(self) -> bool:
        """Whether nothing was edited since."""
        return self.voided is None


def signatures(document: Document) -> list[Signature]:
    """All signatures of a document, newest first, each with the first edit after it."""
    rows = list(document.sign_offs.select_related("version").defer("version__payload").order_by("-id"))
    first = min((r.entry for r in rows), default=0)
    edits = list(edits_of(document).filter(pk__gt=first).order_by("pk")) if rows else []
    return [Signature(r, next((e for e in edits if e.pk > r.entry), None)) for r in rows]


def edits_of(document: Document) -> QuerySet[Entry]:
    """What changed the words of a document."""
    return Entry.objects.filter(thing=f"document:{document.key}", verb__in=EDITS)


def state_number(document: Document) -> int:
    """Grows with every edit of a document: by it a form knows whether somebody has edited meanwhile."""
    return edits_of(document).order_by("-pk").values_list("pk", flat=True).first() or 0


def missing(document: Document, known: Iterable[Signature] | None = None) -> list[str]:
    """Roles whose signatures the draft lacks as it stands."""
    held = {s.row.role for s in (known if known is not None else signatures(document)) if s.holds}
    return [role for role in document.draft.signers if role not in held]


@dataclass(frozen=True, slots=True)
class Reached:
    """A role, and the people who hold it today and will see the draft by it."""

    role: Role
    people: tuple[str, ...]


def reached(document: Document, stage: Stage, *, before: Stage) -> list[Reached]:
    """To whom a paper becomes visible when it goes from one stage to another: roles with the names of those who hold them today."""
    roles = [r for r in Role if r in SEES[stage] - SEES[before]]
    keys = document.standing().evaluations
    everywhere = Q(evaluation="", role__in=SEES_ALL[stage])
    grants = current_grants().filter(everywhere | Q(evaluation__in=keys), role__in=roles, emergency=False)
    names: dict[str, set[str]] = {}
    for grant in grants.select_related("user"):
        names.setdefault(grant.role, set()).add(grant.user.name or grant.user.email)
    return [Reached(r, tuple(sorted(names.get(r.value, ())))) for r in roles]


def issued(document: Document) -> list[Issue]:
    """Files of a paper as it was issued."""
    return list(Issue.objects.filter(document=document).order_by("pk"))


def history(document: Document) -> QuerySet[Entry]:
    """What was done to a document, newest first."""
    return Entry.objects.filter(thing=f"document:{document.key}").order_by("-pk")
