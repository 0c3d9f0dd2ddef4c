"""The date of a paper that none of its passages prints: it stood in a running head, or was set by a person."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evaltrail.text.dates import dates

if TYPE_CHECKING:
    from evaltrail.record import Record

_FRONT = 40
"""Passages among which the date of a paper stands."""
_CAPITALS = re.compile(r"\b[^\W\d_]{3,}\b")


def date_not_printed(record: Record) -> str | None:
    """The record's date where no passage of its front says it, else None."""
    date = record.document.date
    if not date:
        return None
    for p in record.passages[:_FRONT]:
        for words in (p.text, *(c.text for c in p.cells)):
            written_out = _CAPITALS.sub(lambda m: m[0].title() if m[0].isupper() else m[0], words[:1000])
            if any(d.iso.startswith(date) for d in dates(written_out, record.document.language) if not d.span):
                return None
    return date
