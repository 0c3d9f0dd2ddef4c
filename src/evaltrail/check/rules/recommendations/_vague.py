"""Recommendations that only point in a direction."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evaltrail.check.rules.recommendations import _acts, _fields

if TYPE_CHECKING:
    from evaltrail.check.paper import Paper
    from evaltrail.record import Recommendation

MOST_WORDS = 45
"""Words from which on a recommendation is taken to explain itself."""
_DIGIT = re.compile(r"\d")


def concrete(paper: Paper, recommendation: Recommendation) -> bool:
    """Whether something in a recommendation would show it done: parts, a number, a means, an example, a product."""
    text = recommendation.text
    if paper.parts.get(recommendation.id) or _DIGIT.search(text):
        return True
    found = (paper.words_of(_fields.TOPIC, key) for key in ("measures", "products"))
    return any(p is not None and p.search(text) for p in found)


def only_vague(paper: Paper, recommendation: Recommendation) -> list[str]:
    """The verbs of a recommendation that holds nothing concrete and only verbs of direction; else nothing."""
    text = recommendation.text
    if len(text.split()) > MOST_WORDS or concrete(paper, recommendation):
        return []
    vague = frozenset(paper.listed(_fields.TOPIC, "vague_verbs"))
    verbs = [a.verb for a in _acts.acts(text, paper.language)]
    return verbs if verbs and all(v in vague for v in verbs) else []
