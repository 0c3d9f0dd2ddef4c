"""Words that stand close to each other: the document's own vocabulary held against its rare words.

No dictionary is asked: a term is misspelt when the same document writes it otherwise, many times.  The neighbours of
a word are found by the forms that both give when letters are left out (deletion neighbourhoods), in time linear in
the number of words.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Neighbours:
    """Words with their neighbours at a small distance.

    Args:
        words: what may be a neighbour; compared as they stand, so give them in one case.
        most: largest distance that counts, 1 or 2.
        ends: letters at the beginning of a word that stand for it in the index; longer words with different
            beginnings are still compared, as one slip can only lie in one place of the first ``ends`` letters.
    """

    def __init__(self, words: Iterable[str], *, most: int = 1, ends: int = 12) -> None:
        self.most = most
        self._ends = ends
        self._by_form: dict[str, list[str]] = defaultdict(list)
        for word in dict.fromkeys(words):
            for form in self._forms(word):
                self._by_form[form].append(word)

    def near(self, word: str) -> list[tuple[str, int]]:
        """Other words within the distance, nearest first, each with its distance."""
        seen = dict.fromkeys(w for form in self._forms(word) for w in self._by_form.get(form, ()) if w != word)
        found = [(other, distance(word, other, self.most)) for other in seen]
        return sorted(((o, d) for o, d in found if d <= self.most), key=lambda pair: (pair[1], pair[0]))

    def _forms(self, word: str) -> Iterator[str]:
        head = word[: self._ends]
        yield from {head, *_without(head, self.most)}


def _without(word: str, most: int) -> Iterator[str]:
    for gone in range(1, min(most, len(word) - 1) + 1):
        for where in combinations(range(len(word)), gone):
            yield "".join(c for i, c in enumerate(word) if i not in where)


def distance(one: str, other: str, most: int = 2) -> int:
    """Letters to put in, leave out, change or swap with their neighbour to get from one word to the other.

    Restricted Damerau–Levenshtein distance; ``most + 1`` where it is larger than ``most``.
    """
    if abs(len(one) - len(other)) > most or _letters_apart(one, other) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if last and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, last[j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def _letters_apart(one: str, other: str) -> int:
    """Letters that one of the words has more than the other: their distance is never smaller."""
    rest = other
    for c in one:
        rest = rest.replace(c, "", 1)
    return max(len(rest), len(rest) + len(one) - len(other))


def one_slip(one: str, other: str) -> bool:
    """Whether two words are at distance 1: the same as ``distance(one, other, 1) == 1``, and many times faster."""
    if len(one) > len(other):
        one, other = other, one
    longer = len(other) - len(one)
    if longer > 1 or one == other:
        return False
    same = 0
    while same < len(one) and one[same] == other[same]:
        same += 1
    if longer:
        return one[same:] == other[same + 1 :]
    if one[same + 1 :] == other[same + 1 :]:
        return True
    return one[same : same + 2] == other[same : same + 2][::-1] and one[same + 2 :] == other[same + 2 :]


def certain(word: str, right: str) -> bool:
    """Whether a word at distance 1 shows how it was mistyped: two neighbours swapped, a letter doubled, or one left out.

    A letter that is changed or put in may as well make another word.
    """
    if len(word) == len(right):
        return sorted(word) == sorted(right)
    if len(word) < len(right):
        return True
    where = next((i for i, (a, b) in enumerate(zip(word, right, strict=False)) if a != b), len(right))
    return word[where] == word[where - 1]
