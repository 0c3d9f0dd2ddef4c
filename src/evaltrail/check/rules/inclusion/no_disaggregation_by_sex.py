"""The report counts people and never says how many were women or men.

## What it does
Looks for sentences that count ten people or more (participants, beneficiaries, respondents, workers). When there are several
and none of them, and no other number in the report or its tables, is split by sex, it says so.

## Why it is bad
A total hides whether women were reached. Data split by sex are the least that gender-sensitive evaluation asks for.

## Options
- `least`: counts of people from which a split is asked for (3).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.mention import counted_near, mentions, quoted, readable
from evaltrail.check.paper import REPORTS
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.rules.inclusion._people import TOPIC, counted
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(
    code="INC002",
    severity="warning",
    sources=("UN-SWAP evaluation performance indicator", "UNEG guidance on human rights and gender equality in evaluation"),
    papers=REPORTS,
    options={"least": 3},
)

BAD = (
    (
        "# Evaluation of the training programme\n\n## Findings\n\n"
        "In 2021, 340 participants were trained. In 2022, 410 participants were trained.\n\n"
        "Of 200 respondents, 120 found work.\n"
    ),
    (
        "# Évaluation du programme de formation\n\n## Constatations\n\n"
        "En 2021, 340 participants ont été formés. En 2022, 410 participants ont été formés.\n\n"
        "Sur 200 répondants, 120 ont trouvé un emploi.\n"
    ),
)
GOOD = (
    (
        "# Evaluation of the training programme\n\n## Findings\n\n"
        "In 2021, 340 participants (180 women) were trained. In 2022, 410 participants were trained.\n\n"
        "Of 200 respondents, 120 found work.\n"
    ),
    "# Évaluation du programme de formation\n\n## Constatations\n\nEn 2021, 340 participants, dont 180 femmes, ont été formés.\n",
)


_MANY = re.compile(
    r"(?<![\d.,/–-])(?<!\bin )(?<!\bsur )(?!(?:19|20)\d\d(?!\d))\d{2,}(?:[ ,.’\u00a0\u202f]\d{3})*"
    r"(?![\d/%–-]|[ \u00a0](?:%|per\b|percent\b|pour\b|por\b))"
)
"""Ten or more, in figures, and no share or year: the few who were missing at a meeting need no split."""


def _split(paper: Paper, text: str, word: re.Match[str]) -> bool:
    """Whether a number stands with a word for a sex, or the word is one for the split itself ("disaggregated by sex")."""
    return " " in word.group() or "-" in word.group() or counted_near(paper, text, word.start(), word.end())


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message with the first counts, or the first split as right."""
    sexes = paper.words_of(TOPIC, "sexes")
    if sexes is None or not readable(paper, TOPIC):
        return
    for m in mentions(paper, TOPIC, "sexes", lambda u: u.within.isdisjoint({"recommendations", "response", "references"})):
        # A table's words and numbers stand in different cells.
        if m.unit.kind == "cell":
            yield Message(say("A table splits its numbers by sex, {words}.", words=quoted(m.words)), m.unit.places, right=True)
            return
        for s in paper.sentences(m.unit):
            if s.start <= m.start < s.end and any(_split(paper, s.text, w) for w in sexes.finditer(s.text)):
                yield Message(say("Numbers are split by sex: {words}.", words=quoted(s.text)), paper.at(m.unit, s.start, s.end), right=True)
                return
    found = [c for c in counted(paper, "people") if "annex" not in c.unit.within and _MANY.search(c.text)]
    if len(found) >= options["least"]:
        yield Message(
            say(
                "The report counts people in {number} sentences and nowhere by sex; the first is {words}.",
                number=len(found),
                words=quoted(found[0].text),
            ),
            found[0].places,
            related=tuple(Related(c.text, c.places) for c in found[1:4]),
        )
