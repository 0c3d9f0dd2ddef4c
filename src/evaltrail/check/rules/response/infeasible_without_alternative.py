"""A recommendation is called infeasible and nothing is proposed instead.

## What it does
Finds answers that say that something is not feasible or cannot be implemented and do not say what will be done instead. That
something cannot be known yet, and an answer that gives its grounds at length, are left alone.

## Why it is bad
The problem that the recommendation answers stays where it is. The one who knows why this way is closed also knows another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import WITH_ANSWERS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.response import _answer
from evaltrail.check.together import few
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

_NEAR = 30
"""Characters behind "not possible" in which it may say that it is only not possible to tell."""
_ARGUED = 60
"""Words from which on an answer gives its grounds at length; then what else is done may stand among them."""

RULE = Rule(
    code="RES009",
    severity="warning",
    sources=(
        "UNEP evaluation policy: a reason and an alternative",
        "UNEG good practice on management response",
    ),
    papers=WITH_ANSWERS,
    version=3,
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
    _PAPER.format("Rejected. This is not feasible."),
    _FRENCH.format("Rejetée, car cela est irréalisable."),
)
GOOD = (
    _PAPER.format("Rejected. This is not feasible; the districts will publish their reports instead."),
    _PAPER.format("Rejected, because the law forbids it."),
    _FRENCH.format("Rejetée, car cela est irréalisable. Les districts publieront plutôt leurs rapports."),
)


@few
def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each such answer."""
    del options
    for r in _answer.answers(paper):
        found = _answer.says(paper, r.text, "infeasible")
        if found and (_answer.says(paper, r.text[found.end() : found.end() + _NEAR], "knowing") or len(r.text.split()) > _ARGUED):
            continue
        real = [a for a in r.actions if any(c.isalpha() for c in a.text.replace("N/A", "").replace("n/a", ""))]
        rest = r.text[: found.start()] + r.text[found.end() :] if found else ""
        if found and not real and not _answer.says(paper, rest, "alternatives") and not _answer.promise(paper, r):
            yield Message(
                say("{name} calls it “{words}” and offers no alternative.", name=_answer.name(paper, r), words=found[0]),
                paper.within(r, found.start(), found.end()),
                statement=r.id,
            )
