"""Parts of recommendations: "(a) …; (b) …", "2.1", bullets under "… should:".

A recommendation that asks for several things lists them.  The list is found in the recommendation's own words, line by
line by its markers or inside a sentence; its items are parts where they ask for something, and explanation where they
give reasons or examples.  Recommendations found apart whose numbers go on from another's ("1.1" behind "1") are its
parts too.  The words are in ``languages/*/links.toml``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from evaltrail.read.outline import join
from evaltrail.read.recognise.candidates import Candidate
from evaltrail.read.recognise.items_of_text import Item, items_in_lines, items_in_sentence
from evaltrail.read.recognise.labelled import whole
from evaltrail.read.recognise.requests import Asking, asking
from evaltrail.read.recognise.words import fold, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.read.outline import Block, Text

_SUB_NUMBER = re.compile(r"[.-]?\(?(?:[a-z]|\d{1,2}|[ivx]{1,4})\)?(?:[.-]?\(?(?:[a-z]|\d{1,2}|[ivx]{1,4})\)?)?$")
_FEWEST = 2
_LONGEST = 40
"""Blocks that the list of one recommendation may take."""
_SHARE_LISTED = 0.5
_SHARE_BULLETS = 0.6
_LEAST_WORDS = 3
_LETTERED = frozenset({"letter", "roman", "decimal", "composite"})


def with_parts(found: Sequence[Candidate], blocks: Sequence[Block], language: str | None) -> list[Candidate]:
    """The candidates with the parts of recommendations behind them, each part with its parent; input in reading order."""
    words = asking(language)
    nest(found)
    starts = {int(c.order) for c in found}
    out: list[Candidate] = []
    with_own = {id(c.parent) for c in found if c.parent is not None}
    for c in found:
        out.append(c)
        if c.kind != "recommendation" or id(c) in with_own:
            continue
        _take_in(c, blocks, starts, words)
        out += _parts(c, words, 0)
    return out


def nest(found: Sequence[Candidate]) -> None:
    """Give recommendations whose number goes on from another's that one as their parent ("3.1", "3(a)", "3b" behind "3")."""
    above: Candidate | None = None
    for c in found:
        if c.kind != "recommendation" or c.parent is not None:
            continue
        named = bool(c.label) and bool(_sub_labels().match(fold(c.label or "")))
        if above is not None and (named or (above.number and c.number and _goes_on(above.number, c.number))):
            c.parent = above
        else:
            above = c


@cache
def _sub_labels() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(fold(w)) for w in listed("links", "parts", "labels")) or "(?!)")


def _goes_on(number: str, other: str) -> bool:
    return (
        other != number
        and other.startswith(number)
        and bool(_SUB_NUMBER.fullmatch(other[len(number) :]))
        and not (other[len(number)].isdigit() and number[-1].isdigit())
    )


def _take_in(c: Candidate, blocks: Sequence[Block], starts: set[int], words: Asking) -> None:
    """Add the list right behind a recommendation that its reader left out: lettered or numbered, or opened by "The Office should:"."""
    if c.basis == "row" or c.block is None:
        return
    first = max(c.last, int(c.order)) + 1
    taken: list[Text] = []
    opened = False
    for j in range(first, min(len(blocks), first + _LONGEST)):
        b = blocks[j]
        if j in starts or b.kind not in ("item", "paragraph"):
            break
        if b.kind == "paragraph" and not _numbered_on(c, b):
            if taken or not b.text.rstrip().endswith(":"):
                break
            opened = True
        taken.append(whole(b))
    if not taken:
        return
    longer = join([c.text, *taken], "\n")
    behind = [i for i in items_in_lines(longer.text) if i.start >= len(c.text.text)]
    listed = bool(behind) and (behind[0].kind in _LETTERED or (opened and words.lead(longer.text[: behind[0].start]) == "asks"))
    if len(behind) >= _FEWEST and listed and _accepted(longer.text, behind, words):
        c.text, c.last = longer, first + len(taken) - 1


def _numbered_on(c: Candidate, b: Block) -> bool:
    """Whether a paragraph's number goes on from the recommendation's: "1.1" behind recommendation 1."""
    m = re.match(r"\(?(\d{1,3}[\w.()-]*?)[.):]?(?:\s|$)", f"{b.marker.text} {b.text}" if b.marker.text else b.text)
    return bool(m and c.number and _goes_on(c.number, m.group(1)))


def _parts(parent: Candidate, words: Asking, depth: int) -> list[Candidate]:
    """The parts that a recommendation's own text lists, each followed by its own."""
    text = parent.text.text
    items = items_in_lines(text)
    if len(items) < _FEWEST or not _accepted(text, items, words):
        items = [] if items and depth else items_in_sentence(text)
        if len(items) < _FEWEST or not _accepted(text, items, words):
            return []
    out: list[Candidate] = []
    for n, item in enumerate(items):
        words_of = parent.text.cut(item.content, item.end)
        if not words_of.text:
            continue
        part = Candidate(
            "recommendation",
            words_of,
            parent.order + (n + 1) * 10.0 ** -(3 * depth + 4),
            parent.setting,
            "part",
            number=_number(parent.number, item),
            parent=parent,
            block=None,
            last=parent.last,
            group=("parts", id(parent)),
        )
        out.append(part)
        if depth == 0:
            out += _parts(part, words, 1)
    return out


def _number(parent: str | None, item: Item) -> str | None:
    """The part's own number: "3(a)", "3.1"; as printed where it is whole by itself; None for a bullet."""
    if item.kind in ("letter", "roman"):
        return f"{parent or ''}({item.number})"
    if item.kind == "decimal":
        return f"{parent}.{item.number}" if parent else item.number
    return item.number or None


def _accepted(text: str, items: Sequence[Item], words: Asking) -> bool:
    """Whether a list's items are parts: they ask for something, or the sentence over them does."""
    lead = words.lead(text[: items[0].start])
    if lead == "explains":
        return False
    own = [text[i.content : i.end] for i in items]
    share = sum(words.asks(t) for t in own) / len(own)
    listed = items[0].kind in _LETTERED
    if lead == "asks":
        return share >= _SHARE_LISTED or sum(len(t.split()) for t in own) >= _LEAST_WORDS * len(own)
    if items[0].inline:
        return share > _SHARE_LISTED and words.has_request(text[: items[0].start])
    if listed:
        return share >= _SHARE_LISTED
    return lead == "opens" and share >= _SHARE_BULLETS
