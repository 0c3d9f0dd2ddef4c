"""Rows of the shelf. What a paper says is in ``Version``; ``Part``, ``Statement`` and ``Rating`` are derived from it and corrections."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaltrail_office.accounts.access import Scope, Standing, within_held, within_office
from evaltrail_office.accounts.policy import Role, Stage
from evaltrail_office.journal.models import Entry


class Source(models.Model):
    """A file as it was brought, kept by its hash in the data folder; the same bytes are kept once."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    text_sha256 = models.CharField(max_length=64, blank=True, default="", db_index=True)
    """Of the words without spaces and case, once read: the same text in another file."""
    pages = models.PositiveIntegerField(default=0)
    made = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.sha256[:12]


class Kind(models.TextChoices):
    """What a document is to its evaluation."""

    REPORT = "report", _("full report")
    SUMMARY = "summary", _("summary")
    GOVERNING_BODY = "governing_body", _("governing-body paper")
    RESPONSE = "response", _("management response")
    TERMS = "terms", _("terms of reference")
    INCEPTION = "inception", _("inception report")
    FOLLOW_UP = "follow_up", _("follow-up report")
    OTHER = "other", _("other")


class Document(models.Model):
    """A paper: uploaded, or written in the office. Its words are in its versions."""

    key = models.CharField(max_length=20, unique=True)
    """``D-000012``."""
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.OTHER)
    title = models.CharField(max_length=500)
    symbol = models.CharField(max_length=100, blank=True, default="")
    organisation = models.CharField(max_length=300, blank=True, default="")
    language = models.CharField(max_length=10, blank=True, default="")
    date = models.DateField(null=True, blank=True)
    """That the paper bears."""
    filename = models.CharField(max_length=255, blank=True, default="")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, related_name="documents")
    """None where it was written in the office and not yet issued."""
    current = models.ForeignKey("Version", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.DRAFT)
    embargo = models.DateField(null=True, blank=True)
    confirmed = models.DateTimeField(null=True, blank=True)
    """When a person confirmed its present version; None: read by the machine."""
    confirmed_by = models.CharField(max_length=80, blank=True, default="")
    translation_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="translations")
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    """The earlier edition of the same paper."""
    brought_by = models.CharField(max_length=80)
    made = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = (models.Index(fields=("stage", "id")),)

    def __str__(self) -> str:
        return f"{self.key} {self.title}"

    def standing(self) -> Standing:
        """What decides about access to it. ``prefetch_related("parts")`` where there are many."""
        keys = tuple(sorted({p.evaluation_key for p in self.parts.all() if p.evaluation_key}))
        return Standing(keys, Stage(self.stage), self.embargo, self.brought_by)

    @classmethod
    def within(cls, scope: Scope) -> Q:
        """Documents that the scope sees."""
        if Role.HEAD in scope.office:
            return Q()
        # For each row in turn, so that a page of twenty asks about as many rows as it takes to fill it and not about all.
        placed = Exists(Part.objects.filter(document=OuterRef("pk")).exclude(evaluation_key=""))
        held = Part.objects.filter(within_held(scope, evaluation="evaluation_key", stage="document__stage", embargo="document__embargo"))
        return (
            within_office(scope, stage="stage", embargo="embargo") & Q(placed)
            | Q(pk__in=held.values("document"))
            | Q(brought_by=scope.key) & ~Q(placed)
        )


class Part(models.Model):
    """One evaluation as a document reports it; a governing-body paper may report three."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField()
    record_id = models.CharField(max_length=80)
    """Of the evaluation in the record."""
    label = models.CharField(max_length=100, blank=True, default="")
    title = models.CharField(max_length=500, blank=True, default="")
    evaluation_key = models.CharField(max_length=20, blank=True, default="", db_index=True)
    """Of the office's evaluation that it is; empty until a person has said so."""
    matched_by = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        ordering = ("document", "position")
        constraints = (models.UniqueConstraint(fields=("document", "record_id"), name="part_once_a_document"),)

    def __str__(self) -> str:
        return f"{self.document_id} {self.label or self.title}"


class How(models.TextChoices):
    """How a version came about."""

    READ = "read", _("read by the machine")
    CORRECTED = "corrected", _("corrected")
    CONFIRMED = "confirmed", _("confirmed")
    WRITTEN = "written", _("written in the office")
    ISSUED = "issued", _("issued")


