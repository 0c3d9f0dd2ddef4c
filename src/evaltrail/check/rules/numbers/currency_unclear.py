"""A sum has a bare dollar sign in a paper that elsewhere says which dollar it means.

## What it does
Looks for sums with "$" alone in a paper that elsewhere names two dollars or more ("US$", "CAD", "A$"), or that names its one
dollar nearly always. Papers that say in words which dollar they count in are left out.

## Why it is bad
The same sum is a third more or less, as one dollar or another is meant.

## Options
- `often`: how many sums must name the one dollar for each that does not (2).
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import ANY
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.check.unit import Unit

RULE = Rule(code="NUM014", severity="note", sources=("consistency",), papers=ANY, options={"often": 2})

BAD = (
    "# Evaluation of the water programme\n\n## Findings\n\nThe wells cost US$ 40,000 and CAD 50,000. The pumps cost $30,000.\n",
    "# Évaluation du programme\n\n## Constatations\n\nLes puits ont coûté 40 000 USD et 50 000 CAD. Les pompes ont coûté $30 000.\n",
    "# Evaluation of the water programme\n\n## Findings\n\nThe wells cost US$ 40,000 and US$ 50,000. The pumps cost $30,000.\n",
)
GOOD = (
    "# Evaluation of the water programme\n\n## Findings\n\nThe wells cost US$ 40,000 and CAD 50,000. The pumps cost US$ 30,000.\n",
    "# Évaluation du programme\n\n## Constatations\n\nLes puits ont coûté $40 000. Les pompes ont coûté $30 000.\n",
)

_NAMED = re.compile(
    r"(?<![A-Za-z])(US|C|CA|CAN|A|AU|NZ|HK|S)\s?\$\s?\d|\b(USD|CAD|AUD|NZD|HKD|SGD)\b\s?\d|\d\s?(USD|CAD|AUD|NZD|HKD|SGD)\b"
)
_BARE = re.compile(r"(?<![A-Za-z$])\$\s?\d[\d.,\u00a0 ]*\d(?:\s(?:million|billion))?(?!\s?(?:USD|CAD|AUD|NZD|HKD|SGD))")
_CODES = ("USD", "CAD", "AUD", "NZD", "HKD", "SGD")
_SAME = {"US": "USD", "C": "CAD", "CA": "CAD", "CAN": "CAD", "A": "AUD", "AU": "AUD", "NZ": "NZD", "HK": "HKD", "S": "SGD"}


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for the paper."""
    named: Counter[str] = Counter()
    bare: list[tuple[Unit, re.Match[str]]] = []
    for unit in paper.units:
        if "$" not in unit.text and not any(code in unit.text for code in _CODES):
            continue
        for m in _NAMED.finditer(unit.text):
            code = m[1] or m[2] or m[3]
            named[_SAME.get(code, code)] += 1
        bare += [(unit, m) for m in _BARE.finditer(unit.text)]
    if not bare or not (len(named) > 1 or (named.total() >= options["often"] * len(bare) and not _said(paper))):
        return
    unit, m = bare[0]
    words = m[0].strip()
    yield Message(
        say("“{words}” does not say which dollar is meant; the paper counts in {codes:and}.", words=words, codes=tuple(sorted(named)))
        if len(named) > 1
        else say("“{words}” has a bare dollar sign; elsewhere the paper names the dollar ({code}).", words=words, code=next(iter(named))),
        paper.at(unit, *m.span()),
        related=tuple(Related(n[0], paper.at(u, *n.span())) for u, n in bare[1:4]),
    )


def _said(paper: Paper) -> bool:
    """Whether the paper says in words which dollar its sums are in."""
    return any(_IN_WORDS.search(u.text) for u in paper.units if "ollar" in u.text or "ólar" in u.text)


_IN_WORDS = re.compile(
    r"\b(?:US|U\.S\.|United States|Canadian|Australian)\s[Dd]ollars?\b|\bdollars?\s(?:des États-Unis|américains?|canadiens?)\b"
    r"|\bdólares\s(?:de los Estados|estadounidenses|dos Estados|americanos)"
)
