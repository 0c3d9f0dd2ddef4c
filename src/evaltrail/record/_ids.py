"""Ids that last: a better reading of a paper calls its statements what earlier readings called them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evaltrail.record._located import ALIKE, likeness, plain
from evaltrail.record._models import Response

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from evaltrail.record._models import AnyStatement, Record

_COMMON = 0.4
"""Share of the words that two texts have in common before they are compared word by word."""


@dataclass(slots=True)
class _Before:
    """A statement as earlier records have it."""

    id: str
    evaluation: str
    texts: list[str] = field(default_factory=list)
    names: set[tuple[str, str]] = field(default_factory=set)
    """Kinds and numbers."""
    kinds: set[str] = field(default_factory=set)


def with_ids_of(record: Record, *earlier: Record) -> Record:
    """The record with the ids that its statements have in earlier ones of the same paper, the latest first.

    Statements are the same by their words, by their kind and number, or by likeness, each at most once. An id of an earlier record is
    never given to another statement, so that an address always leads to what it led to.
    """
    before = _gathered(earlier)
    now = [(e.id, s) for e in record.evaluations for s in e.statements]
    same = _matched(before, now)
    taken = set(before) | set(same.values())
    names: dict[str, str] = {}
    for _, s in now:
        key = same.get(s.id)
        if key is None:
            key, n = s.id, 2
            while key in taken:
                key, n = f"{s.id}-{n}", n + 1
            taken.add(key)
        names[s.id] = key
    return record if all(a == b for a, b in names.items()) else _renamed(record, names)


def _gathered(earlier: Iterable[Record]) -> dict[str, _Before]:
    found: dict[str, _Before] = {}
    for record in earlier:
        for e in record.evaluations:
            for s in e.statements:
                known = found.setdefault(s.id, _Before(s.id, e.id))
                known.texts.append(s.text)
                known.kinds.add(s.kind)
                if s.number:
                    known.names.add((s.kind, s.number))
    return found


def _matched(before: dict[str, _Before], now: list[tuple[str, AnyStatement]]) -> dict[str, str]:
    """Earlier ids by those of this record."""
    same: dict[str, str] = {}
    left = dict(before)
    open_ = {s.id: (e, s) for e, s in now}

    def take(new: str, old: str) -> None:
        same[new] = old
        del left[old], open_[new]

    # The same words under the same id first, since a paper repeats some.
    for key in [k for k in open_ if k in left and plain(open_[k][1].text) in {plain(t) for t in left[k].texts}]:
        take(key, key)
    for keys_of_old, key_of_new in _PASSES:
        there = defaultdict(list)
        for key, b in left.items():
            for name in keys_of_old(b):
                there[name].append(key)
        here = defaultdict(list)
        for key, (e, s) in open_.items():
            name_now = key_of_new(e, s)
            if name_now is not None:
                here[name_now].append(key)
        for name, keys in here.items():
            if len(keys) == 1 and len(there[name]) == 1 and there[name][0] in left:
                take(keys[0], there[name][0])
    scored = [
        (max(likeness(t, s.text) for t in b.texts), b.id == key, key, b.id)
        for key, (_, s) in open_.items()
        for b in left.values()
        if b.texts
    ]
    for score, _, new, old in sorted(scored, key=lambda x: (-x[0], not x[1])):
        if score >= ALIKE and new in open_ and old in left:
            take(new, old)
    return same


def _bag(text: str) -> set[str]:
    return set(text.casefold().split())


def _by_words(b: _Before) -> set[Hashable]:
    return {(b.evaluation, plain(t)) for t in b.texts}


def _by_words_anywhere(b: _Before) -> set[Hashable]:
    return {plain(t) for t in b.texts}


def _by_number(b: _Before) -> set[Hashable]:
    return {(b.evaluation, *name) for name in b.names}


_PASSES: tuple[tuple[Callable[[_Before], set[Hashable]], Callable[[str, AnyStatement], Hashable]], ...] = (
    (_by_words, lambda e, s: (e, plain(s.text))),
    (_by_words_anywhere, lambda _, s: plain(s.text)),
    (_by_number, lambda e, s: (e, s.kind, s.number) if s.number else None),
)
"""What makes two statements the same, the surest first; only where it is true of one on each side."""


def _renamed(record: Record, names: dict[str, str]) -> Record:
    evaluations = []
    for e in record.evaluations:
        statements = []
        for s in e.statements:
            update: dict[str, object] = {"id": names[s.id], "parent": names.get(s.parent, s.parent) if s.parent else None}
            if isinstance(s, Response):
                update["answers"] = tuple(a if a.record else a.model_copy(update={"id": names.get(a.id, a.id)}) for a in s.answers)
            statements.append(s.model_copy(update=update))
        links = (x.model_copy(update={"from_": names.get(x.from_, x.from_), "to": names.get(x.to, x.to)}) for x in e.links)
        evaluations.append(e.model_copy(update={"statements": tuple(statements), "links": tuple(links)}))
    readings = (r.model_copy(update={"id": names.get(r.id, r.id)}) if r.kind == "statement" and r.id else r for r in record.readings)
    return record.model_copy(update={"evaluations": tuple(evaluations), "readings": tuple(readings)})
