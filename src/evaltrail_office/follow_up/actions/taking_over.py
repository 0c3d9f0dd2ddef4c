"""Taking over answers that a paper prints: as handed over by the paper itself, without clearance, when a person has confirmed them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaltrail_office.accounts.refused import Refused
from evaltrail_office.follow_up import plan_quality
from evaltrail_office.follow_up.actions.answers import canonical, frozen, join, settle
from evaltrail_office.follow_up.actions.opening import charge, current
from evaltrail_office.follow_up.hands import Hands, preset_of
from evaltrail_office.follow_up.machine import HANDS, ActionState, Hand, Meaning, ResponseState, Verdict
from evaltrail_office.follow_up.models import Action, FollowUp, Progress, Response, Transmission
from evaltrail_office.follow_up.moving import change, checked, locked
from evaltrail_office.follow_up.printed import offers
from evaltrail_office.journal.actions import note
from evaltrail_office.shelf.models import next_key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from evaltrail_office.accounts.models import Unit, User
    from evaltrail_office.follow_up.printed import Offer
    from evaltrail_office.shelf.models import Document

_SHORT = frozenset({Verdict.PARTIALLY_ACCEPTED, Verdict.REJECTED})


@dataclass(frozen=True, slots=True)
class TakenAction:
    """An action as a person confirmed it."""

    text: str
    number: str = ""
    unit: Unit | None = None
    due: date | None = None
    note: str = ""
    """What the paper left open, kept as a note of progress."""


@dataclass(frozen=True, slots=True)
class TakenAnswer:
    """An answer as a person confirmed it."""

    statement: str
    """Its id in the paper's record."""
    track: int
    point: int | None
    verdict: str
    actions: tuple[TakenAction, ...] = ()


def take_over_printed(
    user: User, follow_up: FollowUp, document: Document, chosen: Sequence[TakenAnswer] | None = None, *, overall: bool = True
) -> Transmission:
    """Take over what a confirmed paper answers; its words stay the paper's, and the answers count as handed over on its day.

    ``chosen`` are the answers as a person confirmed them; None: all, as they were read. Answers that the office has, or is writing, are
    left out.

    Raises:
        PermissionDenied: it is not the evaluation office's or the response coordinator's.
        Refused: nobody has confirmed the paper; it prints nothing that could be taken over; an answer says neither yes nor no; a due
            date lies before the report.
    """
    if document.confirmed is None or document.current is None:
        raise Refused(_("Nobody has confirmed this paper yet. Confirm it first: what a machine read is no answer of management's."))
    with transaction.atomic():
        follow_up = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
        probe = Response(follow_up=follow_up, evaluation=follow_up.evaluation)
        if not Hands(user).of(probe, preset_of(follow_up)) & {Hand.OFFICE, Hand.COORDINATOR}:
            raise PermissionDenied(_("This is for: %(whose)s.") % {"whose": f"{HANDS[Hand.OFFICE]}, {HANDS[Hand.COORDINATOR]}"})
        found = offers(follow_up, document)
        by = {(o.statement, o.track.pk, o.point.pk if o.point else None): o for o in found.answers}
        wanted = _all(found.answers) if chosen is None else list(chosen)
        pairs = [(by[key], t) for t in wanted if (key := (t.statement, t.track, t.point)) in by]
        whole = found.overall if overall else ""
        if not pairs and not whole:
            raise Refused(_("There is nothing to take over: every answer of the paper is here already, or none was chosen."))
        day = document.date or timezone.localdate()
        rows = [_answer(user, follow_up, offer, taken, document) for offer, taken in pairs]
        if whole:
            rows.append(_overall(user, follow_up))
        sent = Transmission(evaluation=follow_up.evaluation, made_by=user.key, document_key=document.key, version=document.current.number)
        texts = [offer.text for offer, _taken in pairs] + ([whole] if whole else [])
        verdicts = [taken.verdict for _offer, taken in pairs] + ([""] if whole else [])
        for r, text, verdict in zip(rows, texts, verdicts, strict=True):
            r.verdict, r.text, r.reason = verdict, text, _reason(verdict)
        sent.body = [frozen(r) for r in rows]
        sent.sha256 = hashlib.sha256(canonical(sent.body)).hexdigest()
        sent.save()
        for r, text, verdict in zip(rows, texts, verdicts, strict=True):
            _hand_over(user, r, sent, text, verdict, day)
        for track in {r.track for r in rows if r.track is not None}:
            settle(user, track)
        promised = Action.objects.filter(response__transmission=sent).select_related("unit", "track__recommendation")
        plan_quality.keep(list(promised), document.language or "en")
        note(
            user,
            "took over",
            f"document:{document.key}",
            about=follow_up.evaluation.key,
            new={"sha256": sent.sha256, "answers": len(rows), "version": sent.version},
        )
    return sent


