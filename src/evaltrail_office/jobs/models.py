"""Rows of the job table."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class State(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    """It said itself why it cannot be done; nobody tries again."""
    DEAD = "dead"
    """It was tried as often as it may be."""
    STOPPED = "stopped"
    """A person called it off."""


class Job(models.Model):
    """One piece of work. A worker leases it, renews the lease while it works, and whoever finds a lease run out may take it."""

    kind = models.CharField(max_length=60)
    """Name of the handler: ``intake.read``."""
    args = models.JSONField(default=dict)
    key = models.CharField(max_length=120, blank=True, default="")
    """What must not be under way twice; empty for what may."""
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    priority = models.SmallIntegerField(default=0)
    """Higher first; what a person waits for is above what nobody does."""
    attempts = models.PositiveSmallIntegerField(default=0)
    most_attempts = models.PositiveSmallIntegerField(default=3)
    due = models.DateTimeField(default=timezone.now)
    """Not before this time."""
    worker = models.CharField(max_length=80, blank=True, default="")
    leased_until = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    """Steps; 0 while not known."""
    doing = models.CharField(max_length=200, blank=True, default="")
    """What it does at the moment, in words for people."""
    result = models.JSONField(null=True)
    fault = models.TextField(blank=True, default="")
    """One line for people: what is wrong and the remedy."""
    asked_by = models.CharField(max_length=80)
    """Key of who asked for it."""
    made = models.DateTimeField(default=timezone.now)
    started = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("state", "-priority", "id"), name="job_next"),
            models.Index(fields=("asked_by", "-id"), name="job_mine"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("key",), condition=~models.Q(key="") & models.Q(state__in=("waiting", "running")), name="job_once_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} ({self.state})"

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.state in {State.WAITING, State.RUNNING}


class Worker(models.Model):
    """A process that does jobs, as long as it runs; one that was killed leaves its row, whose last sign grows old."""

    name = models.CharField(max_length=80, unique=True)
    """Its machine and number."""
    started = models.DateTimeField(default=timezone.now)
    seen = models.DateTimeField(default=timezone.now)
    """When it last gave a sign of life."""

    def __str__(self) -> str:
        return self.name
