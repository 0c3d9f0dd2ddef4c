"""Follow-up as a Django app."""

from django.apps import AppConfig


class FollowUp(AppConfig):
    """See the package."""

    name = "evaltrail_office.follow_up"
    label = "follow_up"
