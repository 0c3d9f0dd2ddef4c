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
_SHORT_STEM = 5
_NUMBER = r"\d{1,3}(?:[.,]\d{1,2})?(?![.,]?\d)"
_STOP = r"(?=\s*(?:[)\].;,|\"'*\n]|$|[-(]\s|\s-))"
_TOKEN = re.compile(r"[^\W_]+")
_CODE = re.compile(r"[A-Z]{1,3}(?!\w)")
_CODE_BEHIND = re.compile(r"\s*\(\s*([A-Z]{1,3})\s*\)|\s*[-–/=]\s*([A-Z]{1,3})(?!\w)")
_GAP = re.compile(r"\s*[-:=]\s*|(\s*\(\s*)|\s+")
_CLOSE = re.compile(r"\s*\)")
_UNKNOWN = re.compile(
    rf"(?P<w>[^\W\d_][\w' ]{{0,34}}?)\s*(?:[-=:]\s*|(?P<b>\())\s*(?P<n>{_NUMBER})(?:\s?/\s?(?P<m>\d{{1,3}}))?(?(b)\))" + _STOP
)
_SOME_WORDS = re.compile(r"[^\W\d_][^\d.;:,()\n\[\]]{2,34}")
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
def _first_words() -> dict[str, int]:
    """First word of each scale word -> most characters that one beginning so has."""
    out: dict[str, int] = {}
    for w in levels():
        first = _TOKEN.match(w)
        if first is not None:
            out[first[0]] = max(out.get(first[0], 0), len(w))
    return out


def words_at(low: str, at: int) -> int:
    """End of the longest word of a scale that begins at ``at``; 0 where none does."""
    first = _TOKEN.match(low, at)
    longest = _first_words().get(first[0]) if first is not None else None
    if first is None or longest is None:
        return 0
    end, known = 0, levels()
    for token in _TOKEN.finditer(low, at, min(len(low), at + longest + 1)):
        if low[at : token.end()] in known:
            end = token.end()
    return 0 if low[end : end + 1] == "-" and low[end + 1 : end + 2].isalpha() else end


