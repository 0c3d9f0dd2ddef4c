"""How rows of follow-up stood at the end of a day, told by the journal.

What was entered later and tells of earlier days (a register, a printed answer, a follow-up that was opened after its report was issued) is
taken as it was first entered, without what is dated after the day. The journal cannot say how that stood, and ``late`` names it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone

from evaltrail_office.accounts.models import Unit
from evaltrail_office.follow_up.machine import CLOSED, ActionState, ResponseState, TrackState, Verdict
from evaltrail_office.follow_up.models import Action, Response, Track
from evaltrail_office.follow_up.replay import replayed
from evaltrail_office.journal.models import Entry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from evaltrail_office.follow_up.replay import State

IN_FORCE = frozenset({ResponseState.TRANSMITTED, ResponseState.ISSUED})
_AT_ONCE = 5_000
_FIRST_TOLD = ("followed", "took over")
"""Verbs by which something is entered that may tell of earlier days."""
_CLAIMED: Mapping[str, Any] = {"claimed": None, "claimed_status": "", "claimed_meaning": "", "claimed_share": None}
_VERIFIED: Mapping[str, Any] = {
    "verified": None, "verified_status": "", "verified_meaning": "", "verified_share": None, "verified_by": "",
}  # fmt: skip


def end_of(day: date) -> datetime:
    """The first moment after a day, here."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


