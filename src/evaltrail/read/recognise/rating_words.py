"""Words of ratings: what a mark looks like, what it is a mark of, and whose it is.

All words come from ``languages/<code>/ratings.toml`` and ``criteria.toml``; those of all languages count at
once, for a French paper may rate in English.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from evaltrail.read.recognise.words import fold, keyed, without_enumerator
from evaltrail.text import packs
from evaltrail.text.normal import aligned

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PLAIN_TOPS = frozenset({3, 4, 5, 6, 7, 10, 20, 100})
"""Highest marks of the scales in use; another number after "/" is a footnote mark run into it, or no mark at all."""
_MOST_BARE = 10.0
_NUMBER = r"\d{1,3}(?:[.,]\d{1,2})?"
_STOP = r"(?=\s*(?:[)\].;,|\"'*\n]|$|[-(]\s|\s-))"
_GLYPHS = re.compile(r"^[●■★⬤◆][●■★⬤◆ ]*[○□☆◯◇ ]*$|^[○□☆◯◇ ]{2,}$")


@dataclass(frozen=True, slots=True)
class Value:
    """A mark as printed: ``text[start:end]``."""

    start: int
    end: int
    number: float | None = None
    top: int | None = None
    """The 5 of "4/5"."""
    words: str = ""
    """The scale's words in it, folded; empty for a bare number or code."""
    code: str = ""
    level: tuple[str, str] | None = None
    """Scale and level that the words name in the language packs."""

    @property
    def bare(self) -> bool:
        """Whether it is only a number, with no scale beside it."""
        return not self.words and not self.code and self.top is None


def plain(text: str) -> str:
    """The text in lower case with plain quotes and dashes, each character where it was."""
    low = aligned(text).lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in aligned(text))


def forms(word: str) -> Iterator[str]:
    """A data file's entry written out: "noté(e)" and "satisfactorio/a" are two forms each."""
    word = fold(word)
    optional = re.search(r"\((\w{1,3})\)", word)
    if optional:
        for filled in ("", optional[1]):
            yield from forms(word[: optional.start()] + filled + word[optional.end() :])
    elif word.endswith("o/a"):
        yield word[:-2]
        yield word[:-3] + "a"
    else:
        yield word


@cache
def pack() -> dict[str, Any]:
    """The ratings topic of all languages."""
    return packs.merged("ratings")


@cache
def entries(*keys: str) -> tuple[str, ...]:
    """All forms of a list of the topic, longest first."""
    table: Any = pack()
    for key in keys:
        table = table.get(key, {})
    found = {f for w in (table if isinstance(table, list) else ()) for f in forms(w)}
    return tuple(sorted(found, key=lambda w: (-len(w), w)))


def either(words: Iterable[str]) -> str:
    """An alternation of words for a regular expression, longest first; one that never matches for none."""
    ordered = sorted({re.escape(w) for w in words}, key=len, reverse=True)
    return "(?:" + "|".join(ordered) + ")" if ordered else "(?!)"


@cache
def any_word(*keys: str) -> re.Pattern[str]:
    """A pattern for the words of a list in plain text."""
    return re.compile(r"(?<![\w])" + either(entries(*keys)) + r"(?!\w)")


@cache
def levels() -> dict[str, tuple[tuple[str, str], ...]]:
    """Scale word -> the (scale, level) pairs that it names; "satisfactory" and "moderate" may stand in several."""
    out: dict[str, list[tuple[str, str]]] = {}
    for scale, table in pack().get("scales", {}).items():
        for level in table:
            for word in entries("scales", scale, level):
                out.setdefault(word, []).append((scale, level))
    return {w: tuple(v) for w, v in out.items()}


@cache
def codes() -> frozenset[str]:
    """Codes in capitals: HS, S, MS, ..."""
    return frozenset(c for group in pack().get("codes", {}).values() for c in group)


@cache
def scale_words() -> re.Pattern[str]:
    """Any word of a scale, as a whole, in plain text."""
    return re.compile(r"(?<![\w-])" + either(levels()) + r"(?![\w-])")


