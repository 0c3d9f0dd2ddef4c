"""What intake's pages show, always limited to what a person may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Prefetch, Q

from evaltrail_office.accounts.access import visible
from evaltrail_office.intake.models import BROKEN, OPEN, Batch, Item, Resemblance
from evaltrail_office.shelf.models import Document

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from evaltrail.record import Record
    from evaltrail_office.accounts.models import User

_BROKEN = Q(state__in=OPEN, job__state__in=BROKEN)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch has come, in files."""

    total: int
    waiting: int
    reading: int
    read: int
    failed: int
    repeated: int
    dropped: int

    @property
    def done(self) -> int:
        """Files that nothing more will be done about."""
        return self.total - self.waiting - self.reading

    @property
    def open(self) -> int:
        """Files that are still to be read."""
        return self.waiting + self.reading


def batches(user: User | AnonymousUser) -> QuerySet[Batch]:
    """Batches that a person may see, newest first, each with counts of its files."""
    at = {
        "of_files": Count("items"),
        "of_read": Count("items", filter=Q(items__state=Item.State.READ)),
        "of_open": Count("items", filter=Q(items__state__in=OPEN) & ~Q(items__job__state__in=BROKEN)),
        "of_failed": Count("items", filter=Q(items__state=Item.State.FAILED) | Q(items__state__in=OPEN, items__job__state__in=BROKEN)),
    }
    return visible(user, Batch.objects.annotate(**at)).order_by("-id")


def progress(batch: Batch) -> Progress:
    """How far a batch has come."""
    states = Item.State
    counts = batch.items.aggregate(
        total=Count("pk"),
        waiting=Count("pk", filter=Q(state=states.WAITING) & ~Q(job__state__in=BROKEN)),
        reading=Count("pk", filter=Q(state=states.READING) & ~Q(job__state__in=BROKEN)),
        read=Count("pk", filter=Q(state=states.READ)),
        failed=Count("pk", filter=Q(state=states.FAILED) | _BROKEN),
        repeated=Count("pk", filter=Q(state=states.REPEATED)),
        dropped=Count("pk", filter=Q(state=states.DROPPED)),
    )
    return Progress(**counts)


def items(user: User | AnonymousUser, batch: Batch) -> QuerySet[Item]:
    """Files of a batch in order, with the papers that they became and may be; a paper that the person may not see is left out."""
    seen = visible(user, Document.objects.all())
    likes = Resemblance.objects.filter(document__in=seen).select_related("document").order_by("-score")
    papers = seen.annotate(of_statements=Count("statements"), of_confirmed=Count("statements", filter=~Q(statements__confirmed_by="")))
    return (
        batch.items.select_related("job", "batch", "source")
        .prefetch_related(Prefetch("resemblances", queryset=likes, to_attr="likes"), Prefetch("document", queryset=papers))
        .order_by("position")
    )


def failed_first(rows: QuerySet[Item]) -> QuerySet[Item]:
    """Only those that could not be read."""
    return rows.filter(Q(state=Item.State.FAILED) | _BROKEN)


def resemblances(user: User | AnonymousUser) -> QuerySet[Resemblance]:
    """What papers may be to others, of others that the person may see."""
    seen = visible(user, Document.objects.all())
    return Resemblance.objects.filter(document__in=seen).select_related("document", "item__batch", "item__document")


def in_hand(user: User | AnonymousUser) -> QuerySet[Document]:
    """Papers that the person may see and that nobody has confirmed, newest first, with counts of their statements."""
    return (
        visible(user, Document.objects.filter(confirmed=None).exclude(current=None))
        .annotate(of_statements=Count("statements"), of_confirmed=Count("statements", filter=~Q(statements__confirmed_by="")))
        .order_by("-id")
    )


def read_by_ocr(record: Record) -> int:
    """Pages whose words a machine has recognised in a scan."""
    return len({p.page for d in record.diagnostics if d.code == "read-by-ocr" for p in d.places}) or sum(
        d.code == "read-by-ocr" for d in record.diagnostics
    )
