"""Reading the journal. Who may see what is decided by whoever asks: the journal knows no people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail_office.journal.models import Entry

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet


def of_thing(thing: str) -> QuerySet[Entry]:
    """What was done to a thing, oldest first."""
    return Entry.objects.filter(thing=thing)


def about(evaluations: Collection[str]) -> QuerySet[Entry]:
    """What concerns these evaluations, oldest first."""
    return Entry.objects.filter(about__in=evaluations)


def since(cursor: int) -> QuerySet[Entry]:
    """What came after the entry of that number, oldest first; 0 for everything."""
    return Entry.objects.filter(pk__gt=cursor)
