"""The same thing is counted differently in two places.

## What it does
Compares, within each evaluation, counts that stand behind the same words ("a synthesis review of 63 project evaluations",
"the synthesis review of 30 project evaluation reports") and totals of the data that it used ("a total of 131 interviews").

## Why it is bad
One of the numbers is wrong; readers who notice trust the others less.

## Known problems
Two counts may be of different parts of the work; that is why the message says "may".
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import EVALUATIONS
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.rules.numbers._common import printed, quantities, upper, where
from evaltrail.text.normal import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.check.unit import Unit
    from evaltrail.text.quantities import Amount

RULE = Rule(code="NUM002", severity="warning", sources=("consistency",), papers=EVALUATIONS, suspects=True)

BAD = (
    (
        "# Evaluation of the water programme\n\n## Method\n\n"
        "The team drew on a synthesis review of 63 project evaluations.\n\n## Findings\n\n"
        "The synthesis review of 30 project evaluation reports found the work relevant.\n"
    ),
    (
        "# Evaluation of the water programme\n\n## Summary\n\nA total of 131 interviews were held.\n\n## Method\n\n"
        "The team held a total of 113 interviews.\n"
    ),
    (
        "# Évaluation du programme\n\n## Résumé\n\nAu total, 131 entretiens ont été menés.\n\n"
        "## Méthode\n\nAu total, 113 entretiens ont été menés.\n"
    ),
)
GOOD = (
    (
        "# Evaluation of the water programme\n\n## Method\n\n"
        "The team drew on a synthesis review of 63 project evaluations.\n\n## Findings\n\n"
        "The synthesis review of 63 project evaluation reports found the work relevant. Ten of the project evaluations were good.\n"
    ),
    (
        "# Évaluation du programme\n\n## Résumé\n\nAu total, 131 entretiens ont été menés.\n\n"
        "## Méthode\n\nAu total, 131 entretiens ont été menés.\n"
    ),
)

_NO_COUNTS = frozenset({None, "percent", "percentage points", "year", "years", "months", "weeks", "days", "hours", "times", "points"})
_LEAST = 3
_LARGE = 100
_WORDS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class _Count:
    amount: Amount
    unit: Unit
    nouns: frozenset[str]
    lead: tuple[str, ...]
    """The content words right before the number: ("synthesis", "review")."""
    total: bool
    data: bool
    """Whether it is something that the evaluation draws on."""


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for each thing that is counted in two ways."""
    del options
    groups: dict[tuple[Any, ...], list[_Count]] = defaultdict(list)
    small = frozenset(paper.listed("stopwords", "words"))
    for c in _counts(paper, small):
        if len(c.lead) > 1:
            groups[c.unit.evaluation, "lead", c.lead].append(c)
        if c.data and c.amount.value >= _LARGE:
            groups[c.unit.evaluation, "near", c.nouns].append(c)
        if c.total:
            groups[c.unit.evaluation, "total", c.nouns].append(c)
    told: set[int] = set()
    for (_, kind, _), counts in groups.items():
        first = counts[0]
        for other in counts[1:]:
            alike = first.nouns & other.nouns if kind == "lead" else first.nouns
            if kind == "near" and not _slip(first.amount.value, other.amount.value):
                continue
            if other.amount.value != first.amount.value and len(alike) >= (2 if kind == "lead" else 1) and id(other.amount) not in told:
                told.add(id(other.amount))
                yield _message(paper, first, other)
                break


def _slip(one: float, other: float) -> bool:
    """Whether two numbers have the same figures in another order, as typing makes them."""
    a, b = str(int(one)), str(int(other))
    return a != b and sorted(a) == sorted(b)


def _message(paper: Paper, a: _Count, b: _Count) -> Message:
    name = a.amount.of or "things"
    one, other = (f"{printed(c.amount.value)} in {where(c.unit)}" for c in (a, b))
    return Message(
        f"{upper(name)} may be counted differently: {one}, {other}.",
        paper.at(b.unit, b.amount.start, b.amount.end),
        related=(Related(a.unit.text[a.amount.start : a.amount.end], paper.at(a.unit, a.amount.start, a.amount.end)),),
    )


def _counts(paper: Paper, small: frozenset[str]) -> Iterator[_Count]:
    totals, data = paper.words_of("check_numbers", "total"), paper.words_of("check_numbers", "data")
    of = _at_end(paper.listed("check_numbers", "of"))
    of_evaluation = _evaluations(paper)
    for unit in paper.running:
        if not any(c.isdigit() for c in unit.text):
            continue
        for a in quantities(paper, unit):
            if (
                a.unit in _NO_COUNTS
                or (a.unit or "").isupper()
                or a.upper
                or a.bound
                or a.out_of
                or a.value < _LEAST
                or a.value != int(a.value)
                or not a.of
            ):
                continue
            before = unit.text[max(0, a.start - 60) : a.start]
            before = re.split(r"[.;:!?()]\s?|,\s", before)[-1]
            drawn_on = bool(data and data.search(a.of))
            total = bool(totals and drawn_on and (totals.search(before) or _head(totals, unit.text, a)))
            lead = _lead(before, small) if of and of.search(before) else ()
            if lead or drawn_on:
                evaluation = unit.evaluation or of_evaluation(unit)
                yield _Count(a, _with(unit, evaluation), _nouns(a.of, small), lead, total, drawn_on)


def _is_count(a: Amount) -> bool:
    """Whether it is an exact count of things, no share, time or sum of money."""
    whole = a.value >= _LEAST and a.value == int(a.value) and not (a.upper or a.bound or a.out_of)
    return whole and a.unit not in _NO_COUNTS and not (a.unit or "").isupper()


def _at_end(words: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})\s*$", re.IGNORECASE) if words else None


def _head(totals: re.Pattern[str], text: str, a: Amount) -> bool:
    """Whether the sentence begins with words of totals: "In total, 131 interviews"."""
    return bool(re.search(rf"{totals.pattern},?\s*$", text[max(0, a.start - 40) : a.start], re.IGNORECASE))


def _evaluations(paper: Paper) -> Any:
    """A function that gives the evaluation of a footnote by the place where it is called."""
    marks = {f.number: f.marks or f.places for f in paper.record.footnotes}

    def find(unit: Unit) -> str | None:
        if unit.kind != "footnote":
            return None
        at = next(iter(marks.get(unit.marker, ())), None)
        around = paper.unit_at(at) if at else None
        return around.evaluation if around and around is not unit else None

    return find


def _with(unit: Unit, evaluation: str | None) -> Unit:
    return unit if unit.evaluation == evaluation else replace(unit, evaluation=evaluation)


def _lead(before: str, small: frozenset[str]) -> tuple[str, ...]:
    """Two content words right before the number with at most small words between: "synthesis review of" gives both."""
    words = [w.lower() for w in _WORDS.findall(before)]
    if not words or words[-1] not in small:
        return ()
    while words and words[-1] in small:
        words.pop()
    kept = []
    for w in reversed(words):
        if w in small:
            break
        kept.append(w)
    return tuple(reversed(kept[:2])) if len(kept) > 1 else ()


def _nouns(of: str, small: frozenset[str]) -> frozenset[str]:
    return frozenset(w.rstrip("s") for w in fold(of).split() if w not in small)
