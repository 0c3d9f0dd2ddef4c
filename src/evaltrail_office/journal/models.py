"""Rows of the journal."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models
from django.utils import timezone


class Unchangeable(Exception):
    """Somebody tried to change or remove an entry."""


class Entry(models.Model):
    """One thing that somebody did.

    The actor and the thing are keys as text, so that an entry outlives whatever it speaks of and the journal depends on nothing.
    """

    at = models.DateTimeField(default=timezone.now, db_index=True)
    actor = models.CharField(max_length=80)
    """Key of a person (``P-…``), or ``system:`` and the part of the program that acted on its own."""
    verb = models.CharField(max_length=60)
    """What was done, in the past: confirmed, corrected, uploaded."""
    thing = models.CharField(max_length=120)
    """What it was done to: its kind, a colon, its key: ``document:D-000012``."""
    about = models.CharField(max_length=40, blank=True, default="")
    """Key of the evaluation that it concerns, for histories and for who may see it; empty for the office's own affairs."""
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)
    reason = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("id",)
        verbose_name_plural = "entries"
        indexes = (models.Index(fields=("thing", "id")), models.Index(fields=("about", "id")))
        constraints = (models.CheckConstraint(condition=~models.Q(actor=""), name="entry_has_an_actor"),)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.verb} {self.thing}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the entry. Raises ``Unchangeable`` where it is in the journal already."""
        if not self._state.adding:
            raise Unchangeable("an entry of the journal is never changed; add another that corrects it")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:  # noqa: ARG002 - Django's own signature
        """Raise ``Unchangeable``."""
        raise Unchangeable("an entry of the journal is never removed")
