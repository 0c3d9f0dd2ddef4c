"""Accounts as a Django app."""

from django.apps import AppConfig


class Accounts(AppConfig):
    """See the package."""

    name = "evaltrail_office.accounts"
    label = "accounts"
