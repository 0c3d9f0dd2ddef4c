"""Accounts as a Django app."""

from typing import Any

from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate


def _make_cache_table(using: str, **_: Any) -> None:
    """Make the table in which failed sign-ins are counted, wherever the database is brought up to date."""
    call_command("createcachetable", database=using, verbosity=0)


class Accounts(AppConfig):
    """See the package."""

    name = "evaltrail_office.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Follow migrations."""
        post_migrate.connect(_make_cache_table, sender=self)
