"""Findings or conclusions are said so carefully that they say nothing.

## What it does
Looks in findings and conclusions for phrases that hide who holds a view ("it is felt that", "it could be argued that").
One message names the phrases and how many statements have them.

## Why it is bad
A finding rests on evidence. Whoever reads that "it is felt" asks by whom, and how many.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(code="LAN010", severity="note", sources=("UNEG quality checklist: findings rest on evidence",), papers=EVALUATIONS)

BAD = (
    "# Evaluation of the water programme\n\n## Findings\n\nFinding 1: It is felt that the wells are useful.\n",
    "# Évaluation du programme\n\n## Constatations\n\nConstatation 1 : Il semblerait que les puits soient utiles.\n",
)
GOOD = (
    "# Evaluation of the water programme\n\n## Findings\n\nFinding 1: Nine of ten households use the wells.\n",
    "# Évaluation du programme\n\n## Constatations\n\nConstatation 1 : Neuf ménages sur dix utilisent les puits.\n",
)


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for the paper."""
    del options
    phrases = paper.words_of("check_language", "hedges")
    if phrases is None:
        return
    found = []
    for s in (*paper.of_kind("finding"), *paper.of_kind("conclusion")):
        m = phrases.search(s.text)
        if m:
            found.append((s, m))
    if found:
        s, m = found[0]
        words = " ".join(m[0].split())
        yield Message(
            say("{name} does not say who holds the view: “{words}”.", name=paper.name(s), words=words)
            if len(found) == 1
            else say("{number} findings or conclusions do not say who holds the view: “{words}”.", number=len(found), words=words),
            paper.within(s, *m.span()),
            statement=s.id,
            related=tuple(Related(n[0], paper.within(t, *n.span())) for t, n in found[1:5]),
        )
