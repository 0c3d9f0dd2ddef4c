"""Numbers where they stand: figures and number words with their scale and unit, told apart from labels, codes, dates and marks.

The first of three steps of the ledger (:mod:`~evaltrail.text.quantities`): what is found here is then joined to ranges and
shares, and at last tied to what it counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaltrail.text import phrases
from evaltrail.text.lexicon import unit_key
from evaltrail.text.numbers import VULGAR, numeral

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evaltrail.text.lexicon import Lexicon


@dataclass(slots=True)
class Number:
    """A number on its way to an amount."""

    start: int
    end: int
    value: float
    kind: str = "count"
    """``count``, ``percent``, ``unit`` (money or a measure), ``year`` or ``label``."""
    unit: str | None = None
    scale: float = 1.0
    """What "million" multiplied the figures by."""
    in_words: bool = False
    weak: bool = False
    """A number word that is as often an article: it counts only with a noun."""
    plain: bool = True
    """Written as bare figures, without groups or decimals."""
    upper: float | None = None
    out_of: float | None = None
    like: int | None = None
    """Index of the number to the right whose unit this one shares."""


@dataclass(frozen=True, slots=True)
class Writing:
    """How a document writes its figures."""

    decimal: str = "."
    dollar: str = "USD"
    """ISO code of a bare "$"."""


_DATE = re.compile(r"\d{1,2}([/.-])\d{1,2}\1((?:19|20)\d{2})(?!\d)|((?:19|20)\d{2})-\d{2}-\d{2}(?!\d)")
_TELEPHONE = re.compile(r"(?:\(?\d{2,4}\)?[ -]){2,}\d{3,4}(?!\d)|\d{3}-\d{4}(?!\d)")
_TELEPHONE_BEFORE = re.compile(r"(?:\+\s?|\+[\d ()-]{1,14}|\b(?i:tel|phone|fax|téléphone|teléfono|telefone)\b[.:]?\s*)\(?$")
_YEAR_TAIL = re.compile(r"\s?[–—/-]\s?((?:19|20)\d{2}|\d{2})(?![.,]?\d|[^\W_]|[-–/]\d|\s?%)")
_ORDINAL = re.compile(r"\s?(?:st|nd|rd|th)\b|(?:er|ère|re|e|ème|eme|nd|nde|º|ª|°|a|o)\b")
_MIXED = re.compile(r" ([1-9])/([2-9])(?![\d/])")
_TIME = re.compile(r"\d{1,2}\s?(?::|h\s?)[0-5]\d(?!\d)")
_CODE_END = re.compile(r"[^\s,;()\[\]]*")
_LETTERED = re.compile(r"[-‑][A-Z]{1,3}(?![a-zA-Z])|[^\W\d_]")
_COMPOUND = re.compile(r"[-‑]([^\W\d_]+)")
_AGAIN = re.compile(r"\s?\((\d+)\)")
_DAY_ENDS = re.compile(r"(?:st|nd|rd|th)?(?:,?\s*(?:19|20)\d\d|[.,;)–-]|$)")
_GROUP_SPACES = re.compile(r"[ \u00a0\u2009\u202f]")
# Figures glued to one of these are a footnote mark: "reliability.2", "programmes,”12".
_NOTE_AFTER = frozenset('.,;:)”"»]!?')
_HOLDS_CODES = frozenset("_/.-–@#=&*")
_YEAR_PREFIXES = frozenset({"mid", "pre", "post", "early", "late", "non", "end", "ex", "fy", "cy", "mi", "fin", "início", "fim"})
_SIGNS_OF_LABELS = frozenset("§#№")
_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_LONGEST_SPAN = 60


def numbers_in(text: str, lex: Lexicon, writing: Writing) -> Iterator[Number]:
    """The numbers of a text with their units, in order; labels ("Recommendation 3") among them, marked as such."""
    at = 0
    last: Number | None = None
    while (match := lex.find.search(text, at)) is not None:
        number, at = _in_figures(text, match, at, lex, writing) if match[1] else _in_words(text, match, lex, writing)
        if number is None:
            continue
        if number.kind == "count" and _is_label(text, number, last, lex):
            number.kind = "label"
        last = number
        yield number


def word_before(text: str, at: int) -> str:
    """The word that ends at ``at``, in lower case, without an opening bracket or quote."""
    return words_before(text, at, 1)


def words_before(text: str, at: int, count: int) -> str:
    """The last ``count`` words that end at ``at``, like :func:`word_before`, apostrophes straight."""
    left = text[max(0, at - 24 * count) : at].split()[-count:]
    return " ".join(left).lower().lstrip("(\"'“‘[").rstrip(")]").replace("’", "'")


def _in_figures(text: str, match: re.Match[str], floor: int, lex: Lexicon, writing: Writing) -> tuple[Number | None, int]:
    """The number in figures that ``match`` found, or None, and where to look on; nothing before ``floor`` belongs to it."""
    start, end = match.span()
    groups = _GROUP_SPACES.split(match[0])
    if len(groups) > 1 and _apart(text, match, groups):
        end = start + len(groups[0])
    printed = text[start:end]
    prefix, prefix_start = _prefix(text, start, lex)
    if prefix_start < floor:  # "864,77 € 17 %": the sign belongs to the sum before it
        prefix, prefix_start = None, start
    skip = 0 if prefix else _no_number(text, start, end, lex)
    if skip:
        return None, skip
    date = _DATE.match(text, start)
    if date:
        return Number(start, date.end(), float(date[2] or date[3]), "year", "year"), date.end()
    value = VULGAR.get(printed) if printed in VULGAR else numeral(printed, writing.decimal)
    if value is None or (printed.isdigit() and printed[0] == "0" and len(printed) > 1):
        return None, end
    if text[end : end + 1] in VULGAR and end < len(text):
        value, end = value + VULGAR[text[end]], end + 1
    elif mixed := _MIXED.match(text, end):  # "33 1/3"
        value, end = value + int(mixed[1]) / int(mixed[2]), mixed.end()
    number = Number(prefix_start, end, value, plain=printed.isdigit())
    if printed in VULGAR and lex.share_of.match(text, end):  # "¾ of members"
        number.kind, number.unit, number.value = "percent", "percent", round(100 * value, 4)
        return number, end
    if prefix:
        number.kind = "unit"
        number.unit = writing.dollar if text[prefix_start:start].strip() == "$" else prefix
    elif start and text[start - 1] in "-−" and (start == 1 or text[start - 2] in " (") and not number.plain:
        number.value, number.start = -value, start - 1
    _add_unit(text, number, lex, writing)
    if number.kind == "count":
        fiscal = _fiscal(text, start)
        if fiscal or (len(printed) == 4 and printed.isdigit() and _FIRST_YEAR <= value <= _LAST_YEAR and number.scale == 1):
            _make_year(text, number, lex, fiscal=fiscal)
        if number.kind == "count" and number.end == end and (_LETTERED.match(text, end) or _ORDINAL.match(text, end)):
            compound = _COMPOUND.match(text, end)
            if compound is None or compound[1].isupper() or compound[1].lower() in lex.idioms:
                return None, max(end, _CODE_END.match(text, end).end())  # type: ignore[union-attr]
    return number, max(number.end, end)


_MOST_GROUPS = 4


def _apart(text: str, match: re.Match[str], groups: list[str]) -> bool:
    """Whether groups of three figures are numbers of their own: "in 2019 131 interviews", a row of figures out of a table."""
    if len(groups[0]) > 3 or not groups[0].isdigit() or len(groups) > _MOST_GROUPS:
        return True
    return match[0] != text.strip() and not any(c.isalpha() for c in text)


_OPENING = re.compile(r"[( ]*")


def _no_number(text: str, start: int, end: int, lex: Lexicon) -> int:
    """Where to look on when the figures are part of a code, an address, a date, a time, a telephone number or a mark; 0 when not."""
    before = text[start - 1] if start else ""
    after = text[end : end + 1]
    if before and not _fiscal(text, start) and (before.isalnum() or before in _HOLDS_CODES or after in {"/", "@", "_"}):
        stop = _code_end(text, start, end)
        if stop:
            return stop
    digit_before = start > 1 and text[start - 2].isdigit()
    if before and before in _NOTE_AFTER and not digit_before and not (before == ":" and text[start - 2 : start - 1] != "/"):
        return end
    if after and after in ": h" and (time := _TIME.match(text, start)):  # "10:30", "10 h 30"
        return time.end()
    if before == ":" and digit_before:
        return end
    if after in {"-", " ", ")"} or before in {"+", "("}:
        telephone = _TELEPHONE.match(text, start)
        if telephone and ("-" in telephone[0] or _TELEPHONE_BEFORE.search(text, max(0, start - 24), start)):
            return telephone.end()
        if before == "+" and end - start > 1:
            return end
    if before in _SIGNS_OF_LABELS or (before in " \u00a0" and text[start - 2 : start - 1] in _SIGNS_OF_LABELS):
        return end
    if _is_day(text, start, end, lex) or (_OPENING.fullmatch(text, 0, start) and _is_marker(text, start, end)):
        return end
    return 0


def _fiscal(text: str, start: int) -> bool:
    return text[start - 2 : start].upper() == "FY" or text[start - 3 : start].upper() == "FY "


def _prefix(text: str, start: int, lex: Lexicon) -> tuple[str | None, int]:
    """Currency before the figures and where it begins."""
    at = start
    while at and text[at - 1] in " \u00a0\u202f":
        at -= 1
    if not at or start - at > 1 or text[at - 1] not in lex.prefix_ends:
        return None, start
    for length in range(min(6, at), 0, -1):
        code = lex.prefixes.get(text[at - length : at])
        if code and not (at > length and text[at - length - 1].isalnum() and text[at - length].isalnum()):
            return code, at - length
    return None, start


def _code_end(text: str, start: int, end: int) -> int:
    """Where the web address, document symbol or code that holds the figures ends; 0 when they stand for themselves."""
    left = start
    while left and not text[left - 1].isspace() and text[left - 1] not in "([,;“\"'’":
        left -= 1
    stop = _CODE_END.match(text, end).end()  # type: ignore[union-attr]
    run, head = text[left:stop], text[left:start]
    if "://" in run or "www." in run or "@" in run:
        return stop
    if head == "*" and text[end : end + 1] == "*":  # a bar code's number
        return stop
    if not any(c.isalpha() for c in head):
        return 0
    last = head[-1]
    if last in "-–—" and head[:-1].lower() in _YEAR_PREFIXES:
        return 0
    if last == "—":  # between words
        return 0
    return 0 if last == "=" and text[end : end + 1] != "&" else max(stop, end)


def _is_day(text: str, start: int, end: int, lex: Lexicon) -> bool:
    """Whether the figures are a day of a month."""
    if end - start > 2 or not text[start:end].isdigit() or int(text[start:end]) > 31:
        return False
    if lex.months.match(text, end):
        return True
    return bool(lex.month_before.search(text, max(0, start - 14), start) and _DAY_ENDS.match(text, end))


_HEADING_LENGTH = 90


def _is_marker(text: str, start: int, end: int) -> bool:
    """Whether figures at the beginning of a text are its list marker or section number."""
    rest = text[end : end + 3]
    if rest[:1] in {".", ")"} and not rest[1:2].isdigit() and rest[1:2] != "":
        return True
    capital = rest[:1] == " " and rest[1:2].isupper()
    return capital and ("." in text[start:end] or (len(text) < _HEADING_LENGTH and end - start < 3))


def _add_unit(text: str, number: Number, lex: Lexicon, writing: Writing) -> None:
    """Adds the scale ("million") and the unit that follow the number."""
    end = number.end
    scale = lex.scale.match(text, end)
    factor, stop = 1.0, end
    if scale:
        factor = lex.numbers.scales[scale[1].lower()] if scale[1] else lex.numbers.short_scales[scale[2]]
        stop = scale.end()
        if scale[1] and (more := lex.scale.match(text, stop)) and more[1]:  # "2 mil millones"
            factor, stop = factor * lex.numbers.scales[more[1].lower()], more.end()
    unit = lex.unit.match(text, stop)
    name = _unit_name(unit, lex, writing)
    money = number.kind == "unit" or lex.is_money(name)
    if scale and scale[2] and len(scale[2]) == 1 and not money:  # "25 m" without money is a length
        factor, stop = 1.0, end
        unit = lex.unit.match(text, end)
        name = _unit_name(unit, lex, writing)
    number.value, number.scale, number.end = number.value * factor, factor, stop
    if factor != 1:
        number.plain = False
    if unit is None or name is None or (number.kind == "unit" and not lex.is_money(name)):
        return
    if number.kind == "unit" and unit["sign"] == "$":  # "USD 5$"
        name = number.unit or name
    number.kind, number.unit, number.end = ("percent" if name == "percent" else "unit"), name, unit.end()


def _unit_name(unit: re.Match[str] | None, lex: Lexicon, writing: Writing) -> str | None:
    if unit is None:
        return None
    if unit["word"]:
        key = unit_key(unit["word"])
        return writing.dollar if key in lex.bare_dollars else lex.units.get(key)
    if unit["sign"]:
        return writing.dollar if unit["sign"] == "$" else lex.units[unit["sign"]]
    return "percent"


def _make_year(text: str, number: Number, lex: Lexicon, *, fiscal: bool) -> None:
    """Makes the number a calendar year, with the last year of a span, unless it counts something."""
    end = number.end
    if fiscal and number.value < 100:
        number.value += 2000
    tail = _YEAR_TAIL.match(text, end)
    if tail:
        last = float(tail[1])
        if last < 100:
            last += number.value // 100 * 100
            last += 100 if last < number.value else 0
        if number.value <= last <= number.value + _LONGEST_SPAN:
            number.upper, number.end, number.kind, number.unit = last, tail.end(1), "year", "year"
            return
    if text[end : end + 1] == "s" and number.value % 10 == 0 and not text[end + 1 : end + 2].isalpha():
        number.upper, number.end = number.value + 9, end + 1  # "the 2010s"
    elif text[end : end + 1].isalpha():
        return
    elif word_before(text, number.start) not in lex.year_before:
        phrase = phrases.counted(text, end, lex.grammar)
        if phrase and (phrase.head in lex.year_counts or lex.grammar.head_first):
            return
    number.kind, number.unit = "year", "year"


def _in_words(text: str, match: re.Match[str], lex: Lexicon, writing: Writing) -> tuple[Number | None, int]:
    """The number in words that ``match`` found, or None, and where to look on."""
    start, end = match.span()
    words = match[0].lower()
    if start > 1 and text[start - 1] in "-–" and text[start - 2].isalpha():
        return None, end
    key = words.replace("-", " ")
    share = lex.numbers.shares.get(key)
    if share is not None:
        return _share(text, start, end, share, key, lex)
    value, length = lex.numbers.value(match[0])
    if not length:
        return None, end
    end = start + length
    only_scale = words[:length] in lex.numbers.scales and words[:length] not in lex.numbers.alone
    if only_scale and word_before(text, start) not in lex.grammar.articles:
        return None, end  # "US$ million" at the head of a column
    number = Number(start, end, value, in_words=True, weak=words[:length] in lex.numbers.weak)
    prefix, prefix_start = _prefix(text, start, lex)
    if prefix:
        number.start, number.kind, number.unit = prefix_start, "unit", prefix
    compound = _COMPOUND.match(text, end)
    if compound and (compound[1].lower() in lex.idioms or compound[1].lower() in lex.numbers.ordinals or number.weak or not value):
        return None, compound.end()
    again = _AGAIN.match(text, end)
    if again and float(again[1]) == value:  # "nine (9) countries"
        number.end = again.end()
    _add_unit(text, number, lex, writing)
    return number, number.end


def _share(text: str, start: int, end: int, share: float, words: str, lex: Lexicon) -> tuple[Number | None, int]:
    """A share in words ("two thirds of"), or None when the words mean something else ("the second half")."""
    if words in lex.numbers.weak_shares:
        scale = lex.scale.match(text, end) or lex.scale.match(text, end + 2)
        if scale and scale[1] and text[end : scale.start()] in {"", " a"}:  # "half a million"
            number = Number(start, scale.end(), share / 100 * lex.numbers.scales[scale[1].lower()], in_words=True, plain=False)
            return number, number.end
        if not lex.share_of.match(text, end) or word_before(text, start) in lex.not_before_half:
            return None, end
    return Number(start, end, share, "percent", "percent", in_words=True), end


def _is_label(text: str, number: Number, last: Number | None, lex: Lexicon) -> bool:
    """Whether the number names something ("Recommendation 3", "paragraphs 26–34 and 72") instead of counting it."""
    if last is not None and last.kind == "label" and number.start - last.end <= 12 and lex.label_join.match(text[last.end : number.start]):
        return True
    word = word_before(text, number.start)
    if word in lex.labels or (word.endswith(":") and word[:-1] in lex.labels):
        return True
    return not number.in_words and number.plain and word in lex.weak_labels
