"""What the API shows of actions: what a unit promised, both keys, dates that were asked for, proofs.

As in ``shapes``: what is not known is null, a key is permanent, ``address`` is the page for people.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from pydantic import BaseModel, Field

from evaltrail_office.follow_up.hands import preset_of
from evaltrail_office.follow_up.machine import RUNNING, AskState, ClaimState
from evaltrail_office.follow_up.standing import past, standing
from evaltrail_office.follow_up.timeline import until_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from evaltrail_office.accounts.models import Unit, User
    from evaltrail_office.follow_up.models import Action, Drop, Extension, Progress, Proof
    from evaltrail_office.follow_up.preset import Preset
    from evaltrail_office.follow_up.queries_action import ActionPage, Rated

    Names = Mapping[str, str]


class NamedOut(BaseModel):
    """A person or a unit."""

    key: str
    name: str | None = Field(description="null: a part of the program, or somebody whom the office does not know.")

    @classmethod
    def of(cls, row: Unit | User | None) -> NamedOut | None:
        """Of a row."""
        return cls(key=row.key, name=row.name) if row is not None else None

    @classmethod
    def by(cls, key: str, names: Names) -> NamedOut | None:
        """Of whoever did something; ``names`` are those of people, by key."""
        return cls(key=key, name=names.get(key)) if key else None


class SaidOut(BaseModel):
    """How far an action is, as one of the two keys has it."""

    on: date
    status: str | None = Field(description="Code of the preset by which the evaluation is followed.")
    words: str | None = Field(description="The status in the preset's words.")
    meaning: str | None = Field(description="What it says, whatever it is called there: open, partial, substantial, done, dropped.")
    share: float | None = Field(description="How much is done, where the preset says so; 1 is all of it.")
    by: NamedOut | None


class ActionOut(BaseModel):
    """What a unit has promised to do about a recommendation."""

    key: str
    recommendation: str
    evaluation: str
    answer: int | None = Field(description="Number of the answer that promises it; null: it came with a register without answers.")
    number: str | None
    text: str
    implied: bool = Field(description="Whether it stands for the recommendation as a whole, because its register keeps no actions.")
    unit: NamedOut | None
    owner: NamedOut | None
    priority: str | None = Field(description="Of the recommendation.")
    state: str = Field(
        description="proposed, open, under_way, claimed, sent_back, verified, self_reported, drop_asked, dropped. "
        "Claimed is not done: the second key is not turned."
    )
    standing: str = Field(description="The same with today's lateness, in words.")
    status: str | None = Field(description="Code of the preset, as the unit last said it.")
    first_due: date | None = Field(description="The date that was promised first; it never moves.")
    due: date | None = Field(description="The date that holds.")
    moved: int = Field(description="How often a later date was granted.")
    overdue_first: bool = Field(description="Whether it is past its first date today and the unit has work to do.")
    overdue: bool = Field(description="Whether it is past the date that holds today and the unit has work to do.")
    days_past_first: int | None = Field(
        description="Days past the first date: until today, or until it was claimed or closed; 0: in time; null: there is no such date."
    )
    days_past_due: int | None = Field(description="The same against the date that holds.")
    delay: str | None = Field(description="Why it is late: code of the preset.")
    delay_words: str | None = Field(description="The same in the unit's words.")
    claimed: SaidOut | None = Field(description="The first key, of the claim that stands or waits.")
    verified: SaidOut | None = Field(description="The second key: what somebody else found.")
    dropped: date | None
    closed: date | None = Field(description="The day on which nothing more was owed: done or dropped.")
    cost: float | None
    currency: str | None
    revision: int = Field(description="Sent back in If-Match with a change.")
    address: str

    @classmethod
    def fields_of(cls, a: Action, names: Names, today: date) -> dict[str, Any]:
        """Of a row with its claims, extensions and preset; ``names`` as ``queries_board.names_of`` gives them."""
        preset = preset_of(a.track.follow_up)
        made = [c for c in a.claims.all() if c.state != ClaimState.WITHDRAWN]
        stands = next((c for c in made if c.state != ClaimState.SENT_BACK), None)
        running, until = a.state in RUNNING, until_of(a, today)
        return {
            "key": a.key,
            "recommendation": a.track.recommendation.key,
            "evaluation": a.evaluation.key,
            "answer": a.response_id,
            "number": a.number or None,
            "text": a.text,
            "implied": a.implied,
            "unit": NamedOut.of(a.unit),
            "owner": NamedOut.of(a.owner),
            "priority": a.track.recommendation.priority or None,
            "state": a.state,
            "standing": standing(a, preset, today, claims=len(made)).words,
            "status": a.status or None,
            "first_due": a.first_due,
            "due": a.due,
            "moved": sum(x.state == AskState.GRANTED for x in a.extensions.all()),
            "overdue_first": running and a.first_due is not None and a.first_due < today,
            "overdue": running and a.due is not None and a.due < today,
            "days_past_first": past(a.first_due, until) if a.first_due and until else None,
            "days_past_due": past(a.due, until) if a.due and until else None,
            "delay": a.delay or None,
            "delay_words": a.delay_words or None,
            "claimed": _said(a, "claimed", preset, NamedOut.by(stands.made_by if stands else "", names)),
            "verified": _said(a, "verified", preset, NamedOut.by(a.verified_by, names)),
            "dropped": a.dropped,
            "closed": a.closed,
            "cost": float(a.cost) if a.cost is not None else None,
            "currency": a.currency or None,
            "revision": a.revision,
            "address": reverse("action", args=[a.key]),
        }

    @classmethod
    def of(cls, a: Action, names: Names, today: date) -> ActionOut:
        """See ``fields_of``."""
        return cls(**cls.fields_of(a, names, today))


def _said(a: Action, key: str, preset: Preset, by: NamedOut | None) -> SaidOut | None:
    """What one of the keys says, of the columns that begin with its name."""
    on: date | None = getattr(a, key)
    code, meaning, share = (getattr(a, f"{key}_{name}") for name in ("status", "meaning", "share"))
    if on is None:
        return None
    known = preset.status(code)
    return SaidOut(on=on, status=code or None, words=known.words if known else code or None, meaning=meaning or None, share=share, by=by)


class ProofOut(BaseModel):
    """What shows that something was done: a file, or the address of a page."""

    number: int
    action: str
    words: str = Field(description="What it shows.")
    name: str | None = Field(description="Of the file.")
    media_type: str | None = Field(description="By its first bytes; nothing else was looked at.")
    size: int | None = Field(description="Bytes.")
    sha256: str | None
    file: str | None = Field(description="Where the file can be taken; null: it is a page.")
    page: str | None = Field(description="Address of a page that shows it.")
    public: bool = Field(description="Whether everybody who sees the action may open it.")
    by: NamedOut | None
    made: datetime
    withdrawn: datetime | None

    @classmethod
    def fields_of(cls, row: Proof, action: str, names: Names) -> dict[str, Any]:
        """Of a row of the action with that key."""
        return {
            "number": row.pk,
            "action": action,
            "words": row.words,
            "name": row.name or None,
            "media_type": row.media_type or None,
            "size": row.size,
            "sha256": row.sha256 or None,
            "file": f"/api/v1/follow-up/proofs/{row.pk}/file" if row.sha256 else None,
            "page": row.address or None,
            "public": row.public,
            "by": NamedOut.by(row.made_by, names),
            "made": row.made,
            "withdrawn": row.withdrawn,
        }

    @classmethod
    def of(cls, row: Proof, action: str, names: Names) -> ProofOut:
        """See ``fields_of``."""
        return cls(**cls.fields_of(row, action, names))


class AskedOut(BaseModel):
    """That a later date is asked for, and what was decided."""

    number: int
    action: str
    state: str = Field(description="asked, granted, refused, withdrawn.")
    old: date | None = Field(description="The date that held.")
    asked_for: date
    granted: date | None = Field(description="The date that was given, which may be an earlier one.")
    reason: str = Field(description="Code of the preset.")
    words: str | None
    by: NamedOut | None
    made: datetime
    answer: str | None
    answered_by: NamedOut | None
    answered: datetime | None

    @classmethod
    def of(cls, row: Extension, action: str, names: Names) -> AskedOut:
        """Of a row of the action with that key."""
        return cls(
            number=row.pk,
            action=action,
            state=row.state,
            old=row.old,
            asked_for=row.asked_for,
            granted=row.granted,
            reason=row.reason,
            words=row.words or None,
            by=NamedOut.by(row.made_by, names),
            made=row.made,
            answer=row.answer or None,
            answered_by=NamedOut.by(row.answered_by, names),
            answered=row.answered,
        )


class DropOut(BaseModel):
    """That an action is to be dropped, and what was decided."""

    number: int
    state: str = Field(description="asked, granted, refused, withdrawn.")
    status: str = Field(description="Code of the preset: what it would become.")
    reason: str
    by: NamedOut | None
    made: datetime
    answer: str | None
    answered_by: NamedOut | None
    answered: datetime | None

    @classmethod
    def of(cls, row: Drop, names: Names) -> DropOut:
        """Of a row."""
        return cls(
            number=row.pk,
            state=row.state,
            status=row.status,
            reason=row.reason,
            by=NamedOut.by(row.made_by, names),
            made=row.made,
            answer=row.answer or None,
            answered_by=NamedOut.by(row.answered_by, names),
            answered=row.answered,
        )


class ClaimOut(BaseModel):
    """A claim of the unit's, and what the second key made of it."""

    number: int
    state: str = Field(description="waiting, verified, corrected (verified at another status), sent_back, withdrawn, held (self-reported).")
    status: str = Field(description="Code of the preset: what was claimed.")
    words: str | None
    proofs: list[int] = Field(description="Numbers of the proofs on which it rests and that you may open.")
    hidden_proofs: int = Field(description="How many more there are.")
    by: NamedOut | None
    made: datetime
    found: str | None = Field(description="Code of the status that the second key found.")
    answer: str | None = Field(description="The verifier's words; why it was sent back.")
    answered_by: NamedOut | None
    answered: datetime | None

    @classmethod
    def of(cls, row: Rated, names: Names) -> ClaimOut:
        """Of a claim as the action's page has it."""
        own = row.claim
        return cls(
            number=own.pk,
            state=own.state,
            status=own.status,
            words=own.words or None,
            proofs=[p.pk for p in row.proofs],
            hidden_proofs=row.hidden,
            by=NamedOut.by(own.made_by, names),
            made=own.made,
            found=own.verified_status or None,
            answer=own.answer or None,
            answered_by=NamedOut.by(own.answered_by, names),
            answered=own.answered,
        )


