"""Several recommendations have the same answer, word for word.

## What it does
Finds answers in running text that are the same and say more than the verdict.

## Why it is bad
Recommendations differ, and so do the steps that they need. An answer that fits all was written for none.

## Options
- `words`: words from which on an answer says more than its verdict (15).
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
    from evaltrail.record import Response

RULE = Rule(
    code="RES017",
    severity="note",
    sources=("UNEG good practice on management response",),
    papers=WITH_ANSWERS,
    options={"words": 15},
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
_SAME = "Accepted. The Ministry will look into this with its partners and will report on it in the next year."
_MEME = "Acceptée. Le ministère étudiera cette question avec ses partenaires et en rendra compte au cours de la prochaine année."
BAD = (
    _PAPER.format(_SAME).replace("Accepted. The Ministry will train all committees by June 2027.", _SAME),
    _FRENCH.format(_MEME).replace("Acceptée. Le ministère formera les comités avant juin 2027.", _MEME),
)
GOOD = (
    _PAPER.format("Accepted. The Ministry will publish the report in June 2027."),
    _FRENCH.format("Acceptée. Le ministère publiera le rapport en juin 2027."),
)


@few
def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each group of answers that are the same."""
    for _evaluation, responses in _answer.by_evaluation(paper):
        groups: dict[str, list[Response]] = {}
        for r in responses:
            key = " ".join(r.text.lower().split())
            if not r.actions and len(key.split()) >= options["words"]:
                groups.setdefault(key, []).append(r)
        for same in groups.values():
            if len(same) > 1 and len({p.places for p in same}) > 1:
                yield Message(
                    say("{names} are the same word for word.", names=_answer.names(paper, same)), same[1].places, statement=same[1].id
                )
