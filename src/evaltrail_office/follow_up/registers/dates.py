"""Days as registers print them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, Literal

from evaltrail.text.dates import due_of
from evaltrail_office.follow_up.registers.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

Order = Literal["day", "month"]
"""Which of two numbers comes first in ``3/4/2024``."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january janvier enero jan ene janv", "february fevrier febrero feb fev fevr", "march mars marzo mar",
            "april avril abril apr avr abr", "may mai mayo", "june juin junio jun", "july juillet julio jul juil",
            "august aout agosto aug ago",
            "september septembre septiembre setiembre sep sept", "october octobre octubre oct", "november novembre noviembre nov",
            "december decembre diciembre dec dic",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_LONGEST = 60
"""Characters of a date in words; longer ones are sentences that may name other dates."""
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")
_SPLIT = re.compile(r"(\d{1,2})[./\-](\d{1,2})[./\-](\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[./\-](\d{4})")
_QUARTER = re.compile(
    r"(?:q|t|quarter|trimestre)\s*([1-4])\s*(\d{4})|(\d{4})\s*(?:q|t)\s*([1-4])"
    r"|([1-4])(?:st|nd|rd|th|er|e|o)?\s*(?:quarter|trimestre)\s*(?:of|de|del|du)?\s*(\d{4})"
)
_ENDS = re.compile(
    r"(?:by |avant |antes de )?(?:the )?(?:end|fin|finales|finals) ?(?:of|de|del)? (\d{4})|(?:by|in|en|before) (\d{4})|(\d{4})"
)


def day_of(text: str, order: Order = "day") -> date | None:
    """The day that a cell names; of a month, a quarter or a year its last. None where it names none."""
    text = text.strip()
    for pattern in (_ISO, _YEAR_FIRST):
        if found := pattern.fullmatch(text):
            return _day(*map(int, found.groups()))
    if found := _SPLIT.fullmatch(text):
        first, second, year = map(int, found.groups())
        year += 0 if year >= 100 else 2000 if year < 70 else 1900
        return _day(year, second, first) if order == "day" else _day(year, first, second)
    if found := _MONTH_YEAR.fullmatch(text):
        return _last(int(found[2]), int(found[1]))
    words = plain(text)
    if found := _QUARTER.fullmatch(words):
        a, b, c, d, e, f = found.groups()
        return _last(int(b or c or f), int(a or d or e) * 3)
    if found := _ENDS.fullmatch(words):
        return _last(int(found[1] or found[2] or found[3]), 12)
    return _in_words(words) or _as_papers_print(text)


def _as_papers_print(text: str) -> date | None:
    """The last day of words as the columns of papers have them: "second quarter of 2025", "June 2024 and continuing"."""
    printed = due_of(text) if len(text) <= _LONGEST else None
    return printed.last if printed is not None and printed.precision != "season" else None


def _in_words(words: str) -> date | None:
    parts = [w for w in words.split() if w not in {"of", "de", "del", "the", "le", "el", "by", "end", "fin", "st", "nd", "rd", "th", "er"}]
    parts = [re.sub(r"^(\d{1,2})(?:st|nd|rd|th|er)$", r"\1", w) for w in parts]
    months = [_MONTHS[w] for w in parts if w in _MONTHS]
    numbers = [int(w) for w in parts if w.isdigit()]
    if len(months) != 1 or len(months) + len(numbers) != len(parts):
        return None
    years = [n for n in numbers if n >= 1900]
    days = [n for n in numbers if n <= 31]
    if len(years) != 1 or len(numbers) > 2:
        return None
    return _day(years[0], months[0], days[0]) if days else _last(years[0], months[0])


def order_of(texts: Iterable[str]) -> tuple[Order | None, bool]:
    """Which number comes first in days such as ``13/4/2024``, and whether any such day is there.

    None with True: they can be read both ways, or some one way and some the other.
    """
    firsts, seconds, seen = False, False, False
    for text in texts:
        if found := _SPLIT.fullmatch(text.strip()):
            seen = True
            firsts |= int(found[1]) > 12
            seconds |= int(found[2]) > 12
    if firsts == seconds:
        return None, seen
    return ("day" if firsts else "month"), seen


def _day(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if 1900 <= year <= 2200 else None


def _last(year: int, month: int) -> date | None:
    if not (1 <= month <= 12 and 1900 <= year <= 2200):
        return None
    return date(year, month, monthrange(year, month)[1])
