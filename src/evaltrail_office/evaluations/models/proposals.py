"""What the program proposes of an evaluation from the words of its papers, until a person has said whether it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaltrail_office.shelf.models import Document, Part

if TYPE_CHECKING:
    from evaltrail_office.accounts.access import Scope, Standing


class ProposalState(models.TextChoices):
    """What people made of a proposal."""

    OPEN = "open", _("proposed")
    ACCEPTED = "accepted", _("accepted")
    DISMISSED = "dismissed", _("dismissed")


class FacetProposal(models.Model):
    """A country, theme or goal that a part of a paper may be about, with the words that it rests on.

    It is no facet until a person accepts it. What was accepted or dismissed stays so when the paper is read again. Of one evaluation the
    same is never open in one paper and decided in another: it is settled when it is written, so that a list of many asks for no more than
    the state.
    """

    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="facet_proposals")
    kind = models.CharField(max_length=20)
    value = models.CharField(max_length=120)
    ground = models.CharField(max_length=20)
    """As in ``evaltrail.about.Ground``."""
    words = models.TextField()
    page = models.PositiveIntegerField(null=True, blank=True)
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    """Of the words in the page's text."""
    statement = models.CharField(max_length=80, blank=True, default="")
    """id of the statement in which they stand, if they stand in one."""
    score = models.FloatField()
    program = models.CharField(max_length=40)
    """Version of the program that proposed it."""
    made = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=ProposalState, default=ProposalState.OPEN)
    decided_by = models.CharField(max_length=80, blank=True, default="")
    decided = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("part", "kind", "-score", "value")
        indexes = (models.Index(fields=("state", "part")), models.Index(fields=("decided_by", "decided")))
        constraints = (
            models.UniqueConstraint(fields=("part", "kind", "value"), name="facet_proposed_once_a_part"),
            models.CheckConstraint(
                condition=models.Q(state=ProposalState.OPEN) | ~models.Q(decided_by=""), name="facet_proposal_decided_by_somebody"
            ),
        )

    def __str__(self) -> str:
        return f"{self.part_id}: {self.kind}={self.value} {self.state}"

    def standing(self) -> Standing:
        """That of its paper: it quotes its words."""
        return self.part.document.standing()

    @classmethod
    def within(cls, scope: Scope) -> models.Q:
        """Proposals from papers that the scope sees."""
        return models.Q(part__document__in=Document.objects.filter(Document.within(scope)).values("pk"))
