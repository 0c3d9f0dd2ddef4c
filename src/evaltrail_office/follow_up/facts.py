"""What figures of follow-up are worked out from: facts of the office's tables, or of its journal alone.

Facts hold what was promised and nothing that is only proposed. Recommendations to others than management stand apart, so that they are in
none of management's rates. Verified is what somebody else's second key found; what a unit reports of itself is claimed, whatever its preset
calls it. Work counts for the unit that answers today: the last successor of the one that promised it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from django.db.models import Q

from evaltrail.measure.follow_up import ActionFacts, EvaluationFacts, RecommendationFacts
from evaltrail.measure.follow_up import FollowUp as Facts
from evaltrail_office.accounts.access import visible
from evaltrail_office.accounts.models import Unit
from evaltrail_office.accounts.policy import Stage
from evaltrail_office.evaluations.models import Assessment, Evaluation, Facet, Plan, Recommendation
from evaltrail_office.evaluations.models import State as Planned
from evaltrail_office.follow_up.extended import NONE, of_actions
from evaltrail_office.follow_up.family import Family
from evaltrail_office.follow_up.machine import ActionState, ResponseState, Verdict
from evaltrail_office.follow_up.models import Action, Charge, Extension, FollowUp, Response, Track
from evaltrail_office.follow_up.models.answers import Addressee
from evaltrail_office.follow_up.replay import replayed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from evaltrail_office.accounts.models import User
    from evaltrail_office.follow_up.past import Past
    from evaltrail_office.follow_up.replay import State
    from evaltrail_office.journal.models import Entry

_AT_ONCE = 5_000
_DROPS = frozenset({"superseded", "no_longer_applicable"})
"""Codes of statuses that say why an action was dropped in the words that figures know; another code says nothing of it."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which rows are wanted."""

    released: bool = False
    """Only what is public: released evaluations, answers that were issued, and what was promised in them."""
    evaluation: str = ""
    """Key."""
    evaluations: tuple[str, ...] = ()
    """Keys of several; none: all."""
    unit: str = ""
    """Key: recommendations that it answers, and actions that it owes."""
    user: User | None = None
    """Only what this person sees."""
    addressee: str = Addressee.MANAGEMENT
    past: Past | None = None
    """As they stood at the end of a day; None: as they are now."""


class _Track(NamedTuple):
    key: str
    evaluation: str
    priority: str
    addressee: str
    verdict: str
    answered: date | None
    retired: date | None
    lead: str | None


class _Action(NamedTuple):
    key: str
    recommendation: str
    unit: str | None
    first_due: date | None
    due: date | None
    started: date | None
    claimed: date | None
    claimed_meaning: str
    claimed_share: float | None
    verified: date | None
    verified_meaning: str
    verified_share: float | None
    verified_by: str
    dropped: date | None
    status: str
    delay: str
    later_asked: date | None
    extended: date | None
    extension_reason: str


@dataclass(slots=True)
class _Clock:
    started: date | None = None
    response_due: date | None = None


