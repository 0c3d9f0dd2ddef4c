"""A conclusion that tells of a problem leads to no recommendation, where the others do.

## What it does
In a paper whose recommendations name the conclusions that they follow from, tells the conclusions with a problem that no
recommendation names; where there are none, those that speak of no success either.

## Why it is bad
Either a recommendation is missing, or one does not say what it rests on.

## Known problems
Silent in papers whose recommendations name nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.basis import MOSTLY, stated
from evaltrail.check.mention import quoted
from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="CHA008",
    severity="note",
    sources=("UNEG quality checklist: recommendations follow from conclusions",),
    papers=EVALUATIONS,
    version=2,
)

_PAPER = """# Evaluation of the water programme

## Conclusions

Conclusion 1: Pumps are weak and fail early.

Conclusion 2: Mechanics are too few.

Conclusion 3: {}

## Recommendations

Recommendation 1: The Ministry should buy stronger pumps (conclusion 1).

Recommendation 2: The Ministry should train mechanics (conclusion 2).
"""
_FRENCH = """# Évaluation du programme de l’eau

## Conclusions

Conclusion 1 : Les pompes sont trop faibles.

Conclusion 2 : Les mécaniciens manquent.

Conclusion 3 : {}

## Recommandations

Recommandation 1 : Le ministère devrait acheter des pompes plus solides (conclusion 1).

Recommandation 2 : Le ministère devrait former des mécaniciens (conclusion 2).
"""
BAD = (
    _PAPER.format("Committees lack the skills to keep accounts."),
    _PAPER.format("Wells in the hills run dry in May."),
    _FRENCH.format("Les comités n’ont pas de comptes."),
)
GOOD = (_PAPER.format("Households are content with the programme."), _FRENCH.format("Les ménages sont contents du programme."))


_EACH = 3
"""Conclusions that get a message of their own; more are told in one."""
_SHOWN = 12


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each conclusion that nothing follows from."""
    problems, strengths = paper.words_of("check_chain", "problems"), paper.words_of("check_chain", "strengths")
    if problems is None:
        return
    for evaluation in paper.evaluations:
        having, lacking = stated(paper, evaluation, "conclusion", into=False)
        conclusions = {c.id for c in (*having, *lacking)}
        asked = [s for s in evaluation.statements if s.kind == "recommendation" and s.parent is None]
        naming = [r for r in asked if any(x.basis != "proposed" and x.from_ in conclusions for x in paper.links_to.get(r.id, ()))]
        if len(naming) < 2 or len(naming) < MOSTLY * len(asked):
            continue
        unused = [c for c in lacking if problems.search(c.text)]
        problem = bool(unused)
        if not unused and strengths is not None:
            unused = [c for c in lacking if not strengths.search(c.text)]
        if len(unused) > _EACH:
            related = tuple(
                Related(say("{name}: {words}", name=paper.name(c), words=quoted(c.text, 70)), c.places) for c in unused[:_SHOWN]
            )
            yield Message(
                say("No recommendation names {number} conclusions that tell of a problem.", number=len(unused))
                if problem
                else say("No recommendation names {number} conclusions.", number=len(unused)),
                unused[0].places,
                related=related,
            )
            unused = []
        for c in unused:
            yield Message(
                say("No recommendation names {name}, which tells of a problem: {words}.", name=paper.name(c), words=quoted(c.text, 70))
                if problem
                else say("No recommendation names {name}: {words}.", name=paper.name(c), words=quoted(c.text, 70)),
                c.places,
                statement=c.id,
            )
        if not lacking:
            yield Message(
                say("Recommendations follow from all {number} conclusions.", number=len(having)),
                having[0].places,
                statement=having[0].id,
                right=True,
            )
