"""Proposing from a paper's words what its evaluations are about, and what people say to that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from evaltrail import __version__
from evaltrail.about import proposals
from evaltrail_office.accounts.access import require
from evaltrail_office.accounts.policy import Verb
from evaltrail_office.evaluations.facets import SET_BY_PEOPLE, themes_in_use
from evaltrail_office.evaluations.models import Evaluation, Facet, FacetProposal, ProposalState
from evaltrail_office.evaluations.records import record_of
from evaltrail_office.jobs.actions import enqueue
from evaltrail_office.jobs.models import Job
from evaltrail_office.journal.actions import note

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from evaltrail.about import Proposal
    from evaltrail.record import Record
    from evaltrail_office.accounts.models import User
    from evaltrail_office.shelf.models import Document, Part

_WORDS = 500
_PROGRAM = "system:facets"
"""Decides nothing: it finds what people have decided already."""


def propose(document: Document, record: Record | None = None) -> int:
    """Propose from what a paper says now what its evaluations are about; returns how many proposals came, went or rest on other words.

    What a person has accepted or dismissed stays as it is.
    """
    told = [p for p in proposals(record or record_of(document), themes_in_use()) if p.kind in SET_BY_PEOPLE]
    parts = {p.record_id: p for p in document.parts.all()}
    changed = 0
    with transaction.atomic():
        known = {(p.part_id, p.kind, p.value): p for p in FacetProposal.objects.filter(part__in=parts.values())}
        wanted = {(parts[p.evaluation].pk, p.kind, p.value): p for p in told if p.evaluation in parts}
        gone = [row.pk for key, row in known.items() if row.state == ProposalState.OPEN and key not in wanted]
        changed += len(gone)
        FacetProposal.objects.filter(pk__in=gone).delete()
        for (part, kind, value), proposal in wanted.items():
            row = known.get((part, kind, value))
            columns = _columns(proposal)
            if row is None:
                FacetProposal.objects.create(part_id=part, kind=kind, value=value[:120], program=__version__, **columns)
            elif row.state == ProposalState.OPEN and any(getattr(row, name) != said for name, said in columns.items()):
                FacetProposal.objects.filter(pk=row.pk).update(program=__version__, **columns)
            else:
                continue
            changed += 1
        for key in {p.evaluation_key for p in parts.values()} - {""}:
            _settle_open(key)
    return changed


def _columns(p: Proposal) -> dict[str, Any]:
    place = p.place
    return {
        "ground": p.ground,
        "words": p.words[:_WORDS],
        "page": place.page if place else None,
        "start": place.start if place else 0,
        "end": place.end if place else 0,
        "statement": (p.statement or "")[:80],
        "score": p.score,
    }


def ask_for_proposals(document: Document, *, asked_by: str) -> None:
    """Have a worker look what the present version of a paper proposes, unless that was asked for before."""
    key = f"facets:{document.current_id}"
    if document.current_id is not None and not Job.objects.filter(key=key).exists():
        enqueue("evaluations.facets", {"document": document.key}, asked_by=asked_by, key=key)


def ask_for_all(user: User) -> Job:
    """Have all papers looked at again, with the themes that the office has by now.

    Raises:
        PermissionDenied: the person does not work in the whole office.
    """
    require(user, Verb.DESCRIBE)
    return enqueue("evaluations.facets_of_all", {}, asked_by=user.key, key="facets_of_all", priority=-2)


def accept(user: User, rows: Sequence[FacetProposal]) -> int:
    """Say that proposals hold: each becomes a facet of its evaluation, set by the person; returns how many were open until now.

    Of a paper that belongs to no evaluation yet it becomes one when the paper is matched.

    Raises:
        PermissionDenied: the person does not run one of the evaluations, or may not correct one of the papers.
    """
    return _decide(user, rows, ProposalState.ACCEPTED)


def dismiss(user: User, rows: Sequence[FacetProposal]) -> int:
    """Say that proposals do not hold; they do not come back. Returns how many were open until now. Raises as ``accept`` does."""
    return _decide(user, rows, ProposalState.DISMISSED)


def _decide(user: User, rows: Sequence[FacetProposal], state: ProposalState) -> int:
    now, done = timezone.now(), 0
    with transaction.atomic():
        evaluations = _held(rows)
        _require(user, rows, evaluations)
        for row in rows:
            if not _same(row).filter(state=ProposalState.OPEN).update(state=state, decided_by=user.key, decided=now):
                continue
            done += 1
            evaluation = evaluations.get(row.part.evaluation_key)
            if state == ProposalState.DISMISSED:
                note(user, "dismissed a proposal of", _thing(row), about=row.part.evaluation_key, new=_said(row))
            elif evaluation is not None:
                _set(user, evaluation, row, user.key)
            else:
                note(user, "accepted a proposal of", _thing(row), new=_said(row))
    return done


def reopen(user: User, rows: Sequence[FacetProposal]) -> int:
    """Take back that proposals hold or do not; what became a facet by it is none any more. Returns how many were decided.

    Raises as ``accept`` does.
    """
    done = 0
    with transaction.atomic():
        evaluations = _held(rows)
        _require(user, rows, evaluations)
        for row in rows:
            same = _same(row).exclude(state=ProposalState.OPEN)
            states = set(same.values_list("state", flat=True))
            if not states:
                continue
            done += 1
            evaluation = evaluations.get(row.part.evaluation_key)
            if evaluation is not None and ProposalState.ACCEPTED in states:
                _unset(user, evaluation, row)
            same.update(state=ProposalState.OPEN, decided_by="", decided=None)
            note(user, "reopened a proposal of", _thing(row), about=row.part.evaluation_key, new=_said(row))
        for key in evaluations:
            _settle_open(key)
    return done


def carry(user: User, part: Part, evaluation: Evaluation) -> None:
    """A part was matched: what people accepted of it before is what the evaluation is about, and what they know is not asked again."""
    for row in FacetProposal.objects.filter(part=part, state=ProposalState.ACCEPTED).exclude(decided_by=_PROGRAM):
        _set(user, evaluation, row, row.decided_by)
    _settle_open(evaluation.key)


def leave(user: User, part: Part, key: str) -> None:
    """A part is no longer an evaluation: what that one was said to be about from this part's words alone goes with it."""
    evaluation = Evaluation.objects.filter(key=key).first()
    if evaluation is None:
        return
    others = FacetProposal.objects.filter(part__evaluation_key=key, state=ProposalState.ACCEPTED).exclude(part=part)
    kept = set(others.values_list("kind", "value"))
    FacetProposal.objects.filter(part=part, decided_by=_PROGRAM).update(state=ProposalState.OPEN, decided_by="", decided=None)
    for row in FacetProposal.objects.filter(part=part, state=ProposalState.ACCEPTED):
        if (row.kind, row.value) not in kept:
            _unset(user, evaluation, row)


