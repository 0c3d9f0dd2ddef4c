"""Recommendations as they are followed, their points, and management's answers to them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaltrail_office.accounts.access import Scope, within_stages
from evaltrail_office.accounts.models import Unit
from evaltrail_office.accounts.policy import Role
from evaltrail_office.evaluations.models import Evaluation, Recommendation
from evaltrail_office.follow_up.family import units_seen
from evaltrail_office.follow_up.machine import ResponseState, TrackState, Verdict
from evaltrail_office.follow_up.models.frame import FollowUp


class Addressee(models.TextChoices):
    """To whom a recommendation is addressed. Those of others than management stay outside management's rates."""

    MANAGEMENT = "management", _("management")
    GOVERNING_BODY = "governing_body", _("the governing body")
    DONOR = "donor", _("donors")
    PARTNER = "partner", _("partners")


class Track(models.Model):
    """A recommendation as it is followed: who owes the answer, by when, and whether it is retired."""

    recommendation = models.OneToOneField(Recommendation, on_delete=models.PROTECT, related_name="track")
    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="tracks")
    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="tracks")
    """The recommendation's, here again because every list of follow-up is limited by it."""
    addressee = models.CharField(max_length=16, choices=Addressee, default=Addressee.MANAGEMENT)
    printed_addressee = models.CharField(max_length=300, blank=True, default="")
    """As the paper names who is to act."""
    time = models.CharField(max_length=30, blank=True, default="")
    """The time implication: ``short``, ``medium``, ``long``, ``biennium``, ``ongoing``; empty: none is printed."""
    due = models.DateField(null=True, blank=True)
    """By when it is to be implemented, as the time implication and the preset give it."""
    state = models.CharField(max_length=12, choices=TrackState, default=TrackState.FOLLOWED)
    verdict = models.CharField(max_length=20, choices=Verdict, blank=True, default="")
    """That of the answers in force, the weakest of several."""
    answered = models.DateField(null=True, blank=True)
    """The day on which the last answer that was owed was transmitted."""
    retired = models.DateField(null=True, blank=True)
    retired_why = models.TextField(blank=True, default="")
    retired_by = models.CharField(max_length=80, blank=True, default="")
    revision = models.PositiveIntegerField(default=0)
    made = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("evaluation", "recommendation__position")
        indexes = (models.Index(fields=("evaluation", "state")), models.Index(fields=("state", "answered", "evaluation")))
        constraints = (models.CheckConstraint(condition=~Q(state=TrackState.RETIRED) | ~Q(retired_why=""), name="track_retired_says_why"),)

    def __str__(self) -> str:
        return f"follow-up of {self.recommendation_id}"

    @classmethod
    def within(cls, scope: Scope) -> Q:
        """Recommendations that the scope sees, and those that a unit of the scope is asked to answer."""
        seen = within_stages(scope, evaluation="evaluation__key", stage="evaluation__stage", embargo="evaluation__embargo")
        return seen | Q(pk__in=Charge.objects.filter(unit__in=units_seen(scope)).values("track"))


class Charge(models.Model):
    """That a unit owes an answer, as the lead or with a contribution; in a joint evaluation for one of the organisations."""

    track = models.ForeignKey(Track, on_delete=models.CASCADE, related_name="charges")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="charges")
    organisation = models.CharField(max_length=200, blank=True, default="")
    """Of a joint evaluation: for which; empty: there is one."""
    lead = models.BooleanField(default=False)
    words = models.TextField(blank=True, default="")
    """What a contributing unit gives to the answer."""
    given = models.DateTimeField(null=True, blank=True)
    given_by = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        ordering = ("-lead", "id")
        constraints = (
            models.UniqueConstraint(fields=("track", "organisation", "unit"), name="charge_once_a_unit"),
            models.UniqueConstraint(fields=("track", "organisation"), condition=Q(lead=True), name="charge_has_one_lead"),
        )

    def __str__(self) -> str:
        return f"{self.unit_id} {'leads' if self.lead else 'contributes to'} {self.track_id}"


class Point(models.Model):
    """A part of a compound recommendation that is answered by itself. The recommendation keeps its words; the split is kept."""

    track = models.ForeignKey(Track, on_delete=models.CASCADE, related_name="points")
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=24)
    """``3(a)``."""
    text = models.TextField()
    printed = models.BooleanField(default=False)
    """Whether the paper itself prints it as a part; else a person split it."""
    made_by = models.CharField(max_length=80)
    made = models.DateTimeField(default=timezone.now)
    joined = models.DateTimeField(null=True, blank=True)
    """When the split was taken back; the row stays."""
    joined_by = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.number


