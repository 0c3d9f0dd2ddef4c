"""Work of intake in the background."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaltrail.check.paper import Paper
from evaltrail.link import linked
from evaltrail.text.normal import squeeze
from evaltrail_office.accounts.models import User
from evaltrail_office.evaluations.actions_proposals import propose
from evaltrail_office.intake import rereading
from evaltrail_office.intake.actions import known_bytes
from evaltrail_office.intake.likeness import found
from evaltrail_office.intake.messages import messages_of
from evaltrail_office.intake.models import Item, Likeness, Resemblance
from evaltrail_office.intake.reading import fault_of, read
from evaltrail_office.jobs.handlers import Refused, Work, handler
from evaltrail_office.shelf.files import path_of
from evaltrail_office.shelf.models import Document, Kind, Source
from evaltrail_office.shelf.store import new_document

if TYPE_CHECKING:
    from evaltrail.record import Record

__all__ = ["read_item", "rereading"]


@handler("intake.read", gettext_lazy("Reading a paper"))
def read_item(work: Work) -> dict[str, Any]:
    """Read one file of a batch and put its record on the shelf, or write down why it could not be read.

    Everything that is kept of it is kept in one transaction, so that a worker that is killed leaves a file unread and never half read.
    """
    item = Item.objects.select_related("batch", "source").filter(pk=work.args["item"]).first()
    if item is None or item.source is None or item.document_id is not None or item.state not in {Item.State.WAITING, Item.State.READING}:
        return {}
    user = User.objects.get(key=item.batch.brought_by)
    work.step(0, 1, _("reading %(file)s") % {"file": item.filename})
    Item.objects.filter(pk=item.pk).update(state=Item.State.READING)
    reading = read(path_of(item.source.sha256), item.filename, lambda _seconds: work.step(0, 1))
    if reading.json is None:
        fault = fault_of(reading).replace("\0", "")
        work.step(0, 1)
        Item.objects.filter(pk=item.pk).update(state=Item.State.FAILED, fault=fault)
        raise Refused(f"{item.filename}: {fault}")
    # A database keeps no null characters; another one stands for each, so that every place stays where it is.
    record = linked(replace(reading, json=reading.json.replace(rb"\u0000", rb"\ufffd")).record())
    with transaction.atomic():
        # Who reads the same bytes at the same time waits here, and then finds the paper on the shelf.
        source = Source.objects.select_for_update().get(pk=item.source.pk)
        # Taken away meanwhile: nothing is kept.
        work.step(0, 1)
        known = None if work.args.get("again") else known_bytes(user, source)
        if known is not None:
            Item.objects.filter(pk=item.pk).update(state=Item.State.REPEATED)
            basis = _("the same bytes")
            Resemblance.objects.update_or_create(
                item=item, document=known, defaults={"likeness": Likeness.BYTES, "score": 1.0, "basis": basis}
            )
            return {"document": known.key}
        document = _stored(user, item, source, record)
        notes = [line.replace("\0", "") for line in (*reading.losses, *reading.notes)]
        Item.objects.filter(pk=item.pk).update(state=Item.State.READ, document=document, notes=notes, fault="")
        work.step(1, 1)
    # Kept, so that who opens the paper need not wait for it.
    messages_of(document, record)
    return {"document": document.key}


@handler("intake.check", gettext_lazy("Checking a paper that is being corrected"))
def check_paper(work: Work) -> dict[str, Any]:
    """Check a paper as it stands with its corrections."""
    document = Document.objects.select_related("current").filter(key=work.args["document"]).first()
    return {"messages": len(messages_of(document))} if document is not None else {}


def _stored(user: User, item: Item, source: Source, record: Record) -> Document:
    """The paper on the shelf, with what else it may be."""
    source.media_type = record.document.media_type or source.media_type
    source.pages = len(record.pages) if record.pages and record.pages[0].width else 0
    source.text_sha256 = hashlib.sha256(squeeze("\n".join(p.text for p in record.pages)).encode()).hexdigest()
    source.save()
    document = new_document(record, actor=user, kind=kind_of(record), source=source, filename=item.filename)
    propose(document, record)
    for like in found(user, record, document):
        Resemblance.objects.update_or_create(
            item=item, document=like.document, defaults={"likeness": like.likeness, "score": like.score, "basis": like.basis[:300]}
        )
    return document


def kind_of(record: Record) -> Kind:
    """What a paper seems to be to its evaluations, for a person to say otherwise."""
    if record.decisions or len(record.evaluations) > 1:
        return Kind.GOVERNING_BODY
    genre = Paper(record, today=timezone.localdate()).genre
    return {"report": Kind.REPORT, "summary": Kind.SUMMARY, "response": Kind.RESPONSE}.get(genre, Kind.OTHER)
