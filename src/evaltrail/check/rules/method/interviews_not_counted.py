"""Interviews without their number.

## What it does
Where the report speaks of its interviews, looks for a number of interviews or of people heard: in a sentence, in a table, or as a list of
those met.

## Why it is bad
"Interviews were held" may mean three or three hundred. The number is the least that a reader needs to weigh what was heard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.mention import counted_near, counts, mentions, quoted, readable, sentence
from evaltrail.check.paper import REPORTS
from evaltrail.check.rule import Message, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="MET013",
    severity="warning",
    sources=(
        "UNEG quality checklist",
        "UNDP evaluation guidelines",
    ),
    papers=REPORTS,
)

BAD = (
    "# Evaluation of the water programme\n\n## Methodology\n\nInterviews were held with users of the wells and with officials.\n",
    "# Évaluation du programme d'eau\n\n## Méthodologie\n\nDes entretiens ont été menés avec les usagers et les autorités.\n",
)
GOOD = (
    "# Evaluation of the water programme\n\n## Methodology\n\nTwenty-four interviews were held with users of the wells.\n",
    "# Évaluation du programme d'eau\n\n## Méthodologie\n\nL'équipe a mené 24 entretiens avec les usagers.\n",
)


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message when no number stands with the interviews, else the sentence that has it."""
    if not readable(paper, "check_method"):
        return
    first, seen = None, False
    pattern = paper.words_of("check_method", "interviewed")
    for m in mentions(paper, "check_method", "interviewed", lambda u: "contents" not in u.within):
        words, places = sentence(paper, m)
        if pattern and any(counted_near(paper, words, w.start(), w.end()) for w in pattern.finditer(words)):
            yield Message(f"The interviews are counted: {quoted(words)}.", places, right=True)
            return
        # A heading in an annex ("People interviewed") stands over their list; a table has its numbers in other cells.
        listed = m.unit.kind == "cell" or (m.unit.kind in ("heading", "title", "caption") and "annex" in m.unit.within)
        told = m.unit.within.isdisjoint({"findings", "conclusions", "recommendations"}) and counts(paper, words)
        seen = seen or listed or told
        if first is None and "method" in m.unit.within and "annex" not in m.unit.within:
            first = words, places
    if first is not None and not seen:
        yield Message(f"The report speaks of interviews, {quoted(first[0])}, and nowhere of how many there were.", first[1])
