"""Ratings in running text: announced, given by a sentence, or right behind a criterion's name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evaltrail.read.recognise.rating_announced import Passage, announced
from evaltrail.read.recognise.rating_marks import Mark, is_excluded, trimmed
from evaltrail.read.recognise.rating_sentences import rates, stated
from evaltrail.read.recognise.rating_words import (
    Value,
    criterion_names,
    criterion_stems,
    name_of,
    of_others,
    plain,
    present,
    triggers,
    value_at,
    whole_value,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evaltrail.read.outline import Block
    from evaltrail.read.recognise.sections import Setting

_SHORT = 110
"""Characters of a line that may be a criterion and its mark and nothing else."""
_LIST = 3
"""Criteria with a mark behind each that make a list of ratings in a sentence."""
_JOINT = re.compile(r"\s*(?:[:=(]|\s-\s|\s)\s*")
_ENDED = re.compile(r"\s*(?:[;,.)\]|/]|$|-\s|[a-zà-ÿ]{1,3}\s)")


def text_marks(blocks: Sequence[Block], settings: Sequence[Setting], start: int, end: int) -> list[Mark]:
    """Marks in the paragraphs, items and headings from ``start`` up to ``end``."""
    out: list[Mark] = []
    lows = [" " + b.text.lower() if b.table is None and len(b.text) > 3 and b.kind != "caption" else "" for b in blocks[start:end]]
    whole = "\n".join(lows)
    strong, levels = present(triggers("strong"), whole), present(triggers("levels"), whole)
    weak = present(triggers("weak"), whole) if levels else ()
    stems = present(criterion_stems(), "\n".join(low for low in lows if len(low) <= _SHORT))
    sections: set[int] = set()
    for i, low in enumerate(lows, start):
        if not low:
            continue
        spoken = _any(strong, low) or (_any(levels, low) and _any(weak, low))
        short = len(low) <= _SHORT and _any(stems, low)
        if not (spoken or short) or is_excluded(settings[i]):
            continue
        p = Passage(blocks, settings, i, start, plain(blocks[i].text))
        found = list(_spoken(p, sections)) if spoken else []
        out.extend(found or (_headed(p) if short else ()))
    return out


def _any(words: tuple[str, ...], text: str) -> bool:
    # A plain loop: any() over a generator costs three times as much, and this runs for each paragraph.
    for w in words:  # noqa: SIM110
        if w in text:
            return True
    return False


def _spoken(p: Passage, sections: set[int]) -> Iterator[Mark]:
    found = list(announced(p, sections))
    yield from found
    if found or p.block.kind == "title" or p.setting.background or p.setting.method or not rates(p.low):
        return
    listed = list(_listed(p))
    yield from listed or stated(p)


def _listed(p: Passage) -> Iterator[Mark]:
    """Three criteria or more, each with its mark right behind it: "The ratings are: relevance 5, effectiveness 4, efficiency 3.5"."""
    found: list[Mark] = []
    for n in criterion_names().finditer(p.low):
        joint = _JOINT.match(p.low, n.end())
        value = value_at(p.block.text, p.low, joint.end()) if joint is not None else None
        if value is not None and (value.bare or value.level is not None or value.code or value.top) and _ENDED.match(p.low, value.end):
            found.append(Mark(p.block.text[n.start() : n.end()], value, p.block.content.cut(value.start, value.end), p.index, "verb"))
    if len({m.key for m in found}) >= _LIST and not of_others(p.low):
        yield from found


def _headed(p: Passage) -> Iterator[Mark]:
    """A line of a criterion and its mark: "Relevance - Highly satisfactory", "Efficiency (MS)"."""
    text = p.block.text
    for m in re.finditer(r"\s*(?::|\s-|=|\()\s*", p.low):
        printed = trimmed(text[: m.start()])
        if not printed or name_of(printed) is None:
            continue
        tail = p.low[m.end() :].rstrip(" .;)]")
        value = whole_value(text[m.end() : m.end() + len(tail)] + (")" if "(" in tail and not tail.endswith(")") else ""))
        if value is not None and not value.bare:
            value = Value(
                m.end() + value.start, min(m.end() + value.end, len(text)), value.number, value.top, value.words, value.code, value.level
            )
            yield Mark(printed, value, p.block.content.cut(value.start, value.end), p.index, "heading")
        return
