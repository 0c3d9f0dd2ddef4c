"""Management's answers: split, drafted, contributed to, cleared, transmitted with a hash, made public."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from evaltrail_office.accounts.models import User
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.follow_up import plan_quality
from evaltrail_office.follow_up.actions.ending import follow_again
from evaltrail_office.follow_up.actions.opening import ask, current
from evaltrail_office.follow_up.hands import Hands, preset_of
from evaltrail_office.follow_up.machine import BY_NAME, HANDS, ActionState, Hand, Meaning, ResponseState, TrackState, Verdict
from evaltrail_office.follow_up.models import Action, Charge, Clearance, FollowUp, Point, Response, Track, Transmission
from evaltrail_office.follow_up.moving import change, checked, locked
from evaltrail_office.follow_up.paper import enter
from evaltrail_office.journal.actions import note
from evaltrail_office.shelf.models import next_key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from evaltrail_office.accounts.models import Unit

_SHORT = frozenset({Verdict.PARTIALLY_ACCEPTED, Verdict.REJECTED})
_TAKING = frozenset({Verdict.ACCEPTED, Verdict.PARTIALLY_ACCEPTED})
_SAID = ("verdict", "text", "reason", "alternative", "infeasible", "money")
IN_FORCE = (ResponseState.TRANSMITTED, ResponseState.ISSUED)
"""States of an answer that was handed over."""


def split(user: User, track: Track, parts: Sequence[tuple[str, str]], revision: int | None = None) -> list[Point]:
    """Have a compound recommendation answered point by point. It keeps its words; the split is kept, also when it is taken back.

    ``parts`` are (number, words). Raises ``Refused`` for fewer than two points, one without words, or an answer that was transmitted.
    """
    wanted = [(number.strip(), " ".join(text.split())) for number, text in parts if number.strip() or text.strip()]
    if len(wanted) < 2:
        raise Refused(_("Give at least two points."), "parts")
    for number, text in wanted:
        if not text:
            raise Refused(_("Point %(number)s has no words.") % {"number": number}, "parts")
    with transaction.atomic():
        track = locked(track, revision)
        found = checked(user, track, "split")
        _nothing_transmitted(track)
        old = _join(user, track)
        made = [
            Point.objects.create(
                track=track, position=n, number=(number or f"{track.recommendation.number}.{n + 1}")[:24], text=text, made_by=user.key
            )
            for n, (number, text) in enumerate(wanted)
        ]
        change(user, track, found, more={"points": [p.number for p in made], "before": old})
        _ask_anew(track)
    return made


def join(user: User, track: Track, revision: int | None = None) -> Track:
    """Take a split back: the recommendation is answered as a whole again. Raises ``Refused`` after an answer was transmitted."""
    with transaction.atomic():
        track = locked(track, revision)
        found = checked(user, track, "join")
        _nothing_transmitted(track)
        old = _join(user, track)
        if not old:
            raise Refused(_("It is not split."))
        change(user, track, found, more={"before": old})
        _ask_anew(track)
    return track


def _nothing_transmitted(track: Track) -> None:
    if track.responses.filter(state__in=IN_FORCE).exists():
        raise Refused(_("An answer to it has been transmitted: what was answered stays as it was."))


def _join(user: User, track: Track) -> list[str]:
    own = track.points.filter(joined=None)
    old = [p.number for p in own]
    own.update(joined=timezone.now(), joined_by=user.key)
    return old


def _ask_anew(track: Track) -> None:
    """Answers that nobody has begun follow the points as they are now."""
    begun = track.responses.exclude(state=ResponseState.ASKED).filter(replaced=False)
    track.responses.filter(state=ResponseState.ASKED).delete()
    # A draft for what is not answered by itself any more stays to be read, and is answered no further.
    for r in begun:
        if (r.point is None) == track.points.filter(joined=None).exists() or (r.point is not None and r.point.joined is not None):
            r.replaced = True
            r.save(update_fields=["replaced"])
    for organisation in set(track.charges.values_list("organisation", flat=True)):
        ask(track, organisation)


@dataclass(frozen=True, slots=True)
class Promise:
    """An action as it is planned in an answer."""

    text: str
    unit: Unit | None = None
    due: date | None = None
    number: str = ""
    owner: User | None = None
    cost: Decimal | None = None
    currency: str = ""
    key: str = ""
    """Of an action that is there already; empty: a new one."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """What an answer says."""

    verdict: str = ""
    text: str = ""
    reason: str = ""
    alternative: str = ""
    infeasible: bool = False
    money: str = ""
    actions: tuple[Promise, ...] | None = field(default=None)
    """None: they stay as they are."""


def overall(user: User, follow_up: FollowUp, *, organisation: str = "") -> Response:
    """The answer to the evaluation as a whole; asked for where there is none. It is the coordinator's."""
    found = follow_up.responses.filter(track=None, organisation=organisation).order_by("-version").first()
    if found is not None:
        return found
    made = Response(follow_up=follow_up, evaluation=follow_up.evaluation, organisation=organisation)
    if Hand.COORDINATOR not in Hands(user).of(made, preset_of(follow_up)):
        raise PermissionDenied(_("This is for: %(whose)s.") % {"whose": HANDS[Hand.COORDINATOR]})
    made.save()
    return made