class Response(models.Model):
    """An answer: to a recommendation, to one of its points, or (without a track) to the evaluation as a whole.

    A transmitted one is frozen; what is said later is another version.
    """

    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="responses")
    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="responses")
    track = models.ForeignKey(Track, on_delete=models.PROTECT, null=True, blank=True, related_name="responses")
    point = models.ForeignKey(Point, on_delete=models.PROTECT, null=True, blank=True, related_name="responses")
    organisation = models.CharField(max_length=200, blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=12, choices=ResponseState, default=ResponseState.ASKED)
    verdict = models.CharField(max_length=20, choices=Verdict, blank=True, default="")
    text = models.TextField(blank=True, default="")
    reason = models.TextField(blank=True, default="")
    """Why it is accepted only in part or rejected."""
    alternative = models.TextField(blank=True, default="")
    """What is done instead of what cannot be done."""
    infeasible = models.BooleanField(default=False)
    money = models.TextField(blank=True, default="")
    """The money on which it depends; empty: none."""
    step = models.PositiveSmallIntegerField(default=0)
    """Of the chain of clearance: how many steps are done."""
    round = models.PositiveSmallIntegerField(default=0)
    """How often it was submitted: what was cleared in an earlier round is cleared anew."""
    transmission = models.ForeignKey("Transmission", on_delete=models.PROTECT, null=True, blank=True, related_name="responses")
    transmitted = models.DateField(null=True, blank=True)
    issued = models.DateField(null=True, blank=True)
    replaced = models.BooleanField(default=False)
    """Whether a later version is in force."""
    revision = models.PositiveIntegerField(default=0)
    made = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("track", "point", "organisation", "-version")
        indexes = (models.Index(fields=("evaluation", "state")),)
        constraints = (
            models.UniqueConstraint(
                fields=("track", "organisation", "version"),
                condition=Q(point=None, track__isnull=False),
                name="response_version_once_a_track",
            ),
            models.UniqueConstraint(
                fields=("point", "organisation", "version"), condition=Q(point__isnull=False), name="response_version_once_a_point"
            ),
            models.UniqueConstraint(
                fields=("follow_up", "organisation", "version"), condition=Q(track=None), name="response_version_once_overall"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("transmitted", "issued")) | Q(transmission__isnull=False), name="response_transmitted_is_frozen"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("transmitted", "issued"), verdict__in=("partially_accepted", "rejected")) | ~Q(reason=""),
                name="response_short_of_acceptance_has_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"answer {self.pk} to {self.track_id or self.evaluation_id}"

    @classmethod
    def within(cls, scope: Scope) -> Q:
        """Transmitted ones of evaluations that the scope sees; before, those that its units are asked for or it coordinates."""
        seen = within_stages(scope, evaluation="evaluation__key", stage="evaluation__stage", embargo="evaluation__embargo")
        asked = Q(track__in=Charge.objects.filter(unit__in=units_seen(scope)).values("track"))
        if Role.COORDINATOR in scope.office:
            # Of all evaluations whose papers have come as far as a coordinator sees them.
            return seen | asked
        coordinated = Q(evaluation__key__in=scope.among({Role.COORDINATOR}))
        return Q(state__in=(ResponseState.TRANSMITTED, ResponseState.ISSUED)) & seen | asked | coordinated


class Clearance(models.Model):
    """What was decided at a step of the chain of clearance. Rows are never changed."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="clearances")
    round = models.PositiveSmallIntegerField()
    step = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    """Of the step, as the preset calls it."""
    cleared = models.BooleanField()
    """False: sent back."""
    words = models.TextField(blank=True, default="")
    made_by = models.CharField(max_length=80)
    made = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("id",)
        constraints = (models.CheckConstraint(condition=Q(cleared=True) | ~Q(words=""), name="clearance_sent_back_says_why"),)

    def __str__(self) -> str:
        return f"{self.response_id} {self.name}"


class Frozen(Exception):
    """Something that was transmitted was to be changed."""


class Transmission(models.Model):
    """The answers of an organisation to an evaluation, as they were handed over: frozen, with a hash."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="transmissions")
    organisation = models.CharField(max_length=200, blank=True, default="")
    body = models.JSONField()
    """What was handed over: answers and actions in canonical order."""
    sha256 = models.CharField(max_length=64)
    """Of the body as canonical JSON."""
    document_key = models.CharField(max_length=20, blank=True, default="")
    """Of the response paper made of it."""
    version = models.PositiveIntegerField(null=True, blank=True)
    """Of that paper's record."""
    made_by = models.CharField(max_length=80)
    made = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.evaluation_id} {self.sha256[:12]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new row; of an old one only where its paper is."""
        if not self._state.adding and set(kwargs.get("update_fields") or ("",)) - {"document_key", "version"}:
            raise Frozen("what was transmitted is not changed: transmit a new version")
        super().save(*args, **kwargs)
