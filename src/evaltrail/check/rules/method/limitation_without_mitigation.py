"""Limitations are listed and nothing says what was done about them.

## What it does
Looks, under headings that name limitations, for words that say how the limits were met ("mitigated", "however", "instead",
"triangulated"), and at tables for a column on it.

## Why it is bad
A limit that is only named leaves the reader to guess how far it bends the results. What was done about it, or that nothing could be, is
half of the answer.

## Known problems
Any word of that kind in the section will do; whether each limit was met, only a reader can say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.mention import mentions, quoted, readable
from evaltrail.check.paper import REPORTS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="MET010",
    severity="note",
    sources=(
        "UNEG quality checklist",
        "UNDP evaluation guidelines",
    ),
    papers=REPORTS,
)

BAD = (
    "# Evaluation of the water programme\n\n## Limitations\n\nTwo districts could not be visited. Many files were lost in the flood.\n",
    "# Évaluation du programme d'eau\n\n## Limites de l'évaluation\n\nDeux régions n'ont pas été visitées. Des dossiers manquent.\n",
)
GOOD = (
    "# Evaluation of the water programme\n\n## Limitations\n\nTwo districts could not be visited; calls were made instead.\n",
    "# Évaluation du programme\n\n## Limites de l'évaluation\n\nDes régions n'ont pas été visitées, ce que des appels ont compensé.\n",
)
_SHORT = 8
"""Words of a heading up to which what it names is what the section under it is about."""
_LEAST = 4
"""Words that a section must have to be looked at."""


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for the first section on limitations that tells no remedy, or the remedy as right."""
    mitigation = paper.words_of("check_method", "mitigation")
    if mitigation is None or not readable(paper, "check_method"):
        return
    by_head = {id(s.heading): s for s in paper.sections}
    bare = None
    for m in mentions(paper, "check_method", "limitations", lambda u: id(u) in by_head and u.within.isdisjoint({"contents", "annex"})):
        under = paper.under(by_head[id(m.unit)])
        if len(m.unit.text.split()) > _SHORT or sum(len(u.text.split()) for u in under) < _LEAST:
            continue
        remedy = next((u for u in (m.unit, *under) if mitigation.search(u.text)), None)
        if remedy is not None:
            yield Message(say("What was done about limitations is told: {words}.", words=quoted(remedy.text)), remedy.places, right=True)
            return
        bare = bare or m.unit
    if bare is not None:
        yield Message(say("The section {words} does not say what was done about the limitations.", words=quoted(bare.text)), bare.places)
