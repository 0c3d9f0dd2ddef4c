"""An answer promises only to try.

## What it does
Finds answers in running text whose every promise is hedged: "will consider", "will strive to", "where possible".

## Why it is bad
Trying is done as soon as it is begun. Whether the recommendation was carried out cannot be verified against such an answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import WITH_ANSWERS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.response import _answer
from evaltrail.check.together import few
from evaltrail.check.wording import say
from evaltrail.text.dates import dates

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="RES020",
    severity="note",
    sources=("UNEG good practice on management response",),
    papers=WITH_ANSWERS,
    version=2,
    suspects=True,
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
    _PAPER.format("Accepted. The Ministry will consider a report."),
    _PAPER.format("Accepted. The Ministry will do its best to publish a report."),
    _FRENCH.format("Acceptée. Le ministère s’efforcera de publier un rapport."),
)
GOOD = (
    _PAPER.format("Accepted. The Ministry will publish the report in June 2027."),
    _PAPER.format("Accepted. The Ministry will consider a report. It will hold 12 courses."),
    _PAPER.format("Accepted. The Ministry will publish a report as soon as possible."),
    _FRENCH.format("Acceptée. Le ministère publiera le rapport en juin 2027."),
)


@few
def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each such answer."""
    del options
    for r in _answer.answers(paper):
        promising = [] if r.actions or r.verdict == "rejected" else _answer.promises(paper, r)
        hedged = [m for s in promising if (m := _answer.says(paper, s.text, "hedges"))]
        if promising and len(hedged) == len(promising) and not dates(r.text, paper.language):
            yield Message(
                say("{name} seems to promise only to try: “{words}”.", name=_answer.name(paper, r), words=hedged[0][0]),
                r.places,
                statement=r.id,
            )
