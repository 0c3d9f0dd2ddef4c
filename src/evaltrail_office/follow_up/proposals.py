"""Points that a compound recommendation may be answered in: those that the paper prints, or those that its words fall into."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaltrail.check.split import acts_of

if TYPE_CHECKING:
    from evaltrail_office.follow_up.models import Track

_MARKER = re.compile(r"(?:(?<=\s)|^)\(?(?P<mark>[a-h]|i{1,3}|iv|v|vi|[1-9])\)\s+", re.MULTILINE)
_FIRST = frozenset({"a", "i", "1"})


@dataclass(frozen=True, slots=True)
class Proposed:
    """Points to begin with."""

    parts: tuple[tuple[str, str], ...]
    """Number and words."""
    how: str
    """``printed``, ``marked``, ``acts``; empty: nothing was found."""


def proposed_points(track: Track, language: str = "en") -> Proposed:
    """What is proposed for a recommendation. Points that were joined again are proposed as they were."""
    before = [p for p in track.points.all() if p.printed]
    if len(before) > 1:
        return Proposed(tuple((p.number, p.text) for p in before), "printed")
    number = track.recommendation.number.strip(" .:") or track.recommendation.key
    marked = marked_parts(track.recommendation.text)
    if marked:
        return Proposed(tuple((f"{number}({mark})", words) for mark, words in marked), "marked")
    acts = acts_of(track.recommendation.text, language)
    if len(acts) > 1:
        return Proposed(tuple((f"{number}.{n}", words) for n, words in enumerate(acts, 1)), "acts")
    return Proposed((), "")


def marked_parts(text: str) -> list[tuple[str, str]]:
    """Parts that begin with (a), (b) or (i), (ii) or 1), 2) in the words; the words before the first stand with each of them not."""
    marks = list(_MARKER.finditer(text))
    start = next((n for n, m in enumerate(marks) if m["mark"] in _FIRST), None)
    if start is None:
        return []
    marks = marks[start:]
    order = "abcdefgh" if marks[0]["mark"] == "a" else ["i", "ii", "iii", "iv", "v", "vi"] if marks[0]["mark"] == "i" else "123456789"
    found: list[tuple[str, str]] = []
    kept = [m for m in marks if m["mark"] in order]
    for n, m in enumerate(kept):
        if n >= len(order) or m["mark"] != order[n]:
            break
        end = kept[n + 1].start() if n + 1 < len(kept) and n + 1 < len(order) and kept[n + 1]["mark"] == order[n + 1] else len(text)
        words = " ".join(text[m.end() : end].split()).rstrip(";, ")
        for joint in (" and", " et", " y", " or"):
            words = words.removesuffix(joint).rstrip(";, ")
        found.append((m["mark"], words))
    return found if len(found) > 1 else []
