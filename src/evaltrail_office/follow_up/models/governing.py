"""What constituents raise, and what the governing body decides."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaltrail_office.accounts.access import Scope, within_stages
from evaltrail_office.accounts.models import User
from evaltrail_office.accounts.policy import SEES, Group, Role, Stage
from evaltrail_office.evaluations.models import Evaluation, Recommendation
from evaltrail_office.follow_up.machine import ConcernState


class Concern(models.Model):
    """Something about a programme or its work that government, employers or workers raise, at any time, and what was done about it.

    Comments on the draft of a report are another matter: the work plan keeps those.
    """

    key = models.CharField(max_length=20, unique=True)
    """``C-00001``."""
    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, null=True, blank=True, related_name="concerns")
    programme = models.CharField(max_length=300, blank=True, default="")
    """What it is about, in the raiser's words, where it is no evaluation."""
    title = models.CharField(max_length=200)
    text = models.TextField()
    group = models.CharField(max_length=20, choices=Group)
    bureau = models.BooleanField(default=False)
    """Whether a bureau raised it for its group."""
    raised_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="concerns")
    raised = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=12, choices=ConcernState, default=ConcernState.RAISED)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="owned_concerns")
    resolution = models.TextField(blank=True, default="")
    resolved = models.DateTimeField(null=True, blank=True)
    view = models.TextField(blank=True, default="")
    """The raiser's own view of the resolution."""
    settled = models.BooleanField(null=True)
    """Whether the raiser holds it to be settled; None: they have not said."""
    released = models.BooleanField(default=False)
    """Whether the other groups may read it."""
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("state", "-id")),)
        constraints = (
            models.CheckConstraint(condition=~Q(state=ConcernState.RESOLVED) | ~Q(resolution=""), name="concern_resolved_says_how"),
            models.CheckConstraint(condition=Q(evaluation__isnull=False) | ~Q(programme=""), name="concern_is_about_something"),
        )

    def __str__(self) -> str:
        return f"{self.key} {self.title}"

    @classmethod
    def within(cls, scope: Scope) -> Q:
        """One's own, those of one's group, those that one is to resolve; released ones of evaluations that one sees; all for the head."""
        if Role.HEAD in scope.office:
            return Q()
        own = Q(raised_by__key=scope.key) | Q(owner__key=scope.key)
        own |= Q(evaluation__key__in=scope.among(SEES[Stage.DRAFT]))
        for evaluation, groups in scope.groups.items():
            own |= Q(group__in=sorted(groups)) & (Q(evaluation__key=evaluation) if evaluation else Q())
        seen = within_stages(scope, evaluation="evaluation__key", stage="evaluation__stage", embargo="evaluation__embargo")
        general = Q(evaluation=None, released=True) if scope.holds_a_role else Q(pk__in=[])
        return own | Q(released=True) & seen | general


class BodyDecision(models.Model):
    """What the governing body decided on an evaluation, beside the draft that it had before it."""

    class How(models.TextChoices):
        """How it was taken."""

        SITTING = "sitting", _("in sitting")
        CORRESPONDENCE = "correspondence", _("by correspondence")

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="body_decisions")
    body = models.CharField(max_length=200)
    session = models.CharField(max_length=120, blank=True, default="")
    taken = models.DateField()
    how = models.CharField(max_length=16, choices=How, default=How.SITTING)
    document_key = models.CharField(max_length=20, blank=True, default="")
    """Of the paper that holds the draft."""
    paragraph = models.CharField(max_length=20, blank=True, default="")
    drafted = models.TextField(blank=True, default="")
    """The draft decision's words."""
    adopted = models.TextField()
    """The words as adopted."""
    amendments = models.TextField(blank=True, default="")
    """What was moved and by whom, where that is known."""
    recommendations = models.ManyToManyField(Recommendation, related_name="body_decisions", blank=True)
    """Those that it is about; none: all of the evaluation."""
    made_by = models.CharField(max_length=80)
    made = models.DateTimeField(default=timezone.now)
    withdrawn = models.DateTimeField(null=True, blank=True)
    """When it was found to be entered wrongly; another takes its place."""

    class Meta:
        ordering = ("-taken", "-id")

    def __str__(self) -> str:
        return f"{self.body}, {self.session}" if self.session else self.body

    @property
    def amended(self) -> bool:
        """Whether other words were adopted than were drafted."""
        return bool(self.drafted) and " ".join(self.drafted.split()) != " ".join(self.adopted.split())

    @classmethod
    def within(cls, scope: Scope) -> Q:
        """Decisions on evaluations that the scope sees."""
        return within_stages(scope, evaluation="evaluation__key", stage="evaluation__stage", embargo="evaluation__embargo")
