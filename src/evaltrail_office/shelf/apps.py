"""Shelf as a Django app."""

from django.apps import AppConfig


class Shelf(AppConfig):
    """See the package."""

    name = "evaltrail_office.shelf"
    label = "shelf"
