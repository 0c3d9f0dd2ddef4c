"""What an evaluation and a recommendation are to the office."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaltrail_office.accounts.access import Scope, Standing, within_office, within_stages
from evaltrail_office.accounts.models import Unit
from evaltrail_office.accounts.policy import Role, Stage


class EvaluationKind(models.TextChoices):
    """Who runs it."""

    CENTRALISED = "centralised", _("centralised")
    DECENTRALISED = "decentralised", _("decentralised")
    JOINT = "joint", _("joint")
    CLUSTER = "cluster", _("cluster")


class Timing(models.TextChoices):
    """When in the life of what it evaluates."""

    MID_TERM = "mid_term", _("mid-term")
    FINAL = "final", _("final")
    EX_POST = "ex_post", _("ex post")
    SYNTHESIS = "synthesis", _("synthesis")


class State(models.TextChoices):
    """Where it stands in the work plan."""

    PLANNED = "planned", _("planned")
    UNDER_WAY = "under_way", _("under way")
    COMPLETED = "completed", _("completed")
    POSTPONED = "postponed", _("postponed")
    CANCELLED = "cancelled", _("cancelled")
    MERGED = "merged", _("merged")


class Evaluation(models.Model):
    """One evaluation. The key lasts; everything else may change, and the journal says how."""

    key = models.CharField(max_length=20, unique=True)
    """``E-00014``."""
    title = models.CharField(max_length=500)
    organisation = models.CharField(max_length=300, blank=True, default="")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="evaluations")
    """Of a decentralised evaluation: whose programme it judges."""
    kind = models.CharField(max_length=20, choices=EvaluationKind, blank=True, default="")
    timing = models.CharField(max_length=20, choices=Timing, blank=True, default="")
    period_from = models.PositiveSmallIntegerField(null=True, blank=True)
    period_to = models.PositiveSmallIntegerField(null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True, db_index=True)
    """Of issue, or planned for."""
    state = models.CharField(max_length=12, choices=State, default=State.PLANNED)
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.DRAFT)
    """The furthest of its documents'."""
    embargo = models.DateField(null=True, blank=True)
    announced = models.BooleanField(default=False)
    """Whether it stands in a plan that was made known: then its title and dates are no secret."""
    made_by = models.CharField(max_length=80)
    made = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-year", "-id")
        indexes = (models.Index(fields=("stage", "-year", "-id")),)

    def __str__(self) -> str:
        return f"{self.key} {self.title}"

    def standing(self) -> Standing:
        """What decides about access to it, as a frame for its papers: these have standings of their own."""
        return Standing((self.key,), Stage(self.stage), self.embargo, frame=True, announced=self.announced)

    def unit_barred(self, role: Role) -> int | None:
        """Number of the unit whose people may not hold the role in it: a decentralised one is not managed from what it evaluates."""
        return self.unit_id if role == Role.MANAGER and self.kind == EvaluationKind.DECENTRALISED else None

    @classmethod
    def within(cls, scope: Scope) -> Q:
        """Evaluations that the scope knows of: those in which it holds a role, and what its roles in the whole office let it see."""
        if Role.HEAD in scope.office:
            return Q()
        known = Q(announced=True) if scope.holds_a_role else Q(pk__in=[])
        own = Q(key__in=scope.among(Role)) | Q(key__in=sorted(scope.emergency))
        return known | own | within_office(scope, stage="stage", embargo="embargo")


class Facet(models.Model):
    """What an evaluation is found by where it may have several: country, theme, SDG, criterion, rating."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="facets")
    kind = models.CharField(max_length=20)
    value = models.CharField(max_length=120)
    set_by = models.CharField(max_length=80, blank=True, default="")
    """Key of the person; empty: derived from the record."""

    class Meta:
        indexes = (models.Index(fields=("kind", "value", "evaluation")),)
        constraints = (models.UniqueConstraint(fields=("evaluation", "kind", "value"), name="facet_once_an_evaluation"),)

    def __str__(self) -> str:
        return f"{self.kind}={self.value}"


class Recommendation(models.Model):
    """One recommendation of an evaluation, however many papers print it. Follow-up hangs on its key."""

    key = models.CharField(max_length=20, unique=True)
    """``R-000231``."""
    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="recommendations")
    number = models.CharField(max_length=20, blank=True, default="")
    position = models.PositiveIntegerField()
    text = models.TextField()
    """As the confirmed document that ranks first prints it."""
    priority = models.CharField(max_length=40, blank=True, default="")
    verdict = models.CharField(max_length=20, blank=True, default="")
    made = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("evaluation", "position")

    def __str__(self) -> str:
        return f"{self.key} {self.number}"

    def standing(self) -> Standing:
        """That of its evaluation: its words are no less secret than the paper that prints them."""
        return Standing((self.evaluation.key,), Stage(self.evaluation.stage), self.evaluation.embargo)

    @classmethod
    def within(cls, scope: Scope) -> Q:
        """Recommendations that the scope sees."""
        return within_stages(scope, evaluation="evaluation__key", stage="evaluation__stage", embargo="evaluation__embargo")


class Sameness(models.Model):
    """That a statement of a document is a recommendation of the office: proposed by number and words, confirmed by a person."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="samenesses", null=True)
    """None while it is proposed that it is a new one."""
    document_key = models.CharField(max_length=20)
    statement_id = models.CharField(max_length=80)
    score = models.FloatField(null=True)
    confirmed_by = models.CharField(max_length=80, blank=True, default="")
    confirmed = models.DateTimeField(null=True, blank=True)
    refused = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "samenesses"
        constraints = (models.UniqueConstraint(fields=("recommendation", "document_key", "statement_id"), name="sameness_once_a_pair"),)

    def __str__(self) -> str:
        return f"{self.document_key}/{self.statement_id} = {self.recommendation_id}"
