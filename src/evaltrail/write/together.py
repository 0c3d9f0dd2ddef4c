"""What stands on one page: the words of a recommendation with the table of unit, priority and time under them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.write.model import Item, Paragraph, Table, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.write.model import Block

MOST = 1300
"""Characters above a table that are kept with it: a quarter of a page."""


def over_tables(blocks: Sequence[Block]) -> frozenset[int]:
    """Indices of the paragraphs and items that are kept with what follows, since a recommendation's table ends them.

    Of words that are too long to be kept whole the last ones are.
    """
    out: set[int] = set()
    room: int | None = None
    for n in reversed(range(len(blocks))):
        b = blocks[n]
        if isinstance(b, Table):
            room = MOST if b.style == "action" else None
        elif room is not None and isinstance(b, Item | Paragraph) and (isinstance(b, Item) or b.style == "body"):
            room -= len(plain(b.words))
            if room < 0:
                room = None
                continue
            out.add(n)
            if isinstance(b, Paragraph) and b.marker:
                room = None
        else:
            room = None
    return frozenset(out)
