"""The ledger's arithmetic: every number of a text with its unit and what it counts.

Left out, because they count nothing: labels ("Recommendation 3", "page 4"), ordinals, document symbols, codes, telephone
numbers, addresses of the web, footnote marks, section numbers, days of the month and times of the day.

A calendar year is a quantity of unit ``year`` (a span "2014–19" has its last year as ``upper``); a duration has the unit
``years``.  Shares in words ("two thirds", "one in four") are given in per cent; "three of the five countries" counts 3
with ``out_of`` 5.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaltrail.text import phrases
from evaltrail.text.lexicon import Lexicon, lexicon
from evaltrail.text.numbers import VULGAR, numeral

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit and what it counts, and where it stands: ``text[start:end]`` are the words as printed."""

    start: int
    end: int
    value: float
    unit: str | None = None
    """``percent``, ``percentage points``, an ISO 4217 code, a unit of measure in its normal form (``years``, ``km``), ``year`` for a
    calendar year, or the noun counted, in lower case as printed."""
    of: str | None = None
    """What is counted or measured, as printed: "project evaluations", "total budget of Colombia"; None where the text does not say."""
    upper: float | None = None
    """Upper end of a range: "10 to 15 per cent", "2014–19"."""
    bound: str | None = None
    """``about``, ``more_than``, ``at_least``, ``less_than`` or ``at_most`` where the text says so."""
    out_of: float | None = None
    """The whole that a count is taken from: 5 in "three of the five countries"."""


@dataclass(slots=True)
class _Number:
    """A number on its way to an :class:`Amount`."""

    start: int
    end: int
    value: float
    kind: str = "count"
    """``count``, ``percent``, ``unit`` (money or a measure), ``year`` or ``label``."""
    unit: str | None = None
    scale: float = 1.0
    in_words: bool = False
    weak: bool = False
    """A number word that is as often an article: it counts only with a noun."""
    compound: bool = False
    """Joined to its noun by a hyphen: "five-module"."""
    plain: bool = True
    """Written as bare figures, without groups or decimals."""
    upper: float | None = None
    out_of: float | None = None
    like: int | None = None
    """Index of the number to the right whose unit this one shares."""


_YEAR_TAIL = re.compile(r"\s?[–—/-]\s?((?:19|20)\d{2}|\d{2})(?![.,]?\d|[^\W_]|[-–/]\d|\s?%)")
_DATE = re.compile(r"\d{1,2}([/.-])\d{1,2}\1((?:19|20)\d{2})(?!\d)|((?:19|20)\d{2})-\d{2}-\d{2}(?!\d)")
_ORDINAL = re.compile(r"\s?(?:st|nd|rd|th)\b|(?:er|ère|re|e|ème|eme|nd|nde|º|ª|°|a|o)\b")
_CODE_END = re.compile(r"[^\s,;()\[\]]*")
_SIGNS = {"<": "less_than", ">": "more_than", "≥": "at_least", "≤": "at_most", "~": "about", "≈": "about", "±": "about"}
_NOTE_AFTER = frozenset('.,;:)”"»]!?')
_YEAR_PREFIX = frozenset({"mid", "pre", "post", "early", "late", "non", "end", "ex", "fy", "cy"})
_SMALL = 1000


def amounts(text: str, language: str | None = None, *, decimal: str | None = None, dollar: str = "USD") -> list[Amount]:
    """All quantities of a text, in order.

    ``decimal`` is the document's decimal mark (:func:`~evaltrail.text.numbers.decimal_mark`), by default the language's;
    ``dollar`` the currency of a bare "$" (:func:`~evaltrail.text.lexicon.dollar_of`).
    """
    lex = lexicon(language)
    numbers = list(_scan(text, lex, decimal or lex.numbers.decimal, dollar))
    dropped = _combine(text, numbers, lex)
    done: dict[int, Amount | None] = {}
    for i in range(len(numbers) - 1, -1, -1):
        if i not in dropped and numbers[i].kind != "label":
            n = numbers[i]
            done[i] = _finish(text, n, lex, done.get(n.like) if n.like is not None else None)
    found = [done[i] for i in sorted(done)]
    return _inherit(text, [a for a in found if a is not None])


