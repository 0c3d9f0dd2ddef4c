"""A recommendation is rejected without a reason.

## What it does
Finds answers that reject their recommendation in a few words and none of a reason.

## Why it is bad
A rejection is legitimate where it is reasoned. Without a reason the evaluators cannot see whether they were misunderstood, and a
governing body cannot judge it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import WITH_ANSWERS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.response import _answer, _reason
from evaltrail.check.together import few
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="RES003",
    severity="error",
    sources=(
        "UNEG good practice on management response",
        "UNDP evaluation guidelines",
    ),
    papers=WITH_ANSWERS,
    version=2,
)

_PAPER = """# Evaluation of the water programme

## Recommendations

Recommendation 1: The Ministry should publish a yearly report on all wells of the country.

Recommendation 2: The Ministry should train the water committees.

## Management response

### Recommendation 1

{}

### Recommendation 2

Accepted. The Ministry will train all committees by June 2027.
"""
_FRENCH = """# Évaluation du programme de l'eau

Le présent rapport rend compte de ce que l'évaluation a constaté dans les districts et de ce qui en découle pour le ministère.

## Recommandations

Recommandation 1 : Le ministère devrait publier chaque année un rapport sur tous les puits du pays.

Recommandation 2 : Le ministère devrait former les comités de l'eau.

## Réponse de la direction

### Recommandation 1

{}

### Recommandation 2

Acceptée. Le ministère formera les comités avant juin 2027.
"""
BAD = (
    _PAPER.format("Rejected."),
    _PAPER.format("The Ministry does not accept this recommendation."),
    _PAPER.format("The Ministry thanks the evaluators. It regrets that it cannot accept this recommendation."),
    _FRENCH.format("Rejetée."),
    _FRENCH.format("La recommandation n’est pas acceptée."),
)
GOOD = (
    _PAPER.format("Rejected, because the law leaves reports to the districts."),
    _PAPER.format("Rejected. The law leaves such reports to the districts and their councils."),
    _FRENCH.format("Rejetée, car la loi confie ces rapports aux districts."),
)


@few
def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each such answer."""
    del options
    for r in _answer.answers(paper):
        # A longer answer explains, in whatever words.
        if r.verdict == "rejected" and not _reason.given(paper, r) and _reason.only_verdict(paper, r):
            yield Message(say("{name} rejects it and gives no reason.", name=_answer.name(paper, r)), r.places, statement=r.id)
