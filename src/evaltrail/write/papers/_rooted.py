"""Records whose parts lead nowhere: a part of what is not there would stand nowhere in a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evaltrail.record import Evaluation, Record


def rooted(record: Record) -> Record:
    """The record, with every statement whose parents end in no statement of its evaluation as one of its own."""
    evaluations = tuple(_rooted(e) for e in record.evaluations)
    same = all(a is b for a, b in zip(evaluations, record.evaluations, strict=True))
    return record if same else record.model_copy(update={"evaluations": evaluations})


def _rooted(e: Evaluation) -> Evaluation:
    parents = {s.id: s.parent for s in e.statements}
    if all(_ends(s.id, parents) for s in e.statements):
        return e
    found = tuple(s if _ends(s.id, parents) else s.model_copy(update={"parent": None}) for s in e.statements)
    return e.model_copy(update={"statements": found})


def _ends(key: str, parents: Mapping[str, str | None]) -> bool:
    """Whether the way up from a statement ends in one without a parent."""
    passed: set[str] = set()
    at: str | None = key
    while at is not None:
        if at in passed or at not in parents:
            return False
        passed.add(at)
        at = parents[at]
    return True
