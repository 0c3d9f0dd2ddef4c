"""Money and people of an evaluation: budget entries, contracts, declared interests, deliverables."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaltrail_office.accounts.models import Grant, User
from evaltrail_office.evaluations.models.evaluation import Evaluation


class Contract(models.Model):
    """A person's contract with an evaluation. Where the person has an account, their place in the team ends with it."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="contracts")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="contracts")
    name = models.CharField(max_length=150)
    firm = models.CharField(max_length=200, blank=True, default="")
    role = models.CharField(max_length=120)
    """In the team: team leader, national expert."""
    starts = models.DateField()
    ends = models.DateField()
    """The last day."""
    fee = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True, default="")
    grant = models.ForeignKey(Grant, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    ended = models.DateTimeField(null=True, blank=True)
    """When it was ended before its last day, or on it, by a person."""
    ended_by = models.CharField(max_length=80, blank=True, default="")
    ended_why = models.TextField(blank=True, default="")
    made_by = models.CharField(max_length=80)
    made = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("starts", "id")
        constraints = (
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("starts")), name="contract_days_in_order"),
            models.CheckConstraint(condition=models.Q(fee=None) | ~models.Q(currency=""), name="contract_fee_has_a_currency"),
        )

    def __str__(self) -> str:
        return f"{self.evaluation_id} {self.name}"


class Interest(models.Model):
    """An interest that somebody of the team has declared, and what was decided about it."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="interests")
    statement = models.TextField()
    declared_by = models.CharField(max_length=80)
    declared = models.DateTimeField(default=timezone.now)
    accepted = models.DateTimeField(null=True, blank=True)
    accepted_by = models.CharField(max_length=80, blank=True, default="")
    terms = models.TextField(blank=True, default="")
    """What is done so that it does no harm."""

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.contract_id} interest"


class Deliverable(models.Model):
    """Something that a contract promises."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="deliverables")
    title = models.CharField(max_length=200)
    due = models.DateField(null=True, blank=True)
    document_key = models.CharField(max_length=20, blank=True, default="")
    accepted = models.DateTimeField(null=True, blank=True)
    accepted_by = models.CharField(max_length=80, blank=True, default="")
    sent_back = models.DateTimeField(null=True, blank=True)
    sent_back_by = models.CharField(max_length=80, blank=True, default="")
    reason = models.TextField(blank=True, default="")
    """Why it was sent back."""

    class Meta:
        ordering = ("due", "id")

    def __str__(self) -> str:
        return f"{self.contract_id} {self.title}"


class MoneyKind(models.TextChoices):
    """What an amount is."""

    PLANNED = "planned", _("planned")
    COMMITTED = "committed", _("committed")
    SPENT = "spent", _("spent")


class MoneyEntry(models.Model):
    """An amount planned, committed or spent. It is never changed: it is taken back, and another one entered."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="money")
    kind = models.CharField(max_length=10, choices=MoneyKind)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)
    day = models.DateField()
    words = models.CharField(max_length=300)
    """For what."""
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, null=True, blank=True, related_name="money")
    made_by = models.CharField(max_length=80)
    made = models.DateTimeField(default=timezone.now)
    taken_back = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.CharField(max_length=80, blank=True, default="")
    taken_back_why = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("day", "id")
        verbose_name_plural = "money entries"

    def __str__(self) -> str:
        return f"{self.evaluation_id} {self.kind} {self.amount} {self.currency}"
