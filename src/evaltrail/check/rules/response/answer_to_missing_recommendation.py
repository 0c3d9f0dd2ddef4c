"""An answer speaks to a recommendation that is not there.

## What it does
Where the recommendations of an evaluation are numbered without a gap, finds answers whose heading names another number.

## Why it is bad
Either a recommendation was lost or renumbered, or the answer stands under the wrong one. The reader cannot tell what was
answered.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.ordinal import ordinal
from evaltrail.check.paper import WITH_ANSWERS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.together import few
from evaltrail.check.wording import say
from evaltrail.record import Response

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="RES013",
    severity="error",
    sources=("consistency",),
    papers=WITH_ANSWERS,
)

_NUMBER = re.compile(r"(\d{1,3})\s*$")

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
    _PAPER.format("Accepted. The Ministry will publish it.").replace("### Recommendation 2", "### Recommendation 5"),
    _FRENCH.format("Acceptée. Le ministère le publiera.").replace("### Recommandation 2", "### Recommandation 5"),
)
GOOD = (
    _PAPER.format("Accepted. The Ministry will publish it."),
    _FRENCH.format("Acceptée. Le ministère le publiera."),
)


@few
def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each such answer."""
    del options
    for evaluation in paper.evaluations:
        numbers = {s.number for s in evaluation.statements if s.kind == "recommendation" and s.number}
        whole = {n for n in map(ordinal, numbers) if n is not None}
        if not whole or min(whole) != 1 or max(whole) != len(whole):
            continue
        for r in evaluation.statements:
            if not isinstance(r, Response) or r.answers:
                continue
            named = r.number or _last_number(r.label)
            if (n := ordinal(named)) is not None and n not in whole:
                yield Message(
                    say(
                        "An answer speaks to recommendation {named}; there are {number}, numbered to {last}.",
                        named=named or "",
                        number=len(whole),
                        last=max(whole),
                    ),
                    r.places,
                    statement=r.id,
                )


def _last_number(label: str | None) -> str | None:
    found = _NUMBER.search(label or "")
    return found[1] if found else None
