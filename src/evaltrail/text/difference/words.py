"""Two texts word by word, so that a person can read what changed.

Words are aligned first.  Then comes what makes it readable: a sentence that has little in common with the other version counts as
written anew and not as patched, a stray word between two changes goes with them, and what differs in quotes, dashes, spaces or hyphens
alone is no change.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from evaltrail.record import Stretch
from evaltrail.text.difference.alignment import aligned
from evaltrail.text.difference.tokens import Tokens, is_number, is_word, tokens
from evaltrail.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evaltrail.text.difference.alignment import Pairs

_ANEW = 0.4
"""Share of a sentence's words that must be in the other version, or it counts as written anew."""
_LONG_SENTENCE = 4
"""Words from which on a sentence can be told to be written anew."""


@dataclass(frozen=True, slots=True)
class Hunk:
    """Tokens ``old[a0:a1]`` that stand where ``new[b0:b1]`` stands; ``same``: with the same keys."""

    same: bool
    a0: int
    a1: int
    b0: int
    b1: int


@dataclass(frozen=True, slots=True)
class ComparedText:
    """What came of comparing two texts."""

    stretches: tuple[Stretch, ...]
    """The words that only the newer has and those of both give the newer text; those only the older has and those of both, the older."""
    changed: bool
    """Whether words differ."""
    typographic: bool
    """Whether quotes, dashes, spaces or hyphens differ besides."""


def compared(old: str, new: str) -> ComparedText:
    """Compare two texts word by word."""
    if old == new:
        return ComparedText((Stretch(how="same", text=new),) if new else (), changed=False, typographic=False)
    a, b = tokens(old), tokens(new)
    if not len(a) or not len(b):
        # Nothing that could be compared: blanks against blanks say the same.
        blank = not len(a) and not len(b)
        whole = (Stretch(how="removed", text=old),) * bool(old) + (Stretch(how="added", text=new),) * bool(new)
        return ComparedText((Stretch(how="same", text=new, was=old),) if blank else whole, changed=not blank, typographic=blank)
    pairs = _without_new_sentences(aligned(a.keys, b.keys), a, b)
    hunks = _grouped(list(_hunks(pairs, len(a), len(b))), a, b)
    hunks = list(_joined(_hyphens(h, a, b) for h in hunks))
    stretches = tuple(_stretches(hunks, a, b))
    return ComparedText(stretches, changed=any(s.how != "same" for s in stretches), typographic=any(s.was is not None for s in stretches))


def likeness(old: str, new: str) -> float:
    """How much of two texts' words are the same, 0 to 1: twice the words in common over all words, wherever they stand."""
    a = Counter(k.lower() for k in tokens(old).keys if is_word(k))
    b = Counter(k.lower() for k in tokens(new).keys if is_word(k))
    both = a.total() + b.total()
    return 2 * (a & b).total() / both if both else float(old.split() == new.split())


def _without_new_sentences(pairs: Pairs, a: Tokens, b: Tokens) -> Pairs:
    """The pairs, aligned again without the sentences that share only a few words with the other text."""
    poor_a = _poor(a, [i for i, _ in pairs])
    poor_b = _poor(b, [j for _, j in pairs])
    if not poor_a and not poor_b:
        return pairs
    # A number and its side are equal to nothing else.
    left = [(i, "old") if i in poor_a else k for i, k in enumerate(a.keys)]
    right = [(j, "new") if j in poor_b else k for j, k in enumerate(b.keys)]
    return aligned(left, right)


def _poor(of: Tokens, matched: Sequence[int]) -> set[int]:
    """Tokens of the sentences of which too little was matched."""
    if len(matched) == len(of):
        return set()
    starts = [s.start for s in sentences(of.text)]
    words: Counter[int] = Counter()
    found: Counter[int] = Counter()
    at = [bisect_right(starts, s) for s in of.starts]
    for i, key in enumerate(of.keys):
        words[at[i]] += is_word(key)
    for i in matched:
        found[at[i]] += is_word(of.keys[i])
    poor = {n for n, k in words.items() if k >= _LONG_SENTENCE and found[n] < _ANEW * k}
    return {i for i in range(len(of)) if at[i] in poor}


def _hunks(pairs: Pairs, last_a: int, last_b: int) -> Iterator[Hunk]:
    """Runs of pairs, and what lies between them."""
    a = b = 0
    n = 0
    while n < len(pairs):
        i, j = pairs[n]
        if i > a or j > b:
            yield Hunk(same=False, a0=a, a1=i, b0=b, b1=j)
        k = n
        while k < len(pairs) and pairs[k] == (i + k - n, j + k - n):
            k += 1
        a, b = i + k - n, j + k - n
        yield Hunk(same=True, a0=i, a1=a, b0=j, b1=b)
        n = k
    if a < last_a or b < last_b:
        yield Hunk(same=False, a0=a, a1=last_a, b0=b, b1=last_b)


