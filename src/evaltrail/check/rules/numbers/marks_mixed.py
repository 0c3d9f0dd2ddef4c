"""Decimals are written with a comma here and with a point there.

## What it does
Counts decimals with a unit behind them ("12.5 per cent", "3,4 million") after the mark they have. Where one mark is the
paper's custom, numbers with the other are named.

## Why it is bad
"1,234" and "1.234" are a thousand for one reader and a little more than one for another.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import ANY
from evaltrail.check.rule import Message, Related, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.check.unit import Unit

RULE = Rule(code="NUM013", severity="note", sources=("consistency",), papers=ANY)

BAD = (
    (
        "# Evaluation of the water programme\n\n## Findings\n\n"
        "It paid 12.5 per cent, then 13.5 per cent, then 14.5 per cent and at last 3,4 million.\n"
    ),
    "# Évaluation du programme\n\n## Constatations\n\nLe taux est de 12,5 %, puis de 13,5 %, puis de 14,5 % et enfin de 3.4 %.\n",
)
GOOD = (
    "# Evaluation of the water programme\n\n## Findings\n\nIt paid 12.5 per cent, then 13.5 per cent and 3,400 million.\n",
    "# Évaluation du programme\n\n## Constatations\n\nLe taux est de 12,5 %, puis de 13,5 %, puis de 14,5 %.\n",
)

_DECIMAL = re.compile(
    r"(?<![\w.,])\d{1,3}(?P<mark>[.,])\d{1,2}\s?(?:%|(?:per|pour|por)\s?(?:cent|ciento|cento)\b|mill\w+\b|milh\w+\b|billion\w*\b)",
    re.IGNORECASE,
)
_CLEAR = 3
"""How many times as many there must be of the paper's own mark."""


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for the paper."""
    del options
    found: dict[str, list[tuple[Unit, re.Match[str]]]] = {".": [], ",": []}
    for unit in paper.units:
        if unit.kind == "cell" or {"references", "annex", "foreign"} & unit.within:
            continue
        for m in _DECIMAL.finditer(unit.text):
            found[m["mark"]].append((unit, m))
    rare, custom = sorted(found, key=lambda k: len(found[k]))
    if found[rare] and len(found[custom]) >= _CLEAR * len(found[rare]):
        name = {".": "point", ",": "comma"}
        first, m = found[rare][0]
        yield Message(
            f"“{m[0]}” has a decimal {name[rare]}; {len(found[custom])} other decimals of the paper have a {name[custom]}.",
            paper.at(first, *m.span()),
            related=tuple(Related(n[0], paper.at(u, *n.span())) for u, n in found[rare][1:6]),
        )
