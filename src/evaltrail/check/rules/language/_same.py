"""Whether two spelt-out forms of an acronym are the same name."""

from __future__ import annotations

from evaltrail.check.spelling import distance
from evaltrail.text.normal import fold

_HEAD = 5
"""Letters by which two forms of a word are the same: "programme" and "programming"."""


def same_words(one: str, other: str, small: frozenset[str]) -> bool:
    """Whether the names have the same words, small words, endings and a slip of the pen apart, or one is a part of the other."""
    a, b = _stems(one, small), _stems(other, small)
    if any(w.isupper() or w[:-1].isupper() for w in f"{one} {other}".split() if len(w) > 2):
        return True  # an acronym in the words of another: which words it stands for is not known here
    if not a or not b or "".join(a) == "".join(b):
        return True
    lost = [w for w in a if not any(_alike(w, v) for v in b)]
    added = [w for w in b if not any(_alike(w, v) for v in a)]
    return not lost or not added


def _stems(words: str, small: frozenset[str]) -> list[str]:
    return [w.replace("z", "s")[:_HEAD] for w in fold(words).split() if w not in small and len(w) > 1]


def _alike(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one) or distance(one, other, 1) <= 1
