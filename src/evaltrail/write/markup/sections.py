"""A paper's flat row of blocks as the tree that mark-up nests: sections under headings, lists in lists."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evaltrail.write.model import Heading, Item

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.write.model import Block


@dataclass(slots=True)
class Entry:
    """An item of a list with the lists inside it; without ``item`` only their holder: a list that begins at its second level."""

    item: Item | None
    inner: list[Entry] = field(default_factory=list)


@dataclass(slots=True)
class List:
    """Items that follow each other."""

    entries: list[Entry] = field(default_factory=list)


@dataclass(slots=True)
class Section:
    """A heading with what stands under it; the outermost has none."""

    heading: Heading | None = None
    parts: list[Section | List | Block] = field(default_factory=list)


def sections(blocks: Sequence[Block]) -> Section:
    """The blocks as a tree. A title (a heading of level 0) opens no section; a heading ends those of its level and below."""
    root = Section()
    open_: list[Section] = [root]
    for part in listed(blocks):
        if isinstance(part, Heading) and part.level > 0:
            while len(open_) > 1 and _level(open_[-1]) >= part.level:
                open_.pop()
            section = Section(part)
            open_[-1].parts.append(section)
            open_.append(section)
        else:
            open_[-1].parts.append(part)
    return root


def _level(section: Section) -> int:
    return section.heading.level if section.heading is not None else 0


def listed(blocks: Sequence[Block]) -> list[List | Block]:
    """The blocks with items that follow each other put into lists."""
    out: list[List | Block] = []
    open_: list[Entry] = []
    for b in blocks:
        if not isinstance(b, Item):
            out.append(b)
            open_ = []
            continue
        if not open_:
            row = List()
            out.append(row)
        del open_[max(b.level, 1) - 1 :]
        while len(open_) < b.level - 1:
            open_.append(_put(row, open_, Entry(None)))
        open_.append(_put(row, open_, Entry(b)))
    return out


def _put(row: List, open_: list[Entry], entry: Entry) -> Entry:
    (open_[-1].inner if open_ else row.entries).append(entry)
    return entry
