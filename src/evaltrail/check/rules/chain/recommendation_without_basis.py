"""A recommendation seems to rest on nothing in the paper.

## What it does
Where most recommendations name the finding or conclusion that they rest on, tells those that name none. Elsewhere it
tells recommendations most of whose words the paper does not use before, so that nothing in it can speak of the same.

## Why it is bad
Nobody can judge whether a recommendation is right if the evaluation says nothing about its subject, and management
rejects it easily.

## Known problems
A recommendation in other words than its finding's can be told; one about a subject of the paper without any evidence is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.basis import MOSTLY, body_terms, standing_alone, stated
from evaltrail.check.mention import quoted
from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="CHA001",
    severity="warning",
    sources=("UNEG quality checklist: recommendations rest on evidence and conclusions",),
    papers=EVALUATIONS,
    suspects=True,
)

_PAPER = """# Evaluation of the water programme

## Findings

Finding 1: Half of the pumps in the northern districts had failed, as spare parts were expensive.

Finding 2: Mechanics left the districts because their wages came late.

Finding 3: Households paid the fees, but committees kept no accounts of them.

## Recommendations

Recommendation 1: The Ministry should make spare parts for pumps less expensive in the northern districts.

Recommendation 2: The Ministry should pay the wages of mechanics in the districts in time.

Recommendation 3: {}
"""
_FRENCH = """# Évaluation du programme de l’eau

## Constats

Constat 1 : La moitié des pompes des communes du nord sont en panne, car les pièces sont chères.

Constat 2 : Les mécaniciens quittent les communes, car leurs salaires arrivent tard.

## Recommandations

Recommandation 1 (constat 1) : Le ministère devrait rendre les pièces moins chères.

Recommandation 2 (constat 2) : Le ministère devrait payer à temps les salaires des mécaniciens.

Recommandation 3{} : Le ministère devrait créer un comité des redevances dans les communes.
"""
BAD = (
    _PAPER.format("The Ministry should translate school textbooks for kindergarten teachers into minority languages."),
    _FRENCH.format(""),
)
GOOD = (
    _PAPER.format("The Ministry should train committees of households to keep accounts of the fees."),
    _FRENCH.format(" (constats 1 et 2)"),
)


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each recommendation without a basis."""
    if not any(s.kind in ("finding", "conclusion") for s in paper.statements):
        return
    for evaluation in paper.evaluations:
        having, lacking = stated(paper, evaluation, "recommendation", into=True)
        if having and len(having) >= 2 and len(having) >= MOSTLY * (len(having) + len(lacking)):
            for r in lacking:
                yield Message(
                    say(
                        "{name} names no finding or conclusion that it may rest on; {number} others do.",
                        name=paper.name(r),
                        number=len(having),
                    ),
                    r.places,
                    statement=r.id,
                )
            if not lacking:
                yield Message(
                    say("All {number} recommendations name what they rest on.", number=len(having)),
                    having[0].places,
                    statement=having[0].id,
                    right=True,
                )
            continue
        for r, words in standing_alone(paper, lacking, body_terms(paper)):
            said = tuple(quoted(w) for w in words[:4])
            yield Message(
                say(
                    "{name} may rest on nothing: the rest of the paper does not use most of its words ({said} …).",
                    name=paper.name(r),
                    said=said,
                ),
                r.places,
                statement=r.id,
            )
