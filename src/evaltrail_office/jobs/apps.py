"""Jobs as a Django app."""

from django.apps import AppConfig


class Jobs(AppConfig):
    """See the package."""

    name = "evaltrail_office.jobs"
    label = "jobs"
