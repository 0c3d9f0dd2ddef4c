"""Marks: what the rating readers find, before it is settled which of them are ratings of the evaluation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from evaltrail.read.recognise.rating_words import core, is_rateable, name_of
from evaltrail.read.recognise.words import without_enumerator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.read.outline import Block, Text
    from evaltrail.read.recognise.rating_legends import Legend
    from evaltrail.read.recognise.rating_words import Value
    from evaltrail.read.recognise.sections import Section, Setting
    from evaltrail.record import Box

Source = Literal["table", "lead", "heading", "verb", "marker", "bar"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A value given to something, as found in one place."""

    printed: str
    """What is rated, as printed."""
    value: Value
    text: Text
    """The value's words with their place; for a bar the words that name it."""
    index: int
    """Block that it stands in or behind."""
    source: Source
    of: str | None = None
    """The project, country or part that is rated, where it is not the whole."""
    legend: Legend | None = None
    """A scale printed with it."""
    as_printed: str | None = None
    """Where it is not the text: the words of a bar's value."""
    boxes: tuple[Box, ...] = ()
    """Boxes beside the text's own: a bar."""
    score: float | None = None
    criterion: str | None = None
    """Normal name, where the printed words do not say it by themselves."""
    loose: bool = False
    """Given by an everyday verb: "is considered very satisfactory"."""
    inherited: bool = False
    """What is rated is told by the headings around it, not by the words beside it."""

    @property
    def name(self) -> str | None:
        """Normal name of what is rated."""
        return self.criterion or name_of(self.printed)

    @property
    def key(self) -> tuple[str, str]:
        """Equal for two marks of the same thing."""
        return self.name or core(self.printed) or self.printed.lower(), (self.of or "").lower()


def trimmed(printed: str) -> str:
    """Words that name what is rated, without number, bullet, brackets and the announcing noun around them."""
    words = without_enumerator(printed.strip(" \t\n-–—:;,.*•([\"'“”"))
    return words.strip(" \t\n-–—:;,.*•([\"'“”")


def title_of(section: Section) -> str | None:
    """What a mark without a name of its own is about, from the headings around it."""
    inner: str | None = None
    for s in section.chain:
        if s.index < 0:
            break
        title = trimmed(s.title)
        if s.criteria:
            return title
        if inner is None and not s.roles and 0 < len(title.split()) <= 7 and is_rateable(title):
            inner = title
        if s.roles & {"findings", "conclusions", "recommendations", "lessons", "annex", "summary"} and inner is None:
            break
    return inner


def heading_before(blocks: Sequence[Block], index: int, first: int) -> str | None:
    """A short bold line or heading right before a block: a label that the layout did not take for a heading."""
    for j in range(index - 1, max(first, index - 3) - 1, -1):
        b = blocks[j]
        if b.kind == "heading" or (b.bold > 0.8 and len(b.text) < 70):
            title = trimmed(b.text)
            return title if title and name_of(title) is not None and len(title) < 70 else None
        if len(b.text) > 60:
            return None
    return None


def is_excluded(setting: Setting) -> bool:
    """Whether a block's headings put it outside what may rate this evaluation."""
    return setting.aside or setting.foreign


def zone(setting: Setting) -> int:
    """How near a block is to the body of the report: 0 body, 1 method and background, 2 summary, 3 annex."""
    if setting.annex:
        return 3
    if setting.summary:
        return 2
    return 1 if setting.method or setting.background else 0


_SENTENCE = re.compile(r"[.!?;]\s+[A-ZÀ-Ý]|\n")


def is_one_phrase(text: str) -> bool:
    """Whether no sentence ends in the text."""
    return _SENTENCE.search(text) is None
