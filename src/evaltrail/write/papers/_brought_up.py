"""A paper's passages brought up to what its record says now.

What a paper says is changed where it was corrected: words, labels, values, ratings, titles, numbered paragraphs, and what was taken out.
How its words are understood (a statement's kind and criteria, a verdict, a value in its normal form, links) stands in the record and
changes no word of the paper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaltrail.write.papers._carriers import Carriers
from evaltrail.write.papers._corrections import corrected
from evaltrail.write.papers._draft import Draft
from evaltrail.write.papers._refilled import refill
from evaltrail.write.papers._renamed import rename
from evaltrail.write.papers._renumbered import renumber
from evaltrail.write.papers._rewritten import rewrite
from evaltrail.write.papers._taken_out import take_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaltrail.record import Passage, Record


def brought_up(record: Record) -> Sequence[Passage]:
    """The passages with corrected words, labels, values and titles, and without what was taken out.

    A record of before readings were kept, or one that another program made, has its words and labels compared with the places alone.

    Raises:
        Unwritable: the paper would show old words as if they held.
    """
    carriers = Carriers(record.passages)
    passages = corrected(record, carriers)
    if not record.readings:
        return passages
    draft = Draft(record, passages, carriers)
    rewrite(draft)
    renumber(draft)
    refill(draft)
    rename(draft)
    take_out(draft)
    return draft.joined()
