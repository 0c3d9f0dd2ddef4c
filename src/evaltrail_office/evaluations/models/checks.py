"""What a check found in a version of a document."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from evaltrail_office.shelf.models import Version


class Check(models.Model):
    """The report of the quality check of one version, with its counts as columns."""

    version = models.OneToOneField(Version, on_delete=models.CASCADE, related_name="quality")
    program = models.CharField(max_length=40)
    """Version of the program that checked."""
    profile = models.CharField(max_length=120)
    errors = models.PositiveIntegerField()
    warnings = models.PositiveIntegerField()
    notes = models.PositiveIntegerField()
    body = models.JSONField()
    """An ``evaltrail.check.report.Report``."""
    made = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.version_id}: {self.errors} errors, {self.warnings} warnings"