def _grouped(hunks: list[Hunk], a: Tokens, b: Tokens) -> list[Hunk]:
    """The hunks with stray words between two changes taken into these, as long as there are any."""
    while True:
        swallowed = {n for n in range(1, len(hunks) - 1) if hunks[n].same and _stray(hunks[n - 1], hunks[n], hunks[n + 1], a, b)}
        if not swallowed:
            return hunks
        hunks = list(_joined(Hunk(same=h.same and n not in swallowed, a0=h.a0, a1=h.a1, b0=h.b0, b1=h.b1) for n, h in enumerate(hunks)))


def _stray(before: Hunk, h: Hunk, after: Hunk, a: Tokens, b: Tokens) -> bool:
    """Whether the same words between two changes are too few to be read on their own."""
    words = sum(is_word(k) for k in a.keys[h.a0 : h.a1])
    if words > 3 or any(is_number(k) for k in a.keys[h.a0 : h.a1]):
        return False  # a number that stayed is as telling as one that changed
    if _one_number(before, a, b) and _one_number(after, a, b):
        return False  # '5 of 12' to '7 of 15' reads best number by number
    around = [max(sum(map(is_word, a.keys[x.a0 : x.a1])), sum(map(is_word, b.keys[x.b0 : x.b1]))) for x in (before, after)]
    if not words:
        return min(around) > 1 and h.a1 - h.a0 < 2 and a.keys[h.a0] not in ".!?;:"
    return words <= min(around) and 2 * words <= max(around)


def _one_number(h: Hunk, a: Tokens, b: Tokens) -> bool:
    return h.a1 - h.a0 == 1 == h.b1 - h.b0 and is_number(a.keys[h.a0]) and is_number(b.keys[h.b0])


def _joined(hunks: Iterator[Hunk]) -> Iterator[Hunk]:
    """Neighbours of the same sort as one."""
    held: Hunk | None = None
    for h in hunks:
        if held is not None and held.same == h.same and not (h.same and held.a1 - held.a0 != held.b1 - held.b0):
            held = Hunk(same=h.same, a0=held.a0, a1=h.a1, b0=held.b0, b1=h.b1)
            continue
        if held is not None:
            yield held
        held = h
    if held is not None:
        yield held


def _hyphens(h: Hunk, a: Tokens, b: Tokens) -> Hunk:
    """A change that only puts or takes away hyphens between letters ('co-operation') is none."""
    if h.same or h.a0 == h.a1 or h.b0 == h.b1:
        return h
    left, right = a.keys[h.a0 : h.a1], b.keys[h.b0 : h.b1]
    if "-" in left + right and _solid(left) and _solid(right) and _unhyphenated(left) == _unhyphenated(right):
        return Hunk(same=True, a0=h.a0, a1=h.a1, b0=h.b0, b1=h.b1)
    return h


def _solid(keys: Sequence[str]) -> bool:
    """Whether the tokens are letters with hyphens between them, and nothing else."""
    return all(k.isalpha() or k == "-" for k in keys) and keys[0] != "-" != keys[-1]


def _unhyphenated(keys: Sequence[str]) -> str:
    return "".join(k for k in keys if k != "-")


def _stretches(hunks: list[Hunk], a: Tokens, b: Tokens) -> Iterator[Stretch]:
    """The hunks as stretches of text; white space at their edges goes where it reads best."""
    left: list[list[str]] = []
    for h in hunks:
        old, new = a.slice(h.a0, h.a1), b.slice(h.b0, h.b1)
        left.append(["same" if h.same else "other", old, new])
    for before, after in pairwise(left):
        tails = [x[len(x.rstrip()) :] for x in before[1:]]
        if before[0] == "same" and tails[0].strip(" ") == tails[1].strip(" ") and tails[0] == tails[1]:
            continue
        if before[0] == "other" and before[1] and before[2] and tails[0] != tails[1]:
            continue
        if before[0] == "other" and not (before[1] and before[2]):
            continue
        # What both end in stands after the change; where only one does, it belongs to what follows there.
        for n in (1, 2):
            cut = len(before[n].rstrip())
            before[n], after[n] = before[n][:cut], before[n][cut:] + after[n]
    for sort, old, new in left:
        if sort == "same":
            yield Stretch(how="same", text=new, was=old if old != new else None)
            continue
        if old:
            yield Stretch(how="removed", text=old)
        if new:
            yield Stretch(how="added", text=new)
