"""Where a paper speaks of a criterion: headings, and running text away from the ratings."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from evaltrail.text import packs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evaltrail.check.paper import Paper, Section

_LONGEST = 8
"""Words of a heading that names a criterion as its subject."""
_TIMES = 2
"""Mentions in running text from which on a paper speaks of a criterion: the first is often the list of all criteria."""


@cache
def patterns(language: str) -> Mapping[str, re.Pattern[str]]:
    """The names of each criterion in a language, as they stand in headings and text."""
    pack = packs.pack(language, "criteria") or packs.pack("en", "criteria")
    return {
        c: re.compile(rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})(?!\w)", re.IGNORECASE)
        for c, words in pack.items()
    }


def headed(paper: Paper, evaluation: str | None) -> dict[str, list[Section]]:
    """Criteria that headings of the body name, with their sections.

    Args:
        paper: the paper.
        evaluation: id of the evaluation in whose part they must stand; None: anywhere.
    """
    found: dict[str, list[Section]] = {}
    for s in paper.sections_of(evaluation):
        if s.heading.within & {"annex", "contents", "summary", "ratings"}:
            continue
        if len(s.title.split()) > _LONGEST or not any(u.kind in ("paragraph", "item") for u in paper.under(s)):
            continue
        for c, p in patterns(paper.language).items():
            if p.search(s.title):
                found.setdefault(c, []).append(s)
    return found


def spoken(paper: Paper, criterion: str, evaluation: str | None) -> bool:
    """Whether the running text speaks of a criterion, not only in a list of all."""
    pattern = patterns(paper.language)[criterion]
    count = 0
    for u in paper.units_of(evaluation, "body"):
        if pattern.search(u.text):
            named = sum(1 for p in patterns(paper.language).values() if p.search(u.text))
            count += named < 4  # a list of the criteria says nothing of one
            if count >= _TIMES:
                return True
    return False
