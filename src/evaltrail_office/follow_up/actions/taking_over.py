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
    from evaltrail_office.follow_up.preset import Preset
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
    others: tuple[Unit, ...] = ()
    """Units that contribute."""
    status: str = ""
    """Code of the preset's status that the paper prints; what it calls done stays under way until it is claimed and verified."""
    comments: str = ""
    """What the paper tells of its progress, kept as a note too."""


@dataclass(frozen=True, slots=True)
class TakenAnswer:
    """An answer as a person confirmed it."""

    statement: str
    """Its id in the paper's record."""
    track: int
    point: int | None
    verdict: str
    actions: tuple[TakenAction, ...] = ()
    organisation: str = ""
    """Whose it is, where several answer."""


def take_over_printed(
    user: User, follow_up: FollowUp, document: Document, chosen: Sequence[TakenAnswer] | None = None, *, overall: bool = True
) -> list[Transmission]:
    """Take over what a confirmed paper answers; its words stay the paper's, and the answers count as handed over on its day.

    ``chosen`` are the answers as a person confirmed them; None: all, as they were read. Answers that the office has, or is writing, are
    left out. Each organisation hands over its own: one transmission each.

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
        whole = found.overall if overall else {}
        if not pairs and not whole:
            raise Refused(_("There is nothing to take over: every answer of the paper is here already, or none was chosen."))
        _once(pairs, follow_up)
        names = dict.fromkeys([*(t.organisation for _offer, t in pairs), *whole])
        sent = [
            _transmitted(user, follow_up, document, name, [p for p in pairs if p[1].organisation == name], whole.get(name, ""))
            for name in names
        ]
        for track in {offer.track.pk: offer.track for offer, _taken in pairs}.values():
            settle(user, track)
        promised = Action.objects.filter(response__transmission__in=sent).select_related("unit", "track__recommendation")
        plan_quality.keep(list(promised), document.language or "en")
    return sent


def _once(pairs: Sequence[tuple[Offer, TakenAnswer]], follow_up: FollowUp) -> None:
    """Refuse two answers of one organisation to one recommendation, and one that it has already given."""
    seen: set[tuple[int, int | None, str]] = set()
    for offer, taken in pairs:
        key = (offer.track.pk, taken.point, taken.organisation)
        begun = Response.objects.filter(follow_up=follow_up, track=offer.track, point=offer.point, organisation=taken.organisation)
        if key in seen or begun.exclude(state=ResponseState.ASKED).exists():
            raise Refused(
                _("Recommendation %(number)s has two answers of the same organisation. Say whose each is, or leave one of them.")
                % {"number": offer.track.recommendation.number or offer.track.recommendation.key},
                "organisation",
            )
        seen.add(key)


def _transmitted(
    user: User, follow_up: FollowUp, document: Document, name: str, pairs: Sequence[tuple[Offer, TakenAnswer]], whole: str
) -> Transmission:
    """The answers of one organisation, frozen as they are printed."""
    assert document.current is not None  # noqa: S101 - looked at before
    day = document.date or timezone.localdate()
    rows = [_answer(user, follow_up, offer, taken, document) for offer, taken in pairs]
    if whole:
        rows.append(_overall(follow_up, name))
    sent = Transmission(
        evaluation=follow_up.evaluation,
        organisation=name,
        made_by=user.key,
        document_key=document.key,
        version=document.current.number,
    )
    texts = [offer.text for offer, _taken in pairs] + ([whole] if whole else [])
    verdicts = [taken.verdict for _offer, taken in pairs] + ([""] if whole else [])
    for r, text, verdict in zip(rows, texts, verdicts, strict=True):
        r.verdict, r.text, r.reason = verdict, text, _reason(verdict)
    sent.body = [frozen(r) for r in rows]
    sent.sha256 = hashlib.sha256(canonical(sent.body)).hexdigest()
    sent.save()
    for r, text, verdict in zip(rows, texts, verdicts, strict=True):
        _hand_over(user, r, sent, text, verdict, day)
    new = {"sha256": sent.sha256, "answers": len(rows), "version": sent.version, "organisation": name}
    note(user, "took over", f"document:{document.key}", about=follow_up.evaluation.key, new=new)
    return sent


def _all(found: Sequence[Offer]) -> list[TakenAnswer]:
    return [
        TakenAnswer(
            o.statement,
            o.track.pk,
            o.point.pk if o.point else None,
            o.verdict,
            tuple(TakenAction(a.text, a.number, a.unit, a.due, a.note, a.others, a.status, a.comments) for a in o.actions),
            o.organisation,
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
    name = taken.organisation
    leading = [a.unit for a in taken.actions if a.unit is not None]
    units = list(dict.fromkeys(current(u) for u in [*leading, *(u for a in taken.actions for u in a.others)]))
    if units and not offer.track.charges.filter(organisation=name).exists():
        charge(user, offer.track, units[0], units[1:], organisation=name)
    found = Response.objects.filter(track=offer.track, point=offer.point, organisation=name, state=ResponseState.ASKED).first()
    if found is None:
        found = Response.objects.create(
            follow_up=follow_up, evaluation=follow_up.evaluation, track=offer.track, point=offer.point, organisation=name
        )
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
    state, status = _standing(a.status, preset_of(response.follow_up))
    move = checked(user, made, "take_over")
    more = {"recommendation": response.track.recommendation.key, "answer": response.pk}
    change(user, made, move, more=more, state=state, status=status, first_due=a.due, due=a.due, **columns)
    if a.note:
        words = _("Taken over from %(key)s: %(note)s.") % {"key": document.key, "note": a.note}
        Progress.objects.create(action=made, text=words, made_by=user.key)
    if a.comments:
        words = _("As %(key)s tells: %(comments)s") % {"key": document.key, "comments": a.comments}
        Progress.objects.create(action=made, text=words, made_by=user.key)


def _standing(code: str, preset: Preset) -> tuple[ActionState, str]:
    """State and status of an action whose printed status has this code: nothing counts as done before both keys are turned."""
    known = preset.status(code) if code else None
    meaning = known.meaning if known else Meaning.OPEN
    if known is not None and meaning in {Meaning.PARTIAL, Meaning.SUBSTANTIAL}:
        return ActionState.UNDER_WAY, known.code
    return ActionState.OPEN, (known if known is not None and meaning == Meaning.OPEN else preset.of(Meaning.OPEN)[0]).code


def _overall(follow_up: FollowUp, name: str) -> Response:
    asked = Response.objects.filter(follow_up=follow_up, track=None, organisation=name, state=ResponseState.ASKED).first()
    return asked or Response.objects.create(follow_up=follow_up, evaluation=follow_up.evaluation, organisation=name)


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