@dataclass(slots=True)
class Office:
    """What belongs to evaluations and not to their follow-up; read once, from the tables."""

    evaluations: dict[str, tuple[int | None, str]] = field(default_factory=dict)
    """Year and state, by key."""
    themes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    countries: dict[str, tuple[str, ...]] = field(default_factory=dict)
    planned: dict[str, date] = field(default_factory=dict)
    quality: dict[str, float] = field(default_factory=dict)
    """Of the assessment that was signed last."""
    today: dict[str, str] = field(default_factory=dict)
    """Of each unit the key of the one that answers for it now."""
    keys: dict[int, str] = field(default_factory=dict)
    """Keys of evaluations by number."""
    units: dict[int, str] = field(default_factory=dict)
    """Of each unit's number the key of the one that answers now."""

    @classmethod
    def read(cls, evaluations: Q | None = None, until: datetime | None = None) -> Office:
        """From the tables: a handful of queries. ``until``: what was signed later is left out."""
        own = evaluations if evaluations is not None else Q()
        found = cls()
        for pk, key, year, state in Evaluation.objects.filter(own).order_by().values_list("pk", "key", "year", "state").iterator(_AT_ONCE):
            found.keys[pk] = key
            found.evaluations[key] = (year, state)
        themes: defaultdict[str, set[str]] = defaultdict(set)
        countries: defaultdict[str, set[str]] = defaultdict(set)
        facets = Facet.objects.filter(kind__in=("theme", "country")).order_by()
        if evaluations is not None:
            facets = facets.filter(evaluation__in=list(found.keys))
        for pk, kind, value in facets.values_list("evaluation_id", "kind", "value").iterator(_AT_ONCE):
            if pk in found.keys:
                (themes if kind == "theme" else countries)[found.keys[pk]].add(value)
        found.themes = {k: tuple(sorted(v)) for k, v in themes.items()}
        found.countries = {k: tuple(sorted(v)) for k, v in countries.items()}
        for pk, issues in Plan.objects.filter(issues__isnull=False).order_by().values_list("evaluation_id", "issues"):
            if pk in found.keys and issues is not None:
                found.planned[found.keys[pk]] = issues
        signed = Assessment.objects.filter(signed__isnull=False, share__isnull=False).order_by("signed", "pk")
        signed = signed.filter(signed__lt=until) if until is not None else signed
        for pk, share in signed.values_list("evaluation_id", "share"):
            if pk in found.keys and share is not None:
                found.quality[found.keys[pk]] = share
        family, names = Family.read(), dict(Unit.objects.order_by().values_list("pk", "key"))
        found.units = {pk: names[family.today(pk)] for pk in names}
        found.today = {names[pk]: key for pk, key in found.units.items()}
        return found


def facts(chosen: Chosen | None = None) -> Facts:
    """Facts of the tables as they are now: some queries, whatever the number of rows."""
    wanted = chosen or Chosen()
    limit = _limit(wanted)
    narrow = bool(wanted.evaluation or wanted.evaluations or wanted.unit)
    until = wanted.past.end if wanted.past is not None else None
    office = Office.read(Q(pk__in=Track.objects.filter(limit).values("evaluation")) if narrow else None, until)
    clocks = {
        office.keys[pk]: _Clock(started, due)
        for pk, started, due in FollowUp.objects.order_by().values_list("evaluation_id", "started", "response_due").iterator(_AT_ONCE)
        if pk in office.keys
    }
    if wanted.past is not None:
        clocks |= {key: _Clock(_day(started), _day(due)) for key, (started, due) in wanted.past.clocks.items() if key in clocks}
    answers = _issued(wanted, office) if wanted.released else None
    keys: dict[int, str] = {}
    tracks = list(_tracks(wanted, limit, office, answers, keys))
    actions = _actions(wanted, office, answers, keys)
    return _built(tracks, actions, clocks, office, wanted)


def facts_of_journal(entries: Iterable[Entry], office: Office | None = None, addressee: str = Addressee.MANAGEMENT) -> Facts:
    """The same of all rows, from the journal alone; ``entries`` are in the order of their numbers.

    Only what belongs to evaluations (year, unit, theme, priority, plan) is taken from their own tables.
    """
    office = office or Office.read()
    kept = list(entries)
    clocks: defaultdict[str, _Clock] = defaultdict(_Clock)
    about: dict[str, str] = {}
    leads: defaultdict[str, dict[str, str]] = defaultdict(dict)
    belongs: dict[str, str] = {}
    for e in kept:
        kind, _, key = e.thing.partition(":")
        new: Mapping[str, Any] = e.new if isinstance(e.new, dict) else {}
        if kind == "follow-up" and key.startswith("E-"):
            if "started" in new:
                clocks[key] = _Clock(_day(new["started"]), _day(new.get("response_due")))
        elif kind == "follow-up":
            about[key] = e.about
            if "lead" in new:
                leads[key][str(new.get("organisation", ""))] = str(new["lead"])
        elif kind == "action" and "recommendation" in new:
            belongs[key] = str(new["recommendation"])
    states = replayed(kept)
    priorities = dict(Recommendation.objects.filter(key__in=about).order_by().values_list("key", "priority"))
    tracks = [
        _Track(
            key=key,
            evaluation=about[key],
            priority=priorities.get(key, ""),
            addressee=states[f"follow-up:{key}"]["addressee"],
            verdict=states[f"follow-up:{key}"]["verdict"],
            answered=_day(states[f"follow-up:{key}"]["answered"]),
            retired=_day(states[f"follow-up:{key}"]["retired"]),
            lead=_one(office.today[u] for u in leads[key].values()),
        )
        for key in sorted(about)
        if f"follow-up:{key}" in states
    ]
    tracks = [t for t in tracks if t.addressee == addressee]
    actions = (
        _of_state(name.partition(":")[2], belongs[name.partition(":")[2]], s, office)
        for name, s in states.items()
        if name.startswith("action:") and s["state"] != ActionState.PROPOSED
    )
    return _built(tracks, actions, clocks, office, Chosen(addressee=addressee))


