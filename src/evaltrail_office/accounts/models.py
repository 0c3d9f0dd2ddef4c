"""People, units and grants."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from evaltrail_office.accounts.policy import Group, Role


class Unit(models.Model):
    """A part of the organisation that commissions, is evaluated or owes answers; units end and have successors."""

    key = models.CharField(max_length=20, unique=True)
    """``U-0001``; stays when the name changes."""
    name = models.CharField(max_length=200)
    code = models.CharField(max_length=40, blank=True, default="")
    """As papers print it: EVAL."""
    within = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors")
    evaluates = models.BooleanField(default=False)
    """Whether it is an evaluation office."""
    head = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="heads")
    """Who clears what the unit answers, and is told of what is long overdue."""

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class People(BaseUserManager["User"]):
    """Makes people."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A person who signs in with this address; without a password, by a link or another service only."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """A person."""

    key = models.CharField(max_length=20, unique=True, blank=True)
    """``P-00001``: what journals and records name."""
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="people")
    language = models.CharField(max_length=5, blank=True, default="")
    """Of the interface; empty: as the browser asks."""
    theme = models.CharField(max_length=5, blank=True, default="")
    """``light``, ``dark``, or empty: as the system is set."""
    is_administrator = models.BooleanField(default=False)
    """Runs the system: people, units, settings, jobs, backups. Gives no view of any draft."""
    is_active = models.BooleanField(default=True)
    made = models.DateTimeField(default=timezone.now)

    objects = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Give a new person a key."""
        if self.key:
            super().save(*args, **kwargs)
            return
        # Two steps, because the key follows the number that the database gives.
        self.key = f"new-{self.email}"[:20]
        super().save(*args, **kwargs)
        self.key = f"P-{self.pk:05}"
        super().save(update_fields=["key"])

    def get_full_name(self) -> str:
        """The name."""
        return self.name

    def get_short_name(self) -> str:
        """The name."""
        return self.name


class Grant(models.Model):
    """A role that a person holds in one evaluation, or in the whole office, for a time."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=30, choices=Role)
    evaluation = models.CharField(max_length=20, blank=True, default="")
    """Key of the evaluation; empty: the whole office."""
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True)
    """Of a focal point: the unit that they answer for."""
    group = models.CharField(max_length=20, choices=Group, blank=True, default="")
    """Of a constituent."""
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    """The last day: of a team, the contract's."""
    reason = models.TextField(blank=True, default="")
    emergency = models.BooleanField(default=False)
    """Taken by an administrator to see an evaluation for a day; its role says nothing."""
    given_by = models.CharField(max_length=80)
    given = models.DateTimeField(default=timezone.now)
    withdrawn = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=80, blank=True, default="")
    withdrawn_why = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("-given", "-id")
        indexes = (models.Index(fields=("user", "withdrawn")), models.Index(fields=("evaluation",)))
        constraints = (
            models.CheckConstraint(
                condition=models.Q(role__in=[r.value for r in Role if r.office_wide]) | ~models.Q(evaluation=""),
                name="grant_is_held_in_an_evaluation",
            ),
            models.CheckConstraint(
                condition=models.Q(emergency=False) | ~models.Q(evaluation="") & ~models.Q(reason=""),
                name="grant_of_an_emergency_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(role=Role.CONSTITUENT) | ~models.Q(group=""), name="grant_of_a_constituent_has_a_group"
            ),
            # A team has a contract, and its access ends with it.
            models.CheckConstraint(condition=~models.Q(role=Role.TEAM) | models.Q(ends__isnull=False), name="grant_of_a_team_ends"),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.role} {self.evaluation or '(office)'}"


class Invitation(models.Model):
    """A link with which a person who was invited sets their password, once. What the link holds is kept as a hash."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    sha256 = models.CharField(max_length=64, unique=True)
    made_by = models.CharField(max_length=80)
    made = models.DateTimeField(default=timezone.now)
    ends = models.DateTimeField()
    used = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user} until {self.ends:%Y-%m-%d}"
