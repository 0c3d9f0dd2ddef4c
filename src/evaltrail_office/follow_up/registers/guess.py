"""A first mapping of a file: from its headings, and where they say nothing from what its columns hold."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from evaltrail_office.follow_up.registers.dates import day_of, order_of
from evaltrail_office.follow_up.registers.fields import Fields
from evaltrail_office.follow_up.registers.words import DATES, OBLIGED, field_for, meaning_of, plain, status_for, verdict_for

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from evaltrail_office.follow_up.preset import Preset

SAMPLE = 400
"""Rows that are looked at."""
_FEW = 30
"""Different values of a column that may be statuses."""


def guessed(headings: Sequence[str], rows: Sequence[Sequence[str]], preset: Preset) -> Fields:
    """A mapping for a person to look at."""
    columns = [[row[at] for row in rows if at < len(row) and row[at]] for at in range(len(headings))]
    found = _by_headings(headings, columns)
    _by_contents(headings, columns, found)
    fields = Fields(columns={name: headings[at] for name, at in found.items()})
    days = [cell for name in DATES if name in found for cell in columns[found[name]]]
    order, _seen = order_of(days)
    fields.order = order or "day"
    if "status" in found:
        fields.statuses = {words: status_for(words, preset) for words in distinct(columns[found["status"]])}
    if "verdict" in found:
        fields.verdicts = {words: verdict_for(words) for words in distinct(columns[found["verdict"]])}
    return fields


def distinct(cells: Sequence[str], most: int = 200) -> dict[str, int]:
    """Different words with their counts, the most frequent first."""
    return dict(Counter(" ".join(c.split())[:200] for c in cells if c).most_common(most))


def _by_headings(headings: Sequence[str], columns: Sequence[Sequence[str]]) -> dict[str, int]:
    offers = []
    for at, heading in enumerate(headings):
        name, sure = field_for(heading)
        if (
            name == "reply"
            and _length(columns[at]) <= 25
            and len(set(columns[at][:SAMPLE])) <= 6
            and _share(columns[at], verdict_for) >= 0.8
        ):
            # "Management response: accepted / rejected" is no reply in words.
            name = "verdict"
        if name and (not columns[at] or _may_be(name, columns[at])):
            offers.append((-sure, at, name))
    found: dict[str, int] = {}
    for _sure, at, name in sorted(offers):
        if name not in found:
            found[name] = at
    return found


def _may_be(name: str, cells: Sequence[str]) -> bool:
    """Whether what a column holds does not speak against what its heading says."""
    some = cells[:SAMPLE]
    if name in DATES and name != "due":
        return sum(1 for c in some if day_of(c)) * 2 >= len(some)
    if name in {"status", "verdict"}:
        return len(set(some)) <= max(_FEW, len(some) // 3) and _length(some) <= 80
    if name in {"number", "action_number"}:
        return _length(some) <= 40
    if name == "text":
        return _length(some) > 25
    return True


def _by_contents(headings: Sequence[str], columns: Sequence[Sequence[str]], found: dict[str, int]) -> None:
    """Fill what the headings leave open."""
    free = [at for at in range(len(headings)) if at not in found.values() and columns[at]]
    if "text" not in found:
        long = [(at, _obliged(columns[at])) for at in free if _length(columns[at]) > 40]
        best = max(long, key=lambda one: (one[1], _length(columns[one[0]])), default=None)
        if best is not None and (best[1] >= 0.3 or len(long) == 1):
            found["text"] = best[0]
            free.remove(best[0])
    few = [at for at in free if len(set(columns[at][:SAMPLE])) <= _FEW and _length(columns[at]) <= 60]
    for name, tells in (("verdict", verdict_for), ("status", meaning_of)):
        if name not in found:
            fitting = [(at, _share(columns[at], tells)) for at in few if at in free]
            best = max(fitting, key=lambda one: one[1], default=None)
            if best is not None and best[1] >= 0.7:
                found[name] = best[0]
                free.remove(best[0])
    dates = [at for at in free if _share(columns[at], day_of) >= 0.8]
    for name in ("due", "made"):
        if name not in found and dates:
            found[name] = dates.pop(0)
            free.remove(found[name])
    if "number" not in found:
        for at in free:
            some = columns[at][:SAMPLE]
            if _length(some) <= 20 and len(set(some)) >= 0.9 * len(some) and all(any(c.isdigit() for c in s) for s in some):
                found["number"] = at
                break


def _length(cells: Sequence[str]) -> float:
    some = cells[:SAMPLE]
    return sum(map(len, some)) / len(some) if some else 0.0


def _obliged(cells: Sequence[str]) -> float:
    some = cells[:SAMPLE]
    return sum(1 for c in some if OBLIGED.search(plain(c))) / len(some)


def _share(cells: Sequence[str], tells: Callable[[str], object]) -> float:
    some = cells[:SAMPLE]
    return sum(1 for c in some if tells(c)) / len(some) if some else 0.0
