"""Which of the office's own themes a paper's title and headings name. A theme that the office does not have is never proposed."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from evaltrail.about.found import Found
from evaltrail.about.names import READ
from evaltrail.about.wording import own_words
from evaltrail.text.normal import strip_accents
from evaltrail.text.packs import pack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from evaltrail.about.lines import Line, Lines

_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST_STEM = 4
_ALONE_IN_HEADINGS = 2
"""Headings that have to name a theme of one word, for that stands in many that are not about it."""


@cache
def _endings(language: str) -> tuple[str, ...]:
    return tuple(sorted({strip_accents(e) for e in own_words("endings", language)}, key=len, reverse=True))


@cache
def _stop(language: str) -> frozenset[str]:
    return frozenset(strip_accents(w).lower() for w in pack(language, "stopwords").get("words", ()))


@cache
def stem(word: str, language: str) -> str:
    """A word without its ending: "employment" and "employments" are one. An ending is cut from the singular."""
    plain = strip_accents(word).lower()
    if plain.endswith("s") and len(plain) > _SHORTEST_STEM:
        plain = plain[:-1]
    for ending in _endings(language):
        if plain.endswith(ending) and len(plain) - len(ending) >= _SHORTEST_STEM:
            return plain[: -len(ending)]
    return plain


def _stems(text: str, language: str) -> list[tuple[str, int, int]]:
    found = ((m[0], m.start(), m.end()) for m in _WORD.finditer(text))
    return [(stem(w, language), a, b) for w, a, b in found if strip_accents(w).lower() not in _stop(language)]


def themes(lines: Lines, known: Iterable[str]) -> list[Found]:
    """Themes of the office that the paper names in its title or in headings."""
    language = lines.language if lines.language in READ else "en"
    wanted = {theme: [s for s, _, _ in _stems(theme, language or "en")] for theme in known}
    lines_read = (line for line in lines.all if line.zone in {"title", "heading"} or line.topic == "title_rows")
    headed = [(line, _stems(line.text, language or "en")) for line in lines_read]
    out = []
    for theme, stems in wanted.items():
        if not stems:
            continue
        found = list(_named(theme, stems, headed))
        titled = [f for f in found if f.ground == "title"]
        if titled:
            out.append(titled[0])
        elif len(found) >= (_ALONE_IN_HEADINGS if len(stems) == 1 else 1):
            out.append(found[0])
    return out


def _named(theme: str, stems: list[str], headed: list[tuple[Line, list[tuple[str, int, int]]]]) -> Iterator[Found]:
    """Lines in which the theme's words stand beside each other, in whatever order."""
    wanted = sorted(stems)
    for line, words in headed:
        for n in range(len(words) - len(stems) + 1):
            window = words[n : n + len(stems)]
            if sorted(s for s, _, _ in window) == wanted:
                titled = line.zone != "heading"
                yield Found("theme", theme, "title" if titled else "heading", line, window[0][1], window[-1][2], 0.9 if titled else 0.6)
                break