def _scan(text: str, lex: Lexicon, decimal: str, dollar: str) -> Iterator[_Number]:
    """The numbers of a text with their units, labels among them."""
    at = 0
    last: _Number | None = None
    while (match := lex.find.search(text, at)) is not None:
        number, at = _figures(text, match, lex, decimal, dollar) if match[1] else _worded(text, match, lex)
        if number is None:
            continue
        if number.kind == "count" and _is_label(text, number, last, lex):
            number.kind = "label"
        last = number
        yield number


def _figures(text: str, match: re.Match[str], lex: Lexicon, decimal: str, dollar: str) -> tuple[_Number | None, int]:
    """The number in figures that ``match`` found, or None, and where to look on."""
    start, end = match.span()
    printed = match[0]
    before = text[start - 1] if start else ""
    after = text[end : end + 1]
    head = printed.split(" ", 1)[0]
    if len(head) != len(printed) and len(re.split(r"[ \u00a0\u2009\u202f]", printed)[0]) > 3:  # "in 2019 131 interviews"
        printed, end = head, start + len(head)
        after = text[end : end + 1]
    prefix, prefix_start = _prefix(text, start, lex)
    fiscal = text[start - 2 : start].upper() == "FY" or text[start - 3 : start].upper() == "FY "
    if prefix is None and not fiscal and before and (before.isalnum() or before in "_/.-–@#=&" or after in {"/", "@", "_"}):
        skip = _code(text, start, end)
        if skip:
            return None, skip
    if before in _NOTE_AFTER and before and not (start > 1 and text[start - 2].isdigit()) and prefix is None:
        return None, end
    date = _DATE.match(text, start)
    if date:
        return _Number(start, date.end(), float(date[2] or date[3]), "year"), date.end()
    if (after == ":" and text[end + 1 : end + 2].isdigit()) or (before == ":" and start > 1 and text[start - 2].isdigit()):
        return None, end
    value = VULGAR.get(printed) if printed in VULGAR else numeral(printed, decimal)
    if value is None:
        return None, end
    if after in VULGAR and after:
        value, end = value + VULGAR[after], end + 1
    number = _Number(prefix_start, end, value, plain=printed.isdigit())
    if prefix:
        number.kind, number.unit = "unit", dollar if text[prefix_start : start].strip() == "$" else prefix
    elif _day(text, start, end, number, lex) or (start == 0 and _marker(text, end, printed)):
        return None, end
    if (before in "-−" and before) and (start == 1 or text[start - 2] in " (") and not number.plain:
        number.value = -number.value
    _scaled_unit(text, number, lex, dollar)
    if number.kind == "count":
        if len(printed) == 4 and printed.isdigit() and 1900 <= value < 2100 or fiscal:
            _year(text, number, lex, fiscal=fiscal)
        if number.kind == "count" and number.end == end and (text[end : end + 1].isalpha() or _ORDINAL.match(text, end)):
            return None, _CODE_END.match(text, end).end()  # type: ignore[union-attr]
    return number, number.end


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


def _code(text: str, start: int, end: int) -> int:
    """Where the web address, document symbol or code that holds the figures ends; 0 when they stand for themselves."""
    left = start
    while left and not text[left - 1].isspace() and text[left - 1] not in "([,;“\"'’":
        left -= 1
    stop = _CODE_END.match(text, end).end()  # type: ignore[union-attr]
    run, head = text[left:stop], text[left:start]
    if "://" in run or "www." in run or "@" in run:
        return stop
    if not any(c.isalpha() for c in head):
        return 0
    if head[-1] in "-–" and head[:-1].lower() in _YEAR_PREFIX:
        return 0
    if head[-1] in "–" and not head[:-1].isupper():  # a dash between words, not "COVID–19"
        return 0
    if head[-1] in "=":
        return 0
    return max(stop, end)


