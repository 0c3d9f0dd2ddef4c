"""Numbering: list markers and paragraph numbers as Word prints them (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaltrail.read.markup.lists import letters, roman
from evaltrail.read.word.package import W, number, on, val
from evaltrail.read.word.styles import paragraph_look

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from evaltrail.read.word.styles import Style, Styles

# fmt: off
_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
_TENS = ("zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
# fmt: on
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
_LAST_LETTER = 780
"""Where Word's letters end: thirty z."""
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list."""

    start: int = 1
    form: str = "decimal"
    text: str = "%1."
    restart: int | None = None
    """The level (from 1) whose use restarts this one; 0 never, None any level above."""
    legal: bool = False
    """All numbers in it are printed as digits."""
    style: str | None = None
    """Id of the paragraph style tied to the level."""
    indent: float | None = None


@dataclass(frozen=True, slots=True)
class Numbered:
    """What Word prints before a paragraph."""

    marker: str
    level: int
    """From 0."""
    form: str
    indent: float | None


class Numbering:
    """The lists of a document and how far each has counted. Paragraphs must be asked about in reading order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        """Read ``numbering.xml``."""
        self._styles = styles
        self._abstract: dict[int, Element] = {}
        self._levels: dict[int, dict[int, Level]] = {}
        self._nums: dict[int, Element] = {}
        self._counted: dict[int, dict[int, int]] = {}
        self._overridden: set[tuple[int, int]] = set()
        if root is not None:
            for el in root.iterfind(f"{W}abstractNum"):
                self._abstract[number(val(el, "abstractNumId")) or 0] = el
            for el in root.iterfind(f"{W}num"):
                self._nums[number(val(el, "numId")) or 0] = el

    def next(self, key: int, level: int | None, style: Style) -> Numbered | None:
        """Count one paragraph of the list ``key``; its marker, None where it has no number.

        ``level`` is the paragraph's own or None, where the level tied to its style counts.
        """
        num = self._nums.get(key)
        if num is None:
            return None
        abstract = number(val(num.find(f"{W}abstractNumId"))) or 0
        abstract = self._linked(abstract)
        levels = self._levels_of(key, abstract)
        if level is None:
            tied = {s.style: n for n, s in levels.items() if s.style}
            level = next((tied[s] for s in style.chain if s in tied), style.paragraph.level or 0)
        now = levels.get(level)
        if now is None:
            return None
        counts = self._counted.setdefault(abstract, {})
        self._count(key, num, level, levels, counts)
        return Numbered(_printed(levels, level, counts), level, now.form, now.indent)

    def _count(self, key: int, num: Element, level: int, levels: dict[int, Level], counts: dict[int, int]) -> None:
        override = _start_override(num, level)
        if override is not None and (key, level) not in self._overridden:
            counts[level] = override
        elif level in counts:
            counts[level] += 1
        else:
            counts[level] = levels[level].start
        self._overridden.add((key, level))
        for above in range(level):
            # "1.1" before any "1." uses up the 1: the next one above is 2.
            if above in levels:
                counts.setdefault(above, levels[above].start)
        for below in [n for n in counts if n > level]:
            restart = levels[below].restart if below in levels else None
            if restart is None or (restart and level < restart):
                del counts[below]

    def _linked(self, abstract: int, depth: int = 0) -> int:
        """The list that holds the levels, where this one only names a numbering style (17.9.21)."""
        el = self._abstract.get(abstract)
        name = val(el.find(f"{W}numStyleLink")) if el is not None else None
        if name is None or depth > 5:
            return abstract
        target = self._styles.get(name, "numbering").paragraph.number
        num = self._nums.get(target) if target is not None else None
        if num is None:
            return abstract
        return self._linked(number(val(num.find(f"{W}abstractNumId"))) or 0, depth + 1)

    def _levels_of(self, key: int, abstract: int) -> dict[int, Level]:
        if key not in self._levels:
            el = self._abstract.get(abstract)
            levels = {number(val(x, "ilvl")) or 0: _level(x) for x in (el.iterfind(f"{W}lvl") if el is not None else ())}
            for over in self._nums[key].iterfind(f"{W}lvlOverride"):
                n = number(val(over, "ilvl")) or 0
                own = over.find(f"{W}lvl")
                if own is not None:
                    levels[n] = _level(own)
            self._levels[key] = levels
        return self._levels[key]


def _start_override(num: Element, level: int) -> int | None:
    for over in num.iterfind(f"{W}lvlOverride"):
        if (number(val(over, "ilvl")) or 0) == level:
            return number(val(over.find(f"{W}startOverride")))
    return None


def _level(el: Element) -> Level:
    start = number(val(el.find(f"{W}start")))
    form = el.find(f"{W}numFmt")
    return Level(
        start if start is not None else 0,
        val(form) or "decimal",
        val(el.find(f"{W}lvlText")) or "",
        number(val(el.find(f"{W}lvlRestart"))),
        bool(on(el.find(f"{W}isLgl"))),
        val(el.find(f"{W}pStyle")),
        paragraph_look(el.find(f"{W}pPr")).indent,
    )


def _printed(levels: dict[int, Level], level: int, counts: dict[int, int]) -> str:
    now = levels[level]
    if now.form == "bullet":
        # Symbol fonts put their bullets into the private use area.
        return "•" if not now.text or "\ue000" <= now.text[0] <= "\uf8ff" else now.text.strip()
    if now.form == "none":
        return _PLACE.sub("", now.text).strip()

    def place(found: re.Match[str]) -> str:
        n = int(found.group(1)) - 1
        source = levels.get(n)
        if source is None or n > level:
            return ""
        form = "decimal" if now.legal and source.form not in {"none", "decimalZero"} else source.form
        return counted(counts.get(n, source.start), form)

    return _PLACE.sub(place, now.text).strip()


def counted(value: int, form: str) -> str:
    """A number in one of Word's forms (ST_NumberFormat); digits for those that are not known."""
    match form:
        case "lowerRoman":
            return roman(value)
        case "upperRoman":
            return roman(value).upper()
        case "lowerLetter" | "upperLetter":
            # Word goes on with aa, bb, cc where HTML has aa, ab, ac.
            text = letters((value - 1) % 26 + 1) * ((value - 1) // 26 + 1) if 0 < value <= _LAST_LETTER else str(value)
            return text.upper() if form == "upperLetter" else text
        case "decimalZero":
            return f"{value:02d}"
        case "ordinal":
            return f"{value}{_ordinal_end(value)}"
        case "cardinalText":
            return _cardinal(value).capitalize()
        case "ordinalText":
            return _ordinal_word(value).capitalize()
        case "none" | "bullet":
            return ""
        case "chicago":
            return "*†‡§"[(value - 1) % 4] * ((value - 1) // 4 + 1) if 0 < value <= _LAST_LETTER else ""
        case _:
            return str(value)


def _ordinal_end(value: int) -> str:
    return "th" if value % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")


def _cardinal(value: int) -> str:
    if not 0 <= value < 100:
        return str(value)
    if value < 20:
        return _ONES[value]
    tens, ones = divmod(value, 10)
    return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")


def _ordinal_word(value: int) -> str:
    words = _cardinal(value)
    head, dash, last = words.rpartition("-")
    if last in _ORDINALS:
        last = _ORDINALS[last]
    elif last.endswith("y"):
        last = last[:-1] + "ieth"
    elif last.isalpha():
        last += "th"
    else:
        last += _ordinal_end(value)
    return head + dash + last
