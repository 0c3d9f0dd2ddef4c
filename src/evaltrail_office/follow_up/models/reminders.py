"""What people are reminded of, and calendars that they subscribe to."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from evaltrail_office.accounts.models import User


class Digest(models.Model):
    """A digest that was sent to a person. It keeps anybody from being told twice in a week, also where a job is done twice."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="digests")
    week = models.CharField(max_length=8)
    """ISO week: ``2026-W48``."""
    kind = models.CharField(max_length=12, default="digest")
    """``digest`` or ``escalation``."""
    body = models.JSONField(default=list)
    """Keys of the actions and answers that it named."""
    sent = models.DateTimeField(null=True, blank=True)
    """None: it is being sent, or could not be."""
    fault = models.CharField(max_length=300, blank=True, default="")
    made = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-id",)
        constraints = (models.UniqueConstraint(fields=("user", "week", "kind"), name="digest_once_a_week"),)

    def __str__(self) -> str:
        return f"{self.user_id} {self.week}"


class CalendarFeed(models.Model):
    """An address with which a calendar program fetches a person's due dates, until it is revoked. The address is kept as a hash."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="calendar_feeds")
    sha256 = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField(default=timezone.now)
    used = models.DateTimeField(null=True, blank=True)
    revoked = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"calendar of {self.user_id}"
