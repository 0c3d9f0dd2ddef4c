"""Statements that were split into several, and several that became one."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaltrail.record import FieldChange
from evaltrail.text.difference.pairs import alike, features
from evaltrail.text.difference.words import compared
from evaltrail.text.normal import aligned, fold

if TYPE_CHECKING:
    from evaltrail.text.difference.matching import Matched
    from evaltrail.text.difference.version import Sighted

_WITHIN = 0.75
"""Share of a statement's words and pairs of words that the other must have, for it to be taken for a piece of that."""
_TOGETHER = 0.8
"""How like the pieces together must be to the whole."""
_SHORTEST = 5
"""Words of a piece: fewer prove nothing."""
_MOST = 200
"""Statements that share a rare pair of words, above which the pair proposes nothing."""


@dataclass(frozen=True, slots=True)
class Join:
    """Statements of the older version that together say what those of the newer do; one of the sides has one."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    likeness: float
    fields: tuple[FieldChange, ...]


def joins(old: Sighted, new: Sighted, same: Matched) -> list[Join]:
    """Splits and merges: a statement whose words are those of two or more of the other version, of its kind and part."""
    splits = _splits(old, new, same.new_of, same.part_new)
    back = {j: i for i, j in same.part_new.items()}
    merges = _splits(new, old, same.old_of, back)
    out = []
    taken: tuple[set[int], set[int]] = (set(), set())
    for whole, pieces, like in splits:
        out.append(Join((whole,), pieces, like, _fields(old.statements[whole].text, _text(new, pieces))))
        taken[0].add(whole)
        taken[1].update(pieces)
    for whole, pieces, like in merges:
        if whole in taken[1] or taken[0] & set(pieces):
            continue
        out.append(Join(pieces, (whole,), like, _fields(_text(old, pieces), new.statements[whole].text)))
    return out


def _splits(a: Sighted, b: Sighted, b_of: dict[int, int], parts: dict[int, int]) -> list[tuple[int, tuple[int, ...], float]]:
    """Statements of ``a`` with those of ``b`` that they were split into: what it was matched with, and new ones."""
    taken = set(b_of.values())
    loose = [j for j in range(len(b.statements)) if j not in taken]
    if not loose:
        return []
    wholes = _candidates(a, b, loose, b_of, parts)
    out = []
    used: set[int] = set()
    for i, found in sorted(wholes.items()):
        mine = [j for j in found if j not in used]
        first = b_of.get(i)
        pieces = tuple(sorted([*mine, *([first] if first is not None else [])]))
        if len(pieces) < 2 or (first is not None and not _piece(b, first, a, i)):
            continue
        like = alike(features(_key(a.statements[i].text)), features(_key(_text(b, pieces))))
        if like >= _TOGETHER:
            out.append((i, pieces, like))
            used.update(pieces)
    return out


def _candidates(a: Sighted, b: Sighted, loose: list[int], b_of: dict[int, int], parts: dict[int, int]) -> dict[int, list[int]]:
    """Each statement of ``a`` that may have been split, with the loose statements of ``b`` whose words it has."""
    having: dict[str, list[int]] = defaultdict(list)
    for i, s in enumerate(a.statements):
        if i not in b_of or s.text != b.statements[b_of[i]].text:
            for f in features(_key(s.text)):
                if " " in f:
                    having[f].append(i)
    out: dict[int, list[int]] = defaultdict(list)
    for j in loose:
        s = b.statements[j]
        votes: Counter[int] = Counter()
        for f in features(_key(s.text)):
            some = having.get(f, ())
            if len(some) <= _MOST:
                votes.update(some)
        fit = [
            i
            for i, _ in sorted(votes.items(), key=lambda x: (-x[1], x[0]))[:4]
            if a.statements[i].kind == s.kind
            and parts.get(a.part_of[i]) == b.part_of[j]
            and _level(a, i, b, j, b_of)
            and _piece(b, j, a, i)
        ]
        if fit:
            out[fit[0]].append(j)
    return out


def _level(a: Sighted, i: int, b: Sighted, j: int, b_of: dict[int, int]) -> bool:
    """Whether both are statements of their own, or parts of the same one: a list's words stand in the whole's text too."""
    mine, theirs = a.statements[i].parent, b.statements[j].parent
    if mine is None or theirs is None:
        return mine is theirs
    return mine in a.at and theirs in b.at and b_of.get(a.at[mine]) == b.at[theirs]


def _piece(small: Sighted, j: int, large: Sighted, i: int) -> bool:
    """Whether a statement's words are among the other's."""
    own = features(_key(small.statements[j].text))
    whole = features(_key(large.statements[i].text))
    words = sum(n for f, n in own.items() if " " not in f)
    return words >= _SHORTEST and (own & whole).total() >= _WITHIN * own.total()


def _key(text: str) -> str:
    return fold(aligned(text))


def _text(version: Sighted, indices: tuple[int, ...]) -> str:
    return "\n".join(version.statements[n].text for n in indices)


def _fields(old: str, new: str) -> tuple[FieldChange, ...]:
    return (FieldChange(field="text", old=old, new=new, words=compared(old, new).stretches),)
