"""Reading a kept file again: with a newer program, for a better reading under the corrections that people made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaltrail.link import linked
from evaltrail_office.accounts.access import require
from evaltrail_office.accounts.models import User
from evaltrail_office.accounts.policy import Verb
from evaltrail_office.evaluations.actions_proposals import propose
from evaltrail_office.intake.messages import messages_of
from evaltrail_office.intake.reading import fault_of, read
from evaltrail_office.jobs.actions import enqueue
from evaltrail_office.jobs.handlers import Refused, Work, handler
from evaltrail_office.shelf.actions import replay, working_record
from evaltrail_office.shelf.files import path_of
from evaltrail_office.shelf.models import Document

if TYPE_CHECKING:
    from evaltrail_office.jobs.models import Job


def read_again(user: User, document: Document) -> Job | None:
    """Ask for a document's file to be read again; returns the job, None where the document has no file.

    Raises:
        PermissionDenied: it is not this person's to correct.
    """
    require(user, Verb.CORRECT, document)
    if document.source_id is None:
        return None
    return enqueue("intake.reread", {"document": document.key}, asked_by=user.key, key=f"intake.reread:{document.key}", priority=4)


@handler("intake.reread", gettext_lazy("Reading a paper anew"))
def reread(work: Work) -> dict[str, Any]:
    """Read a document's file again and make its corrections again on what was read; nothing changes where it reads as before."""
    document = Document.objects.select_related("source").filter(key=work.args["document"], source__isnull=False).first()
    if document is None or document.source is None:
        raise Refused(_("the paper is not there any more, or has no file"))
    name = document.filename or document.title
    work.step(0, 1, _("reading %(file)s") % {"file": name})
    reading = read(path_of(document.source.sha256), name, lambda _seconds: work.step(0, 1))
    if reading.json is None:
        raise Refused(f"{name}: {fault_of(reading)}")
    record = linked(reading.record())
    with transaction.atomic():
        # Called off meanwhile: nothing is kept.
        work.step(0, 1)
        before = document.current_id
        conflicts = replay(document, record, User.objects.get(key=work.asked_by))
        propose(document)
    work.step(1, 1)
    changed = document.current_id != before
    if changed:
        messages_of(document, working_record(document))
    return {"document": document.key, "changed": changed, "conflicts": len(conflicts)}