@cache
def _value() -> re.Pattern[str]:
    words = either(levels()) + r"(?![\w-])"
    code = either(c.lower() for c in codes()) + r"(?!\w)"
    of = r"(?:\s?/\s?|\s+" + either(entries("of_scale")) + r"\s+)"

    def number(n: str) -> str:
        return rf"(?P<n{n}>{_NUMBER})(?:{of}(?P<m{n}>\d{{1,3}}))?"

    return re.compile(
        rf"""(?:
          (?P<w1>{words})(?:\s*\(\s*(?P<c1>{code})\s*\)|\s*[-/=]\s*(?P<c2>{code}))?
             (?:\s*\(\s*{number("1")}\s*\)|\s*[-:=/]?\s*{number("2")}{_STOP})?
        | {number("3")}(?:\s*[-:=]\s*|\s+|(?P<b3>\s*\(\s*))(?P<w3>{words})(?:\s*\(\s*(?P<c3>{code})\s*\))?(?(b3)\s*\))
        | (?P<c4>{code})(?:\s*[-:=]\s*(?P<w4>{words})|\s*\(\s*(?P<w5>{words})\s*\))?(?:\s*\(\s*{number("4")}\s*\)|\s*[-:=]\s*{number("5")}{_STOP})?
        | {number("6")}{_STOP}(?!\s*\(?\s*%)
        )""",
        re.VERBOSE,
    )


@cache
def _unknown() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<w>[^\W\d_][\w' ]{{0,34}}?)\s*(?:[-=:]\s*|(?P<b>\())\s*(?P<n>{_NUMBER})(?:\s?/\s?(?P<m>\d{{1,3}}))?(?(b)\))" + _STOP
    )


def value_at(text: str, low: str, at: int, *, announced: bool = False) -> Value | None:
    """The mark that begins at ``at``; ``low`` is ``plain(text)``.

    ``announced``: it stands behind "Rating:", so that words of no known scale count too when a number follows
    them, and a misspelt one is taken for what it is.
    """
    m = _value().match(low, at)
    if m is None:
        return _announced(text, low, at) if announced else None
    g = m.groupdict()
    n, top, cut = _number([(g[f"n{i}"], g[f"m{i}"]) for i in "123456"])
    if n == _WRONG:
        return None
    words = next((g[k] for k in ("w1", "w3", "w4", "w5") if g[k]), "")
    printed = next((text[m.start(k) : m.end(k)] for k in ("c1", "c2", "c3", "c4") if g[k]), "")
    if printed and not printed.isupper():
        # "s" in lower case is a letter, not a code.
        return Value(m.start(), m.end("w1"), words=words, level=level_of(words)) if g["w1"] else None
    return Value(m.start(), m.end() - cut, n, top, words, printed, level_of(words))


def _announced(text: str, low: str, at: int) -> Value | None:
    m = _unknown().match(low, at)
    if m is not None:
        n, top, cut = _number([(m["n"], m["m"])])
        return None if n == _WRONG else Value(m.start(), m.end() - cut, n, top, m["w"].strip(), "", near(m["w"]))
    m = re.compile(r"[^\W\d_][^\d.;:,()\n\[\]]{2,34}").match(low, at)
    if m is not None and near(m[0].strip()):
        return Value(at, at + len(m[0].rstrip()), words=m[0].strip(), level=near(m[0].strip()))
    return None


_WRONG = -1.0


def _number(found: Iterable[tuple[str | None, str | None]]) -> tuple[float | None, int | None, int]:
    """Value, highest mark, and how many characters at the end are a footnote mark; value :data:`_WRONG` for no mark."""
    for n, m in found:
        if n is None:
            continue
        value = float(n.replace(",", "."))
        if m is None:
            return (value, None, 0) if value <= _MOST_BARE else (_WRONG, None, 0)
        cut = 0
        while m and (int(m) not in PLAIN_TOPS or (int(m) == 100 and value <= 6)) and len(m) > 1:
            m, cut = m[:-1], cut + 1
        if not m or int(m) not in PLAIN_TOPS or value > int(m):
            return _WRONG, None, 0
        return value, int(m), cut
    return None, None, 0


