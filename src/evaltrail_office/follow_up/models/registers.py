"""Registers that are brought in: lists of recommendations, matrices of answers, as files of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaltrail_office.accounts.policy import DOES, Verb
from evaltrail_office.evaluations.models import Evaluation
from evaltrail_office.jobs.models import Job

if TYPE_CHECKING:
    from evaltrail_office.accounts.access import Scope


class Mapping(models.Model):
    """Which column of a kind of file means what. Remembered, and offered again for a file with the same columns."""

    name = models.CharField(max_length=120, unique=True)
    columns = models.JSONField()
    """Headings of the file that it was made for, in order."""
    fields = models.JSONField()
    """What each field of follow-up is taken from, and how words are turned into statuses, verdicts, units (``registers.fields.Fields``)."""
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

        UPLOADED = "uploaded", _("being read")
        BROKEN = "broken", _("could not be read")
        READ = "read", _("read, not yet taken over")
        IMPORTING = "importing", _("being taken over")
        IMPORTED = "imported", _("taken over")
        REVERSING = "reversing", _("being taken back")
        REVERSED = "reversed", _("taken back")

    key = models.CharField(max_length=20, unique=True)
    """``G-00001``."""
    name = models.CharField(max_length=255)
    """Of the file."""
    sha256 = models.CharField(max_length=64)
    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, null=True, blank=True, related_name="registers")
    """Where all its rows are of one evaluation; None: its rows say which, and it is the head of evaluation's to bring."""
    sheets = models.JSONField(default=list)
    """Of each sheet: name, number of rows, number of the row that seems to hold the headings."""
    sheet = models.CharField(max_length=120, blank=True, default="")
    header = models.PositiveIntegerField(default=1)
    """Number of the row with the headings."""
    headings = models.JSONField(default=list)
    mapping = models.ForeignKey(Mapping, on_delete=models.SET_NULL, null=True, blank=True, related_name="registers")
    """The remembered one from which ``fields`` began."""
    fields = models.JSONField(default=dict)
    """The mapping as it is, and as it was when the rows were taken over (``registers.fields.Fields``)."""
    state = models.CharField(max_length=12, choices=State, default=State.UPLOADED)
    fault = models.TextField(blank=True, default="")
    """Why it could not be read, in a line."""
    counts = models.JSONField(default=dict)
    """What became, or would become, of its rows."""
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    """That reads it, takes it over or takes it back."""
    made_by = models.CharField(max_length=80)
    made = models.DateTimeField(default=timezone.now)
    imported = models.DateTimeField(null=True, blank=True)
    imported_by = models.CharField(max_length=80, blank=True, default="")
    reversed_by = models.CharField(max_length=80, blank=True, default="")
    reversed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.key} {self.name}"

    @classmethod
    def within(cls, scope: Scope) -> Q:
        """Those of evaluations whose follow-up the scope plans; all for the head of evaluation."""
        if scope.office & DOES[Verb.PLAN]:
            return Q()
        return Q(evaluation__key__in=scope.among(DOES[Verb.PLAN]))


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
    identity = models.CharField(max_length=64, blank=True, default="")
    """Hash of evaluation, number and recipient (of the words where there is no number): the same row is not taken over twice."""
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITING)
    kind = models.CharField(max_length=20, blank=True, default="")
    """Of the reason for leaving it out, for counting."""
    reason = models.TextField(blank=True, default="")
    """Why it was left out; of one that was taken over, what is to be known of it."""
    track = models.ForeignKey("follow_up.Track", on_delete=models.SET_NULL, null=True, blank=True, related_name="register_rows")
    made = models.JSONField(default=dict)
    """What taking it over made and changed, for the next edition and for taking it back."""
    back = models.CharField(max_length=10, blank=True, default="")
    """Of an import that was taken back: ``removed``, ``reverted`` or ``stays``, because somebody has worked on it since."""

    class Meta:
        ordering = ("register", "number")
        indexes = (models.Index(fields=("identity",)), models.Index(fields=("register", "outcome")))
        constraints = (
            models.UniqueConstraint(fields=("register", "number"), name="register_has_a_row_once"),
            models.CheckConstraint(condition=~Q(outcome="skipped") | ~Q(reason=""), name="register_row_left_out_says_why"),
        )

    def __str__(self) -> str:
        return f"{self.register_id}:{self.number} {self.outcome}"
