"""Work on actions: progress, proof, later dates, dropping, and the two keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaltrail_office.accounts.models import User
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.follow_up.actions.ending import retire_when_closed, settle_end
from evaltrail_office.follow_up.family import Family
from evaltrail_office.follow_up.hands import Hands, preset_of
from evaltrail_office.follow_up.machine import BY_NAME, CLOSED, ActionState, AskState, ClaimState, Meaning, TrackState
from evaltrail_office.follow_up.models import Action, Claim, Drop, Extension, Progress, Proof, Track
from evaltrail_office.follow_up.moving import change, checked, locked, name_of
from evaltrail_office.journal.models import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from evaltrail_office.follow_up.preset import Preset, Status

_LONGEST = 500
"""Characters of an address."""


UNCLAIMED: dict[str, Any] = {
    "claimed": None,
    "claimed_status": "",
    "claimed_meaning": "",
    "claimed_share": None,
    "verified": None,
    "verified_status": "",
    "verified_meaning": "",
    "verified_share": None,
    "verified_by": "",
    "closed": None,
}
"""Columns of an action of which no claim stands."""


def _rules(action: Action) -> Preset:
    return preset_of(action.track.follow_up)


def _status(action: Action, code: str, *meanings: Meaning) -> Status:
    """The preset's status. Raises ``Refused`` with those that there are."""
    preset = _rules(action)
    found = preset.status(code)
    if found is None or (meanings and found.meaning not in meanings):
        known = ", ".join(s.words for s in (preset.of(*meanings) if meanings else preset.statuses))
        raise Refused(
            _("%(preset)s knows no status %(code)s here. It knows: %(known)s.") % {"preset": preset.name, "code": code, "known": known},
            "status",
        )
    return found


def assign(user: User, action: Action, owner: User | None, revision: int | None = None) -> Action:
    """Say who of the unit does it. Raises ``Refused`` for somebody of another unit, or whose account has ended."""
    with transaction.atomic():
        action = locked(action, revision)
        found = checked(user, action, "assign")
        if owner is not None and not owner.is_active:
            raise Refused(_("%(name)s does not work here any more.") % {"name": owner.name}, "owner")
        if owner is not None and action.unit_id is not None and action.unit_id not in Hands(owner).units:
            unit = action.unit.name if action.unit else ""
            raise Refused(_("%(name)s does not answer for %(unit)s.") % {"name": owner.name, "unit": unit}, "owner")
        change(user, action, found, owner=owner)
    return action


def report(user: User, action: Action, words: str, status: str = "", revision: int | None = None) -> Progress:
    """Note how an action stands. A status may be given that means open or under way: what is done is claimed, with proof."""
    if not words.strip() and not status:
        raise Refused(_("Say how it stands."), "words")
    with transaction.atomic():
        action = locked(action, revision)
        found = checked(user, action, "report")
        columns: dict[str, Any] = {}
        if status:
            known = _status(action, status, Meaning.OPEN, Meaning.PARTIAL)
            columns["status"] = known.code
            columns["state"] = ActionState.OPEN if known.meaning == Meaning.OPEN else ActionState.UNDER_WAY
        elif action.state == ActionState.OPEN:
            columns["state"] = ActionState.UNDER_WAY
        if columns.get("state") == ActionState.UNDER_WAY and action.started is None:
            columns["started"] = timezone.localdate()
        made = Progress.objects.create(action=action, text=words.strip(), status=status, made_by=user.key)
        change(user, action, found, **columns, more={"progress": made.pk})
    return made


def explain(user: User, action: Action, reason: str, words: str = "", revision: int | None = None) -> Action:
    """Say why an action is late, by a code of the preset."""
    with transaction.atomic():
        action = locked(action, revision)
        found = checked(user, action, "explain", given={"delay": reason})
        _reason(action, reason)
        change(user, action, found, delay=reason, delay_words=words.strip())
    return action


