"""Actions: promised, done, claimed with proof, verified by somebody else."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaltrail_office.accounts.access import Scope, within_stages
from evaltrail_office.accounts.models import Unit, User
from evaltrail_office.accounts.policy import SEES, Role, Stage
from evaltrail_office.evaluations.models import Evaluation
from evaltrail_office.follow_up.family import units_seen
from evaltrail_office.follow_up.machine import ActionState, AskState, ClaimState, Meaning
from evaltrail_office.follow_up.models.answers import Charge, Response, Track


class Action(models.Model):
    """What a unit has promised to do about a recommendation."""

    key = models.CharField(max_length=20, unique=True)
    """``A-000001``."""
    track = models.ForeignKey(Track, on_delete=models.PROTECT, related_name="actions")
    response = models.ForeignKey(Response, on_delete=models.PROTECT, null=True, blank=True, related_name="actions")
    """The answer that promises it; None: it came with a register that keeps no answers."""
    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="actions")
    number = models.CharField(max_length=24, blank=True, default="")
    position = models.PositiveIntegerField(default=0)
    text = models.TextField()
    implied = models.BooleanField(default=False)
    """Whether it stands for the recommendation as a whole, because the register that it came with keeps no actions."""
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="actions")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="actions")
    first_due = models.DateField(null=True, blank=True)
    """The date that was promised first; lateness shows against this one and against the current."""
    due = models.DateField(null=True, blank=True)
    cost = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True, default="")
    state = models.CharField(max_length=16, choices=ActionState, default=ActionState.PROPOSED)
    status = models.CharField(max_length=40, blank=True, default="")
    """Of the preset, as the unit last said it without claiming: words of progress."""
    delay = models.CharField(max_length=40, blank=True, default="")
    """Why it is late, a code of the preset."""
    delay_words = models.TextField(blank=True, default="")
    started = models.DateField(null=True, blank=True)
    claimed = models.DateField(null=True, blank=True)
    """Day of the claim that stands: waiting, verified, or held without a verifier."""
    claimed_status = models.CharField(max_length=40, blank=True, default="")
    claimed_meaning = models.CharField(max_length=12, choices=Meaning, blank=True, default="")
    claimed_share = models.FloatField(null=True, blank=True)
    verified = models.DateField(null=True, blank=True)
    verified_status = models.CharField(max_length=40, blank=True, default="")
    verified_meaning = models.CharField(max_length=12, choices=Meaning, blank=True, default="")
    verified_share = models.FloatField(null=True, blank=True)
    verified_by = models.CharField(max_length=80, blank=True, default="")
    dropped = models.DateField(null=True, blank=True)
    closed = models.DateField(null=True, blank=True)
    """The day on which nothing more was owed: done or dropped."""
    revision = models.PositiveIntegerField(default=0)
    made = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("track", "position", "id")
        indexes = (
            # With all that a board counts, so that it is counted without a look at the rows.
            models.Index(
                fields=("unit", "state", "due"),
                include=("first_due", "claimed", "closed", "delay", "owner", "evaluation"),
                name="follow_up_action_of_a_board",
            ),
            models.Index(fields=("state", "due", "delay")),
            models.Index(fields=("state", "claimed")),
            models.Index(fields=("evaluation", "state")),
            models.Index(fields=("owner", "state", "due")),
        )
        constraints = (
            models.CheckConstraint(condition=Q(cost=None) | ~Q(currency=""), name="action_cost_has_a_currency"),
            models.CheckConstraint(
                condition=~Q(state=ActionState.VERIFIED) | ~Q(verified_by="") & Q(verified__isnull=False),
                name="action_verified_by_somebody",
            ),
            models.CheckConstraint(condition=Q(verified=None) | Q(claimed__isnull=False), name="action_verified_was_claimed"),
        )

    def __str__(self) -> str:
        return f"{self.key} {self.text[:60]}"

    @classmethod
    def within(cls, scope: Scope) -> Q:
        """Actions in force of evaluations that the scope sees; those that its units owe or that it coordinates also before."""
        seen = within_stages(scope, evaluation="evaluation__key", stage="evaluation__stage", embargo="evaluation__embargo")
        if Role.HEAD in scope.office:
            # Every action has an evaluation, so that nothing has to be looked up in its table. An empty condition would be left out below.
            seen = ~Q(pk__in=[])
        units = units_seen(scope)
        own = Q(unit__in=units) | Q(owner__in=User.objects.filter(key=scope.key))
        own |= Q(track__in=Charge.objects.filter(unit__in=units).values("track"))
        if Role.COORDINATOR in scope.office:
            # Of all evaluations whose papers have come as far as a coordinator sees them.
            return seen | own
        coordinated = Q(evaluation__key__in=scope.among({Role.COORDINATOR}))
        return ~Q(state=ActionState.PROPOSED) & seen | own | coordinated


class Progress(models.Model):
    """A note on how an action stands."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="progress")
    text = models.TextField()
    status = models.CharField(max_length=40, blank=True, default="")
    """Of the preset, where it was changed with the note."""
    made_by = models.CharField(max_length=80)
    made = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.action_id}: {self.text[:40]}"


