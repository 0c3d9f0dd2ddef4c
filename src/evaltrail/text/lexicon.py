"""The words around numbers, compiled: one set of patterns a language, made once from the data files."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from evaltrail.text.grammar import Grammar, grammar, phrase_pattern, words_of
from evaltrail.text.numbers import FIGURES, NumberWords, either_case, number_words
from evaltrail.text.packs import pack

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Bound = Literal["about", "more_than", "at_least", "less_than", "at_most"]
"""How a number is hedged."""

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
    """Printed unit, words folded as :func:`unit_key` does, to the record's unit."""
    unit_words: re.Pattern[str]
    bare_dollars: frozenset[str]
    """Words for a dollar that do not say whose."""
    prefixes: Mapping[str, str]
    """Currency sign or code before figures to its ISO code."""
    prefix_ends: frozenset[str]
    labels: frozenset[str]
    weak_labels: frozenset[str]
    label_join: re.Pattern[str]
    idioms: frozenset[str]
    not_after_one: frozenset[str]
    not_before_one: frozenset[str]
    comparatives: frozenset[str]
    no_wholes: frozenset[str]
    """Words before a bracket that name no whole: "lower (6 per cent)", "a fifth (21 per cent)"."""
    share_of: re.Pattern[str]
    not_before_half: frozenset[str]
    out_of: re.Pattern[str]
    """Between a count and its whole: "of the"."""
    out_of_noun: re.Pattern[str]
    """The same after the noun counted: "countries out of"."""
    one_in: re.Pattern[str]
    per: re.Pattern[str]
    range_to: re.Pattern[str]
    range_and: re.Pattern[str]
    between: frozenset[str]
    from_words: frozenset[str]
    changed: frozenset[str]
    """Verbs before "from" that make a change of what would be a range."""
    during: frozenset[str]
    shared: re.Pattern[str]
    bounds: Mapping[str, Bound]
    bounds_after: Mapping[str, Bound]
    bound_after: re.Pattern[str]
    tie: frozenset[str]
    only_after_change: frozenset[str]
    """Words of ``tie`` that tie only after a verb of change: "declined to"."""
    change_verbs: frozenset[str]
    auxiliaries: frozenset[str]
    roles: tuple[tuple[str, re.Pattern[str]], ...]
    months: re.Pattern[str]
    month_before: re.Pattern[str]
    year_before: frozenset[str]
    year_counts: frozenset[str]
    ages: frozenset[str]
    age_nouns: frozenset[str]

    @staticmethod
    def is_money(unit: str | None) -> bool:
        """Whether a unit is a currency: its code has three capitals (FTE is none)."""
        return unit is not None and len(unit) == 3 and unit.isupper() and unit != "FTE"


def unit_key(printed: str) -> str:
    """A printed unit of words for looking up: lower case, single spaces."""
    return re.sub(r"[\s-]+", " ", printed.strip()).lower()


@cache
def _universal() -> dict[str, Any]:
    return tomllib.loads((files("evaltrail.text") / "units.toml").read_text(encoding="utf-8"))


def _unit_pattern(table: dict[str, Any]) -> tuple[re.Pattern[str], dict[str, str]]:
    """The pattern of what may follow a number as its unit, and the unit of each printed form."""
    universal = _universal()
    units: dict[str, str] = dict.fromkeys(map(unit_key, [*table.get("percent", ()), *universal["percent"]["words"]]), "percent")
    units.update(dict.fromkeys(map(unit_key, table.get("points", ())), "percentage points"))
    for group in (table.get("currencies", {}), table.get("measures", {})):
        for unit, forms in group.items():
            units.update(dict.fromkeys(map(unit_key, forms), unit))
    words = either_case(sorted(units)).replace(r"\s", r"[\s‑-]+") or "(?!)"
    not_after = set(universal["only_before"]["codes"])
    signs = {p: code for code, forms in universal["currencies"].items() for p in [*forms, code] if p not in not_after}
    signs.update({p: unit for unit, forms in universal["measures"].items() for p in forms})
    link = "|".join(table.get("unit_links", ())) or "(?!)"
    pattern = rf"\s?(%|٪)|[\s‑-]?(?:(?:{link})\s?)?(?:(?P<word>(?i:{words}))|(?P<sign>{_words(signs)})){_END}"
    return re.compile(pattern), {**signs, **units}


