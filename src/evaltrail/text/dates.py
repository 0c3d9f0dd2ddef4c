"""Dates and periods as printed: "June 2022", "Q2 2022", "by the end of 2027", "30 septembre 2023", "2014–19", "FY2019/20".

What a date says is kept as its first and last day with the precision that was printed; nothing is made more exact than it
stands.  The words are in ``languages/<code>/dates.toml``.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from evaltrail.text.numbers import either_case
from evaltrail.text.packs import languages, merged, pack
from evaltrail.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

Precision = Literal["day", "month", "quarter", "half", "part", "season", "year"]


@dataclass(frozen=True, slots=True)
class Date:
    """A printed date or span of dates: all days from ``first`` to ``last``, and where it stands in the text."""

    start: int
    end: int
    first: date
    last: date
    precision: Precision
    """How exactly it is printed; ``part`` is the beginning, middle or end of a year, ``season`` one of the northern year's seasons."""
    span: bool = False
    """Two dates with "to" between, or a year with another after a dash; else one date."""

    @property
    def iso(self) -> str:
        """ISO 8601 with the precision printed: ``2022-06-30``, ``2022-06``, ``2022``; a quarter, half or span ``first/last``."""
        if self.span or self.precision in {"quarter", "half"}:
            return f"{_iso(self.first, self._fine)}/{_iso(self.last, self._fine)}"
        loose = self.precision in {"part", "season"}
        return _iso(self.last if loose else self.first, "year" if loose else self.precision)

    @property
    def _fine(self) -> Precision:
        return self.precision if self.precision in {"day", "year"} else "month"


def _iso(day: date, precision: Precision) -> str:
    return day.isoformat()[: {"day": 10, "month": 7}.get(precision, 4)]


_YEAR = r"(?:19|20)\d{2}"
_PART_MONTHS = {
    "beginning": (1, 4),
    "middle": (5, 8),
    "end": (9, 12),
    "spring": (3, 5),
    "summer": (6, 8),
    "autumn": (9, 11),
    "winter": (1, 3),
}
_SEASONS = frozenset({"spring", "summer", "autumn", "winter"})


@dataclass(frozen=True, slots=True)
class _Words:
    """The compiled words of one language."""

    find: re.Pattern[str]
    months: dict[str, int]
    ordinals: dict[str, int]
    parts: dict[str, str]
    to: re.Pattern[str]
    between: re.Pattern[str]
    and_: re.Pattern[str]
    subjects: re.Pattern[str]
    verbs: re.Pattern[str]
    examines: re.Pattern[str]
    nouns: re.Pattern[str]
    implementation: re.Pattern[str]
    not_covered: re.Pattern[str]


def _any(words: Iterable[str], *, whole: bool = True) -> str:
    body = "|".join(re.escape(w).replace(r"\ ", r"[\s-]+").replace("'", "['’]") for w in sorted(set(words), key=lambda w: (-len(w), w)))
    return (rf"(?<!\w)(?:{body})(?!\w)" if whole else f"(?:{body})") if body else r"(?!)"


