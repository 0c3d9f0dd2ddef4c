"""Rows of papers."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from evaltrail_office.shelf.models import Document, Version


class SignOff(models.Model):
    """That a person in a role approved a version of a draft."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="sign_offs")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=30)
    signed_by = models.CharField(max_length=80)
    signed = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("version", "role"), name="sign_off_once_a_role"),)

    def __str__(self) -> str:
        return f"{self.document_id} {self.role}"


class Issue(models.Model):
    """A paper as it was issued: the file, its hash, and that reading it gave the record back."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="issues")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=10)
    """Ending of the file: pdf, docx, html."""
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    facts = models.PositiveIntegerField()
    """That were compared between the record and what was read back of the file."""
    issued_by = models.CharField(max_length=80)
    issued = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("document", "form", "sha256"), name="issue_once_a_file"),)

    def __str__(self) -> str:
        return f"{self.document_id} {self.form}"
