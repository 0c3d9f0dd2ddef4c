"""No recommendation speaks of gender.

## What it does
Looks for gender, women, girls and the like in the recommendations, their parts and their action tables.

## Why it is bad
What an evaluation found about women and men changes nothing until somebody is asked to act on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.mention import quoted, readable
from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.inclusion._people import TOPIC
from evaltrail.record import Recommendation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="INC006",
    severity="note",
    sources=("UN-SWAP evaluation performance indicator",),
    papers=EVALUATIONS,
)

BAD = (
    "# Evaluation of the water programme\n\n## Recommendations\n\nRecommendation 1: The Ministry should repair ten wells by June 2027.\n",
    "# Évaluation du programme d'eau\n\n## Recommandations\n\nRecommandation 1 : Le ministère devrait réparer dix puits avant juin 2027.\n",
)
GOOD = (
    "# Evaluation of the water programme\n\n## Recommendations\n\nRecommendation 1: The Ministry should train ten women as well keepers.\n",
    "# Évaluation du programme d'eau\n\n## Recommandations\n\nRecommandation 1 : Le ministère devrait former dix femmes à l'entretien des puits.\n",
)


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for each evaluation whose recommendations leave gender out."""
    words = paper.words_of(TOPIC, "gender")
    if words is None or not readable(paper, TOPIC):
        return
    for evaluation in paper.evaluations:
        own = [s for s in evaluation.statements if isinstance(s, Recommendation)]
        if not own:
            continue
        where = f" of {evaluation.label}" if evaluation.label and len(paper.evaluations) > 1 else ""
        speaks = next((s for s in own if words.search(s.text)), None)
        if speaks:
            yield Message(f"{paper.name(speaks)} speaks of gender: {quoted(speaks.text)}.", speaks.places, right=True, statement=speaks.id)
        else:
            whole = sum(1 for s in own if s.parent is None)
            yield Message(
                f"None of the {whole} recommendations{where} speaks of gender, women or girls."
                if whole > 1
                else f"The one recommendation{where} does not speak of gender, women or girls.",
                own[0].places,
            )
