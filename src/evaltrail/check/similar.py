"""Texts that say the same in nearly the same words, found in time that grows with the number of words.

Texts are cut into shingles (runs of three words, folded). An index from shingle to texts gives the few pairs that share
some; only those are compared. A shingle remembers the first few texts that have it, so that a phrase that stands in
thousands of texts ("the evaluation found that") costs no more than one that stands in eight.

    near_duplicates(texts)        pairs within one list: recommendations said twice
    repeated(texts, among)        texts of one list that mostly stand in one of another: a lesson that is a finding again
    Runs(others).in_text(text)    the same words in a row as in another paper
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaltrail.text.normal import strip_accents

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SIZE = 3
"""Words of a shingle."""
_REMEMBERED = 8
"""Texts that a shingle remembers, at most."""
_COMPARED = 4
"""Other texts that one is compared with, at most: those with the most shingles in common."""
_CANDIDATE = 0.3
"""Share of a text's shingles that another must have for the two to be compared."""
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Alike:
    """Two texts with most words in common."""

    first: int
    """Index of the one text."""
    second: int
    """Index of the other: in the same list, and greater, or in the list ``among``."""
    of_first: float
    """Share of the first text's words, each as often as it stands there, that the second has too: 0 to 1."""
    of_second: float
    """The same the other way."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row that stand in another text too."""

    start: int
    """Offset of the first character in the text."""
    end: int
    other: int
    """Index of the other text."""
    other_start: int
    """Offset of the run's first character in the other text."""
    words: int


def words_of(text: str) -> list[str]:
    """The words and numbers of a text, without case and accents."""
    return _WORD.findall(strip_accents(text).casefold())


def near_duplicates(texts: Sequence[str], *, least: float = 0.85, words: int = 6) -> list[Alike]:
    """Pairs of texts of which each has at least the share ``least`` of the other's words, most of them in the same order.

    Args:
        texts: the texts.
        least: share of the words that both must have in common, 0 to 1.
        words: texts with fewer words are left out; short ones are often alike by chance.

    A text that stands many times makes one pair with the one before it, not a pair with each other.
    """
    cut = [words_of(t) for t in texts]
    found: list[Alike] = []
    index: dict[int, list[int]] = {}
    last_same: dict[tuple[str, ...], int] = {}
    for i, own in enumerate(cut):
        if len(own) < words:
            continue
        if (same := last_same.get(tuple(own))) is not None:
            found.append(Alike(same, i, 1.0, 1.0))
        else:
            found += [a for a in _compared(i, own, index, cut, _CANDIDATE) if min(a.of_first, a.of_second) >= least]
            _remember(i, own, index)
        last_same[tuple(own)] = i
    return found


def repeated(texts: Sequence[str], among: Sequence[str], *, least: float = 0.85, words: int = 6) -> list[Alike]:
    """For each text the one of ``among`` that holds most of its words, if it holds at least the share ``least``.

    Args:
        texts: the texts that may repeat another.
        among: those that may be repeated; one may be longer and say more.
        least: share of the words of the text that the other must have, 0 to 1.
        words: texts with fewer words are left out.
    """
    others = [words_of(t) for t in among]
    index: dict[int, list[int]] = {}
    for j, own in enumerate(others):
        _remember(j, own, index)
    found: list[Alike] = []
    for i, text in enumerate(texts):
        own = words_of(text)
        if len(own) < words:
            continue
        best = max(
            (Alike(i, a.first, a.of_second, a.of_first) for a in _compared(i, own, index, others, _CANDIDATE)), key=_rank, default=None
        )
        if best is not None and best.of_first >= least:
            found.append(best)
    return found


class Runs:
    """Finds runs of words that a text shares with any of several others.

    Args:
        others: the other texts.
        least: words in a row from which on a run counts.
    """

    def __init__(self, others: Sequence[str], *, least: int = 25) -> None:
        self._least = least
        self._others = [_spans(t) for t in others]
        self._at: dict[int, tuple[int, int]] = {}
        for n, (own, _) in enumerate(self._others):
            for i, h in enumerate(_windows(own, least)):
                self._at.setdefault(h, (n, i))

    def in_text(self, text: str) -> Iterator[Run]:
        """The longest runs of the text, in order, none within another."""
        own, spans = _spans(text)
        i = 0
        hashes = list(_windows(own, self._least))
        while i < len(hashes):
            at = self._at.get(hashes[i])
            if at is None:
                i += 1
                continue
            other, other_spans = self._others[at[0]]
            length = 0
            while i + length < len(own) and at[1] + length < len(other) and own[i + length] == other[at[1] + length]:
                length += 1
            if length < self._least:  # two different windows with one hash
                i += 1
                continue
            yield Run(spans[i][0], spans[i + length - 1][1], at[0], other_spans[at[1]][0], length)
            i += length


def _rank(a: Alike) -> float:
    return a.of_first + a.of_second / 10


def _shingles(own: Sequence[str]) -> set[int]:
    return {hash(tuple(own[i : i + SIZE])) for i in range(max(1, len(own) - SIZE + 1))}


def _remember(i: int, own: Sequence[str], index: dict[int, list[int]]) -> None:
    for s in _shingles(own):
        have = index.setdefault(s, [])
        if len(have) < _REMEMBERED:
            have.append(i)


def _compared(i: int, own: Sequence[str], index: dict[int, list[int]], cut: Sequence[Sequence[str]], share: float) -> Iterator[Alike]:
    """How much a text has in common with the remembered ones that share most shingles; ``first`` is the remembered one."""
    mine = _shingles(own)
    common: Counter[int] = Counter(j for s in mine for j in index.get(s, ()))
    counted = Counter(own)
    for j, n in sorted(common.items(), key=lambda x: (-x[1], x[0]))[:_COMPARED]:
        if n < share * len(mine):
            break
        both = (counted & Counter(cut[j])).total()
        yield Alike(j, i, both / len(cut[j]), both / len(own))


def _spans(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    found = list(_WORD.finditer(text))
    return [strip_accents(m.group()).casefold() for m in found], [m.span() for m in found]


_BASE = 1_000_003
_MODULUS = (1 << 61) - 1


def _windows(own: Sequence[str], size: int) -> Iterator[int]:
    """A hash of every run of ``size`` words, each from the one before."""
    if len(own) < size:
        return
    codes = [hash(w) for w in own]
    top = pow(_BASE, size - 1, _MODULUS)
    value = 0
    for c in codes[:size]:
        value = (value * _BASE + c) % _MODULUS
    yield value
    for i in range(size, len(codes)):
        value = ((value - codes[i - size] * top) * _BASE + codes[i]) % _MODULUS
        yield value