def _day(text: str, start: int, end: int, number: _Number, lex: Lexicon) -> bool:
    """Whether the figures are a day of a month."""
    if not number.plain or number.value > 31:
        return False
    if lex.months.match(text, end):
        return True
    return bool(lex.month_before.search(text, max(0, start - 14), start) and re.match(r"(?:st|nd|rd|th)?(?:,?\s*(?:19|20)\d\d|[.,;)–-]|$)", text[end : end + 12]))


def _marker(text: str, end: int, printed: str) -> bool:
    """Whether figures at the beginning of a text are its list marker or section number."""
    rest = text[end : end + 3]
    return (rest[:1] in {".", ")"} and not rest[1:2].isdigit()) or ("." in printed and rest[:1] == " " and rest[1:2].isupper()) or (
        len(text) < 90 and len(printed) < 3 and rest[:1] == " " and rest[1:2].isupper()
    )


def _scaled_unit(text: str, number: _Number, lex: Lexicon, dollar: str) -> None:
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
    name = _unit_name(unit, lex, dollar)
    money = number.kind == "unit" or (name is not None and len(name) == 3 and name.isupper())
    if scale and scale[2] and len(scale[2]) == 1 and not money:  # "25 m" without money is a length
        factor, unit = 1.0, lex.unit.match(text, end)
        name, stop = _unit_name(unit, lex, dollar), end
    number.value, number.scale, number.end = number.value * factor, factor, stop
    if factor != 1.0:
        number.plain = False
    if unit is None or name is None:
        return
    if number.kind == "unit" and not (len(name) == 3 and name.isupper()):  # "US$5 per ..." has its unit
        return
    if text[stop : stop + 1] == "-":
        number.compound = True
    number.kind, number.unit, number.end = ("percent" if name == "percent" else "unit"), name, unit.end()


def _unit_name(unit: re.Match[str] | None, lex: Lexicon, dollar: str) -> str | None:
    if unit is None:
        return None
    if unit["word"]:
        from evaltrail.text.lexicon import unit_key

        name = lex.units.get(unit_key(unit["word"]))
        return dollar if name == "USD" and unit_key(unit["word"]) in {"dollars", "dollar"} else name
    if unit["sign"]:
        return dollar if unit["sign"] == "$" else lex.units[unit["sign"]]
    return "percent"


def _year(text: str, number: _Number, lex: Lexicon, *, fiscal: bool) -> None:
    """Makes the number a calendar year, with the last year of a span, unless it counts something."""
    end = number.end
    if fiscal and number.value < 100:
        number.value += 2000
    tail = _YEAR_TAIL.match(text, end)
    if tail:
        last = float(tail[1])
        if last < 100:
            last += number.value // 100 * 100
            if last < number.value:
                last += 100
        if number.value <= last <= number.value + 60:
            number.upper, number.end, number.kind, number.unit = last, tail.end(1), "year", "year"
            return
    if text[end : end + 1] == "s" and number.value % 10 == 0 and not text[end + 1 : end + 2].isalpha():
        number.upper, number.end = number.value + 9, end + 1
    elif text[end : end + 1].isalpha():
        return
    else:
        phrase = phrases.counted(text, end, lex.grammar)
        if phrase and (phrase.head in lex.year_counts or (lex.grammar.head_first and phrase)) and _word_before(text, number.start) not in lex.year_before:
            return
    number.kind, number.unit = "year", "year"