@cache
def lexicon(language: str | None) -> Lexicon:
    """The patterns of one language; English for None. A language without a pack has figures, signs and codes only."""
    language = language or "en"
    table = words_of(language)
    numbers = number_words(language)
    unit, units = _unit_pattern(table)
    prefixes = _prefixes()
    share, ranges, years = table.get("share", {}), table.get("range", {}), table.get("years", {})
    months, month_before = _months(language)
    after = table.get("bounds_after", {})
    not_after_role = rf"\b(?!\s+(?:{_words(table.get('not_after_role', ()))})\b)"

    def words(key: str) -> frozenset[str]:
        return frozenset(table.get(key, ()))

    return Lexicon(
        numbers=numbers,
        grammar=grammar(language),
        find=re.compile(rf"({FIGURES}|[½¼¾⅓⅔])|(?<!\w){numbers.pattern}"),
        scale=_scale_pattern(numbers),
        unit=unit,
        units=units,
        unit_words=re.compile(rf"(?i:{either_case(sorted(u for u in units if u.islower())) or '(?!)'})\b"),
        bare_dollars=words("bare_dollars"),
        prefixes=prefixes,
        prefix_ends=frozenset(p[-1] for p in prefixes),
        labels=words("labels"),
        weak_labels=words("weak_labels"),
        label_join=_label_join(table),
        idioms=words("idioms"),
        not_after_one=words("not_after_one"),
        not_before_one=words("not_before_one"),
        comparatives=words("comparatives"),
        no_wholes=words("comparatives") | numbers.ordinals,
        share_of=phrase_pattern(share.get("share_of", ()), lead=r"\s+", trail=r"(?:(?<=['’])|\b)"),
        not_before_half=frozenset(share.get("not_before_half", ())),
        out_of=phrase_pattern(share.get("out_of", ()), lead=r"\s+", trail=r"\s+(?:[^\W\d]+(?:['’][^\W\d]*)?\s+){0,2}$"),
        out_of_noun=phrase_pattern(share.get("out_of_noun", ()), lead=r"\s+", trail=r"\s+$"),
        one_in=phrase_pattern(share.get("one_in", ()), lead=r"[\s-]+", trail=r"[\s-]+$"),
        per=phrase_pattern(share.get("per", ()), lead=r"\s+", trail=r"\s+$"),
        range_to=re.compile(rf"\s?[–—-]\s?$|\s(?:{_words(ranges.get('to', ()))})\s$"),
        range_and=phrase_pattern(ranges.get("and", ()), lead=r"\s+", trail=rf"\s+(?:(?:{_words(table.get('articles', ()))})\s+)?$"),
        between=frozenset(ranges.get("between", ())),
        from_words=frozenset(ranges.get("from", ())),
        changed=frozenset(ranges.get("changed", table.get("change_verbs", ()))),
        during=frozenset(ranges.get("during", ())),
        shared=_shared(table),
        bounds={phrase: kind for kind, listed in table.get("bounds", {}).items() for phrase in listed},
        bounds_after={phrase: kind for kind, listed in after.items() for phrase in listed},
        bound_after=phrase_pattern((p for listed in after.values() for p in listed), lead=r"\s+", trail=r"\b"),
        tie=words("tie") | words("only_after_change"),
        only_after_change=words("only_after_change"),
        change_verbs=words("change_verbs"),
        auxiliaries=words("auxiliaries"),
        roles=tuple((role, phrase_pattern(verbs, trail=not_after_role)) for role, verbs in table.get("roles", {}).items()),
        months=months,
        month_before=month_before,
        year_before=frozenset(years.get("before", ())),
        year_counts=frozenset(years.get("counts", ())),
        ages=frozenset(table.get("age", {}).get("before", ())),
        age_nouns=frozenset(table.get("age", {}).get("nouns", ())),
    )


def _prefixes() -> dict[str, str]:
    """ISO code of each sign or code that may stand before figures."""
    universal = _universal()
    never = set(universal["only_before"]["never"])
    return {p: code for code, forms in universal["currencies"].items() for p in [*forms, code] if p not in never}


def _scale_pattern(numbers: NumberWords) -> re.Pattern[str]:
    words = either_case(numbers.scales) or "(?!)"
    return re.compile(rf"[\s-]?(?:({words})(?!\w)|({_words(numbers.short_scales)})(?![^\W_]))")


def _label_join(table: dict[str, Any]) -> re.Pattern[str]:
    """What may stand between the numbers of a list of labels."""
    joins = _words(table.get("label_joins", ()))
    return re.compile(rf"\s*(?:[,;/&–—-]|\s(?:{joins})\b)?(?:\s*(?:{joins})\b)?[\s(]*$")


def _shared(table: dict[str, Any]) -> re.Pattern[str]:
    """What may stand between numbers that share a unit: "12, 15 and 18 per cent"."""
    joins = _words([*table.get("coordinate", ()), *table.get("range", {}).get("to", ())])
    return re.compile(rf"\s*(?:,|/|,?\s(?:{joins})\s)\s*$")


def _words(words: Iterable[str]) -> str:
    """A pattern of the words as they stand; one that never matches for none."""
    return "|".join(re.escape(w) for w in sorted(set(words), key=lambda w: (-len(w), w))) or "(?!)"


def _months(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns of a month after a day, and of a month before it."""
    table = pack(language, "dates")
    month = _words(table.get("months", ()))
    link = _words(table.get("words", {}).get("links", ()))
    suffix = _words(table.get("words", {}).get("days", ()))
    after = re.compile(rf"\s?(?:{suffix})?\s+(?:(?:{link})\s+)?(?:{month})\b", re.IGNORECASE)
    return after, re.compile(rf"\b(?:{month})\.?\s+$", re.IGNORECASE)


def dollar_of(text: str) -> str:
    """ISO code of a bare "$" in a document: USD, unless it prints no US dollars and often names another dollar's country."""
    if any(sign in text for sign in ("US$", "USD", "U.S.$", "$US", "US dollar")):
        return "USD"
    for code, names in _universal()["dollars"].items():
        if sum(text.count(n) for n in names) >= max(3, len(text) // 20000):
            return str(code)
    return "USD"
