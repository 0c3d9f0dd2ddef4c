"""Registers that are brought in: lists of recommendations, matrices of answers, as files of rows."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Mapping(models.Model):
    """Which column of a kind of file means what. Remembered, and offered again for a file with the same columns."""

    name = models.CharField(max_length=120, unique=True)
    columns = models.JSONField()
    """Headings of the file that it was made for, in order."""
    fields = models.JSONField()
    """What each field of follow-up is taken from, and how words are turned into statuses, verdicts, units."""
    made_by = models.CharField(max_length=80)
    made = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Register(models.Model):
    """One file of rows that was brought in, or is about to be."""

    class State(models.TextChoices):
        """How far it is."""

        UPLOADED = "uploaded", _("uploaded")
        MAPPED = "mapped", _("mapped")
        IMPORTING = "importing", _("being taken over")
        IMPORTED = "imported", _("taken over")
        REVERSED = "reversed", _("taken back")

    key = models.CharField(max_length=20, unique=True)
    """``G-00001``."""
    name = models.CharField(max_length=255)
    """Of the file."""
    sha256 = models.CharField(max_length=64)
    sheet = models.CharField(max_length=120, blank=True, default="")
    header = models.PositiveIntegerField(default=1)
    """Number of the row with the headings."""
    mapping = models.ForeignKey(Mapping, on_delete=models.PROTECT, null=True, blank=True, related_name="registers")
    fields = models.JSONField(default=dict)
    """The mapping as it was when the rows were taken over."""
    state = models.CharField(max_length=12, choices=State, default=State.UPLOADED)
    counts = models.JSONField(default=dict)
    made_by = models.CharField(max_length=80)
    made = models.DateTimeField(default=timezone.now)
    imported = models.DateTimeField(null=True, blank=True)
    reversed_by = models.CharField(max_length=80, blank=True, default="")
    reversed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.key} {self.name}"


class RegisterRow(models.Model):
    """One row of a register: what it says, and what became of it."""

    class Outcome(models.TextChoices):
        """What became of a row."""

        WAITING = "waiting", _("not yet taken over")
        TAKEN = "taken", _("taken over")
        SAME = "same", _("known already")
        CHANGED = "changed", _("known, and changed since")
        SKIPPED = "skipped", _("left out")

    register = models.ForeignKey(Register, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    """Of the row in its sheet."""
    cells = models.JSONField()
    """As read, in the order of the columns."""
    identity = models.CharField(max_length=64)
    """Hash of what tells the row from others of its register: the same row is not taken over twice."""
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITING)
    reason = models.TextField(blank=True, default="")
    """Why it was left out."""
    track = models.ForeignKey("follow_up.Track", on_delete=models.SET_NULL, null=True, blank=True, related_name="register_rows")
    made = models.JSONField(default=dict)
    """What taking it over made and changed, for taking it back."""

    class Meta:
        ordering = ("register", "number")
        indexes = (models.Index(fields=("identity",)), models.Index(fields=("register", "outcome")))
        constraints = (
            models.UniqueConstraint(fields=("register", "number"), name="register_has_a_row_once"),
            models.CheckConstraint(condition=~Q(outcome="skipped") | ~Q(reason=""), name="register_row_left_out_says_why"),
        )

    def __str__(self) -> str:
        return f"{self.register_id}:{self.number} {self.outcome}"
