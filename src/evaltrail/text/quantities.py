"""The ledger: every number of a text with its unit and what it counts.

Left out, because they count nothing: labels ("Recommendation 3", "page 4"), ordinals, document symbols, codes, telephone
numbers, addresses of the web, footnote marks, section numbers, days of the month, times of the day, the steps of a chart's axis.

A calendar year is a quantity of unit ``year`` (a span "2014–19" has its last year as ``upper``); a duration has the unit
``years``.  Shares in words ("two thirds", "one in four") are given in per cent; "three of the five countries" counts 3
with ``out_of`` 5.

Three steps: find numbers with their units (:mod:`~evaltrail.text.figures`), join ranges, shares and lists (here), tie them to
what they count (:mod:`~evaltrail.text.wholes`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from evaltrail.text import wholes
from evaltrail.text.figures import Number, Writing, numbers_in, word_before, words_before
from evaltrail.text.lexicon import lexicon, unit_key

if TYPE_CHECKING:
    from evaltrail.text.lexicon import Bound, Lexicon


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
    bound: Bound | None = None
    """``about``, ``more_than``, ``at_least``, ``less_than`` or ``at_most`` where the text says so."""
    out_of: float | None = None
    """The whole that a count is taken from: 5 in "three of the five countries"."""


_SIGNS: dict[str, Bound] = {"<": "less_than", ">": "more_than", "≥": "at_least", "≤": "at_most", "~": "about", "≈": "about", "±": "about"}
_TIMES = frozenset({"years", "months", "weeks", "days", "hours", "minutes", "decades"})
_SENTENCE_END = re.compile(r"[.!?;]\s")
_SMALL = 1000
_GAP = 24
"""Characters between two numbers that may belong together."""
_AXIS = 4
"""Percentages in even steps with nothing but spaces between them, from this many on, are the axis of a chart."""


def amounts(text: str, language: str | None = None, *, decimal: str | None = None, dollar: str = "USD") -> list[Amount]:
    """All quantities of a text, in order.

    ``language`` is an ISO 639-1 code, None counts as English; in a language without a pack only figures with a sign
    or a code are read.  ``decimal`` is the document's decimal mark (:func:`~evaltrail.text.numbers.decimal_mark`), by
    default the language's; ``dollar`` the currency of a bare "$" (:func:`~evaltrail.text.lexicon.dollar_of`).
    """
    lex = lexicon(language)
    numbers = list(numbers_in(text, lex, Writing(decimal or lex.numbers.decimal, dollar)))
    if not numbers:
        return []
    dropped = _combine(text, numbers, lex)
    dropped |= _meaningless(text, numbers, dropped)
    done: dict[int, Amount] = {}
    for i in range(len(numbers) - 1, -1, -1):
        n = numbers[i]
        if i in dropped or n.kind == "label":
            continue
        found = _finish(text, n, lex, done.get(n.like) if n.like is not None else None)
        if found is None:
            continue
        done[i] = found
        if i + 1 < len(numbers) and found.unit and n.kind == "count":
            _of_whole(text, i, numbers, done, lex)
        if n.weak and lex.grammar.head_first and done[i].unit != "percent":  # "une évaluation" counts nothing
            del done[i]
    return _inherit(text, [done[i] for i in sorted(done)])


def _combine(text: str, numbers: list[Number], lex: Lexicon) -> set[int]:
    """Joins ranges, shares and lists, from the right; gives back the indices of numbers that went into another."""
    dropped: set[int] = set()
    right: int | None = None
    for i in range(len(numbers) - 1, -1, -1):
        t = numbers[i]
        if right is not None and t.kind != "label":
            u = numbers[right]
            if u.kind != "label" and 0 < u.start - t.end <= _GAP and _join(text, t, u, right, lex):
                dropped.add(right)
        right = i
    return dropped


def _join(text: str, t: Number, u: Number, index: int, lex: Lexicon) -> bool:
    """Joins a number to the next; says whether the next went into it."""
    gap = text[t.end : u.start]
    before = word_before(text, t.start)
    if before in lex.grammar.articles:  # "entre el 10 % y el 15 %"
        before = words_before(text, t.start, 2).partition(" ")[0]
    if t.kind == "year" or u.kind == "year":
        return _year_span(t, u, gap, before, lex)
    counts = t.kind == "count" and t.plain and u.kind == "count" and u.plain
    if counts and t.value < u.value <= 100 and t.value < 10 and lex.one_in.match(gap):
        t.kind, t.unit, t.value, t.end = "percent", "percent", round(100 * t.value / u.value, 4), u.end
        return True
    whole = t.kind == "count" and not t.in_words and t.scale == 1 and u.kind == "count" and u.plain
    if (counts or whole) and t.value <= u.value and lex.out_of.match(gap):
        t.out_of, t.like, t.weak = u.value, index, False
        return False
    rate = lex.per.match(gap) or (gap == "/" and u.plain and text[u.end : u.end + 1] != "/")
    if t.kind == u.kind == "count" and rate and t.value <= u.value:
        t.out_of, t.end = u.value, u.end  # "42 per 100,000 births", "a score of 4.5/5"
        return True
    # "rose from 10 to 15" is a change, "from 10 to 15 years" a range.
    changed = before in lex.from_words and words_before(text, t.start, 2).partition(" ")[0] in lex.changed
    if _is_range(t, u, gap, before, lex, changed=changed, aged=wholes.of_age(text, t.start, lex)):
        if t.scale == 1 and u.scale != 1 and t.value < _SMALL:
            t.value *= u.scale
        t.upper, t.end, t.plain = u.value, u.end, u.plain
        if u.kind != "count":
            t.kind, t.unit = u.kind, u.unit
        return True
    if t.kind == "percent" and u.kind == "count" and lex.grammar.of.fullmatch(f"{gap.rstrip()} "):  # "45 per cent of 120 respondents"
        t.like = index
        return False
    if not t.weak and lex.shared.match(gap) and ((t.kind == "count" and (u.kind != "count" or t.plain)) or t.kind == u.kind == "percent"):
        t.like = index
    return False


def _meaningless(text: str, numbers: list[Number], dropped: set[int]) -> set[int]:
    """The indices of numbers that stand for nothing: the steps of a chart's axis ("0% 10% 20% 30%"), both sides of a slash ("24/7")."""
    slashed = {
        k
        for i in range(len(numbers) - 1)
        if i + 1 not in dropped and numbers[i].kind == numbers[i + 1].kind == "count" and text[numbers[i].end : numbers[i + 1].start] == "/"
        for k in (i, i + 1)
    }
    return slashed | _axes(text, numbers)


