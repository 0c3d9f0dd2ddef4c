"""The day by which a paper's words promise something: read where they say it, proposed where they leave something open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from evaltrail.text import packs
from evaltrail.text.dates import due_of
from evaltrail_office.follow_up.naming import plain
from evaltrail_office.follow_up.preset import due_from, later

if TYPE_CHECKING:
    from evaltrail.text.dates import Date
    from evaltrail_office.follow_up.preset import Preset

_TIMES = {"short-term": "short", "medium-term": "medium", "long-term": "long"}
_QUARTER = re.compile(r"(?<!\w)[QT]\s?(?P<nth>[1-4])\W*(?:FY\W*)?(?P<first>20\d\d)\s?[-–/]\s?(?P<last>20\d\d|\d\d)(?!\d)", re.IGNORECASE)
_FISCAL_STARTS = 4
"""Month in which a fiscal year of two calendar years is taken to begin: April, as where they are most common."""


@dataclass(frozen=True, slots=True)
class PromisedDay:
    """What printed words say about by when something is done."""

    day: date | None = None
    """The last day that they allow."""
    proposed: str = ""
    """Why the day is only a proposal; empty: the words say it."""
    goes_on: bool = False
    """Whether they say that it goes on, without or beyond a day."""
    none: bool = False
    """Whether they say that there is none: "N/A"."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What days that are not printed in full are counted from."""

    language: str
    preset: Preset
    start: date | None = None
    """Of the clock; else the day of the paper."""
    months: dict[str, int] | None = None
    """What the office means by a time implication."""


def day_in(words: str, frame: Frame, near: date | None = None) -> PromisedDay:
    """The day in the words of a date column; ``near`` is the day printed last before, whose year holds where none is printed."""
    if not words.strip() or _NONE.fullmatch(plain(words).strip()):
        return PromisedDay(none=bool(words.strip()))
    goes_on = bool(_ongoing().search(plain(words)))
    if quarter := _fiscal_quarter(words):
        return PromisedDay(quarter, _("a fiscal year is taken to begin in April"), goes_on)
    found = due_of(words, frame.language) or due_of(words)
    if found is not None:
        why = _("a season of the northern year is taken to last until then") if found.precision == "season" else ""
        return PromisedDay(found.last, why, goes_on)
    counted = _within(words, frame)
    if counted is not None:
        return PromisedDay(counted, _("counted from %(day)s") % {"day": frame.start}, goes_on)
    bare = _of_no_year(words, near, frame)
    if bare is not None:
        return PromisedDay(bare, _("no year is printed: that of the dates around it is taken"), goes_on)
    time = next((t for w, t in _terms().items() if re.search(rf"(?<!\w){re.escape(w)}(?!\w)", plain(words))), "")
    by = due_from(frame.start, time, frame.preset, frame.months) if time and frame.start is not None else None
    if by is not None:
        return PromisedDay(by, _("as the preset counts the words, from %(day)s") % {"day": frame.start}, goes_on)
    return PromisedDay(goes_on=goes_on)


def _of_no_year(words: str, near: date | None, frame: Frame) -> date | None:
    """A day without a year ("Q4", "31 March"): in the year of the day printed before it, else the next such day after the start."""
    begins = near or frame.start
    for year in (begins.year, begins.year + 1) if begins is not None else ():
        found = due_of(f"{words} {year}", frame.language)
        if found is None or found.start >= len(words) or found.precision == "year":
            return None
        if near is not None or (begins is not None and found.last >= begins):
            return found.last
    return None


def day_in_sentence(words: str, language: str) -> Date | None:
    """The date by which running text promises something; a plan's years ("2022–25") and a bare year are none."""
    found = due_of(words, language)
    return found if found is not None and not found.span and found.precision != "year" else None


_NONE = re.compile(r"\W*(?:n/?a|none|nil|not applicable|sans objet|no aplica|não se aplica|tbd|tbc|to be (?:determined|confirmed))?\W*")


def _fiscal_quarter(words: str) -> date | None:
    m = _QUARTER.search(words)
    if m is None:
        return None
    first, last = int(m["first"]), int(m["last"]) % 100
    if last != (first + 1) % 100:
        return None
    return later(date(first, _FISCAL_STARTS, 1), 3 * int(m["nth"])) - date.resolution


def _within(words: str, frame: Frame) -> date | None:
    """So long after the start: "within six months", "12 mois"."""
    if frame.start is None:
        return None
    m = _length().search(plain(words))
    if m is None:
        return None
    number = int(m["number"]) if m["number"].isdigit() else _counted().get(m["number"], 0)
    months = {"year": 12, "quarter": 3, "month": 1}[_unit(m["unit"])]
    return later(frame.start, number * months) if 0 < number * months <= 240 else None


def _unit(word: str) -> str:
    return "year" if word[:1] == "y" or word[:2] in {"an", "añ"} else "quarter" if word[:1] in {"q", "t"} else "month"


@cache
def _length() -> re.Pattern[str]:
    each = "|".join(sorted(map(re.escape, _counted()), key=len, reverse=True))
    return re.compile(
        rf"(?<![\w/])(?P<number>\d{{1,3}}|{each})\s*(?:\(\d+\)\s*)?"
        r"(?P<unit>months?|mois|mes(?:es)?|m[eê]s(?:es)?|years?|ans?|années?|años?|anos?|quarters?|trimestres?)(?!\w)"
    )


@cache
def _counted() -> dict[str, int]:
    return {
        word: number
        for number, words in {
            1: "one un une uno una um uma", 2: "two deux dos dois duas", 3: "three trois tres três", 4: "four quatre cuatro quatro",
            5: "five cinq cinco", 6: "six seis", 8: "eight huit ocho oito", 9: "nine neuf nueve nove", 10: "ten dix diez dez",
            12: "twelve douze doce doze", 18: "eighteen dix-huit dieciocho dezoito", 24: "twenty-four vingt-quatre veinticuatro",
        }.items()
        for word in words.split()
    }  # fmt: skip


@cache
def _ongoing() -> re.Pattern[str]:
    """Words that say that something goes on."""
    each = {plain(w) for code in packs.languages() for w in packs.pack(code, "fields").get("time", {}).get("ongoing", ())}
    each |= {"permanent", "permanente", "regularly", "throughout", "in perpetuity"}
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, each), key=len, reverse=True))})(?!\w)")


@cache
def _terms() -> dict[str, str]:
    """Words of a time implication that the presets count: "short term", "moyen terme"."""
    found: dict[str, str] = {}
    for code in packs.languages():
        for name, words in packs.pack(code, "fields").get("time", {}).items():
            if name in _TIMES:
                found.update({plain(w): _TIMES[name] for w in words})
    return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))
