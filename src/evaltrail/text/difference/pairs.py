"""Which things of two versions are the same: statements, notes, actions, passages.

Surest first: the same words under the same name, the same words, words that are alike, at last the same name alone.  What comes out does
not depend on which version is the older: swapped, the same pairs come swapped.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from evaltrail.text.normal import aligned as straight
from evaltrail.text.normal import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

    from evaltrail.record import MatchedBy

ALIKE = 0.5
"""Likeness from which on two things are taken for the same whatever they are called."""
ALIKE_BY_NAME = 0.2
"""Likeness from which on two things of the same name are taken for the same before others are asked."""
_NAME = 0.25
"""What the same name is worth beside likeness."""
_TELLING = 5
"""Words from which on a text tells a thing by itself: "Accepted." is said of many a recommendation."""
_CANDIDATES = 8
"""Things of the other version that one is compared with."""
_COMMON = 64
"""Pairs of things that share a word, from which on the word proposes none: it is everywhere."""
_ALL = 900
"""Pairs of things that are all compared."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something to find again in the other version."""

    text: str
    name: Hashable = None
    """What it is called; None: nothing."""
    sort: Hashable = None
    """Only things of the same sort are compared."""

    def key(self) -> str:
        """Its words in the form in which equal ones are equal."""
        return fold(straight(self.text)) or self.text.strip()


@dataclass(frozen=True, slots=True)
class Pair:
    """A thing of the older version and the one of the newer that is taken for the same."""

    old: int
    new: int
    by: MatchedBy
    likeness: float


def pairs(old: Sequence[Thing], new: Sequence[Thing], *, least: float = ALIKE, by_name: bool = True) -> list[Pair]:
    """Each thing at most once, in the order of the older version.

    Args:
        old: things of the older version.
        new: things of the newer version.
        least: likeness from which on things of another name are taken for the same.
        by_name: whether the same name alone is enough, where nothing better is left.
    """
    work = _Work(old, new, least)
    work.take_equal(lambda t, key: (t.sort, t.name, key) if t.name is not None else None, "name")
    work.take_equal(lambda t, key: (t.sort, key) if key.count(" ") >= _TELLING - 1 else None, "words")
    work.take_alike()
    if by_name:
        work.take_equal(lambda t, _: (t.sort, t.name) if t.name is not None else None, "name")
    work.take_equal(lambda t, key: (t.sort, key) if t.name is None else None, "words")
    return sorted(work.found, key=lambda p: p.old)


