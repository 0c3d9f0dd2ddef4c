"""Journal as a Django app."""

from django.apps import AppConfig


class Journal(AppConfig):
    """See the package."""

    name = "evaltrail_office.journal"
    label = "journal"
