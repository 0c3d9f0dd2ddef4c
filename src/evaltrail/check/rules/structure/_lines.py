"""Lines of the pages: what a rule asks when it must not depend on whether a line was told to be a heading.

The words are those of all languages together: a report in French may have its terms of reference in English in an annex,
and the language of a short paper may be told wrongly. A rule that says that something is missing is silent where
there is no pack for the paper's language (``known``).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from evaltrail.record import Place
from evaltrail.text import packs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evaltrail.check.paper import Paper
    from evaltrail.check.unit import Unit

LINE = 90
"""Characters that a line may have to be a heading, a line of the contents list or the name of an annex."""
_LEADERS = re.compile(r"(?:\.\s?){4,}\s*\d{1,3}[ \t]*$|…{2,}\s*\d{1,3}[ \t]*$", re.MULTILINE)


def known(paper: Paper) -> bool:
    """Whether there is a pack for the paper's language: without one nothing can be said to be missing."""
    return bool(packs.pack(paper.language, "check_structure"))


@cache
def listed(*keys: str) -> tuple[str, ...]:
    """The words of a list in all languages, by the keys that lead to it."""
    found: Any = packs.merged("check_structure")
    for k in keys:
        found = found.get(k, {})
    return tuple(found)


@cache
def words(*keys: str) -> re.Pattern[str]:
    """A pattern that finds the words of a list whole, in any case; ``*`` ends the beginning of a word."""
    return re.compile(rf"(?<!\w)(?:{_alternatives(listed(*keys))})(?!\w)", re.IGNORECASE)


@cache
def _alone(*keys: str) -> re.Pattern[str]:
    return re.compile(
        rf"^[^\w\n]*(?:[\dIVX.]{{1,6}}[ \t])?[^\w\n]*(?:{_alternatives(listed(*keys))})[^\w\n]*\d{{0,3}}[^\w\n]*$",
        re.IGNORECASE | re.MULTILINE,
    )


def _alternatives(terms: tuple[str, ...]) -> str:
    parts = (re.escape(w).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for w in sorted(terms, key=len, reverse=True))
    return "|".join(parts)


def named_heads(paper: Paper, pattern: re.Pattern[str]) -> Iterator[Unit]:
    """Headings, titles and captions that hold one of the words."""
    for u in paper.units:
        if u.kind in ("heading", "title", "caption") and pattern.search(u.text):
            yield u


def named_lines(paper: Paper, pattern: re.Pattern[str]) -> Iterator[Place]:
    """Short lines of the pages that hold one of the words, whatever they were taken for."""
    for page in paper.record.pages:
        for m in pattern.finditer(page.text):
            start = page.text.rfind("\n", 0, m.start()) + 1
            end = page.text.find("\n", m.end())
            end = len(page.text) if end < 0 else end
            if end - start <= LINE:
                yield Place(page=page.number, start=start, end=end)


def alone(paper: Paper, *keys: str) -> Iterator[Place]:
    """Lines that are nothing but one of a list's words, a number before or behind it left aside."""
    for page in paper.record.pages:
        for m in _alone(*keys).finditer(page.text):
            start = m.start() + len(m[0]) - len(m[0].lstrip())
            yield Place(page=page.number, start=start, end=m.start() + len(m[0].rstrip()))


def leaders(paper: Paper) -> Iterator[Place]:
    """Lines that end in dots and a page number, as those of a contents list do."""
    for page in paper.record.pages:
        for m in _LEADERS.finditer(page.text):
            start = page.text.rfind("\n", 0, m.start()) + 1
            yield Place(page=page.number, start=start, end=m.end())
