"""Numbers are written with one mark here and with another there.

## What it does
Counts decimals with a unit behind them ("12.5 per cent", "3,4 million") and thousands before what they count ("1,250 farmers")
after the marks that they have. Where one way of writing is the paper's custom, numbers written the other way are named.

## Why it is bad
"1,234" and "1.234" are a thousand for one reader and a little more than one for another.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import ANY
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.wording import plural, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from evaltrail.check.paper import Paper
    from evaltrail.check.unit import Unit

RULE = Rule(code="NUM013", severity="note", sources=("consistency",), papers=ANY)

BAD = (
    (
        "# Evaluation of the water programme\n\n## Findings\n\n"
        "It paid 12.5 per cent, then 13.5 per cent, then 14.5 per cent and at last 3,4 million.\n"
    ),
    "# Évaluation du programme\n\n## Constatations\n\nLe taux est de 12,5 %, puis de 13,5 %, puis de 14,5 % et enfin de 3.4 %.\n",
    (
        "# Evaluation of the water programme\n\n## Findings\n\n"
        "It paid 1,250 farmers, then 1,350 farmers, then 1,450 farmers and at last 2.350 farmers.\n"
    ),
)
GOOD = (
    "# Evaluation of the water programme\n\n## Findings\n\nIt paid 12.5 per cent, then 13.5 per cent and 3,400 million.\n",
    "# Évaluation du programme\n\n## Constatations\n\nLe taux est de 12,5 %, puis de 13,5 %, puis de 14,5 %.\n",
)

_DECIMAL = re.compile(
    # The look behind comes after the first figure: only then does the search go from figure to figure.
    r"\d(?<![\w.,].)\d{0,2}(?P<mark>[.,])\d{1,2}\s?(?:%|(?:per|pour|por)\s?(?:cent|ciento|cento)\b|mill\w+\b|milh\w+\b|billion\w*\b)",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(
    r"(?<![\w.,–-])[1-9]\d{0,2}(?P<mark>[.,\u00a0\u202f ])\d{3}(?:(?P=mark)\d{3})*(?![\d%]|[.,]\d)(?=\s[^\W\d_A-Z]{3,})"
    r"|(?<![\w.,])[1-9]\d{0,2}(?P<twice>[.,])\d{3}(?P=twice)\d{3}(?![\d%]|[.,]\d)"
)
_ALONE = re.compile(r"[1-9]\d{0,2}(?:(?P<mark>[.,\u00a0\u202f ])\d{3})+")
"""Thousands in a cell, which show the custom."""
_CLEAR = 3
"""How many times as many there must be of the paper's own mark."""
_NAMES = {".": say("point"), ",": say("comma"), " ": say("space")}
_KINDS = {"decimal": say("decimal"), "thousands": say("thousands")}

Found = dict[str, list["tuple[Unit, re.Match[str]]"]]


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield at most one message for the decimals and one for the thousands of the paper."""
    del options
    decimals: Found = {".": [], ",": []}
    thousands: Found = {".": [], ",": [], " ": []}
    in_cells: Counter[str] = Counter()
    for unit in paper.with_figures:
        if unit.kind == "cell":
            if alone := _ALONE.fullmatch(unit.text):
                in_cells[alone["mark"] if alone["mark"] in ".," else " "] += 1
            continue
        if {"references", "annex", "foreign"} & unit.within or not _FIGURES.search(unit.text):
            continue
        for m in _DECIMAL.finditer(unit.text):
            decimals[m["mark"]].append((unit, m))
        for m in _THOUSANDS.finditer(unit.text):
            sign = m["mark"] or m["twice"]
            if sign not in ".," and _is_space_of_another(unit.text, m):
                continue
            thousands[sign if sign in ".," else " "].append((unit, m))
    # A comma that parts thousands is as much a sign that the decimal mark is a point, and the other way round.
    of_thousands = Counter({k: len(v) for k, v in thousands.items()}) + in_cells
    of_decimals = Counter({k: len(v) for k, v in decimals.items()})
    for found, own, other, kind in ((decimals, of_decimals, of_thousands, "decimal"), (thousands, of_thousands, of_decimals, "thousands")):
        for sign in found:
            backing = max((n for k, n in own.items() if k != sign), default=0)
            clash = other[sign] - other[{",": ".", ".": ","}.get(sign, "")]
            if found[sign] and backing + clash >= _CLEAR * own[sign] and clash >= 0:
                yield _message(paper, found[sign], sign, kind, backing + clash)
                return


def _message(paper: Paper, found: Sequence[tuple[Unit, re.Match[str]]], sign: str, kind: str, others: int) -> Message:
    unit, m = found[0]
    return Message(
        plural(
            others,
            "“{words}” has a {sign} as {kind} mark; {number} other numbers of the paper are written otherwise.",
            "“{words}” has a {sign} as {kind} mark; {number} other numbers of the paper are written otherwise.",
            words=m[0].strip(),
            sign=_NAMES[sign],
            kind=_KINDS[kind],
        ),
        paper.at(unit, *m.span()),
        related=tuple(Related(n[0], paper.at(u, *n.span())) for u, n in found[1:6]),
    )


def _is_space_of_another(text: str, m: re.Match[str]) -> bool:
    """Whether the space may part two numbers: behind a label or a year, or where another number stands right before."""
    before = text[max(0, m.start() - 12) : m.start()]
    return bool(re.search(r"(?:[A-ZÀ-Ý]\w*\.?|\d|[,–-])\s?$", before))


_FIGURES = re.compile(r"\d[., \u00a0\u202f]\d")
