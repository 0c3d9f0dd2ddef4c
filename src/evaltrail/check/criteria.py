"""Which criteria an evaluation says that it judges by, and where it says so."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evaltrail.check.mention import mentions
from evaltrail.check.once import once

if TYPE_CHECKING:
    import re

    from evaltrail.check.paper import Paper
    from evaltrail.check.unit import Unit
    from evaltrail.record import Place

CRITERIA = ("relevance", "coherence", "effectiveness", "efficiency", "impact", "sustainability")
"""The six criteria of the OECD's Development Assistance Committee, in their usual order."""
TOGETHER = 3
"""Criteria that stand in one sentence, table or list, from which these are the criteria of the evaluation."""
_TOPIC = "check_method"


@dataclass(frozen=True, slots=True)
class Criteria:
    """What a paper says of its criteria."""

    named: frozenset[str]
    """Those named together in a sentence, table or list that tells the criteria."""
    where: tuple[Place, ...]
    """Where the most of them are named together."""
    words: str
    """The sentence that names the most of them, empty for a table or headings."""
    headings: frozenset[str]
    """Those that headings of the body name."""


@dataclass(slots=True)
class _Group:
    """What stands together: a sentence, the cells of a table, the items under one heading."""

    names: set[str] = field(default_factory=set)
    unit: Unit | None = None
    places: tuple[Place, ...] = ()
    words: str = ""


def pattern(paper: Paper, name: str, *, judged: bool = False) -> re.Pattern[str] | None:
    """A pattern for the names of a criterion, or with ``judged`` for the words of a passage that is about it."""
    return paper.words_of(_TOPIC, "judged" if judged else "criteria", name)


@once
def criteria(paper: Paper) -> Criteria:
    """The criteria that the paper names; worked out once."""
    groups: dict[object, _Group] = {}
    headings: set[str] = set()
    found = {
        name: list(mentions(paper, _TOPIC, ("criteria", name), lambda u: u.within.isdisjoint({"references", "contents"})))
        for name in CRITERIA
    }
    times = Counter(id(m.unit) for own in found.values() for m in own)
    for name, own in found.items():
        names = pattern(paper, name)
        if names is None:
            continue
        for m in own:
            u = m.unit
            if u.kind in ("heading", "title"):
                if "annex" not in u.within:
                    headings.add(name)
            elif u.kind == "cell" or (u.kind == "item" and m.start < _LEAD):
                # A table's cells, or the items of a list, each with one criterion.
                section = paper.record.passages[u.index].section if u.kind == "item" else None
                _add(groups, ("table", u.index) if u.kind == "cell" else ("list", section), name, u, u.places, "")
            if u.kind != "cell" and times[id(u)] >= TOGETHER:
                for s in paper.sentences(u):
                    if names.search(s.text):
                        _add(groups, (id(u), s.start), name, u, (), s.text)
    together = [g for g in groups.values() if len(g.names) >= TOGETHER]
    best = max(together, key=lambda g: (len(g.names), g.unit is not None and "annex" not in g.unit.within), default=None)
    named = best.names if best else set()
    places: tuple[Place, ...] = ()
    if best and best.unit is not None:
        start = best.unit.text.find(best.words) if best.words else 0
        places = best.places or paper.at(best.unit, start, start + len(best.words))
    return Criteria(frozenset(named), places, best.words if best else "", frozenset(headings))


_LEAD = 25
"""Characters of an item within which the criterion that it is about is named."""


def _add(groups: dict[object, _Group], key: object, name: str, unit: Unit, places: tuple[Place, ...], words: str) -> None:
    group = groups.setdefault(key, _Group(unit=unit, places=places, words=words))
    group.names.add(name)
