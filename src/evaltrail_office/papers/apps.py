"""Papers as a Django app."""

from django.apps import AppConfig


class Papers(AppConfig):
    """See the package."""

    name = "evaltrail_office.papers"
    label = "papers"
