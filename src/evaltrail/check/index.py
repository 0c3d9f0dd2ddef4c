"""Which words stand in which texts: one pass over a paper, of which many rules make use.

Texts are cut at white space, which is fast, and only the different pieces ("(wells," "well-known") are cut into words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from functools import cache, cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_AGAIN = re.compile(r"[^\w\s](\w+)\s\1(?!\w)")
"""A word twice behind a mark, which pieces do not show: "(the the)"."""


class Index:
    """The words of texts, in lower case.

    Args:
        texts: the texts; a text is known by its position among them.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._found: dict[str, list[int]] = {}

    @cached_property
    def lower(self) -> Sequence[str]:
        """The texts in lower case."""
        return [t.lower() for t in self._texts]

    @cached_property
    def _cut(self) -> tuple[Mapping[str, Sequence[int]], Counter[str], Sequence[int]]:
        """Texts by the pieces between white space that they hold, how often each piece stands, and ``repeating``: cut once for all."""
        at: dict[str, list[int]] = defaultdict(list)
        every: list[str] = []
        repeating: list[int] = []
        for i, text in enumerate(self.lower):
            pieces = text.split()
            every += pieces
            for piece in set(pieces):
                at[piece].append(i)
            if any(map(str.startswith, pieces[1:], pieces)) or _AGAIN.search(text):
                repeating.append(i)
        return at, Counter(every), repeating

    @property
    def _pieces(self) -> Mapping[str, Sequence[int]]:
        return self._cut[0]

    @property
    def repeating(self) -> Sequence[int]:
        """Texts in which a word may stand twice in a row, in order; in the others none does."""
        return self._cut[2]

    @cached_property
    def _words(self) -> Mapping[str, Sequence[str]]:
        """Pieces by the runs of letters in them."""
        held: dict[str, list[str]] = defaultdict(list)
        for piece in self._pieces:
            if piece.isalpha():
                held[piece].append(piece)
            else:
                for word in set(_LETTERS.findall(piece)):
                    held[word].append(piece)
        return dict(held)

    @cached_property
    def _sorted(self) -> Sequence[str]:
        return sorted(self._words)

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each word stands in the texts, in order of appearance; words are letters with inner hyphens and apostrophes."""
        counts: Counter[str] = Counter()
        for piece, n in self._cut[1].items():
            if piece.isalpha():
                counts[piece] += n
            else:
                for word in _WORD.findall(piece):
                    counts[word] += n
        return counts

    def having(self, word: str, *, beginning: bool = False) -> Sequence[int]:
        """Texts that hold a word, or with ``beginning`` one that begins with it, in order."""
        key = f"{word}*" if beginning else word
        found = self._found.get(key)
        if found is None:
            pieces = [p for w in (self._beginning(word) if beginning else (word,)) for p in self._words.get(w, ())]
            found = self._found[key] = sorted({i for p in pieces for i in self._pieces[p]})
        return found

    def _beginning(self, word: str) -> Sequence[str]:
        first = last = bisect_left(self._sorted, word)
        while last < len(self._sorted) and self._sorted[last].startswith(word):
            last += 1
        return self._sorted[first:last]

    def candidates(self, terms: Sequence[str]) -> Sequence[int]:
        """Texts in which one of the terms can stand, in order: those that hold its rarest word.

        A word of a term that ends in ``*`` stands for all that begin with it.
        """
        return sorted({i for term in terms for i in self._with(term)})

    def terms_by_text(self, terms: Sequence[str]) -> Mapping[int, Sequence[str]]:
        """The terms that can stand in each text, for those in which one can, in order of the texts."""
        found: dict[int, list[str]] = {}
        for term in terms:
            for i in self._with(term):
                found.setdefault(i, []).append(term)
        return {i: found[i] for i in sorted(found)}

    def _with(self, term: str) -> Sequence[int]:
        fewest: Sequence[int] | None = None
        for word, beginning in keys(term):
            held = self.having(word, beginning=beginning)
            if not held:
                return held
            if fewest is None or len(held) < len(fewest):
                fewest = held
        return fewest or ()


@cache
def keys(term: str) -> tuple[tuple[str, bool], ...]:
    """The words of a term, each with whether only its beginning is told. Raises ``ValueError`` for a term without letters."""
    found = tuple((m.group(), term[m.end() : m.end() + 1] == "*") for m in _LETTERS.finditer(term.lower()))
    if not found:
        raise ValueError(f"a term without letters: {term!r}")
    return found
