"""A number of things is announced and another number is listed.

## What it does
Looks for a count that a list follows: after a colon or dash in the same sentence ("nine case studies: …; …"), in brackets
("five countries (…)"), or as list items under a sentence that ends in a colon. The items are counted and held against the
number. Lists that say that they are incomplete ("including", "e.g.", "etc."), and lists whose parts can be counted in
several ways, are only held against the least and the most that they can be.

## Why it is bad
One of the things is missing, or the number is wrong; the reader cannot tell which.

## Known problems
Where a list's items were not all read, the number may be right.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from evaltrail.check.paper import ANY
from evaltrail.check.rule import Message, Rule
from evaltrail.check.rules.numbers._common import followed_by, outside_brackets, printed, quantities, where
from evaltrail.check.wording import say
from evaltrail.text.numbers import number_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from evaltrail.check.paper import Paper
    from evaltrail.check.unit import Unit
    from evaltrail.record import Quantity
    from evaltrail.text.quantities import Amount

RULE = Rule(code="NUM007", severity="error", sources=("consistency",), papers=ANY)

BAD = (
    "# Evaluation of the water programme\n\n## Method\n\nThe team made four case studies: wells; pumps; and schools.\n",
    "# Evaluation of the water programme\n\n## Method\n\nThe programme works in five countries (Ghana, Mali, Niger and Togo).\n",
    "# Évaluation du programme\n\n## Méthode\n\nL’équipe a mené quatre études de cas : puits ; pompes ; écoles.\n",
    (
        "# Evaluation of the water programme\n\n## Method\n\n"
        "The evaluation had four objectives:\n\n- to see the wells;\n- to see the pumps;\n"
        "- to see the schools.\n\nThe wells work.\n"
    ),
)
GOOD = (
    "# Evaluation of the water programme\n\n## Method\n\nThe team made three case studies: wells; pumps; and schools.\n",
    (
        "# Evaluation of the water programme\n\n## Method\n\nThe programme works in four countries (Ghana, Mali, Niger and Togo). "
        "It spoke with nine partners, including three ministries (Water, Health and Works).\n"
    ),
    "# Évaluation du programme\n\n## Méthode\n\nL’équipe a mené trois études de cas : puits ; pompes ; écoles.\n",
)

_LARGEST = 20
"""Numbers above this are not followed by a full list in running text."""
_CLOSE = 2
"""How far number and list may be apart; where more is missing the list is of something else."""
_CONFIRMED = 3
_INTRODUCES = re.compile(r"\s*(?::|[-–—]\s)\s*")
_OF_THESE = re.compile(r"\b(?:of|de|des|d[eo]s|das|da) (?:the|these|those|its|ces|ses|est[ao]s|las|los)\b")
_NEAR = 60
_CLAUSE = 7
"""Words from which an item between commas is a clause."""
_REACH = 60
"""Characters between a count and the colon of its list."""
_ENDS = frozenset(".;!?)")
_ENDS_LIST = re.compile(r"[.?!](?:\s|$)")


def check(paper: Paper, options: Mapping[str, Any]) -> Iterator[Message]:
    """Yield one message for each list that does not fit, and confirm a few that do."""
    del options
    right = 0
    likely = followed_by(paper, ":(-–", _REACH + 10, _may_be_listed)
    for i, unit in enumerate(paper.units):
        if unit.kind not in ("paragraph", "item", "footnote") or {"contents", "references", "foreign"} & unit.within:
            continue
        if id(unit) not in likely:
            continue
        for amount in _counts(paper, unit):
            found = _listed(paper, unit, amount) or _items(paper, i, amount)
            if found is None:
                continue
            least, most = found
            value = int(amount.value)
            if least <= value <= most:
                if right < _CONFIRMED and least == most:
                    right += 1
                    yield Message(
                        say(
                            "{where:capital} announces {value} {amount} and lists {value}.",
                            where=where(unit),
                            value=printed(value),
                            amount=_noun(amount),
                        ),
                        paper.at(unit, amount.start, amount.end),
                        right=True,
                    )
            elif least - _CLOSE <= value <= most + _CLOSE:
                listed = printed(least) if least == most else say("{least} to {most}", least=printed(least), most=printed(most))
                yield Message(
                    say(
                        "{where:capital} announces {value} {amount} and lists {listed}.",
                        where=where(unit),
                        value=printed(value),
                        amount=_noun(amount),
                        listed=listed,
                    ),
                    paper.at(unit, amount.start, amount.end),
                )


def _noun(amount: Amount) -> str:
    return amount.of or amount.unit or say("things")


def _counts(paper: Paper, unit: Unit) -> list[Amount]:
    """Small whole numbers of things, exactly given; in "five of the six regions (…)" the list is that of the five."""
    every = quantities(paper, unit)
    parts = [(a.end, a.out_of) for a in every if a.out_of is not None]
    return [
        a
        for a in every
        if not any(whole == a.value and 0 <= a.end - end < _NEAR for end, whole in parts)
        and not _OF_THESE.search(unit.text[a.start : a.end])
        and _may_be_listed(a)
    ]


def _may_be_listed(a: Amount | Quantity) -> bool:
    """Whether it is a small whole number of things, exactly given."""
    exact = 2 <= a.value <= _LARGEST and a.value == int(a.value) and a.upper is None and a.bound is None and a.out_of is None
    return exact and bool(a.of) and a.unit not in _NO_THINGS


_NO_THINGS = (None, "percent", "year", "years", "months", "weeks", "days", "points", "percentage points")


def _listed(paper: Paper, unit: Unit, amount: Amount) -> tuple[int, int] | None:
    """The least and the most items of a list in the same sentence; None where there is none that can be counted."""
    text = unit.text
    blank = outside_brackets(text)
    after = text[amount.end :]
    opening = re.match(r"\s?\(", after)
    if opening:
        begin = amount.end + opening.end()
        end = _closing(text, begin)
        if end is None:
            return None
        return _count(paper, text[begin:end], semicolons=False, closed=True)
    stop = _ENDS_LIST.search(blank, amount.end)
    if stop is None and text.rstrip()[-1:] not in _ENDS:
        return None  # cut off by the end of a page
    end = stop.start() if stop else len(text)
    colon = None
    for m in _INTRODUCES.finditer(blank, amount.end, min(end, amount.end + _REACH)):
        if m.group().strip():
            colon = m
            break
    if colon is None or end - colon.end() < 8:
        return None
    between = blank[amount.end : colon.start()]
    if "," in between or ";" in between or (colon.group().strip() != ":" and ";" not in blank[colon.end() : end]):
        return None
    if any(colon.start() > a.start > amount.end or 0 <= a.start - colon.end() < 2 for a in quantities(paper, unit)):
        return None  # another number stands between, or the list says how many there are of each
    if unit.kind == "item" and not text[: amount.start].strip():
        return None  # an item that begins with a count says who took part
    marked = _enumerated(text[colon.end() : end])
    if marked is not None:
        # Marked items may be of another list than what is counted: they only bear a count out.
        return (marked, marked) if marked == amount.value else None
    return _count(paper, blank[colon.end() : end], semicolons=True, closed=False)


def _enumerated(text: str) -> int | None:
    """How many items are marked in order within a sentence: (a) … (b) …, 1) … 2) …, (i) … (ii) …; None where none are."""
    marks = [m[1].lower() for m in _MARKED.finditer(text)]
    for order in _ORDERS:
        if len(marks) >= 2 and marks == list(order[: len(marks)]):
            return len(marks)
    return 0 if len(marks) >= 2 else None


_MARKED = re.compile(r"(?<![\w(])\(?([a-z]|\d{1,2}|[ivx]{1,5})\)(?=\s)", re.IGNORECASE)
_ORDERS = (
    tuple("abcdefghijklmnopqrst"),
    tuple(str(n) for n in range(1, 21)),
    ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"),
)


def _closing(text: str, begin: int) -> int | None:
    depth = 1
    for i in range(begin, min(len(text), begin + 600)):
        depth += (text[i] == "(") - (text[i] == ")")
        if not depth:
            return i
    return None


def _count(paper: Paper, words: str, *, semicolons: bool, closed: bool) -> tuple[int, int] | None:
    """The least and the most items that a list in words can have."""
    joins, partial = paper.words_of("check_numbers", "and"), paper.words_of("check_numbers", "partial")
    either = paper.words_of("check_numbers", "or")
    plain = outside_brackets(words)
    if joins is None or (partial and partial.search(plain)) or "…" in plain or "..." in plain:
        return None
    if ";" in plain:
        parts = [p.strip() for p in plain.split(";")]
        # "…; and the last; and what the sentence goes on with": the list ends with the first item that "and" opens.
        last = next((n for n, p in enumerate(parts) if joins.match(p)), len(parts) - 1)
        parts = [p for p in parts[: last + 1] if p]
        counted = re.compile(rf"\d|{number_words(paper.language).pattern}")
        lengths = [len(p.split()) for p in parts]
        if any(counted.match(p) for p in parts) or ":" in plain or (min(lengths) == 1 and max(lengths) > _CLAUSE):
            return None
        hidden = bool(len(parts) > 1 and not joins.match(parts[-1]) and joins.search(parts[-1]))
        return len(parts), len(parts) + hidden
    if semicolons and not closed and len(words) > 400:
        return None
    parts = [p.strip() for p in plain.split(",") if p.strip()]
    if len(parts) < 2 or any(re.match(r"\d", p) for p in parts) or ":" in plain:
        return None
    if any(len(p.split()) > _CLAUSE for p in parts):
        return None  # clauses, not items
    if closed and not joins.search(parts[-1]):
        return (len(parts), len(parts)) if all(p[:1].isupper() for p in parts) else None
    opened = bool(joins.match(parts[-1]))
    inner = [len(joins.findall(p)) for p in parts]
    most = len(parts) + sum(inner) - (1 if opened else 0)
    firm = not opened and inner[-1] > 0 and not (either and either.search(parts[-1]))  # "A, B and C" are three
    return len(parts) + firm, most


def _items(paper: Paper, i: int, amount: Amount) -> tuple[int, int] | None:
    """How many list items follow a paragraph whose last sentence announces them."""
    unit = paper.units[i]
    joins = paper.words_of("check_numbers", "and")
    tail = unit.text[amount.end :]
    if "," in tail or ";" in tail or (joins and joins.search(tail)):
        return None  # what is counted may be named in the same breath, and the list be of something else
    if not unit.text.rstrip().endswith(":") or unit.kind == "footnote" or unit.text.count(":") > 1:
        return None
    last = paper.sentences(unit)[-1]
    if amount.start < last.start or len(unit.text) - amount.end > _REACH or any(a.start > amount.start for a in _counts(paper, unit)):
        return None
    partial, says = paper.words_of("check_numbers", "partial"), paper.words_of("check_numbers", "says")
    if (partial and partial.search(last.text)) or (says and says.search(unit.text, amount.end)):
        return None
    passages = paper.record.passages
    first = passages[unit.index + 1] if 0 <= unit.index < len(passages) - 1 else None
    if first is None or first.kind != "item":
        return None
    if (begin := _number(first.marker)) is not None:
        return _numbered(paper, unit.index + 1, begin)
    n = 0
    for p in passages[unit.index + 1 :]:
        if p.kind != "item" or p.level < first.level or (p.level == first.level and bool(p.marker) != bool(first.marker)):
            break
        n += p.level == first.level
    return (n, n) if n > 1 else None


def _numbered(paper: Paper, at: int, begin: int) -> tuple[int, int] | None:
    """The items of a list with numbers, paragraphs between them allowed; a number that is not 1 at its beginning tells nothing."""
    wanted, since = begin, 0
    for p in paper.record.passages[at:]:
        number = _number(p.marker)
        if since > _BETWEEN or (p.kind == "heading" and p.level < _DEEP):
            break
        if number == wanted:
            wanted, since = wanted + 1, 0
        else:
            since += 1
    n = wanted - 1
    return (n, n) if begin == 1 and n > 1 else None


_BETWEEN = 12
_DEEP = 5
"""Level from which a heading may stand within a list (that of a table, say)."""


def _number(marker: str) -> int | None:
    digits = marker.strip("().[] ")
    return int(digits) if digits.isdigit() and len(digits) < 3 else None
