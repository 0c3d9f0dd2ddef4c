"""The history of one recommendation, from the findings that it rests on to the proof that it was done, as far as a person may see it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from evaltrail_office.accounts.access import visible
from evaltrail_office.follow_up import queries_answers as queries
from evaltrail_office.follow_up.actions.answers import title_of
from evaltrail_office.follow_up.hands import preset_of
from evaltrail_office.follow_up.machine import CLOSED, ClaimState
from evaltrail_office.follow_up.models import Action, BodyDecision, Point, Proof, Response
from evaltrail_office.follow_up.preset import said_as
from evaltrail_office.follow_up.statement import Asked, recommended

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from evaltrail_office.accounts.models import User
    from evaltrail_office.evaluations.models import Recommendation
    from evaltrail_office.follow_up.models import Track
    from evaltrail_office.follow_up.preset import Preset


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer with its earlier versions."""

    response: Response
    title: str
    verdict: str
    older: tuple[Response, ...]
    newer: Response | None = None
    """A version that is written and not handed over yet."""


@dataclass(frozen=True, slots=True)
class Done:
    """An action with its keys and what shows that it was done."""

    action: Action
    claimed: date | None
    verified: date | None
    status: str
    found: str
    """The status that the second key found, in words."""
    sent_back: int
    moved: int
    """How often its date was moved."""
    proofs: tuple[Proof, ...]
    hidden: int
    """Proofs that are there and not open to the person."""
    promised_in: str = ""
    """To what the answer is that promises it, where there are several."""


@dataclass(slots=True)
class History:
    """See the module."""

    asked: Asked
    decisions: list[BodyDecision] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    answers: list[Answered] = field(default_factory=list)
    actions: list[Done] = field(default_factory=list)
    breaks: list[str] = field(default_factory=list)
    """What is missing on the way, in words."""

    @property
    def closed(self) -> int:
        """Actions that owe nothing more."""
        return sum(d.action.state in CLOSED for d in self.actions)


def line(user: User, recommendation: Recommendation, track: Track | None) -> History:
    """Everything that the person may see of it. The number of queries does not grow with the rows."""
    found = History(recommended(user, recommendation.evaluation, recommendation))
    about = Q(recommendations=recommendation) | Q(recommendations=None)
    own = BodyDecision.objects.filter(about, evaluation=recommendation.evaluation, withdrawn=None)
    found.decisions = list(
        visible(user, own).select_related("evaluation").prefetch_related("recommendations").order_by("taken", "id").distinct()
    )
    if track is None:
        return found
    preset = preset_of(track.follow_up)
    found.points = list(track.points.all())
    found.answers = _answers(user, track, preset)
    of = {r.pk: a.title for a in found.answers for r in (a.response, *a.older)} if len(found.answers) > 1 else {}
    found.actions = _actions(user, track, preset, of)
    found.breaks = _breaks(found, track)
    return found


def _answers(user: User, track: Track, preset: Preset) -> list[Answered]:
    rows = list(queries.answers(user).filter(track=track).order_by("point__position", "organisation", "-version"))
    last: dict[tuple[int | None, str], list[Response]] = {}
    for r in rows:
        last.setdefault((r.point_id, r.organisation), []).append(r)
    return [_versions(same, preset) for same in last.values()]


def _versions(same: list[Response], preset: Preset) -> Answered:
    """The version that holds, with what came before and what is to come."""
    holds = next((r for r in same if r.state in queries.HANDED_OVER), same[0])
    older = tuple(r for r in same if r.version < holds.version)
    newer = next((r for r in same if r.version > holds.version), None)
    return Answered(holds, title_of(holds), said_as(preset, holds.verdict), older, newer)


def _actions(user: User, track: Track, preset: Preset, of: Mapping[int, str]) -> list[Done]:
    rows = visible(user, Action.objects.filter(track=track)).select_related("unit", "owner", "evaluation")
    actions = list(rows.prefetch_related("claims", "extensions").order_by("position", "pk"))
    open_to: dict[int, list[Proof]] = {}
    all_ = list(Proof.objects.filter(action__in=actions, withdrawn=None).order_by("pk"))
    seen = set(visible(user, Proof.objects.filter(action__in=actions)).values_list("pk", flat=True))
    hidden: dict[int, int] = {}
    for p in all_:
        if p.pk in seen:
            open_to.setdefault(p.action_id, []).append(p)
        else:
            hidden[p.action_id] = hidden.get(p.action_id, 0) + 1

    def words(code: str) -> str:
        status = preset.status(code) if code else None
        return status.words if status else code

    return [
        Done(
            action=a,
            claimed=a.claimed,
            verified=a.verified,
            status=words(a.claimed_status),
            found=words(a.verified_status),
            sent_back=sum(c.state == ClaimState.SENT_BACK for c in a.claims.all()),
            moved=sum(e.granted is not None for e in a.extensions.all()),
            proofs=tuple(open_to.get(a.pk, ())),
            hidden=hidden.get(a.pk, 0),
            promised_in=of.get(a.response_id or 0, ""),
        )
        for a in actions
    ]


def _breaks(found: History, track: Track) -> list[str]:
    """What is missing; an answer that is still to come is no break before its day."""
    words = []
    if not found.asked.rests_on and found.asked.spot is not None:
        words.append(_("Rests on no finding"))
    answered = track.answered is not None or any(a.response.state in queries.HANDED_OVER for a in found.answers)
    due = track.follow_up.response_due
    if not answered and due is not None and due < timezone.localdate():
        words.append(_("Not answered"))
    elif answered and not found.actions and any(a.response.verdict in {"accepted", "partially_accepted"} for a in found.answers):
        words.append(_("Promises no action"))
    return words
