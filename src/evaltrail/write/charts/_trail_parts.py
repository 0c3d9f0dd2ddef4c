"""A trail as data: statements in columns, the lines between them, and where a line breaks off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Column = Literal["evidence", "findings", "conclusions", "recommendations", "responses", "actions"]
COLUMNS: tuple[Column, ...] = ("evidence", "findings", "conclusions", "recommendations", "responses", "actions")
Sign = Literal["", "accepted", "partially_accepted", "rejected"]


@dataclass(frozen=True, slots=True)
class TrailNode:
    """A statement, an answer or an action."""

    id: str
    column: Column
    label: str
    """Its number or state: 'F4', 'Accepted', '2.1'."""
    text: str = ""
    note: str = ""
    """A word at the far end of the label: the priority, a number of people."""
    sign: Sign = ""
    """Ring for an answer: ticked, barred or crossed."""


@dataclass(frozen=True, slots=True)
class TrailLine:
    """A line from one statement to one that follows from it."""

    start: str
    end: str
    proposed: bool = False
    """Proposed by a rule and not confirmed; else stated or set by a person."""


@dataclass(frozen=True, slots=True)
class TrailBreak:
    """Where a line breaks off: before a statement that rests on nothing, or after one from which nothing follows."""

    node: str
    column: Column
    """Column of what is missing; left of the statement's own: before it, right of it: after it."""
    said: str
    """What is missing: 'No evidence cited'."""
    due: bool = False
    """It is not yet due: no break, only a gap."""


@dataclass(frozen=True, slots=True)
class Trail:
    """A trail, ready to be drawn."""

    nodes: tuple[TrailNode, ...]
    lines: tuple[TrailLine, ...] = ()
    breaks: tuple[TrailBreak, ...] = ()
