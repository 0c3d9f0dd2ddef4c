"""A survey without the number of those who answered.

## What it does
Where the report speaks of a survey of its own, looks for a response rate, or a number of respondents or answers.

## Why it is bad
Forty per cent of twelve and forty per cent of twelve hundred are not the same evidence, and when few of those asked have answered, those
who did may differ from the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaltrail.check.mention import counted_near, counts, first, mentions, quoted, readable, sentence, sentence_of
from evaltrail.check.paper import REPORTS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="MET007",
    severity="warning",
    sources=(
        "UNEG quality checklist",
        "UNICEF GEROS",
    ),
    papers=REPORTS,
)

BAD = (
    "# Evaluation of the water programme\n\n## Methodology\n\nAn online survey of users was carried out in all districts.\n",
    "# Évaluation du programme d'eau\n\n## Méthodologie\n\nUne enquête en ligne a été menée dans toutes les régions.\n",
)
GOOD = (
    "# Evaluation of the water programme\n\n## Methodology\n\nAn online survey had 312 respondents, a response rate of 41 per cent.\n",
    "# Évaluation du programme d'eau\n\n## Méthodologie\n\nUne enquête en ligne a été menée ; 312 usagers ont répondu.\n",
)


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message when no number of answers stands with the survey, else the sentence that has it."""
    if not readable(paper, "check_method"):
        return
    # Others' surveys are spoken of all over a report; its own in the method.
    survey = first(paper, "check_method", "survey", lambda u: "method" in u.within and "annex" not in u.within and u.kind != "heading")
    if survey is None:
        return
    seen = False
    for key in ("responses", "survey"):
        pattern = paper.words_of("check_method", key)
        for m in mentions(paper, "check_method", key):
            words, start = sentence_of(paper, m)
            if pattern and any(counted_near(paper, words, w.start(), w.end()) for w in pattern.finditer(words)):
                places = paper.at(m.unit, start, start + len(words))
                yield Message(say("The answers to the survey are counted: {words}.", words=quoted(words)), places, right=True)
                return
            # A table has its numbers in other cells.
            seen = seen or m.unit.kind == "cell" or counts(paper, words)
    if seen:
        return
    words, places = sentence(paper, survey)
    yield Message(say("The report speaks of a survey, {words}, and not of how many answered it.", words=quoted(words)), places)
