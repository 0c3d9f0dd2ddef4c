"""A number of the summary stands nowhere in the body.

## What it does
Compares each number of the summary (percentages, amounts of money, counts from 10) with all numbers of the rest of the
paper, its tables, footnotes and annexes among them. A number that is the same after rounding counts as found. Years, and
numbers that the summary itself calls approximate, are left out. One message, with the first few numbers.

## Why it is bad
The summary gives the report's figures again. One that is not there was mistyped, is out of date, or rests on nothing
that the reader can look up.

## Known problems
A number that was added up from several of the body is reported, and one that is wrong but stands in the body for something
else is not.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.rules.summary._summary import SHORTEST, summary
from evaltrail.check.wording import Said, plural, say
from evaltrail.record import Quantity
from evaltrail.text.numbers import FIGURES, numeral

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from evaltrail.check.paper import Paper
    from evaltrail.check.rules.summary._summary import Summary

RULE = Rule(
    code="SUM004", severity="error", sources=("consistency", "UNEG quality checklist for evaluation reports"), version=2, papers=EVALUATIONS
)

_START = "The evaluation learned what the water programme changed for the villages. It rests on {} interviews with people there and in "
_END = "the Ministry, on a survey, and on earlier reports. It found that half of the wells work and that the villages keep them well."
_DEBUT = "L’évaluation a appris ce que le programme de l’eau a changé dans les villages. Elle repose sur {} entretiens avec des habitants, "
_FIN = "sur une enquête et sur des rapports antérieurs. Elle constate que la moitié des puits marche et que les villages les gardent."
BAD = (
    f"# Evaluation of the water programme\n\n## Summary\n\n{_START.format(43)}{_END}\n\n## Method\n\nWe held 34 interviews.\n",
    f"# Évaluation du programme de l’eau\n\n## Résumé\n\n{_DEBUT.format(43)}{_FIN}\n\n## Méthode\n\nNous avons mené 34 entretiens.\n",
)
GOOD = (
    f"# Evaluation of the water programme\n\n## Summary\n\n{_START.format(34)}{_END}\n\n## Method\n\nWe held 34 interviews.\n",
    f"# Évaluation du programme de l’eau\n\n## Résumé\n\n{_DEBUT.format(34)}{_FIN}\n\n## Méthode\n\nNous avons mené 34 entretiens.\n",
)

_FIGURES = re.compile(FIGURES)
_OF = re.compile(r"(?<![\w.,$€£/–-])(\d{2,4}) (?:of|out of|sur|de|de los|de las|dos|das) (?:the )?(\d{2,4})(?![\w/–-]|[.,]\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SPANS = ("weeks", "months", "days")
"""Units whose numbers are compared among themselves: a cell with "21" people is not "21 weeks"."""
_SMALLEST = 10
_SMALL = 1000
"""Words from which a summary of more than half the text is no summary: the whole paper was taken for it."""


def check(paper: Paper, _options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message with the numbers that the body does not have."""
    found = summary(paper)
    if found is None or found.words < SHORTEST or (found.words > paper.words / 2 and paper.words > _SMALL):
        return
    inside, outside = _quantities(paper, found)
    if not inside:
        return
    values = _values(paper, found) | {v for q in outside for v in (q.value, q.upper, q.out_of) if v is not None}
    body = sorted(values)
    inside += _above_whole(found, paper)
    spans = {unit: sorted(q.value for q in outside if unit in (q.unit, *(q.of or "").lower().split())) for unit in _SPANS}
    missing: list[Quantity] = []
    held = 0
    for q in inside:
        of_unit = spans.get(q.unit or "")
        if of_unit and not _held(q.value, q.text, of_unit):
            missing.append(q)
        elif all(_held(v, q.text, body) for v in (q.value, q.upper, q.out_of) if v is not None and v >= _SMALLEST):
            held += 1
        elif q.text not in [m.text for m in missing]:
            missing.append(q)
    if missing:
        shown = _said(missing[0])
        more = plural(len(missing) - 1, " (and {number} more)", " (and {number} more)") if len(missing) > 1 else ""
        related = tuple(Related(say("{words} stands only in the summary", words=_said(q)), q.places) for q in missing[1:6])
        yield Message(
            say("{words} of the summary stands nowhere else in the paper{more}.", words=shown, more=more),
            missing[0].places,
            related=related,
        )
    elif held >= 3:
        yield Message(say("All {number} numbers of the summary stand in the body.", number=held), found.section.heading.places, right=True)


def _said(q: Quantity) -> Said:
    return say("“{words}”", words=" ".join(q.text.split()))


def _quantities(paper: Paper, found: Summary) -> tuple[list[Quantity], list[Quantity]]:
    """The numbers of the summary that are to be found again, and all those outside it."""
    spans = [(p.page, p.start, p.end) for u in found.units if u.kind in ("paragraph", "item", "cell") for p in u.places]
    starts = {(page, start): end for page, start, end in spans}
    order = sorted(starts)
    inside: list[Quantity] = []
    outside: list[Quantity] = []
    if not order:
        return inside, outside
    for q in paper.record.quantities:
        if not q.places:
            continue
        at = (q.places[0].page, q.places[0].start)
        if order[0] <= at <= (order[-1][0], starts[order[-1]]):
            if (
                q.unit != "year"
                and q.bound != "about"
                and _FIGURES.search(q.text)
                and (q.value >= _SMALLEST or (q.unit == "percent" and q.value > 1))
            ):
                inside.append(q)
        else:
            outside.append(q)
    return inside, outside


def _above_whole(found: Summary, paper: Paper) -> list[Quantity]:
    """Counts above the whole that they are taken from, "176 of 100 people", which are in no record of quantities."""
    out: list[Quantity] = []
    for u in found.units:
        for m in _OF.finditer(u.text) if u.kind in ("paragraph", "item") else ():
            value, whole = numeral(m[1]), numeral(m[2])
            if value is not None and whole is not None and value > whole >= _SMALLEST and not _YEAR.fullmatch(m[2]):
                out.append(Quantity(value=value, out_of=whole, text=m[0], places=paper.at(u, m.start(), m.end())))
    return out


def _values(paper: Paper, found: Summary) -> set[float]:
    """Every number in figures outside the summary."""
    values: set[float] = set()
    for u in paper.with_figures:
        if found.holds(u):
            continue
        for m in _FIGURES.finditer(u.text):
            value = numeral(m[0])
            if value is not None:
                values.add(value)
    return values


def _held(value: float, text: str, body: Sequence[float]) -> bool:
    """Whether the value, or one that rounds to it, is among those of the body; tables give amounts in thousands or millions."""
    m = _FIGURES.search(text)
    printed = numeral(m[0]) if m else None
    half = 1e-9 * abs(value)
    if m and printed:
        decimals = len(m[0].rpartition(".")[2]) if "." in m[0] else 0
        half = max(half, 0.5 * abs(value / printed) * 10**-decimals)
    for unit in (1, 1e3, 1e6, 1e-3, 1e-6):
        # A body that gives fewer digits than the summary has to give the same.
        near = (half if unit <= 1 else 1e-9 * abs(value)) / unit
        i = bisect_left(body, value / unit - near)
        if i < len(body) and body[i] <= value / unit + near:
            return True
    return False