def _worded(text: str, match: re.Match[str], lex: Lexicon) -> tuple[_Number | None, int]:
    """The number in words that ``match`` found, or None, and where to look on."""
    start, end = match.span()
    words = match[0].lower()
    share = lex.numbers.shares.get(words.replace("-", " "))
    if start and text[start - 1] in "-–" and start > 1 and text[start - 2].isalpha():
        return None, end
    if share is not None:
        return _share(text, start, end, share, words.replace("-", " "), lex)
    value, length = lex.numbers.value(match[0])
    if not length:
        return None, end
    end = start + length
    number = _Number(start, end, value, in_words=True, weak=words in lex.numbers.weak)
    prefix, prefix_start = _prefix(text, start, lex)
    if prefix:
        number.start, number.kind, number.unit = prefix_start, "unit", prefix
    if text[end : end + 1] == "-":
        following = re.match(r"-([^\W\d_]+)", text[end : end + 24])
        if following is None or following[1].lower() in lex.idioms or following[1].lower() in lex.numbers.ordinals:
            return None, end + (following.end() if following else 1)
    again = re.match(r"\s?\((\d+)\)", text[end : end + 8])
    if again and float(again[1]) == value:  # "nine (9) countries"
        number.end = end + again.end()
    _scaled_unit(text, number, lex, "USD")
    return number, number.end


def _share(text: str, start: int, end: int, share: float, words: str, lex: Lexicon) -> tuple[_Number | None, int]:
    """A share in words ("two thirds of"), or None when the words mean something else ("the second half")."""
    if words in lex.numbers.weak_shares:
        scale = lex.scale.match(text, end) or lex.scale.match(text, end + 2)
        if scale and scale[1] and re.fullmatch(r"(?: an?)?", text[end : scale.start()]):  # "half a million"
            number = _Number(start, scale.end(), share / 100, in_words=True)
            number.value *= lex.numbers.scales[scale[1].lower()]
            return number, number.end
        if not lex.share_of.match(text, end) or _word_before(text, start) in lex.not_before_half:
            return None, end
    return _Number(start, end, share, "percent", "percent", in_words=True), end


def _word_before(text: str, at: int) -> str:
    left = text[max(0, at - 24) : at].split()
    return left[-1].lower().lstrip("(\"'“‘[") if left else ""


def _is_label(text: str, number: _Number, last: _Number | None, lex: Lexicon) -> bool:
    """Whether the number names something ("Recommendation 3", "paragraphs 26–34 and 72") instead of counting it."""
    if last is not None and last.kind == "label" and number.start - last.end <= 12 and lex.label_join.match(text[last.end : number.start]):
        return True
    word = _word_before(text, number.start)
    if word in lex.labels or word.rstrip(".") in lex.labels:
        return True
    return not number.in_words and number.plain and word in lex.weak_labels


def _combine(text: str, numbers: list[_Number], lex: Lexicon) -> set[int]:
    """Joins ranges, shares and lists, from the right; gives back the indices of numbers that went into another."""
    dropped: set[int] = set()
    right: int | None = None
    for i in range(len(numbers) - 1, -1, -1):
        t = numbers[i]
        if right is not None and t.kind != "label":
            u = numbers[right]
            if u.kind != "label" and 0 < u.start - t.end <= 24:
                _join(text, t, u, right, dropped, lex)
        if i not in dropped:
            right = i
    return dropped


def _join(text: str, t: _Number, u: _Number, index: int, dropped: set[int], lex: Lexicon) -> None:
    gap = text[t.end : u.start]
    before = _word_before(text, t.start)
    if t.kind == "year" or u.kind == "year":
        if t.kind == u.kind and t.upper is None and u.upper is None and t.value < u.value and (lex.range_to.match(gap) or (before in lex.between and lex.range_and.match(gap))):
            t.upper, t.end = u.value, u.end
            dropped.add(index)
        return
    counts = t.kind == "count" and t.plain and u.kind == "count"
    if counts and u.plain and t.value < u.value <= 100 and t.value < 10 and lex.one_in.match(gap):
        t.kind, t.unit, t.value, t.end = "percent", "percent", round(100 * t.value / u.value, 4), u.end
        dropped.add(index)
    elif counts and u.plain and t.value <= u.value and lex.out_of.match(gap):
        t.out_of, t.like, t.weak = u.value, index, False
    elif _is_range(t, u, gap, before, lex):
        if t.scale == 1.0 and u.scale != 1.0 and t.value < _SMALL:
            t.value *= u.scale
        t.upper, t.end = u.value, u.end
        t.kind, t.unit, t.compound, t.plain = (u.kind, u.unit, u.compound, u.plain) if u.kind != "count" else (t.kind, t.unit, u.compound, u.plain)
        dropped.add(index)
    elif t.kind == "count" and not t.weak and lex.shared.match(gap) and (u.kind != "count" or t.plain):
        t.like = index