@dataclass(slots=True)
class Past:
    """Rows of some evaluations at the end of a day; what was not there then is in none of these."""

    day: date
    tracks: dict[str, State] = field(default_factory=dict)
    """By key of the recommendation."""
    answers: dict[int, State] = field(default_factory=dict)
    """Those that were handed over, by number."""
    actions: dict[str, State] = field(default_factory=dict)
    """Those that were promised, by key."""
    asked: set[int] = field(default_factory=set)
    """Numbers of all answers that were asked for, handed over or not."""
    late: set[str] = field(default_factory=set)
    """Keys of recommendations of which the journal cannot say how they stood."""
    clocks: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)
    """Days on which the clock had started and answers were due, by key of the evaluation; of one that was opened later there is none."""
    units: dict[str, Unit] = field(default_factory=dict)
    """By key, of the actions."""

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return end_of(self.day)

    @classmethod
    def read(cls, day: date, evaluations: Sequence[str]) -> Past:
        """Of the evaluations with these keys; a few queries."""
        found = cls(day)
        moment = found.end
        entries = Entry.objects.filter(about__in=evaluations).order_by("pk").only("thing", "verb", "at", "new")
        told = replayed(entries.filter(at__lt=moment).iterator(_AT_ONCE))
        for entry in entries.filter(at__lt=moment, thing__startswith="follow-up:E-").iterator(_AT_ONCE):
            key, new = entry.thing.partition(":")[2], entry.new if isinstance(entry.new, dict) else {}
            found.clocks.setdefault(key, (None, None))
            if "started" in new:
                found.clocks[key] = (new["started"], new.get("response_due"))
        first: dict[str, Entry] = {}
        for entry in entries.filter(at__gte=moment, verb__in=_FIRST_TOLD).iterator(_AT_ONCE):
            if entry.thing not in told:
                first.setdefault(entry.thing, entry)
        found._resolve(evaluations, told, replayed(first.values()))
        return found

    def _resolve(self, evaluations: Sequence[str], told: dict[str, State], first: dict[str, State]) -> None:
        self._tracks(evaluations, told, first)
        handed_over, of_late = self._answers(evaluations, told, first)
        for key, states in of_late.items():
            self._settle(key, states)
        actions = Action.objects.filter(evaluation__key__in=evaluations).order_by()
        for key, response, track in actions.values_list("key", "response_id", "track__recommendation__key").iterator(_AT_ONCE):
            state = told.get(f"action:{key}")
            if state is None and (response in handed_over or (not response and track in self.late)):
                state = first.get(f"action:{key}")
                state = _without_later(state, self.day) if state is not None else None
            if state is not None and state["state"] != ActionState.PROPOSED and track in self.tracks:
                self.actions[key] = state
        wanted = {s["unit"] for s in self.actions.values()} - {None}
        self.units = {u.key: u for u in Unit.objects.filter(key__in=wanted)}

    def _tracks(self, evaluations: Sequence[str], told: dict[str, State], first: dict[str, State]) -> None:
        iso = self.day.isoformat()
        rows = Track.objects.filter(evaluation__key__in=evaluations).order_by()
        for key, started in rows.values_list("recommendation__key", "follow_up__started").iterator(_AT_ONCE):
            state = told.get(f"follow-up:{key}")
            if state is None and started is not None and started <= self.day and (later := first.get(f"follow-up:{key}")) is not None:
                self.late.add(key)
                state = dict(later)
                if (state["retired"] or "") > iso:
                    state |= {"state": TrackState.FOLLOWED.value, "retired": None, "retired_why": "", "retired_by": ""}
                if (state["answered"] or "") > iso:
                    state |= {"verdict": "", "answered": None}
            if state is not None:
                self.tracks[key] = state

    def _answers(
        self, evaluations: Sequence[str], told: dict[str, State], first: dict[str, State]
    ) -> tuple[set[int], dict[str, list[State]]]:
        """Those that were handed over; returns numbers of those that were entered later, and their states by recommendation."""
        iso, moment = self.day.isoformat(), self.end
        late: set[int] = set()
        of: defaultdict[str, list[State]] = defaultdict(list)
        rows = Response.objects.filter(evaluation__key__in=evaluations, track__isnull=False).order_by("version")
        for pk, key, made in rows.values_list("pk", "track__recommendation__key", "made").iterator(_AT_ONCE):
            state, track = told.get(f"answer:{pk}"), self.tracks.get(key or "")
            if state is not None or made < moment:
                self.asked.add(pk)
            if state is None and key and track is not None and (key in self.late or not track["answered"]):
                later = first.get(f"answer:{pk}")
                if later is not None and (later["transmitted"] or "") <= iso:
                    state = later
                    if state["state"] in IN_FORCE:
                        late.add(pk)
                        of[key].append(state)
            if state is not None and state["state"] in IN_FORCE:
                self.answers[pk] = state
        self.late |= of.keys()
        return late, of

    def _settle(self, key: str, answers: list[State]) -> None:
        """What answers that were entered later make of a recommendation that had none."""
        track = self.tracks[key]
        if track["verdict"] or track["answered"]:
            return
        said = {s["verdict"] for s in answers if s["verdict"]}
        verdict = next(iter(said), "") if len(said) < 2 else Verdict.PARTIALLY_ACCEPTED.value
        days = [s["transmitted"] for s in answers if s["transmitted"]]
        self.tracks[key] = {**track, "verdict": verdict, "answered": max(days, default=None)}

    def put(self, row: Track | Response | Action) -> bool:
        """Give a row, which is not written, the columns that it had then; False: it was not there."""
        state = (
            self.actions.get(row.key)
            if isinstance(row, Action)
            else self.answers.get(row.pk)
            if isinstance(row, Response)
            else self.tracks.get(row.recommendation.key)
        )
        if state is None:
            return False
        for name in state.keys() & {f.attname for f in row._meta.concrete_fields}:  # noqa: SLF001 - Django's public name
            column = row._meta.get_field(name)  # noqa: SLF001 - as above
            value = state[name]
            setattr(row, name, date.fromisoformat(value) if value and isinstance(column, models.DateField) else value)
        if isinstance(row, Action):
            row.unit = self.units.get(state["unit"] or "")
        return True


def _without_later(first: State, day: date) -> State:
    """An action as it was entered, without what is dated after the day."""
    iso, state = day.isoformat(), dict(first)
    if (state["dropped"] or "") > iso:
        state |= {"dropped": None, "status": "", "state": ActionState.UNDER_WAY.value}
    if (state["verified"] or "") > iso:
        state |= {**_VERIFIED, "state": ActionState.CLAIMED.value if state["state"] == ActionState.VERIFIED else state["state"]}
    if (state["claimed"] or "") > iso:
        state |= {**_CLAIMED, **_VERIFIED, "status": "", "state": ActionState.UNDER_WAY.value}
    if (state["closed"] or "") > iso:
        state["closed"] = None
        if state["state"] in CLOSED:
            state |= {"status": "", "state": ActionState.UNDER_WAY.value}
    return state