@cache
def _words(language: str | None) -> _Words:
    table: dict[str, Any] = pack(language, "dates") if language in languages() and pack(language, "dates") else merged("dates", "en")
    words, spans, period = table.get("words", {}), table.get("spans", {}), table.get("period", {})
    months = table.get("months", {})
    month = either_case(sorted(months)) + r"\.?"
    links = rf"(?:(?:{_any(words['links'], whole=False)})\s+)?"
    days = rf"(?:\s?(?:{_any(words['days'], whole=False)})(?!\w))?"
    parts = {p: kind for kind in _PART_MONTHS for p in words.get(kind, ())}
    fiscal = _any(words["fiscal"], whole=False)
    ordinal, quarter, half = (_any(words[k], whole=False) for k in ("ordinals", "quarters", "halves"))
    first = rf"(?P<first_day>(?i:{_any(words.get('first_day', ()), whole=False)}))"
    join = _any([*spans["to"], *spans["and"]])
    definite = _any(period["definite"], whole=False)
    letters = "".join(words["quarter_letters"]) + "".join(words["half_letters"])
    find = rf"""
      (?P<iso>{_YEAR})-(?P<iso_month>0[1-9]|1[0-2])(?:-(?P<iso_day>[0-3]\d))?(?!\d)
    | (?P<n1>\d{{1,2}})(?P<mark>[/.-])(?P<n2>\d{{1,2}})(?P=mark)(?P<n3>{_YEAR})(?!\d)
    | (?P<m_slash>0?[1-9]|1[0-2])/(?P<y_slash>{_YEAR})(?!\d)
    | (?:(?:(?P<day0>[0-3]?\d){days}\s?(?:[–—-]|{join})\s?)?(?:(?P<day>[0-3]?\d){days}|{first})\s+{links})?
      (?P<month>{month})
      (?:(?:,?\s+|-|/|\s?['’]){links}(?P<year>{_YEAR})(?!\d)
        |(?:-|\s?['’])(?P<short>\d\d)(?!\d)
        |\s+(?P<day2>[0-3]?\d){days}(?:,?\s+{links}(?P<year2>{_YEAR})(?!\d))?|(?P<bare>)(?!\w))
    | (?P<letter>(?i:[{letters}]))(?P<nth>[1-4])[\s,/-]*{links}(?P<year3>{_YEAR})(?!\d)
    | (?P<year4>{_YEAR})[\s,/-]*(?P<letter2>[{letters}])(?P<nth2>[1-4])(?!\w)
    | (?P<ordinal>(?i:{ordinal}))\s+(?:(?P<quarter>(?i:{quarter}))|(?P<half>(?i:{half})))\s+{links}(?:{fiscal}\s*)?(?P<year5>{_YEAR})(?!\d)
    | (?:(?P<part>(?i:{_any(parts, whole=False)}))[\s-]+)?(?P<fiscal>(?i:{fiscal})\s*)?
      (?P<year6>{_YEAR})(?:(?:\s?[–—/-]\s?|(?(fiscal)\s(?:{_any(spans["to"])})\s|(?!)))(?P<tail>{_YEAR}|\d\d)(?!\d|[–-]\d))?(?!\d|[^\W\d_])
    | (?P<fy>FY)\s?['’]?(?P<fy_year>\d\d)(?:\s?[–/-]\s?(?:FY\s?)?(?P<fy_tail>\d\d))?(?!\d)
    """
    return _Words(
        find=re.compile(rf"(?<![\w/.])(?:{find})", re.VERBOSE),
        months={k.lower(): v for k, v in months.items()},
        ordinals={k.lower(): v for k, v in words["ordinals"].items()},
        parts={re.sub(r"[\s-]+", " ", p.lower()): kind for p, kind in parts.items()},
        to=re.compile(rf"\s?[–—-]\s?|\s*{_any(spans['to'])}\s*(?:(?:the|l[ea]|el|o)\s+)?", re.IGNORECASE),
        between=re.compile(_any(spans["between"]) + r"\s*$", re.IGNORECASE),
        and_=re.compile(rf"\s*{_any(spans['and'])}\s*(?:(?:the|l[ea]|el|o)\s+)?", re.IGNORECASE),
        subjects=re.compile(rf"(?<!\w){definite}\s?(?:[\w-]+\s){{0,3}}{_any(period['subjects'])}", re.IGNORECASE),
        verbs=re.compile(_any(period["verbs"]), re.IGNORECASE),
        examines=re.compile(_any(period["examines"]), re.IGNORECASE),
        nouns=re.compile(_any(period["nouns"]), re.IGNORECASE),
        implementation=re.compile(_any(period["implementation"]), re.IGNORECASE),
        not_covered=re.compile(_any(period["not_covered"]), re.IGNORECASE),
    )


def _days(year: int, first_month: int, last_month: int) -> tuple[date, date]:
    return date(year, first_month, 1), date(year, last_month, monthrange(year, last_month)[1])


def _read(m: re.Match[str], w: _Words) -> Date | None:
    """The date that the pattern found; None where it is none (month 13, a month without a year)."""
    made: tuple[date, date, Precision, bool] | None
    try:
        if m["year6"]:
            made = _of_year(m, w)
        elif m["month"]:
            made = _of_month(m, w)
        elif m["fy_year"]:
            year = 2000 + int(m["fy_year"])
            tail = 2000 + int(m["fy_tail"]) if m["fy_tail"] else year
            made = (date(year, 1, 1), date(tail, 12, 31), "year", tail > year) if tail >= year else None
        elif m["iso"]:
            made = _of_numbers(m["iso"], m["iso_month"], m["iso_day"])
        elif m["n3"]:
            a, b = int(m["n1"]), int(m["n2"])
            day, month = (a, b) if b <= 12 else (b, a)
            made = _of_numbers(m["n3"], str(month), str(day))
        elif m["y_slash"]:
            made = _of_numbers(m["y_slash"], m["m_slash"], None)
        else:
            made = _of_quarter(m, w)
    except ValueError:  # 31 June
        return None
    return Date(m.start(), m.end(), *made) if made else None