@lru_cache(maxsize=2048)
def level_of(words: str) -> tuple[str, str] | None:
    """Scale and level of words that stand in a pack."""
    found = levels().get(fold(words)) if words else None
    return found[0] if found else None


@lru_cache(maxsize=2048)
def near(words: str) -> tuple[str, str] | None:
    """Scale and level of words that may be misspelt ("ver good", "somehat satisfactory"); None where nothing is near."""
    words = fold(words)
    if words in levels():
        return levels()[words][0]
    close = get_close_matches(words, levels(), n=1, cutoff=0.86) if 3 < len(words) < 36 else []
    return levels()[close[0]][0] if close else None


@lru_cache(maxsize=4096)
def whole_value(text: str) -> Value | None:
    """The mark that a cell or label holds and nothing else."""
    stripped = text.strip()
    if not stripped or len(stripped) > 60:
        return None
    if _GLYPHS.match(stripped):
        marks = stripped.replace(" ", "")
        full = sum(c in "●■★⬤◆" for c in marks)
        return Value(0, len(text), float(full), len(marks)) if 3 <= len(marks) <= 10 else None
    start = len(text) - len(text.lstrip())
    low = plain(text)
    if low[start] in "([\"'*":
        start += 1
    v = value_at(text, low, start)
    if v is None or low[v.end :].strip(" .;:)]\"'*\n0123456789") or (v.end < len(text) and low[v.end :].strip(" .;:)]\"'*\n").isdigit() and not v.top):
        return None
    return v


@cache
def _filler() -> frozenset[str]:
    return frozenset(entries("filler")) | {"'s", "s", "-", "/", "&"}


@cache
def _criteria() -> dict[str, str]:
    return {f: name for w, name in keyed("criteria").items() for f in forms(w)}


@lru_cache(maxsize=8192)
def core(printed: str) -> str:
    """The words of a criterion that tell it from others: no number in front, no "overall", "rating", "of the project"."""
    words = re.findall(r"[^\W_]+(?:[&-][^\W_]+)*", fold(without_enumerator(printed)).replace("'", " "))
    return " ".join(w for w in words if w not in _filler())


@lru_cache(maxsize=8192)
def name_of(printed: str) -> str | None:
    """Normal name of what is rated: one of the six criteria, "overall", else None."""
    folded = fold(re.sub(r"\([^)]*\)", " ", without_enumerator(printed))).strip(" .:*-")
    rest = core(folded)
    if not rest:
        return "overall" if any_word("overall").search(folded) else None
    return _criteria().get(rest) or (_criteria().get(folded) if len(folded) > len(rest) else None)


@lru_cache(maxsize=8192)
def is_rateable(printed: str) -> bool:
    """Whether words may name what is rated: some words, not many, and none that are rated by others or of other things."""
    folded = fold(printed)
    return bool(re.search(r"[^\W\d_]{3}", folded)) and len(folded.split()) <= 16 and not any_word("not_criteria").search(folded)


def minimal(words: Iterable[str]) -> tuple[str, ...]:
    """The shortest of the words that between them occur in all: what to look for first, by plain search."""
    kept: list[str] = []
    for w in sorted(set(words), key=len):
        if not any(k in w for k in kept):
            kept.append(w)
    return tuple(kept)


@cache
def triggers() -> tuple[str, ...]:
    """Words without one of which a text holds no mark in words."""
    return minimal((*entries("nouns"), *entries("verbs"), *entries("weak_verbs"), *(m for g in pack().get("markers", {}) for m in entries("markers", g))))


@cache
def criterion_stems() -> tuple[str, ...]:
    """Words without one of which a text names no criterion."""
    return minimal([*_criteria(), *entries("overall")])
