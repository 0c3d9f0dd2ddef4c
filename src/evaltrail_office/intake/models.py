"""Rows of intake."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from evaltrail_office.accounts.access import Scope, Standing
from evaltrail_office.accounts.policy import Role, Stage
from evaltrail_office.jobs.models import Job
from evaltrail_office.jobs.models import State as JobState
from evaltrail_office.shelf.models import Document, Source


class Batch(models.Model):
    """Files that a person brought together."""

    key = models.CharField(max_length=20, unique=True)
    """``B-00003``."""
    brought_by = models.CharField(max_length=80)
    made = models.DateTimeField(default=timezone.now)
    evaluation_key = models.CharField(max_length=20, blank=True, default="")
    """Of the evaluation that the papers were brought for; empty: none yet."""
    stopped = models.DateTimeField(null=True, blank=True)
    """When reading was stopped; None: it goes on."""

    class Meta:
        ordering = ("-id",)
        verbose_name_plural = "batches"

    def __str__(self) -> str:
        return self.key

    def standing(self) -> Standing:
        """What decides about access to it: what is being brought is in the hands of who brings it."""
        return Standing((), Stage.DRAFT, None, self.brought_by)

    @classmethod
    def within(cls, scope: Scope) -> models.Q:
        """Batches that the scope sees."""
        return models.Q() if Role.HEAD in scope.office else models.Q(brought_by=scope.key)


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
    size = models.PositiveBigIntegerField(default=0)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, related_name="+")
    """None where the file was refused before it was kept."""
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.SET_NULL, null=True, related_name="items")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    fault = models.TextField(blank=True, default="")
    """One line: why it was not read and what can be done."""
    notes = models.JSONField(default=list)
    """What of the paper could not be read, and what else the reader says; a line each."""

    class Meta:
        ordering = ("batch", "position")
        constraints = (models.UniqueConstraint(fields=("batch", "position"), name="item_positions_of_a_batch"),)

    def __str__(self) -> str:
        return f"{self.batch_id} {self.filename}"

    @property
    def stands(self) -> Item.State:
        """Where it stands, known also where whoever read it was killed as often as it was tried."""
        state = Item.State(self.state)
        if state in OPEN and self.job is not None and self.job.state in BROKEN:
            return Item.State.FAILED
        return state

    @property
    def why(self) -> str:
        """Why it was not read, in a line."""
        if not self.fault and self.stands is Item.State.FAILED and self.job is not None:
            return self.job.fault
        return self.fault


OPEN = (Item.State.WAITING, Item.State.READING)
BROKEN = (JobState.FAILED, JobState.DEAD)
"""States of a job that nobody works on any more though it was not done."""


class Likeness(models.TextChoices):
    """What a paper is to another that the office has; the words go before the other's title."""

    BYTES = "bytes", gettext_lazy("the same file as")
    TEXT = "text", gettext_lazy("the same text as")
    EDITION = "edition", gettext_lazy("another edition of")
    TRANSLATION = "translation", gettext_lazy("a translation of")
    SUMMARY = "summary", gettext_lazy("a summary of")
    FULL = "full", gettext_lazy("the full paper of the summary")


class Resemblance(models.Model):
    """That a file may be what the office has already: found by the machine among what the bringer may see, decided by a person."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="resemblances")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    """That the office had."""
    likeness = models.CharField(max_length=12, choices=Likeness)
    score = models.FloatField()
    """How likely it is, 0 to 1."""
    basis = models.CharField(max_length=300, blank=True, default="")
    """What it was told by, in words."""
    decided_by = models.CharField(max_length=80, blank=True, default="")
    decided = models.DateTimeField(null=True, blank=True)
    holds = models.BooleanField(null=True)
    """What the person said; None: nobody has."""

    class Meta:
        ordering = ("item", "-score")
        constraints = (models.UniqueConstraint(fields=("item", "document"), name="resemblance_once_a_pair"),)

    def __str__(self) -> str:
        return f"{self.item_id} {self.likeness} {self.document_id}"


class Checked(models.Model):
    """What the rules said of a paper, kept until something in it is corrected."""

    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=64)
    """Of what was checked: which reading, with which corrections."""
    remarks = models.JSONField(default=list)

    class Meta:
        verbose_name_plural = "checked"

    def __str__(self) -> str:
        return f"{self.document_id} {self.state[:12]}"
