"""What a statement speaks of, and how much of it the rest of the paper speaks of: whether it can rest on anything there.

Words are compared by their first letters, without function words and without the verbs by which recommendations ask
("develop", "ensure"), so that "to train the mechanics" and "training of mechanics" agree in all four languages alike.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from evaltrail.text import packs
from evaltrail.text.normal import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

STEM = 6
"""Letters by which words are compared."""
_SHORTEST = 4
_WORD = re.compile(r"[^\W\d_]+")


@cache
def _common(language: str) -> frozenset[str]:
    """Words and stems that say nothing of what a statement is about."""
    words: set[str] = set()
    for code in {language, "en"}:
        words.update(fold(w) for w in packs.pack(code, "stopwords").get("words", ()))
        words.update(fold(w)[:STEM] for w in packs.pack(code, "links").get("parts", {}).get("verbs", ()))
        for nouns in packs.pack(code, "statements").get("nouns", {}).values():
            words.update(w[:STEM] for n in nouns for w in fold(n).split())
    return frozenset(words)


def terms(text: str, language: str) -> frozenset[str]:
    """Stems of the words that a text is about."""
    common = _common(language)
    return frozenset(
        w[:STEM] for w in fold(text).split() if len(w) >= _SHORTEST and not w.isdigit() and w not in common and w[:STEM] not in common
    )


def words_with(text: str, stems: frozenset[str]) -> list[str]:
    """The words of a text that begin with one of the stems, as they stand, each once and in order."""
    return list(dict.fromkeys(w.lower() for w in _WORD.findall(text) if fold(w)[:STEM] in stems))


def all_terms(texts: Iterable[str], language: str) -> frozenset[str]:
    """Stems of all the words of texts."""
    # A long paper has few different words, and folding is what takes time.
    words: set[str] = set()
    for t in texts:
        words.update(t.lower().split())
    # Words in ASCII fold many times faster where no other stands among them.
    plain = [w for w in words if w.isascii()]
    return terms(" ".join(plain), language) | terms(" ".join(words.difference(plain)), language)


def share(own: frozenset[str], among: frozenset[str]) -> float:
    """Share of the stems that are among others, 0 to 1; 1 where there are none."""
    return len(own & among) / len(own) if own else 1.0
