"""Where footnotes are called in a paper that is composed.

A note with marks in the record is called where the words stand that carried it.  One without is called at the end of the
paragraph that shares most of its longer words with it, looked for from the paragraph of the note before on, so that
notes stay in their order; notes that share none are called one a paragraph behind the one before them, as far as the
paragraph of the next: several marks on one spot are hard to read.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from evaltrail.write.model import Frame, Item, Note, Paragraph, Run, plain, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evaltrail.record import Record
    from evaltrail.write.model import Block

_LONG = re.compile(r"[^\W\d_]{5,}")


def with_notes(blocks: Sequence[Block], record: Record) -> tuple[tuple[Block, ...], tuple[Note, ...]]:
    """(the blocks with their notes called, the notes)."""
    notes = tuple(Note(n.number, text(n.text)) for n in record.footnotes)
    flat = list(_carriers(blocks))
    if not flat:
        return tuple(blocks), notes
    words = [set(_LONG.findall(plain(b.words).lower())) for b in flat]
    found: list[int | None] = []
    at = 0
    for i, n in enumerate(record.footnotes):
        marked = _marked(flat, record, i)
        if marked is None:
            own = set(_LONG.findall(n.text.lower()))
            best = max(range(at, len(flat)), key=lambda k: (len(own & words[k]), -k))
            found.append(best if own & words[best] else None)
        else:
            found.append(marked)
        at = at if found[-1] is None else found[-1]
    calls: dict[int, list[int]] = {}
    for i, k in enumerate(_spread(found, len(flat) - 1)):
        calls.setdefault(id(flat[k]), []).append(i)
    return tuple(_called(b, calls) for b in blocks), notes


def _spread(found: Sequence[int | None], last: int) -> Iterator[int]:
    """The paragraph of each note: its own, else the one behind that of the note before, not behind that of the next."""
    at = -1
    for i, k in enumerate(found):
        end = next((n for n in found[i:] if n is not None), last)
        at = k if k is not None else max(at, min(at + 1, end), 0)
        yield at


def _carriers(blocks: Sequence[Block]) -> list[Paragraph | Item]:
    out: list[Paragraph | Item] = []
    for b in blocks:
        if isinstance(b, Frame):
            out += _carriers(b.blocks)
        elif (isinstance(b, Paragraph) and b.style == "body") or isinstance(b, Item):
            out.append(b)
    return out


def _marked(flat: Sequence[Paragraph | Item], record: Record, index: int) -> int | None:
    """The block that holds the words at the place of the note's first mark."""
    marks = record.footnotes[index].marks
    if not marks:
        return None
    place = marks[0]
    for words, places in ((s.text, s.places) for e in record.evaluations for s in e.statements):
        if any(p.page == place.page and p.start <= place.start < p.end for p in places):
            return _holding(flat, words)
    for p in record.paragraphs:
        if any(x.page == place.page and x.start <= place.start < x.end for x in p.places):
            return _holding(flat, p.text)
    return None


def _holding(flat: Sequence[Paragraph | Item], words: str) -> int | None:
    first = words.split("\n", maxsplit=1)[0]
    return next((k for k, b in enumerate(flat) if plain(b.words).endswith(first)), None)


def _called(b: Block, calls: dict[int, list[int]]) -> Block:
    if isinstance(b, Frame):
        return replace(b, blocks=tuple(_called(x, calls) for x in b.blocks))
    if isinstance(b, (Paragraph, Item)) and id(b) in calls:
        return replace(b, words=(*b.words, *(Run(note=i) for i in calls[id(b)])))
    return b
