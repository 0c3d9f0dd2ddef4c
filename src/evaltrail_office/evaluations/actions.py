"""Making evaluations, saying which evaluation a part of a paper is, and which recommendation a statement is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from evaltrail.link import match
from evaltrail.record import Recommendation as Recommended
from evaltrail.record import Response
from evaltrail_office.accounts.access import forget_scope, require, scope_of
from evaltrail_office.accounts.actions.grants import is_barred
from evaltrail_office.accounts.models import Grant
from evaltrail_office.accounts.policy import Role, Stage, Verb
from evaltrail_office.evaluations.actions_proposals import ask_for_proposals, carry, leave
from evaltrail_office.evaluations.models import Evaluation, Recommendation, Sameness, State
from evaltrail_office.evaluations.records import evaluation_in, rank, record_of
from evaltrail_office.jobs.actions import enqueue
from evaltrail_office.jobs.models import Job
from evaltrail_office.journal.actions import note
from evaltrail_office.shelf.models import Document, Kind, Part, Statement, next_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evaltrail.record import Record
    from evaltrail_office.accounts.models import User

_STAGES = list(Stage)
_ENDS = frozenset({Kind.REPORT, Kind.SUMMARY, Kind.GOVERNING_BODY, Kind.RESPONSE, Kind.FOLLOW_UP})
"""Papers that there are only of an evaluation that is completed."""


def new_evaluation(user: User, *, title: str, **fields: Any) -> Evaluation:
    """Make an evaluation that the office did not know, and return it with its key.

    ``fields`` are columns of ``Evaluation``. Whoever makes one without working in the whole office becomes its manager: else they could not
    go on with it. Raises ``PermissionDenied`` for people outside the evaluation office and for those of the unit that a decentralised one
    is about, ``ValueError`` for a title that is empty.
    """
    require(user, Verb.CONFIRM)
    if not title.strip():
        raise ValueError("an evaluation needs a title")
    with transaction.atomic():
        made = Evaluation.objects.create(key=next_key("E", Evaluation, 5), title=title.strip()[:500], made_by=user.key, **fields)
        note(user, "made", f"evaluation:{made.key}", about=made.key, new={"title": made.title})
        if Role.HEAD not in scope_of(user).office:
            if is_barred(user, Role.MANAGER, made):
                raise PermissionDenied(
                    _("You belong to the unit whose programme is evaluated, so somebody else has to run this evaluation.")
                )
            Grant.objects.create(user=user, role=Role.MANAGER, evaluation=made.key, given_by=user.key)
            note(user, "granted", f"person:{user.key}", about=made.key, new={"role": Role.MANAGER.value})
            # The roles kept for this request are no longer all of them.
            forget_scope(user)
    return made


def match_part(user: User, part: Part, evaluation: Evaluation | None) -> None:
    """Say that a part of a document is this evaluation; None takes it back.

    The recommendations in it are then proposed as new ones or as those that the office has, for ``confirm_key`` and ``refuse_key``.
    """
    document = part.document
    require(user, Verb.MATCH, document)
    if evaluation is not None:
        require(user, Verb.MATCH, evaluation)
    old = part.evaluation_key
    new = evaluation.key if evaluation else ""
    if old == new:
        return
    with transaction.atomic():
        part.evaluation_key, part.matched_by = new, user.key if new else ""
        part.save(update_fields=["evaluation_key", "matched_by"])
        note(user, "matched", f"document:{document.key}", about=new or old, old={"evaluation": old}, new={"evaluation": new})
        if old:
            _take_back_keys(document, part)
            leave(user, part, old)
            refresh_stage(old)
        if evaluation is not None:
            _take_over(evaluation, document)
            refresh_stage(new)
            propose_keys(document)
            carry(user, part, evaluation)
            ask_for_check(document, asked_by=user.key)
            ask_for_proposals(document, asked_by=user.key)


def ask_for_check(document: Document, *, asked_by: str) -> None:
    """Have the current version checked, unless that was asked for before: a check that failed would fail again."""
    if document.current_id is not None and not Job.objects.filter(key=f"check:{document.current_id}").exists():
        enqueue("evaluations.check", {"version": document.current_id}, asked_by=asked_by, key=f"check:{document.current_id}")


def refresh_stage(key: str) -> None:
    """An evaluation has come as far as the furthest of its documents."""
    with transaction.atomic():
        evaluation = Evaluation.objects.select_for_update().filter(key=key).first()
        if evaluation is None:
            return
        papers = list(Document.objects.filter(parts__evaluation_key=key).values_list("stage", "embargo").distinct())
        stages = [stage for stage, _ in papers]
        furthest = max((_STAGES.index(Stage(stage)) for stage in stages), default=0)
        evaluation.stage = _STAGES[furthest]
        days = [embargo for stage, embargo in papers if stage == evaluation.stage]
        later = [embargo for embargo in days if embargo is not None]
        evaluation.embargo = min(later) if later and len(later) == len(days) else None
        evaluation.save(update_fields=["stage", "embargo"])


def _take_over(evaluation: Evaluation, document: Document) -> None:
    """What the office did not know of the evaluation and the paper says."""
    changed = []
    if not evaluation.organisation and document.organisation:
        evaluation.organisation = document.organisation
        changed.append("organisation")
    if evaluation.year is None and document.date is not None:
        evaluation.year = document.date.year
        changed.append("year")
    if evaluation.state == State.PLANNED and document.kind in _ENDS:
        evaluation.state = State.COMPLETED
        changed.append("state")
    if changed:
        evaluation.save(update_fields=changed)


def propose_keys(document: Document) -> list[Sameness]:
    """Propose for every recommendation of a matched document which of the office's it is, by number and words, or that it is a new one.

    Nothing is proposed again for a statement that has a key or an open or refused proposal. Returns the new proposals.
    """
    record = record_of(document)
    made: list[Sameness] = []
    with transaction.atomic():
        known = set(Sameness.objects.filter(document_key=document.key).values_list("statement_id", flat=True))
        keyed = set(document.statements.exclude(key="").values_list("record_id", flat=True))
        for part in document.parts.exclude(evaluation_key=""):
            evaluation = Evaluation.objects.filter(key=part.evaluation_key).first()
            own = evaluation_in(record, part)
            if evaluation is None or own is None:
                continue
            wanted = [s for s in own.statements if isinstance(s, Recommended) and s.parent is None and s.id not in known | keyed]
            found = _candidates(evaluation, document, part, record) if wanted else {}
            for s in wanted:
                number, score = found.get(s.id, (None, None))
                made.append(
                    Sameness.objects.create(recommendation_id=number, document_key=document.key, statement_id=s.id[:80], score=score)
                )
    return made


def _candidates(evaluation: Evaluation, document: Document, part: Part, record: Record) -> dict[str, tuple[int, float]]:
    """The office's recommendations that statements of the part may be: statement's id -> recommendation's number in the table, score."""
    own = evaluation_in(record, part)
    others = Document.objects.filter(parts__evaluation_key=evaluation.key, statements__key__startswith="R-").exclude(pk=document.pk)
    keys = {r.key: r.pk for r in evaluation.recommendations.all()}
    best: dict[str, tuple[int, float]] = {}
    for other in others.select_related("current").distinct():
        theirs = record_of(other)
        rows = dict(other.statements.exclude(key="").values_list("record_id", "key"))
        for their_part in other.parts.filter(evaluation_key=evaluation.key):
            reported = evaluation_in(theirs, their_part)
            if reported is None or own is None:
                continue
            pairs = match(theirs.model_copy(update={"evaluations": (reported,)}), record.model_copy(update={"evaluations": (own,)}))
            for pair in pairs:
                number = keys.get(rows.get(pair.first, ""))
                if pair.kind == "recommendation" and number and pair.score > best.get(pair.second, (0, 0.0))[1]:
                    best[pair.second] = (number, pair.score)
    return best


