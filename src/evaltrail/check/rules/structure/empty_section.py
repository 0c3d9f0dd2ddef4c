"""A heading has nothing under it.

## What it does
Looks for a heading that is followed at once by the next one of its level, where both are numbered one after the other
or both name a part of the report. One message for all.

## Why it is bad
Something was meant to stand there. The reader cannot tell whether it was forgotten, taken out, or lost.

## Known problems
A picture without a caption is no text: a section that holds only one is taken for empty.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.rules.structure._words import known_headings
from evaltrail.check.wording import plural, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper, Section

RULE = Rule(code="STR014", severity="warning", sources=("practice of evaluation offices",), version=2, papers=EVALUATIONS)

_START = "# Evaluation of the water programme\n\n## 1. Findings\n\nHalf of the wells work.\n\n"
BAD = (
    f"{_START}## 2. Limitations\n\n## 3. Conclusions\n\nThe wells were drilled too fast.\n",
    "# Évaluation du programme de l’eau\n\n## Constats\n\n## Conclusions\n\nLes puits ont été forés trop vite dans le pays.\n",
)
GOOD = (
    f"{_START}## 2. Conclusions\n\n### 2.1 Relevance\n\nThe wells were needed.\n\n## 3. Lessons\n\nAsk first.\n",
    "# Évaluation du programme de l’eau\n\n## Constats\n\nLa moitié des puits marche.\n\n## Conclusions\n\nTrop vite.\n",
)

_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})[.)]?$")
_PARTS = frozenset({"background", "method", "findings", "conclusions", "lessons", "recommendations", "good_practices"})


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message with the first few."""
    found: list[Section] = []
    for one, following in pairwise(paper.sections):
        if one.last - one.first != 1 or following.first != one.last or one.heading.kind != "heading":
            continue
        if one.heading.within & {"contents", "foreign"}:
            continue
        numbered = _follows(one.heading.marker, following.heading.marker)
        named = one.heads & _PARTS and following.heads & _PARTS and one.heads != following.heads and following.level <= one.level
        # Where the format marks headings and their levels, nothing was taken for a heading by its looks.
        marked = known_headings(paper) and following.level <= one.level and one.level > 1 and not one.heading.within & {"response"}
        if numbered or marked or (named and not one.heading.within & {"annex", "summary"}):
            found.append(one)
    if found:
        first = found[0]
        name = f"{first.heading.marker} {first.title}".strip()
        more = plural(len(found) - 1, ", nor under {number} other", ", nor under {number} others") if len(found) > 1 else ""
        related = tuple(Related(f"{s.heading.marker} {s.title}".strip(), s.heading.places) for s in found[1:5])
        yield Message(
            say("Nothing stands under the heading “{title}”{more}.", title=name[:90], more=more), first.heading.places, related=related
        )


def _follows(marker: str, other: str) -> bool:
    """Whether the one number is the next of the other on its level: 2.3 and 2.4; or of a level above: 2.3 and 3."""
    a, b = _NUMBER.match(marker.strip()), _NUMBER.match(other.strip())
    if not a or not b:
        return False
    one, two = [int(n) for n in a[1].split(".")], [int(n) for n in b[1].split(".")]
    return len(two) <= len(one) and two[:-1] == one[: len(two) - 1] and two[-1] == one[len(two) - 1] + 1
