"""Legends: which words a paper puts to the numbers of its rating scale.

``6 = Highly satisfactory  5 = Satisfactory …`` in any of the usual forms, a table of numbers and words, or only
the ends of the scale ("from 1 (very unsatisfactory) to 6", "a scale of one to five (1=Poor, 5=Excellent)").
The words are taken as they stand, misspelt or not: it is the paper that says what its 3 means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from evaltrail.read.recognise.rating_words import either, minimal, near, plain, words_at
from evaltrail.read.recognise.words import fold
from evaltrail.text import packs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.read.outline import Block, Table

TOPS = (3, 4, 5, 6, 7, 10)
_ITEM = re.compile(r"(?<![\w.,/-])(\d{1,2})\s*(?:=|:|-|\.|\)|>|->)\s*(?=[\"'(]?[^\W\d_])")
_BEHIND = re.compile(r"\(\s*(\d{1,2})\s*\)|=\s*(\d{1,2})\b")
_LEVEL = re.compile(r"(\d{1,2})\s*[=:.)-]\s*([^\W\d_][^\d=]{2,44})")
_CODE = re.compile(r"\s*\(([A-Z]{1,3})\)")
_RUN = re.compile(r"(?<![\w.])([01](?:\s+\d{1,2}){2,9})(?=\s+[^\W\d_])")
_WORDS = re.compile(r"[\"'(]?([^\W\d_][^;,|\n()=:\d]{2,44})")
_MOST_WORDS = 6
_RANKS = {level: n for n, level in enumerate(("lowest", "low", "lower", "upper", "high", "highest"))}
"""Levels of the language packs' scales from the lowest: a legend goes up or down, one step like another."""
_MOST_CELLS = 60
_MOST_LINES = 12
_SMALL = 1500
"""Characters of a table that may be a legend as a whole."""


@dataclass(frozen=True, slots=True)
class Legend:
    """A scale as a paper prints it."""

    low: int
    high: int
    words: dict[int, str] = field(default_factory=dict)
    """Number -> the words as printed."""
    index: int = 0
    """Block that holds it."""
    codes: dict[str, int] = field(default_factory=dict)
    """Code in capitals -> its number, where the legend has codes: "6: Highly satisfactory (HS)"."""

    def printed(self) -> str:
        """The scale as "1-6", and behind it the words from the lowest to the highest where they are known."""
        ends = f"{self.low}-{self.high}"
        return f"{ends}: " + "; ".join(f"{n} = {self.words[n]}" for n in sorted(self.words)) if self.words else ends

    def number_of(self, words: str, code: str = "") -> int | None:
        """The number whose words or code these are, in the same words or, failing that, naming the same level of the same scale."""
        if code in self.codes:
            return self.codes[code]
        if not words:
            return None
        wanted = fold(words)
        for n, w in self.words.items():
            if fold(w) == wanted:
                return n
        level = near(wanted)
        hits = [n for n, w in self.words.items() if level is not None and near(w) == level]
        return hits[0] if len(hits) == 1 else None


@cache
def _range() -> re.Pattern[str]:
    """The ends of a scale: "1 to 6", "1-6", "from 1 (highly unsatisfactory) to 6"."""
    small = _small_numbers()
    number = r"(\d{1,2}|" + either(small) + ")"
    to = either(w for code in packs.languages() for w in packs.pack(code, "ratings").get("scale", {}).get("to", ()))
    return re.compile(
        rf"(?<![\w.,/-]){number}(\s*[(=:]\s*[^()=;,]{{3,40}}\)?)?,?\s*(?:-|{to}(?!\w))\s*{number}(?![\w%/]|[.,]\d)(\s*[(=:]\s*[^()=;,]{{3,40}}\)?)?"
    )


@cache
def _small_numbers() -> dict[str, int]:
    return {
        fold(w): n for code in packs.languages() for n, w in enumerate(packs.pack(code, "ratings").get("scale", {}).get("numbers", ()), 1)
    }


@cache
def _scale() -> re.Pattern[str]:
    return re.compile(
        r"(?<!\w)"
        + either(fold(w) for code in packs.languages() for w in packs.pack(code, "ratings").get("scale", {}).get("words", ()))
        + r"(?!\w)"
    )


def legends(blocks: Sequence[Block]) -> list[Legend]:
    """The legends in the blocks, in order. A legend may go over a few short blocks, one level or several in each."""
    out: list[Legend] = []
    run: dict[int, str] = {}
    for i, b in enumerate(blocks):
        if b.table is not None:
            found = None
            out.extend(table_legends(b.table, i))
        elif not 2 < len(b.text) < 4000:
            found = None
        else:
            found = legend_of(b.text, i) if _may_tell(b.text) else None
        part = _part(b) if b.table is None and len(b.text) < 200 else {}
        if part and not set(part) & set(run):
            run.update(part)
            continue
        _close(out, run, i - 1)
        run = part
        if found is not None and not part:
            out.append(found)
    _close(out, run, len(blocks) - 1)
    return out


