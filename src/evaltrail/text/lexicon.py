"""The words around numbers, compiled: one set of patterns a language, made once from the data files."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from evaltrail.text.numbers import FIGURES, NumberWords, either_case, number_words
from evaltrail.text.phrases import Grammar, grammar, phrase_pattern, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_END = r"(?![^\W_])"  # a digit may follow ("m2"), a letter may not


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that :mod:`evaltrail.text.quantities` looks for in one language."""

    numbers: NumberWords
    grammar: Grammar
    find: re.Pattern[str]
    """A number: group 1 in figures, else in words."""
    scale: re.Pattern[str]
    """After a number: group 1 a scale in words, group 2 a short form."""
    unit: re.Pattern[str]
    """After that: percent, points, money or a measure, by group name."""
    units: Mapping[str, str]
    """Printed unit, folded as :func:`unit_key` does, to the record's unit."""
    prefixes: Mapping[str, str]
    """Currency sign or code before figures to its ISO code."""
    prefix_ends: frozenset[str]
    labels: frozenset[str]
    weak_labels: frozenset[str]
    label_join: re.Pattern[str]
    idioms: frozenset[str]
    not_after_one: frozenset[str]
    not_before_one: frozenset[str]
    share_of: re.Pattern[str]
    not_before_half: frozenset[str]
    out_of: re.Pattern[str]
    one_in: re.Pattern[str]
    range_to: re.Pattern[str]
    range_and: re.Pattern[str]
    between: frozenset[str]
    from_words: frozenset[str]
    during: frozenset[str]
    shared: re.Pattern[str]
    bounds: Mapping[str, str]
    tie: frozenset[str]
    by: frozenset[str]
    roles: tuple[tuple[str, re.Pattern[str]], ...]
    months: re.Pattern[str]
    month_before: re.Pattern[str]
    year_before: frozenset[str]
    year_counts: frozenset[str]
    ages: frozenset[str]


def unit_key(printed: str) -> str:
    """A printed unit of words for looking up: lower case, single spaces."""
    return re.sub(r"[\s-]+", " ", printed.strip()).lower()


@cache
def _universal() -> dict[str, Any]:
    return tomllib.loads((files("evaltrail.text") / "units.toml").read_text(encoding="utf-8"))


def _alternatives(words: Iterable[str], *, either: bool = False) -> str:
    listed = [w for w in words if w]
    return either_case(listed) if either else "|".join(re.escape(w) for w in sorted(set(listed), key=lambda w: (-len(w), w)))


def _unit_pattern(table: dict[str, Any]) -> tuple[re.Pattern[str], dict[str, str]]:
    """The pattern of what may follow a number as its unit, and the unit of each printed form."""
    universal = _universal()
    units: dict[str, str] = dict.fromkeys(map(unit_key, table.get("percent", ())), "percent")
    units.update(dict.fromkeys(map(unit_key, table.get("points", ())), "percentage points"))
    for group in (table.get("currencies", {}), table.get("measures", {})):
        for unit, forms in group.items():
            units.update(dict.fromkeys(map(unit_key, forms), unit))
    words = either_case(sorted(units)).replace(r"\s", r"[\s-]+")
    not_after = set(universal["only_before"]["codes"])
    signs = {p: code for code, forms in universal["currencies"].items() for p in [*forms, code] if p not in not_after}
    signs.update({p: unit for unit, forms in universal["measures"].items() for p in forms})
    link = "|".join(table.get("unit_links", ())) or "(?!)"
    pattern = rf"\s?(%|٪)|[\s-]?(?:(?:{link})\s?)?(?:(?P<word>(?i:{words}))|(?P<sign>{_alternatives(signs)})){_END}"
    return re.compile(pattern), {**signs, **units}


