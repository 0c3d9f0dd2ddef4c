"""A recommendation has no answer where the others have one.

## What it does
Where a paper answers most of an evaluation's recommendations, names those that it does not answer. A recommendation
that is answered in its parts counts as answered.

## Why it is bad
Management owes an answer to every recommendation. One without an answer is neither accepted nor rejected, and drops out of
follow-up without anybody having decided it.

## Known problems
An answer that stands far from its recommendation, without naming it, is not always recognised as its answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.called import of
from evaltrail.check.paper import WITH_ANSWERS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.response import _answer
from evaltrail.check.together import names, related
from evaltrail.check.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.record import Statement

RULE = Rule(
    code="RES001",
    severity="error",
    sources=("UNEG norms: management responds to each recommendation", "UNDP evaluation policy"),
    papers=WITH_ANSWERS,
)

_PAPER = """# Evaluation of the water programme

## Recommendations

Recommendation 1: The Ministry should publish a yearly report on wells.

Recommendation 2: The Ministry should train the water committees.

Recommendation 3: The Ministry should map all wells.

## Management response

### Recommendation 1

Accepted. The Ministry will publish the report in June 2027.

### Recommendation 3

Accepted. The Ministry will map the wells in 2027.
"""
_FRENCH = """# Évaluation du programme de l'eau

Le présent rapport rend compte de ce que l'évaluation a constaté dans les districts et de ce qui en découle pour le ministère.

## Recommandations

Recommandation 1 : Le ministère devrait publier un rapport chaque année.

Recommandation 2 : Le ministère devrait former les comités de l'eau.

## Réponse de la direction

### Recommandation 2

Acceptée. Le ministère formera les comités en 2027.
"""
BAD = (_PAPER, _FRENCH)
GOOD = (
    _PAPER + "\n### Recommendation 2\n\nAccepted. The Ministry will train the committees in 2027.\n",
    _FRENCH + "\n### Recommandation 1\n\nAcceptée. Le ministère publiera le rapport en juin 2027.\n",
)


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for each evaluation with recommendations that are passed over."""
    del options
    for evaluation, responses in _answer.by_evaluation(paper):
        answered = paper.answers_to
        own = [s for s in evaluation.statements if s.kind == "recommendation" and s.parent is None]
        missing = [r for r in own if r.id not in answered and not any(p.id in answered for p in paper.parts.get(r.id, ()))]
        replies = [r for r in missing if _among_answers(paper, r)]
        if len(replies) < len(own) - len(missing):
            missing = [r for r in missing if r not in replies]  # the evaluators' reply to an answer, read as a recommendation
        if own and not missing:
            said = plural(
                len(own),
                "The recommendation{where} has an answer.",
                "Each of the {number} recommendations{where} has an answer.",
                where=of(evaluation, several=True),
            )
            yield Message(said, responses[0].places[:1], right=True)
        elif missing and len(missing) * 2 <= len(own):
            yield Message(
                plural(len(missing), "{which:capital} has no answer.", "{which:capital} have no answer.", which=names(paper, missing)),
                missing[0].places,
                statement=missing[0].id,
                related=related(paper, missing[1:]),
            )


def _among_answers(paper: Paper, statement: Statement) -> bool:
    """Whether a statement stands among the answers and under no heading on recommendations, and has no number of its own."""
    unit = paper.unit_at(statement.places[0]) if statement.places else None
    return unit is not None and "response" in unit.within and "recommendations" not in unit.within and statement.number is None