def settle(evaluation: Evaluation, kind: str, value: str, user: User, state: ProposalState) -> None:
    """A person said of a facet itself that it holds, does not, or is open again: what is proposed of it follows."""
    rows = FacetProposal.objects.filter(part__evaluation_key=evaluation.key, kind=kind, value=value)
    if state == ProposalState.OPEN:
        rows.filter(decided_by=user.key).update(state=state, decided_by="", decided=None)
    else:
        rows.exclude(state=state).update(state=state, decided_by=user.key, decided=timezone.now())


def _settle_open(key: str) -> None:
    """Whatever is open of an evaluation and was decided from another paper, or is a facet already, is open no more."""
    rows = FacetProposal.objects.filter(part__evaluation_key=key)
    waiting = list(rows.filter(state=ProposalState.OPEN))
    if not waiting:
        return
    dismissed = {(r.kind, r.value): r for r in rows.filter(state=ProposalState.DISMISSED)}
    facets = set(Facet.objects.filter(evaluation__key=key).values_list("kind", "value"))
    for row in waiting:
        earlier = dismissed.get((row.kind, row.value))
        if (row.kind, row.value) in facets:
            row.state, row.decided_by = ProposalState.ACCEPTED, _PROGRAM
        elif earlier is not None:
            row.state, row.decided_by, row.decided = ProposalState.DISMISSED, earlier.decided_by, earlier.decided
        else:
            continue
        row.save(update_fields=["state", "decided_by", "decided"])


def _set(user: User, evaluation: Evaluation, row: FacetProposal, by: str) -> None:
    facet, made = Facet.objects.get_or_create(evaluation=evaluation, kind=row.kind, value=row.value, defaults={"set_by": by})
    if made or not facet.set_by:
        old = None if made else {**_said(row), "set_by": facet.set_by}
        facet.set_by = by
        facet.save(update_fields=["set_by"])
        new = {**_said(row), "set_by": by}
        note(user, "described", f"evaluation:{evaluation.key}", about=evaluation.key, old=old, new=new)


def _unset(user: User, evaluation: Evaluation, row: FacetProposal) -> None:
    facet = Facet.objects.filter(evaluation=evaluation, kind=row.kind, value=row.value, set_by=row.decided_by).first()
    if facet is not None:
        old = {**_said(row), "set_by": facet.set_by}
        facet.delete()
        note(user, "described", f"evaluation:{evaluation.key}", about=evaluation.key, old=old, new=None)


def _same(row: FacetProposal) -> Any:
    """The proposal, and the same from other papers of its evaluation."""
    rows = FacetProposal.objects.filter(kind=row.kind, value=row.value)
    key = row.part.evaluation_key
    return rows.filter(part__evaluation_key=key) if key else rows.filter(pk=row.pk)


def _thing(row: FacetProposal) -> str:
    return f"evaluation:{row.part.evaluation_key}" if row.part.evaluation_key else f"document:{row.part.document.key}"


def _said(row: FacetProposal) -> dict[str, str]:
    """For the journal. Without the words: they may be a draft's, and whoever knows of the evaluation sees its history."""
    return {"kind": row.kind, "value": row.value}


def _held(rows: Iterable[FacetProposal]) -> dict[str, Evaluation]:
    """Evaluations of the proposals by key, held so that two people decide one after the other."""
    keys = {r.part.evaluation_key for r in rows} - {""}
    return {e.key: e for e in Evaluation.objects.select_for_update().filter(key__in=keys).order_by("pk")}


def _require(user: User, rows: Iterable[FacetProposal], evaluations: dict[str, Evaluation]) -> None:
    for evaluation in evaluations.values():
        require(user, Verb.DESCRIBE, evaluation)
    for document in {r.part.document_id: r.part.document for r in rows if r.part.evaluation_key not in evaluations}.values():
        require(user, Verb.CORRECT, document)
