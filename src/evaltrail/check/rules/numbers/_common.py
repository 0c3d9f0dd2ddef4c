"""What rules on numbers share: quantities of a unit with offsets in its text, and how messages print numbers."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from evaltrail.check.once import once
from evaltrail.check.wording import Said, say
from evaltrail.text.numbers import decimal_mark, number_words, numeral
from evaltrail.text.quantities import Amount, amounts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from evaltrail.check.paper import Paper
    from evaltrail.check.unit import Unit
    from evaltrail.record import Cell, Passage, Quantity

_DECIMAL = re.compile(r"\d[.,]\d")
_ENOUGH = 300
"""Units with decimals or groups of figures that tell a paper's custom."""
CLOSED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


@once
def quantities(paper: Paper, unit: Unit) -> list[Amount]:
    """The quantities of a unit with offsets in its text; worked out once."""
    return amounts(unit.text, paper.language, decimal=mark(paper))


def followed_by(paper: Paper, marks: str, within: int, counts: Callable[[Quantity], bool] | None = None) -> frozenset[int]:
    """The ids of the units with a number of the ledger that one of the marks follows on its page within so many characters.

    With ``counts`` only numbers for which it holds. Rules look only at these units: finding the quantities of a unit again,
    with offsets in its text, takes time.
    """
    found: set[int] = set()
    for q in paper.record.quantities:
        if not q.places or (counts and not counts(q)):
            continue
        place = q.places[-1]
        behind = paper.record.pages[place.page - 1].text[place.end : place.end + within]
        if any(c in behind for c in marks):
            unit = paper.unit_at(q.places[0])
            if unit is not None:
                found.add(id(unit))
    return frozenset(found) | _not_in_ledger(paper)


def units_with(paper: Paper, counts: Callable[[Quantity], bool]) -> tuple[Unit, ...]:
    """The units of the running text with a number of the ledger for which ``counts`` holds, in reading order."""
    found = having(paper, counts)
    return tuple(u for u in paper.running if id(u) in found)


def having(paper: Paper, counts: Callable[[Quantity], bool]) -> frozenset[int]:
    """The ids of the units with a number of the ledger for which ``counts`` holds, and of those of which the ledger has nothing."""
    found = {id(u) for q in paper.record.quantities if q.places and counts(q) and (u := paper.unit_at(q.places[0])) is not None}
    return frozenset(found) | _not_in_ledger(paper)


def _not_in_ledger(paper: Paper) -> frozenset[int]:
    """The ids of units of which the ledger has nothing: it has nothing of lists of sources, and some only looked like one."""
    passages = paper.record.passages
    like_one = {i for i, p in enumerate(passages) if "references" in p.within}
    return frozenset(id(u) for u in paper.units if u.index in like_one and "references" not in u.within) if like_one else frozenset()


@once
def mark(paper: Paper) -> str:
    """The paper's decimal mark."""
    return decimal_mark([u.text for u in paper.with_figures if _DECIMAL.search(u.text)][:_ENOUGH], paper.language)


def printed(value: float) -> Said:
    """A number as messages print it: "63", "1,250", "4.5", small whole numbers in words."""
    return say("{value:words}", value=value)


def where(unit: Unit) -> Said:
    """How a message names a place: "footnote 4", "paragraph 12", "page 3", "the text"."""
    if unit.kind == "footnote":
        return say("footnote {number}", number=unit.marker) if unit.marker else say("a footnote")
    if unit.kind == "paragraph" and unit.number and not unit.number.startswith("fn"):
        return say("paragraph {number}", number=unit.number)
    name = _PLACES.get(unit.kind, _THE_TEXT)
    return say("{place} on page {page}", place=name, page=unit.page) if unit.page > 1 else name


_PLACES = {"cell": say("a table"), "heading": say("the heading"), "title": say("the title"), "caption": say("the caption")}
_THE_TEXT = say("the text")


def outside_brackets(text: str) -> str:
    """The text with what stands in brackets made blank, so that offsets stay; brackets in brackets go too."""
    for _ in range(3):
        blank = CLOSED.sub(lambda m: " " * len(m[0]), text)
        if blank == text:
            break
        text = blank
    return text


@cache
def number_pattern(language: str) -> str:
    """A regular expression, without groups, of a whole number in figures or in words."""
    return rf"(?<![\w.,/$€£])(?:\d{{1,3}}(?:[ ,.\u00a0\u202f]\d{{3}})+(?!\d)|\d+|{number_words(language).pattern})(?![\w/]|[.,]\d)"


def worth(paper: Paper, words: str) -> float | None:
    """The value of a number in figures or in words; None where it is none."""
    if words[:1].isdigit():
        return numeral(words, mark(paper))
    value, end = number_words(paper.language).value(words)
    return value if end == len(words) else None


def alternatives(words: tuple[str, ...]) -> str:
    """A regular expression, without groups, of one of the words as a whole; ``*`` stands for any ending, a space for white space."""
    parts = (re.escape(w).replace(r"\*", r"\w*").replace(r"\ ", r"\s+").replace("'", "['’]") for w in sorted(words, key=len, reverse=True))
    return rf"(?<!\w)(?:{'|'.join(parts) or r'(?!)'})(?:(?!\w)|(?<=['’]))"


def hundreds(paper: Paper, passage: Passage) -> Iterator[tuple[list[Cell], Cell]]:
    """Columns of shares of a table with a total of 100 in the last row: the cells above the total, and the total."""
    names = paper.words_of("check_numbers", "totals")
    last = max((c.row for c in passage.cells), default=0)
    head = max(passage.header_rows, 1)
    labels = [c for c in passage.cells if c.row == last and c.column == 0]
    if names is None or last <= head or not labels or not names.fullmatch(labels[0].text.strip(" :.*")):
        return
    for total in passage.cells:
        if total.row != last or not _HUNDRED.fullmatch(total.text.strip()):
            continue
        column = [c for c in passage.cells if c.column == total.column and c.row < last]
        if any(_SHARE.search(c.text) for c in [*column, total]):
            yield [c for c in column if c.row >= head], total


_HUNDRED = re.compile(r"100(?:[.,]0+)?\s?%?")
_SHARE = re.compile(r"%|per\s?cent|pour\s?cent|por\s?cien|porcent|\bshare|\bpart\b", re.IGNORECASE)
