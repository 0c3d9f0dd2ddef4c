"""The summary of a paper: its section, its units and its words, worked out once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from evaltrail.check.once import once
from evaltrail.check.pages import folded
from evaltrail.text import packs

if TYPE_CHECKING:
    from evaltrail.check.paper import Paper, Section
    from evaltrail.check.unit import Unit

SHORTEST = 30
"""Words below which what stands under the heading was not read whole: nothing is said of what it lacks."""
_ELSEWHERE = frozenset({"annex", "contents", "references", "foreign", "response"})
_PARTS = frozenset({"recommendations", "lessons", "conclusions", "findings", "good_practices"})


@dataclass(frozen=True, slots=True, eq=False)
class Summary:
    """The summary at the front of a paper."""

    section: Section
    first: int
    """Index in ``paper.units`` of its heading."""
    last: int
    """One past the index of its last unit."""
    units: tuple[Unit, ...]
    """Headings, paragraphs, items, captions and cells under its heading."""

    @property
    def words(self) -> int:
        """Words of its paragraphs and items."""
        return sum(len(u.text.split()) for u in self.units if u.kind in ("paragraph", "item"))

    @property
    def text(self) -> str:
        """All its words, folded, one line a unit."""
        return "\n".join(folded(u.text) for u in self.units)

    def holds(self, unit: Unit) -> bool:
        """Whether a unit stands in it."""
        return bool(self.units) and unit.index >= 0 and self.units[0].index <= unit.index <= self.units[-1].index


def known(paper: Paper) -> bool:
    """Whether there is a pack for the paper's language: without one nothing can be said to be missing."""
    return bool(packs.pack(paper.language, "check_summary"))


@cache
def listed(*keys: str) -> tuple[str, ...]:
    """The words of a list in all languages, folded, by the keys that lead to it."""
    found: Any = packs.merged("check_summary")
    for k in keys:
        found = found.get(k, {})
    return tuple(dict.fromkeys(folded(w) for w in found))


@cache
def words(*keys: str) -> re.Pattern[str]:
    """A pattern that finds the words of a list whole in folded text; ``*`` ends the beginning of a word."""
    terms = sorted(listed(*keys), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(w).replace(chr(92) + '*', chr(92) + 'w*') for w in terms)})(?!\w)")


@cache
def _begins() -> re.Pattern[str]:
    names = "|".join(re.escape(w) for w in sorted(listed("summary", "names"), key=len, reverse=True))
    return re.compile(rf"^[\W\divx]*(?:{names})\b", re.MULTILINE)


def named(paper: Paper) -> bool:
    """Whether a line of the paper begins with a summary's name."""
    return any(_begins().search(folded(page.text)) for page in paper.record.pages)


@once
def summary(paper: Paper) -> Summary | None:
    """The summary: under the first heading that begins with its name, else the first that names it at all."""
    sections = [s for s in paper.sections if not s.heading.within & _ELSEWHERE]
    best = next((s for s in sections if _alone(s.title)), None)
    best = best or next((s for s in sections if "summary" in s.heads and _begins().match(folded(s.title))), None)
    return None if best is None else _whole(paper, best)


def _alone(title: str) -> bool:
    """Whether a heading is a summary's name and little else: "Executive summary", "1. Summary", not "Summary of the results"."""
    m = _begins().match(folded(title))
    return m is not None and len(title) - m.end() < 4


def _whole(paper: Paper, section: Section) -> Summary:
    """The section with those right behind it that belong to it: "Recommendations" of the summary, set at its own level."""
    last = section.last
    for s in paper.sections:
        if s.first == last and "summary" in s.heading.within and s.heads & _PARTS and not s.heads & _ELSEWHERE:
            last = s.last
    return Summary(section, section.first, last, paper.units[section.first + 1 : last])
