"""Gates of an evaluation: who passes each, and what was decided at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from evaltrail_office.accounts.access import require, scope_of, visible
from evaltrail_office.accounts.policy import DOES, Verb
from evaltrail_office.accounts.refused import Refused
from evaltrail_office.evaluations.models import Evaluation, Gate, GateDecision, GateKind, Outcome, State
from evaltrail_office.journal.actions import note
from evaltrail_office.shelf.models import Document

if TYPE_CHECKING:
    from datetime import date

    from evaltrail_office.accounts.models import User

_ORDER = list(GateKind)
_DONE = frozenset({Outcome.PASSED, Outcome.WAIVED})
_WORDS = {
    Outcome.PASSED: "passed",
    Outcome.SENT_BACK: "sent back",
    Outcome.WAIVED: "waived",
    Outcome.TAKEN_BACK: "took back",
}


def last_decision(gate: Gate) -> GateDecision | None:
    """The decision that holds at a gate; None while there is none. Uses what was prefetched."""
    made = list(gate.decisions.all())
    return made[-1] if made and made[-1].outcome != Outcome.TAKEN_BACK else None


def is_done(gate: Gate) -> bool:
    """Whether the evaluation may go on behind the gate."""
    last = last_decision(gate)
    return last is not None and last.outcome in _DONE


def set_gate(user: User, gate: Gate, *, approver: User | None, due: date | None) -> None:
    """Say who passes a gate and by when. Raises ``PermissionDenied``; ``Refused`` for an approver who may not approve there."""
    evaluation = gate.evaluation
    require(user, Verb.PLAN, evaluation)
    if approver is not None and not scope_of(approver).roles(evaluation.key) & DOES[Verb.APPROVE]:
        raise Refused(_("%(name)s may not pass gates of this evaluation.") % {"name": approver.name}, "approver")
    with transaction.atomic():
        old = {"approver": gate.approver.key if gate.approver else None, "due": gate.due.isoformat() if gate.due else None}
        gate.approver, gate.due = approver, due
        gate.save(update_fields=["approver", "due"])
        new = {"approver": approver.key if approver else None, "due": due.isoformat() if due else None}
        if new != old:
            note(user, "set", f"gate:{evaluation.key}/{gate.kind}", about=evaluation.key, old=old, new=new)


def decide_gate(user: User, gate: Gate, outcome: Outcome, *, document: Document | None = None, reason: str = "") -> GateDecision:
    """Pass a gate with a document, send it back or waive it with a reason, or take the last decision back with a reason.

    Raises:
        PermissionDenied: passing gates is not the user's, or the gate has another approver.
        Refused: an earlier gate is open; the document or reason is missing; there is nothing to take back.
    """
    evaluation = gate.evaluation
    require(user, Verb.APPROVE, evaluation)
    if gate.approver_id not in {None, user.pk}:
        raise Refused(_("%(name)s is named to decide at this gate. Name another approver first.") % {"name": gate.approver})
    with transaction.atomic():
        evaluation = Evaluation.objects.select_for_update().get(pk=evaluation.pk)
        _fits(user, gate, evaluation, outcome, document, reason)
        current = document.current if document else None
        made = GateDecision.objects.create(
            gate=gate,
            outcome=outcome,
            document_key=document.key if document else "",
            document_title=document.title if document else "",
            version=current.number if current else None,
            sha256=current.sha256 if current else "",
            reason=reason.strip(),
            state_before=evaluation.state,
            made_by=user.key,
        )
        _move_on(gate, evaluation, outcome)
        new = {"outcome": outcome.value, "document": made.document_key, "version": made.version}
        note(user, _WORDS[outcome], f"gate:{evaluation.key}/{gate.kind}", about=evaluation.key, new=new, reason=made.reason)
    return made


def _fits(user: User, gate: Gate, evaluation: Evaluation, outcome: Outcome, document: Document | None, reason: str) -> None:
    if outcome != Outcome.PASSED and not reason.strip():
        raise Refused(_("Give a reason."), "reason")
    if evaluation.state in {State.CANCELLED, State.MERGED}:
        raise Refused(_("It was cancelled or merged: its gates stay as they are."))
    gates = {g.kind: g for g in evaluation.gates.prefetch_related("decisions")}
    position = _ORDER.index(GateKind(gate.kind))
    fresh = gates[gate.kind]
    if outcome == Outcome.TAKEN_BACK:
        if last_decision(fresh) is None:
            raise Refused(_("Nothing was decided at this gate."))
        if any(is_done(gates[k]) for k in _ORDER[position + 1 :] if k in gates):
            raise Refused(_("A later gate has been passed. Take that back first."))
        return
    if is_done(fresh):
        raise Refused(_("It has been decided here already. Take that back first."))
    before = [k for k in _ORDER[:position] if k in gates and not is_done(gates[k])]
    if before:
        raise Refused(_("An earlier gate is still open: %(gate)s.") % {"gate": GateKind(before[0]).label}, "outcome")
    if outcome == Outcome.PASSED and document is None:
        raise Refused(_("Say with which document it is passed."), "document")
    if document is not None:
        own = Document.objects.filter(parts__evaluation_key=evaluation.key)
        if not visible(user, Document.objects.filter(pk__in=own.values("pk"))).filter(pk=document.pk).exists():
            raise Refused(_("This paper does not belong to the evaluation."), "document")


def _move_on(gate: Gate, evaluation: Evaluation, outcome: Outcome) -> None:
    """The first gate passed begins an evaluation, the last completes it."""
    state = evaluation.state
    if outcome == Outcome.TAKEN_BACK:
        decided = gate.decisions.exclude(outcome=Outcome.TAKEN_BACK).last()
        state = decided.state_before if decided else state
    elif outcome == Outcome.PASSED:
        state = State.COMPLETED if gate.kind == GateKind.ISSUE else State.UNDER_WAY
    if state != evaluation.state:
        evaluation.state = state
        evaluation.save(update_fields=["state"])
