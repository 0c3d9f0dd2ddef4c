"""Correcting and confirming what was read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaltrail.record import (
    ChangeDecision,
    ChangeOverallResponse,
    ChangeRating,
    MergeStatements,
    corrected,
    correction,
    noted,
    redirected,
    with_ids_of,
)
from evaltrail_office.accounts.access import require
from evaltrail_office.accounts.models import User
from evaltrail_office.accounts.policy import Verb
from evaltrail_office.jobs.actions import enqueue
from evaltrail_office.journal.actions import note
from evaltrail_office.shelf import store
from evaltrail_office.shelf.models import Correction, Document, How, Statement
from evaltrail_office.shelf.working import live, reading_of, record_at, record_with, remember, working_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from evaltrail.record import Correction as Change
    from evaltrail.record import CorrectionConflict, Record, Replayed
    from evaltrail_office.journal.actions import Actor
    from evaltrail_office.shelf.models import Version

__all__ = [
    "Conflicting",
    "NotConfirmed",
    "NothingToUndo",
    "confirm",
    "confirm_statement",
    "confirm_statements",
    "correct",
    "correct_all",
    "redo",
    "replay",
    "resolve",
    "unconfirm_statement",
    "undo",
    "working_record",
]


_PART = "part:"  # before the id of an evaluation, among what was said of statements


class Conflicting(Exception):
    """A correction that does not fit what stands there now. ``str()`` is one line for people; nothing was changed."""

    def __init__(self, conflict: CorrectionConflict) -> None:
        super().__init__(conflict.line)
        self.conflict = conflict


class NotConfirmed(Exception):
    """A document that cannot be confirmed as a whole yet. ``str()`` is one line for people that says what is open."""


class NothingToUndo(Exception):
    """There is no correction to undo, or none to make again."""


def correct(user: User, document: Document, change: Change) -> Correction:
    """Make a correction to what was read; returns its row.

    ``change`` names statements by the ids of the working record. Who made it and when, the old value and what it saw are filled in. An old
    value that is given is compared: a form that was open while somebody else corrected the same field does not overwrite that.

    Raises:
        PermissionDenied: it is not this person's to correct.
        Conflicting: it does not fit what stands there now.
    """
    return correct_all(user, document, [change])[0]


def correct_all(user: User, document: Document, changes: Iterable[Change]) -> list[Correction]:
    """Make the corrections of one form, all or none; returns their rows. They are undone and made again together.

    Raises:
        PermissionDenied: they are not this person's to make.
        Conflicting: one does not fit what stands there now.
    """
    with transaction.atomic():
        _lock(document)
        _require_change(user, document)
        rows, base = live(document), reading_of(document)
        first = before = record_at(base, rows)
        made, position = timezone.now(), _next(document)
        new: list[Correction] = []
        merged: list[tuple[Correction, MergeStatements]] = []
        for change in changes:
            seen = noted(before, change, by=user.key, at=made.isoformat(timespec="seconds"))
            after, conflicts = corrected(before, [seen])
            if conflicts:
                raise Conflicting(conflicts[0])
            row = Correction.objects.create(
                document=document,
                position=position + len(new),
                body=seen.to_data(),
                made_by=user.key,
                made=made,
                said=_said(document, before, after),
            )
            new.append(row)
            merged += [(row, seen)] if isinstance(seen, MergeStatements) else []
            before = after
        if new:
            remember(base, [*rows, *new], before)
            _changed(document, first, before)
        for row, merge in merged:
            _hand_on(row, merge)
        for row in new:
            _tell(user, "corrected", document, row)
    return new


def undo(user: User, document: Document, row: Correction | None = None) -> Correction:
    """Undo a correction: this one, or the person's own last with those of the same form; returns the last of them.

    Later ones that stood on it become conflicts, and are told by their rows.

    Raises:
        PermissionDenied: it is not this person's to correct.
        NothingToUndo: the person has made none that still stands.
    """
    with transaction.atomic():
        _lock(document)
        _require_change(user, document)
        standing = document.corrections.filter(undone=None)
        last = standing.filter(made_by=user.key).order_by("-position").first() if row is None else None
        found = list(standing.filter(made_by=user.key, made=last.made) if last else standing.filter(pk=row.pk if row else 0))
        if not found:
            raise NothingToUndo(_("You have made no correction here that could be undone."))
        before = _before(document)
        now = timezone.now()
        for one in found:
            one.undone, one.conflict = now, ""
        Correction.objects.bulk_update(found, ["undone", "conflict"])
        after = _recomputed(document, before)
        for one in reversed(found):
            _give_back(document, one, after)
            _tell(user, "undid", document, one)
    return found[-1]


def redo(user: User, document: Document, row: Correction | None = None) -> Correction:
    """Make an undone correction again: this one, or what the person undid last, where they have corrected nothing since; returns the last.

    Raises:
        PermissionDenied: it is not this person's to correct.
        NothingToUndo: there is none.
    """
    with transaction.atomic():
        _lock(document)
        _require_change(user, document)
        undone = document.corrections.exclude(undone=None)
        first = None
        if row is None:
            last: int = document.corrections.filter(undone=None, made_by=user.key).aggregate(last=Max("position"))["last"] or 0
            first = undone.filter(made_by=user.key, position__gt=last).order_by("-undone", "position").first()
        found = list(undone.filter(made_by=user.key, made=first.made) if first else undone.filter(pk=row.pk if row else 0))
        if not found:
            raise NothingToUndo(_("There is no correction here that could be made again."))
        before = _before(document)
        for one in found:
            one.undone = None
        Correction.objects.bulk_update(found, ["undone"])
        _recomputed(document, before)
        for one in found:
            _tell(user, "redid", document, one)
    return found[-1]


def confirm_statements(user: User, document: Document, ids: Iterable[str]) -> int:
    """Say that these statements are as the paper has them; returns how many were not confirmed before.

    Raises:
        PermissionDenied: it is not this person's to confirm.
    """
    require(user, Verb.CONFIRM, document)
    with transaction.atomic():
        rows = document.statements.filter(record_id__in=list(ids), confirmed=None)
        done = list(rows.values_list("record_id", flat=True))
        rows.update(confirmed=timezone.now(), confirmed_by=user.key)
        for key in done:
            note(user, "confirmed", f"statement:{document.key}/{key}", about=store.about(document))
    return len(done)


def confirm_statement(user: User, document: Document, statement_id: str) -> Statement:
    """Say that a statement is as the paper has it; returns its row.

    Raises:
        PermissionDenied: it is not this person's to confirm.
        Statement.DoesNotExist: there is no such statement.
    """
    confirm_statements(user, document, [statement_id])
    return document.statements.get(record_id=statement_id)


def unconfirm_statement(user: User, document: Document, statement_id: str) -> Statement:
    """Take back that a statement is confirmed, and with it that the document is; returns its row.

    Raises:
        PermissionDenied: it is not this person's to confirm.
        Statement.DoesNotExist: there is no such statement.
    """
    require(user, Verb.CONFIRM, document)
    with transaction.atomic():
        _lock(document)
        row = document.statements.get(record_id=statement_id)
        if row.confirmed:
            note(user, "unconfirmed", f"statement:{document.key}/{row.record_id}", about=store.about(document), old=row.confirmed_by)
            row.confirmed, row.confirmed_by = None, ""
            row.save(update_fields=["confirmed", "confirmed_by"])
            _reopen(document)
    return row


def confirm(user: User, document: Document, *, rest: bool = False) -> Version:
    """Say that the document was read rightly; returns its new version. ``rest``: what was not looked at one by one is confirmed too.

    Raises:
        PermissionDenied: it is not this person's to confirm.
        NotConfirmed: statements are not confirmed yet, or corrections do not fit the present reading.
    """
    require(user, Verb.CONFIRM, document)
    with transaction.atomic():
        _lock(document)
        if document.versions.filter(how__in=(How.WRITTEN, How.ISSUED)).exists():
            raise NotConfirmed(_("It is written in the office: it is signed and issued, not confirmed as read."))
        conflicts = document.corrections.filter(undone=None).exclude(conflict="").count()
        if conflicts:
            line = "%(count)d correction does not fit what was read: decide it first."
            lines = "%(count)d corrections do not fit what was read: decide them first."
            raise NotConfirmed(ngettext(line, lines, conflicts) % {"count": conflicts})
        ids = list(document.statements.filter(confirmed=None).values_list("record_id", flat=True))
        if ids and not rest:
            line = "%(count)d statement is not confirmed yet."
            lines = "%(count)d statements are not confirmed yet."
            raise NotConfirmed(ngettext(line, lines, len(ids)) % {"count": len(ids)})
        now = timezone.now()
        document.statements.filter(confirmed=None).update(confirmed=now, confirmed_by=user.key)
        record = _before(document)
        record = record.model_copy(update={"document": record.document.model_copy(update={"state": "confirmed"})})
        text = _("%(count)d statements confirmed together") % {"count": len(ids)} if ids else ""
        document.confirmed, document.confirmed_by = now, user.key
        return store.put(document, record, how=How.CONFIRMED, actor=user, note_text=text)


def replay(document: Document, new_record: Record, actor: Actor | str) -> list[Correction]:
    """Put a better reading of the same file under the corrections, if it reads otherwise; returns the rows of those that do not fit it.

    Statements keep ids and keys, and confirmations where they say the same. Conflicts stay on their rows until they are resolved.

    Raises:
        PermissionDenied: the actor is a person and it is not theirs to correct.
    """
    if isinstance(actor, User):
        require(actor, Verb.CORRECT, document)
    with transaction.atomic():
        _lock(document)
        rows = live(document)
        before = _before(document)
        # A statement's id is its address, so it keeps it; what a person took out of the record had one too.
        last = store.load(reading_of(document))
        new_record = with_ids_of(new_record, before, last)
        if new_record == last:
            return [row for row in rows if row.conflict]
        document.confirmed, document.confirmed_by = None, ""
        version = store.put(document, new_record, how=How.READ, actor=actor, derive=False)
        done = record_with(version, rows)
        _mark(rows, done)
        remember(version, rows, done.record)
        store.derive(document, done.record, before=before)
        open_rows = [row for row in rows if row.conflict]
        new = {"version": version.number, "corrections": len(rows), "conflicts": len(open_rows)}
        note(actor, "replayed", f"document:{document.key}", about=store.about(document), new=new)
    return open_rows


def resolve(
    user: User,
    document: Document,
    row: Correction,
    take: Literal["person", "reading"],
    meant: Mapping[str, str] | str = "",
    parts: Mapping[str, str] | None = None,
) -> Correction | None:
    """Decide about a correction that does not fit: ``reading`` lets it go, ``person`` makes it again over what stands there now.

    Args:
        user: who decides.
        document: the paper.
        row: the correction.
        take: what is to stand.
        meant: ids of statements that were not found, each with the id of the one that is meant; a word alone stands for its first one.
        parts: the same of evaluations.

    Returns the new row of a correction that was made again.

    Raises:
        PermissionDenied: it is not this person's to correct.
        Conflicting: it cannot be made again as it is; nothing was changed.
    """
    with transaction.atomic():
        _lock(document)
        _require_change(user, document)
        before = _before(document)
        row.undone, row.conflict = timezone.now(), ""
        row.save(update_fields=["undone", "conflict"])
        _recomputed(document, before)
        _tell(user, "resolved", document, row, reason=take)
        if take == "reading":
            return None
        change = correction(row.body)
        if isinstance(meant, str):
            meant = {change.names[0]: meant} if meant and change.names else {}
        return correct(user, document, _over(_before(document), redirected(change, meant, parts)))


def _over(record: Record, change: Change) -> Change:
    """A correction of something without an id (a rating, a decision), as one of what stands there now."""
    if not isinstance(change, (ChangeRating, ChangeOverallResponse, ChangeDecision)) or change.old is None:
        return change
    _same, conflicts = corrected(record, [change])
    if conflicts and isinstance(conflicts[0].present, type(change.old)):
        return change.model_copy(update={"old": conflicts[0].present})
    if conflicts and conflicts[0].why == "missing" and change.new is not None:
        return change.model_copy(update={"old": None})
    return change


# What the verbs above share.


def _require_change(user: User, document: Document) -> None:
    """Raise ``PermissionDenied`` where a person may not change what the document says; for whoever holds its lock.

    What was written in the office is changed by those who write it, until it is issued, and never after.
    """
    hows = set(document.versions.filter(how__in=(How.WRITTEN, How.ISSUED)).values_list("how", flat=True))
    if How.ISSUED in hows:
        raise PermissionDenied(_("it was issued, and what was issued is not changed: begin a new edition"))
    require(user, Verb.WRITE if hows else Verb.CORRECT, document)


def _lock(document: Document) -> None:
    """Hold the document until the transaction ends, so that corrections of two people come one after the other."""
    document.refresh_from_db(from_queryset=Document.objects.select_for_update(of=("self",)))


def _next(document: Document) -> int:
    last: int = document.corrections.aggregate(last=Max("position"))["last"] or 0
    return last + 1


def _before(document: Document) -> Record:
    return record_at(reading_of(document), live(document))


def _recomputed(document: Document, before: Record) -> Record:
    """Make all corrections anew; tell the rows that no longer fit."""
    base, rows = reading_of(document), live(document)
    done = record_with(base, rows)
    _mark(rows, done)
    remember(base, rows, done.record)
    _changed(document, before, done.record)
    return done.record


def _mark(rows: list[Correction], done: Replayed) -> None:
    lines = {c.position: c.line for c in done.conflicts}
    finds = {
        n: [{"known": f.known, "found": f.found, "by": f.by, "likeness": round(f.likeness, 3)} for f in done.finds if f.correction == n]
        for n in range(len(rows))
    }
    changed = []
    for n, row in enumerate(rows):
        elsewhere = [f for f in finds[n] if f["by"] != "id"]
        if (row.conflict, row.found) != (lines.get(n, ""), elsewhere):
            row.conflict, row.found = lines.get(n, ""), elsewhere
            changed.append(row)
    Correction.objects.bulk_update(changed, ["conflict", "found"])


def _changed(document: Document, before: Record, after: Record) -> None:
    store.refresh(document, before, after)
    _reopen(document)
    enqueue("shelf.index", {"document": document.key}, asked_by="system:search", priority=-1)


def _reopen(document: Document) -> None:
    if document.confirmed:
        document.confirmed, document.confirmed_by = None, ""
        document.save(update_fields=["confirmed", "confirmed_by"])


def _said(document: Document, before: Record, after: Record) -> dict[str, dict[str, Any]]:
    """What people have said of statements that this takes out or changes, for an undo to give back."""
    now = {s.id: s for e in after.evaluations for s in e.statements}
    touched = [s.id for e in before.evaluations for s in e.statements if now.get(s.id) is not s]
    rows = document.statements.filter(record_id__in=touched).exclude(Q(key="") & Q(confirmed=None))
    gone = {e.id for e in before.evaluations} - {e.id for e in after.evaluations}
    parts = document.parts.filter(record_id__in=gone).exclude(evaluation_key="") if gone else ()
    matched: dict[str, dict[str, Any]] = {
        f"{_PART}{p.record_id}": {"evaluation_key": p.evaluation_key, "matched_by": p.matched_by} for p in parts
    }
    return matched | {
        s.record_id: {"key": s.key, "confirmed": s.confirmed.isoformat() if s.confirmed else None, "confirmed_by": s.confirmed_by}
        for s in rows.only("record_id", "key", "confirmed", "confirmed_by")
    }


def _give_back(document: Document, row: Correction, after: Record) -> None:
    there = {s.id for e in after.evaluations for s in e.statements}
    for key, said in row.said.items():
        if key.startswith(_PART):
            document.parts.filter(record_id=key.removeprefix(_PART), evaluation_key="").update(**said)
        elif key in there:
            document.statements.filter(record_id=key, confirmed=None).update(confirmed=said["confirmed"], confirmed_by=said["confirmed_by"])
            document.statements.filter(record_id=key, key="").update(key=said["key"])


def _hand_on(row: Correction, change: MergeStatements) -> None:
    """Give the key of a recommendation that went up in another to that one, where it has none."""
    key = row.said.get(change.statement, {}).get("key", "")
    if key:
        row.document.statements.filter(record_id=change.into, key="").update(key=key)


def _tell(user: User, verb: str, document: Document, row: Correction, *, reason: str = "") -> None:
    shown = {name: value for name, value in row.body.items() if name not in {"known", "words", "by", "at"}}
    old = {"old": shown.pop("old")} if "old" in shown else None
    note(
        user,
        verb,
        f"document:{document.key}",
        about=store.about(document),
        old=old,
        new={**shown, "correction": row.position},
        reason=reason or row.body.get("reason", ""),
    )
