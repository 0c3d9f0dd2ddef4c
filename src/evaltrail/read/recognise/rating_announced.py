"""Announced ratings: "Rating: Good - 3", "Overall performance score for relevance: 3.9/5", "Relevance (Rating: 4)"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from evaltrail.read.outline import join
from evaltrail.read.recognise.rating_legends import legend_of
from evaltrail.read.recognise.rating_marks import Mark, heading_before, is_one_phrase, title_of, trimmed
from evaltrail.read.recognise.rating_words import (
    Value,
    any_word,
    core,
    criterion_names,
    either,
    entries,
    is_rateable,
    name_of,
    of_others,
    plain,
    value_at,
    whole_value,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evaltrail.read.outline import Block
    from evaltrail.read.recognise.sections import Setting

_BOUNDARY = re.compile(r"[.;:!?]\s|[\n(\[•|]|\s-\s")
_GOES_ON = re.compile(r"\s+[a-zà-ÿ]|\s*:")
_GRADE = re.compile(r"[A-F][+-]{0,2}(?=\s*(?:[.;,)(]|$|-\s))")
_FURTHEST = 160
"""Characters before "rating" among which its phrase begins."""
_LONGEST_NAME = 70
_LEFT = 40
"""Characters behind "rating" at the end of a block, where the value goes on in the next."""
_ARTICLE = re.compile(r"^(?:[Tt]he|[Ll][ae]|[Ll]'|[Ee]l|[OoAa])\s+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A block with what it stands among."""

    blocks: Sequence[Block]
    settings: Sequence[Setting]
    index: int
    first: int
    """First block of the evaluation."""
    low: str
    """The block's text, plain."""

    @property
    def block(self) -> Block:
        """The block itself."""
        return self.blocks[self.index]

    @property
    def setting(self) -> Setting:
        """Where it stands."""
        return self.settings[self.index]


@cache
def nouns() -> re.Pattern[str]:
    """The nouns that announce: "rating", "score", and the like."""
    return re.compile(r"(?<![\w-])" + either(entries("nouns")) + r"(?![\w-])")


@cache
def _after() -> re.Pattern[str]:
    """What stands between "rating" and its value: what is rated, the scale in brackets, a colon."""
    of, filler = either(entries("for")), either(entries("filler"))
    return re.compile(
        rf"(?:\s+{filler}(?!\w)){{0,3}}(?P<scope>\s+{of}(?:\s+|(?<='))[^:=.;()\n]{{2,70}}?)?(?:\s*\((?P<inside>[^()]{{1,30}})\))?"
        r"\s*(?P<sep>:|=|\s-(?=\s)|(?(scope)(?!)|\s(?=\()))\s*[\"'(\[]?\s*"
    )


def announced(p: Passage, sections: set[int]) -> Iterator[Mark]:
    """Announced marks of a block.

    ``sections`` holds the sections that already have one: a second one, "Overall rating:", is that of the whole.
    """
    text, done = p.block.text, 0
    for m in nouns().finditer(p.low):
        after = _after().match(p.low, m.end())
        if m.start() < done:
            continue
        value = _announced(text, p.low, m.end(), after)
        if value is None or _goes_on(text, p.low, value) or of_others(p.low[max(0, m.start() - 90) : m.start()]):
            continue
        begin, sep = _begin(p.low, m.start()), after.start("sep") if after is not None else m.end()
        if any_word("quantifiers").search(p.low, begin, sep):
            continue
        found = _what(p, begin, m.start(), sep, value.end, sections)
        if found is None:
            continue
        done = value.end
        legend = legend_of(f"rating ({after['inside']})") if after is not None and after["inside"] else None
        yield Mark(found[0], value, p.block.content.cut(value.start, value.end), p.index, "lead", legend=legend, inherited=found[1])
    if not done:
        yield from _over_the_end(p, sections)


def _announced(text: str, low: str, noun_end: int, after: re.Match[str] | None) -> Value | None:
    """The value behind the noun and its colon; without one only a value that cannot be anything else: "score 4/5"."""
    if after is not None:
        return value_at(text, low, after.end(), announced=True) or _grade(text, after.end())
    value = value_at(text, low, noun_end + 1) if low[noun_end : noun_end + 1] == " " else None
    return value if value is not None and "/" in low[value.start : value.end] else None


def _goes_on(text: str, low: str, value: Value) -> bool:
    """Whether the words are only the beginning of a sentence: "Rating: good practices were found"."""
    return (
        bool(value.words) and not value.number and _GOES_ON.match(text, value.end) is not None and _behind().match(low, value.end) is None
    )


def _begin(low: str, noun: int) -> int:
    return max((x.end() for x in _BOUNDARY.finditer(low, max(0, noun - _FURTHEST), noun)), default=max(0, noun - _FURTHEST))


