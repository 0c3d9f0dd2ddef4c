"""API as a Django app."""

from django.apps import AppConfig


class Api(AppConfig):
    """See the package."""

    name = "evaltrail_office.api"
    label = "api"
