"""How follow-up runs in this office, and how that of one evaluation runs."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KT
from django.utils import timezone

from evaltrail_office.accounts.access import Scope, within_stages
from evaltrail_office.evaluations.models import Evaluation
from evaltrail_office.follow_up.family import units_seen


class House(models.Model):
    """The office's own settings of follow-up: one row."""

    preset = models.CharField(max_length=60, default="house")
    """id of the preset that new follow-ups begin with."""
    own = models.TextField(blank=True, default="")
    """The office's own preset as TOML; empty: none."""
    months = models.JSONField(default=dict)
    """What the office means by a time implication, where it differs from the preset: ``{"short": 12}``, months after the clock starts."""
    public = models.BooleanField(default=False)
    """Whether anybody may read, without signing in, what became of released recommendations."""
    changed_by = models.CharField(max_length=80, blank=True, default="")
    changed = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(pk=1), name="house_is_one_row"),)

    def __str__(self) -> str:
        return self.preset

    @classmethod
    def of_office(cls) -> House:
        """The row; made with defaults where there is none yet, and not written."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)


_WHO = models.CharField(max_length=20)


class FollowUp(models.Model):
    """The follow-up of one evaluation: by which preset, and since when the clock runs."""

    evaluation = models.OneToOneField(Evaluation, on_delete=models.PROTECT, related_name="follow_up")
    preset = models.CharField(max_length=60)
    rules = models.JSONField()
    """The preset as it was when the follow-up was opened (``preset.Preset``): a later change of it does not move what is promised."""
    verifier = models.GeneratedField(expression=KT("rules__verifier"), output_field=_WHO, db_persist=True)
    """Of the rules, here as a column: who verifies is asked of many rows at once."""
    extension = models.GeneratedField(expression=KT("rules__extension"), output_field=_WHO, db_persist=True)
    approver = models.GeneratedField(expression=KT("rules__closing__approver"), output_field=_WHO, db_persist=True)
    started = models.DateField(null=True, blank=True)
    """The day from which deadlines count; None: what starts the clock has not happened."""
    started_by = models.CharField(max_length=20, blank=True, default="")
    """``issue`` or ``decision``."""
    response_due = models.DateField(null=True, blank=True)
    closed = models.DateField(null=True, blank=True)
    """The day on which everything was retired."""
    revision = models.PositiveIntegerField(default=0)
    made_by = models.CharField(max_length=80)
    made = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"follow-up of {self.evaluation_id}"

    @classmethod
    def within(cls, scope: Scope) -> Q:
        """Follow-ups of evaluations whose papers the scope sees, and those in which a unit of the scope is asked."""
        seen = within_stages(scope, evaluation="evaluation__key", stage="evaluation__stage", embargo="evaluation__embargo")
        return seen | Q(pk__in=cls.objects.filter(tracks__charges__unit__in=units_seen(scope)).values("pk"))
