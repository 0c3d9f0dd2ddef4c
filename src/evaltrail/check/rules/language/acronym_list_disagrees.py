"""The list of acronyms spells an acronym out otherwise than the text.

## What it does
Compares the words of the list of acronyms with those behind which the acronym stands in brackets in the text.

## Why it is bad
Readers do not know which of the two names is right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.acronyms import acronyms
from evaltrail.check.paper import ANY
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.rules.language._same import same_words
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(code="LAN012", severity="warning", sources=("consistency",), papers=ANY)

BAD = (
    (
        "# Evaluation of the water programme\n\n## Acronyms\n\n| CPO | Country Partnership Office |\n| --- | --- |\n"
        "| DDG | Deputy Director General |\n\n"
        "## Findings\n\nThe Country Programme Outcome (CPO) was late.\n"
    ),
    (
        "# Évaluation du programme\n\n## Sigles\n\nIPP : Inspection provinciale de pêche\n\n## Constatations\n\n"
        "L’institut de perfectionnement du personnel (IPP) est ouvert.\n"
    ),
)
GOOD = (
    (
        "# Evaluation of the water programme\n\n## Acronyms\n\n| CPO | Country Programme Outcome |\n| --- | --- |\n"
        "| DDG | Deputy Director General |\n\n"
        "## Findings\n\nThe Country Programme Outcome (CPO) was late.\n"
    ),
    (
        "# Évaluation du programme\n\n## Sigles\n\nIPP : Institut de perfectionnement du personnel\n\n## Constatations\n\n"
        "L’institut de perfectionnement du personnel (IPP) est ouvert.\n"
    ),
)


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for each acronym, or a confirmation that all agree."""
    del options
    small = frozenset(paper.listed("stopwords", "words"))
    agreeing = []
    wrong = False
    for name, definitions in acronyms(paper).definitions.items():
        listed = next((d for d in definitions if d.listed and d.words), None)
        spelt = [d for d in definitions if not d.listed and d.sure]
        if listed is None or not spelt:
            continue
        other = next((d for d in spelt if not same_words(listed.words, d.words, small)), None)
        if other is None:
            agreeing.append(listed)
        elif not any(same_words(listed.words, d.words, small) for d in spelt):
            wrong = True
            yield Message(
                say(
                    "The list of acronyms has “{words}” for {acronym}, the text “{others}”.",
                    words=listed.words,
                    acronym=name,
                    others=" ".join(other.words.split()),
                ),
                paper.at(other.unit, other.start, other.end),
                related=(Related(listed.words, listed.unit.places),),
            )
    if agreeing and not wrong:
        yield Message(
            say("The list of acronyms has the same words as the text for {number} acronyms.", number=len(agreeing)),
            agreeing[0].unit.places,
            right=True,
        )
