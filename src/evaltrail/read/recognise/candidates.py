"""What recognisers pass to each other: a statement as found, before the choice among repetitions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evaltrail.read.outline import Block, Text
    from evaltrail.read.recognise.sections import Setting
    from evaltrail.record import Origin


@dataclass(slots=True)
class Promise:
    """An action found with a response."""

    text: Text
    unit: Text | None = None
    due: Text | None = None
    status: Text | None = None
    number: str | None = None
    """As printed ("2.1"), without the words."""
    deliverables: Text | None = None
    resources: Text | None = None
    comments: Text | None = None
    """What is told of its progress."""


@dataclass(slots=True, eq=False)
class Candidate:
    """A statement as found at one place of the paper."""

    kind: str
    text: Text
    order: float
    """Position in reading order (index of the block, fraction inside a table)."""
    setting: Setting
    basis: str
    """label, heading, row, box, number, bold, bullet, paragraph or sentence: by what it was told."""
    number: str | None = None
    label: str | None = None
    criteria: tuple[str, ...] = ()
    part: int = 0
    """Which part of the document ("Part II") it stands in, counted from 1; 0 before the first."""
    group: object = None
    """Candidates of one list have the same group."""
    parent: Candidate | None = None
    fields: dict[str, Text] = field(default_factory=dict)
    """responsible, priority, time, resources: the printed words with their places."""
    origins: dict[str, Origin] = field(default_factory=dict)
    """How a field was told, where it was not from a table."""
    answers: list[str] = field(default_factory=list)
    """Numbers of the recommendations that a response answers, as printed."""
    target: Candidate | None = None
    """The recommendation that a response stands with."""
    prompt: Text | None = None
    """What a response answers where that is no statement of the paper's own: a comment, a question."""
    verdict: Text | None = None
    """The words of a response that say yes or no, where they stand apart (a column, a field)."""
    actions: list[Promise] = field(default_factory=list)
    block: Block | None = None
    last: int = -1
    """Index of the last block that belongs to it."""
