"""What a correction that does not fit a better reading has lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.record import correction, unfound

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evaltrail.record import Record


def lost_in(record: Record, body: Mapping[str, Any]) -> list[str]:
    """Ids of the statements that a correction names and of the evaluations that it is about, as far as they are not there."""
    return [*unfound(record, correction(body)), *(str(body[name]) for name in lost_parts(record, body))]


def lost_parts(record: Record, body: Mapping[str, Any]) -> list[str]:
    """Names of the fields of a correction that speak of an evaluation which is not there; of the only one there is, none does."""
    if len(record.evaluations) == 1:
        return []
    # Other corrections name a statement by ``into``.
    names = ("evaluation", "into") if body["kind"] == "merge_evaluations" else ("evaluation",)
    there = {e.id for e in record.evaluations}
    return [name for name in names if name in body and body[name] not in there and not _named(record, body)]


def _named(record: Record, body: Mapping[str, Any]) -> bool:
    """Whether an evaluation has the label and title that the correction knew, by which it is found under another id."""
    known = body.get("part", "")
    return bool(known) and sum(": ".join(p for p in (e.label, e.title) if p) == known for e in record.evaluations) == 1
