"""Quality assessments of issued reports."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from evaltrail_office.evaluations.models.evaluation import Evaluation
from evaltrail_office.shelf.models import Document


class Assessment(models.Model):
    """A judgement of an issued report on a standard's sheet, by somebody outside the evaluation."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="assessments")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="assessments")
    version = models.PositiveIntegerField()
    """Number of the version that is judged."""
    sha256 = models.CharField(max_length=64)
    """Of that version."""
    profile = models.CharField(max_length=120)
    profile_version = models.CharField(max_length=40)
    body = models.JSONField(null=True, blank=True)
    """An ``evaltrail.check.sheet.Sheet`` with the program's findings and no judgement; None: the check has not run yet."""
    made_by = models.CharField(max_length=80)
    made = models.DateTimeField(default=timezone.now)
    words = models.TextField(blank=True, default="")
    """The assessor's summary."""
    signed = models.DateTimeField(null=True, blank=True)
    signed_by = models.CharField(max_length=80, blank=True, default="")
    share = models.FloatField(null=True, blank=True)
    """Of the weight, when it was signed."""
    band = models.CharField(max_length=120, blank=True, default="")
    failed = models.JSONField(default=list)
    """ids of items that must pass and do not, when it was signed."""

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("evaluation", "document", "version", "profile", "made_by"), name="assessment_once_a_person_and_standard"
            ),
        )

    def __str__(self) -> str:
        return f"{self.document_id} {self.profile}"


class Judgement(models.Model):
    """What was judged of one item."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="judgements")
    item = models.CharField(max_length=60)
    word = models.CharField(max_length=120, blank=True, default="")
    comment = models.TextField(blank=True, default="")
    made = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("assessment", "item"), name="judgement_once_an_item"),)

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.item}"