def _grade(text: str, at: int) -> Value | None:
    """A letter: "Rating: A+"."""
    m = _GRADE.match(text, at)
    return Value(m.start(), m.end(), code=m[0]) if m is not None else None


def _over_the_end(p: Passage, sections: set[int]) -> Iterator[Mark]:
    """A mark of which the value, or its end, stands in the next block: "Relevance rating" over "High", "(Rating: Very" over "Good - 4)"."""
    following = p.blocks[p.index + 1] if p.index + 1 < len(p.blocks) else None
    noun = next((m for m in reversed(list(nouns().finditer(p.low)))), None)
    if following is None or following.table is not None or noun is None or len(p.low) - noun.end() > _LEFT:
        return
    low = p.low.rstrip(" :")
    after = _after().match(p.low, noun.end())
    if noun.end() == len(low) and len(low) <= _LONGEST_NAME and len(following.text) <= _LONGEST_NAME:
        value, shown = whole_value(following.text), following.content
        if value is not None and value.bare and not p.low.rstrip().endswith(":"):
            return
    elif after is not None and p.low[-1] not in ").;":
        rest = p.block.content.cut(after.end())
        shown = join([rest, following.content.cut(0, _LONGEST_NAME)])
        value = value_at(shown.text, plain(shown.text), 0, announced=True)
        if value is not None and (value.end <= len(rest.text) or _goes_on(shown.text, plain(shown.text), value)):
            return
    else:
        return
    sep = after.start("sep") if after is not None else noun.end()
    found = _what(p, _begin(p.low, noun.start()), noun.start(), sep, len(p.low), sections) if value is not None else None
    if found is not None and value is not None:
        yield Mark(found[0], value, shown.cut(value.start, value.end), p.index, "lead", inherited=found[1])


def _what(p: Passage, begin: int, noun: int, sep: int, end: int, sections: set[int]) -> tuple[str, bool] | None:
    """What is rated, as printed, and whether only the headings around say so."""
    text = p.block.text
    phrase = text[begin:sep]
    printed = _named(text, begin, noun, sep)
    if printed is not None:
        return printed, False
    if core(phrase) and len(phrase.split()) <= 7:
        return None
    behind = _behind().match(p.low, end)
    if behind is not None:
        return text[behind.start(1) : behind.end(1)], False
    section = p.setting.section.index
    again = section in sections
    sections.add(section)
    if again and any_word("overall").search(plain(phrase)):
        return trimmed(phrase), True
    return _context(p, begin)


@cache
def _behind() -> re.Pattern[str]:
    """What is rated, named behind the value: "… for the efficiency"."""
    return re.compile(
        r"\s+" + either(entries("for")) + r"\s+(?:the|la|le|les|el|los|las|o|a|os|as|l')?\s*(" + criterion_names().pattern + ")"
    )


def _named(text: str, begin: int, noun: int, sep: int) -> str | None:
    """What the announcing phrase itself names: "Overall performance score for relevance", "Relevance rating"."""
    phrase = trimmed(text[begin:sep])
    if not is_rateable(phrase) or not core(phrase):
        return None
    if len(phrase.split()) <= 9:
        if not core(text[noun:sep]) and core(text[begin:noun]):
            return trimmed(text[begin:noun])
        return _ARTICLE.sub("", phrase)
    names = list(criterion_names().finditer(plain(phrase)))
    return phrase[names[0].start() : names[0].end()] if len(names) == 1 else None


def _context(p: Passage, begin: int) -> tuple[str, bool] | None:
    """What a mark is of that names nothing itself: from the words before it, the line above, the headings."""
    text = p.block.text
    line = text.rfind("\n", 0, max(begin - 1, 0)) + 1
    above_it = text[:begin].rstrip(" ")[-1:] == "\n"
    before = trimmed(text[line:begin])
    if above_it and name_of(before) is None:
        before = ""
    ended = text[:begin].rstrip(" ([-–—")[-1:] in (".", ";", "!", "?")
    if before and not ended and len(before) <= _LONGEST_NAME and is_one_phrase(before) and core(before):
        return (before, False) if is_rateable(before) else None
    opening = criterion_names().match(p.low) if begin else None
    if opening is not None and not re.match(r"\s*(?:of|de|du|del|da|do|to|and|et|y|e|,|/|&)\b", p.low[opening.end() :]):
        return text[: opening.end()], False
    above = heading_before(p.blocks, p.index, p.first) or title_of(p.setting.section)
    if above is not None:
        return (above, True) if is_rateable(above) else None
    if any_word("overall").match(p.low, begin):
        lead = re.match(r"[^:=(]{3,60}", text[begin:])
        return (trimmed(lead[0]), False) if lead else None
    return None