def draft(user: User, response: Response, said: Drafted, revision: int | None = None) -> Response:
    """Write an answer down, with its actions. It may be unfinished: what is missing is said when it is submitted.

    Raises:
        PermissionDenied: the unit does not lead the answer.
        Refused: the preset has no such verdict; a due date before the clock started; a unit that ended.
        Overtaken: somebody else wrote meanwhile.
    """
    with transaction.atomic():
        response = locked(response, revision)
        found = checked(user, response, "draft")
        preset = preset_of(response.follow_up)
        if said.verdict and said.verdict not in preset.verdicts:
            known = ", ".join(preset.verdicts.values())
            raise Refused(_("%(preset)s knows no such answer. It knows: %(known)s.") % {"preset": preset.name, "known": known}, "verdict")
        if said.actions is not None:
            _plan(user, response, said.actions)
        change(
            user,
            response,
            found,
            state=ResponseState.DRAFTED,
            verdict=said.verdict,
            text=said.text.strip(),
            reason=said.reason.strip(),
            alternative=said.alternative.strip(),
            infeasible=said.infeasible,
            money=said.money.strip(),
        )
    return response


def _plan(user: User, response: Response, promises: Sequence[Promise]) -> None:
    if response.track is None:
        if promises:
            raise Refused(_("Actions are promised in the answers to recommendations."), "actions")
        return
    kept = {a.key: a for a in response.actions.select_for_update()}
    wanted = {p.key for p in promises if p.key}
    for key, a in kept.items():
        if key not in wanted:
            note(user, "removed", f"action:{key}", about=response.evaluation.key, old={"text": a.text})
            a.delete()
    for position, p in enumerate(promises):
        _dates(response, p.due)
        unit = current(p.unit) if p.unit is not None else None
        if not p.text.strip():
            raise Refused(_("An action without words promises nothing: say what is done."), "actions")
        columns: dict[str, Any] = {
            "number": p.number.strip()[:24],
            "position": position,
            "text": p.text.strip(),
            "unit": unit,
            "owner": p.owner,
            "first_due": p.due,
            "due": p.due,
            "cost": p.cost,
            "currency": p.currency.strip().upper()[:3] if p.cost is not None else "",
        }
        if p.cost is not None and not p.currency.strip():
            raise Refused(_("Say in which currency it costs that."), "currency")
        found, more = kept.get(p.key), {}
        if found is None:
            # What it belongs to never changes: the journal says it once.
            more = {"recommendation": response.track.recommendation.key, "answer": response.pk}
            # Empty at first, so that the entry of the journal tells all that it says.
            found = Action.objects.create(
                key=next_key("A", Action, 6), track=response.track, response=response, evaluation=response.evaluation
            )
        change(user, found, checked(user, found, "plan"), more=more, **columns)


def _dates(response: Response, due: date | None) -> None:
    start = response.follow_up.started
    if due is not None and start is not None and due < start:
        raise Refused(
            _("%(due)s is before the report itself (%(start)s). Give a later date.") % {"due": due.isoformat(), "start": start.isoformat()},
            "due",
        )


