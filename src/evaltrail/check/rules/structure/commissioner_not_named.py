"""The report does not seem to say who asked for the evaluation.

## What it does
Looks for words that tell who commissioned or manages the evaluation, or under what plan or policy it was made.

## Why it is bad
Who pays and who decides about the questions shapes what an evaluation looks at. The reader should know.

## Known problems
The commissioner may be named in words that the rule does not know.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from evaltrail.check.pages import folded, pages_of
from evaltrail.check.paper import REPORTS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.structure._words import known, listed
from evaltrail.check.wording import say
from evaltrail.text import packs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.pages import Pages
    from evaltrail.check.paper import Paper

RULE = Rule(
    code="STR006", severity="note", sources=("UNEG quality checklist for evaluation reports",), version=2, papers=REPORTS, suspects=True
)

BAD = (
    "# Evaluation of the water programme\n\n## Background\n\nThe programme drilled wells in Mali.\n",
    "# Évaluation du programme de l’eau\n\n## Contexte\n\nLe programme a foré des puits au Mali.\n",
)
GOOD = (
    "# Evaluation of the water programme\n\n## Background\n\nThe Ministry of Water commissioned the evaluation.\n",
    "# Évaluation du programme de l’eau\n\n## Contexte\n\nL’évaluation a été commanditée par le Ministère de l’eau.\n",
)

_NEAR = 80
"""Characters on either side of a hint in which the evaluation has to be named."""


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message when nothing tells."""
    if not known(paper):
        return
    pages = pages_of(paper)
    found = next(pages.hits(listed("people", "commissioner")), None)
    if found is not None:
        start, end = max(found[0] - 60, pages.line(found[0])[0]), min(found[1] + 60, pages.line(found[0])[1])
        yield Message(
            say("The report tells who asked for it: “{words}”.", words=pages.printed(*found)), (pages.place(start, end),), right=True
        )
    elif next(pages.hits(listed("people", "offices")), None) is None and not any(
        _of_evaluation(pages, at) for at, _ in pages.hits(listed("people", "hints"))
    ):
        yield Message(say("The report does not seem to say who commissioned the evaluation."))


def _of_evaluation(pages: Pages, at: int) -> bool:
    """Whether the words around a hint speak of the evaluation: programmes have steering committees and plans too."""
    around = pages.text[max(0, at - _NEAR) : at + _NEAR]
    return any(w in around for w in _evaluation())


@cache
def _evaluation() -> tuple[str, ...]:
    return tuple(folded(w) for w in packs.merged("check")["evaluation"]["names"])
