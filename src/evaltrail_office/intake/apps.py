"""Intake as a Django app."""

from django.apps import AppConfig


class Intake(AppConfig):
    """See the package."""

    name = "evaltrail_office.intake"
    label = "intake"
