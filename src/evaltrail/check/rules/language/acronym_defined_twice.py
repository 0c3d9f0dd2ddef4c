"""An acronym stands for two different things.

## What it does
Compares the words behind which an acronym stands in brackets, wherever it is introduced in the text. Differences in
number, small words, hyphens and spelling customs do not count.

## Why it is bad
Readers take one thing for the other; a search or a matrix that goes by the acronym mixes them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.acronyms import acronyms
from evaltrail.check.paper import ANY
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.rules.language._same import same_words
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(code="LAN002", severity="error", sources=("consistency",), papers=ANY)

BAD = (
    (
        "# Evaluation of the water programme\n\n## Findings\n\nThe Country Programme Outcome (CPO) was late.\n\n"
        "The Chief Procurement Officer (CPO) was not asked.\n"
    ),
    (
        "# Évaluation du programme\n\n## Constatations\n\nL’institut de perfectionnement du personnel (IPP) est ouvert.\n\n"
        "L’inspection provinciale de pêche (IPP) est close.\n"
    ),
)
GOOD = (
    (
        "# Evaluation of the water programme\n\n## Findings\n\nThe Country Programme Outcome (CPO) was late.\n\n"
        "Two country programme outcomes (CPOs) were not asked for.\n"
    ),
    (
        "# Évaluation du programme\n\n## Constatations\n\nL’institut de perfectionnement du personnel (IPP) est ouvert.\n\n"
        "Les instituts de perfectionnement du personnel (IPP) sont chers.\n"
    ),
)


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for each acronym with two meanings."""
    del options
    small = frozenset(paper.listed("stopwords", "words"))
    for name, definitions in acronyms(paper).definitions.items():
        spelt = [d for d in definitions if d.sure and not d.listed and "references" not in d.unit.within]
        other = next((d for d in spelt[1:] if not same_words(spelt[0].words, d.words, small)), None)
        if other is not None and len(re.sub(r"\W", "", name)) > 1:
            yield Message(
                say(
                    "{acronym} stands for “{words}” and for “{others}”.",
                    acronym=name,
                    words=_print(spelt[0].words),
                    others=_print(other.words),
                ),
                paper.at(other.unit, other.start, other.end),
                related=(Related(spelt[0].words, paper.at(spelt[0].unit, spelt[0].start, spelt[0].end)),),
            )


def _print(words: str) -> str:
    return " ".join(words.split())
