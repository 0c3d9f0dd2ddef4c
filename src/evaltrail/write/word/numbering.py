"""Numbers and list markers as Word counts them (ECMA-376 part 1, 17.9).

Each printed marker is laid on a level of a list that would print just that; where the count would be another, the list
begins anew there (``startOverride``). A marker that no list prints stays text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from evaltrail.write.model import Heading, Item, Paragraph
from evaltrail.write.word.looks import BODY_SIZE, HANG, STEP, heading_look
from evaltrail.write.word.xml import part, w

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from evaltrail.write.model import Block

Stream = Literal["heading", "paragraph", "item"]

_MOST_HANG = 1701
_SAFE = 1.05
"""Other programs set the same face a little wider."""
_LEVELS = 9
_COUNTED = re.compile(r"(?P<before>.*?)(?P<last>\d{1,5}|[A-Za-z]{1,8})(?P<after>\W{0,3})", re.DOTALL)
_BULLET = re.compile(r"[^\w\s%]")
_ROMAN = re.compile(r"(?=.)m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_SYMBOLS = {
    0xF02D: "–",
    0xF06E: "■",
    0xF071: "❑",
    0xF076: "❖",
    0xF0A7: "▪",
    0xF0A8: "◻",
    0xF0B7: "•",
    0xF0D8: "➢",
    0xF0DC: "➲",
    0xF0E0: "→",
    0xF0FC: "✔",
}
"""What the symbol fonts Symbol and Wingdings show as bullets where papers have them by the fonts' own codes; any other is '•'."""
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_LISTS = {
    "ListBullet": (("bullet", "•"), ("bullet", "–"), ("bullet", "▪"), ("bullet", "•"), ("bullet", "–")),
    "ListNumber": (("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)"), ("decimal", "%4."), ("lowerLetter", "(%5)")),
}
"""What Word's list styles print by themselves: form and text of each of their levels."""
_LONGEST = 24
"""Characters of a marker above which it is words and no number."""


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list prints: ``form`` is Word's (ST_NumberFormat), ``text`` has %1 to %9 for the numbers."""

    form: str
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to take a marker: what prints it, and at which count (None: a bullet)."""

    level: Level
    count: int | None
    above: tuple[int, ...] = ()
    """Counts that the levels above must have."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a paragraph stands in the lists."""

    num: int
    level: int


@dataclass(slots=True)
class _List:
    """An abstract list: its levels and how far it has counted."""

    id: int
    num: int
    """The ``w:num`` that counts now."""
    first: int = 0
    """The first one."""
    levels: dict[int, Level] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)
    markers: dict[int, set[str]] = field(default_factory=dict)
    """Printed markers of each level."""
    styles: dict[int, str] = field(default_factory=dict)
    """Paragraph styles whose paragraphs are numbered by a level, also those that an editor adds."""

    def fits(self, at: int, reading: Reading) -> bool:
        """Whether the list, going on, prints the reading at the level."""
        if self.levels.get(at) != reading.level:
            return False
        return reading.count is None or (self._above(at, reading) and reading.count == self.counts.get(at, 0) + 1)

    def takes(self, at: int, reading: Reading) -> bool:
        """Whether the level is free, and would begin with the reading."""
        # A deeper item that came first has used up the level's one (17.9.10).
        return at not in self.levels and at not in self.counts and self._above(at, reading) and reading.count in {None, 1}

    def _above(self, at: int, reading: Reading) -> bool:
        """Whether the levels above stand at the numbers that the reading has before its own."""
        if not reading.above:
            return True
        digits = all(n in self.levels and self.levels[n].form == "decimal" for n in range(at))
        return digits and tuple(self.counts.get(n, 0) for n in range(at)) == reading.above

    def count(self, at: int, value: int | None) -> None:
        self.counts[at] = value or 1
        for n in range(at):
            self.counts.setdefault(n, 1)
        for n in [n for n in self.counts if n > at]:
            del self.counts[n]


