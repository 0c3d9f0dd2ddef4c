"""What an answer that says neither yes nor no may mean, with the words that this rests on: a proposal, for a person to decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from evaltrail.check.paper import Paper
from evaltrail.check.rules.response import _answer
from evaltrail.text.sentences import sentences

if TYPE_CHECKING:
    from evaltrail.record import Record, Response

_NEAR = 4
"""Words between a relative pronoun and the verb of its clause, at most."""
_OPENING = 3
"""Sentences in which an answer says that it takes no position."""


@dataclass(frozen=True, slots=True)
class Implied:
    """A verdict that an answer may mean."""

    verdict: Literal["accepted", "partially_accepted", "rejected", "noted"]
    words: str
    """The sentence of the answer that this rests on."""
    why: Literal["does", "promises", "considers", "told", "refuses", "refuses_in_part"]
    """What that sentence says: that it is done as recommended; that somebody will act; that it is looked at; that something was done
    before; that it cannot or need not be done; the same, beside a promise."""


def implied(record: Record) -> dict[str, Implied]:
    """What answers whose words decide nothing, or that only take note and yet promise something, may mean, by the answer's id.

    An answer that says in so many words that it takes no position is left out, as is one that promises and refuses nothing.
    """
    paper = Paper(record, today=datetime.now(UTC).date())
    found: dict[str, Implied] = {}
    for response in paper.responses:
        if response.verdict not in (None, "unclear", "noted") or _takes_no_position(paper, response):
            continue
        meant = _meant(paper, response)
        # Who takes note and promises to act may accept; else what is noted is that.
        if meant is not None and (response.verdict != "noted" or meant.verdict == "accepted"):
            found[response.id] = meant
    return found


def _meant(paper: Paper, response: Response) -> Implied | None:
    """What one answer may mean: a promise to act goes before what was done, and a refusal beside a promise makes it partial."""
    words = [s.text for s in sentences(response.text)]
    does = next((w for w in words if _answer.says(paper, w, "exactly")), None)
    promised = [s.text for s in _answer.promises(paper, response)]
    binding = next((w for w in promised if not _only_looks(paper, w) and _goes_on(paper, w)), None)
    refused = next((w for w in words if _refuses(paper, w)), None)
    if refused is not None:
        return Implied("partially_accepted", refused, "refuses_in_part") if does or binding else Implied("rejected", refused, "refuses")
    if does is not None:
        return Implied("accepted", does, "does")
    if binding is not None:
        return Implied("accepted", binding, "promises")
    looked = next((w for w in words if _answer.says(paper, w, "considers")), None)
    if looked is not None:
        return Implied("noted", looked, "considers")
    return Implied("noted", promised[0], "told") if promised else None


def _only_looks(paper: Paper, sentence: str) -> bool:
    """Whether a sentence promises to look at something and no more: "has taken note and will train" promises more."""
    looks, words = paper.words_of(_answer.TOPIC, "considers"), paper.words_of(_answer.TOPIC, "promises")
    if looks is None or words is None or not looks.search(sentence):
        return False
    spans = [m.span() for m in looks.finditer(sentence)]
    return all(any(a <= m.start() < b for a, b in spans) or _told(paper, m[0]) for m in words.finditer(sentence))


def _goes_on(paper: Paper, sentence: str) -> bool:
    """Whether a promise is of what is done or will be, and not alone of what was."""
    words = paper.words_of(_answer.TOPIC, "promises")
    relative = paper.words_of(_answer.TOPIC, "relative")
    before = False
    for m in words.finditer(sentence) if words is not None else ():
        if _told(paper, m[0]):
            before = True
        elif not (before and relative and relative.search(" ".join(sentence[: m.start()].split()[-_NEAR:]))):
            return True
    return False


def _told(paper: Paper, words: str) -> bool:
    told = paper.words_of(_answer.TOPIC, "told")
    return told is not None and told.fullmatch(words) is not None


def _refuses(paper: Paper, sentence: str) -> bool:
    """Whether a sentence says that what is recommended cannot or need not be done; "not possible to tell" is none."""
    said = _answer.says(paper, sentence, "infeasible")
    if said is not None:
        knowing = paper.words_of(_answer.TOPIC, "knowing")
        return not (knowing and knowing.match(sentence[said.end() :].lstrip()))
    return _answer.says(paper, sentence, "unneeded") is not None


def _takes_no_position(paper: Paper, response: Response) -> bool:
    return any(_answer.says(paper, s.text, "no_position") for s in sentences(response.text)[:_OPENING])
