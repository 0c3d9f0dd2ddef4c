"""A finding recommends.

## What it does
Looks for advice ("should", "it is recommended") in the words of a finding itself. What somebody else said should be done, and turns
such as "it should be noted", are left alone.

## Why it is bad
A finding says what is. When it says what ought to be, the reader cannot tell evidence from advice, and the advice is missed in
follow-up because it is no recommendation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.mention import quoted
from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.findings._evidence import TOPIC
from evaltrail.check.wording import say
from evaltrail.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="FIN003",
    severity="warning",
    sources=("UNEG quality checklist", "UNDP evaluation guidelines"),
    papers=EVALUATIONS,
    suspects=True,
)

BAD = (
    "# Evaluation of the water programme\n\n## Findings\n\nFinding 1: Repairs take 41 days. The Ministry should hire more mechanics.\n",
    "# Évaluation du programme d'eau\n\n## Constatations\n\nConstatation 1 : Le ministère devrait recruter des mécaniciens.\n",
)
GOOD = (
    "# Evaluation of the water programme\n\n## Findings\n\nFinding 1: Repairs take 41 days. It should be noted that roads are bad.\n",
    "# Évaluation du programme d'eau\n\n## Constatations\n\nConstatation 1 : Les réparations durent 41 jours, faute de mécaniciens.\n",
)


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each finding that asks for something."""
    advises, others = paper.words_of(TOPIC, "advises"), paper.words_of(TOPIC, "advice_of_others")
    if advises is None:
        return
    for s in paper.of_kind("finding"):
        if not advises.search(s.text):
            continue
        for one in sentences(s.text):
            if (m := advises.search(one.text)) and not (others and others.search(one.text)) and not one.text.endswith("?"):
                yield Message(
                    say("{name} seems to recommend: {words}.", name=paper.name(s), words=quoted(one.text, around=m.start())),
                    paper.within(s, one.start, one.end),
                    statement=s.id,
                )
                break
