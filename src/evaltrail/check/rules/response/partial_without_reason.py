"""A recommendation is accepted partly, and the answer does not say which part is not, or why.

## What it does
Finds answers that accept a part and hold no word of reason, limit or contrast.

## Why it is bad
What was accepted can neither be done nor verified as long as nobody knows which part it was.

## Known problems
A reason in plain words, without a word of the list, is not recognised.
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
    code="RES004",
    severity="warning",
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
    _PAPER.format("Partially accepted."),
    _PAPER.format("The Ministry partly agrees with Recommendation 1. The Ministry will publish a report each year."),
    _FRENCH.format("Partiellement acceptée. Le ministère publiera un rapport chaque année."),
)
GOOD = (
    _PAPER.format("Partially accepted. The Ministry will publish a report, but only every second year."),
    _PAPER.format("Partially accepted because the districts have reports of their own."),
    _FRENCH.format("Partiellement acceptée. Le ministère publiera un rapport, mais seulement tous les deux ans."),
)


@few
def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each such answer."""
    del options
    for r in _answer.answers(paper):
        if r.verdict == "partially_accepted" and not _reason.given(paper, r):
            yield Message(
                say("{name} accepts it in part and does not say which part is left out, or why.", name=_answer.name(paper, r)),
                r.places,
                statement=r.id,
            )