def scale_words(low: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where words of scales stand in plain text, the longest at each place."""
    at, first_words = start, _first_words()
    for token in _TOKEN.finditer(low, start, end):
        if token.start() >= at and token[0] in first_words and low[token.start() - 1 : token.start()] != "-":
            stop = words_at(low, token.start())
            if stop:
                yield token.start(), stop
                at = stop


@cache
def _number_pattern(form: str) -> re.Pattern[str]:
    of = r"(?:\s?/\s?|\s+" + either(entries("of_scale")) + r"\s+)"
    number = rf"(?P<n>{_NUMBER})(?:{of}(?P<m>\d{{1,3}}))?"
    return re.compile(
        {
            "here": number,
            "alone": rf"{number}(?:(?<=/\d)(?!\w)|(?<=/ \d)(?!\w)|{_STOP}|(?=\s+{either(entries('and'))}\s))(?!\s*\(?\s*%)",
            "behind": rf"\s*(?:\(\s*{number}\s*\)|[-:=/]?\s*{number.replace('<n>', '<n2>').replace('<m>', '<m2>')}{_STOP})",
        }[form]
    )


def value_at(text: str, low: str, at: int, *, announced: bool = False) -> Value | None:
    """The mark that begins at ``at``; ``low`` is ``plain(text)``.

    ``announced``: it stands behind "Rating:", so that words of no known scale count too when a number follows
    them, and a misspelt one is taken for what it is.
    """
    end = words_at(low, at)
    code = _CODE.match(text, at)
    if end:
        return _words_first(text, low, at, end)
    if code is not None and code[0] in codes():
        return _code_first(text, low, at, code.end())
    found = _number_first(low, at)
    if found is None and announced and not low[at : at + 1].isdigit():
        return _announced(low, at)
    return found


def _words_first(text: str, low: str, at: int, end: int) -> Value | None:
    """A mark such as "Good - 3", "Satisfactory (S)", "Moderately satisfactory (4)"."""
    words, code = low[at:end], ""
    m = _CODE_BEHIND.match(text, end)
    if m is not None and (m[1] or m[2]) in codes():
        code, end = m[1] or m[2], m.end()
    number, top, end = _behind(low, end)
    return None if number == _WRONG else Value(at, end, number, top, words, code, level_of(words))


def _behind(low: str, end: int) -> tuple[float | None, int | None, int]:
    """A number behind words or a code, and where it ends."""
    m = _number_pattern("behind").match(low, end)
    if m is None:
        return None, None, end
    number, top, cut = _number(m["n"] or m["n2"], m["m"] or m["m2"])
    return number, top, m.end() - cut


def _code_first(text: str, low: str, at: int, end: int) -> Value | None:
    """A mark such as "MS", "S - Satisfactory", "HS (6)"."""
    code, words = text[at:end], ""
    m = _GAP.match(low, end)
    if m is not None:
        stop = words_at(low, m.end())
        closed = _CLOSE.match(low, stop) if stop and m[1] else None
        if stop and (closed is not None or not m[1]):
            words, end = low[m.end() : stop], closed.end() if closed is not None else stop
    number, top, end = _behind(low, end)
    return None if number == _WRONG else Value(at, end, number, top, words, code, level_of(words))


def _number_first(low: str, at: int) -> Value | None:
    """A mark such as "3 - Satisfactory", "5 (Very good)", "4/6", "3.9"."""
    m = _number_pattern("here").match(low, at)
    if m is None:
        return None
    number, top, cut = _number(m["n"], m["m"])
    if number == _WRONG:
        return None
    gap = _GAP.match(low, m.end())
    stop = words_at(low, gap.end()) if gap is not None and not cut else 0
    if gap is not None and stop:
        closed = _CLOSE.match(low, stop) if gap[1] else None
        if closed is not None or not gap[1]:
            words = low[gap.end() : stop]
            return Value(at, closed.end() if closed is not None else stop, number, top, words, "", level_of(words))
    m = _number_pattern("alone").match(low, at)
    return None if m is None else Value(at, m.end() - cut, number, top)


def _announced(low: str, at: int) -> Value | None:
    """A mark in words of no known scale with a number, or in misspelt ones."""
    m = _UNKNOWN.match(low, at)
    if m is not None:
        n, top, cut = _number(m["n"], m["m"])
        return None if n == _WRONG else Value(m.start(), m.end() - cut, n, top, m["w"].strip(), "", near(m["w"]))
    m = _SOME_WORDS.match(low, at)
    if m is not None and near(m[0].strip()):
        return Value(at, at + len(m[0].rstrip()), words=m[0].strip(), level=near(m[0].strip()))
    return None


_WRONG = -1.0


def _number(n: str, m: str | None) -> tuple[float, int | None, int]:
    """Value, highest mark, and how many characters at the end are a footnote mark; value :data:`_WRONG` for no mark."""
    value = float(n.replace(",", "."))
    if m is None:
        return (value, None, 0) if value <= _MOST_BARE else (_WRONG, None, 0)
    cut = 0
    while len(m) > 1 and (int(m) not in PLAIN_TOPS or (int(m) == 100 and value <= 6)):
        m, cut = m[:-1], cut + 1
    return (value, int(m), cut) if int(m) in PLAIN_TOPS and value <= int(m) else (_WRONG, None, 0)


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
    said = _said().match(low, start)
    if said is not None:
        start = said.end()
    if low[start : start + 1] in ("(", "[", '"', "'", "*"):
        start += 1
    v = value_at(text, low, start)
    if (
        v is None
        or low[v.end :].strip(" .;:)]\"'*\n0123456789")
        or (v.end < len(text) and low[v.end :].strip(" .;:)]\"'*\n").isdigit() and not v.top)
    ):
        return None
    return v


@cache
def _said() -> re.Pattern[str]:
    """A word for "rating" or "level" in front of a mark: "Level 2: successful", "Score 4"."""
    return re.compile(r"(?:" + either([*entries("nouns"), "level", "niveau", "nivel", "nível"]) + r")\b\s*(?:\d\s*)?[:=]\s*")


@cache
def _filler() -> frozenset[str]:
    return frozenset(entries("filler")) | {"'s", "s", "-", "/", "&"}


@cache
def criteria_words() -> dict[str, str]:
    """Words for a criterion, all forms -> its normal name."""
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
    return criteria_words().get(rest) or (criteria_words().get(folded) if len(folded) > len(rest) else None)


@lru_cache(maxsize=8192)
def is_rateable(printed: str) -> bool:
    """Whether words may name what is rated: some words, not many, and none that are rated by others or of other things."""
    folded = fold(printed)
    return bool(re.search(r"[^\W\d_]{3}", folded)) and len(folded.split()) <= 16 and not any_word("not_criteria").search(folded)


@cache
def _others() -> tuple[str, ...]:
    return minimal(entries("others"))


def of_others(low: str) -> bool:
    """Whether plain text speaks of the marks of others, of many, or of another time."""
    return any(w in low for w in _others())


def minimal(words: Iterable[str]) -> tuple[str, ...]:
    """The shortest of the words that between them occur in all: what to look for first, by plain search."""
    kept: list[str] = []
    for w in sorted(set(words), key=len):
        if not any(k in w for k in kept):
            kept.append(w)
    return tuple(kept)


@cache
def triggers(kind: str) -> tuple[str, ...]:
    """Words without one of which a text holds no mark: nouns, markers and "strong" verbs, "weak" verbs, or "levels" of satisfaction."""
    if kind == "levels":
        return minimal(w for w, found in levels().items() if any(scale == "satisfaction" for scale, _ in found))
    if kind == "weak":
        return minimal((*entries("weak_verbs"), *entries("loose_verbs")))
    words = minimal((*entries("nouns"), *entries("verbs"), *(m for g in pack().get("markers", {}) for m in entries("markers", g))))
    # "rate" is in "strategy": a short one counts only where a word begins. Texts are given with a space in front.
    return tuple(w for word in words for w in ((word,) if len(word) > _SHORT_STEM else (" " + word, "(" + word, "'" + word, "’" + word)))


def present(words: Iterable[str], text: str) -> tuple[str, ...]:
    """Those of the words that occur in a text: to be looked for in each part of it."""
    return tuple(w for w in words if w in text)


@cache
def criterion_names() -> re.Pattern[str]:
    """Any word for a criterion, in plain text."""
    return re.compile(r"(?<![\w-])" + either(criteria_words()) + r"(?![\w-])")


@cache
def criterion_stems() -> tuple[str, ...]:
    """Words without one of which a text names no criterion."""
    return minimal([*criteria_words(), *entries("overall")])