def _close(out: list[Legend], run: dict[int, str], index: int) -> None:
    made = _made(run, index)
    if made is not None:
        out.append(made)


def _part(b: Block) -> dict[int, str]:
    """Levels of a scale in a short block that holds nothing else: "6 = Highly satisfactory  5 = Satisfactory"."""
    text = f"{b.marker.text} {b.text}".strip()
    if not text[:1].isdigit():
        return {}
    found: dict[int, str] = {}
    rest = plain(text)
    for m in _LEVEL.finditer(rest):
        words = text[m.start(2) : m.end(2)].strip(" .;,")
        if not near(words):
            return {}
        found.setdefault(int(m[1]), words)
    return found if found and not _LEVEL.sub("", rest).strip(" .;,") else {}


def _may_tell(text: str) -> bool:
    """Whether a text has numbers, and signs of a legend or a word for a scale."""
    return any(c in text for c in "123456") and (
        text.count("=") > 1
        or text.count("(") > 2
        or text.count(":") > 2
        or any(w in text.lower() for w in _scale_stems())
        or _RUN.match(text) is not None
    )


@cache
def _scale_stems() -> tuple[str, ...]:
    return minimal(fold(w) for code in packs.languages() for w in packs.pack(code, "ratings").get("scale", {}).get("words", ()))


def legend_of(text: str, index: int = 0) -> Legend | None:
    """The legend that a text holds."""
    if not any(c.isdigit() for c in text) and not _scale().search(plain(text)):
        return None
    return _numbered(text, index) or _in_rows(text, index) or _ends(text, index)


def _numbered(text: str, index: int) -> Legend | None:
    low = plain(text)
    pairs: dict[int, str] = {}
    codes: dict[str, int] = {}
    items = list(_ITEM.finditer(low))
    for k, m in enumerate(items):
        stop = items[k + 1].start() if k + 1 < len(items) else len(text)
        w = _WORDS.match(low, m.end(), stop)
        if w is not None:
            _note(pairs, int(m[1]), text[w.start(1) : w.end(1)])
            code = _CODE.match(text, w.end(1), stop)
            if code is not None:
                codes.setdefault(code[1], int(m[1]))
    made = _made(pairs, index, codes)
    if made is None:
        pairs = {}
        for m in _BEHIND.finditer(low):
            _note(pairs, int(m[1] or m[2]), re.split(r"[,;:.()=\d\n]", text[max(0, m.start() - 45) : m.start()])[-1].strip())
        made = _made(pairs, index)
    return made


def _in_rows(text: str, index: int) -> Legend | None:
    """A table whose rows became a line: "1 2 3 4 5 Poor Fair Good Very good Excellent"."""
    low = plain(text)
    for run in _RUN.finditer(low):
        numbers = [int(n) for n in run[1].split()]
        at, pairs = run.end(), {}
        for n in numbers:
            begin = at + len(low[at:]) - len(low[at:].lstrip())
            at = words_at(low, begin)
            if not at:
                break
            pairs[n] = text[begin:at]
        made = _made(pairs, index) if len(pairs) == len(numbers) else None
        if made is not None:
            return made
    return None


def _note(pairs: dict[int, str], number: int, words: str) -> None:
    words = re.sub(r"^(?:and|et|y|e|or|o|ou)\s+", "", words)
    words = re.split(r"\s[-–—]\s|\s(?:and|et|y|e|or)\s*$|\.\s|\.$", words)[0].strip(" -–—.;:\"'”“(")
    if words and len(words.split()) <= _MOST_WORDS:
        pairs.setdefault(number, words)


def _made(pairs: dict[int, str], index: int, codes: dict[str, int] | None = None) -> Legend | None:
    """A legend, where the numbers follow each other from 0 or 1 and at least half of the words are those of a scale."""
    if len(pairs) < 3:
        return None
    numbers = sorted(pairs)
    if numbers[0] not in (0, 1) or numbers != list(range(numbers[0], numbers[-1] + 1)) or numbers[-1] not in TOPS:
        return None
    known = [level for n in numbers if (level := near(pairs[n])) is not None]
    ranks = [_RANKS[level] for _, level in known if level in _RANKS]
    steps = {b > a for a, b in pairwise(ranks) if a != b}
    if len(known) * 2 < len(pairs) or len({fold(w) for w in pairs.values()}) < len(pairs) or len(steps) > 1:
        return None
    return Legend(numbers[0], numbers[-1], dict(pairs), index, codes or {})


