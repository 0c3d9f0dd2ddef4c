"""What the rules on answers share: which answers there are, how they are called, and what they promise."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from evaltrail.check.called import MANY, counted
from evaltrail.check.wording import Said, listed, say
from evaltrail.record import Response
from evaltrail.text import packs
from evaltrail.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evaltrail.check.paper import Paper
    from evaltrail.record import Evaluation, Statement
    from evaltrail.text.sentences import Sentence

TOPIC = "check_response"
_MOST = 4
"""Answers that one recommendation may have: its parts are sometimes answered one by one."""
_WORD = re.compile(r"[^\W\d_]+")


def answers(paper: Paper, evaluation: Evaluation | None = None) -> list[Response]:
    """The responses that answer a recommendation, of one evaluation or of all; replies to reviewers' comments are none."""
    among = paper.responses if evaluation is None else [s for s in evaluation.statements if isinstance(s, Response)]
    return [
        r
        for r in among
        if r.answers
        # A recommendation with many answers: a table of comments that was taken for answers.
        and all(len(paper.answers_to.get(a.id, ())) <= _MOST for a in r.answers)
    ]


def by_evaluation(paper: Paper) -> Iterator[tuple[Evaluation, list[Response]]]:
    """Each evaluation that has answers, with them."""
    for evaluation in paper.evaluations:
        own = answers(paper, evaluation)
        if own:
            yield evaluation, own


def answered(paper: Paper, response: Response) -> list[Statement]:
    """The recommendations of this record that a response answers."""
    return [paper.by_id[a.id] for a in response.answers if a.record is None and a.id in paper.by_id]


def name(paper: Paper, response: Response) -> Said:
    """How a message calls an answer: "The answer to recommendation 7 (Part I)"."""
    return say("The answer to {what}", what=_to_what(paper, [response]))


def names(paper: Paper, responses: Sequence[Response]) -> Said:
    """How a message calls several answers of one evaluation: "The answers to recommendations 2 and 5"."""
    if len(responses) == 1:
        return name(paper, responses[0])
    return say("The answers to {what}", what=_to_what(paper, responses))


def _to_what(paper: Paper, responses: Sequence[Response]) -> Said:
    to = [s for r in responses for s in answered(paper, r)]
    evaluation = paper.evaluation_of.get(responses[0].id)
    several = evaluation and len(paper.evaluations) > 1
    where = say(" ({evaluation})", evaluation=evaluation.label or evaluation.title) if evaluation and several else ""
    if not to:
        return say("a recommendation of another paper{where}", where=where)
    if len(to) == 1:
        return say("{name:small}", name=paper.name(to[0]))
    numbers = [s.number for s in to if s.number]
    if len(numbers) < len(to) or len(numbers) > 10:
        return say("{count}{where}", count=counted("recommendation", len(to)), where=where)
    return say("{kind} {numbers}{where}", kind=MANY["recommendation"], numbers=listed(numbers), where=where)


def promise(paper: Paper, response: Response) -> Sentence | None:
    """The first sentence that says what somebody will do, does or has done about it; None where the answer promises nothing."""
    return next(_promises(paper, response), None)


def promises(paper: Paper, response: Response) -> list[Sentence]:
    """All sentences that say what somebody will do, does or has done."""
    return list(_promises(paper, response))


def _promises(paper: Paper, response: Response) -> Iterator[Sentence]:
    found = paper.words_of(TOPIC, "promises")
    for sentence in sentences(response.text) if found else ():
        if found and (any(_binds(paper, sentence.text, m) for m in found.finditer(sentence.text)) or _acted(paper, sentence.text)):
            yield sentence


def _binds(paper: Paper, text: str, match: re.Match[str]) -> bool:
    """Whether the promising words are said of an act, not of the recommendation or of its being accepted."""
    words = _WORD.findall(text[match.end() : match.end() + 40])
    last = _WORD.findall(match[0])
    verdicts = _verdict_words(paper.language)
    if (words and words[0].lower() in verdicts) or (last and last[-1].lower() in verdicts):
        return False
    negations = paper.words_of(TOPIC, "negations")
    near = " ".join(_WORD.findall(text[: match.start()])[-3:])
    talk = paper.words_of(TOPIC, "talk")
    if (negations and negations.search(near)) or (talk and talk.search(f"{match[0]} {' '.join(words[:1])}")):
        return False
    subjects, idle = paper.words_of(TOPIC, "idle_subjects"), paper.words_of(TOPIC, "idle_verbs")
    before = " ".join(_WORD.findall(text[: match.start()])[-2:])
    return not (subjects and idle and subjects.search(before) and idle.match(text, match.start()))


def negated(paper: Paper, text: str, at: int, words: int = 4) -> int | None:
    """Where a negation begins among the few words before an offset; None where there is none."""
    negations = paper.words_of(TOPIC, "negations")
    before = list(_WORD.finditer(text, 0, at))[-words:]
    return next((m.start() for m in before if negations and negations.fullmatch(m[0])), None)


def _acted(paper: Paper, text: str) -> bool:
    """Whether a sentence tells what one of those who answer did: "UNICEF consulted others"."""
    past = paper.words_of(TOPIC, "past")
    if past is None:
        return False
    who = _who(paper.language)
    verdicts = _verdict_words(paper.language)
    for m in past.finditer(text):
        before = _WORD.findall(text[max(0, m.start() - 40) : m.start()])
        if before and (before[-1].lower() in who or before[-1].isupper()) and m[0].lower() not in verdicts:
            return True
    return False


@cache
def _who(language: str) -> frozenset[str]:
    return frozenset((packs.pack(language, "verdicts") or packs.pack("en", "verdicts")).get("us", ()))


@cache
def _verdict_words(language: str) -> frozenset[str]:
    """Single words that say accepted, noted or rejected; "implemented" and its like are acts and not among them."""
    table = packs.pack(language, "verdicts") or packs.pack("en", "verdicts")
    return frozenset(w for key in ("accepted", "noted", "rejected") for w in table.get(key, ()) if " " not in w)


def accepts(paper: Paper, response: Response) -> bool:
    """Whether an answer accepts, wholly or partly, in so many words; a welcome is none."""
    accepted = response.verdict in ("accepted", "partially_accepted")
    return accepted and any(says(paper, response.text, "counts", key) for key in ("accepted", "partly", "fully"))


def says(paper: Paper, text: str, *keys: str) -> re.Match[str] | None:
    """The first of a list of the language's words in a text."""
    pattern = paper.words_of(TOPIC, *keys)
    return pattern.search(text) if pattern else None