@dataclass(slots=True)
class Numbering:
    """The lists of a paper."""

    streams: dict[Stream, list[_List]] = field(default_factory=lambda: {"heading": [], "paragraph": [], "item": []})
    nums: list[tuple[int, int, int | None]] = field(default_factory=list)
    """Of each ``w:num``: its abstract list, the level that begins anew, and at which count (None: none does)."""
    lists: int = 0

    def place(self, stream: Stream, at: int, marker: str) -> Placed | None:
        """Count one paragraph whose marker is printed; None where it is to stand as text. Ask in reading order."""
        at = min(at, _LEVELS - 1)
        lists = self.streams[stream]
        readings = list(_readings(marker, at))
        for reading in readings:
            for found in reversed(lists):
                if found.fits(at, reading):
                    return self._placed(found, at, reading, marker)
        for reading in readings:
            if lists and lists[-1].takes(at, reading):
                lists[-1].levels[at] = reading.level
                return self._placed(lists[-1], at, reading, marker)
        for reading in readings:
            if not reading.above:
                return self._anew(lists, at, reading, marker)
        return None

    def _anew(self, lists: list[_List], at: int, reading: Reading, marker: str) -> Placed:
        """Begin a list again at another count, or one more list."""
        found = next((x for x in reversed(lists) if x.levels.get(at) == reading.level), None)
        if found is None:
            self.lists += 1
            num = self._num(self.lists, at, reading.count if reading.count != 1 else None)
            found = _List(self.lists, num, num, {at: reading.level})
            lists.append(found)
        else:
            found.num = self._num(found.id, at, reading.count)
        return self._placed(found, at, reading, marker)

    def _num(self, abstract: int, at: int, start: int | None) -> int:
        self.nums.append((abstract, at, start))
        return len(self.nums)

    @staticmethod
    def _placed(found: _List, at: int, reading: Reading, marker: str) -> Placed:
        found.markers.setdefault(at, set()).add(marker)
        found.count(at, reading.count)
        return Placed(found.num, at)

    def tie(self, blocks: Sequence[Block], places: Sequence[Placed | None]) -> None:
        """Tie styles to lists, so that a paragraph that is added in one of them is numbered too.

        Numbered paragraphs to their first list, the headings of a level to theirs where all are numbered by it, Word's list
        styles to lists of their own.
        """
        for found in self.streams["paragraph"][:1]:
            found.styles[0] = "NumberedParagraph"
        of: dict[int, set[int | None]] = {}
        for b, placed in zip(blocks, places, strict=True):
            if isinstance(b, Heading) and b.listed and 0 < b.level <= _LEVELS:
                of.setdefault(b.level, set()).add(self.nums[placed.num - 1][0] if placed else None)
        for found in self.streams["heading"]:
            found.styles.update({n - 1: f"Heading{n}" for n, lists in of.items() if lists == {found.id}})
        for name, forms in _LISTS.items():
            self.lists += 1
            num = self._num(self.lists, 0, None)
            levels = {n: Level(form, words) for n, (form, words) in enumerate(forms)}
            styles = {n: f"{name}{n + 1 if n else ''}" for n in levels}
            self.streams["item"].append(_List(self.lists, num, num, levels, styles=styles))

    def tied(self) -> dict[str, Placed]:
        """The first number's list and level of each style that is tied to one."""
        return {style: Placed(x.first, n) for lists in self.streams.values() for x in lists for n, style in x.styles.items()}

    def xml(self) -> bytes:
        """The part ``numbering.xml``."""
        abstract = sorted(((x.id, stream, x) for stream, lists in self.streams.items() for x in lists), key=lambda found: found[0])
        return part(
            "numbering", *(_abstract(x, stream) for _, stream, x in abstract), *(_num(n, *num) for n, num in enumerate(self.nums, 1))
        )


def place(blocks: Sequence[Block]) -> tuple[Numbering, list[Placed | None]]:
    """The lists of the blocks, and where each of them stands in them."""
    numbering = Numbering()
    places = [_place(numbering, b) for b in blocks]
    numbering.tie(blocks, places)
    return numbering, places


def _place(numbering: Numbering, block: Block) -> Placed | None:
    match block:
        case Heading(marker=marker, level=level) if marker:
            return numbering.place("heading", max(level, 1) - 1, marker)
        case Paragraph(marker=marker) if marker:
            return numbering.place("paragraph", 0, marker)
        case Item(marker=marker, level=level) if marker:
            return numbering.place("item", max(level, 1) - 1, marker)
        case _:
            return None


