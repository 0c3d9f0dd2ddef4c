"""A percentage does not fit the numbers that stand beside it.

## What it does
Works out the share where a count, its whole and a percentage stand together: "12 of 40 (35 per cent)",
"35 per cent (12 of 40)", "of 40 wells, 12 (35 per cent)", "12 of 40 wells, or 35 per cent", "40 were asked; 12 of them answered,
a rate of 35 per cent". A difference that rounding explains is none.

## Why it is bad
One of three numbers is wrong, and the reader cannot tell which.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import ANY
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.numbers._common import alternatives, having, mark, number_pattern, printed, quantities, worth
from evaltrail.check.wording import Said, say
from evaltrail.text.numbers import numeral

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.check.unit import Unit

RULE = Rule(code="NUM006", severity="error", sources=("consistency",), papers=ANY)

BAD = (
    "# Evaluation of the water programme\n\n## Findings\n\nOf the wells, 12 of the 40 wells (35 per cent) were dry.\n",
    "# Évaluation du programme\n\n## Constatations\n\nAu total, 12 des 40 puits (35 %) étaient secs.\n",
    "# Evaluation of the water programme\n\n## Findings\n\nAbout 45% (9 out of 40) of the farmers were paid.\n",
    "# Evaluation of the water programme\n\n## Findings\n\nOf 40 farmers, nine (45 per cent) were paid.\n",
)
GOOD = (
    "# Evaluation of the water programme\n\n## Findings\n\nOf the wells, 12 of the 40 wells (30 per cent) were dry.\n",
    "# Évaluation du programme\n\n## Constatations\n\nAu total, 14 des 40 puits (35 %) étaient secs.\n",
    "# Evaluation of the water programme\n\n## Findings\n\nOf 40 farmers, 18 (45 per cent) were paid.\n",
)

_PERCENT = re.compile(r"%|per\s?cent|pour\s?cent|por\s?cien", re.IGNORECASE)
_FIGURE = re.compile(r"\d")
_BEHIND_MARK = re.compile(r"[(,][^.,;:()\d]{0,40}\d+(?:[.,]\d+)?\s?[%p]", re.IGNORECASE)
"""What all of the further forms have in them: a share not far behind a bracket or comma."""
_FIGURES = r"\d{1,3}(?:[ ,.\u00a0\u202f]\d{3})+|\d+"
_GAP = 3
"""Characters between the percentage and the pair of numbers: a bracket, a comma, a space."""
_CONFIRMED = 2
_OF_ANOTHER = re.compile(r"[\d.,]+\s?(?:%|per\s?cent|pour\s?cent|por\s?cien\w*)\s(?:of|des?|du|do|da)\b", re.IGNORECASE)
"""A share that says of what it is, perhaps another whole."""
_LEAST = 5
"""Wholes below this are few enough to be said in words of which a share is only near."""


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for each share that does not fit, and confirm the first ones that do."""
    del options
    right = 0
    forms = _forms(paper)
    parts = having(paper, lambda q: q.out_of is not None)
    for unit in paper.with_shares:
        if unit.kind == "cell" or not _FIGURE.search(unit.text) or not _PERCENT.search(unit.text):
            continue
        seen: list[tuple[int, int]] = []
        every = quantities(paper, unit) if id(unit) in parts or unit.kind not in _TEXT else []
        for pair in (a for a in every if a.out_of and a.unit != "percent" and a.upper is None and a.bound is None):
            share = next((p for p in every if p.unit == "percent" and p.upper is None and _beside(unit.text, pair, p)), None)
            if share is None or not pair.out_of or pair.value > pair.out_of or _OF_ANOTHER.match(unit.text, share.start):
                continue
            real = 100 * pair.value / pair.out_of
            span = (min(pair.start, share.start), max(pair.end, share.end))
            seen.append(span)
            if abs(real - share.value) > _tolerance(share.text if hasattr(share, "text") else unit.text[share.start : share.end]):
                yield Message(
                    say(
                        "{part:capital} of {whole} is {real:.0f} per cent and not {share}.",
                        part=printed(pair.value),
                        whole=printed(pair.out_of),
                        real=real,
                        share=_number(share.value),
                    ),
                    paper.at(unit, *span),
                )
            elif right < _CONFIRMED:
                right += 1
                yield Message(
                    say(
                        "{part:capital} of {whole} is {share} per cent, as the text says.",
                        part=printed(pair.value),
                        whole=printed(pair.out_of),
                        share=_number(share.value),
                    ),
                    paper.at(unit, *span),
                    right=True,
                )
        yield from _further(paper, unit, forms, seen)


_TEXT = frozenset({"paragraph", "item", "footnote"})


def _further(paper: Paper, unit: Unit, forms: tuple[re.Pattern[str], ...], seen: list[tuple[int, int]]) -> Iterator[Message]:
    """Shares that stand with their numbers in another order than the ledger ties together; one message a place."""
    for form in forms if _BEHIND_MARK.search(unit.text) else ():
        for m in form.finditer(unit.text):
            part, whole = worth(paper, m["part"]), worth(paper, m["whole"])
            share = numeral(m["share"], mark(paper))
            if (
                not part
                or not whole
                or share is None
                or part > whole
                or whole < _LEAST
                or any(s < m.end() and m.start() < e for s, e in seen)
            ):
                continue
            seen.append(m.span())
            real = 100 * part / whole
            if abs(real - share) > _tolerance(m["share"]):
                yield Message(
                    say(
                        "{part:capital} of {whole} is {real:.0f} per cent and not {share}.",
                        part=printed(part),
                        whole=printed(whole),
                        real=real,
                        share=_number(share),
                    ),
                    paper.at(unit, min(m.start("whole"), m.start("part")), m.end()),
                )


def _forms(paper: Paper) -> tuple[re.Pattern[str], ...]:
    """Patterns of a part, its whole and a share in one sentence, with no other number between.

    In order: "Of 80 drivers, 8 (10 per cent)"; "8 of 80 drivers, or 10 per cent"; "80 were asked; 8 of them came, a rate of 10 per cent".
    """
    number = number_pattern(paper.language)
    of, them, or_ = (alternatives(paper.listed("check_numbers", k)) for k in ("out_of", "of_them", "that_is"))
    share = r"(?P<share>\d+(?:[.,]\d+)?)\s?(?:%|per\s?cent|pour\s?cent|por\s?cien\w*)(?!\s(?:of|des?|du|do|da)\b)"
    words, noun = r"[^.,;:()\d]", r"\s[^.,;:()\d]{1,40}"
    few = rf"(?:{words}{{1,12}}\s)??"
    part, whole = rf"(?P<part>{number})", rf"(?P<whole>{number})"
    whole_first = rf"(?:^|[.;:,(]\s){of}\s{few}{whole}{noun},\s{few}{part}(?:{noun})?\s?\({share}"
    part_first = rf"{part}\s(?:{words}{{1,20}}\s)??{of}\s{few}{whole}(?:{noun})??\s?(?:\(|,\s{or_}\s){share}"
    of_them = rf"{whole}\s[^.;:()\d]{{2,90}}[;,]\s{few}{part}\s{them}{words}{{0,40}}(?:,\s{words}{{0,30}}|\s?\(){share}"
    return tuple(re.compile(p, re.IGNORECASE) for p in (whole_first, part_first, of_them))


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


def _number(value: float) -> Said:
    tenths = round(value, 1)
    return say("{value:.0f}", value=value) if tenths == int(tenths) else say("{value:.1f}", value=value)
