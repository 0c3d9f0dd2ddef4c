"""What an evaluation's page is made of: ratings, nodes, rows, answers, each with its links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evaltrail.check.report import Remark
    from evaltrail.record import Action, AnyStatement
    from evaltrail_office.evaluations.trail import Node


@dataclass(frozen=True, slots=True)
class Spot:
    """A link to a place in a paper."""

    words: str
    """``p. 38, §83``."""
    address: str


@dataclass(frozen=True, slots=True)
class Ref:
    """A link to another statement."""

    label: str
    address: str
    proposed: bool


@dataclass(frozen=True, slots=True)
class RatingRow:
    """A criterion's rating."""

    criterion: str
    value: float | None
    scale: str
    as_printed: str
    spot: Spot
    earlier: float | None = None
    earlier_year: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A node of the trail with what is said on it."""

    node: Node
    label: str
    note: str
    text: str
    address: str
    state: str = ""
    """Name of an icon, with words in ``label``."""
    rating: RatingRow | None = None
    sans: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A node of a thread that is read as a list."""

    label: str
    text: str
    address: str
    state: str
    missing: tuple[str, ...]
    """What is missing before or after it."""
    proposed: bool
    """Whether only a proposed line joins it to the thread."""


@dataclass(frozen=True, slots=True)
class ReadThread:
    """A thread as a list."""

    label: str
    text: str
    steps: tuple[Step, ...]
    breaks: int


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer to a recommendation."""

    id: str
    verdict: str
    text: str
    spot: Spot
    promise: bool
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A statement with what the office has beside it."""

    id: str
    kind: str
    label: str
    text: str
    spot: Spot
    confirmed: bool
    rests_on: tuple[Ref, ...]
    leads_to: tuple[Ref, ...]
    evidence: tuple[Ref, ...]
    quantities: int
    missing: tuple[str, ...]
    """Before it or after it, or after an answer to it."""
    remarks: tuple[Remark, ...]
    key: str = ""
    answers: tuple[AnswerRow, ...] = ()
    parts: tuple[AnyStatement, ...] = ()
    unit: str = ""
    priority: str = ""
    time: str = ""
    resources: str = ""

    @property
    def paragraphs(self) -> list[str]:
        """Its words, a paragraph each."""
        return self.text.split("\n")


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of a criterion."""

    criterion: str
    rating: RatingRow | None
    rows: tuple[Row, ...]