def _readings(marker: str, at: int) -> Iterator[Reading]:
    """The ways to take a marker, the likeliest first."""
    marker = _PRIVATE.sub(lambda found: _SYMBOLS.get(ord(found.group()), "•"), marker)
    if _BULLET.fullmatch(marker):
        yield Reading(Level("bullet", marker), None)
        return
    found = _COUNTED.fullmatch(marker) if len(marker) <= _LONGEST and "%" not in marker and marker.isprintable() else None
    if found is None:
        return
    before, last, after = found["before"], found["last"], found["after"]
    above = [int(n) for n in before.split(".")[:-1] if n.isascii() and n.isdigit()]
    if last.isdigit() and before and len(above) == at and before == "".join(f"{n}." for n in above):
        places = ".".join(f"%{n + 1}" for n in range(at + 1))
        yield Reading(Level("decimal", places + after), int(last), tuple(above))
    if before[-1:].isdigit() or (before[-1:].isalpha() and not last.isdigit()):
        return
    for form, count in _counts(last):
        yield Reading(Level(form, f"{before}%{at + 1}{after}"), count)


def _counts(last: str) -> Iterator[tuple[str, int]]:
    """Forms that print the number or letter, with its count."""
    if not last.isascii():
        return
    if last.isdigit():
        if last == "0" or not last.startswith("0"):
            yield "decimal", int(last)
        elif len(last) == 2:
            yield "decimalZero", int(last)
        return
    if last not in {last.lower(), last.upper()}:
        return
    case, small = ("lower" if last.islower() else "upper"), last.lower()
    forms = []
    if _ROMAN.fullmatch(small):
        forms.append((f"{case}Roman", _roman(small)))
    if small == small[0] * len(small):
        # Word goes on from z with aa, bb.
        forms.append((f"{case}Letter", ord(small[0]) - 96 + 26 * (len(small) - 1)))
    # A list may well begin with i., hardly with v., c. or d. as Roman numbers.
    yield from sorted(forms, key=lambda found: found[0].endswith("Roman") and len(small) == 1 and small != "i")


def _roman(small: str) -> int:
    values = [_DIGITS[c] for c in small]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def _abstract(found: _List, stream: Stream) -> str:
    """``w:abstractNum`` with all its nine levels, those not used as bullets of the same depth."""
    levels = [_level(n, found, stream) for n in range(_LEVELS)]
    return w("abstractNum", w("multiLevelType", val="multilevel"), *levels, abstractNumId=found.id)


def _level(n: int, found: _List, stream: Stream) -> str:
    level = found.levels.get(n) or Level("none", "")
    hang = hanging(stream, n, found.markers.get(n, ()))
    return w(
        "lvl",
        w("start", val=1),
        w("numFmt", val=level.form),
        w("pStyle", val=found.styles[n]) if n in found.styles else "",
        w("suff", val="tab"),
        w("lvlText", val=level.text),
        w("lvlJc", val="left"),
        w("pPr", w("ind", left=hang + (STEP * n if stream == "item" else 0), hanging=hang)),
        ilvl=n,
    )


def hanging(stream: Stream, level: int, markers: Iterable[str]) -> int:
    """Twips that the markers hang before the words: room for the widest of them."""
    from evaltrail.write.charts._face import width

    size, bold = (heading_look(level + 1)[0], True) if stream == "heading" else (BODY_SIZE, False)
    face: Literal["sans", "serif"] = "sans" if stream == "heading" else "serif"
    widest = max((width(m, size, bold=bold, face=face) for m in markers), default=0.0)
    return min(_MOST_HANG, max(STEP if stream == "item" else HANG, round(widest * _SAFE * 20) + 120))


def _num(n: int, abstract: int, at: int, start: int | None) -> str:
    anew = w("lvlOverride", w("startOverride", val=start), ilvl=at) if start is not None else ""
    return w("num", w("abstractNumId", val=abstract), anew, numId=n)
