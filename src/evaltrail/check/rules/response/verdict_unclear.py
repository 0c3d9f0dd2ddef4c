"""An answer does not say whether the recommendation is accepted.

## What it does
Names the answers of an evaluation that neither accept, partly accept nor reject, in so many words, unless an answer to the
whole says it for all. One that says in other words that it will be done "as recommended", or cannot be done, is not named.

## Why it is bad
Acceptance is counted. What is neither yes nor no is read as either, as it suits.

## Known problems
An acceptance in unusual words is not recognised.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.called import of
from evaltrail.check.paper import WITH_ANSWERS
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.rules.response import _answer
from evaltrail.check.wording import plural, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="RES012",
    severity="warning",
    sources=("UNEG good practice on management response",),
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
    _PAPER.format("The wells of the country are many, and the districts differ."),
    _FRENCH.format("Les puits du pays sont nombreux et les districts diffèrent."),
)
GOOD = (
    _PAPER.format("Accepted. The Ministry will publish the report in June 2027."),
    _FRENCH.format("Acceptée. Le ministère publiera le rapport en juin 2027."),
)


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for each evaluation with such answers."""
    del options
    for evaluation, responses in _answer.by_evaluation(paper):
        if any(o.verdict in ("accepted", "rejected") for o in evaluation.overall_responses):
            continue
        unclear = [r for r in responses if r.verdict == "unclear" and r.text.strip() and not _answer.says(paper, r.text, "other_words")]
        clear = [r for r in responses if r.verdict != "unclear"]
        if unclear:
            yield Message(
                plural(
                    len(unclear),
                    "{names} does not say whether it accepts, wholly, in part or not.",
                    "{names} do not say whether they accept, wholly, in part or not.",
                    names=_answer.names(paper, unclear),
                ),
                unclear[0].places,
                statement=unclear[0].id,
                related=tuple(Related(say("{name}.", name=_answer.name(paper, r)), r.places[:1]) for r in unclear[1:12]),
            )
        elif len(clear) == len(responses):
            said = plural(
                len(responses),
                "The answer{where} says whether it accepts.",
                "Each of the {number} answers{where} says whether it accepts.",
                where=of(evaluation, several=True),
            )
            yield Message(said, responses[0].places[:1], right=True)
