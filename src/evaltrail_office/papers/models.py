"""Rows of papers. What a draft says is in its document's versions and corrections; here is what the office does with it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from evaltrail_office.accounts.policy import Role
from evaltrail_office.jobs.models import Job
from evaltrail_office.shelf.models import Document, Version


def usual_signers() -> list[str]:
    """Roles that sign a paper before it is issued, where nobody has said otherwise."""
    return [Role.MANAGER.value, Role.HEAD.value]


class Draft(models.Model):
    """That a document is written in the office, and as what kind of paper."""

    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="draft")
    kind = models.CharField(max_length=30)
    """Of ``evaltrail.write.papers``: governing-body, report, summary …"""
    signers = models.JSONField(default=usual_signers)
    """Roles that have to sign before it is issued."""
    edition_of = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="editions")
    """The issued paper that it is to replace; it does so when it is issued itself."""
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    """The last one that was to issue it."""
    made = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.document_id} {self.kind}"


class SignOff(models.Model):
    """That a person in a role approved a version of a draft. It holds as long as the draft is not edited again."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="sign_offs")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=30)
    signed_by = models.CharField(max_length=80)
    signed = models.DateTimeField(default=timezone.now)
    entry = models.PositiveBigIntegerField()
    """Number of the signature in the journal: an edit with a greater one voids it."""

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
