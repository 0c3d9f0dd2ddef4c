"""Making corrections: a record and what people changed in it give a new record, and what no longer fits is told."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from evaltrail.record._corrections import (
    AddStatement,
    ChangeOverallResponse,
    ChangeRating,
    Known,
    MergeEvaluations,
    MoveStatement,
    SetDocument,
    SetEvaluation,
    SetField,
    _Valued,
)
from evaltrail.record._draft import Draft, Refused, part_name
from evaltrail.record._located import bag, likeness, near, words_of
from evaltrail.record._making import Maker

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evaltrail.record._corrections import Correction
    from evaltrail.record._located import Find
    from evaltrail.record._models import AnyStatement, Record

_IN_A_PART = (AddStatement, MoveStatement, ChangeRating, SetEvaluation, MergeEvaluations, ChangeOverallResponse)
Why = Literal["changed", "missing", "ambiguous", "there", "unfit"]


@dataclass(frozen=True, slots=True)
class CorrectionConflict:
    """A correction that does not fit the record and was not made. ``str()`` is one line that says why."""

    position: int
    """Of the correction among those given, from 0."""
    correction: Correction
    why: Why
    """changed: another value stands there than the person saw; missing, ambiguous: a statement is not found, or not told from others;
    there: what it adds is there already; unfit: the statement cannot have this."""
    line: str
    present: Any = None
    """What stands there now."""
    old: Any = None
    """What stood there when the person corrected it."""
    new: Any = None
    """What the person set."""

    def __str__(self) -> str:
        return self.line


@dataclass(frozen=True, slots=True)
class Replayed:
    """What came of making corrections."""

    record: Record
    conflicts: tuple[CorrectionConflict, ...]
    finds: tuple[Find, ...]
    """How every statement that a correction names was found; those without ``known`` only by their id."""


def corrected(record: Record, corrections: Iterable[Correction]) -> tuple[Record, tuple[CorrectionConflict, ...]]:
    """A new record with the corrections made, in order, and those that could not be made.

    Nothing is made by half: a correction that does not fit leaves the record as it was and is among the conflicts. Without
    corrections it is the same record.
    """
    done = replayed(record, corrections)
    return done.record, done.conflicts


def replayed(record: Record, corrections: Iterable[Correction]) -> Replayed:
    """Like :func:`corrected`, and how the statements were found."""
    conflicts: list[CorrectionConflict] = []
    finds: list[Find] = []
    draft = Draft(record)
    for position, change in enumerate(corrections):
        trial = draft.copy()
        try:
            maker = Maker(trial, change, position)
            maker.make()
        except Refused as fault:
            new = getattr(change, "new", None)
            old = getattr(change, "old", None)
            conflicts.append(CorrectionConflict(position, change, fault.why, str(fault), fault.present, old, new))
            continue
        finds += maker.finds
        draft = trial
    return Replayed(draft.record(), tuple(conflicts), tuple(finds))


def noted(record: Record, change: Correction, *, by: str | None = None, at: str | None = None) -> Correction:
    """The correction with what it sees in the record: old values (where none is given), the statements that it names, who and when.

    So it can be told later, on another reading, whether it still fits.
    """
    draft = Draft(record)
    seen: dict[str, Any] = {}
    if by is not None:
        seen["by"] = by
    if at is not None:
        seen["at"] = at
    if not change.known:
        seen["known"] = tuple(known_of(e, s) for e, s in (draft.find(key) for key in change.names) if s is not None)
    if isinstance(change, _Valued) and "old" not in change.model_fields_set:
        # A statement that is not there becomes a conflict when the correction is made.
        with contextlib.suppress(Refused):
            seen["old"] = _present(draft, change)
    if isinstance(change, _IN_A_PART) and not change.part:
        held = [p.evaluation for p in draft.parts if p.evaluation.id == change.evaluation]
        seen["part"] = part_name(held[0]) if held else ""
    if isinstance(change, AddStatement) and not change.words:
        seen["words"] = tuple(words_of(draft.pages, p) for p in change.places)
    return change.model_copy(update=seen)


def unfound(record: Record, change: Correction) -> tuple[str, ...]:
    """Ids of the statements that a correction names and that are not found in this record, or not told from others."""
    return Maker(Draft(record), change, 0).unfound()


def likest(record: Record, known: Known, limit: int = 5) -> list[tuple[float, AnyStatement]]:
    """Statements of a record that may be the one that a correction knew, the likest first, each with how like its words are, 0 to 1."""
    of_kind = [(likeness(known.text, s.text), s) for _, s in Draft(record).all() if near(bag(known.text), bag(s.text)) or s.id == known.id]
    return sorted(of_kind, key=lambda x: (x[0], x[1].kind == known.kind), reverse=True)[:limit]


def known_of(evaluation: str, s: AnyStatement) -> Known:
    """What is kept of a statement to find it again."""
    return Known(id=s.id, evaluation=evaluation, kind=s.kind, number=s.number, label=s.label, text=s.text)


def _present(draft: Draft, change: Correction) -> Any:
    if isinstance(change, SetField):
        s = draft.statement(change.statement)
        return draft.value(s, change.field)
    if isinstance(change, SetEvaluation):
        return getattr(draft.part(change.evaluation).evaluation, change.field)
    assert isinstance(change, SetDocument)  # noqa: S101 - the only other one with a value
    return getattr(draft.document, change.field)