def contribute(user: User, response: Response, words: str, revision: int | None = None) -> Charge:
    """Give what one's unit contributes to an answer; the lead unit sees it beside its draft."""
    with transaction.atomic():
        response = locked(response, revision)
        hands = Hands(user)
        found = checked(user, response, "contribute", given={"words": words}, hands=hands)
        assert response.track is not None  # noqa: S101 - only units are asked to contribute, and to recommendations
        own = (
            response.track.charges.select_for_update().filter(lead=False, organisation=response.organisation, unit__in=hands.units).first()
        )
        if own is None:
            raise PermissionDenied(_("This is for: %(whose)s.") % {"whose": HANDS[Hand.CONTRIBUTOR]})
        old = own.words
        own.words, own.given, own.given_by = words.strip(), timezone.now(), user.key
        own.save(update_fields=["words", "given", "given_by"])
        change(user, response, found, more={"unit": own.unit.key, "words": own.words, "before": old})
    return own


def missing(response: Response) -> list[tuple[str, str]]:
    """What an answer still lacks before it can be submitted: (field, one sentence each)."""
    found: list[tuple[str, str]] = []
    if response.track is None:
        return [] if response.text else [("text", _("Write the answer."))]
    if not response.verdict:
        found.append(("verdict", _("Choose whether it is accepted.")))
    if not response.text:
        found.append(("text", _("Write the answer.")))
    if response.verdict in _SHORT and not response.reason:
        found.append(("reason", _("Give the reason: it is not accepted in full.")))
    if response.infeasible and not response.alternative:
        found.append(("alternative", _("Say what is done instead of what cannot be done.")))
    if response.verdict in _TAKING:
        actions = list(response.actions.all())
        if not actions and not _goes_on(response):
            found.append(("actions", _("An acceptance promises at least one action.")))
        for a in actions:
            name = a.number or a.text[:40]
            if a.unit_id is None:
                found.append(("actions", _("Action %(name)s: name the unit that does it.") % {"name": name}))
            if a.due is None:
                found.append(("actions", _("Action %(name)s: give the date by which it is done.") % {"name": name}))
    return found


def _goes_on(response: Response) -> bool:
    """Whether an earlier version of the answer promised actions that still hold."""
    if response.version == 1:
        return False
    same = Action.objects.filter(
        response__track=response.track, response__point=response.point, response__organisation=response.organisation
    )
    return same.exclude(state__in=(ActionState.PROPOSED, ActionState.DROPPED)).exists()


def submit(user: User, response: Response, revision: int | None = None) -> Response:
    """Hand a drafted answer to the chain of clearance. Raises ``Refused`` with everything that is still missing."""
    with transaction.atomic():
        response = locked(response, revision)
        found = checked(user, response, "submit")
        gaps = missing(response)
        if gaps:
            raise Refused(" ".join(dict.fromkeys(words for _field, words in gaps)), gaps[0][0])
        steps = _steps(response)
        first = _next_step(response, -1, steps)
        state = ResponseState.SUBMITTED if first < steps else ResponseState.CLEARED
        change(user, response, found, state=state, step=first, round=response.round + 1)
    return response


def _steps(response: Response) -> int:
    return len(preset_of(response.follow_up).clearance)


def _next_step(response: Response, after: int, steps: int) -> int:
    """The number of the next step that concerns the answer: contributors agree only where there are any, and a whole has no lead unit."""
    preset = preset_of(response.follow_up)
    for n in range(after + 1, steps):
        by = preset.clearance[n].by
        if response.track is None:
            if by == "coordinator":
                return n
            continue
        if by != "contributors" or response.track.charges.filter(lead=False, organisation=response.organisation).exists():
            return n
    return steps


def withdraw(user: User, response: Response, revision: int | None = None) -> Response:
    """Take an answer back from clearance to write on it."""
    with transaction.atomic():
        response = locked(response, revision)
        change(user, response, checked(user, response, "withdraw"), state=ResponseState.DRAFTED, step=0)
    return response


def clear(user: User, response: Response, words: str = "", revision: int | None = None) -> Response:
    """Clear the next step. The step of contributing units is done when each of them has cleared it."""
    with transaction.atomic():
        response = locked(response, revision)
        hands = Hands(user)
        found = checked(user, response, "clear", hands=hands)
        preset, steps = preset_of(response.follow_up), _steps(response)
        step = preset.clearance[response.step]
        Clearance.objects.create(
            response=response, round=response.round, step=response.step, name=step.name, cleared=True, words=words.strip(), made_by=user.key
        )
        after = response.step
        if step.by != "contributors" or not _agreeing(response, hands):
            after = _next_step(response, response.step, steps)
        state = ResponseState.SUBMITTED if after < steps else ResponseState.CLEARED
        change(user, response, found, state=state, step=after, more={"cleared": step.name})
    return response


