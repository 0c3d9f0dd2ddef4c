"""Names beside a word: who made an evaluation, who asked for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evaltrail.check.pages import pages_of
from evaltrail.check.rules.structure._words import listed

if TYPE_CHECKING:
    from evaltrail.check.paper import Paper
    from evaltrail.record import Place

_WORD = r"[A-ZÀ-Ý][a-zà-ÿ]+(?:[’'-][A-Za-zÀ-ÿ]+)*"
_SMALL = r"(?:(?:de|van|von|der|den|el|al|bin|ben|da|do|dos|du|des|del|la|le|of|for|the|and|et|y|e|&)\s+){0,3}"
_NAME = re.compile(rf"{_WORD}\s+{_SMALL}(?:[A-ZÀ-Ý]\.?\s+){{0,2}}(?:{_WORD}|[A-ZÀ-Ý]{{2,}})|\b[A-Z]{{3,}}\b")
"""Two words with capitals, small words between them allowed; or an acronym."""
_END = re.compile(r"(?<![A-Z])[.;!?](?:\s|$)|\n\s*\n")
_FRONT = 8000
"""Characters at the front, or a twelfth of the text if that is more, in which authors are named beside their role."""
_NEAR = 60
"""Characters behind the word within which the name stands."""
_ASKED = 40
"""Characters before an office within which "commissioned by" makes it the one that asked."""


def named_beside(paper: Paper) -> Place | None:
    """The line that names who made the evaluation: a person or a firm beside a role, or an office; None where there is none."""
    pages = pages_of(paper)
    front = max(_FRONT, len(pages.text) // 12)
    for at, end in pages.hits(listed("people", "roles"), 0, front):
        # In running text "the evaluator" goes on with a verb: a name follows at once, behind a colon, or on the next line.
        behind = pages.printed(end, end + _NEAR)
        found = _NAME.search(_END.split(behind, maxsplit=1)[0])
        if found and not re.search(r"[a-z]{3,}\s.*[a-z]{3,}\s", behind[: found.start()]):
            return pages.place(*_line(paper, at))
    for at, end in pages.hits(listed("people", "written"), 0, front):
        if _NAME.search(pages.printed(end, end + _NEAR)):
            return pages.place(*_line(paper, at))
    for at, end in pages.hits(listed("people", "by")):
        before = pages.text[max(0, at - 50) : at]
        # At the front a line that begins so speaks of the report itself.
        begins = at < front and not pages.text[pages.line(at)[0] : at].strip()
        if (begins or any(w in before for w in listed("people", "made"))) and _NAME.search(pages.printed(end, end + _NEAR)):
            # "A review of the practice, led by the Division" is what management or a recommendation wants to see done.
            unit = paper.unit_at(pages.place(at, end))
            if unit is None or not unit.within & {"response", "recommendations", "decision"}:
                return pages.place(*_line(paper, at))
    for at, end in pages.hits(listed("people", "offices")):
        # An office that asked for the evaluation is not the one that made it.
        before = pages.text[max(0, at - _ASKED) : at]
        if pages.printed(at, end)[:1].isupper() and not any(w.rstrip("*") in before for w in listed("people", "commissioner")):
            return pages.place(at, end)
    return None


def _line(paper: Paper, at: int) -> tuple[int, int]:
    """The line around an offset, a long one cut."""
    start, end = pages_of(paper).line(at)
    return max(start, at - 60), min(end, at + 160)