def _of_state(key: str, recommendation: str, s: State, office: Office) -> _Action:
    """An action as the journal tells it."""
    return _Action(
        key=key,
        recommendation=recommendation,
        unit=office.today[s["unit"]] if s["unit"] else None,
        first_due=_day(s["first_due"]),
        due=_day(s["due"]),
        started=_day(s["started"]),
        claimed=_day(s["claimed"]),
        claimed_meaning=s["claimed_meaning"],
        claimed_share=s["claimed_share"],
        verified=_day(s["verified"]),
        verified_meaning=s["verified_meaning"],
        verified_share=s["verified_share"],
        verified_by=s["verified_by"],
        dropped=_day(s["dropped"]),
        status=s["status"],
        delay=s["delay"],
        later_asked=_day(s["later_asked"]),
        extended=_day(s["extended"]),
        extension_reason=s["extension_reason"],
    )


def _limit(wanted: Chosen) -> Q:
    # To whom it was addressed then is not what the table says now.
    found = Q(addressee=wanted.addressee) if wanted.past is None else Q()
    if wanted.released:
        found &= Q(evaluation__stage=Stage.RELEASED)
    if wanted.evaluation:
        found &= Q(evaluation__key=wanted.evaluation)
    if wanted.evaluations:
        found &= Q(evaluation__key__in=wanted.evaluations)
    if wanted.unit:
        units = units_of(wanted.unit)
        owed = Action.objects.filter(unit__in=units).values("track")
        found &= Q(pk__in=Charge.objects.filter(unit__in=units, lead=True).values("track")) | Q(pk__in=owed)
    return found


def units_of(key: str) -> frozenset[int]:
    """Numbers of a unit and of those that were merged into it."""
    pk = Unit.objects.filter(key=key).values_list("pk", flat=True).first()
    return Family.read().answered_by([pk]) if pk is not None else frozenset()


def _one(values: Iterable[str]) -> str | None:
    """Where several lead, for an organisation each, which of them answers is not one thing that is known."""
    found = set(values)
    return found.pop() if len(found) == 1 else None


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


class _Answer(NamedTuple):
    verdict: str
    transmitted: date | None


@dataclass(slots=True)
class _Issued:
    """Answers that are public."""

    answers: set[int] = field(default_factory=set)
    """Their numbers."""
    tracks: dict[int, tuple[str, date | None]] = field(default_factory=dict)
    """Verdict and day of each recommendation that has any; both empty where a point of it is not publicly answered."""


