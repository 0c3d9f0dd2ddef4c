"""An answer promises nothing.

## What it does
Looks at the answers that do not reject their recommendation, in so many words or by arguing against it. One that has no
action, no date, and no verb of what somebody will do, does or has done promises nothing. That the recommendation itself
"will guide" something is no promise.

## Why it is bad
"This recommendation is welcomed." cannot be followed up: nobody has to do anything, and no day comes on which it is late.

## Known problems
A promise in unusual words is not recognised.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import WITH_ANSWERS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.response import _answer
from evaltrail.check.together import few
from evaltrail.check.wording import plural, say
from evaltrail.text.dates import dates

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.record import Response

RULE = Rule(
    code="RES002",
    severity="warning",
    sources=("UNEG good practice on management response: actions, owners and dates", "practice of evaluation offices"),
    papers=WITH_ANSWERS,
    version=2,
)

_PAPER = """# Evaluation of the water programme

## Recommendations

Recommendation 1: The Ministry should publish a yearly report on wells.

Recommendation 2: The Ministry should train the water committees.

## Management response

### Recommendation 1

{}

### Recommendation 2

The Ministry will train all committees by June 2027.
"""
_FRENCH = """# Évaluation du programme de l'eau

Le présent rapport rend compte de ce que l'évaluation a constaté dans les districts et de ce qui en découle pour le ministère.

## Recommandations

Recommandation 1 : Le ministère devrait publier un rapport chaque année.

Recommandation 2 : Le ministère devrait former les comités de l'eau.

## Réponse de la direction

### Recommandation 1

{}

### Recommandation 2

Le ministère formera les comités avant juin 2027.
"""
BAD = (
    _PAPER.format("This recommendation is welcomed."),
    _PAPER.format("The Ministry agrees with this recommendation, which deserves reflection."),
    _FRENCH.format("La direction accueille favorablement cette recommandation."),
)
GOOD = (
    _PAPER.format("This recommendation is welcomed. The Ministry will publish the first report in June 2027."),
    _PAPER.format("Rejected, because the law forbids it."),
    _FRENCH.format("Acceptée. Le ministère publiera le premier rapport en juin 2027."),
)


@few
def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each empty answer, and one that tells how many promise something."""
    del options
    for _evaluation, responses in _answer.by_evaluation(paper):
        tabled = any(r.actions for r in responses)
        empty: list[Response] = []
        bound: list[Response] = []
        for r in responses:
            # Where others have actions in rows of their own, an acceptance without one is RES005's.
            if r.verdict == "rejected" or not r.text.strip() or r.actions or (tabled and _answer.accepts(paper, r)):
                continue
            if _turns_down(paper, r):
                continue
            (bound if _answer.promise(paper, r) or dates(r.text, paper.language) else empty).append(r)
        for r in empty:
            yield Message(
                say("{name} promises nothing: it names no action and no date.", name=_answer.name(paper, r)), r.places, statement=r.id
            )
        if bound:
            yield Message(
                plural(
                    len(bound),
                    "{names} says what is or will be done.",
                    "{names} say what is or will be done.",
                    names=_answer.names(paper, bound),
                ),
                bound[0].places[:1],
                right=True,
            )


def _turns_down(paper: Paper, response: Response) -> bool:
    """Whether an answer without a verdict argues with the matter and not with the recommendation: in effect it turns it down."""
    if response.verdict != "unclear" or not _answer.says(paper, response.text, "reasons"):
        return False
    named = any(_answer.says(paper, response.text, *keys) for keys in (("courtesies",), ("counts", "recommendations")))
    return not named
