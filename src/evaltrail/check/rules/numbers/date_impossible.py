"""A date is in no calendar, or something is said to have happened on a day that is still to come.

## What it does
Looks for days that a month does not have ("31 June"), months above twelve in dates by figures, and for dates after the
day of the check in sentences that tell of what was done ("were conducted", "met on", "was signed on").

## Why it is bad
The date is mistyped; deadlines and periods that hang on it are wrong.
"""

from __future__ import annotations

import re
from calendar import monthrange
from functools import cache
from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import ANY
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.numbers._common import alternatives
from evaltrail.check.wording import say
from evaltrail.text import packs
from evaltrail.text.dates import dates

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper

RULE = Rule(code="NUM010", severity="error", sources=("consistency",), papers=ANY)

BAD = (
    "# Evaluation of the water programme\n\n## Recommendations\n\nThe Ministry should publish the report by 31 June 2026.\n",
    "# Évaluation du programme\n\n## Constatations\n\nLe rapport est daté du 30 février 2024.\n",
    "# Evaluation of the water programme\n\n## Method\n\nInterviews were conducted in March 2041.\n",
    "# Evaluation of the water programme\n\n## Method\n\nThe team met the mayor on 5 March 2041.\n",
    "# Evaluation of the water programme\n\n## Method\n\nThe report is dated 25.13.2021.\n",
)
GOOD = (
    (
        "# Evaluation of the water programme\n\n## Recommendations\n\n"
        "The Ministry should publish the report by 30 June 2026 and in May 31 cases.\n"
    ),
    "# Évaluation du programme\n\n## Constatations\n\nLe rapport est daté du 29 février 2024.\n",
    "# Evaluation of the water programme\n\n## Findings\n\nThe lease ends on 12/31/2041. The store is to open on 5 March 2041.\n",
)

_LEAP = 2024
# The look behind comes after the first figure: only then does the search go from figure to figure.
_LAST_DAYS = re.compile(r"[23](?<!\d.)(?:(?<=2)9|(?<=3)\d)(?!\d)")
_FUTURE = re.compile(r"20[2-9]\d")


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for each date."""
    del options
    pattern, months = _days(paper.language)
    done = paper.words_of("check_numbers", "was_done")
    past = _past_days(paper)
    for unit in paper.with_figures:
        if {"references", "contents"} & unit.within:
            continue
        for m in pattern.finditer(unit.text) if _LAST_DAYS.search(unit.text) else ():
            name = m["month"] or m["month2"]
            day, year = int(m["day"] or m["day2"]), int(m["year"] or m["year2"] or _LEAP)
            if day > monthrange(year, months[name.lower().rstrip(".")])[1]:
                yield Message(say("There is no “{words}” in the calendar.", words=" ".join(m[0].split())), paper.at(unit, *m.span()))
        for m in _FIGURES.finditer(unit.text) if _BY_FIGURES.search(unit.text) else ():
            if not _can_be(m):
                yield Message(say("There is no “{words}” in the calendar.", words=m[0]), paper.at(unit, *m.span()))
        if done is None or not _FUTURE.search(unit.text):
            continue
        for s in paper.sentences(unit):
            if not any(int(year) >= paper.today.year for year in _FUTURE.findall(s.text)):
                continue
            days = [m.end() for m in past.finditer(s.text)] if past else []
            if not days and not done.search(s.text):
                continue
            certain = done.search(s.text)
            for d in dates(s.text, paper.language):
                if d.first > paper.today and not d.span and (certain or any(0 <= d.start - end <= _ARTICLE for end in days)):
                    printed = s.text[d.start : d.end]
                    yield Message(
                        say("Something is said to have been done in “{words}”, which is still to come.", words=printed),
                        paper.at(unit, s.start + d.start, s.start + d.end),
                    )


def _past_days(paper: Paper) -> re.Pattern[str] | None:
    """A verb of the past and what follows it up to "on": "met the mayor on"; the day stands right behind."""
    verbs, on = paper.listed("check_numbers", "past"), paper.listed("check_numbers", "on")
    if not verbs or not on:
        return None
    return re.compile(rf"{alternatives(verbs)}(?:\s[^.;:()\d]{{1,60}}?)?\s{alternatives(on)}\s", re.IGNORECASE)


def _can_be(m: re.Match[str]) -> bool:
    """Whether a date by figures can be one: a month up to twelve in one of two places, a day that some month has."""
    if m["year"]:
        return 0 < int(m["second"]) <= _MONTHS and 0 < int(m["third"]) <= _DAYS
    one, two = int(m["day"]), int(m["month"])
    return 0 < min(one, two) <= _MONTHS and max(one, two) <= _DAYS


_MONTHS = 12
_DAYS = 31
_ARTICLE = 3
_BY_FIGURES = re.compile(r"[./2](?:(?<=2)0\d\d-\d|(?<!2)20\d\d)")
_FIGURES = re.compile(
    r"(?<![\w./-])(?:(?P<day>\d{1,2})(?P<mark>[./])(?P<month>\d{1,2})(?P=mark)20\d\d|(?P<year>20\d\d)-(?P<second>\d\d)-(?P<third>\d\d))"
    r"(?![\w/-]|\.\d)"
)


@cache
def _days(language: str) -> tuple[re.Pattern[str], dict[str, int]]:
    """A pattern of a day with its month, and the months by name, of a language."""
    months = {
        k.lower(): int(v) for k, v in (packs.pack(language, "dates") or packs.pack("en", "dates")).get("months", {}).items() if len(k) > 2
    }
    names = "|".join(re.escape(m) for m in sorted(months, key=len, reverse=True))
    link = r"(?:\s(?:de|of))?"
    behind = (
        rf"(?<![\d.,/–-])(?P<day>[0-3]?\d)(?:st|nd|rd|th|er|º)?{link}\s(?P<month>{names})\.?(?!\w)(?:,?{link}\s(?P<year>20\d\d|19\d\d))?"
    )
    before = rf"\b(?P<month2>{names})\s(?P<day2>[0-3]\d),\s(?P<year2>20\d\d|19\d\d)"
    return re.compile(f"{behind}|{before}", re.IGNORECASE), months