def _year_span(t: Number, u: Number, gap: str, before: str, lex: Lexicon) -> bool:
    if t.kind != u.kind or t.value >= (u.upper or u.value):
        return False
    spans = (t.upper is None) == (u.upper is None)  # "2016 to 2019", "2016-17 to 2019-20"
    if not spans or not (lex.range_to.match(gap) or (before in lex.between and lex.range_and.match(gap))):
        return False
    t.upper, t.end = u.upper or u.value, u.end
    return True


def _is_range(t: Number, u: Number, gap: str, before: str, lex: Lexicon, *, changed: bool, aged: bool) -> bool:
    same = t.kind == "count" or t.unit == u.unit or (t.kind == "unit" and u.kind == "count")
    if not same or t.upper is not None or u.upper is not None or t.weak:
        return False
    high = u.value if t.scale != 1 or u.scale == 1 or t.value >= _SMALL else u.value / u.scale
    if t.value >= high:
        return False
    if lex.range_to.match(gap):
        return not changed or gap.strip() in "–—-"
    return (before in lex.between or aged) and bool(lex.range_and.match(gap))


def _axes(text: str, numbers: list[Number]) -> set[int]:
    """The indices of percentages that are the steps of a chart's axis ("0% 10% 20% 30%")."""
    out: set[int] = set()
    run: list[int] = []
    for i, n in enumerate(numbers):
        if n.kind != "percent" or (run and text[numbers[run[-1]].end : n.start].strip()):
            run = []
        if n.kind != "percent":
            continue
        if len(run) > 1 and n.value - numbers[run[-1]].value != numbers[run[1]].value - numbers[run[0]].value:
            run = run[-1:]
        run.append(i)
        if len(run) >= _AXIS and numbers[run[1]].value != numbers[run[0]].value:
            out.update(run)
    return out