class ProgressNote(BaseModel):
    """A note on how an action stands."""

    text: str
    status: str | None = Field(description="Code of the preset, where it was changed with the note.")
    by: NamedOut | None
    made: datetime

    @classmethod
    def of(cls, row: Progress, names: Names) -> ProgressNote:
        """Of a row."""
        return cls(text=row.text, status=row.status or None, by=NamedOut.by(row.made_by, names), made=row.made)


class StatusOut(BaseModel):
    """A status of the preset."""

    code: str
    words: str
    meaning: str
    proof: bool = Field(description="Whether a claim of it needs proof.")


class ActionWhole(ActionOut):
    """An action with all that its page tells."""

    claims: list[ClaimOut] = Field(description="Newest first.")
    proofs: list[ProofOut] = Field(description="Those that you may open, withdrawn ones among them.")
    hidden_proofs: int = Field(description="How many there are that you may not open.")
    extensions: list[AskedOut] = Field(description="Later dates that were asked for, in their order.")
    drops: list[DropOut]
    progress: list[ProgressNote] = Field(description="Newest first, the last fifty.")
    statuses: list[StatusOut] = Field(description="Those that the preset knows.")
    reasons: dict[str, str] = Field(description="Reasons for delay that the preset knows, by code.")
    moves: list[str] = Field(description="What you may do with it now: report, prove, claim, ask_later, verify, send_back …")

    @classmethod
    def of_page(cls, page: ActionPage, moves: Iterable[str], today: date) -> ActionWhole:
        """Of what its page shows."""
        own, names = page.action, page.names
        return cls(
            **ActionOut.fields_of(own, names, today),
            claims=[ClaimOut.of(c, names) for c in page.claims],
            proofs=[ProofOut.of(p, own.key, names) for p in page.proofs],
            hidden_proofs=page.hidden_proofs,
            extensions=[AskedOut.of(x, own.key, names) for x in own.extensions.all()],
            drops=[DropOut.of(d, names) for d, _words in page.drops],
            progress=[ProgressNote.of(p, names) for p, _words in page.progress],
            statuses=[StatusOut(code=s.code, words=s.words, meaning=s.meaning, proof=s.proof) for s in page.preset.statuses],
            reasons={r.code: r.words for r in page.preset.reasons},
            moves=list(moves),
        )
