"""The word lists that bound what a number counts, compiled: one grammar a language (``languages/<code>/quantities.toml``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from evaltrail.text.packs import pack

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Grammar:
    """The word lists that bound a phrase in one language."""

    head_first: bool
    stops: frozenset[str]
    plurals: frozenset[str]
    singulars: frozenset[str]
    skip: frozenset[str]
    not_counted: frozenset[str]
    coordinate: frozenset[str]
    articles: frozenset[str]
    plural_endings: tuple[str, ...]
    participles: tuple[str, ...]
    number_words: frozenset[str]
    word: re.Pattern[str]
    """A word of a phrase; in languages that elide, what stands after the apostrophe is a word of its own."""
    gap: re.Pattern[str]
    """What stands between two words of a phrase."""
    inner: re.Pattern[str]
    inner_words: frozenset[str]
    """First words of ``inner``: "of", "de"."""
    inner_back: frozenset[str]
    """Words that a phrase read backwards may hold: "cost per claim"."""
    wide: frozenset[str]
    """Prepositions that a subject may hold when it is read backwards from its verb: "inflation in the country was"."""
    of: re.Pattern[str]

    def plural(self, word: str) -> bool:
        """Whether the word looks like a plural noun."""
        low = word.lower().rstrip("'’")
        if low in self.plurals or low.rpartition("-")[2] in self.plurals:
            return True
        if low in self.singulars or len(low) < 3 or low.endswith(("'s", "’s")):
            return False
        if not low.endswith(self.plural_endings):
            return False
        return self.head_first or not low.endswith(("ss", "us", "is")) or word[:-1].isupper()

    def stop(self, word: str) -> bool:
        """Whether a phrase ends before the word."""
        low = word.lower()
        return low in self.stops or ("-" in low and all(part in self.number_words for part in low.split("-")))


def phrase_pattern(phrases: Iterable[str], *, lead: str = "", trail: str = "") -> re.Pattern[str]:
    """A pattern of any of the phrases, longest first, whose spaces may be any white space or a hyphen, in either case."""
    ordered = sorted(set(phrases), key=lambda p: (-len(p), p))
    body = "|".join(re.escape(p).replace(r"\ ", r"[\s-]+").replace("'", "['’]") for p in ordered)
    return re.compile(f"{lead}(?:{body}){trail}" if body else r"(?!)", re.IGNORECASE)


@cache
def words_of(language: str | None) -> dict[str, Any]:
    """The table of words around numbers of one language: English for None, empty for a language without a pack."""
    return pack(language or "en", "quantities")


_ENGLISH_WORD = r"[^\W\d_]+(?:['’]s?(?=\s)|[-‑/&.'’](?=[^\W_])[^\W_]+)*['’]?"


@cache
def grammar(language: str | None) -> Grammar:
    """The grammar of a language."""
    table = words_of(language)

    numbers = pack(language or "en", "numbers")

    shares = frozenset(s.replace(" ", "-") for s in numbers.get("shares", ()))

    def words(key: str) -> frozenset[str]:
        return frozenset(table.get(key, ()))

    edge = r"(?:(?<=['’])|\s+|\b(?=\w*['’]))"
    head_first = bool(table.get("head_first", False))
    number_words = frozenset(numbers.get("values", ())) | frozenset(numbers.get("scales", ()))
    return Grammar(
        head_first=head_first,
        stops=words("stops") | number_words | shares,
        number_words=number_words,
        word=re.compile(r"[^\W\d_]+(?:[-‑/&.](?=[^\W_])[^\W_]+)*" if head_first else _ENGLISH_WORD),
        gap=re.compile(r"[ \u00a0\u202f]+|['’]" if head_first else r"[ \u00a0\u202f]+"),
        plurals=words("plurals"),
        singulars=words("singulars"),
        skip=words("skip"),
        not_counted=words("not_counted"),
        coordinate=words("coordinate"),
        articles=words("articles"),
        plural_endings=tuple(table.get("plural_endings", ["s"])),
        participles=tuple(table.get("participles", [])),
        inner=phrase_pattern(table.get("inner", ()), lead=r"\s+", trail=edge),
        inner_words=frozenset(w.split()[0] for w in table.get("inner", ())),
        inner_back=words("inner_back"),
        wide=frozenset(table.get("wide", ())) | frozenset(table.get("articles", ())),
        of=phrase_pattern(table.get("of", ()), lead=r"\s+", trail=edge),
    )