def _of_numbers(year: str, month: str, day: str | None) -> tuple[date, date, Precision, bool]:
    if day:
        exact = date(int(year), int(month), int(day))
        return exact, exact, "day", False
    return *_days(int(year), int(month), int(month)), "month", False


def _of_month(m: re.Match[str], w: _Words) -> tuple[date, date, Precision, bool] | None:
    month = w.months[m["month"].rstrip(".").lower()]
    if m["short"] and not (m["month"][0].isupper() or m["day"]):
        return None
    printed = m["year"] or m["year2"] or (f"20{m['short']}" if m["short"] else None)
    if printed is None or (m["day2"] and not m["month"][0].isupper()):
        return None
    day = m["day"] or m["day2"] or ("1" if m["first_day"] else None)
    if day:
        exact = date(int(printed), month, int(day))
        first = date(int(printed), month, int(m["day0"])) if m["day0"] else exact
        return first, exact, "day", first != exact
    return *_days(int(printed), month, month), "month", False


def _of_quarter(m: re.Match[str], w: _Words) -> tuple[date, date, Precision, bool]:
    year = int(m["year3"] or m["year4"] or m["year5"])
    letter = (m["letter"] or m["letter2"] or "").upper()
    nth = int(m["nth"] or m["nth2"]) if letter else w.ordinals[m["ordinal"].lower()]
    if letter in {"Q", "T"} or m["quarter"]:
        return *_days(year, 3 * nth - 2, 3 * nth), "quarter", False
    half = min(nth, 2)
    return *_days(year, 6 * half - 5, 6 * half), "half", False


def _part(printed: str, w: _Words) -> str:
    return w.parts[re.sub(r"[\s-]+", " ", printed.strip().lower()).replace("’", "'")]


def _how(kind: str) -> Precision:
    return "season" if kind in _SEASONS else "part"


def _of_year(m: re.Match[str], w: _Words) -> tuple[date, date, Precision, bool] | None:
    year = int(m["year6"])
    if m["tail"]:
        last = int(m["tail"]) if len(m["tail"]) == 4 else year // 100 * 100 + int(m["tail"])
        last += 100 if last < year and len(m["tail"]) == 2 else 0
        if m["part"] and last == year + 1:  # "the middle of FY 2019 to 2020": its end lies in the second year, all else in the first
            kind = _part(m["part"], w)
            return *_days(last if kind in {"end", "winter"} else year, *_PART_MONTHS[kind]), _how(kind), False
        if year <= last <= year + 60:
            return date(year, 1, 1), date(last, 12, 31), "year", last > year
        return None
    if m["part"]:
        kind = _part(m["part"], w)
        return *_days(year, *_PART_MONTHS[kind]), _how(kind), False
    return *_days(year, 1, 12), "year", False


def dates(text: str, language: str | None = None) -> list[Date]:
    """The dates of a text in order; two dates with "to" between ("January 2018 – March 2021") are one with ``span``.

    ``language`` is an ISO 639-1 code; None or one without a pack tries the words of all packs.  Day and month in figures
    are read in that order (31/12/2022) unless only the other way fits.  A date that prints no year is left out.
    """
    w = _words(language)
    out: list[Date] = []
    pending: re.Match[str] | None = None  # a month that takes the year of the date after it: "January to March 2021"
    for match in w.find.finditer(text):
        found = _read(match, w)
        if found is None:
            pending = match if match["month"] else None
            continue
        if pending is not None and (completed := _complete(pending, found, text, w)):
            found = completed
        while out and (joined := _join(out[-1], found, text, w)):
            out.pop()
            found = joined
        pending = None
        out.append(found)
    return out


def _between(a_start: int, a_end: int, b_start: int, text: str, w: _Words) -> bool:
    """Whether the words between two dates, and before the first, make them one span."""
    gap = text[a_end:b_start]
    if len(gap) > 24:
        return False
    return bool(w.to.fullmatch(gap) or (w.and_.fullmatch(gap) and w.between.search(text, max(0, a_start - 14), a_start)))


