"""What the API reads of follow-up beyond what the pages' own queries give, always limited to what a person may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.utils import timezone

from evaltrail_office.accounts.access import visible
from evaltrail_office.accounts.models import Unit, User
from evaltrail_office.follow_up import queries_answers, queries_board
from evaltrail_office.follow_up.family import Family
from evaltrail_office.follow_up.hands import Hands, preset_of
from evaltrail_office.follow_up.machine import BY_NAME, ResponseState
from evaltrail_office.follow_up.models import Action, BodyDecision, Charge, Concern, Extension, FollowUp, Proof, Track

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from evaltrail_office.follow_up.groups import Filters
    from evaltrail_office.journal.models import Entry

OPEN_TO_ALL = frozenset({BY_NAME[ResponseState, name].words for name in ("transmit", "take_over", "issue")})
"""What was done to an answer that whoever may read it is told; the rest concerns those who had a part in it."""
KINDS = frozenset({"follow-up", "answer", "action", "concern", "decision"})
"""Kinds of things in the journal that are follow-up's."""


def units_of_board(key: str) -> frozenset[int]:
    """Numbers of the units that the board of a unit shows: itself, those merged into it, those below; none of a key that is nobody's."""
    own = Unit.objects.filter(key=key).values_list("pk", flat=True).first()
    return Family.read().seen_by([own]) if own is not None else frozenset()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of actions is narrowed to, beyond what boards are."""

    filters: Filters
    unit: str = ""
    state: str = ""
    recommendation: str = ""
    due_before: date | None = None
    due_after: date | None = None


def actions(user: User, wanted: Wanted | None = None) -> QuerySet[Action]:
    """Actions that a person may see, with what lists tell of each; those of a follow-up share its row, so that its preset is read once."""
    rows = visible(user, Action.objects.all())
    if wanted is not None:
        rows = wanted.filters.on(rows, timezone.localdate())
        if wanted.unit:
            rows = rows.filter(unit__in=units_of_board(wanted.unit))
        if wanted.state:
            rows = rows.filter(state=wanted.state)
        if wanted.recommendation:
            rows = rows.filter(track__recommendation__key=wanted.recommendation)
        if wanted.due_before:
            rows = rows.filter(due__lt=wanted.due_before)
        if wanted.due_after:
            rows = rows.filter(due__gt=wanted.due_after)
    rows = rows.select_related("evaluation", "unit", "owner", "track", "track__recommendation")
    return rows.prefetch_related("track__follow_up", "extensions", "claims")


def named(rows: Sequence[Action]) -> Mapping[str, str]:
    """Names of people whom rows name. One query."""
    return queries_board.names_of(rows)


def followed(user: User, unit: str = "") -> QuerySet[Track]:
    """Recommendations as they are followed; of those whose answers the board's units owe, where one is named."""
    rows = queries_answers.followed(user)
    return rows.filter(pk__in=Charge.objects.filter(unit__in=units_of_board(unit)).values("track")) if unit else rows


def actions_of(user: User, tracks: Iterable[Track]) -> dict[int, list[Action]]:
    """Actions of recommendations, by the number of the track."""
    found: dict[int, list[Action]] = {}
    for action in actions(user).filter(track__in=list(tracks)).order_by("track", "position", "pk"):
        found.setdefault(action.track_id, []).append(action)
    return found


def asked(user: User) -> QuerySet[Extension]:
    """Later dates that were asked for, of actions that a person may see."""
    # Looked up for each request: as a list of all actions that may be seen it would be made anew for every page.
    return Extension.objects.filter(Exists(visible(user, Action.objects.filter(pk=OuterRef("action"))))).select_related("action")


def proofs(user: User) -> QuerySet[Proof]:
    """Proofs that a person may open, with their action."""
    return visible(user, Proof.objects.select_related("action"))


def decisions(user: User) -> QuerySet[BodyDecision]:
    """Decisions that stand, and those that were withdrawn, on evaluations that a person sees."""
    return visible(user, BodyDecision.objects.select_related("evaluation").prefetch_related("recommendations"))


def names(keys: Iterable[str]) -> Mapping[str, str]:
    """Names of people by key."""
    wanted = set(keys) - {""}
    return dict(User.objects.filter(key__in=wanted).values_list("key", "name")) if wanted else {}


@dataclass(frozen=True, slots=True)
class Told:
    """Which of the journal's entries about follow-up a person is told of."""

    seen: Mapping[str, frozenset[str]]
    """Keys of things that they may see now, by kind."""
    part: frozenset[str]
    """Numbers of the answers in which they have a part: of the others they are told what everybody is who reads them."""

    def of(self, entry: Entry) -> bool:
        """Whether the person is told of an entry."""
        kind, _colon, key = entry.thing.partition(":")
        if key not in self.seen.get(kind, ()):
            return False
        return kind != "answer" or key in self.part or entry.verb in OPEN_TO_ALL


def told_of(user: User, entries: Iterable[Entry]) -> Told:
    """What the person is told of these entries. The number of queries does not grow with them."""
    keys: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for entry in entries:
        kind, _colon, key = entry.thing.partition(":")
        if kind in KINDS:
            keys[kind].add(key)
    seen: dict[str, frozenset[str]] = {}
    if own := keys["follow-up"]:
        tracks = visible(user, Track.objects.filter(recommendation__key__in=own)).order_by().values_list("recommendation__key", flat=True)
        whole = visible(user, FollowUp.objects.filter(evaluation__key__in=own)).order_by().values_list("evaluation__key", flat=True)
        seen["follow-up"] = frozenset([*tracks, *whole])
    for kind, rows in (("action", Action.objects.all()), ("concern", Concern.objects.all())):
        if own := keys[kind]:
            seen[kind] = frozenset(visible(user, rows.filter(key__in=own)).order_by().values_list("key", flat=True))
    if numbers := _numbers(keys["decision"]):
        decided = visible(user, BodyDecision.objects.filter(pk__in=numbers)).order_by().values_list("pk", flat=True)
        seen["decision"] = frozenset(map(str, decided))
    part: set[str] = set()
    if numbers := _numbers(keys["answer"]):
        hands = Hands(user)
        answers = list(queries_answers.answers(user).filter(pk__in=numbers))
        seen["answer"] = frozenset(str(r.pk) for r in answers)
        for r in answers:
            # As on its page: whoever has a hand in it, and whoever reads it before it is handed over, has a part.
            if r.state not in queries_answers.HANDED_OVER or hands.of(r, preset_of(r.follow_up)):
                part.add(str(r.pk))
    return Told(seen, frozenset(part))


def _numbers(keys: Iterable[str]) -> list[int]:
    return [int(key) for key in keys if key.isdecimal()]