def _issued(wanted: Chosen, office: Office) -> _Issued:
    """The same as ``actions.answers.settle`` finds, of what is public."""
    rows = Response.objects.filter(evaluation__stage=Stage.RELEASED, track__isnull=False)
    if wanted.evaluation or wanted.evaluations or wanted.unit:
        rows = rows.filter(evaluation__in=list(office.keys))
    found = _Issued()
    slots: defaultdict[int, dict[tuple[int | None, str], _Answer | None]] = defaultdict(dict)
    columns = ("pk", "track_id", "point_id", "organisation", "state", "verdict", "transmitted", "replaced")
    # Later versions come last and take the place of earlier ones.
    for pk, track, point, organisation, state, verdict, transmitted, replaced in (
        rows.order_by("track_id", "version").values_list(*columns).iterator(_AT_ONCE)
    ):
        if wanted.past is not None:
            then = wanted.past.answers.get(pk)
            if then is None and pk not in wanted.past.asked:
                continue
            state, verdict = (then["state"], then["verdict"]) if then else (ResponseState.ASKED, "")  # noqa: PLW2901 - as it stood
            transmitted = _day(then["transmitted"]) if then else None  # noqa: PLW2901 - as above
        own = slots[track]
        if state == ResponseState.ISSUED:
            found.answers.add(pk)
            own[point, organisation] = _Answer(verdict, transmitted)
        elif not replaced:
            own.setdefault((point, organisation), None)
    for track, own in slots.items():
        said = [a for a in own.values() if a is not None]
        if not said:
            continue
        whole = len(said) == len(own)
        verdicts = {a.verdict for a in said if a.verdict}
        verdict = "" if not whole or not verdicts else verdicts.pop() if len(verdicts) == 1 else Verdict.PARTIALLY_ACCEPTED.value
        days = [a.transmitted for a in said if a.transmitted is not None]
        found.tracks[track] = (verdict, max(days) if whole and days else None)
    return found


def _tracks(wanted: Chosen, limit: Q, office: Office, answers: _Issued | None, keys: dict[int, str]) -> Iterator[_Track]:
    rows = Track.objects.filter(limit)
    if wanted.user is not None:
        rows = visible(wanted.user, rows)
    leads: defaultdict[int, set[str]] = defaultdict(set)
    charges = Charge.objects.filter(lead=True).order_by()
    if wanted.evaluation or wanted.evaluations or wanted.unit:
        charges = charges.filter(track__evaluation__in=list(office.keys))
    for track, unit in charges.values_list("track_id", "unit_id").iterator(_AT_ONCE):
        leads[track].add(office.units[unit])
    columns = (
        "pk", "recommendation__key", "recommendation__priority", "evaluation_id", "addressee", "verdict", "answered", "retired",
    )  # fmt: skip
    for pk, key, priority, evaluation, addressee, verdict, answered, retired in rows.order_by().values_list(*columns).iterator(_AT_ONCE):
        if wanted.past is not None:
            then = wanted.past.tracks.get(key)
            if then is None or then["addressee"] != wanted.addressee:
                continue
            verdict, answered, retired = then["verdict"], _day(then["answered"]), _day(then["retired"])  # noqa: PLW2901 - as it stood
        keys[pk] = key
        if answers is not None:
            verdict, answered = answers.tracks.get(pk, ("", None))  # noqa: PLW2901 - what is public of it
        yield _Track(key, office.keys[evaluation], priority, addressee, verdict, answered, retired, _one(leads.get(pk, ())))


def _actions(wanted: Chosen, office: Office, answers: _Issued | None, keys: dict[int, str]) -> Iterator[_Action]:
    rows = Action.objects.exclude(state=ActionState.PROPOSED)
    if wanted.released:
        rows = rows.filter(evaluation__stage=Stage.RELEASED)
    if wanted.evaluation:
        rows = rows.filter(evaluation__key=wanted.evaluation)
    if wanted.evaluations:
        rows = rows.filter(evaluation__key__in=wanted.evaluations)
    if wanted.unit:
        rows = rows.filter(unit__in=units_of(wanted.unit))
    if wanted.user is not None:
        rows = visible(wanted.user, rows)
    asked = Extension.objects.all()
    if wanted.evaluation or wanted.evaluations or wanted.unit:
        asked = asked.filter(action__evaluation__in=list(office.keys))
    moved = of_actions(asked)
    columns = (
        "pk", "track_id", "response_id", "key", "unit_id", "first_due", "due", "started", "claimed", "claimed_meaning", "claimed_share",
        "verified", "verified_meaning", "verified_share", "verified_by", "dropped", "status", "delay",
    )  # fmt: skip
    for pk, track, response, key, unit, *rest in rows.order_by().values_list(*columns).iterator(_AT_ONCE):
        if track not in keys:
            continue
        # A register may bring actions without the answer that promised them: they are as public as the recommendation's answer.
        if answers is not None and (response not in answers.answers if response else track not in answers.tracks):
            continue
        if wanted.past is not None:
            then = wanted.past.actions.get(key)
            if then is not None:
                yield _of_state(key, keys[track], then, office)
            continue
        later = moved.get(pk, NONE)
        said = [*rest, later.later_asked, later.extended, later.extension_reason]
        yield _Action(key, keys[track], office.units[unit] if unit else None, *said)


