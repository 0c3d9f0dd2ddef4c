"""Answers that a confirmed paper prints, as they may be taken over: to which recommendation, with which actions, units and dates."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from evaltrail.check.promised import promised
from evaltrail.record import Response as Answering
from evaltrail.text.dates import due_of
from evaltrail_office.accounts.access import visible
from evaltrail_office.evaluations.records import evaluation_in, record_of
from evaltrail_office.follow_up.actions.opening import units_by_name, units_named
from evaltrail_office.follow_up.machine import SYSTEM, ResponseState, Verdict
from evaltrail_office.follow_up.models import Point, Response, Track
from evaltrail_office.shelf.models import Document, Statement

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from evaltrail.record import Action as Printed
    from evaltrail.record import Evaluation, OverallResponse
    from evaltrail.text.dates import Date
    from evaltrail_office.accounts.models import Unit, User
    from evaltrail_office.follow_up.models import FollowUp

_CODE = re.compile(r"\b[A-Z][A-Z/&-]{1,19}\b")


@dataclass(frozen=True, slots=True)
class OfferedAction:
    """An action as the paper prints it, and what was understood of it."""

    text: str
    number: str = ""
    unit: Unit | None = None
    due: date | None = None
    printed_unit: str = ""
    printed_due: str = ""
    promise: bool = False
    """Whether it is what an answer in running text promises, and no line of a table."""

    @property
    def note(self) -> str:
        """What is not known of it, in words; empty: all is."""
        found = []
        if self.unit is None:
            found.append(
                _("unit printed as “%(words)s”") % {"words": self.printed_unit} if self.printed_unit else _("the paper names no unit")
            )
        if self.due is None:
            found.append(
                _("date printed as “%(words)s”") % {"words": self.printed_due} if self.printed_due else _("the paper names no date")
            )
        return "; ".join(found)


@dataclass(frozen=True, slots=True)
class Offer:
    """An answer of the paper that may be taken over."""

    statement: str
    """Its id in the record."""
    track: Track
    point: Point | None
    verdict: str
    """Empty where the paper does not say it clearly."""
    text: str
    actions: tuple[OfferedAction, ...] = ()


@dataclass(slots=True)
class Offers:
    """What a paper offers."""

    answers: list[Offer] = field(default_factory=list)
    overall: str = ""
    held: int = 0
    """Answers that are left out: the office has one to the same recommendation already, or is writing it."""


def papers_with_answers(user: User, follow_up: FollowUp) -> list[Document]:
    """Confirmed papers of the evaluation that print answers and were not made by the office itself."""
    keys = Statement.objects.filter(part__evaluation_key=follow_up.evaluation.key, kind="response").values("document")
    found = visible(user, Document.objects.filter(pk__in=keys, confirmed__isnull=False, current__isnull=False))
    return list(found.exclude(versions__made_by=SYSTEM).select_related("current").defer("current__payload").order_by("pk"))


def offers(follow_up: FollowUp, document: Document) -> Offers:
    """What a paper prints that could be taken over. Its record is read."""
    record = record_of(document)
    tracks = {
        t.recommendation.key: t
        for t in follow_up.tracks.select_related("recommendation", "follow_up", "evaluation").prefetch_related("points")
    }
    keys = dict(Statement.objects.filter(document=document).exclude(key="").values_list("record_id", "key"))
    taken: defaultdict[str, set[int | None]] = defaultdict(set)
    begun = Response.objects.filter(follow_up=follow_up, track__isnull=False).exclude(state=ResponseState.ASKED)
    for key, number in begun.values_list("track__recommendation__key", "point_id"):
        taken[key].add(number)
    whole = Response.objects.filter(follow_up=follow_up, track=None).exclude(state=ResponseState.ASKED).exists()
    units, said = units_by_name(), promised(record)
    found = Offers()
    for part in document.parts.filter(evaluation_key=follow_up.evaluation.key):
        own = evaluation_in(record, part)
        if own is None:
            continue
        if own.overall_responses and not whole:
            found.overall = "\n".join(_whole(o) for o in own.overall_responses)
        for s in own.statements:
            if not isinstance(s, Answering):
                continue
            for track, point in _answered(own, s, keys, tracks):
                there = taken.get(track.recommendation.key, set())
                if there if point is None else there & {point.pk, None}:
                    found.held += 1
                    continue
                found.answers.append(_offer(s, track, point, units, said.get(s.id, ""), document.language or "en"))
    found.answers.sort(key=lambda o: (o.track.recommendation.position, o.point.position if o.point else 0))
    return found


def _whole(said: OverallResponse) -> str:
    return said.text.strip()


def _answered(own: Evaluation, s: Answering, keys: Mapping[str, str], tracks: Mapping[str, Track]) -> list[tuple[Track, Point | None]]:
    """What an answer of the paper is to: recommendations that are followed, or points of them."""
    parents = {x.id: x.parent for x in own.statements}
    texts = {x.id: " ".join(x.text.split()) for x in own.statements}
    found: dict[tuple[int, int | None], tuple[Track, Point | None]] = {}
    for answer in s.answers:
        if answer.record is not None:
            continue
        parent = parents.get(answer.id)
        track = tracks.get(keys.get(answer.id, "") or keys.get(parent or "", ""))
        if track is None:
            continue
        live = [p for p in track.points.all() if p.joined is None]
        if parent is None:
            found[track.pk, None] = (track, None)
            continue
        point = next((p for p in live if " ".join(p.text.split()) == texts.get(answer.id)), None)
        if point is not None:
            found[track.pk, point.pk] = (track, point)
    return list(found.values())


def _offer(s: Answering, track: Track, point: Point | None, units: Mapping[str, Unit], promise: str, language: str) -> Offer:
    actions = tuple(_action(a, units, language) for a in s.actions if a.text.strip())
    if not actions and promise:
        actions = (_promise(promise, track, units, language),)
    start = track.follow_up.started
    if start is not None:
        # A day before the report was not promised in answer to it: it is shown as printed and left to the person.
        actions = tuple(
            replace(a, due=None, printed_due=a.printed_due or a.due.isoformat()) if a.due and a.due < start else a for a in actions
        )
    verdict = s.verdict if s.verdict in Verdict.values else ""
    return Offer(s.id, track, point, verdict or "", s.text.strip(), actions)


def _action(a: Printed, units: Mapping[str, Unit], language: str) -> OfferedAction:
    named: Sequence[Unit] = units_named(a.unit or "", units)
    due = due_of(a.due or "", language) or _promised_day(a.text, language)
    return OfferedAction(
        text=a.text.strip(),
        number=(a.number or "").strip()[:24],
        unit=named[0] if named else None,
        due=due.last if due else None,
        printed_unit=(a.unit or "").strip(),
        printed_due=(a.due or "").strip(),
    )


def _promised_day(words: str, language: str) -> Date | None:
    """The date by which running text promises something; a plan's years ("2022–25") and a bare year are none."""
    found = due_of(words, language)
    return found if found is not None and not found.span and found.precision != "year" else None


def _promise(words: str, track: Track, units: Mapping[str, Unit], language: str) -> OfferedAction:
    """What an answer in running text promises, as one action: of the unit that it names, else of the recommendation's first."""
    named = [units[code.casefold()] for code in _CODE.findall(words) if code.casefold() in units]
    printed = units_named(track.printed_addressee, units)
    due = _promised_day(words, language)
    return OfferedAction(
        text=words,
        unit=next(iter([*named, *printed]), None),
        due=due.last if due else None,
        printed_unit=track.printed_addressee,
        promise=True,
    )