@cache
def lexicon(language: str | None) -> Lexicon:
    """The patterns of one language; of all languages together where it is unknown or has no pack."""
    table = words_of(language)
    numbers = number_words(language)
    universal = _universal()
    unit, units = _unit_pattern(table)
    never = set(universal["only_before"]["never"])
    prefixes = {p: code for code, forms in universal["currencies"].items() for p in [*forms, code] if p not in never}
    short = _alternatives(numbers.short_scales)
    share, ranges = table.get("share", {}), table.get("range", {})
    joins = "|".join(re.escape(w) for w in table.get("label_joins", ()))
    shared = "|".join(re.escape(w) for w in [*table.get("coordinate", ()), *ranges.get("to", ())])
    months = _months(table)
    return Lexicon(
        numbers=numbers,
        grammar=grammar(language),
        find=re.compile(rf"({FIGURES}|[½¼¾⅓⅔])|(?<!\w){numbers.pattern}"),
        scale=re.compile(rf"[\s-]?(?:({_alternatives(numbers.scales, either=True)})(?!\w)|({short or '(?!)'})(?![^\W_]))"),
        unit=unit,
        units=units,
        prefixes=prefixes,
        prefix_ends=frozenset(p[-1] for p in prefixes),
        labels=frozenset(table.get("labels", ())),
        weak_labels=frozenset(table.get("weak_labels", ())),
        label_join=re.compile(rf"\s*(?:[,;/&–—-]|\s(?:{joins or '(?!)'})\b)?(?:\s*(?:{joins or '(?!)'})\b)?[\s(]*$"),
        idioms=frozenset(table.get("idioms", ())),
        not_after_one=frozenset(table.get("not_after_one", ())),
        not_before_one=frozenset(table.get("not_before_one", ())),
        share_of=phrase_pattern(share.get("share_of", ()), lead=r"\s+", trail=r"(?:(?<=['’])|\b)"),
        not_before_half=frozenset(share.get("not_before_half", ())),
        out_of=phrase_pattern(share.get("out_of", ()), lead=r"\s+", trail=r"\s+$"),
        one_in=phrase_pattern(share.get("one_in", ()), lead=r"\s+", trail=r"\s+$"),
        range_to=re.compile(rf"\s?[–—-]\s?$|\s(?:{'|'.join(map(re.escape, ranges.get('to', ())))})\s$") if ranges else re.compile(r"\s?[–—-]\s?$"),
        range_and=phrase_pattern(ranges.get("and", ()), lead=r"\s+", trail=r"\s+$"),
        between=frozenset(ranges.get("between", ())),
        from_words=frozenset(ranges.get("from", ())),
        during=frozenset(ranges.get("during", ())),
        shared=re.compile(rf"\s*(?:,|/|,?\s(?:{shared or '(?!)'})\s)\s*$"),
        bounds={phrase: kind for kind, listed in table.get("bounds", {}).items() for phrase in listed},
        tie=frozenset(table.get("tie", ())),
        by=frozenset(table.get("by", ())),
        roles=tuple((role, phrase_pattern(verbs, trail=r"\b")) for role, verbs in table.get("roles", {}).items()),
        months=months[0],
        month_before=months[1],
        year_before=frozenset(table.get("years", {}).get("before", ())),
        year_counts=frozenset(table.get("years", {}).get("counts", ())),
        ages=frozenset(table.get("age", {}).get("before", ())),
    )


def _months(table: dict[str, Any]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    names = [m for m in table.get("months", ())]
    any_month = "|".join(sorted(map(re.escape, names), key=len, reverse=True)) or "(?!)"
    linked = "|".join(table.get("day_links", ()))
    link = rf"(?:(?:{linked})\s+)?" if linked else ""
    after = re.compile(rf"(?:st|nd|rd|th|er|º|°)?\s+{link}(?:{any_month})\b", re.IGNORECASE)
    return after, re.compile(rf"\b(?:{any_month})\.?\s+$", re.IGNORECASE)


def dollar_of(text: str) -> str:
    """ISO code of a bare "$" in a document: USD, unless it prints no US dollars and often names another dollar's country."""
    if any(sign in text for sign in ("US$", "USD", "U.S.$", "$US", "US dollar")):
        return "USD"
    for code, names in _universal()["dollars"].items():
        if sum(text.count(n) for n in names) >= max(3, len(text) // 20000):
            return str(code)
    return "USD"
