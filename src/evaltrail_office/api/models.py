"""Rows of the API."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from evaltrail_office.accounts.models import User


class Token(models.Model):
    """Lets a program act for a person, within scopes. The token itself is shown once and kept as a hash."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=12)
    """First signs, by which a person tells it from others."""
    sha256 = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    made = models.DateTimeField(default=timezone.now)
    ends = models.DateTimeField(null=True, blank=True)
    used = models.DateTimeField(null=True, blank=True)
    withdrawn = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.prefix}… {self.name}"