def _is_range(t: _Number, u: _Number, gap: str, before: str, lex: Lexicon) -> bool:
    if t.upper is not None or u.upper is not None or not (t.kind == "count" or t.unit == u.unit or (t.kind == "unit" and u.kind == "count")):
        return False
    high = u.value if t.scale != 1.0 or u.scale == 1.0 or t.value >= _SMALL else u.value / u.scale
    if t.value >= high:
        return False
    if lex.range_to.match(gap):
        return before not in lex.from_words or gap.strip() in "–—-"
    return before in lex.between and bool(lex.range_and.match(gap))


def _finish(text: str, n: _Number, lex: Lexicon, like: Amount | None) -> Amount | None:
    """The amount of a number: its bound and what it counts; None when it counts nothing."""
    if n.kind == "year":
        return Amount(n.start, n.end, n.value, "year", None, n.upper)
    start, bound = _bound(text, n.start, lex)
    if text[n.end : n.end + 1] == "+" and bound is None:
        bound = "at_least"
    if like is not None and n.kind == "count":
        return Amount(start, n.end if n.out_of is None else like.end, n.value, like.unit, like.of, n.upper, bound, n.out_of)
    unit, of, end = n.unit, None, n.end
    if n.kind == "percent":
        of, end = _of_share(text, n, start, lex)
    elif n.kind == "unit":
        if bound == "more_than" and unit in _TIMES and text[start : n.start].strip().lower() in lex.during:
            start, bound = n.start, None
        of, end = _of_amount(text, n, start, lex)
    else:
        counted = _count(text, n, lex)
        if counted is None:
            loose = _loose(text, n, start, lex)
            if loose is None:
                return None
            unit, of = loose
        else:
            unit, of, end = counted
    return Amount(start, end, n.value, unit, of, n.upper, bound, n.out_of)


_TIMES = frozenset({"years", "months", "weeks", "days", "hours", "minutes", "decades"})


def _bound(text: str, start: int, lex: Lexicon) -> tuple[int, str | None]:
    """Where the amount begins with its "more than", and which bound that is."""
    left = text[max(0, start - 32) : start]
    sign = left.rstrip()[-1:]
    if sign in _SIGNS:
        return start - len(left) + left.rindex(sign), _SIGNS[sign]
    words = left.split()
    for count in range(min(4, len(words)), 0, -1):
        phrase = " ".join(words[-count:]).lower().lstrip("(\"'“‘[")
        kind = lex.bounds.get(phrase)
        if kind:
            at = left.lower().rfind(phrase.split()[0])
            return start - len(left) + at, kind
    return start, None


def _of_share(text: str, n: _Number, start: int, lex: Lexicon) -> tuple[str | None, int]:
    """What a percentage is of: what follows "of", what follows directly, or what stands before the bracket or the verb."""
    g = lex.grammar
    linked = g.of.match(text, n.end)
    after = phrases.measured(text, linked.end() if linked else n.end, g)
    if after and linked:
        return after.words, after.end
    opened = _opened(text, start)
    if opened is not None:
        whole = phrases.before(text, opened, g)
        if whole and after and after.end - n.end < 40:
            return f"{whole} ({after.words})", after.end
        if whole:
            return whole, n.end
    if after:
        return after.words, after.end
    return _tied(text, start, lex), n.end


def _opened(text: str, start: int) -> int | None:
    """Where the bracket stands that opens directly before ``start``."""
    left = text[max(0, start - 2) : start].rstrip()
    return text.rindex("(", 0, start) if left.endswith("(") else None


