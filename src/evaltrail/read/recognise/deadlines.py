"""By when a recommendation's own words ask for something: "by the end of 2027", "within six months", "at its next session"."""

from __future__ import annotations

import re
from functools import cache

from evaltrail.text import packs
from evaltrail.text.dates import dates

_REACH = 500
"""Characters in which a recommendation says what it asks; what follows explains."""


@cache
def _either(name: str) -> str:
    words = packs.merged("fields").get("deadlines", {}).get(name, ())
    return "|".join(re.escape(w).replace(r"\ ", r"\s+").replace("'", "['’]") for w in sorted(words, key=len, reverse=True)) or "(?!)"


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{_either('before')})\s+(?:the\s+|la\s+|le\s+|el\s+|o\s+|a\s+|fin\s+|fines\s+de\s+)?$", re.IGNORECASE)


@cache
def _within() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w-])(?:{_either('within')})\s+(?:(?:\d+|{_either('counted')})(?:\s*[-–]\s*\d+|\s+(?:to|or|and|à|a|ou|o)\s+\w+)?(?:\s*\(\d+\))?\s+)(?:{_either('lengths')})(?!\w)(?:\s+of\s+the\s+\w+|\s+from\s+\w+)?",
        re.IGNORECASE,
    )


@cache
def _session() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w-])(?:{_either('at')})\s+(?:[\w-]+\s+){{1,4}}?(?:{_either('sessions')})(?!\w)(?:\s+(?:in|en|em|of|de)\s+(?:\w+\s+)?\d{{4}})?",
        re.IGNORECASE,
    )


def time_of(text: str) -> tuple[int, int] | None:
    """Span of the words that say by when, the first of them; None where there are none."""
    opening = text[:_REACH]
    found: list[tuple[int, int]] = []
    for date in dates(opening):
        m = _before().search(opening[max(0, date.start - 40) : date.start])
        if m is not None:
            found.append((max(0, date.start - 40) + m.start(), date.end))
    for pattern in (_within(), _session()):
        m = pattern.search(opening)
        if m is not None:
            found.append(m.span())
    return min(found, default=None)
