"""The summary is too long to be one, or too short to stand alone.

## What it does
Counts the words of the summary's paragraphs and items. It is too long when it has more words than the option says and more
than the option's share of the running text; too short when it has fewer than the option says in a report of over 3,000 words.

## Why it is bad
Two to four pages are what those who decide will read. A long summary is a second report; one of a few lines says nothing.

## Options
- `most`: words that a summary may always have, about four pages (2000).
- `share`: part of the running text that it may have if that is more (0.1).
- `fewest`: words that the summary of a full report should have (120).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import REPORTS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.summary._summary import summary
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="SUM002",
    severity="warning",
    sources=("UNEG quality checklist for evaluation reports",),
    papers=REPORTS,
    options={"most": 2000, "share": 0.1, "fewest": 120},
)

_BODY = "## Findings\n\n" + "Half of the wells work, and the village keeps them. " * 700
_CORPS = "## Constats\n\n" + "La moitié des puits marche, et le village les garde. " * 700
BAD = (
    f"# Evaluation of the water programme\n\n## Executive summary\n\nHalf of the wells work.\n\n{_BODY}\n",
    "# Evaluation of the water programme\n\n## Executive summary\n\n" + "Half of the wells work today. " * 400 + f"\n\n{_BODY}\n",
    f"# Évaluation du programme de l’eau\n\n## Résumé exécutif\n\nLa moitié des puits marche.\n\n{_CORPS}\n",
)
GOOD = (
    "# Evaluation of the water programme\n\n## Executive summary\n\n" + "Half of the wells work today. " * 100 + f"\n\n{_BODY}\n",
    "# Évaluation du programme de l’eau\n\n## Résumé exécutif\n\n" + "La moitié des puits marche. " * 100 + f"\n\n{_CORPS}\n",
)


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message when it is too long or too short."""
    found = summary(paper)
    if found is None:
        return
    own, head = found.words, found.section.heading
    share = own / max(paper.words, 1)
    if own > options["most"] and share > options["share"]:
        yield Message(
            say(
                "The summary has about {number:,} words, {share:.0%} of the text: more than four pages.", number=round(own, -1), share=share
            ),
            head.places,
        )
    elif own < options["fewest"] and all(u.kind in ("paragraph", "item", "heading") for u in found.units) and _stands_apart(paper, own):
        yield Message(say("The summary has {number} words: too few to stand alone.", number=own), head.places)
    elif own >= options["fewest"]:
        yield Message(say("The summary has about {number:,} words.", number=round(own, -1)), head.places, right=True)


def _stands_apart(paper: Paper, own: int) -> bool:
    """Whether the paper is long, and little else of it was read as summary: then the words under the heading are all of it."""
    inside = sum(len(u.text.split()) for u in paper.running if "summary" in u.within)
    return own > 0 and paper.words > 3000 and inside <= own + 20
