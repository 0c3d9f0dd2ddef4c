"""What the API reads beyond what the pages' own queries give, always limited to what a person may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from evaltrail_office.accounts.access import visible
from evaltrail_office.accounts.models import Grant
from evaltrail_office.api import queries_follow_up
from evaltrail_office.api.models import Token
from evaltrail_office.api.shapes import Known
from evaltrail_office.evaluations import queries as evaluations
from evaltrail_office.evaluations.models import Evaluation, Recommendation
from evaltrail_office.journal.queries import since
from evaltrail_office.shelf.models import Document, Rating, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from evaltrail_office.accounts.models import User
    from evaltrail_office.journal.models import Entry

OF_EVERYBODY = frozenset({"evaluation", "grant", "person"})
"""Kinds of things of which every program that follows changes is told, whatever it reads: where what it reads belongs, and its rights."""
LOOKED_AT = 2000
"""Entries of the journal that one request for changes looks at, at most."""


def tokens(user: User) -> QuerySet[Token]:
    """A person's tokens, those that can be used first, newest first."""
    return Token.objects.filter(user=user).order_by("withdrawn", "-id")


def statements(user: User) -> QuerySet[Statement]:
    """Statements of papers that a person may see, with their part and document."""
    seen = visible(user, Document.objects.all())
    return Statement.objects.filter(document__in=seen.values("pk")).select_related("part", "document")


def ratings(user: User) -> QuerySet[Rating]:
    """Ratings of papers that a person may see, with their part and document."""
    seen = visible(user, Document.objects.all())
    return Rating.objects.filter(document__in=seen.values("pk")).select_related("part", "document")


def recommendations(user: User) -> QuerySet[Recommendation]:
    """Recommendations of the office that a person may see, with their evaluation."""
    return visible(user, Recommendation.objects.select_related("evaluation"))


def known(user: User, documents: Iterable[Document]) -> Known:
    """Which of the evaluations and papers that these papers speak of the person knows of. Two queries."""
    papers = list(documents)
    reported = {p.evaluation_key for d in papers for p in d.parts.all() if p.evaluation_key}
    others = {other.key for d in papers for other in (d.replaces, d.translation_of) if other is not None}
    return Known(evaluations=known_evaluations(user, reported), documents=known_documents(user, others))


def known_evaluations(user: User, keys: Iterable[str]) -> frozenset[str]:
    """Those of the evaluations that the person knows of."""
    wanted = sorted(set(keys) - {""})
    return frozenset(visible(user, Evaluation.objects.filter(key__in=wanted)).values_list("key", flat=True)) if wanted else frozenset()


def known_documents(user: User, keys: Iterable[str]) -> frozenset[str]:
    """Those of the papers that the person may see."""
    wanted = sorted(set(keys) - {""})
    return frozenset(visible(user, Document.objects.filter(key__in=wanted)).values_list("key", flat=True)) if wanted else frozenset()


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed, as far as a person may see it."""

    entries: Sequence[Entry]
    next: int
    """Number to ask from the next time."""
    more: bool
    """Whether there are entries beyond that were not looked at."""
    evaluations: frozenset[str]
    """Keys of those that the entries are about and that the person knows of."""


def changes(user: User, after: int, limit: int, *, records: bool = True, follow_up: bool = True) -> Changes:
    """Entries of the journal after a number that concern things which the person may see now, oldest first.

    Of the rest there is nothing, not even their count. The same number of queries however many there are. ``records`` and ``follow_up``
    say whether those about papers and those about follow-up are wanted.
    """
    looked = list(since(after).order_by("id")[: LOOKED_AT + 1])
    more, looked = len(looked) > LOOKED_AT, looked[:LOOKED_AT]
    things: dict[str, set[str]] = {"evaluation": set(), "document": set(), "recommendation": set(), "grant": set()}
    about: set[str] = set()
    for entry in looked:
        kind, key = thing_of(entry)
        if kind in things:
            things[kind].add(key)
        about.add(entry.about)
    told = known_evaluations(user, things["evaluation"] | about)
    documents = known_documents(user, things["document"])
    asked = recommendations(user).filter(key__in=things["recommendation"]) if things["recommendation"] else Recommendation.objects.none()
    numbers = [int(key) for key in things["grant"] if key.isdecimal()]
    own = {str(pk) for pk in Grant.objects.filter(user=user, pk__in=numbers).values_list("pk", flat=True)} if numbers else set()
    seen = {
        "evaluation": told,
        "document": documents,
        "recommendation": frozenset(asked.values_list("key", flat=True)),
        "grant": frozenset(own),
        "person": frozenset({user.key}),
    }
    followed = queries_follow_up.told_of(user, looked) if follow_up else None

    def tells(entry: Entry) -> bool:
        kind, key = thing_of(entry)
        if kind in queries_follow_up.KINDS:
            return followed is not None and followed.of(entry)
        return key in seen.get(kind, ()) and (records or kind in OF_EVERYBODY)

    shown = [entry for entry in looked if tells(entry)]
    if len(shown) > limit:
        return Changes(shown[:limit], shown[limit - 1].pk, more=True, evaluations=told)
    return Changes(shown, looked[-1].pk if looked else after, more, told)


def thing_of(entry: Entry) -> tuple[str, str]:
    """Kind and key of what an entry speaks of; of a statement those of its document."""
    kind, _colon, key = entry.thing.partition(":")
    if kind == "statement":
        return "document", key.partition("/")[0]
    return kind, key


def released(user: User) -> QuerySet[Document]:
    """Papers that were released."""
    return evaluations.documents(user).filter(Q(stage="released"))
