"""A lesson recommends.

## What it does
Looks for advice ("should", "must", "it is recommended") in the lessons of a paper that has recommendations too.

## Why it is bad
A lesson says what experience has shown. Advice to somebody belongs among the recommendations, where it is answered and followed up.

## Known problems
Some offices write lessons as general advice on purpose, beside recommendations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.mention import quoted
from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.wording import say
from evaltrail.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="LES003",
    severity="note",
    sources=(
        "UNEG quality checklist",
        "UNDP evaluation guidelines",
    ),
    papers=EVALUATIONS,
    version=2,
    suspects=True,
)

_ASKS = "\n## Recommendations\n\nRecommendation 1: The Ministry should repair ten wells.\n"
_DEMANDE = "\n## Recommandations\n\nRecommandation 1 : Le ministère devrait réparer dix puits.\n"
BAD = (
    "# Evaluation of the water programme\n\n## Lessons learned\n\nLesson 1: The Ministry should pay the keepers of the wells.\n" + _ASKS,
    "# Évaluation du programme d'eau\n\n## Leçons apprises\n\nLeçon 1 : Le ministère devrait payer les gardiens des puits.\n" + _DEMANDE,
)
GOOD = (
    "# Evaluation of the water programme\n\n## Lessons learned\n\nLesson 1: Similar programmes should pay the keepers of wells.\n",
    "# Evaluation of the water programme\n\n## Lessons learned\n\nLesson 1: Wells last where users choose the keeper themselves.\n",
    "# Évaluation du programme d'eau\n\n## Leçons apprises\n\nLeçon 1 : Les puits durent là où les usagers choisissent le gardien.\n",
)


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each lesson that asks for something."""
    advises = paper.words_of("check_lessons", "advises")
    others = [paper.words_of("check_findings", "advice_of_others"), paper.words_of("check_lessons", "advice_of_others")]
    # A paper without recommendations gives its advice as lessons on purpose.
    if advises is None or not paper.of_kind("recommendation"):
        return
    for s in paper.of_kind("lesson"):
        for one in sentences(s.text):
            if (m := advises.search(one.text)) and not any(o and o.search(one.text) for o in others):
                places = paper.within(s, one.start, one.end)
                yield Message(
                    say("{name} seems to recommend: {words}.", name=paper.name(s), words=quoted(one.text, around=m.start())),
                    places,
                    statement=s.id,
                )
                break
