"""A percentage does not fit the numbers that stand beside it.

## What it does
Works out the share where a count, its whole and a percentage stand together: "12 of 40 (35 per cent)",
"35 per cent (12 of 40)". A difference that rounding explains is none.

## Why it is bad
One of three numbers is wrong, and the reader cannot tell which.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import ANY
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.numbers._common import printed, quantities

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(code="NUM006", severity="error", sources=("consistency",), papers=ANY)

BAD = (
    "# Evaluation of the water programme\n\n## Findings\n\nOf the wells, 12 of the 40 wells (35 per cent) were dry.\n",
    "# Évaluation du programme\n\n## Constatations\n\nAu total, 12 des 40 puits (35 %) étaient secs.\n",
    "# Evaluation of the water programme\n\n## Findings\n\nAbout 45% (9 out of 40) of the farmers were paid.\n",
)
GOOD = (
    "# Evaluation of the water programme\n\n## Findings\n\nOf the wells, 12 of the 40 wells (30 per cent) were dry.\n",
    "# Évaluation du programme\n\n## Constatations\n\nAu total, 14 des 40 puits (35 %) étaient secs.\n",
)

_PERCENT = re.compile(r"%|per\s?cent|pour\s?cent|por\s?cien", re.IGNORECASE)
_FIGURES = r"\d{1,3}(?:[ ,.\u00a0\u202f]\d{3})+|\d+"
_GAP = 3
"""Characters between the percentage and the pair of numbers: a bracket, a comma, a space."""
_CONFIRMED = 2


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for each share that does not fit, and confirm the first ones that do."""
    del options
    right = 0
    for unit in paper.units:
        if unit.kind == "cell" or not _PERCENT.search(unit.text) or not any(c.isdigit() for c in unit.text):
            continue
        every = quantities(paper, unit)
        for pair in (a for a in every if a.out_of and a.unit != "percent" and a.upper is None and a.bound is None):
            share = next((p for p in every if p.unit == "percent" and p.upper is None and _beside(unit.text, pair, p)), None)
            if share is None or not pair.out_of or pair.value > pair.out_of:
                continue
            real = 100 * pair.value / pair.out_of
            span = (min(pair.start, share.start), max(pair.end, share.end))
            if abs(real - share.value) > _tolerance(share.text if hasattr(share, "text") else unit.text[share.start : share.end]):
                yield Message(
                    f"{printed(pair.value).capitalize()} of {printed(pair.out_of)} is {real:.0f} per cent and not {_number(share.value)}.",
                    paper.at(unit, *span),
                )
            elif right < _CONFIRMED:
                right += 1
                yield Message(
                    f"{printed(pair.value).capitalize()} of {printed(pair.out_of)} is {_number(share.value)} per cent, as the text says.",
                    paper.at(unit, *span),
                    right=True,
                )


def _beside(text: str, pair: Any, share: Any) -> bool:
    """Whether a share stands in brackets right behind the pair, or the pair in brackets right behind the share."""
    if share.start >= pair.start:
        # What is counted may stand between the whole and the bracket: "12 of the 40 wells (30 per cent)".
        opening = text.rfind("(", pair.start, share.start)
        gap = text[opening : share.start].strip("( ~≈") if opening >= 0 else "x"
        return not gap and opening - pair.end <= 40 and not re.search(r"[.;:,()]|\d", text[pair.end : opening])
    return bool(re.fullmatch(r"\s?[(,]\s?", text[share.end : pair.start]))


def _tolerance(words: str) -> float:
    """Half of the last place printed, and a little for rounding down: 1 for "35 per cent", 0.1 for "35.2 per cent"."""
    places = re.search(r"\d[.,](\d+)", words)
    return 1.01 * 10.0 ** -len(places[1]) if places else 1.01


def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
