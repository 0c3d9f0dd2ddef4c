"""A recommendation seems to stand among the findings.

## What it does
Looks in the findings for sentences with words that recommend (“we recommend”, “the evaluation recommends”) outside of
labelled recommendations.

## Why it is bad
Recommendations that stand between findings are not answered and not followed up: management answers the list at the end.

## Known problems
A sentence may tell what somebody else recommended. Sentences in quotation marks are left out.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from evaltrail.check.pages import folded
from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.rules.structure._words import listed
from evaltrail.check.wording import plural, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="STR011",
    severity="warning",
    sources=("UNEG quality checklist for evaluation reports",),
    version=2,
    papers=EVALUATIONS,
    suspects=True,
)

BAD = (
    "# Evaluation of the water programme\n\n## Findings\n\nHalf of them work. The evaluation recommends that the Ministry repair them.\n",
    "# Évaluation du programme de l’eau\n\n## Constats\n\nLa moitié des puits marche. Il est recommandé de réparer les autres.\n",
)
GOOD = (
    "# Evaluation of the water programme\n\n## Findings\n\nHalf of the wells work.\n\n## Recommendations\n\nWe recommend to repair them.\n",
    "# Évaluation du programme de l’eau\n\n## Constats\n\nLa moitié des puits marche. Le Ministère avait recommandé des pompes.\n",
)

_ELSEWHERE = frozenset({"recommendations", "summary", "annex", "conclusions", "lessons", "response", "foreign", "contents", "decision"})


@cache
def _between() -> re.Pattern[str]:
    """Words between who recommends and the verb: "the evaluation team therefore recommends"."""
    return re.compile(rf",? (?:{'|'.join(re.escape(w) for w in listed('recommending', 'between'))})(?!\w),? ?")


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message with the first places."""
    terms = listed("recommending", "words")
    labelled = {(p.page, p.start) for r in paper.recommendations for p in r.places[:1]}
    found: list[Related] = []
    for u in paper.running:
        if "findings" not in u.within or u.within & _ELSEWHERE or u.start in labelled:
            continue
        text = folded(u.text)
        if "recom" not in text:
            continue
        for s in paper.sentences(u):
            words = text[s.start : s.end]
            if "recom" in words and any(t in _between().sub(" ", words) for t in terms) and '"' not in words:
                found.append(Related(say("and here"), paper.at(u, s.start, s.end)))
    if found:
        more = plural(len(found) - 1, " (and {number} more)", " (and {number} more)") if len(found) > 1 else ""
        yield Message(
            say("A recommendation seems to stand among the findings{more}.", more=more), found[0].places, related=tuple(found[1:4])
        )