def _agreeing(response: Response, hands: Hands) -> list[int]:
    """Contributing units that have not agreed since the answer was last submitted."""
    assert response.track is not None  # noqa: S101 - the step is left out for a whole
    others = set(response.track.charges.filter(lead=False, organisation=response.organisation).values_list("unit_id", flat=True))
    rows = response.clearances.filter(round=response.round, step=response.step, cleared=True)
    people = User.objects.filter(key__in=rows.values_list("made_by", flat=True))
    for person in people:
        others -= Hands(person, hands.family).units
    return sorted(others)


def send_back(user: User, response: Response, words: str, revision: int | None = None) -> Response:
    """Send an answer back from clearance, saying why; it is cleared from the first step again."""
    with transaction.atomic():
        response = locked(response, revision)
        found = checked(user, response, "send_back", given={"words": words})
        preset = preset_of(response.follow_up)
        at = min(response.step, len(preset.clearance) - 1)
        name = preset.clearance[at].name if preset.clearance else _("Response coordinator")
        Clearance.objects.create(
            response=response, round=response.round, step=max(at, 0), name=name, cleared=False, words=words.strip(), made_by=user.key
        )
        change(user, response, found, why=words.strip(), state=ResponseState.DRAFTED, step=0)
    return response


def transmit(user: User, follow_up: FollowUp, *, organisation: str = "") -> Transmission:
    """Hand over all cleared answers of an organisation: frozen with a hash, their actions promised.

    Raises:
        PermissionDenied: it is not the coordinator's.
        Refused: nothing is cleared, or answers that are owed are not: a part of the answers is not handed over in silence.
    """
    with transaction.atomic():
        follow_up = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
        rows = follow_up.responses.filter(organisation=organisation, replaced=False).exclude(state__in=IN_FORCE)
        answers = [locked(r) for r in rows.order_by("track__recommendation__position", "point__position", "pk")]
        owed = [r for r in answers if r.state != ResponseState.CLEARED]
        if not answers:
            raise Refused(_("There is nothing to transmit: no answer is asked for that has not been handed over."))
        if owed:
            names = ", ".join(dict.fromkeys(title_of(r) for r in owed[:5]))
            raise Refused(
                _("%(count)s of %(all)s answers are not cleared: %(names)s.") % {"count": len(owed), "all": len(answers), "names": names}
            )
        moves = [checked(user, r, "transmit") for r in answers]
        body = [frozen(r) for r in answers]
        sha256 = hashlib.sha256(canonical(body)).hexdigest()
        made = Transmission.objects.create(
            evaluation=follow_up.evaluation, organisation=organisation, body=body, sha256=sha256, made_by=user.key
        )
        today = timezone.localdate()
        for r, found in zip(answers, moves, strict=True):
            change(user, r, found, state=ResponseState.TRANSMITTED, transmission=made, transmitted=today)
            for a in r.actions.select_for_update():
                fresh = locked(a)
                change(user, fresh, checked(user, fresh, "promise"), state=ActionState.OPEN, status=_first_status(follow_up))
            _replace_older(r)
        plan_quality.keep(
            list(Action.objects.filter(response__transmission=made).select_related("unit", "track__recommendation")), _language()
        )
        for track in {r.track for r in answers if r.track is not None}:
            settle(user, track)
            if track.actions.filter(state=ActionState.OPEN).exists():
                follow_again(user, track)
        note(
            user,
            "transmitted",
            f"follow-up:{follow_up.evaluation.key}",
            about=follow_up.evaluation.key,
            new={"sha256": sha256, "answers": len(answers), "organisation": organisation},
        )
        enter(user, made)
    return made


def _language() -> str:
    """Of the answers, for the rules that look at words: that of the person who hands them over."""
    return (get_language() or "en")[:2]


def _first_status(follow_up: FollowUp) -> str:
    return preset_of(follow_up).of(Meaning.OPEN)[0].code


def _replace_older(response: Response) -> None:
    """Versions before this one are no longer in force."""
    older = Response.objects.filter(track=response.track, point=response.point, organisation=response.organisation, replaced=False)
    if response.track is None:
        older = older.filter(follow_up=response.follow_up)
    older.filter(version__lt=response.version).update(replaced=True)


