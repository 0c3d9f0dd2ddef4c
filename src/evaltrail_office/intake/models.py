"""Rows of intake."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from evaltrail_office.jobs.models import Job
from evaltrail_office.shelf.models import Document, Source


class Batch(models.Model):
    """Files that a person brought together."""

    key = models.CharField(max_length=20, unique=True)
    """``B-00003``."""
    brought_by = models.CharField(max_length=80)
    made = models.DateTimeField(default=timezone.now)
    evaluation_key = models.CharField(max_length=20, blank=True, default="")
    """Of the evaluation that the papers were brought for; empty: none yet."""

    class Meta:
        ordering = ("-id",)
        verbose_name_plural = "batches"

    def __str__(self) -> str:
        return self.key


class Likeness(models.TextChoices):
    """What a file is to a paper that the office has."""

    BYTES = "bytes", "the same file"
    TEXT = "text", "the same text"
    EDITION = "edition", "another version of the same paper"
    TRANSLATION = "translation", "a translation"
    SUMMARY = "summary", "a summary"


class Item(models.Model):
    """One file of a batch and what became of it."""

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting"
        READING = "reading"
        READ = "read"
        FAILED = "failed"
        REPEATED = "repeated"
        """The office had it; nothing was read."""
        DROPPED = "dropped"

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    filename = models.CharField(max_length=255)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.SET_NULL, null=True, related_name="items")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    fault = models.TextField(blank=True, default="")
    """One line: why it was not read and what can be done."""
    notes = models.JSONField(default=list)
    """What of the paper could not be read, and what else the reader says; a line each."""
    like = models.ForeignKey(Document, on_delete=models.SET_NULL, null=True, related_name="+")
    likeness = models.CharField(max_length=12, choices=Likeness, blank=True, default="")

    class Meta:
        ordering = ("batch", "position")

    def __str__(self) -> str:
        return f"{self.batch_id} {self.filename}"
