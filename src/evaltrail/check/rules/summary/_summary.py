"""The summary of a paper: its section, its units and its words, worked out once."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from evaltrail.text import packs

if TYPE_CHECKING:
    from evaltrail.check.paper import Paper, Section
    from evaltrail.check.unit import Unit

SHORTEST = 60
"""Words of running text below which what stands under the heading was not read whole: nothing is said of it."""


@cache
def _names() -> re.Pattern[str]:
    found = packs.merged("check_summary")["summary"]["names"]
    return re.compile(
        rf"^[\W\dIVX]*(?:{'|'.join(re.escape(w) for w in sorted(found, key=len, reverse=True))})\b", re.IGNORECASE | re.MULTILINE
    )


def known(paper: Paper) -> bool:
    """Whether there is a pack for the paper's language: without one nothing can be said to be missing."""
    return bool(packs.pack(paper.language, "check_summary"))


def named(paper: Paper) -> bool | None:
    """Whether a line of the paper begins with a summary's name; None where its language is not known."""
    if not known(paper):
        return None
    return any(_names().search(page.text) for page in paper.record.pages)


_FOUND: WeakKeyDictionary[Paper, Section | None] = WeakKeyDictionary()


def summary(paper: Paper) -> Section | None:
    """The section of the summary: the first whose heading names it alone, else the first that names it at all."""
    if paper not in _FOUND:
        sections = [
            s for s in paper.sections if "summary" in s.heads and not s.heading.within & {"annex", "contents", "references", "foreign"}
        ]
        best = [s for s in sections if _names().match(s.title)]
        _FOUND[paper] = next(iter(best or sections), None)
    return _FOUND[paper]


def units(paper: Paper) -> tuple[Unit, ...]:
    """The paragraphs and items of the summary."""
    found = summary(paper)
    return tuple(u for u in paper.under(found) if u.kind in ("paragraph", "item")) if found else ()
