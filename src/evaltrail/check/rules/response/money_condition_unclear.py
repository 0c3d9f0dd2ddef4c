"""An answer depends on money and does not say on how much, or from where.

## What it does
Finds answers and actions that are made dependent on funds ("subject to funding", "if resources allow") without an amount and
without a source (regular budget, trust fund, donor).

## Why it is bad
Such a condition can excuse anything. With an amount and a source it is a plan that somebody can finance.

## Known problems
An amount that stands elsewhere in the paper is not seen.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import WITH_ANSWERS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.response import _answer
from evaltrail.check.together import few
from evaltrail.check.wording import say
from evaltrail.text.quantities import amounts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

_NEAR = 45
"""Characters between a condition and the money that it speaks of."""
_BREAK = re.compile(r"[.;:,\n]")

RULE = Rule(
    code="RES008",
    severity="warning",
    sources=("UNEG good practice on management response",),
    papers=WITH_ANSWERS,
    version=2,
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
    _PAPER.format("Accepted. The Ministry will publish the report, subject to the availability of funds."),
    _FRENCH.format("Acceptée. Le ministère publiera le rapport, sous réserve de la disponibilité des fonds."),
)
GOOD = (
    _PAPER.format("Accepted. The Ministry will publish the report, subject to the availability of 20,000 dollars from the regular budget."),
    _PAPER.format("Accepted. The Ministry will publish the report in June 2027."),
    _FRENCH.format("Acceptée. Le ministère publiera le rapport en juin 2027."),
)


@few
def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each answer with such a condition."""
    del options
    for r in _answer.answers(paper):
        text = "\n".join([r.text, *(f"{a.text}\n{a.resources or ''}" for a in r.actions)])
        found = _condition(paper, text)
        if not found or _answer.says(paper, text, "sources_of_money") or _amount(paper, text):
            continue
        inside = found.end() <= len(r.text)
        yield Message(
            say(
                "{name} depends on money (“{words}”) and names neither an amount nor a source.", name=_answer.name(paper, r), words=found[0]
            ),
            paper.within(r, found.start(), found.end()) if inside else r.places,
            statement=r.id,
        )


def _condition(paper: Paper, text: str) -> re.Match[str] | None:
    """A condition on money: a phrase of the list, or a condition with money a few words behind it."""
    whole = _answer.says(paper, text, "money")
    conditions, openings, nouns, there = (
        paper.words_of(_answer.TOPIC, key) for key in ("money_conditions", "money_openings", "money_nouns", "money_there")
    )
    if whole or not conditions or not openings or not nouns or not there:
        return whole
    for pattern, weak in ((conditions, False), (openings, True)):
        for m in pattern.finditer(text):
            noun = nouns.search(text, m.end(), m.end() + _NEAR)
            if noun is None or _BREAK.search(text, m.end(), noun.start()):
                continue
            # "If we provide funding" is no condition on money; "if funding is found" is.
            if not weak or there.search(text, noun.end(), noun.end() + _NEAR):
                return re.compile(".*", re.DOTALL).match(text, m.start(), noun.end())
    return None


def _amount(paper: Paper, text: str) -> bool:
    """Whether a sum of money is named: a number with a currency."""
    return any(a.unit is not None and len(a.unit) == 3 and a.unit.isupper() for a in amounts(text, paper.language))