class Proof(models.Model):
    """A file or an address that shows that something was done. Withdrawn, never removed."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="proofs")
    words = models.CharField(max_length=300)
    """What it shows."""
    sha256 = models.CharField(max_length=64, blank=True, default="")
    """Of the file, in the shelf's folder of files; empty: it is an address."""
    name = models.CharField(max_length=255, blank=True, default="")
    media_type = models.CharField(max_length=100, blank=True, default="")
    size = models.PositiveBigIntegerField(null=True, blank=True)
    address = models.URLField(max_length=500, blank=True, default="")
    public = models.BooleanField(default=False)
    """Whether everybody who sees the action may open it; else the unit, the evaluation office and who verifies."""
    made_by = models.CharField(max_length=80)
    made = models.DateTimeField(default=timezone.now)
    withdrawn = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        ordering = ("id",)
        constraints = (models.CheckConstraint(condition=~Q(sha256="") | ~Q(address=""), name="proof_is_something"),)

    def __str__(self) -> str:
        return self.words

    @classmethod
    def within(cls, scope: Scope) -> Q:
        """Public ones of actions in force that the scope sees; the others for the unit, who drafted the report and who verifies."""
        seen = within_stages(
            scope, evaluation="action__evaluation__key", stage="action__evaluation__stage", embargo="action__evaluation__embargo"
        )
        own = Q(action__unit__in=units_seen(scope)) | Q(action__owner__key=scope.key)
        roles = SEES[Stage.DRAFT] - {Role.TEAM} | {Role.VERIFIER, Role.COORDINATOR}
        if scope.office & roles:
            return own | seen
        return own | Q(action__evaluation__key__in=scope.among(roles)) | Q(public=True) & ~Q(action__state=ActionState.PROPOSED) & seen


class Claim(models.Model):
    """The first key: a unit says how far an action is, with proof. The second key confirms it, corrects it, or sends it back."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="claims")
    state = models.CharField(max_length=12, choices=ClaimState, default=ClaimState.WAITING)
    status = models.CharField(max_length=40)
    """Of the preset."""
    words = models.TextField(blank=True, default="")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    """Of whoever claims, on that day."""
    proofs = models.ManyToManyField(Proof, related_name="claims", blank=True)
    made_by = models.CharField(max_length=80)
    made = models.DateTimeField(default=timezone.now)
    verified_status = models.CharField(max_length=40, blank=True, default="")
    """What the second key found; both stay visible."""
    answer = models.TextField(blank=True, default="")
    """The verifier's words; why it is sent back."""
    answered_by = models.CharField(max_length=80, blank=True, default="")
    answered = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=("action",), condition=Q(state=ClaimState.WAITING), name="claim_one_waits"),
            models.CheckConstraint(condition=~Q(state=ClaimState.SENT_BACK) | ~Q(answer=""), name="claim_sent_back_says_why"),
            models.CheckConstraint(
                condition=~Q(state=ClaimState.VERIFIED) | ~Q(answered_by="") & ~Q(answered_by=models.F("made_by")),
                name="claim_is_verified_by_another",
            ),
        )

    def __str__(self) -> str:
        return f"{self.action_id} {self.status} {self.state}"


class Extension(models.Model):
    """That a later date is asked for, and what was decided. The dates before stay."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="extensions")
    state = models.CharField(max_length=12, choices=AskState, default=AskState.ASKED)
    old = models.DateField(null=True, blank=True)
    asked_for = models.DateField()
    granted = models.DateField(null=True, blank=True)
    """The date that was given, which may be an earlier one than was asked for."""
    reason = models.CharField(max_length=40)
    """A code of the preset."""
    words = models.TextField(blank=True, default="")
    made_by = models.CharField(max_length=80)
    made = models.DateTimeField(default=timezone.now)
    answer = models.TextField(blank=True, default="")
    answered_by = models.CharField(max_length=80, blank=True, default="")
    answered = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("action",), condition=Q(state=AskState.ASKED), name="extension_one_waits"),)

    def __str__(self) -> str:
        return f"{self.action_id} until {self.asked_for}"


class Drop(models.Model):
    """That an action is to be dropped as superseded or no longer applicable, with the reason, and what was decided."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="drops")
    state = models.CharField(max_length=12, choices=AskState, default=AskState.ASKED)
    status = models.CharField(max_length=40)
    """A status of the preset that means dropped."""
    reason = models.TextField()
    before = models.CharField(max_length=16, choices=ActionState)
    """State of the action when it was asked, to which a refusal returns it."""
    made_by = models.CharField(max_length=80)
    made = models.DateTimeField(default=timezone.now)
    answer = models.TextField(blank=True, default="")
    answered_by = models.CharField(max_length=80, blank=True, default="")
    answered = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("action",), condition=Q(state=AskState.ASKED), name="drop_one_waits"),
            models.CheckConstraint(condition=~Q(reason=""), name="drop_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(state=AskState.GRANTED) | ~Q(answered_by="") & ~Q(answered_by=models.F("made_by")),
                name="drop_is_approved_by_another",
            ),
        )

    def __str__(self) -> str:
        return f"{self.action_id} {self.status}"


class PlanJudgement(models.Model):
    """Whether a planned action is fit to be followed: one row a criterion, of a rule or of a person."""

    class Criterion(models.TextChoices):
        """What is judged before work starts."""

        ALIGNED = "aligned", _("aligned with the recommendation")
        SPECIFIC = "specific", _("specific")
        MEASURABLE = "measurable", _("measurable")
        ASSIGNED = "assigned", _("assigned")
        TIME_BOUND = "time_bound", _("time-bound")

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="plan_judgements")
    criterion = models.CharField(max_length=12, choices=Criterion)
    met = models.BooleanField()
    rule = models.CharField(max_length=20, blank=True, default="")
    """The rule's code; empty: a person judged."""
    words = models.TextField(blank=True, default="")
    made_by = models.CharField(max_length=80)
    made = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("criterion", "id")
        constraints = (models.UniqueConstraint(fields=("action", "criterion", "rule"), name="plan_judged_once_by_each"),)

    def __str__(self) -> str:
        return f"{self.action_id} {self.criterion}: {self.met}"
