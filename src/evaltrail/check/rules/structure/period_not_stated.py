"""The paper does not say which period the evaluation covers.

## What it does
Looks for two years joined to a period (“2014–19”, “from March 2020 to June 2022”), for two dates joined so,
and for words that name a period beside a year.

## Why it is bad
A finding holds for a time. Without the period nobody can say what is out of date, or compare results with budgets and targets.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.pages import pages_of
from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.structure._words import known, listed
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.record import Place

RULE = Rule(code="STR003", severity="error", sources=("UNEG quality checklist for evaluation reports",), papers=EVALUATIONS)

BAD = (
    "# Evaluation of the water programme\n\n## Background\n\nThe programme drilled wells. A first report came out in 2021.\n",
    "# Évaluation du programme de l’eau\n\n## Contexte\n\nLe programme a foré des puits dans le pays.\n",
)
GOOD = (
    "# Evaluation of the water programme\n\n## Background\n\nThe evaluation covers the years from 2019 to 2022.\n",
    "# Évaluation du programme de l’eau 2019–2022\n\n## Contexte\n\nLe programme a foré des puits dans le pays.\n",
)

_YEAR = r"(?:19|20)\d\d"
_RANGE = re.compile(
    rf"(?<![\d/.])({_YEAR})\s{{0,2}}[ /]\s{{0,2}}({_YEAR}|\d\d)(?![\d/]| \d\d(?!\d))"
    rf"|(?<!\d){_YEAR}(?:\s*\([^()\n]{{0,20}}\))?,?\s+(?:to|through|until|and|a|au|jusqu'a|et|hasta|y|al|ate|e)"
    rf"\s[^.;:\n]{{0,24}}?(?<!\d){_YEAR}(?!\d)"
    rf"|\d[./ ]{_YEAR}\s*(?:to|a|au|al|ate|  ?)\s*\d\d?[./ ]"
    rf"|(?<!\d){_YEAR}\s*(?:to|a|au|al|ate|  ?)\s*\d\d? \w{{3,10}},? {_YEAR}(?!\d)"
)
"""Two years of a period in folded text, where a dash is a space."""
_AROUND = 200
"""Characters on either side in which a word tells that the years are those of what is evaluated."""


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message when no period stands anywhere, else the place of the first."""
    if not known(paper):
        return
    found = _period(paper)
    if found is not None:
        yield Message(say("The paper states a period."), (found,), right=True)
    elif not any(e.period.from_ or e.period.to for e in paper.evaluations):
        yield Message(say("The paper does not say which period the evaluation covers."))


def _period(paper: Paper) -> Place | None:
    pages = pages_of(paper)
    for m in _RANGE.finditer(pages.text):
        # 2022-11 is a month; 2011-12 is two years.
        if m[2] and int(m[2][-2:]) <= int(m[1][-2:]) and len(m[2]) == 2:
            continue
        start, end = max(0, m.start() - _AROUND), m.end() + _AROUND
        if next(pages.hits(listed("period", "beside"), start, end), None):
            return pages.place(m.start(), m.end())
    for at, end in pages.hits(listed("period", "words")):
        if re.search(rf"(?<!\d){_YEAR}(?!\d)", pages.text[max(0, at - 20) : end + 60]):
            return pages.place(at, end)
    return None
