"""A range begins above its end.

## What it does
Looks for spans of years, for "between … and …", and for ages and other things that range "from … to …", whose first number is
larger than the second.

## Why it is bad
The two were exchanged or one is mistyped; what is meant has to be guessed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import ANY
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.numbers._common import alternatives
from evaltrail.check.wording import say
from evaltrail.text.numbers import numeral

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(code="NUM009", severity="error", sources=("consistency",), papers=ANY)

BAD = (
    "# Evaluation of the water programme\n\n## Scope\n\nThe programme ran in 2019–2014 in five districts.\n",
    "# Evaluation of the water programme\n\n## Findings\n\nBetween 40 and 20 per cent of the wells were dry.\n",
    "# Évaluation du programme\n\n## Portée\n\nLe programme a duré de 2019 à 2014.\n",
    "# Evaluation of the water programme\n\n## Findings\n\nAges ranged from 60 to 18 years.\n",
)
GOOD = (
    "# Evaluation of the water programme\n\n## Scope\n\nThe programme ran in 2014–2019. The share fell from 40 to 20 per cent.\n",
    "# Évaluation du programme\n\n## Portée\n\nLe programme a duré de 2014 à 2019, avec 1999–00 comme base.\n",
)

# The look behind comes after the first figure: only then does the search go from figure to figure.
_YEARS = re.compile(r"([12](?<![\w/.–-].)(?:(?<=1)9|(?<=2)0)\d\d)(?:\s?[–—-]\s?((?:19|20)\d\d)|[–-](\d\d))(?![\w/–-]|[.,]\d)")
_REFERENCE = re.compile(r"(?:[A-Z]{2,}|/|n[o°]\.?|ISO|doc\.?)\s?$|[“\"(]?\d+$")
_MONTHS = 12


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for each range that is turned round."""
    del options
    table = paper.pack("check_numbers")
    between = _spans(table.get("between", ()), table.get("between_and", ()))
    years_from = _spans(table.get("from", ()), table.get("to", ()), r"(?:19|20)\d\d")
    ranges = _spans(table.get("from", ()), table.get("to", ()), before=alternatives(paper.listed("check_numbers", "ranges")))
    opened = set(map(id, paper.holding((*table.get("between", ()), *table.get("from", ())))))
    for unit in paper.with_figures:
        if {"references", "contents"} & unit.within:
            continue
        text = unit.text
        for m in _YEARS.finditer(text):
            first, last = int(m[1]), _second(m[1], m[2] or m[3])
            if last is not None and last < first and not _REFERENCE.search(text[max(0, m.start() - 8) : m.start()]):
                yield Message(say("The years “{words}” run backwards.", words=m[0]), paper.at(unit, *m.span()))
        for pattern in (between, years_from, ranges) if id(unit) in opened else ():
            for m in pattern.finditer(text) if pattern else ():
                one, other = numeral(m["one"]), numeral(m["other"])
                if one is not None and other is not None and other < one and m["one"] != m["other"]:
                    yield Message(say("The range “{words}” runs backwards.", words=m[0]), paper.at(unit, *m.span()))


def _second(first: str, second: str) -> int | None:
    """The last year of a span; None where two figures may be a month or the next century."""
    if len(second) == 4:
        return int(second)
    if int(second) <= _MONTHS or first.startswith("19"):
        return None
    return int(first[:2] + second)


def _spans(first: tuple[str, ...], joins: tuple[str, ...], number: str = r"\d[\d.,]*\d|\d", before: str = "") -> re.Pattern[str] | None:
    """A pattern of a range in words; ``before`` is a pattern of what must stand before it, at most two words off."""
    if not first or not joins:
        return None
    opens, middle = ("|".join(map(re.escape, words)) for words in (first, joins))
    lead = rf"{before}\s(?:[^\W\d_]+\s){{0,2}}?" if before else r"\b"
    sign = r"\s?(?:%|per\s?cent|pour\s?cent|por\s?ciento|por\s?cento)?"
    return re.compile(rf"{lead}(?:{opens})\s(?P<one>{number}){sign}\s(?:{middle})\s(?P<other>{number})(?![\w/]|[.,]\d)", re.IGNORECASE)
