"""Matching words of the language packs in text: folding, alternations, whole-word search."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from evaltrail.text import packs

STATEMENT_KINDS = ("finding", "conclusion", "lesson", "good_practice", "recommendation", "response")

_ENUMERATED = re.compile(
    r"^\s*(?:(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+|([IVXLivxl]{1,6})[.)\s]\s*|([A-Za-z])(?:\.\d{1,2})*[.)]\s*)(?=[^\W\d_]|[“\"‘(])"
)
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "\u202f": " ", "–": "-", "—": "-", "‑": "-", "‐": "-"})


def fold(text: str) -> str:
    """Lower case, plain quotes and dashes, single spaces."""
    return " ".join(text.translate(_QUOTES).lower().split())


def without_enumerator(title: str) -> str:
    """A heading's words without the number in front."""
    m = re.match(
        r"^\s*(?:part|partie|parte|chapter|chapitre|capítulo|section)\s+(?:[IVX]{1,5}|\d{1,2}|[A-Z])\s*[-–—:.]?\s*(?=\S)",
        title,
        re.IGNORECASE,
    )
    if m:
        return title[m.end() :]
    m = _ENUMERATED.match(title)
    if m:
        if m.group(2) and not re.match(r"^\s*[IVXLivxl]{1,6}[.)]", title) and not m.group(2).isupper():
            return title.strip()
        return title[m.end() :]
    return re.sub(r"^\s*[•▪■●➢\-–—]\s*", "", title).strip()


@cache
def alternation(topic: str, *keys: str, language: str | None = None) -> re.Pattern[str]:
    """A pattern that finds any of the words under ``keys`` of a topic as whole words, longest first, in folded text."""
    return any_of(_under(packs.merged(topic) if language is None else packs.pack(language, topic), keys))


@cache
def any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for any of the words (folded), longest first, at word boundaries."""
    if not words:
        return re.compile(r"(?!)")
    ordered = sorted({fold(w) for w in words}, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(w) for w in ordered) + r")(?!\w)")


@cache
def listed(topic: str, *keys: str) -> frozenset[str]:
    """The words under ``keys`` of a topic, all languages, folded."""
    return frozenset(fold(w) for w in _under(packs.merged(topic), keys))


def _under(table: dict[str, Any], keys: tuple[str, ...]) -> tuple[str, ...]:
    """The list of words that the keys lead to, empty where there is none."""
    found: Any = table
    for key in keys:
        found = found.get(key, {})
    return tuple(found) if isinstance(found, list) else ()


@cache
def keyed(topic: str, key: str | None = None) -> dict[str, str]:
    """Word -> key, for a table of word lists (``columns``, ``priority`` ...); the first language's meaning wins."""
    table = packs.merged(topic)
    if key is not None:
        table = table.get(key, {})
    out: dict[str, str] = {}
    for name, words in table.items():
        if isinstance(words, list):
            for w in words:
                out.setdefault(fold(w), name)
    return out