def _complete(pending: re.Match[str], found: Date, text: str, w: _Words) -> Date | None:
    if not _between(pending.start(), pending.end(), found.start, text, w) and not w.to.fullmatch(text[pending.end() : found.start]):
        return None
    month = w.months[pending["month"].rstrip(".").lower()]
    day = pending["day"] or pending["day2"]
    year = found.first.year - (month > found.first.month)
    try:
        first = date(year, month, int(day) if day else 1)
    except ValueError:
        return None
    return replace(found, start=pending.start(), first=first, span=True)


def _join(a: Date, b: Date, text: str, w: _Words) -> Date | None:
    if a.span and b.span and a.last.year == b.first.year and w.and_.fullmatch(text[a.end : b.start]):  # "2019 to 2020 and 2020 to 2021"
        return Date(a.start, b.end, a.first, b.last, a.precision, span=True)
    if a.first > b.last or not _between(a.start, a.end, b.start, text, w):
        return None
    if a.span and not (
        a.last.year - a.first.year <= 1 and (b.span or b.precision in {"part", "season"})
    ):  # fiscal years: "FY2016-17 to 2019-20"
        return None
    if a == b or a.last >= b.last:
        return None
    return Date(a.start, b.end, a.first, b.last, a.precision if a.precision == b.precision else "month", span=True)


def due_of(text: str, language: str | None = None) -> Date | None:
    """The date by which something is due: the last one printed, None where there is none."""
    found = dates(text, language)
    return max(found, key=lambda d: d.last) if found else None


_HAS_YEAR = re.compile(_YEAR)
_LONGEST_SPAN = 40
_SENTENCES = 4000
"""Sentences looked at for a period: a report says what it covers in its first half."""
_ONLY_CARRIED_OUT = 0.5
_NEAR = 80
_OFTEN = 4
"""How often a span must be printed to be taken for the period when no sentence says so."""


def period_of(title: str, text: str = "", language: str | None = None) -> tuple[int, int] | None:
    """The first and last year that an evaluation covers; None where it is not said.

    The title says it, else the sentence that says so most plainly, else a span that the text returns to again and again.
    ``text`` is the evaluation's prose, paragraphs parted by newlines.
    """
    for found in dates(title, language):
        if found.span and found.last.year - found.first.year <= _LONGEST_SPAN:
            return found.first.year, found.last.year
    w = _words(language)
    best: tuple[float, Date] | None = None
    used: Counter[tuple[int, int]] = Counter()
    for sentence in sentences(text)[:_SENTENCES]:
        if not _HAS_YEAR.search(sentence.text):
            continue
        spans = [d for d in dates(sentence.text, language) if d.span and 0 < d.last.year - d.first.year <= _LONGEST_SPAN]
        if not spans:
            continue
        used.update((d.first.year, d.last.year) for d in spans)
        score = _says_period(sentence.text, w)
        if score == _ONLY_CARRIED_OUT and not _follows(w.implementation, sentence.text, spans[0]):
            continue
        if score and (best is None or score > best[0]):
            best = (score, _nearest(spans, sentence.text, w))
    if best is not None:
        return best[1].first.year, best[1].last.year
    often = used.most_common(2)
    if often and often[0][1] >= _OFTEN and (len(often) == 1 or often[0][1] >= 2 * often[1][1]):
        return often[0][0]
    return None


def _follows(cue: re.Pattern[str], sentence: str, span: Date) -> bool:
    """Whether a span stands soon after the words: "implemented between 2019 and 2021"."""
    return any(0 <= span.start - found.end() <= _NEAR for found in cue.finditer(sentence))


def _says_period(sentence: str, w: _Words) -> float:
    """How plainly a sentence says which years are covered, 0 when it does not."""
    if w.not_covered.search(sentence):
        return 0
    subject, verb, noun = (bool(p.search(sentence)) for p in (w.subjects, w.verbs, w.nouns))
    carried_out = bool(w.implementation.search(sentence))
    verb = verb or (subject and bool(w.examines.search(sentence)))
    score = subject + verb + 1.5 * noun + 0.5 * carried_out
    return score if (subject and (verb or noun)) or (verb and noun) else 0.5 * carried_out


def _nearest(spans: list[Date], sentence: str, w: _Words) -> Date:
    """The span that stands nearest after the words of covering, else the first of the sentence."""
    cue = w.nouns.search(sentence) or w.verbs.search(sentence)
    if cue is None:
        return spans[0]
    return min(spans, key=lambda d: (d.start < cue.start(), abs(d.start - cue.end())))
