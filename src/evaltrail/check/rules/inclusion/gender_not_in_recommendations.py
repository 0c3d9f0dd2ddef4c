"""The evaluation speaks of gender and no recommendation does.

## What it does
Looks for gender, women, girls and the like in the recommendations of an evaluation that judges of them: a finding, a conclusion or a
heading of the findings names them, and at least three passages do.

## Why it is bad
What an evaluation found about women and men changes nothing until somebody is asked to act on it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from evaltrail.check.called import of
from evaltrail.check.mention import mentions, quoted, readable
from evaltrail.check.paper import EVALUATIONS, TEXT_ROLES
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.rules.inclusion._people import TOPIC, evaluation_of
from evaltrail.check.wording import plural, say
from evaltrail.record import Recommendation

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping

    from evaltrail.check.mention import Mention
    from evaltrail.check.paper import Paper
    from evaltrail.record import Evaluation, Role

RULE = Rule(
    code="INC006",
    severity="note",
    sources=("UN-SWAP evaluation performance indicator",),
    papers=EVALUATIONS,
)

BAD = (
    (
        "# Evaluation of the water programme\n\n## Findings\n\nFinding 1: Women draw most of the water.\n\n"
        "Finding 2: No woman sits on a well committee.\n\n"
        "Finding 3: Girls miss school to draw water.\n\n"
        "## Recommendations\n\nRecommendation 1: The Ministry should repair ten wells by June 2027.\n"
    ),
    (
        "# Évaluation du programme d'eau\n\n## Constatations\n\nConstatation 1 : Les femmes puisent l'eau.\n\n"
        "Constatation 2 : Aucune femme ne siège dans les comités.\n\n"
        "Constatation 3 : Les filles manquent l'école.\n\n"
        "## Recommandations\n\nRecommandation 1 : Le ministère devrait réparer dix puits avant juin 2027.\n"
    ),
)
GOOD = (
    (
        "# Evaluation of the water programme\n\n## Findings\n\nFinding 1: Women draw most of the water.\n\n"
        "Finding 2: No woman sits on a well committee.\n\n"
        "## Recommendations\n\nRecommendation 1: The Ministry should train ten women as well keepers.\n"
    ),
    (
        "# Évaluation du programme d'eau\n\n## Recommandations\n\n"
        "Recommandation 1 : Le ministère devrait former dix femmes à l'entretien des puits.\n"
    ),
)


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for each evaluation whose recommendations leave gender out."""
    words = paper.words_of(TOPIC, "gender")
    if words is None or not readable(paper, TOPIC):
        return
    spoken = _spoken(paper)
    for evaluation in paper.evaluations:
        own = [s for s in evaluation.statements if isinstance(s, Recommendation)]
        if not own:
            continue
        where = of(evaluation, several=len(paper.evaluations) > 1)
        speaks = next((s for s in own if words.search(s.text)), None)
        found = spoken.get(evaluation.id, [])
        if speaks:
            yield Message(
                say("{name} speaks of gender: {words}.", name=paper.name(speaks), words=quoted(speaks.text)),
                speaks.places,
                right=True,
                statement=speaks.id,
            )
        elif len(found) >= _SPOKEN and _judged(paper, evaluation, words):
            whole = sum(1 for s in own if s.parent is None)
            yield Message(
                plural(
                    max(1, whole),
                    "Gender, women or girls are spoken of in {passages} passages, and the one recommendation{where} does not.",
                    "Gender, women or girls are spoken of in {passages} passages, and none of the {number} recommendations{where} does.",
                    passages=len(found),
                    where=where,
                ),
                own[0].places,
                related=tuple(Related(quoted(m.unit.text), paper.at(m.unit, m.start, m.end)) for m in found[:3]),
            )


_JUDGING: frozenset[Role] = frozenset({"findings", "conclusions"})
_SPOKEN = 3
"""Passages that speak of gender, from which a recommendation is looked for."""


def _spoken(paper: Paper) -> dict[str, list[Mention]]:
    """The passages of the body that speak of gender, by evaluation; in a paper on one evaluation all are its own."""
    only = paper.evaluations[0].id if len(paper.evaluations) == 1 else None
    out: dict[str, list[Mention]] = defaultdict(list)
    for m in mentions(paper, TOPIC, "gender", lambda u: u.kind in ("paragraph", "item") and not u.within & TEXT_ROLES):
        of = only or evaluation_of(paper, m.unit)
        if of and "method" not in m.unit.within:
            out[of].append(m)
    return out


def _judged(paper: Paper, evaluation: Evaluation, words: re.Pattern[str]) -> bool:
    """Whether something is found about gender, rather than women named in passing."""
    if any(s.kind in ("finding", "conclusion") and words.search(s.text) for s in evaluation.statements):
        return True
    return any(u.kind == "heading" and not u.within.isdisjoint(_JUDGING) and words.search(u.text) for u in paper.units)
