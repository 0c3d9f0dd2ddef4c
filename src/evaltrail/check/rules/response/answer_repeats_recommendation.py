"""An answer says the recommendation over again.

## What it does
Compares the sentences of an answer, those of the verdict left out, with its recommendation: nearly all their words stand
there too.

## Why it is bad
It sounds like a commitment and adds nothing: no step, no owner, no date that the recommendation did not have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import WITH_ANSWERS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.response import _answer
from evaltrail.check.similar import repeated
from evaltrail.check.together import few
from evaltrail.check.wording import say
from evaltrail.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="RES015",
    severity="note",
    sources=("UNEG good practice on management response",),
    papers=WITH_ANSWERS,
)

LEAST = 0.85
"""Share of the answer's words that stand in the recommendation."""
WORDS = 9
"""Words that an answer must have beside its verdict."""
SHORT = 9
"""Words of a sentence that only gives the verdict."""

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
    _PAPER.format("Accepted. The Ministry will publish a yearly report on all wells of the country."),
    _FRENCH.format("Acceptée. Le ministère devra publier chaque année un rapport sur tous les puits du pays."),
)
GOOD = (
    _PAPER.format("Accepted. Ms Diallo will have the first report printed in June 2027 and sent to each district."),
    _FRENCH.format("Acceptée. Le premier rapport sortira en juin 2027 et sera envoyé à chaque district."),
)


@few
def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each such answer."""
    del options
    for r in _answer.answers(paper):
        if any(a.text.strip() and (a.unit or a.due) for a in r.actions):
            continue
        said = " ".join(s.text for s in sentences(r.text) if not _verdict(paper, s.text))
        asked = " ".join(s.text for s in _answer.answered(paper, r))
        if said and asked and repeated([said], [asked], least=LEAST, words=WORDS):
            yield Message(say("{name} repeats its words and adds nothing.", name=_answer.name(paper, r)), r.places, statement=r.id)


def _verdict(paper: Paper, text: str) -> bool:
    """Whether a short sentence does nothing but accept or reject."""
    return len(text.split()) <= SHORT and any(_answer.says(paper, text, "counts", k) for k in ("accepted", "partly", "rejected"))
