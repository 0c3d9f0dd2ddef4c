"""Statements of a word or two, "Finding 7: Targets met.", which are too short to be read as statements but stand there with their label."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from evaltrail.text import packs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evaltrail.check.paper import Paper
    from evaltrail.check.unit import Unit
    from evaltrail.record import Role

_LONGEST = 90
"""Characters of such a paragraph, its label included."""


@dataclass(frozen=True, slots=True)
class Bare:
    """A label with a few words behind it."""

    label: str
    """As printed: "Key finding 7"."""
    words: str
    unit: Unit


def bare(paper: Paper, kind: str, role: Role, least: int) -> Iterator[Bare]:
    """The paragraphs of a chapter that are a label with fewer than ``least`` words and a full stop, and no statement of the record."""
    begins: set[int] | None = None
    for u in paper.running:
        if u.kind != "paragraph" or role not in u.within or "summary" in u.within or len(u.text) > _LONGEST:
            continue
        m = _label(paper.language, kind).match(u.text)
        # Without a full stop it is more likely a heading.
        if m is None or not u.text.rstrip().endswith("."):
            continue
        words = u.text[m.end() :].strip()
        if begins is None:
            begins = {id(x) for s in paper.statements if s.places for x in (paper.unit_at(s.places[0]),) if x}
        if 0 < len(words.split()) < least and id(u) not in begins:
            yield Bare(m["label"], words, u)


@cache
def _label(language: str, kind: str) -> re.Pattern[str]:
    pack = packs.pack(language, "statements") or packs.pack("en", "statements")
    nouns = "|".join(sorted(map(re.escape, pack["nouns"][kind]), key=len, reverse=True))
    qualifiers = "|".join(sorted(map(re.escape, pack["qualifiers"]), key=len, reverse=True))
    behind = rf"(?:\s(?:{qualifiers}))?"
    return re.compile(rf"\s*(?P<label>(?:(?:{qualifiers})\s)?(?:{nouns}){behind}\s\d{{1,3}})\s*[:.–—-]\s*", re.IGNORECASE)
