"""Where a paper speaks of something: the units and sentences that hold a word of a list, found by an index made once a paper.

A rule that says "nowhere" has to look everywhere; with the index it looks only where a word of each term stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from evaltrail.check.rule import Message
from evaltrail.check.wording import say
from evaltrail.text import packs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from evaltrail.check.paper import Paper
    from evaltrail.check.unit import Unit
    from evaltrail.check.wording import Said
    from evaltrail.record import Place


@dataclass(frozen=True, slots=True)
class Mention:
    """A term where it stands."""

    unit: Unit
    start: int
    """Offset in ``unit.text``."""
    end: int

    @property
    def words(self) -> str:
        """The term as it stands."""
        return self.unit.text[self.start : self.end]


_TOKEN = re.compile(r"[^\W\d_]+")


def begins(paper: Paper, beginning: str, among: Callable[[Unit], bool]) -> bool:
    """Whether a word that begins so, in lower case, stands in one of the units."""
    return any(among(paper.units[i]) for i in paper.index.having(beginning, beginning=True))


def mentions(paper: Paper, topic: str, key: str | tuple[str, ...], among: Callable[[Unit], bool] | None = None) -> Iterator[Mention]:
    """The first mention in each unit that holds a term of a list of the language pack, in reading order.

    Args:
        paper: the paper, its annexes and tables included.
        topic: topic of the pack.
        key: name of the list, with those of the tables around it.
        among: which units count; all where None.
    """
    keys = (key,) if isinstance(key, str) else key
    pattern: re.Pattern[str] | None = None
    lower = paper.index.lower
    for i, terms in paper.index.terms_by_text(paper.listed(topic, *keys)).items():
        unit = paper.units[i]
        if among is None or among(unit):
            # Made only where it is needed: of most papers few lists have a word.
            pattern = pattern or paper.words_of(topic, *keys)
            if pattern and (m := _leftmost(pattern, unit.text, lower[i], terms)):
                yield Mention(unit, m.start(), m.end())


def _leftmost(pattern: re.Pattern[str], text: str, lower: str, terms: Sequence[str]) -> re.Match[str] | None:
    """What ``pattern.search`` finds, where only these terms can stand: tried only where one begins, which is many times faster."""
    heads = {_head(t) for t in terms}
    if "" in heads or len(lower) != len(text):
        return pattern.search(text)
    at = {h: lower.find(h) for h in heads}
    while at := {h: i for h, i in at.items() if i >= 0}:
        head = min(at, key=at.__getitem__)
        if m := pattern.match(text, at[head]):
            return m
        at[head] = lower.find(head, at[head] + 1)
    return None


@cache
def _head(term: str) -> str:
    """The letters that a term begins with, in lower case."""
    m = _TOKEN.match(term.lower())
    return m[0] if m else ""


def first(paper: Paper, topic: str, key: str, among: Callable[[Unit], bool] | None = None) -> Mention | None:
    """The first mention, None where there is none."""
    return next(mentions(paper, topic, key, among), None)


def readable(paper: Paper, topic: str) -> bool:
    """Whether there is a pack for the paper's language: without one nothing can be said to be missing."""
    return bool(packs.pack(paper.language, topic))


def stated(
    paper: Paper,
    topic: str,
    key: str,
    missing: Said,
    among: Callable[[Unit], bool] | None = None,
    shows: Callable[[Unit, str], bool] | None = None,
) -> Iterator[Message]:
    """What a paper has to state somewhere: the sentence that does, as right, else the message that it is missing.

    Args:
        paper: the paper.
        topic: topic of the language pack.
        key: name of the list of terms, any of which will do.
        missing: what to say when none stands anywhere.
        among: which units count; all where None.
        shows: whether a unit, with the sentence of the mention, shows beyond doubt that it is stated; where none does, nothing is said.
    """
    if not readable(paper, topic):
        return
    found = False
    heading: Message | None = None
    for m in mentions(paper, topic, key, among):
        found = True
        words, start = sentence_of(paper, m)
        if shows is None or shows(m.unit, words):
            places = paper.at(m.unit, start, start + len(words))
            right = Message(say("Stated: {words}.", words=quoted(words, around=_within(m, words))), places, right=True)
            if m.unit.kind in ("paragraph", "item", "footnote"):
                yield right
                return
            heading = heading or right
    if heading is not None:
        yield heading
    elif not found:
        yield Message(missing)


def _within(mention: Mention, words: str) -> int:
    """Offset of a mention in its sentence."""
    return max(words.find(mention.words), 0)


def sentence(paper: Paper, mention: Mention) -> tuple[str, tuple[Place, ...]]:
    """The sentence in which a mention stands, with its places."""
    words, start = sentence_of(paper, mention)
    return words, paper.at(mention.unit, start, start + len(words))


def sentence_of(paper: Paper, mention: Mention) -> tuple[str, int]:
    """The sentence in which a mention stands, with its offset in the unit."""
    for s in paper.sentences(mention.unit):
        if s.start <= mention.start < s.end:
            return s.text, s.start
    return mention.unit.text, 0


def quoted(text: str, most: int = 90, around: int = 0) -> Said:
    """The words in quotation marks, cut between words where they are long.

    Args:
        text: the words.
        most: characters to show.
        around: offset in ``text`` of what has to be seen; the beginning is cut off where it stands too far behind.
    """
    start = 0
    if around > most * 2 // 3 and len(text) > most:
        start = text.find(" ", max(0, min(around - most // 3, len(text) - most))) + 1
    words = " ".join(text[start:].split())
    if len(words) > most:
        words = words[: most - 1].rsplit(" ", 1)[0].rstrip(",;:.") + " …"
    return say("“{words}”", words=f"… {words}" if start else words)


def counts(paper: Paper, text: str) -> bool:
    """Whether the words hold a number that is no year: in figures, or in words ("twelve")."""
    return _FIGURE.search(text) is not None or bool(_numerals(paper.language).intersection(_TOKEN.findall(text.lower())))


_FIGURE = re.compile(r"(?<![\d.,/–-])(?!(?:19|20)\d\d(?!\d))\d{1,3}(?:[ ,.’\u00a0\u202f]\d{3})*(?![\d/])|(?<!\d)\d{5,}")


def figured(paper: Paper, text: str) -> bool:
    """Whether a figure stands in the words, or a number in words."""
    return _DIGIT.search(text) is not None or bool(_numerals(paper.language).intersection(_TOKEN.findall(text.lower())))


_DIGIT = re.compile(r"\d")


def counted_near(paper: Paper, text: str, start: int, end: int) -> bool:
    """Whether a number stands right before a word ("131 remote interviews") or in brackets behind it ("interviews (131)")."""
    before = _LABELLED.sub("", text[max(0, start - 28) : start])
    return counts(paper, _JOINED.split(before)[-1]) or bool(_BRACKETED.match(text, end))


_JOINED = re.compile(r",|\b(?:and|et|y|e)\b")
_LABELLED = re.compile(r".*(?:\d[.:)]|[;:])(?=\s)")
_BRACKETED = re.compile(r"\s*\(\s*[nN]?\s*=?\s*\d{1,4}\b")


def figures(text: str) -> bool:
    """Whether the words hold a number in figures that is no year."""
    return _FIGURE.search(text) is not None


@cache
def _numerals(language: str) -> frozenset[str]:
    table = packs.pack(language, "numbers") or packs.pack("en", "numbers")
    return frozenset(table["values"]) - frozenset(table.get("weak", ()))