def _all(found: Sequence[Offer]) -> list[TakenAnswer]:
    return [
        TakenAnswer(
            o.statement,
            o.track.pk,
            o.point.pk if o.point else None,
            o.verdict,
            tuple(TakenAction(a.text, a.number, a.unit, a.due, a.note) for a in o.actions),
        )
        for o in found
    ]


def _reason(verdict: str) -> str:
    return _("As the answer says.") if verdict in _SHORT else ""


def _answer(user: User, follow_up: FollowUp, offer: Offer, taken: TakenAnswer, document: Document) -> Response:
    """The row of an answer with its planned actions, asked for where it was not."""
    if taken.verdict not in Verdict.values:
        number = offer.track.recommendation.number or offer.track.recommendation.key
        raise Refused(_("Recommendation %(number)s: say whether the answer accepts it.") % {"number": number}, "verdict")
    if offer.point is None and offer.track.points.filter(joined=None).exists():
        # The paper answers as a whole what the office would have asked for in points.
        join(user, offer.track)
    units = list(dict.fromkeys(current(a.unit) for a in taken.actions if a.unit is not None))
    if units and not offer.track.charges.filter(organisation="").exists():
        charge(user, offer.track, units[0], units[1:])
    found = Response.objects.filter(track=offer.track, point=offer.point, organisation="", state=ResponseState.ASKED).first()
    if found is None:
        found = Response.objects.create(follow_up=follow_up, evaluation=follow_up.evaluation, track=offer.track, point=offer.point)
    for position, a in enumerate(taken.actions):
        _action(user, found, a, position, document)
    return found


def _action(user: User, response: Response, a: TakenAction, position: int, document: Document) -> None:
    start = response.follow_up.started
    if a.due is not None and start is not None and a.due < start:
        raise Refused(
            _("%(due)s is before the report itself (%(start)s). Give a later date.")
            % {"due": a.due.isoformat(), "start": start.isoformat()},
            "due",
        )
    assert response.track is not None  # noqa: S101 - actions are promised in answers to recommendations
    made = Action.objects.create(key=next_key("A", Action, 6), track=response.track, response=response, evaluation=response.evaluation)
    made = locked(made)
    columns: dict[str, Any] = {"number": a.number, "position": position, "text": a.text, "unit": current(a.unit) if a.unit else None}
    status = preset_of(response.follow_up).of(Meaning.OPEN)[0].code
    move = checked(user, made, "take_over")
    more = {"recommendation": response.track.recommendation.key, "answer": response.pk}
    change(user, made, move, more=more, state=ActionState.OPEN, status=status, first_due=a.due, due=a.due, **columns)
    if a.note:
        words = _("Taken over from %(key)s: %(note)s.") % {"key": document.key, "note": a.note}
        Progress.objects.create(action=made, text=words, made_by=user.key)


def _overall(user: User, follow_up: FollowUp) -> Response:
    del user
    asked = Response.objects.filter(follow_up=follow_up, track=None, organisation="", state=ResponseState.ASKED).first()
    return asked or Response.objects.create(follow_up=follow_up, evaluation=follow_up.evaluation)


def _hand_over(user: User, response: Response, sent: Transmission, text: str, verdict: str, day: date) -> None:
    fresh = locked(response)
    change(
        user,
        fresh,
        checked(user, fresh, "take_over"),
        state=ResponseState.TRANSMITTED,
        verdict=verdict,
        text=text,
        reason=_reason(verdict),
        transmission=sent,
        transmitted=day,
    )
