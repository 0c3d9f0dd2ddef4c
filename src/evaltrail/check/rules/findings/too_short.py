"""A finding says too little to be one.

## What it does
Looks for labelled findings of a few words, whatever stands under them.

## Why it is bad
"Cooperation was good" could stand in any report. A finding says what was good, for whom, and how that is known.

## Options
- `least`: words that a finding must have (5).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.bare import bare
from evaltrail.check.mention import quoted
from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.findings._evidence import findings
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="FIN010",
    severity="warning",
    sources=("UNEG quality checklist",),
    papers=EVALUATIONS,
    version=2,
    options={"least": 5},
)

BAD = (
    "# Evaluation of the water programme\n\n## Findings\n\nFinding 1: Cooperation was good.\n\nFinding 2: The wells are in use all year.\n",
    "# Évaluation du programme d'eau\n\n## Constatations\n\nConstatation 1 : La coopération est bonne.\n",
    "# Evaluation of the water programme\n\n## Findings\n\nFinding 1: The wells are in use all year.\n\nFinding 2: Well done.\n",
)
GOOD = (
    "# Evaluation of the water programme\n\n## Findings\n\nFinding 1: Ministry and districts work together on repairs.\n",
    "# Évaluation du programme d'eau\n\n## Constatations\n\nConstatation 1 : Le ministère et les régions coopèrent pour les réparations.\n",
)


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each finding of a few words."""
    for b in findings(paper):
        s = b.statement
        if s.number and s.label and len(s.text.split()) < options["least"]:
            yield Message(say("{name} is only {words}.", name=paper.name(s), words=quoted(s.text)), s.places, statement=s.id)
    for x in bare(paper, "finding", "findings", options["least"]):
        yield Message(say("{label} is only {words}.", label=x.label, words=quoted(x.words)), x.unit.places)
