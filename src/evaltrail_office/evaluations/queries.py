"""Reading evaluations and their papers, always limited to what a person may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from evaltrail_office.accounts.access import scope_of, visible
from evaltrail_office.accounts.models import User
from evaltrail_office.accounts.policy import Role
from evaltrail_office.evaluations.models import Check, Evaluation, Recommendation, Sameness
from evaltrail_office.evaluations.records import rank
from evaltrail_office.journal.models import Entry
from evaltrail_office.shelf import store
from evaltrail_office.shelf.models import Document, Part, Statement, Version

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

_REVIEWS = frozenset({Role.HEAD, Role.MANAGER, Role.TEAM, Role.VERIFIER})


def evaluations(user: User | AnonymousUser) -> QuerySet[Evaluation]:
    """Evaluations that a person knows of."""
    return visible(user, Evaluation.objects.select_related("unit"))


def documents(user: User | AnonymousUser) -> QuerySet[Document]:
    """Documents that a person may see, with what their pages ask of them."""
    replaced = Exists(Document.objects.filter(replaces=OuterRef("pk")))
    found = Document.objects.select_related("source", "current").defer("current__payload")
    return visible(user, found.prefetch_related("parts").annotate(is_replaced=replaced))


def papers(user: User | AnonymousUser, evaluation: Evaluation) -> list[Document]:
    """Papers of an evaluation, the one that speaks first before the others. Their files are not fetched with them."""
    own = (
        documents(user)
        .select_related(None)
        .select_related("current")
        .filter(pk__in=Document.objects.filter(parts__evaluation_key=evaluation.key).values("pk"))
    )
    return sorted(own, key=rank)


def recommendations(evaluation: Evaluation) -> QuerySet[Recommendation]:
    """The office's recommendations of an evaluation that was found for the person, in their order."""
    return evaluation.recommendations.order_by("position")


def reviews(user: User | AnonymousUser, evaluation: str) -> bool:
    """Whether a person works on an evaluation or judges it: they see what the office's checks say of its papers."""
    return bool(scope_of(user).roles(evaluation) & _REVIEWS)


def checks(papers: Iterable[Document]) -> dict[int, Check]:
    """What checks found in the present versions of papers that were found for the person, by the papers' number in the table."""
    of = {d.current_id: d.pk for d in papers if d.current_id}
    return {of[c.version_id]: c for c in Check.objects.filter(version__in=list(of))}


def proposals(papers: Iterable[Document]) -> QuerySet[Sameness]:
    """What is proposed of statements of papers that were found for the person, and waits for somebody to say."""
    keys = [d.key for d in papers]
    waiting = Sameness.objects.filter(document_key__in=keys, confirmed=None, refused=False)
    return waiting.select_related("recommendation").order_by("document_key", "id")


def history(user: User | AnonymousUser, evaluation: str, papers: Sequence[Document]) -> QuerySet[Entry]:
    """What was done about an evaluation, to it and to those of its papers that the person sees; newest first."""
    seen = Q(thing=f"evaluation:{evaluation}")
    for paper in papers:
        seen |= Q(thing=f"document:{paper.key}") | Q(thing__startswith=f"statement:{paper.key}/")
    if reviews(user, evaluation):
        seen |= ~(Q(thing__startswith="document:") | Q(thing__startswith="statement:"))
    return Entry.objects.filter(seen, about=evaluation).order_by("-id")


def names(keys: Iterable[str]) -> dict[str, str]:
    """Names of people by their keys, as the journal has them."""
    return dict(User.objects.filter(key__in={k for k in keys if k.startswith("P-")}).values_list("key", "name"))


def confirmed(papers: Iterable[Document], evaluation: str) -> tuple[int, int]:
    """How many statements of the papers' parts of an evaluation people have confirmed, and how many there are."""
    rows = Statement.objects.filter(document__in=[d.pk for d in papers], part__evaluation_key=evaluation)
    done = list(rows.values_list("confirmed", flat=True))
    return sum(when is not None for when in done), len(done)


def earlier_words(document: Document, part: Part, statement: str, now: str, most: int) -> list[tuple[Version, str]]:
    """Earlier versions, of the last ``most``, in which the statement has other words, newest first; for those who may see drafts."""
    changed: list[tuple[Version, str]] = []
    last = now
    for version in document.versions.order_by("-number")[1 : most + 1]:
        own = next((e for e in store.load(version).evaluations if e.id == part.record_id), None)
        words = next((s.text for s in own.statements if s.id == statement), None) if own else None
        if words is not None and words != last:
            changed.append((version, words))
            last = words
    return changed
