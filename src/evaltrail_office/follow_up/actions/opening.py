"""Opening the follow-up of an evaluation: by which preset, since when, and who owes what."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaltrail.record import Recommendation as Recommended
from evaltrail_office.accounts.access import require
from evaltrail_office.accounts.models import Unit
from evaltrail_office.accounts.policy import Stage, Verb
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.evaluations.models import Evaluation, Recommendation
from evaltrail_office.evaluations.records import evaluation_in, rank, record_of
from evaltrail_office.follow_up.daily import tomorrow
from evaltrail_office.follow_up.family import Family
from evaltrail_office.follow_up.hands import preset_of
from evaltrail_office.follow_up.models import Charge, FollowUp, House, Point, Response, Track
from evaltrail_office.follow_up.moving import change, checked, locked
from evaltrail_office.follow_up.naming import Names
from evaltrail_office.follow_up.preset import Broken, Preset, due_from, parsed, shipped
from evaltrail_office.journal.actions import note
from evaltrail_office.shelf.models import Document, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from evaltrail_office.accounts.models import User
    from evaltrail_office.follow_up.models.answers import Addressee

_TIMES = {"short-term": "short", "medium-term": "medium", "long-term": "long", "ongoing": "ongoing"}
_BIENNIUM = re.compile(r"\bbienni(?:um|a|al)\b|\bbienal(?:e?s)?\b|\bbienio\b|\bbiennum\b|\bexercice biennal\b", re.IGNORECASE)


def presets() -> dict[str, Preset]:
    """Presets that can be chosen: those that come with the program, and the office's own, which comes before one of the same id."""
    own = House.of_office().own
    if not own:
        return dict(shipped())
    try:
        mine = parsed(own, _("the office's own preset"))
    except Broken:
        return dict(shipped())
    return {**shipped(), mine.id: mine}


def open_follow_up(user: User, evaluation: Evaluation, preset: str = "", *, started: date | None = None) -> FollowUp:
    """Open the follow-up of an evaluation: every recommendation that the office knows gets a track, with the points that papers print.

    ``started`` is when the report was issued or decided on; None: the day on which the clock starts is given later (``start_clock``).
    Done again it takes in recommendations that came since.

    Raises:
        PermissionDenied: planning follow-up is not the user's.
        Refused: there is no such preset, or nothing to follow.
    """
    require(user, Verb.PLAN, evaluation)
    known = presets()
    chosen = preset or House.of_office().preset
    if chosen not in known:
        raise Refused(
            _("There is no preset %(name)s. There are: %(known)s.") % {"name": chosen, "known": ", ".join(sorted(known))}, "preset"
        )
    with transaction.atomic():
        evaluation = Evaluation.objects.select_for_update().get(pk=evaluation.pk)
        if not evaluation.recommendations.exists():
            raise Refused(_("The office knows no recommendation of it yet. Confirm them on the evaluation's page first."))
        follow_up = FollowUp.objects.filter(evaluation=evaluation).first()
        if follow_up is None:
            follow_up = FollowUp.objects.create(
                evaluation=evaluation, preset=chosen, rules=known[chosen].model_dump(mode="json"), made_by=user.key
            )
            note(user, "opened", f"follow-up:{evaluation.key}", about=evaluation.key, new={"preset": chosen})
            tomorrow()
        add_tracks(user, follow_up)
        if started is not None:
            start_clock(user, follow_up, started)
    return follow_up


def add_tracks(user: User | str, follow_up: FollowUp) -> int:
    """Give a track to every recommendation of the evaluation that has none; returns how many. Called in a transaction."""
    evaluation = follow_up.evaluation
    wanted = list(evaluation.recommendations.filter(track=None).order_by("position"))
    printed = _printed(wanted)
    for r in wanted:
        track = Track.objects.create(recommendation=r, follow_up=follow_up, evaluation=evaluation)
        for_time, names, points = printed.get(r.key, ("", "", []))
        track.time, track.printed_addressee = for_time, names[:300]
        track.save(update_fields=["time", "printed_addressee"])
        for position, (number, text) in enumerate(points):
            Point.objects.create(track=track, position=position, number=number[:24], text=text, printed=True, made_by=_key(user))
        new = {"time": for_time, "state": track.state, "points": [number for number, _text in points]}
        note(user, "followed", f"follow-up:{r.key}", about=evaluation.key, new=new)
    return len(wanted)


def _printed(wanted: Sequence[Recommendation]) -> dict[str, tuple[str, str, list[tuple[str, str]]]]:
    """Of each recommendation: time implication, printed addressee, printed parts; from the paper that ranks first of those that say it."""
    keys = {r.key for r in wanted}
    rows = Statement.objects.filter(key__in=keys).select_related("document", "document__current", "part")
    found: dict[str, tuple[str, str, list[tuple[str, str]]]] = {}
    for row in sorted(rows, key=lambda row: rank(row.document)):
        own = evaluation_in(record_of(row.document), row.part)
        said = next((s for s in own.statements if s.id == row.record_id), None) if own else None
        if own is None or not isinstance(said, Recommended):
            continue
        inside = [s for s in own.statements if s.parent == said.id]
        parts = [(s.number or f"{(said.number or '').strip(' .:')}.{n}", s.text) for n, s in enumerate(inside, 1)]
        time, names, points = found.get(row.key, ("", "", []))
        found[row.key] = (time or time_of(said), names or "; ".join(said.responsible), points or parts)
    return found


