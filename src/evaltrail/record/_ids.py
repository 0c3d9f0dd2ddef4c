"""Ids that last: a better reading of a paper calls its statements what earlier readings called them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evaltrail.record._located import ALIKE, bag, grown, likeness, near, plain
from evaltrail.record._models import Response

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from evaltrail.record._models import AnyStatement, Record


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


class _Matching:
    """Earlier ids by those of this record, each taken once."""

    def __init__(self, before: dict[str, _Before], now: list[tuple[str, AnyStatement]]) -> None:
        self.same: dict[str, str] = {}
        self.left = dict(before)
        self.open = {s.id: (e, s) for e, s in now}

    def take(self, new: str, old: str) -> None:
        """Say that two are the same."""
        self.same[new] = old
        del self.left[old], self.open[new]

    def by_id(self, fits: Callable[[_Before, AnyStatement], bool]) -> None:
        """Those with the same id, where something else speaks for it too."""
        for key in [k for k, (_, s) in self.open.items() if k in self.left and fits(self.left[k], s)]:
            self.take(key, key)

    def by_name(self, of_old: Callable[[_Before], set[Hashable]], of_new: Callable[[str, AnyStatement], Hashable]) -> None:
        """Those with the same name, where it is one on each side."""
        there = defaultdict(list)
        for key, b in self.left.items():
            for name in of_old(b):
                there[name].append(key)
        here = defaultdict(list)
        for key, (e, s) in self.open.items():
            here[of_new(e, s)].append(key)
        for name, keys in here.items():
            if name is not None and len(keys) == 1 and len(there[name]) == 1 and there[name][0] in self.left:
                self.take(keys[0], there[name][0])

    def by_likeness(self) -> None:
        """Those that are likest, one after the other."""
        bags = {b.id: [(t, bag(t)) for t in b.texts] for b in self.left.values()}
        scored: list[tuple[float, bool, int, str, str]] = []
        for key, (_, s) in self.open.items():
            words = bag(s.text)
            for old, texts in bags.items():
                alike = [likeness(t, s.text) for t, held in texts if near(words, held)]
                if alike and max(alike) >= ALIKE:
                    scored.append((-max(alike), old != key, len(scored), key, old))
        for *_, new, old in sorted(scored):
            if new in self.open and old in self.left:
                self.take(new, old)


def _matched(before: dict[str, _Before], now: list[tuple[str, AnyStatement]]) -> dict[str, str]:
    """Earlier ids by those of this record, by what is surest first."""
    found = _Matching(before, now)
    # The same words under the same id before words alone, since a paper repeats some.
    found.by_id(lambda b, s: plain(s.text) in {plain(t) for t in b.texts})
    found.by_name(lambda b: {(b.evaluation, plain(t)) for t in b.texts}, lambda e, s: (e, plain(s.text)))
    found.by_name(lambda b: {plain(t) for t in b.texts}, lambda _, s: plain(s.text))
    found.by_name(lambda b: {(b.evaluation, *n) for n in b.names}, lambda e, s: (e, s.kind, s.number) if s.number else None)
    found.by_id(lambda b, s: s.kind in b.kinds and any(grown(t, s.text) for t in b.texts))
    found.by_likeness()
    return found.same


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
