"""Rating scales as a paper prints them: legends with their labels and places, and the words of known scales.

Legends are looked for in the text of the pages and not in the passages: those of a chart are often part of no passage.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from evaltrail.check.once import once
from evaltrail.check.spelling import distance
from evaltrail.check.unit import part
from evaltrail.record import Place
from evaltrail.text import packs
from evaltrail.text.normal import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evaltrail.check.paper import Paper

LEVELS = ("highest", "high", "upper", "lower", "low", "lowest")
"""Levels of a scale's words, best first."""
_FEWEST = 3
"""Labels that make a legend."""
_NUMBER_ALONE = re.compile(r"\(?\d{1,2}\)?")
_NUMBER_CELL = 8
"""Characters of a cell that may hold a number alone, with white space."""
_APART = 160
"""Characters between two labels of one legend, at most."""
# The look behind comes after the first figure: only then does the search go from figure to figure.
_NUMBER_FIRST = re.compile(r"(?P<n>\d(?<![\w.,/–-].)\d?)[ \t]{0,3}[=:–—-][ \t]{0,3}(?P<words>[^\W\d_][^\d=:;,()|\n]{2,60})")
_WORDS_FIRST = re.compile(r"(?:\([ \t]?=?[ \t]?(?P<n>\d{1,2})[ \t]?\)|=[ \t]?(?P<m>\d{1,2})(?![\w.,/]))")
_BEFORE = re.compile(r"[^\d=:;,()|\n]{3,60}$")
_GAP = re.compile(r"[ \t]{2,}|\s[-–—•]\s|[.\s]+$")
_TOKEN = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Label:
    """One level of a legend."""

    number: int
    words: str
    """As printed."""
    page: int
    start: int
    """Offset of the words in the page's text."""
    end: int


@dataclass(frozen=True, slots=True)
class Legend:
    """The levels of a scale, with the words of each."""

    labels: tuple[Label, ...]
    """From the lowest number to the highest."""

    @property
    def low(self) -> Label:
        """The label of the lowest number."""
        return self.labels[0]

    @property
    def high(self) -> Label:
        """The label of the highest number."""
        return self.labels[-1]

    @property
    def whole(self) -> bool:
        """Whether no number between its ends lacks a label."""
        return self.high.number - self.low.number + 1 == len(self.labels)


def forms(entry: str) -> Iterator[str]:
    """The printed forms of an entry of the language pack: "satisfaisant(e)" is two, "satisfactorio/a" too."""
    if "(" in entry:
        yield re.sub(r"\([^)]*\)", "", entry)
        yield entry.replace("(", "").replace(")", "")
    elif entry.endswith("o/a"):
        yield entry[:-3] + "o"
        yield entry[:-3] + "a"
    else:
        yield entry


@cache
def levels() -> dict[str, tuple[str, str]]:
    """Scale and level of the words of known scales, folded, of all languages."""
    scales = packs.merged("ratings")["scales"]
    return {fold(f): (scale, level) for scale, table in scales.items() for level, words in table.items() for w in words for f in forms(w)}


@cache
def as_spelt() -> dict[str, str]:
    """The words of known scales as they are spelt, by their folded form."""
    scales = packs.merged("ratings")["scales"]
    return {fold(f): f for table in scales.values() for words in table.values() for w in words for f in forms(w)}


@cache
def scale_tokens() -> frozenset[str]:
    """Single words that stand in the words of known scales, folded."""
    return frozenset(t for words in levels() for t in words.split())


def meant(words: str) -> str | None:
    """The words of a known scale that a label seems to be meant for: itself, or one with a slip in one word; folded."""
    return _meant(fold(words))


@lru_cache(maxsize=4096)
def _meant(own: str) -> str | None:
    if own in levels():
        return own
    tokens = own.split()
    if not 1 <= len(tokens) <= 4:
        return None
    return next((w for w in _by_count().get(len(tokens), ()) if _one_slip(tokens, w.split())), None)


@cache
def _by_count() -> dict[int, tuple[str, ...]]:
    out: dict[int, list[str]] = {}
    for words in levels():
        out.setdefault(words.count(" ") + 1, []).append(words)
    return {n: tuple(w) for n, w in out.items()}


def _one_slip(own: list[str], known: list[str]) -> bool:
    wrong = [(a, b) for a, b in zip(own, known, strict=True) if a != b]
    # A word alone two letters away is mostly another form of it: "relevance", "effectively".
    return len(wrong) == 1 and slip(*wrong[0]) and (len(own) > 1 or distance(own[0], known[0]) == 1)


def slip(word: str, meant_for: str) -> bool:
    """Whether a word is likely a slip of the other: near it, and no other word of a scale."""
    longest = max(len(word), len(meant_for))
    if longest < 4 or word in scale_tokens() or word[0] != meant_for[0]:
        return False
    return 0 < distance(word, meant_for) <= (2 if longest >= 9 else 1)