def _built(tracks: Iterable[_Track], actions: Iterable[_Action], clocks: Mapping[str, _Clock], office: Office, wanted: Chosen) -> Facts:
    by: defaultdict[str, list[ActionFacts]] = defaultdict(list)
    known: dict[Any, Any] = {}
    for a in actions:
        by[a.recommendation].append(_action(a, known))
    none = _Clock()
    made = []
    for t in tracks:
        clock = clocks.get(t.evaluation, none)
        own = tuple(sorted(by.get(t.key, ()), key=attrgetter("key")))
        made.append(
            RecommendationFacts(
                key=t.key,
                evaluation=t.evaluation,
                issued=clock.started,
                addressee=cast("Any", t.addressee),
                unit=t.lead,
                theme=office.themes.get(t.evaluation, ()),
                priority=t.priority or None,
                country=office.countries.get(t.evaluation, ()),
                year=office.evaluations[t.evaluation][0],
                verdict=cast("Any", t.verdict or None),
                response_due=clock.response_due,
                responded=t.answered,
                plan_entered=t.answered if own else None,
                retired=t.retired,
                quality=office.quality.get(t.evaluation),
                actions=own,
            )
        )
    made.sort(key=attrgetter("key"))
    return Facts(tuple(made), () if wanted.unit else _evaluations(made, clocks, office))


def _action(a: _Action, known: dict[Any, Any]) -> ActionFacts:
    def same(value: Any) -> Any:
        # There are few days and words, and very many rows that name them.
        return known.setdefault(value, value)

    # A second key has somebody who turned it, and never stands without a claim.
    found = bool(a.verified_by) and a.verified is not None
    return ActionFacts(
        key=a.key,
        unit=a.unit,
        first_due=same(a.first_due),
        due=same(a.due),
        started=same(a.started),
        claimed=same(a.claimed),
        claimed_share=a.claimed_share,
        claimed_meaning=same(a.claimed_meaning) or None,
        verified=same(a.verified) if found else None,
        verified_share=a.verified_share if found else None,
        verified_meaning=(same(a.verified_meaning) or None) if found else None,
        dropped=same(a.dropped),
        drop_meaning=same(a.status) if a.dropped and a.status in _DROPS else None,
        delay_reason=same(a.delay) or None,
        later_asked=same(a.later_asked),
        extended=same(a.extended),
        extension_reason=same(a.extension_reason) or None,
    )


def _evaluations(made: list[RecommendationFacts], clocks: Mapping[str, _Clock], office: Office) -> tuple[EvaluationFacts, ...]:
    """Evaluations that are followed, each with what its plan says.

    When an evaluation was completed is the day on which its follow-up's clock began. Of one that is completed and whose clock has not begun
    that day is not known; so that nobody takes it for late, the day that was planned is left open then.
    """
    groups: defaultdict[str, list[RecommendationFacts]] = defaultdict(list)
    for r in made:
        groups[r.evaluation].append(r)
    none = _Clock()
    found = []
    for key in sorted(groups):
        own, clock, (year, state) = groups[key], clocks.get(key, none), office.evaluations[key]
        days = [r.responded for r in own if r.responded is not None]
        dated = clock.started is not None or state not in {Planned.COMPLETED, Planned.CANCELLED}
        found.append(
            EvaluationFacts(
                key=key,
                unit=_one(r.unit or "" for r in own) or None,
                theme=office.themes.get(key, ()),
                country=office.countries.get(key, ()),
                year=year,
                planned=office.planned.get(key) if dated else None,
                completed=clock.started,
                issued=clock.started,
                response_due=clock.response_due,
                responded=max(days) if len(days) == len(own) else None,
                quality=office.quality.get(key),
            )
        )
    return tuple(found)
