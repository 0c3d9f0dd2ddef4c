"""Whether an answer says why, what not, or what instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.check.rules.response import _answer
from evaltrail.text.sentences import sentences

if TYPE_CHECKING:
    from evaltrail.check.paper import Paper
    from evaltrail.record import Response

_FEW = 8
"""Words up to which an answer without a word of reason says nothing but its verdict."""


def given(paper: Paper, response: Response) -> bool:
    """Whether an answer gives a reason: words of one, outside the words of the verdict itself ("not accepted")."""
    for i, sentence in enumerate(sentences(response.text)):
        text = sentence.text
        pattern = paper.words_of(_answer.TOPIC, "reasons")
        verdict = paper.words_of(_answer.TOPIC, "counts", "rejected") if i == 0 else None
        spans = [(m.start(), m.end()) for m in verdict.finditer(text)] if verdict else []
        for m in pattern.finditer(text) if pattern else ():
            if not any(a <= m.start() and m.end() <= b for a, b in spans):
                return True
    return False


def only_verdict(response: Response) -> bool:
    """Whether an answer has hardly more words than its verdict takes."""
    return len(response.text.split()) <= _FEW
