"""The difference of two records: what a newer version of a paper says otherwise than an older one.

The models alone; :mod:`evaltrail.text.difference` makes a difference, for words are compared by what ``text`` knows of them.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from evaltrail.record._models import Model

if TYPE_CHECKING:
    from collections.abc import Iterator

DIFFERENCE_SCHEMA = "evaltrail.diff/1"

Compared = Literal[
    "document",
    "evaluation",
    "finding",
    "conclusion",
    "lesson",
    "good_practice",
    "recommendation",
    "response",
    "action",
    "rating",
    "overall_response",
    "decision",
    "footnote",
    "title",
    "heading",
    "paragraph",
    "item",
    "table",
    "caption",
]
"""What is compared: a statement by its kind, what belongs to it, and passages by theirs."""
ChangeHow = Literal["added", "removed", "changed", "moved", "renumbered", "split", "merged"]
MatchedBy = Literal["name", "words", "likeness"]
Value = str | int | float | tuple[str, ...] | None


class Stretch(Model):
    """Words of a compared text: in both versions, in the older alone (removed) or in the newer alone (added)."""

    how: Literal["same", "removed", "added"]
    text: str
    was: str | None = Field(
        default=None, description="Of words in both: how the older version writes them, where quotes, dashes, spaces or hyphens differ."
    )


class FieldChange(Model):
    """A field that holds something else; with words a text, word by word."""

    field: str = Field(
        description="Name of the field in the record; as_printed.time for printed words; 'order' for the place among its kind in its part, "
        "'part' for the part of the paper."
    )
    old: Value = None
    new: Value = None
    words: tuple[Stretch, ...] = ()


class Version(Model):
    """One of the two versions."""

    title: str = ""
    symbol: str | None = None
    organisation: str | None = None
    language: str | None = None
    date: str | None = None
    sha256: str = ""
    media_type: str = ""
    pages: int = 0
    statements: int = 0


class Sighting(Model):
    """One thing as one version has it."""

    id: str | None = Field(default=None, description="id in that version's record.")
    name: str = Field(description="What it is called there: 'Recommendation 3', 'Rating of relevance'.")
    page: int | None = Field(default=None, description="Page of its first words, from 1; null where the paper has no pages or it no place.")
    line: int | None = Field(default=None, description="Line of its first words in a text file, from 1.")
    paragraph: str | None = Field(default=None, description="Number of the paragraph that it stands in.")
    text: str = Field(default="", description="Its words; of a rating its value as printed.")


class Change(Model):
    """One thing that is not the same in both versions.

    One that was added has nothing in old, one that was removed nothing in new; one that was split has several in new, one that was merged
    several in old.
    """

    what: Compared = Field(description="Its kind in the newer version; of one that was removed, in the older.")
    how: ChangeHow = Field(description="moved and renumbered: nothing else changed but its place, or its number and label.")
    part: str | None = Field(default=None, description="The part of the paper, by its label and title; null for the paper as a whole.")
    old: tuple[Sighting, ...] = ()
    new: tuple[Sighting, ...] = ()
    by: MatchedBy | None = Field(
        default=None,
        description="How the two were known for the same: by their kind, number and label; by the same words; by likeness.",
    )
    likeness: float | None = Field(
        default=None, ge=0, le=1, description="How like their words are, 0 to 1: 1 for the same words. Null where words were not compared."
    )
    fields: tuple[FieldChange, ...] = ()
    actions: tuple[Change, ...] = Field(default=(), description="Of a response: its actions that are not the same.")


class Tally(Model):
    """How many of a kind are what in the newer version."""

    what: Compared
    same: int = 0
    added: int = 0
    removed: int = 0
    changed: int = 0
    moved: int = 0
    renumbered: int = 0
    split: int = 0
    merged: int = 0

    @property
    def all_changes(self) -> int:
        """Everything but what is the same."""
        return self.added + self.removed + self.changed + self.moved + self.renumbered + self.split + self.merged


class Comparison(Model):
    """What changed from an older version of a paper to a newer one. Empty where both say the same."""

    schema_: str = Field(default=DIFFERENCE_SCHEMA, alias="schema")
    old: Version = Field(default_factory=Version)
    new: Version = Field(default_factory=Version)
    notes: tuple[str, ...] = Field(default=(), description="What has to be known of the comparison as a whole, a sentence each.")
    tallies: tuple[Tally, ...] = Field(default=(), description="Counts by kind, of kinds that either version has; without running text.")
    changes: tuple[Change, ...] = Field(default=(), description="In the order of the newer paper; removed things where they stood.")
    running: tuple[Change, ...] = Field(
        default=(), description="Text that is no statement: headings, paragraphs, items, tables, captions. Only where both have passages."
    )
    renumbered_paragraphs: int = Field(default=0, description="Numbered paragraphs with the same words under another number.")
    renumbered_footnotes: int = 0
    typographic: int = Field(
        default=0, description="Texts that differ in quotes, dashes, spaces or hyphens alone; these are no changes of theirs."
    )

    @property
    def empty(self) -> bool:
        """Whether both versions say the same, typography apart."""
        return not (self.changes or self.running or self.renumbered_paragraphs or self.renumbered_footnotes)

    def only(self, *kinds: str) -> Comparison:
        """The difference with changes of these kinds alone, and the counts that belong to them; actions come with their responses."""
        counted = {*kinds, "action"} if "response" in kinds else {*kinds}
        changes = tuple(c for c in self.changes if c.what in kinds or _was(c) in kinds)
        # A finding that became a conclusion is a change of findings too, and is counted where it is shown.
        become = Counter(c.what for c in changes if c.what not in kinds)
        return self.model_copy(
            update={
                "tallies": (*(t for t in self.tallies if t.what in counted), *(Tally(what=w, changed=n) for w, n in become.items())),
                "changes": changes,
                "running": tuple(c for c in self.running if c.what in kinds),
                "renumbered_paragraphs": self.renumbered_paragraphs if "paragraph" in kinds else 0,
                "renumbered_footnotes": self.renumbered_footnotes if "footnote" in kinds else 0,
            }
        )

    def walk(self) -> Iterator[Change]:
        """All changes, each with those of its actions after it; then those of running text."""
        for c in (*self.changes, *self.running):
            yield c
            yield from c.actions

    def to_json(self, *, indent: int | None = 2) -> str:
        """The difference as JSON text."""
        return self.model_dump_json(by_alias=True, indent=indent)

    @classmethod
    def from_json(cls, text: str | bytes) -> Comparison:
        """A difference from JSON text. Raises ``pydantic.ValidationError`` that lists all faults."""
        return cls.model_validate_json(text)


def _was(change: Change) -> Value:
    """The kind that the older version has it for, where that is another."""
    return next((f.old for f in change.fields if f.field == "kind"), None)
