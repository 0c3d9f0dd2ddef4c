"""A paper before it is written down: plain parts that a fault can change one at a time."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Finding:
    number: int
    criterion: str
    text: str
    evidence: list[str]
    """Paragraphs under it."""


@dataclass(slots=True)
class Observation:
    """A conclusion, lesson or good practice; ``basis`` closes its paragraph."""

    number: int
    text: str
    basis: str = ""


@dataclass(slots=True)
class Recommendation:
    number: int
    text: str
    measure: str
    """The sentence with the target and the date."""
    basis: str
    unit: str | None
    priority: str | None
    time: str | None
    resources: str | None


@dataclass(slots=True)
class Action:
    text: str
    unit: str
    due: str
    status: str


@dataclass(slots=True)
class Response:
    to: int | str
    verdict: str
    """accepted, partially or rejected"""
    sentences: list[str]
    actions: list[Action]


@dataclass(slots=True)
class Rating:
    criterion: str
    words: str
    value: int
    why: str


@dataclass(slots=True)
class Table:
    title: str
    rows: list[list[str]]
    """The first row is the header."""


@dataclass(slots=True)
class Part:
    """One evaluation: what it states."""

    title: str
    findings: list[Finding] = field(default_factory=list)
    conclusions: list[Observation] = field(default_factory=list)
    lessons: list[Observation] = field(default_factory=list)
    practices: list[Observation] = field(default_factory=list)
    recommendations: list[Recommendation] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    """Names and numbers that its words were filled with."""


@dataclass(slots=True)
class Leaf:
    """A heading and what stands right under it; ``blocks`` are Markdown or tables."""

    key: str
    heading: str
    level: int
    blocks: list[Any] = field(default_factory=list)
    numbered: bool = True


@dataclass(slots=True)
class Draft:
    seed: int
    shape: str
    """report, summary"""
    language: str
    title: str
    front: list[str]
    acronyms: dict[str, str]
    leaves: list[Leaf]
    parts: list[Part]
    notes: dict[int, str] = field(default_factory=dict)
    number_headings: bool = True
    labels: dict[str, str] = field(default_factory=dict)
    """Words of labels and table heads in its language."""
    facts: dict[str, Any] = field(default_factory=dict)
    overrides: dict[str, str] = field(default_factory=dict)
    """Printed numbers of headings by the leaf's key, where a fault breaks the count."""
    contents: list[str] | None = None
    """Lines of the contents list, where a fault makes them differ from the headings."""
    genre: str | None = None
    lost_marks: bool = False
    """Whether no place calls its second footnote."""
    lost_notes: bool = False
    """Whether its second call of a footnote has no note."""
    diagnostics: list[tuple[str, str]] = field(default_factory=list)
    """What the reader said of the file (code, words), for faults that Markdown cannot have."""
    corpus: list[tuple[str, str]] = field(default_factory=list)
    """Other papers, (name, Markdown), from which words may have been taken."""

    def copy(self) -> Draft:
        """A draft of its own to plant a fault in."""
        return copy.deepcopy(self)

    @property
    def part(self) -> Part:
        """The first evaluation."""
        return self.parts[0]

    def leaf(self, key: str) -> Leaf:
        """The leaf of a key; :class:`NotHere` where the paper has none."""
        for one in self.leaves:
            if one.key == key:
                return one
        raise NotHere(key)

    def has(self, key: str) -> bool:
        """Whether it has a leaf of the key."""
        return any(one.key == key for one in self.leaves)

    def drop(self, *keys: str) -> None:
        """Take leaves away, with the leaves under them."""
        for key in keys:
            self.leaf(key)
        self.leaves = [x for x in self.leaves if not any(x.key == k or x.key.startswith(f"{k}.") for k in keys)]


class NotHere(Exception):
    """The fault cannot be planted in this paper: what it would change is not there."""
