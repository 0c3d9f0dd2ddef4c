"""A finding that tells of a problem seems to lead to no recommendation.

## What it does
Where most findings that tell of a problem are linked in the text to a recommendation, tells those that are not. Elsewhere
tells findings with words of a problem that share hardly a word with any recommendation and have no proposed link.

## Why it is bad
A problem that the evaluation found and that nobody is asked to solve stays as it is.

## Known problems
Whether a problem matters enough for a recommendation a person must judge. Silent where there are fewer than three recommendations.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from evaltrail.check.basis import MOSTLY, stated
from evaltrail.check.grounds import share, terms
from evaltrail.check.mention import quoted
from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.wording import plural, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from evaltrail.check.paper import Paper
    from evaltrail.record import Statement

RULE = Rule(
    code="CHA002",
    severity="note",
    sources=("practice of evaluation offices: no important finding without a recommendation",),
    papers=EVALUATIONS,
    version=2,
    suspects=True,
)

_PAPER = """# Evaluation of the water programme

## Findings

Finding 1: Half of the pumps had failed, because spare parts were lacking in the northern districts.

Finding 2: {}

## Recommendations

Recommendation 1: The Ministry should supply spare parts for pumps to the northern districts every quarter.

Recommendation 2: The Ministry should pay mechanics who maintain the pumps of the districts on time.

Recommendation 3: The Ministry should publish the fees that households pay for water in each district.
"""
_FRENCH = """# Évaluation du programme de l’eau

## Constats

Constat 1 : La moitié des pompes sont en panne, car les pièces de rechange manquent dans les communes du nord.

Constat 2 : {}

## Recommandations

Recommandation 1 : Le ministère devrait fournir chaque trimestre des pièces de rechange pour les pompes aux communes du nord.

Recommandation 2 : Le ministère devrait payer à temps les mécaniciens qui entretiennent les pompes.

Recommandation 3 : Le ministère devrait publier les redevances que les ménages paient pour l’eau.
"""
BAD = (
    _PAPER.format("The school curriculum lacks hygiene lessons, so pupils and teachers fail to wash hands before meals."),
    _FRENCH.format("Les écoles manquent de leçons d’hygiène, et les élèves ne se lavent pas les mains avant les repas."),
)
GOOD = (
    _PAPER.format("Mechanics lack pay, which came late in all districts, so pumps were not maintained."),
    _FRENCH.format("Les mécaniciens manquent, car ils sont payés trop tard pour entretenir les pompes."),
)

_LEAST = 3
"""Recommendations that a paper must have for anything to be said."""
_HARDLY = 0.15
"""Share of a finding's words that the recommendations have, up to which none takes it up."""
_FEWEST = 3
_NAMES = re.compile(r"\b[A-ZÀ-Þ]\w+")
"""Names in a recommendation, the Ministry of Labour's, say who acts and not on what."""
_MANY = 8
"""Different words of a finding below which one word in common can be its whole subject."""
_SOME = 6
_SHOWN = 8


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for each evaluation with such findings."""
    problems = paper.words_of("check_chain", "problems")
    if problems is None:
        return
    for evaluation in paper.evaluations:
        recommendations = [s for s in evaluation.statements if s.kind == "recommendation"]
        having, lacking = stated(paper, evaluation, "finding", into=False)
        with_problem = [f for f in lacking if problems.search(f.text)]
        if sum(s.parent is None for s in recommendations) < _LEAST or not (having or lacking):
            continue
        if having and len(having) >= MOSTLY * (len(having) + len(with_problem)) and len(having) > 2:
            found = with_problem
        else:
            found = list(_untaken(paper, with_problem, _asked(paper, recommendations)))
        if found:
            yield _message(paper, found)


def _asked(paper: Paper, recommendations: Sequence[Statement]) -> list[frozenset[str]]:
    """What each whole recommendation, with its parts, is about."""
    texts: dict[str, list[str]] = {}
    for r in recommendations:
        texts.setdefault(r.parent or r.id, []).append(r.text)
    return [_singular(terms(_NAMES.sub(" ", " ".join(own)), paper.language)) for own in texts.values()]


def _singular(stems: frozenset[str]) -> frozenset[str]:
    """Stems without the ending of the plural, which in short words stands within the stem: "site" and "sites"."""
    return frozenset(s.rstrip("s") for s in stems)


def _untaken(paper: Paper, findings: Sequence[Statement], each: Sequence[frozenset[str]]) -> Iterator[Statement]:
    """Findings of which the recommendations have hardly a word; one that half of them lack may be there by chance."""
    among = Counter(w for own in each for w in own)
    asked = frozenset(among)
    for f in findings:
        own = _singular(terms(f.text, paper.language))
        if len(own) < _FEWEST or paper.links_from.get(f.id):
            continue
        common = own & asked
        # What most recommendations are about is no word in common by chance.
        by_chance = all(among[w] * 2 <= len(each) for w in common)
        one = len(own) >= _SOME and len(common) == 1
        if not common or (by_chance and (one or (len(own) >= _MANY and share(own, asked) <= _HARDLY))):
            yield f


def _message(paper: Paper, found: Sequence[Statement]) -> Message:
    first = found[0]
    others = plural(len(found) - 1, " So do {number} others.", " So do {number} others.") if len(found) > 1 else ""
    related = tuple(Related(say("{name}: {words}", name=paper.name(f), words=quoted(f.text, 70)), f.places) for f in found[1:_SHOWN])
    words = quoted(first.text, 70)
    said = say(
        "{name} tells of a problem and seems to lead to no recommendation: {words}.{others}",
        name=paper.name(first) if first.number else say("A finding"),
        words=words,
        others=others,
    )
    return Message(said, first.places, statement=first.id, related=related)
