"""What an answer says: accepted, partly, rejected, noted, or unclear where a person could not tell."""

from __future__ import annotations

import re
from functools import cache

from evaltrail.read.recognise.words import alternation, fold

_ORDER = ("unclear", "partially_accepted", "rejected", "accepted", "noted")
_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=[a-z\"'(])")
# "agree with the finding but", "accepted by the board in 2019 the plan": a yes word in the middle of prose decides only
# near the sentence's subject, so it is looked for in the opening words of a sentence.
_REACH = 24


@cache
def _pattern(verdict: str) -> re.Pattern[str]:
    return alternation("verdicts", verdict)


def verdict_of(text: str, *, field: bool = False) -> str:
    """The verdict of an answer's words. ``field`` tells that they stand in a field of their own ("Accepted")."""
    words = fold(text)
    words = alternation("verdicts", "form").sub(" ", words)
    if not words.strip():
        return "unclear"
    sentences = _SENTENCE.split(words)[: 4 if not field else 2]
    for sentence in sentences:
        opening = " ".join(sentence.split()[:_REACH])
        found = [(m.start(), v) for v in _ORDER if (m := _pattern(v).search(opening))]
        if not found:
            continue
        names = [v for _, v in found]
        for v in _ORDER[:3]:
            if v in names:
                return v
        return min(found)[1]
    return "unclear"