def _reason(action: Action, code: str) -> None:
    preset = _rules(action)
    if preset.reasons and preset.reason(code) is None:
        known = ", ".join(r.words for r in preset.reasons)
        raise Refused(
            _("%(preset)s knows no reason %(code)s. It knows: %(known)s.") % {"preset": preset.name, "code": code, "known": known}, "reason"
        )


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that was kept by ``shelf.files.keep``."""

    sha256: str
    size: int
    name: str
    media_type: str = ""


def add_proof(user: User, action: Action, words: str, shown: Kept | str, *, public: bool = False) -> Proof:
    """Add a file that was kept, or an address, as proof; ``words`` say what it shows. It is the unit's to bring.

    Raises ``Refused`` for a proof that shows nothing, and where nothing is being worked on.
    """
    if not words.strip():
        raise Refused(_("Say what it shows."), "words")
    if not shown:
        raise Refused(_("Give a file or an address."), "file")
    if isinstance(shown, str):
        _address(shown)
    with transaction.atomic():
        action = locked(action)
        found = checked(user, action, "prove")
        made = Proof.objects.create(action=action, words=words.strip()[:300], public=public, made_by=user.key, **_columns(shown))
        change(user, action, found, more={"proof": made.pk, "sha256": made.sha256, "address": made.address, "shows": made.words})
    return made


def _address(address: str) -> None:
    try:
        # A page may not be led to what a browser would run.
        URLValidator(schemes=("http", "https"))(address)
    except ValidationError:
        raise Refused(_("This is no address of a page: it begins with https:// or http://."), "address") from None
    if len(address) > _LONGEST:
        raise Refused(_("The address has more than %(n)d characters.") % {"n": _LONGEST}, "address")


def _columns(shown: Kept | str) -> dict[str, Any]:
    if isinstance(shown, str):
        return {"address": shown}
    return {"sha256": shown.sha256, "size": shown.size, "name": shown.name[:255], "media_type": shown.media_type[:100]}


def withdraw_proof(user: User, proof: Proof) -> None:
    """Withdraw a proof that no claim rests on; the row and its file stay."""
    if proof.made_by != user.key:
        raise PermissionDenied(_("A proof is withdrawn by whoever brought it."))
    with transaction.atomic():
        action = locked(proof.action)
        found = checked(user, action, "prove")
        if proof.claims.exclude(state=ClaimState.WITHDRAWN).exists():
            raise Refused(_("A claim rests on it."))
        proof.withdrawn, proof.withdrawn_by = timezone.now(), user.key
        proof.save(update_fields=["withdrawn", "withdrawn_by"])
        change(user, action, found, more={"withdrawn_proof": proof.pk})


def claim(
    user: User, action: Action, status: str, words: str = "", proofs: Iterable[Proof] | None = None, revision: int | None = None
) -> Claim:
    """Turn the first key: say how far the action is, with proof. It is shown as claimed until somebody else has seen the proof.

    ``proofs`` are those on which the claim rests; None: all that are there. Where the preset names nobody who verifies, the claim is held
    as self-reported.

    Raises:
        PermissionDenied: the action is another unit's.
        Refused: the preset has no such status, or asks for a proof and there is none.
        Overtaken: somebody else was faster.
    """
    with transaction.atomic():
        action = locked(action, revision)
        found = checked(user, action, "claim", given={"status": status})
        preset = _rules(action)
        known = _status(action, status, Meaning.PARTIAL, Meaning.SUBSTANTIAL, Meaning.DONE)
        own = list(action.proofs.filter(withdrawn=None))
        shown = own if proofs is None else [p for p in own if p.pk in {q.pk for q in proofs}]
        if known.proof and not shown:
            raise Refused(
                _("A claim of “%(status)s” needs proof: add a file or an address that shows it.") % {"status": known.words}, "proof"
            )
        held = preset.verifier == "none"
        made = Claim.objects.create(
            action=action,
            state=ClaimState.HELD if held else ClaimState.WAITING,
            status=known.code,
            words=words.strip(),
            unit=user.unit,
            made_by=user.key,
        )
        made.proofs.set(shown)
        today = timezone.localdate()
        after = ActionState.CLAIMED
        if held:
            after = ActionState.SELF_REPORTED if known.meaning == Meaning.DONE else ActionState.UNDER_WAY
        change(
            user,
            action,
            found,
            state=after,
            status=known.code,
            started=action.started or today,
            claimed=today,
            claimed_status=known.code,
            claimed_meaning=known.meaning,
            claimed_share=known.share,
            closed=today if after == ActionState.SELF_REPORTED else None,
            more={"claim": made.pk, "proofs": [p.pk for p in shown]},
        )
        if after in CLOSED:
            retire_when_closed(user, action.track)
    return made


def _waiting(action: Action) -> Claim:
    return Claim.objects.select_for_update().get(action=action, state=ClaimState.WAITING)


def withdraw_claim(user: User, action: Action, revision: int | None = None) -> Action:
    """Take a claim back that nobody has verified."""
    with transaction.atomic():
        action = locked(action, revision)
        found = checked(user, action, "withdraw_claim")
        waiting = _waiting(action)
        waiting.state, waiting.answered = ClaimState.WITHDRAWN, timezone.now()
        waiting.save(update_fields=["state", "answered"])
        change(user, action, found, state=ActionState.UNDER_WAY, **_standing(action), more={"claim": waiting.pk})
    return action


def _answer(user: User, row: Claim | Extension | Drop, state: ClaimState | AskState, words: str, **columns: Any) -> None:
    """Write into what waits how it was answered, by whom and when; ``columns`` are what else the answer brings."""
    answer = {"state": state, "answer": words.strip(), "answered_by": user.key, "answered": timezone.now(), **columns}
    for name, value in answer.items():
        setattr(row, name, value)
    row.save(update_fields=list(answer))


def _standing(action: Action) -> dict[str, Any]:
    """Columns of the claim that stands when the waiting one falls: the last that was verified, at whatever status; or none."""
    last = action.claims.filter(state__in=(ClaimState.VERIFIED, ClaimState.CORRECTED)).first()
    if last is None:
        return UNCLAIMED
    preset = _rules(action)
    said, found = preset.status(last.status), preset.status(last.verified_status)
    return {
        "claimed": timezone.localdate(last.made),
        "claimed_status": last.status,
        "claimed_meaning": said.meaning if said else "",
        "claimed_share": said.share if said else None,
        "verified": timezone.localdate(last.answered) if last.answered else None,
        "verified_status": last.verified_status,
        "verified_meaning": found.meaning if found else "",
        "verified_share": found.share if found else None,
        "verified_by": last.answered_by,
        "closed": None,
    }


def verify(user: User, action: Action, status: str = "", words: str = "", revision: int | None = None) -> Action:
    """Turn the second key: confirm what was claimed, or find another status. Both stay visible, and an action that is done is closed.

    Raises:
        PermissionDenied: the preset names somebody else, or the action is the person's own or their unit's.
        Refused: there is no such status; another one than was claimed is found and no reason given.
    """
    with transaction.atomic():
        action = locked(action, revision)
        code = status or action.claimed_status
        found = checked(user, action, "verify", given={"status": code})
        known = _status(action, code, Meaning.OPEN, Meaning.PARTIAL, Meaning.SUBSTANTIAL, Meaning.DONE)
        waiting = _waiting(action)
        if waiting.made_by == user.key:
            raise PermissionDenied(_("Nobody verifies what they have claimed themselves."))
        same = known.code == waiting.status
        if not same and not words.strip():
            raise Refused(_("You found another status than was claimed. Say why: the unit will read it."), "words")
        _answer(user, waiting, ClaimState.VERIFIED if same else ClaimState.CORRECTED, words, verified_status=known.code)
        today = timezone.localdate()
        done = known.meaning == Meaning.DONE
        change(
            user,
            action,
            found,
            state=ActionState.VERIFIED if done else ActionState.UNDER_WAY,
            status=known.code,
            verified=today,
            verified_status=known.code,
            verified_meaning=known.meaning,
            verified_share=known.share,
            verified_by=user.key,
            closed=today if done else None,
            why=words.strip(),
            more={"claim": waiting.pk},
        )
        if done:
            retire_when_closed(user, action.track)
    return action


def send_back(user: User, action: Action, words: str, revision: int | None = None) -> Action:
    """Send a claim back: the proof does not show it. The unit reads why and may claim again."""
    with transaction.atomic():
        action = locked(action, revision)
        found = checked(user, action, "send_back", given={"words": words})
        waiting = _waiting(action)
        if waiting.made_by == user.key:
            raise PermissionDenied(_("Nobody verifies what they have claimed themselves."))
        _answer(user, waiting, ClaimState.SENT_BACK, words)
        change(user, action, found, state=ActionState.SENT_BACK, **_standing(action), why=words.strip(), more={"claim": waiting.pk})
    return action


def reopen(user: User, action: Action, reason: str, revision: int | None = None) -> Action:
    """Open an action that was closed, with a reason. Claims and verifications stay in its history."""
    with transaction.atomic():
        action = locked(action, revision)
        found = checked(user, action, "reopen", given={"reason": reason})
        change(user, action, found, state=ActionState.UNDER_WAY, **UNCLAIMED, dropped=None, why=reason.strip())
        track = locked(action.track)
        if track.state == TrackState.RETIRED:
            move = checked(user, track, "reopen", given={"reason": reason})
            change(user, track, move, state=TrackState.FOLLOWED, retired=None, retired_why="", retired_by="", why=reason.strip())
            settle_end(track.follow_up, timezone.localdate())
    return action


def ask_later(user: User, action: Action, day: date, reason: str, words: str = "", revision: int | None = None) -> Extension:
    """Ask for a later date, with a coded reason. Raises ``Refused`` for a date that is not later, or while another request waits."""
    with transaction.atomic():
        action = locked(action, revision)
        found = checked(user, action, "ask_later", given={"date": day, "reason": reason})
        _reason(action, reason)
        if action.due is not None and day <= action.due:
            raise Refused(_("%(day)s is no later than the date that holds, %(due)s.") % {"day": day, "due": action.due}, "date")
        if action.extensions.filter(state=AskState.ASKED).exists():
            raise Refused(_("A later date has been asked for already and waits for an answer."))
        made = Extension.objects.create(action=action, old=action.due, asked_for=day, reason=reason, words=words.strip(), made_by=user.key)
        change(user, action, found, delay=reason, delay_words=words.strip(), more={"extension": made.pk, "asked": day.isoformat()})
    return made


def _asked(action: Action) -> Extension:
    found = Extension.objects.select_for_update().filter(action=action, state=AskState.ASKED).first()
    if found is None:
        raise Refused(_("No later date has been asked for."))
    return found


def grant_later(user: User, action: Action, day: date | None = None, words: str = "", revision: int | None = None) -> Action:
    """Grant a later date: the one that was asked for, or an earlier one. The dates before stay in sight."""
    with transaction.atomic():
        action = locked(action, revision)
        asked = _asked(action)
        given = day or asked.asked_for
        found = checked(user, action, "grant_later", given={"date": given})
        if given > asked.asked_for or (action.due is not None and given <= action.due):
            raise Refused(
                _("Give a date after %(due)s and not after %(asked)s, which was asked for.")
                % {"due": action.due, "asked": asked.asked_for},
                "date",
            )
        _answer(user, asked, AskState.GRANTED, words, granted=given)
        change(user, action, found, due=given, first_due=action.first_due or given, why=words.strip(), more={"extension": asked.pk})
    return action


def refuse_later(user: User, action: Action, words: str, revision: int | None = None) -> Action:
    """Refuse a later date, saying why."""
    with transaction.atomic():
        action = locked(action, revision)
        asked = _asked(action)
        found = checked(user, action, "refuse_later", given={"words": words})
        _answer(user, asked, AskState.REFUSED, words)
        change(user, action, found, why=words.strip(), more={"extension": asked.pk})
    return action


def withdraw_later(user: User, action: Action, revision: int | None = None) -> Action:
    """Take the request for a later date back while nobody has decided on it. The date that holds stays, and so does the request's row.

    Why it is late is again what it was before, unless somebody has said it since.
    """
    with transaction.atomic():
        action = locked(action, revision)
        found = checked(user, action, "withdraw_later")
        asked = _asked(action)
        _answer(user, asked, AskState.WITHDRAWN, "")
        more = {"extension": asked.pk, "asked": asked.asked_for.isoformat()}
        change(user, action, found, **_reason_before(action, asked), more=more)
    return action


def _reason_before(action: Action, asked: Extension) -> dict[str, str]:
    """Columns with the reason for delay that stood when a later date was asked for; none where another was given since."""
    said = [BY_NAME[ActionState, name].words for name in ("ask_later", "explain")]
    last = Entry.objects.filter(thing=name_of(action), verb__in=said).order_by("-pk").first()
    if last is None or not isinstance(last.new, dict) or last.new.get("extension") != asked.pk:
        return {}
    before = last.old if isinstance(last.old, dict) else {}
    return {column: before[column] for column in ("delay", "delay_words") if column in before}


def ask_drop(user: User, action: Action, status: str, reason: str, revision: int | None = None) -> Drop:
    """Ask that an action be dropped as superseded or no longer applicable, with the reason; somebody else approves."""
    with transaction.atomic():
        action = locked(action, revision)
        found = checked(user, action, "ask_drop", given={"status": status, "reason": reason})
        known = _status(action, status, Meaning.DROPPED)
        made = Drop.objects.create(action=action, status=known.code, reason=reason.strip(), before=action.state, made_by=user.key)
        change(user, action, found, state=ActionState.DROP_ASKED, why=reason.strip(), more={"drop": made.pk, "asked": known.code})
    return made


def _to_drop(action: Action) -> Drop:
    return Drop.objects.select_for_update().get(action=action, state=AskState.ASKED)


def drop(user: User, action: Action, words: str = "", revision: int | None = None) -> Action:
    """Let an action be dropped. It stays in every list, as what it is."""
    with transaction.atomic():
        action = locked(action, revision)
        found = checked(user, action, "drop")
        asked = _to_drop(action)
        if asked.made_by == user.key:
            raise PermissionDenied(_("Somebody else approves what you asked for."))
        _answer(user, asked, AskState.GRANTED, words)
        today = timezone.localdate()
        change(
            user,
            action,
            found,
            state=ActionState.DROPPED,
            status=asked.status,
            dropped=today,
            closed=today,
            why=words.strip(),
            more={"drop": asked.pk},
        )
        retire_when_closed(user, action.track)
    return action


def refuse_drop(user: User, action: Action, words: str, revision: int | None = None) -> Action:
    """Refuse that an action be dropped; it goes on as before."""
    return _answer_drop(user, action, "refuse_drop", AskState.REFUSED, words, revision)


def withdraw_drop(user: User, action: Action, revision: int | None = None) -> Action:
    """Take the request back; the action goes on as before."""
    return _answer_drop(user, action, "withdraw_drop", AskState.WITHDRAWN, "", revision)


def _answer_drop(user: User, action: Action, name: str, answer: AskState, words: str, revision: int | None) -> Action:
    with transaction.atomic():
        action = locked(action, revision)
        found = checked(user, action, name, given={"words": words})
        asked = _to_drop(action)
        _answer(user, asked, answer, words)
        change(user, action, found, state=ActionState(asked.before), why=words.strip(), more={"drop": asked.pk})
    return action


def retire(user: User, track: Track, reason: str, revision: int | None = None) -> Track:
    """Follow a recommendation no further, with a reason: what is still open stays open to see. It is the evaluation office's to say."""
    with transaction.atomic():
        track = locked(track, revision)
        found = checked(user, track, "retire", given={"reason": reason})
        today = timezone.localdate()
        change(
            user,
            track,
            found,
            state=TrackState.RETIRED,
            retired=today,
            retired_why=reason.strip(),
            retired_by=user.key,
            why=reason.strip(),
        )
        settle_end(track.follow_up, today)
    return track


def reopen_track(user: User, track: Track, reason: str, revision: int | None = None) -> Track:
    """Follow a retired recommendation again."""
    with transaction.atomic():
        track = locked(track, revision)
        found = checked(user, track, "reopen", given={"reason": reason})
        change(user, track, found, state=TrackState.FOLLOWED, retired=None, retired_why="", retired_by="", why=reason.strip())
        settle_end(track.follow_up, timezone.localdate())
    return track


def people_of(action: Action) -> list[User]:
    """People who may be named as the owner of an action: those who belong to its unit today."""
    if action.unit_id is None:
        return []
    return list(User.objects.filter(unit=Family.read().today(action.unit_id), is_active=True).order_by("name"))