def _tied(text: str, start: int, lex: Lexicon) -> str | None:
    """What a verb or "of" before the number ties it to: "unemployment rate of 12 per cent"."""
    left = text[max(0, start - 40) : start].split()
    for count in (2, 1):
        if len(left) >= count and " ".join(left[-count:]).lower() in lex.tie:
            at = start
            for word in reversed(left[-count:]):
                at = text.rindex(word, 0, at)
            found = phrases.before(text, at, lex.grammar)
            if found and not found.lower().endswith(("ed", "ly")):
                return found
    return None


def _of_amount(text: str, n: _Number, start: int, lex: Lexicon) -> tuple[str | None, int]:
    """What a sum or a measure is of: "US$5 million grant", "total budget of US$25 million", "40 hours of training"."""
    g = lex.grammar
    word = _word_before(text, start)
    if n.unit == "years" and word in lex.ages:
        return "age", n.end
    linked = g.of.match(text, n.end)
    if linked:
        after = phrases.measured(text, linked.end(), g)
        if after:
            return after.words, after.end
    tied = _tied(text, start, lex)
    if tied:
        return tied, n.end
    opened = _opened(text, start)
    if opened is not None and (whole := phrases.before(text, opened, g)):
        return whole, n.end
    if n.compound or not g.head_first:
        at = n.end + 1 if text[n.end : n.end + 1] == "-" else n.end
        after = phrases.measured(text, at, g)
        if after:
            return after.words, after.end
    return None, n.end


def _count(text: str, n: _Number, lex: Lexicon) -> tuple[str | None, str | None, int] | None:
    """Unit, phrase and end of what a count counts; None where no noun follows."""
    one = n.value == 1 and n.upper is None
    if n.weak:
        following = re.match(r"\s+([^\W\d_]+)", text[n.end : n.end + 24])
        if lex.grammar.head_first or following is None or following[1].lower() in lex.not_after_one or _word_before(text, n.start) in lex.not_before_one:
            return None
    at = n.end
    if text[at : at + 1] in {"-", "‑"} and text[at + 1 : at + 2].isalpha():
        found = phrases.counted(text, at + 1, lex.grammar, one=True)
        if found is None:
            return None
        return found.words.split()[0].lower(), found.words, found.end
    found = phrases.counted(text, at, lex.grammar, one=one or (n.value < 1 and not n.plain))
    if found is None:
        return None
    unit = found.head
    for role, verbs in lex.roles:
        if verbs.match(text, found.end + 1):
            unit = role
    return unit, found.words, found.end


def _loose(text: str, n: _Number, start: int, lex: Lexicon) -> tuple[str | None, str | None] | None:
    """Unit and phrase of a figure with no noun after it; None when nothing shows that it is a quantity."""
    if n.in_words and n.scale == 1.0:
        return None
    word = _word_before(text, start)
    if word in lex.ages:
        return "years", "age"
    if text[start - 1 : start] == "=" or word == "=":
        name = re.search(r"([^\W\d_]+)\s?=\s?$", text[max(0, start - 16) : start])
        return None, name[1] if name else None
    opened = _opened(text, start)
    if opened is not None and text[n.end : n.end + 1] == ")" and not (n.plain and n.value < 10):
        whole = phrases.before(text, opened, lex.grammar)
        if whole and lex.grammar.plural(whole.split()[-1]):
            return whole.split()[-1].lower(), whole
        return None if n.plain else (None, whole)
    tied = _tied(text, start, lex)
    if tied:
        last = tied.split()[-1].lower()
        return (last if lex.grammar.plural(last) else None), tied
    if not n.plain or n.value >= _SMALL or n.upper is not None and not n.plain:
        return None, None
    return None


def _inherit(text: str, found: list[Amount]) -> list[Amount]:
    """Gives a percentage without a whole that of the one before it in the sentence: "72 per cent of the total, with 18 per cent on ..."."""
    out: list[Amount] = []
    last: Amount | None = None
    for a in found:
        if a.unit == "percent":
            if a.of is None and last is not None and last.of and not re.search(r"[.!?;]\s", text[last.end : a.start]):
                a = Amount(a.start, a.end, a.value, a.unit, last.of, a.upper, a.bound, a.out_of)
            last = a
        out.append(a)
    return out
