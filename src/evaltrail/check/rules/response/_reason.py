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
_SHORT = 12
"""Words up to which a sentence with a verdict or a courtesy says nothing else."""


def given(paper: Paper, response: Response) -> bool:
    """Whether an answer gives a reason: words of one, outside the words of the verdict itself ("not accepted")."""
    pattern = paper.words_of(_answer.TOPIC, "reasons")
    for i, sentence in enumerate(sentences(response.text)):
        text = sentence.text
        spans = _verdict(paper, text) if i == 0 or len(text.split()) <= _SHORT else []
        for m in pattern.finditer(text) if pattern else ():
            if not any(a <= m.start() and m.end() <= b for a, b in spans):
                return True
    return False


def _verdict(paper: Paper, text: str) -> list[tuple[int, int]]:
    """Where a sentence says no, the negation included: "n’est pas acceptée", "cannot be accepted"."""
    found = []
    said_no = [(_answer.TOPIC, "counts", "rejected"), ("verdicts", "rejected")]
    said_yes = [(_answer.TOPIC, "counts", "accepted"), (_answer.TOPIC, "counts", "fully"), ("verdicts", "accepted")]
    negations = paper.words_of(_answer.TOPIC, "negations")
    for keys in said_no + said_yes:
        pattern = paper.words_of(*keys)
        for m in pattern.finditer(text) if pattern else ():
            at = _answer.negated(paper, text, m.start())
            if at is not None or keys in said_no:
                after = negations.match(text, m.end() + 1) if negations else None  # "ne souscrit pas"
                found.append((m.start() if at is None else at, after.end() if after else m.end()))
    return found


def only_verdict(paper: Paper, response: Response) -> bool:
    """Whether an answer has hardly more words than its verdict and its courtesies take."""
    if len(response.text.split()) <= _FEW:
        return True
    return all(
        len(s.text.split()) <= _SHORT and (_verdict(paper, s.text) or _answer.says(paper, s.text, "courtesies"))
        for s in sentences(response.text)
    )