def confirm_key(user: User, sameness: Sameness) -> Recommendation:
    """Say that a statement is the proposed recommendation; where a new one was proposed, the office gets it with its key.

    Raises ``PermissionDenied``, and ``Document.DoesNotExist`` where the paper is gone.
    """
    document = Document.objects.prefetch_related("parts").get(key=sameness.document_key)
    require(user, Verb.MATCH, document)
    with transaction.atomic():
        row = Statement.objects.select_for_update().select_related("part").get(document=document, record_id=sameness.statement_id)
        is_new = sameness.recommendation is None
        recommendation = sameness.recommendation or _new_recommendation(row)
        sameness.recommendation = recommendation
        sameness.confirmed, sameness.confirmed_by, sameness.refused = timezone.now(), user.key, False
        sameness.save()
        # A statement is one recommendation: what else was proposed is refused with it.
        Sameness.objects.filter(document_key=document.key, statement_id=row.record_id, refused=False).exclude(pk=sameness.pk).update(
            refused=True
        )
        row.key = recommendation.key
        row.save(update_fields=["key"])
        derive(recommendation)
        note(
            user,
            "identified",
            f"statement:{document.key}/{row.record_id}"[:120],
            about=row.part.evaluation_key,
            new={"recommendation": recommendation.key},
        )
        if is_new:
            _propose_anew(row.part.evaluation_key, document)
    return recommendation