def time_of(said: Recommended) -> str:
    """The time implication of a recommendation as the presets know it; a range counts by its end; empty: none, or not understood."""
    if said.as_printed.time and _BIENNIUM.search(said.as_printed.time):
        return "biennium"
    last = (said.time or "").rpartition(" to ")[2]
    return _TIMES.get(last, "")


def start_clock(user: User, follow_up: FollowUp, day: date) -> None:
    """Say when what starts the clock happened; the dates that follow from it are set anew, except where they were promised.

    Raises ``PermissionDenied``; ``Refused`` for a day in the future.
    """
    require(user, Verb.PLAN, follow_up.evaluation)
    if day > timezone.localdate():
        raise Refused(_("That day is still to come. The clock starts when the report is issued or decided on."), "started")
    preset, months = preset_of(follow_up), House.of_office().months
    with transaction.atomic():
        follow_up = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
        old = {"started": follow_up.started.isoformat() if follow_up.started else None}
        days = preset.clock.response_days
        follow_up.started, follow_up.started_by = day, preset.clock.starts
        follow_up.response_due = None if days is None else day + timedelta(days=days)
        follow_up.revision += 1
        follow_up.save(update_fields=["started", "started_by", "response_due", "revision"])
        new = {"started": day.isoformat(), "response_due": follow_up.response_due.isoformat() if follow_up.response_due else None}
        note(user, "started the clock of", f"follow-up:{follow_up.evaluation.key}", about=follow_up.evaluation.key, old=old, new=new)
        for track in follow_up.tracks.select_related("recommendation"):
            due = due_from(day, track.time, preset, months)
            if due != track.due:
                fresh = locked(track)
                change(user, fresh, checked(user, fresh, "address"), due=due)


def address(user: User, track: Track, addressee: Addressee, revision: int | None = None) -> Track:
    """Say to whom a recommendation is addressed. Those of others than management stay outside management's rates."""
    with transaction.atomic():
        track = locked(track, revision)
        change(user, track, checked(user, track, "address"), addressee=addressee)
    return track


def charge(
    user: User, track: Track, lead: Unit, others: Iterable[Unit] = (), *, organisation: str = "", revision: int | None = None
) -> Track:
    """Say which unit leads the answer and which contribute; the answer is then asked for, of each point that is answered by itself.

    A unit that ended gives way to its successor. Raises ``Refused`` for one that ended without a successor.
    """
    with transaction.atomic():
        track = locked(track, revision)
        found = checked(user, track, "charge")
        first, rest = current(lead), [current(u) for u in others]
        was = {c.unit.key: c for c in track.charges.filter(organisation=organisation).select_related("unit")}
        old = {"lead": next((k for k, c in was.items() if c.lead), None), "others": sorted(k for k, c in was.items() if not c.lead)}
        wanted = {first.key: (first, True), **{u.key: (u, False) for u in rest if u.pk != first.pk}}
        for c in was.values():
            if c.unit.key not in wanted:
                c.delete()
        # The old lead gives way first: there is one.
        track.charges.filter(organisation=organisation, lead=True).exclude(unit=first).update(lead=False)
        for unit, leads in wanted.values():
            Charge.objects.update_or_create(track=track, organisation=organisation, unit=unit, defaults={"lead": leads})
        new = {"lead": first.key, "others": sorted(u.key for u, leads in wanted.values() if not leads), "organisation": organisation}
        change(user, track, found, more={**new, "before": old})
        ask(track, organisation)
    return track


def current(unit: Unit) -> Unit:
    """The unit that answers now: itself, or the last of its successors. Raises ``Refused`` where it ended without one."""
    if unit.valid_until is None and unit.successor_id is None:
        return unit
    family = Family.read()
    last = family.today(unit.pk)
    unit = unit if last == unit.pk else Unit.objects.get(pk=last)
    if family.ended(last):
        raise Refused(
            _("%(unit)s ended on %(day)s and no unit follows it. Name another, or say on the page of units which one follows it.")
            % {"unit": unit.name, "day": unit.valid_until},
            "unit",
        )
    return unit


def ask(track: Track, organisation: str = "") -> list[Response]:
    """Have an answer to a track for each point that is answered by itself, or one for the whole. Called in a transaction."""
    points: list[Point | None] = list(track.points.filter(joined=None)) or [None]
    made = []
    for point in points:
        answer = Response.objects.filter(track=track, point=point, organisation=organisation).order_by("-version").first()
        if answer is None:
            answer = Response.objects.create(
                follow_up=track.follow_up, evaluation=track.evaluation, track=track, point=point, organisation=organisation
            )
        made.append(answer)
    return made


def units_by_name() -> Names:
    """Every unit by its code, its name and its key, in small letters: one query, for many printed words."""
    return Names.read()


def units_named(names: str, known: Names | None = None) -> list[Unit]:
    """Units that printed words may mean: proposals for a person, in the order in which they are named.

    ``known`` is ``units_by_name``, where many words are looked up.
    """
    return (units_by_name() if known is None else known).named(names) if names.strip() else []


def ready(evaluation: Evaluation) -> bool:
    """Whether an evaluation's report is out, so that its follow-up can begin."""
    return evaluation.stage in {Stage.ISSUED, Stage.RELEASED} and Document.objects.filter(parts__evaluation_key=evaluation.key).exists()


def _key(user: Any) -> str:
    return user if isinstance(user, str) else str(user.key)
