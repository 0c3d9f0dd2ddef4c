"""The unit that a table's head or a chart's caption names for the figures below it: "Budget (US$ million)", "Share, %"."""

from __future__ import annotations

import re
from functools import cache

from evaltrail.text.grammar import words_of
from evaltrail.text.lexicon import lexicon, unit_key

_THOUSANDS = re.compile(r"['’]000s?\b|\b000s\b")


@cache
def _patterns(language: str | None) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    lex = lexicon(language)

    def any_of(words: list[str]) -> str:
        return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w))) or "(?!)"

    money = [p for p in lex.prefixes if len(p) > 1 or not p.isalnum()]
    worded = [u for u, unit in lex.units.items() if u.islower() and (lex.is_money(unit) or unit == "percent")]
    worded += words_of(language).get("percent_heads", ())
    scales = [s for s in lex.numbers.scales if lex.numbers.scales[s] >= 1000]
    plural = r"s?" if not lex.grammar.head_first else ""
    return (
        re.compile(rf"(?<![^\W_])(?:{any_of(money)})(?![^\W\d_])"),
        re.compile(rf"\b(?:{any_of(worded)})\b", re.IGNORECASE),
        re.compile(rf"\b(?:({any_of(scales)}){plural}|({any_of(list(lex.numbers.short_scales))}))\b", re.IGNORECASE),
    )


def unit_in(words: str, language: str | None = None, *, dollar: str = "USD") -> tuple[str | None, float]:
    """The unit that a head names (``percent`` or an ISO 4217 code; None for none) and what its figures are to be multiplied by.

    A short scale ("m", "k") counts only beside a currency.
    """
    lex = lexicon(language)
    sign, worded, scaled = _patterns(language)
    unit: str | None = None
    if "%" in words:
        unit = "percent"
    elif found := sign.search(words):
        unit = dollar if found[0] == "$" else lex.prefixes[found[0]]
    elif found := worded.search(words):
        key = unit_key(found[0])
        unit = dollar if key in lex.bare_dollars else lex.units.get(key, "percent")
    if unit == "percent":
        return unit, 1.0
    scale = 1.0
    if found := scaled.search(words):
        if found[1]:
            scale = lex.numbers.scales[found[1].lower()]
        elif lex.is_money(unit):
            scale = lex.numbers.short_scales.get(found[2], 1.0)
    elif _THOUSANDS.search(words):
        scale = 1000.0
    return unit, scale
