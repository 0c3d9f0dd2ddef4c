"""Which labels a reader knows where they stand alone on their line: a noun of the field with its number."""

from __future__ import annotations

import re
from functools import cache

from evaltrail.text import packs

_NUMBER = r"(?:\d{1,3}(?:\.\d{1,2}){0,2}(?:\s?\([a-z]\)|\.?[a-z])?|[IVX]{1,5}|[A-Z]\.?\d{0,2})"

_LONGEST = 60
"""Characters up to which words are a label."""


def is_known(label: str, kind: str, language: str) -> bool:
    """Whether a label is made of the field's words for a kind of statement, and a number or none.

    In a language that no reader knows any label with a number is taken to be one.
    """
    if language not in packs.languages():
        return not is_bare(label) and len(label) < _LONGEST
    return _pattern(kind).fullmatch(label.strip()) is not None


def known_at(text: str, kind: str) -> int | None:
    """Where the label ends with which a text opens, its number within: 'Finding 3' in 'Finding 3: Ferries run late'; None where none does.

    An answer's label may be its recommendation's.
    """
    found = [_pattern(k).match(text) for k in ((kind, "recommendation") if kind == "response" else (kind,))]
    ends = [m.end() for m in found if m and not is_bare(m.group()) and not text[m.end() : m.end() + 1].isalnum()]
    return max(ends, default=None)


def is_bare(label: str) -> bool:
    """Whether a label has no number: "Management response", "Recommendation"."""
    return re.search(r"\d|\s(?:[IVX]{1,5}|[A-Z])\.?$", label.strip()) is None


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    nouns: set[str] = set()
    qualifiers: set[str] = set()
    marks: set[str] = set()
    for code in packs.languages():
        table = packs.pack(code, "statements")
        nouns.update(table.get("nouns", {}).get(kind, ()))
        qualifiers.update(table.get("qualifiers", ()))
        marks.update(table.get("marks", {}).get("number", ()))
    noun, qualifier, mark = (_either(words) for words in (nouns, qualifiers, marks))
    return re.compile(rf"(?:{qualifier}\s+){{0,3}}{noun}(?:\s+{qualifier}){{0,2}}(?:\s*{mark}?\s*(?-i:{_NUMBER}))?", re.IGNORECASE)


def _either(words: set[str]) -> str:
    found = "|".join(re.escape(w).replace("'", "['’]") for w in sorted(words, key=lambda w: (-len(w), w)))
    return f"(?:{found})"