class _Work:
    def __init__(self, old: Sequence[Thing], new: Sequence[Thing], least: float) -> None:
        self.old, self.new, self.least = old, new, least
        self.keys = [t.key() for t in old], [t.key() for t in new]
        self.left = dict.fromkeys(range(len(old))), dict.fromkeys(range(len(new)))
        self.found: list[Pair] = []

    def _take(self, i: int, j: int, by: MatchedBy, likeness: float) -> None:
        self.found.append(Pair(i, j, by, likeness))
        del self.left[0][i], self.left[1][j]

    def take_equal(self, of: Callable[[Thing, str], Hashable], by: MatchedBy) -> None:
        """Pair what is equal under ``of``; of several equal ones the first with the first, and so on."""
        groups: dict[Hashable, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for side, things in enumerate((self.old, self.new)):
            for i in self.left[side]:
                key = of(things[i], self.keys[side][i])
                if key is not None:
                    groups[key][side].append(i)
        for mine, others in groups.values():
            for i, j in zip(mine, others, strict=False):
                same = self.keys[0][i] == self.keys[1][j]
                self._take(i, j, by, 1.0 if same else alike(features(self.keys[0][i]), features(self.keys[1][j])))

    def take_alike(self) -> None:
        """Pair what is alike, the most alike first."""
        if not self.left[0] or not self.left[1]:
            return
        left = {i: features(self.keys[0][i]) for i in self.left[0]}
        right = {j: features(self.keys[1][j]) for j in self.left[1]}
        weight = _weights(left.values(), right.values())
        totals = {i: _total(c, weight) for i, c in left.items()}, {j: _total(c, weight) for j, c in right.items()}
        scored = []
        for i, j in self._candidates(left, right):
            both = totals[0][i] + totals[1][j]
            like = 2 * _common(left[i], right[j], weight) / both if both else 0.0
            same = self.old[i].name is not None and self.old[i].name == self.new[j].name
            if like >= (ALIKE_BY_NAME if same else self.least):
                # The order of the last two does not depend on which version is the older.
                scored.append((-round(like + _NAME * same, 6), abs(i - j), min(i, j), i, j, like, same))
        for *_, i, j, like, same in sorted(scored):
            if i in self.left[0] and j in self.left[1]:
                self._take(i, j, "name" if same else "likeness", like)

    def _candidates(self, left: dict[int, Counter[str]], right: dict[int, Counter[str]]) -> Iterator[tuple[int, int]]:
        """Pairs worth comparing: those of the same name, and of each thing those that it shares most rare words with."""
        if len(left) * len(right) <= _ALL:
            yield from ((i, j) for i in left for j in right if self.old[i].sort == self.new[j].sort)
            return
        named: dict[Hashable, list[int]] = defaultdict(list)
        for j in right:
            if self.new[j].name is not None:
                named[self.new[j].sort, self.new[j].name].append(j)
        # Most words and pairs of words stand on one side only.
        both = set().union(*left.values()) & set().union(*right.values())
        mine, theirs = _having(left, self.old, both), _having(right, self.new, both)
        shared: Counter[tuple[int, int]] = Counter()
        for key, some in mine.items():
            others = theirs.get(key, ())
            if len(some) * len(others) <= _COMMON:
                for i in some:
                    for j in others:
                        shared[i, j] += 1
        best: tuple[dict[int, list[tuple[int, int]]], ...] = (defaultdict(list), defaultdict(list))
        for (i, j), n in shared.items():
            best[0][i].append((n, j))
            best[1][j].append((n, i))
        out = {(i, j): None for i, some in best[0].items() for _, j in _most(some, i)}
        out |= {(i, j): None for j, some in best[1].items() for _, i in _most(some, j)}
        for i in left:
            if self.old[i].name is not None:
                out |= {(i, j): None for j in named.get((self.old[i].sort, self.old[i].name), ())[:_CANDIDATES]}
        yield from out


def _most(some: list[tuple[int, int]], near: int) -> list[tuple[int, int]]:
    return sorted(some, key=lambda x: (-x[0], abs(x[1] - near), x[1]))[:_CANDIDATES]


def _having(features_of: dict[int, Counter[str]], things: Sequence[Thing], among: set[str]) -> dict[Hashable, list[int]]:
    out: dict[Hashable, list[int]] = defaultdict(list)
    for i, words in features_of.items():
        sort = things[i].sort
        for w in words:
            if w in among:
                out[sort, w].append(i)
    return out


def features(key: str) -> Counter[str]:
    """Words of a folded text and pairs of neighbouring words, counted."""
    words = key.split()
    out = Counter(words)
    out.update(f"{a} {b}" for a, b in pairwise(words))
    return out


def _weights(left: Iterable[Counter[str]], right: Iterable[Counter[str]]) -> dict[str, int]:
    """Whole weights of words and pairs, the more the fewer things have them; whole, so that their sums are exact in any order."""
    having = [Counter(w for c in side for w in c) for side in (left, right)]
    among = having[0] | having[1]
    most = max(among.values(), default=1)
    # A word of half the things weighs 2, one of a single thing of a thousand 11.
    return {w: 1 + (most // n).bit_length() for w, n in among.items()}


def _total(words: Counter[str], weight: dict[str, int]) -> int:
    return sum(n * weight[w] for w, n in words.items())


def _common(a: Counter[str], b: Counter[str], weight: dict[str, int]) -> int:
    """The weight that two have in common."""
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    return sum(min(small[w], large[w]) * weight[w] for w in small.keys() & large.keys())


def alike(a: Counter[str], b: Counter[str]) -> float:
    """Twice the words and pairs in common over all, 0 to 1."""
    both = a.total() + b.total()
    return 2 * (a & b).total() / both if both else 0.0
