"""A conclusion asks for something.

## What it does
Looks in conclusions for sentences that say what should be done. What stakeholders ask for, and “it should be noted”,
do not count.

## Why it is bad
A conclusion judges; what follows from it belongs among the recommendations, where it gets somebody who acts, a time and
an answer. Asked for in a conclusion, it is neither answered nor followed up.

## Known problems
A chapter that joins conclusions and recommendations on purpose is told too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.mention import quoted
from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.wording import plural, say
from evaltrail.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.record import Place, Statement

RULE = Rule(
    code="CON004",
    severity="note",
    sources=("UNEG norms: findings, conclusions and recommendations are kept apart",),
    papers=EVALUATIONS,
)

_PAPER = "# Evaluation of the water programme\n\n## Conclusions\n\nConclusion 1: The programme reached the poor. {}\n"
_FRENCH = "# Évaluation du programme de l’eau\n\n## Conclusions\n\nConclusion 1 : Le programme a atteint les plus pauvres. {}\n"
BAD = (
    _PAPER.format("The Ministry should raise the budget for repairs."),
    _FRENCH.format("Le ministère devrait augmenter le budget des réparations."),
)
GOOD = (
    _PAPER.format("Its budget for repairs is too small. It should be noted that fees rose. Users said that pumps should be repaired."),
    _FRENCH.format("Son budget de réparation est trop faible."),
)

_EACH = 3
"""Conclusions that get a message of their own; more are told in one."""


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each conclusion that asks, or one for many."""
    found = [(c, *first) for c in paper.of_kind("conclusion") if (first := _asking(paper, c)) is not None]
    for c, words, places in found[: _EACH if len(found) > _EACH else None]:
        related: tuple[Related, ...] = ()
        more: str = ""
        if len(found) > _EACH and c is found[0][0]:
            more = plural(len(found) - 1, " So do {number} others.", " So do {number} others.")
            related = tuple(Related(say("{name}: {words}", name=paper.name(x), words=quoted(w, 60)), p) for x, w, p in found[1:12])
        yield Message(
            say("{name} says what should be done: {words}.{more}", name=paper.name(c), words=quoted(words.rstrip(".")), more=more),
            places,
            statement=c.id,
            related=related,
        )
        if more:
            return
    conclusions = paper.of_kind("conclusion")
    if conclusions and not found:
        yield Message(
            say("No conclusion asks for anything: conclusions and recommendations are kept apart."), conclusions[0].places, right=True
        )


def _asking(paper: Paper, conclusion: Statement) -> tuple[str, tuple[Place, ...]] | None:
    """The first sentence of a conclusion that asks for something, with its places."""
    asks, asks_not, reported = (paper.words_of("check_conclusions", k) for k in ("asks", "asks_not", "reported"))
    if asks is None or not asks.search(conclusion.text):
        return None
    for s in sentences(conclusion.text):
        words = conclusion.text[s.start : s.end]
        m = asks.search(words)
        # "Should the fund close, …" asks nothing.
        if m is None or (m.start() == 0 and " " not in m.group()) or words.rstrip().endswith("?"):
            continue
        if (asks_not and asks_not.search(words)) or (reported and reported.search(words)):
            continue
        return words, paper.within(conclusion, s.start, s.end)
    return None
