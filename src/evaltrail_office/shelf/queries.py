"""Reading the shelf, always limited to what a person may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail_office.accounts.access import visible
from evaltrail_office.shelf.models import Document

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from evaltrail_office.accounts.models import User


def documents(user: User | AnonymousUser) -> QuerySet[Document]:
    """Documents that a person may see, newest first."""
    return visible(user, Document.objects.select_related("source", "current").prefetch_related("parts")).order_by("-id")