def _ends(text: str, index: int) -> Legend | None:
    """A scale of which only the ends are named."""
    low = plain(text)
    named: dict[int, str] = {}
    for m in re.finditer(r"(?<![\w.])(\d{1,2})\s*(?:=|\()\s*\"?([^\W\d_][^()=;,\d\"]{2,40})", low):
        if near(m[2].strip()):
            named[int(m[1])] = text[m.start(2) : m.end(2)].strip(" \"'”“")
    scales = list(_scale().finditer(low))
    if not scales and len(named) < 2:
        return None
    for m in _range().finditer(low):
        a, b = _number(m[1]), _number(m[3])
        if a is None or b is None:
            continue
        lo, hi = min(a, b), max(a, b)
        close = any(-15 < m.start() - s.end() < 60 or 0 <= s.start() - m.end() < 12 for s in scales)
        if lo in (0, 1) and hi in TOPS and (close or {lo, hi} <= set(named)):
            return Legend(lo, hi, {n: w for n, w in named.items() if lo <= n <= hi}, index)
    if len(named) >= 2 and min(named) in (0, 1) and max(named) in TOPS and scales:
        return Legend(min(named), max(named), named, index)
    return None


def _number(printed: str) -> int | None:
    return int(printed) if printed.isdigit() else _small_numbers().get(printed)


def table_legends(table: Table, index: int = 0) -> list[Legend]:
    """Legends in a small table: numbers in one row or column and words of a scale beside them, or one legend a column."""
    if table.rows * table.columns > _MOST_CELLS or min(table.rows, table.columns) < 1:
        return []
    firsts = [f"{c.blocks[0].marker.text} {c.blocks[0].text}".strip() for c in table.cells if c.blocks]
    if max(table.rows, table.columns) > _MOST_LINES:
        return []
    if sum(1 for t in firsts if t[:1].isdigit()) < 3 and not (sum(map(len, firsts)) < _SMALL and _may_tell(" ".join(firsts))):
        return []
    grid: dict[tuple[int, int], str] = {(c.row, c.column): c.content().text.strip() for c in table.cells}
    for turned in (False, True):
        made = _in_lines(table, grid, index, turned=turned)
        if made is not None:
            return [made]
    out: list[Legend] = []
    for k in range(table.columns):
        column = " ; ".join(grid[r, k] for r in range(table.rows) if grid.get((r, k)))
        found = legend_of(column.replace("\n", " ; "), index) if len(column) < _SMALL else None
        if found is not None:
            out.append(found)
    whole = " ; ".join(grid[k] for k in sorted(grid))
    found = legend_of(whole.replace("\n", " ; "), index) if not out and len(whole) < _SMALL else None
    return [found] if found is not None else out


def _in_lines(table: Table, grid: dict[tuple[int, int], str], index: int, *, turned: bool) -> Legend | None:
    """A row (turned: column) of numbers with another of words."""
    lines, along = range(table.rows), range(table.columns)
    if turned:
        lines, along = along, lines

    def cell(line: int, k: int) -> str:
        return grid.get((k, line) if turned else (line, k), "")

    for i in lines:
        found = {k: int(v) for k in along if (v := cell(i, k)).isdigit() and len(v) < 3}
        if len(found) < 3:
            continue
        for j in lines:
            words = {n: cell(j, k).split("\n")[0] for k, n in found.items()}
            if j != i and all(0 < len(w) < 50 and not w.isdigit() for w in words.values()):
                made = _made(words, index)
                if made is not None and not _is_priority(made, grid):
                    return made
    return None


def _is_priority(made: Legend, grid: dict[tuple[int, int], str]) -> bool:
    """Whether "1 High, 2 Medium, 3 Low" are rows of something else with their priorities: nothing in the table speaks of a scale."""
    everyday = all(level is None or level[0] == "level" for level in map(near, made.words.values()))
    return everyday and not any(_scale().search(plain(t)) for t in grid.values())


def nearest(
    found: Sequence[Legend], index: int, top: int | None = None, value: float | None = None, words: str = "", code: str = ""
) -> Legend | None:
    """The legend for a mark in block ``index``: one that fits it, with its words where it has some, and else the nearest."""
    fitting = [g for g in found if (top is None or g.high == top) and (value is None or g.low <= value <= g.high)]
    if words or code:
        naming = [g for g in fitting if g.number_of(words, code) is not None]
        full = [g for g in fitting if len(g.words) == g.high - g.low + 1]
        # A scale whose words are all known and do not hold these is another scale.
        fitting = naming or [g for g in fitting if g not in full]
    return min(fitting, key=lambda g: (not g.words, abs(g.index - index)), default=None)
