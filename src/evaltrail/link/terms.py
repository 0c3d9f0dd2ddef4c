"""Words that carry what a statement is about, and how alike statements are by them."""

from __future__ import annotations

import math
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from evaltrail.text.normal import aligned, fold
from evaltrail.text.packs import languages, pack

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

STEM = 6
"""Letters by which words are compared: "evaluation", "evaluate" and "evaluators" are one word, in all four languages alike."""
_SHORTEST = 3

Term = str | tuple[str, str]
"""A word's stem, or two that stand beside each other."""
Weights = dict[Term, float]
"""Term -> weight; the squares of the weights sum up to 1."""


@cache
def stop_words(language: str | None) -> frozenset[str]:
    """Words that say nothing of what a statement is about: function words, and those that ask ("should").

    Of one language, or of all where it is unknown.
    """
    codes = (language,) if language in languages() else languages()
    words: set[str] = set()
    for code in codes:
        words.update(fold(w) for w in pack(str(code), "stopwords").get("words", ()))
        words.update(w for asks in pack(str(code), "statements").get("sentences", {}).get("asks", ()) for w in fold(asks).split())
    return frozenset(words)


def terms(text: str, language: str | None = None) -> list[str]:
    """The content words of a text in order, each cut to its stem; numbers whole."""
    stop = stop_words(language)
    # Straight quotes and dashes first: most texts then are plain ASCII, which folds fast.
    words = fold(aligned(text)).split()
    return [w if w.isdigit() else w[:STEM] for w in words if w not in stop and (len(w) >= _SHORTEST or w.isdigit())]


def weigh(texts: Sequence[Sequence[str]]) -> list[Weights]:
    """Weights of the terms of each text, and of its pairs of neighbouring terms: the more, the fewer of the texts have them.

    Args:
        texts: the texts as :func:`terms` gives them.
    """
    counts: list[dict[Term, int]] = []
    among: Counter[Term] = Counter()
    for words in texts:
        count: dict[Term, int] = dict.fromkeys(pairwise(words), 1)
        count.update(Counter(words))
        counts.append(count)
        among.update(count.keys())
    # What stands in every text tells none from another.
    rare = {k: max(0.0, math.log((len(texts) + 1) / (k + 0.5))) for k in set(among.values())}
    often = [1.0, 1.0, *(1 + math.log(k) for k in range(2, 1 + max((max(c.values(), default=1) for c in counts), default=1)))]
    out = []
    for count in counts:
        weights = {t: often[k] * rare[among[t]] for t, k in count.items()}
        norm = math.sqrt(sum(w * w for w in weights.values()))
        out.append({t: w / norm for t, w in weights.items() if w} if norm else {})
    return out


def likenesses(left: Mapping[str, Weights], right: Mapping[str, Weights]) -> dict[tuple[str, str], float]:
    """How alike the texts of two groups are, by the names that they have in their groups: cosine from 0 to 1.

    Pairs with nothing in common are left out.
    """
    # Most terms stand in one text only.
    both = set().union(*left.values()) & set().union(*right.values())
    having: dict[Term, list[tuple[str, float]]] = {t: [] for t in both}
    for name, weights in right.items():
        for t in weights.keys() & both:
            having[t].append((name, weights[t]))
    out: dict[tuple[str, str], float] = {}
    for name, weights in left.items():
        sums: dict[str, float] = {}
        # In the order of the words, so that the sums are the same in every run.
        for t, w in weights.items():
            for other, v in having.get(t, ()):
                sums[other] = sums.get(other, 0.0) + w * v
        out.update({(name, other): min(1.0, s) for other, s in sums.items()})
    return out


def covered(part: Iterable[Hashable], whole: Iterable[Hashable]) -> float:
    """Share of the different things of ``part`` that are in ``whole`` too, 0 to 1."""
    own = set(part)
    return len(own & set(whole)) / len(own) if own else 0.0
