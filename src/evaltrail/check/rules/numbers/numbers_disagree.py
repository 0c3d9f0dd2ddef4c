"""The same thing is counted differently in two places.

## What it does
Compares, within each evaluation, counts that stand behind the same words ("a synthesis review of 63 project evaluations",
"the synthesis review of 30 project evaluation reports") and totals of the data that it used ("a total of 131 interviews").
Interviews, documents and the like that are spoken of as known ("the 113 interviews", "all 113 interviews") are held against
their number elsewhere, where the paper has only one.

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

from evaltrail.check.mention import figured, mentions
from evaltrail.check.paper import EVALUATIONS, TEXT_ROLES
from evaltrail.check.rule import Message, Related, Rule
from evaltrail.check.rules.numbers._common import alternatives, number_pattern, printed, quantities, units_with, where, worth
from evaltrail.check.wording import say
from evaltrail.text.normal import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.check.unit import Unit
    from evaltrail.record import Quantity
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
    (
        "# Evaluation of the water programme\n\n## Method\n\nThe team reviewed 98 documents.\n\n"
        "## Findings\n\nThe 112 documents were coded by theme.\n"
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
    (
        "# Evaluation of the water programme\n\n## Method\n\nThe team held 98 interviews.\n\n"
        "## Findings\n\nThe 12 interviews in the north and the 86 interviews with farmers were short.\n"
    ),
)

_NO_COUNTS = frozenset({None, "percent", "percentage points", "year", "years", "months", "weeks", "days", "hours", "times", "points"})
_FIGURE = re.compile(r"\d")
_BEFORE = 70
"""Characters before a noun in which its number stands."""
_LEAST = 3
_LARGE = 100
_FAR = 5
"""How many times as many are of something else."""
_YEARS = (1950, 2100)
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
    yield from _known(paper, small, {id(c.unit) for counts in groups.values() for c in counts if id(c.amount) in told})


@dataclass(frozen=True, slots=True)
class _Named:
    """A count of something that the evaluation draws on, by its words."""

    value: float
    words: str
    unit: Unit
    start: int
    end: int
    kind: str
    """The noun without its ending, in lower case."""
    described: str
    """The words between number and noun, in lower case."""
    known: bool
    """Whether it is spoken of as known: "the 113 interviews"."""
    partial: bool
    """Whether words behind the noun say which of them: "12 interviews in the north"."""


def _known(paper: Paper, small: frozenset[str], told: set[int]) -> Iterator[Message]:
    """One message for each kind of data whose known number is not the one that the paper gives."""
    by_kind: dict[tuple[str | None, str], list[_Named]] = defaultdict(list)
    for c in _named(paper, small):
        by_kind[c.unit.evaluation, c.kind].append(c)
    for counts in by_kind.values():
        given = [c for c in counts if not c.known]
        values = {c.value for c in given}
        if len(values) != 1:
            continue
        base = given[0]
        other = next(
            (c for c in counts if c.known and not c.partial and c.described in ("", base.described) and c.value != base.value), None
        )
        if other is None or id(other.unit) in told or _adds_up(paper, base, other):
            continue
        yield Message(
            say(
                "{words:capital} may be counted differently: {value} in {where}, {other} in {other_where}.",
                words=other.words,
                value=printed(base.value),
                where=where(base.unit),
                other=printed(other.value),
                other_where=where(other.unit),
            ),
            paper.at(other.unit, other.start, other.end),
            related=(Related(base.unit.text[base.start : base.end], paper.at(base.unit, base.start, base.end)),),
        )


def _adds_up(paper: Paper, base: _Named, other: _Named) -> bool:
    """Whether another number beside the one given makes up the difference ("30 interviews in the north and 45 in the south")."""
    if other.value > _FAR * base.value:
        return True
    sentence = next((x.text for x in paper.sentences(base.unit) if x.start <= base.start < x.end), "")
    # The number of a label ("Table 3") counts nothing.
    numbers = (m[0] for m in re.finditer(number_pattern(paper.language), sentence) if not _LABEL.search(sentence[: m.start()]))
    return base.partial and other.value - base.value in {worth(paper, n) for n in numbers}


_LABEL = re.compile(r"\b[A-ZÀ-Ý]\w+\s$")


def _named(paper: Paper, small: frozenset[str]) -> Iterator[_Named]:
    known, nouns, held, narrows = (alternatives(paper.listed("check_numbers", k)) for k in ("definite", "counted", "held", "narrows"))
    number = number_pattern(paper.language)
    noun = re.compile(nouns, re.IGNORECASE)
    before = re.compile(rf"(?P<known>{known}\s)?(?P<number>{number})\s(?P<described>(?:[^\W\d_]+[\s-]){{0,2}})$", re.IGNORECASE)
    behind = re.compile(rf"\s(?:{held}\s)?{narrows}", re.IGNORECASE)
    for unit in (m.unit for m in mentions(paper, "check_numbers", "counted", lambda u: u.kind in _TEXT and not u.within & TEXT_ROLES)):
        for n in noun.finditer(unit.text):
            begin = max(0, n.start() - _BEFORE)
            words = unit.text[begin : n.start()]
            m = before.search(words) if figured(paper, words) else None
            value = worth(paper, m["number"]) if m else None
            if m is None or value is None or value < 2 or _YEARS[0] <= value <= _YEARS[1]:
                continue
            described = m["described"].lower().strip(" -")
            if small & set(described.split()):
                continue
            partial = bool(behind.match(unit.text, n.end()))
            kind = n[0].lower().rstrip("s")
            yield _Named(value, n[0], unit, begin + m.start(), n.end(), kind, described, bool(m["known"]), partial)


_TEXT = frozenset({"paragraph", "item", "footnote"})


def _slip(one: float, other: float) -> bool:
    """Whether two numbers have the same figures in another order, as typing makes them."""
    a, b = str(int(one)), str(int(other))
    return a != b and sorted(a) == sorted(b)


def _message(paper: Paper, a: _Count, b: _Count) -> Message:
    return Message(
        say(
            "{words:capital} may be counted differently: {value} in {where}, {other} in {other_where}.",
            words=a.amount.of or say("things"),
            value=printed(a.amount.value),
            where=where(a.unit),
            other=printed(b.amount.value),
            other_where=where(b.unit),
        ),
        paper.at(b.unit, b.amount.start, b.amount.end),
        related=(Related(a.unit.text[a.amount.start : a.amount.end], paper.at(a.unit, a.amount.start, a.amount.end)),),
    )


def _counts(paper: Paper, small: frozenset[str]) -> Iterator[_Count]:
    totals, data = paper.words_of("check_numbers", "total"), paper.words_of("check_numbers", "data")
    of = _at_end(paper.listed("check_numbers", "of"))
    of_evaluation = _evaluations(paper)

    def may_count(q: Quantity) -> bool:
        if not _is_count(q):
            return False
        text, start = paper.record.pages[q.places[0].page - 1].text, q.places[0].start
        return bool((data and data.search(q.of or "")) or (of and of.search(text[max(0, start - 20) : start])))

    for unit in units_with(paper, may_count):
        for a in quantities(paper, unit) if _FIGURE.search(unit.text) else ():
            if not _is_count(a) or not a.of:
                continue
            before = unit.text[max(0, a.start - 60) : a.start]
            before = re.split(r"[.;:!?()]\s?|,\s", before)[-1]
            drawn_on = bool(data and data.search(a.of))
            total = bool(totals and drawn_on and (totals.search(before) or _head(totals, unit.text, a)))
            lead = _lead(before, small) if of and of.search(before) else ()
            if lead or drawn_on:
                evaluation = unit.evaluation or of_evaluation(unit)
                yield _Count(a, _with(unit, evaluation), _nouns(a.of, small), lead, total, drawn_on)


def _is_count(a: Amount | Quantity) -> bool:
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