def _finish(text: str, n: Number, lex: Lexicon, like: Amount | None) -> Amount | None:
    """The amount of a number: its bound and what it counts; None when it counts nothing."""
    if n.kind == "year":
        return Amount(n.start, n.end, n.value, "year", None, n.upper)
    start, bound = _bound(text, n, lex)
    if text[n.end : n.end + 1] == "+" and bound is None:
        bound = "at_least"
    after = lex.bound_after.match(text, n.end)
    if after:  # "four or more persons"
        n.end, bound = after.end(), lex.bounds_after[unit_key(after[0])]
    if like is not None and n.kind == "count":
        return Amount(start, n.end if n.out_of is None else like.end, n.value, like.unit, like.of, n.upper, bound, n.out_of)
    unit, of, end = n.unit, None, n.end
    if n.kind == "percent":
        of, end = wholes.share_of(text, n, start, lex) if like is None else (like.of, n.end if like.unit == "percent" else like.end)
    elif n.kind == "unit":
        of, end = wholes.amount_of(text, n, start, lex)
    elif counted := wholes.counted(text, n, lex):
        unit, of, end = counted
    elif loose := wholes.loose(text, n, start, lex):
        unit, of = loose
    elif not (n.out_of and n.plain):
        return None
    after = lex.bound_after.match(text, end)
    if after:  # "four persons or more"
        end, bound = after.end(), lex.bounds_after[unit_key(after[0])]
    return Amount(start, end, n.value, unit, of, n.upper, bound, n.out_of)


def _bound(text: str, n: Number, lex: Lexicon) -> tuple[int, Bound | None]:
    """Where the amount begins with its "more than", and which bound that is."""
    left = text[max(0, n.start - 32) : n.start]
    sign = left.rstrip()[-1:]
    if sign in _SIGNS:
        return n.start - len(left) + left.rindex(sign), _SIGNS[sign]
    words = left.split()
    for count in range(min(4, len(words)), 0, -1):
        phrase = " ".join(words[-count:]).lower().lstrip("(\"'“‘[").replace("’", "'")
        kind = lex.bounds.get(phrase)
        if kind is None or (n.in_words and n.value == 1 and count == 1):  # "under one component"
            continue
        if n.unit in _TIMES and phrase in lex.during:  # "over two years" is a while, not a bound
            return n.start, None
        return n.start - len(left) + left.lower().replace("’", "'").rfind(phrase.split()[0]), kind
    return n.start, None


def _of_whole(text: str, i: int, numbers: list[Number], done: dict[int, Amount], lex: Lexicon) -> None:
    """Ties a count to the whole named after its noun: "three countries out of five", "un répondant sur quatre"."""
    t, u, found = numbers[i], numbers[i + 1], done[i]
    whole = u.value
    fits = u.kind == "count" and t.out_of is None and t.plain and u.plain and t.value < whole
    if not fits or not lex.out_of_noun.match(text[found.end : u.start]):
        return
    if t.weak:
        done[i] = Amount(found.start, u.end, round(100 * t.value / whole, 4), "percent", found.of)
        return
    done[i] = replace(found, end=u.end, out_of=whole)
    if i + 1 not in done or done[i + 1].unit is None:
        done[i + 1] = Amount(u.start, u.end, whole, found.unit, found.of)


def _inherit(text: str, found: list[Amount]) -> list[Amount]:
    """Gives a percentage without a whole that of the one before it in the sentence: "72 per cent of the total, with 18 per cent on ..."."""
    out: list[Amount] = []
    last: Amount | None = None
    for a in found:
        made = a
        if a.unit == "percent":
            counted = out[-1] if out and out[-1].unit != "year" and text[out[-1].end : a.start] == " (" else None
            if a.of is None and counted is not None:  # "27 of 35 recommendations (77 per cent)"
                made = replace(a, of=counted.of)
            elif a.of is None and last is not None and last.of and not _SENTENCE_END.search(text, last.end, a.start):
                made = replace(a, of=last.of)
            last = made
        out.append(made)
    return out