def _propose_anew(evaluation: str, known: Document) -> None:
    """What other papers were proposed to bring as new may be what the office has by now."""
    others = Document.objects.filter(parts__evaluation_key=evaluation).exclude(pk=known.pk)
    open_ = Sameness.objects.filter(recommendation=None, confirmed=None, refused=False)
    for key in set(open_.filter(document_key__in=others.values("key")).values_list("document_key", flat=True)):
        other = Document.objects.prefetch_related("parts").get(key=key)
        own = Statement.objects.filter(document=other, part__evaluation_key=evaluation).values_list("record_id", flat=True)
        open_.filter(document_key=key, statement_id__in=list(own)).delete()
        propose_keys(other)


def confirm_keys(user: User, document: Document) -> int:
    """Confirm everything that is proposed for a document; returns how many recommendations were identified."""
    waiting = Sameness.objects.filter(document_key=document.key, confirmed=None, refused=False).order_by("id")
    done: set[str] = set()
    with transaction.atomic():
        for sameness in waiting:
            if sameness.statement_id not in done:
                confirm_key(user, sameness)
                done.add(sameness.statement_id)
    return len(done)


def refuse_key(user: User, sameness: Sameness) -> None:
    """Say that a statement is not the proposed recommendation; it is then proposed as a new one. A new one refused is no recommendation."""
    document = Document.objects.prefetch_related("parts").get(key=sameness.document_key)
    require(user, Verb.MATCH, document)
    with transaction.atomic():
        row = Statement.objects.select_related("part").filter(document=document, record_id=sameness.statement_id).first()
        if row is not None and sameness.confirmed and sameness.recommendation and row.key == sameness.recommendation.key:
            row.key = ""
            row.save(update_fields=["key"])
        was = sameness.recommendation.key if sameness.recommendation else ""
        sameness.refused, sameness.confirmed, sameness.confirmed_by = True, None, ""
        sameness.save()
        if was and row is not None:
            Sameness.objects.get_or_create(
                recommendation=None, document_key=document.key, statement_id=sameness.statement_id, defaults={"score": None}
            )
        note(
            user,
            "told apart",
            f"statement:{document.key}/{sameness.statement_id}"[:120],
            about=row.part.evaluation_key if row else "",
            old={"recommendation": was or "new"},
        )


def _new_recommendation(row: Statement) -> Recommendation:
    evaluation = Evaluation.objects.get(key=row.part.evaluation_key)
    last: int | None = evaluation.recommendations.aggregate(last=Max("position"))["last"]
    return Recommendation.objects.create(
        key=next_key("R", Recommendation, 6),
        evaluation=evaluation,
        number=row.number,
        position=0 if last is None else last + 1,
        text=row.text,
        priority=row.priority,
    )


def derive(recommendation: Recommendation) -> None:
    """Text, number, priority and answer of a recommendation, from the documents that print it in the order of ``rank``."""
    rows = Statement.objects.filter(key=recommendation.key).select_related("document", "document__current", "part")
    ordered = sorted(rows, key=lambda row: rank(row.document))
    if not ordered:
        return
    first = ordered[0]
    recommendation.text, recommendation.number = first.text, first.number
    recommendation.priority = next((row.priority for row in ordered if row.priority), "")
    recommendation.verdict = _verdict(ordered)
    recommendation.save(update_fields=["text", "number", "priority", "verdict"])


def _verdict(rows: Iterable[Statement]) -> str:
    for row in rows:
        own = evaluation_in(record_of(row.document), row.part)
        for s in own.statements if own else ():
            if isinstance(s, Response) and s.verdict and any(a.record is None and a.id == row.record_id for a in s.answers):
                return s.verdict
    return ""


def _take_back_keys(document: Document, part: Part) -> None:
    """A part that is no longer an evaluation says nothing of its recommendations."""
    ids = list(part.statements.values_list("record_id", flat=True))
    Sameness.objects.filter(document_key=document.key, statement_id__in=ids).delete()
    part.statements.update(key="")
