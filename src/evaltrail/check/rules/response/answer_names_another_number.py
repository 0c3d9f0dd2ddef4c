"""An answer names another recommendation than the one it answers.

## What it does
Looks at the first sentence of an answer: where it gives a verdict on a numbered recommendation ("The Office agrees with
Recommendation 4"), the number must be that of the recommendation answered.

## Why it is bad
Answers were swapped, or the recommendations renumbered after they were answered. One of the two is not answered at all.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import WITH_ANSWERS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.response import _answer
from evaltrail.check.together import few
from evaltrail.check.wording import plural, say
from evaltrail.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="RES018",
    severity="error",
    sources=("consistency",),
    papers=WITH_ANSWERS,
)

_SHORT = 20
"""Words up to which a first sentence is the verdict and not yet the explanation."""

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
    _PAPER.format("The Ministry agrees with Recommendation 2. The Ministry will publish the report."),
    _FRENCH.format("Le ministère accepte la recommandation 2. Il publiera le rapport."),
)
GOOD = (
    _PAPER.format("The Ministry agrees with Recommendation 1. The Ministry will publish the report."),
    _PAPER.format("Accepted. The work on Recommendation 2 comes first."),
    _FRENCH.format("Le ministère accepte la recommandation 1. Il publiera le rapport."),
)


@few
def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each such answer, and one that tells how many name the right number."""
    del options
    nouns = paper.words_of(_answer.TOPIC, "counts", "recommendations")
    if nouns is None:
        return
    named = re.compile(
        rf"(?:{nouns.pattern})\s+(?:n[o°º]\.?\s*)?(\d{{1,3}})(?![\w.]*\d|\s*(?:,|and|et|to|à|–|-|y|e|a)\s*\d)", re.IGNORECASE
    )
    right = []
    for r in _answer.answers(paper):
        first = sentences(r.text)[:1]
        numbers = {s.number for s in _answer.answered(paper, r)}
        found = list(named.finditer(first[0].text)) if first and len(first[0].text.split()) <= _SHORT else []
        if len(found) != 1 or not all(n and n.isdigit() for n in numbers) or not numbers:
            continue
        if not any(_answer.says(paper, first[0].text, "counts", k) for k in ("accepted", "partly", "rejected")):
            continue
        m = found[0]
        if m[1] not in numbers:
            yield Message(
                say("{name} speaks of “{words}”.", name=_answer.name(paper, r), words=m[0]),
                paper.within(r, first[0].start + m.start(), first[0].start + m.end()),
                statement=r.id,
            )
        else:
            right.append(r)
    if right:
        yield Message(
            plural(
                len(right),
                "{number} answers name the number of the recommendation that they answer.",
                "{number} answers name the number of the recommendation that they answer.",
            ),
            right[0].places[:1],
            right=True,
        )
