"""The work plan: what is planned of an evaluation, what was approved, and everything that changed since."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaltrail_office.accounts.models import User
from evaltrail_office.evaluations.models.evaluation import Evaluation


class Chosen(models.TextChoices):
    """Why it is evaluated."""

    COVERAGE = "coverage", _("coverage rule")
    REQUEST = "request", _("request")


class Plan(models.Model):
    """What is planned of one evaluation, as it stands now."""

    evaluation = models.OneToOneField(Evaluation, on_delete=models.CASCADE, related_name="plan")
    chosen = models.CharField(max_length=10, choices=Chosen, blank=True, default="")
    why = models.TextField(blank=True, default="")
    """The coverage rule, or what the request says."""
    asked_by = models.CharField(max_length=200, blank=True, default="")
    """Of a request: who made it."""
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    issues = models.DateField(null=True, blank=True, db_index=True)
    """When the report is to be issued."""
    responsible = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    merged_into = models.ForeignKey(Evaluation, on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    made_by = models.CharField(max_length=80)
    made = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(chosen=Chosen.REQUEST) | ~models.Q(asked_by=""), name="plan_by_request_names_who_asked"
            ),
        )

    def __str__(self) -> str:
        return f"plan of {self.evaluation_id}"


class What(models.TextChoices):
    """What was done to the plan of an evaluation."""

    ADDED = "added", _("added")
    EDITED = "edited", _("changed")
    POSTPONED = "postponed", _("postponed")
    BROUGHT_FORWARD = "brought_forward", _("brought forward")
    CANCELLED = "cancelled", _("cancelled")
    MERGED = "merged", _("merged")


class PlanChange(models.Model):
    """A change of an evaluation's plan, with what it was before: nothing is moved in silence."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="plan_changes")
    what = models.CharField(max_length=16, choices=What)
    old = models.JSONField(default=dict)
    new = models.JSONField(default=dict)
    reason = models.TextField()
    made_by = models.CharField(max_length=80)
    made = models.DateTimeField(default=timezone.now)
    undone = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        ordering = ("-id",)
        constraints = (models.CheckConstraint(condition=~models.Q(reason=""), name="change_of_a_plan_has_a_reason"),)

    def __str__(self) -> str:
        return f"{self.evaluation_id} {self.what}"


class Frozen(Exception):
    """An approved plan was to be changed."""


class _Frozen(models.Model):
    """Rows that are written once."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new row; an old one is not written again."""
        if not self._state.adding:
            raise Frozen("an approved plan is not changed: approve a new one")
        super().save(*args, **kwargs)


class Baseline(_Frozen):
    """A plan of some years as it was approved. A later approval of the same years makes another one."""

    name = models.CharField(max_length=120)
    year_from = models.PositiveSmallIntegerField()
    year_to = models.PositiveSmallIntegerField()
    document_key = models.CharField(max_length=20, blank=True, default="")
    """Of the paper by which it was approved."""
    words = models.TextField(blank=True, default="")
    """Of who approved it: the decision, the body."""
    approved_by = models.CharField(max_length=80)
    approved = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-approved", "-id")
        constraints = (models.CheckConstraint(condition=models.Q(year_to__gte=models.F("year_from")), name="baseline_years_in_order"),)

    def __str__(self) -> str:
        return self.name

    def covers(self, year: int | None) -> bool:
        """Whether a year is one of its years."""
        return year is not None and self.year_from <= year <= self.year_to


class BaselineLine(_Frozen):
    """What an approved plan says of one evaluation, copied when it was approved."""

    baseline = models.ForeignKey(Baseline, on_delete=models.CASCADE, related_name="lines")
    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="baseline_lines")
    title = models.CharField(max_length=500)
    kind = models.CharField(max_length=20, blank=True, default="")
    timing = models.CharField(max_length=20, blank=True, default="")
    state = models.CharField(max_length=12)
    unit = models.CharField(max_length=200, blank=True, default="")
    responsible = models.CharField(max_length=150, blank=True, default="")
    chosen = models.CharField(max_length=10, blank=True, default="")
    why = models.TextField(blank=True, default="")
    asked_by = models.CharField(max_length=200, blank=True, default="")
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    issues = models.DateField(null=True, blank=True)
    budget = models.JSONField(default=dict)
    """Planned money by currency, as text."""

    class Meta:
        ordering = ("issues", "id")
        constraints = (models.UniqueConstraint(fields=("baseline", "evaluation"), name="baseline_has_an_evaluation_once"),)

    def __str__(self) -> str:
        return f"{self.baseline_id}: {self.title}"


class GateKind(models.TextChoices):
    """Where an evaluation is stopped and looked at, in order."""

    TERMS = "terms", _("terms of reference")
    INCEPTION = "inception", _("inception report")
    DRAFT = "draft", _("draft report")
    FINAL = "final", _("final report")
    ISSUE = "issue", _("issue")


class Gate(models.Model):
    """A gate of an evaluation: who passes it, and by when."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="gates")
    kind = models.CharField(max_length=10, choices=GateKind)
    approver = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    due = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("evaluation", "kind"), name="gate_once_an_evaluation"),)

    def __str__(self) -> str:
        return f"{self.evaluation_id} {self.kind}"


class Outcome(models.TextChoices):
    """What was decided at a gate."""

    PASSED = "passed", _("passed")
    SENT_BACK = "sent_back", _("sent back")
    WAIVED = "waived", _("not needed")
    TAKEN_BACK = "taken_back", _("taken back")


class GateDecision(models.Model):
    """A decision at a gate. The last one holds; the others stay."""

    gate = models.ForeignKey(Gate, on_delete=models.CASCADE, related_name="decisions")
    outcome = models.CharField(max_length=10, choices=Outcome)
    document_key = models.CharField(max_length=20, blank=True, default="")
    document_title = models.CharField(max_length=500, blank=True, default="")
    version = models.PositiveIntegerField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    """Of the version that was decided on."""
    reason = models.TextField(blank=True, default="")
    state_before = models.CharField(max_length=12)
    """Of the evaluation, for taking back."""
    made_by = models.CharField(max_length=80)
    made = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=models.Q(outcome=Outcome.PASSED) | ~models.Q(reason=""), name="gate_not_passed_has_a_reason"),
            models.CheckConstraint(
                condition=~models.Q(outcome=Outcome.PASSED) | ~models.Q(document_key=""), name="gate_is_passed_with_a_document"
            ),
        )

    def __str__(self) -> str:
        return f"{self.gate_id} {self.outcome}"
