"""Comments on drafts, and what the evaluation team decided on each."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaltrail_office.accounts.access import Scope, Standing, within_stages
from evaltrail_office.accounts.policy import Group, Stage
from evaltrail_office.evaluations.models.evaluation import Evaluation
from evaltrail_office.shelf.models import Document


class CommentKind(models.TextChoices):
    """What a comment says of a passage."""

    FACT = "fact", _("fact")
    OMISSION = "omission", _("omission")
    JUDGEMENT = "judgement", _("judgement")


class Decision(models.TextChoices):
    """What the team makes of a comment."""

    ACCEPTED = "accepted", _("accepted")
    PARTLY = "partly", _("accepted in part")
    REJECTED = "rejected", _("rejected")


class Comment(models.Model):
    """A comment on a passage of a draft. The team of the evaluation alone decides, and gives its reason."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="comments")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="comments")
    version = models.PositiveIntegerField()
    """Number of the version that was commented on."""
    passage = models.CharField(max_length=100)
    """``p:12`` is paragraph 12, ``s:I.r5`` a statement by its id."""
    label = models.CharField(max_length=120)
    """Of the passage, as it stood then."""
    position = models.PositiveIntegerField()
    """Of the passage in the paper."""
    quoted = models.TextField()
    """The passage's first words, as they stood then."""
    kind = models.CharField(max_length=10, choices=CommentKind)
    text = models.TextField()
    group = models.CharField(max_length=20, choices=Group, blank=True, default="")
    """Of the constituent who made it."""
    made_by = models.CharField(max_length=80)
    made = models.DateTimeField(default=timezone.now)
    withdrawn = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=10, choices=Decision, blank=True, default="")
    reason = models.TextField(blank=True, default="")
    decided_by = models.CharField(max_length=80, blank=True, default="")
    decided = models.DateTimeField(null=True, blank=True)
    disagreement = models.TextField(blank=True, default="")
    """What whoever commented still holds against the decision."""
    printed = models.BooleanField(default=False)
    """Whether the disagreement is to be printed in the report."""

    class Meta:
        ordering = ("position", "id")
        indexes = (models.Index(fields=("document", "position")),)
        constraints = (
            models.CheckConstraint(condition=models.Q(decision="") | ~models.Q(reason=""), name="decision_on_a_comment_has_a_reason"),
            models.CheckConstraint(condition=models.Q(printed=False) | ~models.Q(disagreement=""), name="comment_printed_disagrees"),
        )

    def __str__(self) -> str:
        return f"{self.document_id} {self.label}: {self.text[:40]}"

    def standing(self) -> Standing:
        """That of its draft, in its evaluation alone: another evaluation's team decides nothing here."""
        return Standing((self.evaluation.key,), Stage(self.document.stage), self.document.embargo, self.document.brought_by)

    @classmethod
    def within(cls, scope: Scope) -> models.Q:
        """Comments on drafts that the scope sees; which groups' are hidden from it, ``queries_comments`` knows."""
        return within_stages(scope, evaluation="evaluation__key", stage="document__stage", embargo="document__embargo")
