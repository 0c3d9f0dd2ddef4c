"""A paper while it is composed: its blocks, the numbers of its paragraphs, and where each stands.

Numbered paragraphs run through the whole paper.  Where the record has numbered paragraphs of its own, theirs are the
numbers: a paragraph that holds the words of a statement is that statement's, and one that holds none is printed between
the others where its number comes.  Where it has none they are counted from 1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evaltrail.write.model import Heading, Item, Paragraph, Run, Table, plain, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from evaltrail.record import Paragraph as Numbered
    from evaltrail.record import Place, Record
    from evaltrail.write.house import House
    from evaltrail.write.model import Block, Words
    from evaltrail.write.wording import Wording

_ITEM = re.compile(
    r"(?P<marker>[•●▪■○‣◦–—-]|\((?:[a-zA-Z]|[ivx]{1,5}|\d{1,2})\)|(?:[a-zA-Z]|[ivx]{1,5}|\d{1,2})[.)]|\d{1,2}(?:\.\d{1,2}){1,2}[.)]?)\s+(?=\S)"
)
_INNER = re.compile(r"\(?[ivx]{2,5}[.)]|[–—○◦]")


@dataclass(slots=True)
class Sheet:
    """What is being composed."""

    record: Record
    words: Wording
    house: House
    numbered: bool = False
    """Whether the paper numbers its paragraphs."""
    blocks: list[Block] = field(default_factory=list)
    stands: dict[tuple[str, str], str] = field(default_factory=dict)
    """ids of an evaluation and of its recommendation -> number of the paragraph in which that stands."""
    _free: list[Numbered] = field(default_factory=list)
    _own: dict[str, list[str]] = field(default_factory=dict)
    _before: dict[str, str] = field(default_factory=dict)
    """Words of a statement -> the label that its paragraph has in front of them, with its mark."""
    _next: int = 1

    def __post_init__(self) -> None:
        """Tell the record's paragraphs apart: those of statements, and those that stand by themselves."""
        if not self.numbered:
            return
        lines = set(_lines_of(self.record))
        for p in self.record.paragraphs:
            held = next((line for line in (p.text, *_inside(p.text, lines)) if line in lines), None)
            if held is None:
                self._free.append(p)
            else:
                self._own.setdefault(held, []).append(p.number)
                self._before[held] = p.text[: len(p.text) - len(held)]

    def number_of(self, line: str) -> str:
        """The number that a paragraph with these words gets; empty where it gets none."""
        if not self.numbered:
            return ""
        if self.record.paragraphs:
            have = self._own.get(line)
            return have.pop(0) if have else ""
        self._next += 1
        return str(self._next - 1)

    def next_at_least(self, number: int) -> None:
        """Go on counting at a number, unless the count is further already."""
        self._next = max(self._next, number)

    @property
    def next(self) -> str:
        """The number that the next paragraph gets where they are counted."""
        last = [int(p.number) for p in self.record.paragraphs if p.number.isdigit()]
        return str(max(last, default=0) + 1) if last else str(self._next)

    def first_number(self, lines: Iterable[str]) -> int | None:
        """The lowest number that the record gives a paragraph with one of these words."""
        found = [int(n) for line in lines for n in self._own.get(line, ()) if n.isdigit()]
        return min(found, default=None)

    def between(self, before: int | None, places: Sequence[Place] = ()) -> None:
        """Print the paragraphs without a statement that come before what stands at a place or, where places are unknown, has a number."""
        for p in list(self._free):
            if places and p.places:
                earlier = _at(p.places) < _at(places)
            else:
                earlier = before is not None and p.number.isdigit() and int(p.number) < before
            if earlier:
                self._free.remove(p)
                self.blocks.append(Paragraph(text(p.text), marker=f"{p.number}.", anchor=f"p{p.number}"))

    def section(self, words: str, level: int, before: int | None, places: Sequence[Place] = ()) -> None:
        """Print the paragraphs that come before a section, and its heading; one that announces what follows stands under it."""
        at = len(self.blocks)
        self.between(before, places)
        last = self.blocks[-1] if len(self.blocks) > at else None
        announces = isinstance(last, Paragraph) and plain(last.words).rstrip().endswith(":")
        self.blocks.insert(len(self.blocks) - announces, Heading(text(words), level=level))

    def close(self, before: int | None) -> None:
        """Print what is left of the paragraphs without a statement, up to a number or all, so that they go on with nothing before them."""
        left = [p for p in self._free if before is None or (p.number.isdigit() and int(p.number) < before)]
        if left and not (self.blocks and isinstance(self.blocks[-1], Table)):
            self.heading(self.words("headings.further"), 1)
        for p in left:
            self._free.remove(p)
            self.blocks.append(Paragraph(text(p.text), marker=f"{p.number}.", anchor=f"p{p.number}"))

    def heading(self, words: str, level: int, *, listed: bool = True) -> None:
        """A heading."""
        self.blocks.append(Heading(text(words), level=level, listed=listed))

    def say(self, words: Words | str, *, numbered: bool = False) -> str:
        """A paragraph of the paper's own; returns its number."""
        if isinstance(words, str):
            words = text(words)
        number = self.number_of("") if numbered and not self.record.paragraphs else ""
        self.blocks.append(Paragraph(words, marker=f"{number}." if number else "", anchor=f"p{number}" if number else None))
        return number

    def state(self, words: str, *, lead: Words = (), key: tuple[str, str] | None = None, numbered: bool = True) -> list[Block]:
        """A statement's words as blocks: its first line a paragraph (behind ``lead``), further lines paragraphs or items."""
        out: list[Block] = []
        for n, line in enumerate(words.split("\n")):
            m = _ITEM.match(line) if n else None
            if m is not None:
                level = 2 if _INNER.match(m["marker"]) and any(isinstance(b, Item) for b in out) else 1
                out.append(Item(text(line[m.end() :]), marker=m["marker"], level=level))
                continue
            number = self.number_of(line) if numbered and (n == 0 or self.record.paragraphs) else ""
            if number and n == 0 and key is not None:
                self.stands[key] = number
            marker, anchor = (f"{number}.", f"p{number}") if number else ("", None)
            if n == 0 and lead and number and self._before.get(line):
                lead = as_label(self._before[line])
            out.append(Paragraph((*lead, *text(line)) if n == 0 else text(line), marker=marker, anchor=anchor))
        return out


def labelled(label: str, words: Wording) -> Words:
    """A label in bold in front of what it labels."""
    return as_label(label + words("marks.colon"))


def as_label(printed: str) -> Words:
    """Words in bold, the space behind them plain."""
    own = printed.rstrip()
    return (Run(own, bold=True), Run(printed[len(own) :] or " "))


def _lines_of(record: Record) -> Iterable[str]:
    for e in record.evaluations:
        for s in e.statements:
            yield from s.text.split("\n")
        for o in e.overall_responses:
            yield from o.text.split("\n")
    for d in record.decisions:
        yield d.text


def _inside(words: str, lines: set[str]) -> Iterable[str]:
    """What a paragraph says behind a label: "Lesson learned 1. A committee that …"."""
    for m in re.finditer(r"[.:–—-]\s+", words[:80]):
        if words[m.end() :] in lines:
            yield words[m.end() :]


def _at(places: Sequence[Place]) -> tuple[int, int]:
    return places[0].page, places[0].start
