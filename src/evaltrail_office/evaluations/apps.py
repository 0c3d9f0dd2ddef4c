"""Evaluations as a Django app."""

from django.apps import AppConfig


class Evaluations(AppConfig):
    """See the package."""

    name = "evaltrail_office.evaluations"
    label = "evaluations"
