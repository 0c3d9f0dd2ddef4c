"""A conclusion gives a number that stands nowhere else in the paper.

## What it does
Takes the percentages, amounts of money and counts above ten from the conclusions and looks for each in all other pages
of the paper, tables and footnotes included; a number that rounds to it counts as it.

## Why it is bad
A conclusion rests on findings. A number that appears in it for the first time has no source that could be looked up, or
contradicts the one that was meant.

## Known problems
A number worked out from others in the paper, as the sum of two, is told too.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Any

from evaltrail.check.mention import quoted
from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Rule
from evaltrail.check.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from evaltrail.check.paper import Paper
    from evaltrail.record import Quantity, Statement

RULE = Rule(code="CON002", severity="warning", sources=("UNEG quality checklist: conclusions rest on findings",), papers=EVALUATIONS)

_PAPER = (
    "# Evaluation of the water programme\n\n## Findings\n\nFinding 1: The programme repaired 62 per cent of the pumps.\n\n"
    "## Conclusions\n\nConclusion 1: {}\n"
)
_FRENCH = (
    "# Évaluation du programme\n\n## Constats\n\nConstat 1 : Le programme a réparé 62 pour cent des pompes.\n\n"
    "## Conclusions\n\nConclusion 1 : {}\n"
)
BAD = (
    _PAPER.format("With 68 per cent of the pumps repaired, the programme was effective."),
    _FRENCH.format("Avec 68 pour cent des pompes réparées, le programme est efficace."),
)
GOOD = (
    _PAPER.format("With 62 per cent of the pumps repaired, the programme was effective."),
    _PAPER.format("With about 60 per cent of the pumps repaired since 2019, the programme was effective."),
    _FRENCH.format("Avec 62 % des pompes réparées, le programme est efficace."),
)

_SMALL = 10
"""Counts up to this one stand anywhere by chance, and are often written in words."""
_LARGE = 1000
"""Numbers from this one on are often rounded."""
# The look behind comes after the first figure: only then does the search go from figure to figure.
_NUMBER = re.compile(r"\d(?<![\w.,].)\d*(?:[.,\u00a0\u202f ]\d{3})*(?:[.,]\d+)?")


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield a message for each new number."""
    conclusions = paper.of_kind("conclusion")
    if not conclusions or not (paper.of_kind("finding") or any("findings" in p.within for p in paper.record.passages)):
        return
    spans = _Spans(conclusions)
    inside: list[tuple[Quantity, Statement]] = []
    known: set[float] = set()
    for q in paper.record.quantities:
        home = spans.at(q.places[0].page, q.places[0].start) if q.places else None
        if home is None:
            known.update(x for x in (q.value, q.upper, q.out_of) if x is not None)
        elif _is_counted(paper, q, home):
            inside.append((q, home))
    if not inside:
        return
    figures: set[str] = set()
    for page in paper.record.pages:
        if page.number in spans.pages:
            figures.update(m.group() for m in _NUMBER.finditer(page.text) if spans.at(page.number, m.start()) is None)
        else:
            figures.update(_NUMBER.findall(page.text))
    for printed in figures:
        known |= _values(printed)
    values = sorted(known)
    told = set()
    for q, home in inside:
        if q.text not in told and not _stands(q, values):
            told.add(q.text)
            words = quoted(q.text, 50)
            yield Message(
                say("{name} says {words}, a number that stands nowhere else in the paper.", name=paper.name(home), words=words),
                q.places,
                statement=home.id,
            )
    if not told:
        first = inside[0][0]
        said = say("All numbers in the conclusions stand elsewhere in the paper too, as {words}.", words=quoted(first.text, 50))
        yield Message(said, first.places, right=True)


class _Spans:
    """Which statement stands at a place."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._all = sorted(((p.page, p.start, p.end, s) for s in statements for p in s.places), key=lambda x: x[:2])
        self._starts = [x[:2] for x in self._all]
        self.pages = frozenset(x[0] for x in self._all)

    def at(self, page: int, start: int) -> Statement | None:
        """The statement around an offset."""
        i = bisect_right(self._starts, (page, start)) - 1
        if i < 0:
            return None
        own, _, end, statement = self._all[i]
        return statement if own == page and start < end else None


def _values(printed: str) -> set[float]:
    """What a number in figures may mean: "1,234" is 1234 or 1.234."""
    bare = re.sub(r"[\u00a0\u202f ]", "", printed)
    found = set()
    for thousands, decimal in ((",", "."), (".", ",")):
        try:
            found.add(float(bare.replace(thousands, "").replace(decimal, ".")))
        except ValueError:
            continue
    return found


def _is_counted(paper: Paper, q: Quantity, home: Statement) -> bool:
    if not any(c.isdigit() for c in q.text):
        return False  # "half" and "two thirds" are said of anything
    if q.unit == "year" or q.upper is not None or (q.value <= _SMALL and q.unit != "percent") or 1900 <= q.value <= 2100:
        return False
    labels = paper.words_of("check_conclusions", "labels")
    at = home.text.find(q.text)
    before = home.text[max(0, at - 14) : at].split()
    return not (before and labels and labels.fullmatch(before[-1].strip("(.,-–")))


def _stands(q: Quantity, known: Sequence[float]) -> bool:
    """Whether a number, or one that rounds to it, is among the known ones, which are in order."""
    is_round = q.value % 5 == 0  # "about 60", "some 1,200"; nobody rounds to 5,381
    slack = (
        0.1 * q.value
        if q.bound and is_round
        else 0.005 * q.value
        if q.value >= _LARGE and is_round
        else 0.5
        if q.value == int(q.value)
        else 0.05
    )
    # Millions are written with and without their noughts.
    return any(_near(q.value * f, slack * f, known) for f in (1.0, 1e-3, 1e-6, 1e-9, 1e3, 1e6))


def _near(value: float, slack: float, known: Sequence[float]) -> bool:
    i = bisect_left(known, value - slack - 1e-9)
    return i < len(known) and known[i] <= value + slack + 1e-9
