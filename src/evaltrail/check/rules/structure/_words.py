"""The words of the family "structure", in all languages together.

A report in French may have its terms of reference in English in an annex, and the language of a short paper may be told
wrongly. A rule that says that something is missing is silent where there is no pack for the paper's language (``known``).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from evaltrail.check.pages import folded, pages_of
from evaltrail.text import packs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evaltrail.check.paper import Paper


def known(paper: Paper) -> bool:
    """Whether there is a pack for the paper's language: without one nothing can be said to be missing."""
    return bool(packs.pack(paper.language, "check_structure"))


@cache
def listed(*keys: str) -> tuple[str, ...]:
    """The words of a list in all languages, folded, by the keys that lead to it."""
    found: Any = packs.merged("check_structure")
    for k in keys:
        found = found.get(k, {})
    return tuple(dict.fromkeys(folded(w) for w in found))


@cache
def kinds(*keys: str) -> Mapping[str, tuple[str, ...]]:
    """The lists of a table by name: its names are those of the English pack."""
    found: Any = packs.pack("en", "check_structure")
    for k in keys:
        found = found[k]
    return {name: listed(*keys, name) for name in found}


_MARKED = frozenset({"text/markdown", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"})
"""Formats in which writers mark headings and tables themselves; on web pages much that is none is marked as a heading."""


def known_headings(paper: Paper) -> bool:
    """Whether headings and tables are told by the format and not by their looks."""
    return paper.record.document.media_type in _MARKED


def annexes_elsewhere(paper: Paper) -> bool:
    """Whether a line that speaks of annexes says that they stand in another volume."""
    pages = pages_of(paper)
    for at, _ in pages.hits(listed("annexes", "elsewhere")):
        around = pages.text[max(0, at - 200) : at + 200]
        if any(w in around for w in listed("annexes", "words")):
            return True
    return False
