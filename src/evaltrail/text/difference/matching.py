"""Which evaluations and statements of two versions are the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evaltrail.text.difference.pairs import ALIKE, Pair, Thing, pairs
from evaltrail.text.difference.version import part_name
from evaltrail.text.normal import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from evaltrail.text.difference.version import Sighted

ELSEWHERE = 0.6
"""Likeness from which on a statement is taken for the same though its kind or its part of the paper is another."""
FEW = 5
"""Statements below which nobody can say that two papers have little in common."""
_LITTLE = 0.2
"""Share of statements that must have words in common, or the two papers have little in common."""
_SOME = 0.35
"""Likeness from which on two statements have words in common, and not only those that all statements have."""


@dataclass
class Matched:
    """What of two versions is the same."""

    parts: list[tuple[int, int]]
    statements: list[Pair]
    same_language: bool
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.part_new = dict(self.parts)
        self.new_of = {p.old: p.new for p in self.statements}
        self.old_of = {p.new: p.old for p in self.statements}


def matched(old: Sighted, new: Sighted) -> Matched:
    """Pair evaluations and statements."""
    languages = old.record.document.language, new.record.document.language
    same_language = not all(languages) or languages[0] == languages[1]
    parts = _parts(old, new)
    found = _statements(old, new, dict(parts), words=same_language)
    notes = []
    if not same_language:
        notes.append(
            f"These two are in different languages ({languages[0]} and {languages[1]}): statements are matched by kind and number, "
            "and their words are not compared."
        )
    else:
        found, note = _in_common(found, len(old.statements), len(new.statements))
        notes += [note] if note else []
    return Matched(parts, sorted(found, key=lambda p: p.old), same_language, notes)


def _in_common(found: list[Pair], old: int, new: int) -> tuple[list[Pair], str]:
    """The pairs, and what is to be said where there are few; then a number alone is no reason to match two statements."""
    most = max(old, new)
    alike = [p for p in found if p.likeness >= _SOME]
    if min(old, new) < FEW or len(alike) >= _LITTLE * most:
        return found, ""
    return alike, f"These two have little in common: {len(alike)} of {most} statements match."


def _parts(old: Sighted, new: Sighted) -> list[tuple[int, int]]:
    """Pairs of evaluations: by label and title, by title, by the words of their statements, by label; at last one left on both sides."""
    mine, theirs = old.record.evaluations, new.record.evaluations
    out: dict[int, int] = {}
    _by(out, [(fold(e.label or ""), fold(e.title)) for e in mine], [(fold(e.label or ""), fold(e.title)) for e in theirs])
    _by(out, [fold(e.title) or None for e in mine], [fold(e.title) or None for e in theirs])
    shared = _shared(old, new)
    for n, i, j in sorted(((-n, i, j) for (i, j), n in shared.items()), key=lambda x: (x[0], abs(x[1] - x[2]), min(x[1:]))):
        if i not in out and j not in out.values() and n <= -1:
            out[i] = j
    left = [i for i in range(len(mine)) if i not in out], [j for j in range(len(theirs)) if j not in set(out.values())]
    alike = pairs([Thing(part_name(mine[i])) for i in left[0]], [Thing(part_name(theirs[j])) for j in left[1]], least=ALIKE)
    out |= {left[0][p.old]: left[1][p.new] for p in alike}
    _by(out, [fold(e.label or "") or None for e in mine], [fold(e.label or "") or None for e in theirs])
    left = [i for i in range(len(mine)) if i not in out], [j for j in range(len(theirs)) if j not in set(out.values())]
    if len(left[0]) == 1 == len(left[1]):
        out[left[0][0]] = left[1][0]
    return sorted(out.items())


def _by(out: dict[int, int], mine: list[Hashable], theirs: list[Hashable]) -> None:
    """Pair what has the same key, the first with the first."""
    taken = set(out.values())
    where: dict[Hashable, list[int]] = defaultdict(list)
    for j, key in enumerate(theirs):
        if key is not None and j not in taken:
            where[key].append(j)
    for i, key in enumerate(mine):
        if i not in out and where.get(key):
            out[i] = where[key].pop(0)


def _shared(old: Sighted, new: Sighted) -> Counter[tuple[int, int]]:
    """How many statements two evaluations share word for word."""
    where: dict[str, set[int]] = defaultdict(set)
    for j, s in enumerate(new.statements):
        where[fold(s.text)].add(new.part_of[j])
    out: Counter[tuple[int, int]] = Counter()
    for i, s in enumerate(old.statements):
        at = where.get(fold(s.text), set())
        if len(at) == 1 and s.text.count(" ") > FEW:
            out[old.part_of[i], next(iter(at))] += 1
    return out


def _statements(old: Sighted, new: Sighted, parts: dict[int, int], *, words: bool) -> list[Pair]:
    """Pairs of statements: within their part and kind; then what is left of the kind in all parts; then of all kinds."""
    part_name_of = {j: i for i, j in parts.items()}
    left = (list(range(len(old.statements))), list(range(len(new.statements))))
    found: list[Pair] = []

    def of_old(i: int) -> Hashable:
        return ("old", old.part_of[i]), old.statements[i].kind

    def of_new(j: int) -> Hashable:
        part = new.part_of[j]
        return ("old", part_name_of[part]) if part in part_name_of else ("new", part), new.statements[j].kind

    rounds: list[tuple[Callable[[int], Hashable], Callable[[int], Hashable], float, bool]] = [(of_old, of_new, ALIKE, True)]
    if words:
        rounds += [
            (lambda i: old.statements[i].kind, lambda j: new.statements[j].kind, ELSEWHERE, False),
            (lambda _: None, lambda _: None, ELSEWHERE, False),
        ]
    for sort_old, sort_new, least, named in rounds:
        things = (
            [_thing(old, i, sort_old(i), words=words, named=named) for i in left[0]],
            [_thing(new, j, sort_new(j), words=words, named=named) for j in left[1]],
        )
        some = [Pair(left[0][p.old], left[1][p.new], p.by, p.likeness) for p in pairs(*things, least=least)]
        # A few words that many statements have ("Accepted.") tell none across parts or kinds.
        some = [p for p in some if named or old.statements[p.old].text.count(" ") >= FEW]
        found += some
        gone = {p.old for p in some}, {p.new for p in some}
        left = ([i for i in left[0] if i not in gone[0]], [j for j in left[1] if j not in gone[1]])
    return found


def _thing(version: Sighted, index: int, sort: Hashable, *, words: bool, named: bool) -> Thing:
    return Thing(version.statements[index].text if words else "", _name(version, index) if named else None, sort)


def _name(version: Sighted, index: int) -> Hashable:
    """What tells a statement among its kind: its number, else its label, else what it answers; and what it is a part of."""
    s = version.statements[index]
    own: Hashable = fold(s.number or "") or fold(s.label or "")
    if s.kind == "response" and not s.number:
        answered = [version.statements[version.at[a.id]] for a in s.answers if a.record is None and a.id in version.at]
        own = (own, *(fold(a.number or "") or fold(a.label or "") for a in answered)) if answered else own
    if not own:
        return None
    whole = version.at.get(s.parent) if s.parent else None
    above = version.statements[whole] if whole is not None else None
    return own, fold(above.number or above.label or "") if above else None