class Version(models.Model):
    """A record: what the document says, as known at a time. Never changed."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    how = models.CharField(max_length=10, choices=How)
    payload = models.BinaryField()
    """The record as JSON, compressed; see ``store``."""
    sha256 = models.CharField(max_length=64)
    """Of the JSON before compression."""
    schema = models.CharField(max_length=60)
    reader = models.CharField(max_length=40, blank=True, default="")
    """Version of the program that read it."""
    made_by = models.CharField(max_length=80)
    made = models.DateTimeField(default=timezone.now)
    note = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("document", "number")
        constraints = (models.UniqueConstraint(fields=("document", "number"), name="version_numbers_of_a_document"),)

    def __str__(self) -> str:
        return f"{self.document_id} v{self.number}"


class Correction(models.Model):
    """A change that a person made to what was read, kept on its own, so that it can be made again on a better reading."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="corrections")
    position = models.PositiveIntegerField()
    body = models.JSONField()
    """An ``evaltrail.record.Correction``."""
    made_by = models.CharField(max_length=80)
    made = models.DateTimeField(default=timezone.now)
    undone = models.DateTimeField(null=True, blank=True)
    conflict = models.TextField(blank=True, default="")
    """Why it does not fit the present reading, in a line; empty: it fits."""
    found = models.JSONField(default=list)
    """How statements were found in the present reading that have another id there: ``known``, ``found``, ``by``, ``likeness``."""
    said = models.JSONField(default=dict)
    """What people had said of the statements that it changed or took out (``key``, ``confirmed``, …): an undo gives it back."""

    class Meta:
        ordering = ("document", "position")
        constraints = (models.UniqueConstraint(fields=("document", "position"), name="correction_positions_of_a_document"),)

    def __str__(self) -> str:
        return f"{self.document_id} correction {self.position}"


class Statement(models.Model):
    """A statement of a document's working record, as columns."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="statements")
    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="statements")
    record_id = models.CharField(max_length=80)
    """Of the statement in the record; with the document's key its permanent address."""
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    number = models.CharField(max_length=20, blank=True, default="")
    label = models.CharField(max_length=120, blank=True, default="")
    text = models.TextField()
    criteria = models.JSONField(default=list)
    responsible = models.JSONField(default=list)
    priority = models.CharField(max_length=40, blank=True, default="")
    time = models.CharField(max_length=60, blank=True, default="")
    resources = models.CharField(max_length=40, blank=True, default="")
    verdict = models.CharField(max_length=20, blank=True, default="")
    page = models.PositiveIntegerField(null=True)
    score = models.FloatField(null=True)
    """The least score of what was inferred; None: all of it stands in the paper or was set by a person."""
    key = models.CharField(max_length=20, blank=True, default="", db_index=True)
    """Of the office's recommendation that it is; see ``evaluations``."""
    confirmed = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        ordering = ("document", "position")
        indexes = (models.Index(fields=("part", "kind")),)
        constraints = (models.UniqueConstraint(fields=("document", "record_id"), name="statement_once_a_document"),)

    def __str__(self) -> str:
        return f"{self.document_id} {self.label or self.record_id}"


class Rating(models.Model):
    """A rating of a document's working record, as columns."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="ratings")
    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="ratings")
    position = models.PositiveSmallIntegerField()
    criterion = models.CharField(max_length=60)
    value = models.FloatField(null=True)
    scale = models.TextField(blank=True, default="")
    as_printed = models.CharField(max_length=200, blank=True, default="")
    page = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ("document", "position")
        indexes = (models.Index(fields=("criterion", "value")),)

    def __str__(self) -> str:
        return f"{self.document_id} {self.criterion} {self.value}"


SET_ASIDE = "keys:"
"""Begins the thing of an entry of the journal that keeps keys of rows that were removed from being given again: ``keys:R``."""


def next_key(prefix: str, model: type[models.Model], width: int) -> str:
    """A key of a kind that was never given: ``D-000012``. Called in a transaction; of two at once the database refuses the second."""
    last: str | None = model._default_manager.order_by("-id").values_list("key", flat=True).first()  # noqa: SLF001 - Django's public name
    aside = Entry.objects.filter(thing=f"{SET_ASIDE}{prefix}").order_by("-id").values_list("new", flat=True).first()
    number = max(int(last.rpartition("-")[2]) if last else 0, int(aside["last"]) if aside else 0)
    return f"{prefix}-{number + 1:0{width}}"
