"""What people do at intake: bring files, stop and go on, try again, say what a paper is to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from evaltrail import sample
from evaltrail_office.accounts.access import may, require, visible
from evaltrail_office.accounts.policy import Verb
from evaltrail_office.evaluations.models import Evaluation
from evaltrail_office.intake.models import BROKEN, OPEN, Batch, Item, Likeness, Resemblance
from evaltrail_office.intake.sniff import MOST_FILES, Declined, seen, too_large
from evaltrail_office.jobs.actions import call_off, enqueue
from evaltrail_office.journal.actions import note
from evaltrail_office.shelf import files
from evaltrail_office.shelf.models import Document, Kind, Source, next_key

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from evaltrail_office.accounts.models import User

FIRST = 5
"""Files of a batch that are read before those of larger batches."""


class TooMany(Exception):
    """A batch is full. ``str()`` is one line."""


def new_batch(user: User, evaluation_key: str = "") -> Batch:
    """Begin a batch, for an evaluation if one is named.

    Raises:
        PermissionDenied: the person may not bring papers, or not for this evaluation.
    """
    require(user, Verb.UPLOAD)
    if evaluation_key:
        evaluation = visible(user, Evaluation.objects.filter(key=evaluation_key)).first()
        if evaluation is None or not may(user, Verb.UPLOAD, evaluation):
            raise PermissionDenied(_("you cannot bring papers for this evaluation: its manager can"))
    with transaction.atomic():
        batch = Batch.objects.create(key=next_key("B", Batch, 5), brought_by=user.key, evaluation_key=evaluation_key)
        note(user, "began", f"batch:{batch.key}", about=evaluation_key)
    return batch


def add_file(user: User, batch: Batch, *, filename: str, size: int, sha256: str, head: bytes, fault: str = "") -> Item:
    """Put a file that was kept into a batch and ask for it to be read; a file that is not taken stands there with its fault.

    Args:
        user: who brings it.
        batch: the batch.
        filename: as the sender named it.
        size: bytes that came.
        sha256: under which the shelf keeps it; empty where it was not kept.
        head: its first bytes.
        fault: ``disk`` where there was no room for it.

    Raises:
        PermissionDenied: the batch is somebody else's.
        TooMany: the batch is full.
    """
    require(user, Verb.UPLOAD, batch)
    with transaction.atomic():
        # Two files of one batch may come at once, and each needs a place of its own.
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        position: int = (batch.items.aggregate(last=Max("position"))["last"] or 0) + 1
        if position > MOST_FILES:
            raise TooMany(_("a batch holds %(most)s files at most; bring the others in another") % {"most": MOST_FILES})
        item = Item(batch=batch, position=position, filename=_shown(filename), size=size)
        try:
            media_type = seen(head, size)
        except Declined as line:
            item.fault = str(line)
        if fault == "disk":
            item.fault = _("there is no room left for it on the office's disk. Ask the administrator, then bring it again")
        if item.fault or not sha256:
            item.state, item.fault = Item.State.FAILED, item.fault or too_large()
            item.save()
            return item
        item.source, _made = Source.objects.get_or_create(sha256=sha256, defaults={"size": size, "media_type": media_type})
        known = known_bytes(user, item.source)
        item.state = Item.State.REPEATED if known else Item.State.WAITING
        item.save()
        note(user, "brought", f"batch:{batch.key}", about=batch.evaluation_key, new={"file": item.filename, "sha256": sha256, "size": size})
        if known:
            Resemblance.objects.create(item=item, document=known, likeness=Likeness.BYTES, score=1.0, basis=_("the same bytes"))
        elif batch.stopped is None:
            _ask(user, item)
    return item


def known_bytes(user: User, source: Source) -> Document | None:
    """A paper with the same bytes, of those that the person may see; whether there are others is not told."""
    return visible(user, source.documents.all()).order_by("id").first()


def stop(user: User, batch: Batch) -> int:
    """Read no more of a batch for now, in the middle of a file too; returns how many files wait."""
    require(user, Verb.UPLOAD, batch)
    with transaction.atomic():
        batch.stopped = timezone.now()
        batch.save(update_fields=["stopped"])
        waiting = list(_unread(batch).select_related("job"))
        for item in waiting:
            if item.job is not None:
                call_off(item.job)
        _unread(batch).update(state=Item.State.WAITING)
        note(user, "stopped", f"batch:{batch.key}", about=batch.evaluation_key, new={"waiting": len(waiting)})
    return len(waiting)


def resume(user: User, batch: Batch) -> int:
    """Go on reading; returns how many files are still to be read."""
    require(user, Verb.UPLOAD, batch)
    with transaction.atomic():
        batch.stopped = None
        batch.save(update_fields=["stopped"])
        waiting = list(_unread(batch))
        for item in waiting:
            _ask(user, item)
        note(user, "resumed", f"batch:{batch.key}", about=batch.evaluation_key, new={"waiting": len(waiting)})
    return len(waiting)


def retry(user: User, item: Item) -> None:
    """Read a file again that could not be read, or one that the office has already, as a paper of its own.

    Raises:
        Declined: the file itself was not taken, so it has to be brought again.
    """
    require(user, Verb.UPLOAD, item.batch)
    if item.source is None:
        raise Declined(_("the file itself was not kept; bring it again"))
    if item.document_id is not None or item.stands not in {Item.State.FAILED, Item.State.REPEATED, Item.State.DROPPED}:
        return
    with transaction.atomic():
        again = item.state == Item.State.REPEATED
        item.state, item.fault, item.notes = Item.State.WAITING, "", []
        item.save()
        _ask(user, item, again=again)
        note(user, "retried", f"batch:{item.batch.key}", about=item.batch.evaluation_key, new={"file": item.filename})


def retry_all(user: User, batch: Batch) -> int:
    """Try again every file of a batch that could not be read and whose bytes were kept; returns how many."""
    require(user, Verb.UPLOAD, batch)
    failed = [i for i in batch.items.select_related("job", "batch").exclude(source=None) if i.stands is Item.State.FAILED]
    with transaction.atomic():
        for item in failed:
            retry(user, item)
    return len(failed)


def drop(user: User, item: Item) -> None:
    """Leave a file out that has not been read. A paper that was read stays on the shelf."""
    require(user, Verb.UPLOAD, item.batch)
    if item.document_id is not None:
        return
    with transaction.atomic():
        if item.job is not None:
            call_off(item.job)
        item.state = Item.State.DROPPED
        item.save(update_fields=["state"])
        note(user, "dropped", f"batch:{item.batch.key}", about=item.batch.evaluation_key, old={"file": item.filename})


def decide(user: User, resemblance: Resemblance, *, holds: bool) -> None:
    """Say whether a paper is what it was proposed to be to another.

    Raises:
        PermissionDenied: the person may not match the new paper, or does not see the other one any more.
    """
    item, other = resemblance.item, resemblance.document
    require(user, Verb.UPLOAD, item.batch)
    require(user, Verb.SEE, other)
    document = item.document
    if document is not None:
        require(user, Verb.MATCH, document)
    with transaction.atomic():
        resemblance.holds, resemblance.decided_by, resemblance.decided = holds, user.key, timezone.now()
        resemblance.save()
        if document is not None:
            _tie(document, resemblance)
        note(
            user,
            "matched" if holds else "parted",
            f"document:{document.key}" if document is not None else f"batch:{item.batch.key}",
            new={"as": resemblance.likeness, "of": other.key, "score": resemblance.score},
        )


def _tie(document: Document, resemblance: Resemblance) -> None:
    """Write into the paper what was said of it, or take it back."""
    other = resemblance.document if resemblance.holds else None
    if resemblance.likeness == Likeness.TRANSLATION and (other or document.translation_of_id == resemblance.document_id):
        document.translation_of = other
    elif resemblance.likeness in {Likeness.EDITION, Likeness.TEXT, Likeness.BYTES} and (
        other or document.replaces_id == resemblance.document_id
    ):
        document.replaces = other
    elif resemblance.likeness == Likeness.SUMMARY and other:
        document.kind = Kind.SUMMARY
    document.save(update_fields=["translation_of", "replaces", "kind"])


def set_kind(user: User, document: Document, kind: str) -> bool:
    """Say what a paper is to its evaluations; returns whether that is something else than before.

    Raises:
        PermissionDenied: it is not this person's to correct.
    """
    require(user, Verb.CORRECT, document)
    if kind not in Kind.values or kind == document.kind:
        return False
    with transaction.atomic():
        old, document.kind = document.kind, kind
        document.save(update_fields=["kind"])
        note(user, "corrected", f"document:{document.key}", old={"kind": old}, new={"kind": kind})
    return True


def add_sample(user: User) -> Batch:
    """Bring the sample paper, of an invented organisation, in a batch of its own; returns the batch. A job reads it."""
    require(user, Verb.UPLOAD)
    content = sample.path("pdf").read_bytes()  # the project's own file, and nobody's upload
    sha256, size = files.keep([content])
    with transaction.atomic():
        batch = new_batch(user)
        add_file(user, batch, filename="sample.pdf", size=size, sha256=sha256, head=content[:4096])
    return batch


def _unread(batch: Batch) -> QuerySet[Item]:
    """Files that are still to be read; those whose job was given up are not."""
    return batch.items.filter(state__in=OPEN).exclude(job__state__in=BROKEN)


def _ask(user: User, item: Item, *, again: bool = False) -> None:
    args = {"item": item.pk, **({"again": True} if again else {})}
    priority = 5 if item.position <= FIRST else 0
    item.job = enqueue("intake.read", args, asked_by=user.key, key=f"intake.read:{item.pk}", priority=priority)
    item.save(update_fields=["job"])


def _shown(name: str) -> str:
    """A file's name as it can be kept and shown: no folders, nothing that does not print, its ending whole."""
    last = name.replace("\\", "/").rpartition("/")[2]
    printed = "".join(c for c in last if c.isprintable()).strip() or _("(no name)")
    if len(printed) <= 255:
        return printed
    stem, dot, ending = printed.rpartition(".")
    return f"{stem[: 250 - len(ending)]}…{dot}{ending}" if dot and len(ending) < 10 else f"{printed[:254]}…"