@once
def legends(paper: Paper) -> tuple[Legend, ...]:
    """The legends of rating scales that the paper prints, in order; found once a paper."""
    return (*_printed(paper), *_in_tables(paper))


def _printed(paper: Paper) -> Iterator[Legend]:
    for page in paper.record.pages:
        for pattern in (_NUMBER_FIRST, _WORDS_FIRST):
            run: list[Label] = []
            for m in pattern.finditer(page.text):
                label = _label(m, page.number)
                if label is None:
                    continue
                if run and (label.start - run[-1].end > _APART or any(x.number == label.number for x in run)):
                    yield from _legend(run)
                    run = []
                run.append(label)
            yield from _legend(run)


def _label(m: re.Match[str], page: int) -> Label | None:
    number = int(m["n"] or m.groupdict().get("m") or -1)
    if number > 10:
        return None
    if m.re is _NUMBER_FIRST:
        gap = _GAP.search(m["words"])
        words, start = m["words"][: gap.start()] if gap else m["words"], m.start("words")
    else:
        before = _BEFORE.search(m.string, max(0, m.start() - 60), m.start())
        if before is None:
            return None
        # Of a sentence only what stands right before the number.
        tokens = list(_TOKEN.finditer(before.group().rstrip()))[-4:]
        at = next((t.start() for t in tokens if meant(before.group()[t.start() :]) is not None), None)
        if at is None:
            return None
        words, start = before.group()[at:], before.start() + at
    words = words.rstrip()
    return Label(number, words, page, start, start + len(words)) if 0 < len(words.split()) <= 6 else None


def _legend(run: list[Label]) -> Iterator[Legend]:
    labels = tuple(sorted(run, key=lambda x: x.number))
    known = [x for x in labels if meant(x.words) is not None]
    if len(labels) >= _FEWEST and len(known) >= max(2, len(labels) - 1):
        yield Legend(labels)


def _in_tables(paper: Paper) -> Iterator[Legend]:
    for p in paper.record.passages:
        if p.kind != "table" or not 3 <= len(p.cells) <= 120:
            continue
        if sum(1 for c in p.cells if len(c.text) <= _NUMBER_CELL) < _FEWEST:
            continue
        cells = {(c.row, c.column): c for c in p.cells}
        run: list[Label] = []
        for (row, column), c in cells.items():
            beside = cells.get((row, column + 1)) if len(c.text) <= _NUMBER_CELL and _NUMBER_ALONE.fullmatch(c.text.strip()) else None
            if beside is None or not beside.places:
                continue
            words = beside.text.partition("\n")[0].strip()
            place = beside.places[0]
            if meant(words) and paper.record.pages[place.page - 1].text.startswith(words, place.start):
                run.append(Label(int(c.text.strip("() \n")), words, place.page, place.start, place.start + len(words)))
        if len({x.number for x in run}) == len(run):
            yield from _legend(run)


def place_of(paper: Paper, page: int, start: int, end: int) -> tuple[Place, ...]:
    """A span of a page's text as a place, with the boxes of its lines where a passage holds it."""
    unit = paper.unit_at(Place(page=page, start=start, end=end))
    for whole in unit.places if unit else ():
        if whole.page == page and whole.start <= start and end <= whole.end:
            text = paper.record.pages[page - 1].text[whole.start : whole.end]
            found = part(paper.record.pages, text, (whole,), start - whole.start, end - whole.start)
            return found if len(found) == 1 else (Place(page=page, start=start, end=end),)
    return (Place(page=page, start=start, end=end),)


def given_in_words(paper: Paper, evaluation: str | None = None) -> Place | None:
    """Where a sentence of the running text gives a rating ("was rated satisfactory"); None where none does.

    Args:
        paper: the paper.
        evaluation: id of the evaluation in whose part it must stand; None: anywhere.
    """
    pattern = announced(paper.language)
    for u in paper.units_of(evaluation):
        if (m := pattern.search(u.text)) and u.places:
            return paper.at(u, m.start(), m.end())[0]
    return None


@cache
def announced(language: str) -> re.Pattern[str]:
    """A rating's noun or verb with a scale's words or a number close behind it."""
    pack = packs.pack(language, "ratings") or packs.pack("en", "ratings")
    said = [f for key in ("nouns", "verbs", "weak_verbs") for entry in pack.get(key, ()) for f in forms(entry)]
    values = sorted({f for t in pack["scales"].values() for ws in t.values() for w in ws for f in forms(w)}, key=len, reverse=True)
    between = r"[\s:“\"(]{1,3}(?:[^\W\d_]{1,12}\s){0,3}[“\"(]?"
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(map(re.escape, said))}){between}(?:(?:{'|'.join(map(re.escape, values))})(?!\w)|\d(?:\s*/\s*\d|\s+out of))",
        re.IGNORECASE,
    )