def settle(user: User | str, track: Track) -> None:
    """Verdict and day of the answer of a recommendation, from the answers in force. Called in a transaction."""
    rows = list(track.responses.filter(replaced=False))
    said = [Verdict(r.verdict) for r in rows if r.state in IN_FORCE and r.verdict]
    days = [r.transmitted for r in rows if r.state in IN_FORCE and r.transmitted is not None]
    whole = bool(rows) and all(r.state in IN_FORCE for r in rows)
    verdict = ""
    if said and whole:
        # Answers that differ make an acceptance in part: a compound recommendation is as accepted as its points are.
        verdict = said[0] if len(set(said)) == 1 else Verdict.PARTIALLY_ACCEPTED
    fresh = locked(track)
    columns: dict[str, Any] = {"verdict": verdict, "answered": max(days) if whole and days else None}
    if {name: getattr(fresh, name) for name in columns} != columns:
        change(user, fresh, BY_NAME[TrackState, "settle"], **columns)


def issue(user: User, follow_up: FollowUp, *, organisation: str = "") -> int:
    """Make what was transmitted public; returns how many answers. It is the evaluation office's, which prints answers and edits none."""
    with transaction.atomic():
        rows = [locked(r) for r in follow_up.responses.filter(organisation=organisation, state=ResponseState.TRANSMITTED)]
        if not rows:
            raise Refused(_("No answer has been transmitted that is not public yet."))
        for r in rows:
            change(user, r, checked(user, r, "issue"), state=ResponseState.ISSUED, issued=timezone.localdate())
    return len(rows)


def revise(user: User, response: Response) -> Response:
    """Begin a new version of an answer that was handed over; the old one holds until the new one is transmitted."""
    if response.state not in IN_FORCE:
        raise Refused(_("It has not been handed over: write on it as it is."))
    hands = Hands(user).of(response, preset_of(response.follow_up))
    if not hands & {Hand.LEAD, Hand.COORDINATOR}:
        raise PermissionDenied(_("This is for: %(whose)s.") % {"whose": f"{HANDS[Hand.LEAD]}, {HANDS[Hand.COORDINATOR]}"})
    with transaction.atomic():
        same = Response.objects.filter(
            follow_up=response.follow_up, track=response.track, point=response.point, organisation=response.organisation
        )
        begun = same.exclude(state__in=IN_FORCE).first()
        if begun is not None:
            return begun
        last: int = same.aggregate(last=Max("version"))["last"]
        made = Response(
            follow_up=response.follow_up,
            evaluation=response.evaluation,
            track=response.track,
            point=response.point,
            organisation=response.organisation,
            version=last + 1,
            state=ResponseState.DRAFTED,
        )
        kept = {name: getattr(response, name) for name in _SAID}
        for name, value in kept.items():
            setattr(made, name, value)
        made.save()
        new = {"state": ResponseState.DRAFTED.value, "version": made.version, "of": response.pk, **kept}
        note(user, "revised", f"answer:{made.pk}", about=made.evaluation.key, new=new)
    return made


def title_of(response: Response) -> str:
    """What an answer is to, in a few words."""
    if response.track is None:
        return _("the evaluation as a whole")
    if response.point is not None:
        return response.point.number
    return response.track.recommendation.number or response.track.recommendation.key


def frozen(response: Response) -> dict[str, Any]:
    """An answer as it is handed over."""
    return {
        "recommendation": response.track.recommendation.key if response.track else None,
        "number": title_of(response) if response.track else None,
        "text": response.track.recommendation.text if response.track else None,
        "point": response.point.text if response.point else None,
        "organisation": response.organisation,
        "version": response.version,
        "verdict": response.verdict,
        "response": response.text,
        "reason": response.reason,
        "alternative": response.alternative,
        "money": response.money,
        "actions": [
            {
                "key": a.key,
                "number": a.number,
                "text": a.text,
                "unit": a.unit.name if a.unit else None,
                "due": a.due.isoformat() if a.due else None,
                "cost": str(a.cost) if a.cost is not None else None,
                "currency": a.currency,
            }
            for a in response.actions.select_related("unit")
        ],
    }


def canonical(body: Any) -> bytes:
    """JSON of which there is one way to write it, for the hash."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
