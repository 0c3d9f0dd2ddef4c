"""Figures that were computed, with the moment for which they hold."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Tally(models.Model):
    """One figure of a definition for the whole office or for one value of a dimension, as of a moment."""

    definition = models.CharField(max_length=80)
    version = models.PositiveSmallIntegerField()
    dimension = models.CharField(max_length=20, blank=True, default="")
    """``unit``, ``year``, ``theme``, ``priority``, ``country``, ``reason``; ``addressee``: those to others than
    management; empty: all of it."""
    value = models.CharField(max_length=200, blank=True, default="")
    """Of the dimension."""
    released = models.BooleanField(default=True)
    """Whether only what is public was counted: then everybody may see it."""
    body = models.JSONField()
    """The figure: value, counts, what is missing, why it abstains (``tallies.Body``)."""
    keys = models.BinaryField(default=b"")
    """Of the whole: keys of the rows that it rests on (``keysets``)."""
    as_of = models.DateTimeField(default=timezone.now)
    entry = models.PositiveBigIntegerField(default=0)
    """Number of the last entry of the journal that was counted."""

    class Meta:
        ordering = ("definition", "dimension", "value")
        constraints = (
            models.UniqueConstraint(
                fields=("definition", "version", "dimension", "value", "released", "as_of"), name="tally_once_a_moment"
            ),
        )
        indexes = (models.Index(fields=("definition", "released", "as_of")), models.Index(fields=("released", "dimension", "as_of")))
        verbose_name_plural = "tallies"

    def __str__(self) -> str:
        return f"{self.definition} {self.dimension} {self.value}"
